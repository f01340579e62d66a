"""The answer log: what a change is, which changes still count, what the answers are, and where two people disagree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StrictStr

ChangeId = Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")]
"""A UUIDv7 in lower case, made on the device."""

DAY = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}"

Instant = Annotated[str, Field(pattern=f"^{DAY}T{TIME}Z$")]
"""A moment in UTC with milliseconds; as text it sorts by time."""

Name = Annotated[str, Field(pattern=r"^[0-9A-Za-z._:-]{1,80}$")]
"""The id of a visit or the name of a device."""

Key = tuple[str, str]
"""What a change is known by: its visit and its id."""

Value = StrictBool | StrictInt | StrictFloat | StrictStr | list[StrictStr] | None


class Change(BaseModel):
    """One entry of the log: a new value for one question of one visit, by one person on one device.

    `replaces` holds the ids of the changes that the author saw. `at` is the device's time corrected by the server's
    clock, and never far ahead of the moment when a server took the change in; `device_at` is what the device showed.
    `author` is set by the server too.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: ChangeId
    visit: Name
    question: str = Field(pattern=r"^/", max_length=300)
    value: Value = None
    replaces: list[ChangeId] = Field(default=[], max_length=100)
    at: Instant
    device_at: Instant
    device: Name
    author: str = Field(default="", max_length=80)

    @property
    def key(self) -> Key:
        return self.visit, self.id

    def recency(self) -> tuple[str, str]:
        """Sorts changes by time; the id decides between equal times, so that every machine agrees."""
        return (self.at, self.id)

    def says_the_same_as(self, other: Change) -> bool:
        """Whether both have the same content; `author` and `at` do not count, as the server decides about them."""
        return self._content() == other._content() and type(self.value) is type(other.value)

    def _content(self) -> tuple[object, ...]:
        return self.id, self.visit, self.question, self.value, self.replaces, self.device_at, self.device


class Said(NamedTuple):
    """What the answers of a visit depend on in a change."""

    at: str
    id: str
    visit: str
    question: str
    value: Value
    replaces: Sequence[str]

    def recency(self) -> tuple[str, str]:
        return (self.at, self.id)


Some = TypeVar("Some", Change, Said)


def current_changes(changes: Iterable[Some]) -> list[Some]:
    """The changes that no other change of their question replaces, latest first; more than one is a conflict.

    The result depends only on the set of changes, not on the order in which they came (a multi-value register).
    """
    known = list(changes)
    replaced = {(c.visit, c.question, old) for c in known for old in c.replaces}
    current = [c for c in known if (c.visit, c.question, c.id) not in replaced]
    return sorted(current, key=lambda c: c.recency(), reverse=True)


def answers_from(changes: Iterable[Some]) -> dict[str, Value]:
    """The answers of one visit by question path: the latest current value of each.

    A question that was emptied is there with None, because its default must not come back.
    """
    return {change.question: change.value for change in reversed(current_changes(changes))}


def conflicts_of(changes: Iterable[Change]) -> dict[str, list[Change]]:
    """The questions of one visit with several different current values, latest change first; equal values agree."""
    by_question: dict[str, list[Change]] = {}
    for change in current_changes(changes):
        by_question.setdefault(change.question, []).append(change)
    return {question: found for question, found in by_question.items() if differ(found)}


def differ(changes: list[Change]) -> bool:
    """Whether the changes hold more than one value; 1 and true are different answers."""
    return any(c.value != changes[0].value or type(c.value) is not type(changes[0].value) for c in changes)


def closes_a_circle(change: Change, known: Iterable[Change]) -> bool:
    """Whether the change would replace, through others, itself: then nothing of the question would be current."""
    replaced_by = {c.id: c.replaces for c in known if (c.visit, c.question) == (change.visit, change.question)}
    ahead, seen = list(change.replaces), set[str]()
    while ahead:
        here = ahead.pop()
        if here == change.id:
            return True
        if here not in seen:
            seen.add(here)
            ahead.extend(replaced_by.get(here, []))
    return False
