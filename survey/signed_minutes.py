"""Who signed the minutes on a tablet, whether that counts, and why they were opened again; for the visit's page."""

from __future__ import annotations

from dataclasses import dataclass

from forms.log import Change
from forms.signatures import REOPENED, Signed, signatures_of
from survey.database import Database
from survey.store import changes, people


@dataclass(frozen=True)
class Reopening:
    """Signed minutes that somebody opened again: when (UTC), who, and the reason."""

    at: str
    person: str
    reason: str


@dataclass(frozen=True)
class Signatures:
    """The signatures of a visit in the order in which they were begun, and its reopenings, the oldest first."""

    made: list[Signed]
    reopenings: list[Reopening]

    @property
    def standing(self) -> bool:
        """Whether what the log says now has been signed by anybody."""
        return any(one.stands for one in self.made)


def signatures_on(db: Database, visit_id: str) -> Signatures:
    """What the log of a visit says about its signatures."""
    log = changes.changes_of(db, visit_id)
    opened = sorted((change for change in log if change.question == REOPENED and change.value), key=Change.recency)
    return Signatures(
        made=signatures_of(visit_id, log),
        reopenings=[Reopening(change.at, name_of(db, change.author), str(change.value)) for change in opened],
    )


def name_of(db: Database, person_id: str) -> str:
    person = people.find(db, person_id)
    return person.name if person else person_id
