"""What an answer sets off: questions with a trigger take a new answer when that of the trigger changes, and only then.

The answer is kept like one that somebody gave, and may be changed by hand. Source: the column `trigger` of XLSForm,
the event xforms-value-changed of the ODK XForms specification.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from forms.answers import Keys, Place, Value, WrongValueError, check_value
from forms.logic.computing import fit
from forms.logic.formula import Formula
from forms.logic.plan import Item, count_shared

if TYPE_CHECKING:
    from forms.engine import Engine
    from forms.logic.state import State


MOST_TIMES: Final = 8
"""How often one answer may set the same question."""


@dataclass(frozen=True)
class Trigger:
    """A question that another one sets; without a formula it is emptied."""

    item: Item
    formula: Formula | None


def triggers_of(engine: Engine) -> dict[str, list[Trigger]]:
    """The questions that each trigger sets, by the path of the trigger."""
    found: dict[str, list[Trigger]] = {}
    for path, item in engine.items.items():
        source = item.node.triggered
        formula = engine.formulas.compile(source, path, "triggered") if source else None
        for name in item.node.trigger:
            found.setdefault(engine.formulas.path_of(name) or "", []).append(Trigger(item, formula))
    return found


def follow(state: State, place: Place) -> dict[str, Value]:
    """Set what the answer at a place triggers, and what that triggers in turn; the new answers by instance path.

    A question that two others set is set again by the second; triggers that go round come to an end.
    """
    found: dict[str, Value] = {}
    times: Counter[str] = Counter()
    waiting = deque([] if place.facet else [place])
    while waiting:
        cause = waiting.popleft()
        for target, trigger in targets_of(state, cause):
            path = trigger.item.instance_path(target.keys)
            times[path] += 1
            if times[path] <= MOST_TIMES and target != place:
                found[path] = value_for(state, trigger, target.keys)
                if state.write(target, found[path]):
                    waiting.append(target)
    return found


def targets_of(state: State, cause: Place) -> list[tuple[Place, Trigger]]:
    """The instances that an answer sets: those in the same instances of the repeats that both lie in."""
    own = state.engine.items[cause.path].repeats
    found = []
    for trigger in state.engine.triggers.get(cause.path, ()):
        shared = count_shared(own, trigger.item.repeats)
        near = (keys for keys in state.keys_of(trigger.item.repeats) if keys[:shared] == cause.keys[:shared])
        found += [(Place(trigger.item.node.path, keys), trigger) for keys in near]
    return found


def value_for(state: State, trigger: Trigger, keys: Keys) -> Value:
    """The new answer; what cannot be one of this question empties it."""
    if trigger.formula is None:
        return None
    node = trigger.item.node
    try:
        return check_value(node, fit(node, trigger.formula.run(state, keys)))
    except WrongValueError:
        return None
