"""Moving a visit to another version of its checklist: which answers have a place there, by path, else by name.

An answer whose question stands elsewhere is copied into the log under its new place, with an id that follows from the
old one: copies of copies, made by whichever machine and as often as one likes, are the same changes. What replaced what
is copied with it, so that disagreements stay disagreements.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from forms.answers import Place, UnknownNameError, WrongValueError, check_facet, check_value, takes_facet
from forms.engine import Engine
from forms.log import Change, current_changes
from forms.minutes import is_of_minutes

SELECTS: Final = ("select_one", "select_multiple")
INSTANCE_KEY: Final = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True)
class Left:
    """An answer that the new version does not count: its change and why.

    `reason` is "gone" (no such question), "type" (another kind of answer) or "choice" (the choice is not on the list;
    then the answer stays where it is, shown as invalid).
    """

    change: Change
    reason: str


@dataclass(frozen=True)
class Move:
    """What moving does to the current answers; `asked` are paths of new questions that an answer is needed for.

    `stays` are answers with the same place in both versions, `moves` those that get another one, with it.
    """

    stays: list[Change]
    moves: list[tuple[Change, str]]
    left: list[Left]
    asked: list[str]


def place_in(old: Engine, new: Engine, question: str) -> str | None:
    """Where the new version asks what `question` of the old one asks; None where it does not."""
    if spells(new, question):
        return question
    try:
        place = old.locate(question)
    except UnknownNameError:
        return None
    before = old.items[place.path]
    path = new.formulas.path_of(before.node.name)
    if not path or old.formulas.path_of(before.node.name) != place.path:
        return None
    after = new.items[path]
    kinds = [(item.is_question, item.node.type == "repeat") for item in (before, after)]
    if kinds[0] != kinds[1] or len(after.repeats) != len(before.repeats) or not takes_facet(after.node, place.facet):
        return None
    found = after.instance_path(place.keys) + (f"#{place.facet}" if place.facet else "")
    return found if spells(new, found) else None


def spells(engine: Engine, question: str) -> bool:
    """Whether this is the one spelling of a place of the checklist."""
    place = located(engine, question)
    if place is None:
        return False
    path = engine.items[place.path].instance_path(place.keys)
    return question == path + (f"#{place.facet}" if place.facet else "")


def located(engine: Engine, question: str) -> Place | None:
    try:
        return engine.locate(question)
    except UnknownNameError:
        return None


def counts(engine: Engine, change: Change) -> bool:
    """Whether the checklist takes the value at its place; what belongs to the minutes always counts."""
    if is_of_minutes(change.question):
        return True
    place = located(engine, change.question)
    if place is None or not spells(engine, change.question):
        return False
    try:
        if place.facet:
            check_facet(place.facet, change.value)
        else:
            check_value(engine.items[place.path].node, change.value)
    except WrongValueError:
        return False
    return True


class Descent:
    """Which changes of a log are copies of which.

    A question that a version moved away and a later one moved back finds its first answers where it left them: what
    goes back to where it came from is the change that it was, and not a second answer beside it.
    """

    def __init__(self, log: Iterable[Change]) -> None:
        self._place: dict[str, str] = {}
        for change in log:
            self._place |= dict.fromkeys((change.id, *change.replaces), change.question.partition("#")[0])
        self._origin: dict[str, str] = {}
        for places in self._alike():
            known = [(one, place) for one, place in self._place.items() if place in places] if len(places) > 1 else []
            for one, place in known:
                copies = (derived(one, other) for other in places - {place})
                self._origin |= {copy: one for copy in copies if copy in self._place}

    def _alike(self) -> Iterable[set[str]]:
        """The places of each name: only between these are answers copied."""
        found: dict[str, set[str]] = {}
        for place in self._place.values():
            found.setdefault(INSTANCE_KEY.sub("", place.rpartition("/")[2]), set()).add(place)
        return found.values()

    def id_at(self, change_id: str, question: str) -> str:
        """The id of a change at another place: that of the change it was copied from, if this stood there."""
        place, origin = question.partition("#")[0], self._origin.get(change_id)
        while origin is not None and self._place[origin] != place:
            origin = self._origin.get(origin)
        return origin or derived(change_id, question)


def derived(change_id: str, question: str) -> str:
    """The id of the copy of a change at another place: a UUIDv7 of the same moment."""
    digest = sha256(f"{change_id} {question.partition('#')[0]}".encode()).hexdigest()
    return f"{change_id[:14]}7{digest[:3]}-{'89ab'[int(digest[3], 16) % 4]}{digest[4:7]}-{digest[7:19]}"


def copies_for(old: Engine, new: Engine, log: Collection[Change], beside: Iterable[Change] = ()) -> list[Change]:
    """The copies that a log needs to be answered to the new version; none for what stays in its place.

    `beside` are changes of the same questions that need no copy and tell where one came from.
    """
    found = []
    descent = Descent([*beside, *log])
    for change in log:
        place = None if is_of_minutes(change.question) else place_in(old, new, change.question)
        if place is not None and place != change.question:
            found.append(copied(change, place, descent))
    return found


def copied(change: Change, question: str, descent: Descent) -> Change:
    """The change as one of another question: same value, author and moment, ids that follow from the old ones."""
    replaces = [descent.id_at(old, question) for old in change.replaces]
    update = {"id": descent.id_at(change.id, question), "question": question, "replaces": replaces}
    return change.model_copy(update=update)


def not_counting(engine: Engine, log: Iterable[Change]) -> list[Change]:
    """The changes that the version does not count."""
    return [change for change in log if not counts(engine, change)]


def plan_move(old: Engine, new: Engine, log: Iterable[Change]) -> Move:
    """What moving a visit with this log would do; answers that were emptied are passed over."""
    stays, moves, left = [], [], []
    for change in current_changes(log):
        if change.value is None or is_of_minutes(change.question) or not counts(old, change):
            continue
        place = place_in(old, new, change.question)
        there = change.model_copy(update={"question": place}) if place else None
        if there is None or not counts(new, there):
            left.append(Left(change, "gone" if there is None else "type"))
        elif lacks_choice(new, there):
            left.append(Left(change, "choice"))
        elif there.question != change.question:
            moves.append((change, there.question))
        else:
            stays.append(change)
    return Move(stays, moves, left, newly_asked(old, new))


def lacks_choice(engine: Engine, change: Change) -> bool:
    """Whether the answer names a choice that is not on the list any more."""
    place = located(engine, change.question)
    if place is None or place.facet:
        return False
    node = engine.items[place.path].node
    if node.type not in SELECTS or not node.choices:
        return False
    known = {choice.name for choice in engine.checklist.choices_of(node.choices)}
    chosen = change.value if isinstance(change.value, list) else [change.value]
    return not known.issuperset(chosen)


def newly_asked(old: Engine, new: Engine) -> list[str]:
    """The scored or required questions that the old version does not have."""
    names = {item.node.name for item in old.items.values()}
    wanted = (item for item in new.items.values() if item.is_question and (item.node.is_scored or item.node.required))
    return [item.node.path for item in wanted if item.node.name not in names and item.node.type != "calculate"]
