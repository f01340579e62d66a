"""A tablet as small as can be: its log, what waits to be sent, and how far it has read. Plain Python, no network."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from forms.log import Change, answers_from, current_changes


@dataclass
class Tablet:
    """One person's tablet; `minutes` is how far its clock is off."""

    name: str
    person: str
    minutes: int = 0
    log: dict[str, Change] = field(default_factory=dict)
    outbox: dict[str, Change] = field(default_factory=dict)
    cursor: int = 0

    def write(self, change: Change) -> None:
        """Into the log and the outbox at once."""
        self.log[change.id] = self.outbox[change.id] = change

    def seen(self, question: str) -> list[str]:
        """The ids of the changes that show at a question: what a new one replaces."""
        return [change.id for change in current_changes(self.log.values()) if change.question == question]

    def request(self, most: int) -> dict[str, Any]:
        """What the tablet would send now."""
        waiting = [change.model_dump(exclude={"author"}) for change in list(self.outbox.values())[:most]]
        return {"device": self.name, "cursor": self.cursor, "changes": waiting}

    def receive(self, answer: dict[str, Any]) -> None:
        """Take in an answer, also one that comes late: the cursor never goes back."""
        assert answer["refused"] == []
        for id in answer["accepted"]:
            self.outbox.pop(id, None)
        for raw in answer["changes"]:
            self.log[raw["id"]] = Change(**raw)
        self.cursor = max(self.cursor, answer["cursor"])

    def current(self) -> dict[str, tuple[str, object]]:
        """The current changes with their moment and value, by id."""
        return {change.id: (change.at, change.value) for change in current_changes(self.log.values())}

    def answers(self) -> dict[str, object]:
        return dict(answers_from(self.log.values()))
