"""Questions of which nobody knows yet whether they are asked: what decides it must be answered first.

Source: an incomplete form allows no conclusion. A condition that waits for a required answer is not a "no".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.answers import Keys
from forms.logic.computing import run_in_repeat
from forms.logic.plan import Item
from forms.logic.validity import is_required
from forms.logic.wording import agrees

if TYPE_CHECKING:
    from forms.logic.state import State


class Undecided:
    """Finds undecided questions in a state that does not change meanwhile; what was found is kept."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.items = state.engine.items
        self.kept: dict[tuple[str, Keys], bool] = {}

    def is_undecided(self, item: Item, keys: Keys) -> bool:
        """Whether it is not asked, and every condition against that reads a required question still unanswered."""
        place = (item.node.path, keys)
        if place not in self.kept:
            self.kept[place] = self._is_undecided(item, keys)
        return self.kept[place]

    def _is_undecided(self, item: Item, keys: Keys) -> bool:
        if item.guard is None or self.state.is_left_out(item.node.path) or self.state.is_relevant(item.node.path, keys):
            return False
        against = [path for path in self._conditions(item) if not self._holds(path, keys)]
        return all(any(self._waits(asked, keys) for asked in self.state.plan.deciders[path]) for path in against)

    def _conditions(self, item: Item) -> list[str]:
        """The item itself and what it lies in, as far as they have a condition of their own."""
        path, found = item.guard, list[str]()
        while path:
            found.append(path)
            parent = self.items[path].parent
            path = self.items[parent].guard if parent else None
        return found

    def _holds(self, path: str, keys: Keys) -> bool:
        cell = self.state.plan.cells[self.state.plan.index[path, "relevant"]]
        return bool(run_in_repeat(self.state, cell)(keys[: len(cell.repeats)]))

    def _waits(self, path: str, keys: Keys) -> bool:
        """Whether a deciding question is required and unanswered, asked or itself undecided."""
        item = self.items[path]
        near = (own for own in self.state.keys_of(item.repeats) if agrees(own, keys))
        return any(self._is_open(item, own) for own in near)

    def _is_open(self, item: Item, keys: Keys) -> bool:
        path = item.node.path
        if self.state.value(path, keys) is not None or not is_required(self.state, path, keys):
            return False
        if self.state.is_relevant(path, keys):
            return self.state.state_of(path, keys) is None
        return self.is_undecided(item, keys)
