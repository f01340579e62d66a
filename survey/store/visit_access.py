"""What the exchange asks about visits: many at once, and without the names that pages show."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from survey.database import Database
from survey.store.changes import places, portions

TRIPS = """select id from trip where leader_id = ?
           union select trip_id from trip_member where person_id = ?"""


class VisitAccess(NamedTuple):
    """A visit as the exchange sees it; `travels` is 1 when the person asked about is of its delegation, else 0.

    `sha256` is that of the checklist's source, under which everything compiled from it is kept.
    """

    id: str
    state: str
    checklist_id: str
    checklist_version: str
    sha256: str
    travels: int


def access_to(db: Database, person_id: str, ids: Collection[str]) -> dict[str, VisitAccess]:
    """The visits with these ids that exist, by id."""
    found: dict[str, VisitAccess] = {}
    for portion in portions(ids):
        rows = db.execute(
            f"""select visit.id, visit.state, visit.checklist_id, visit.checklist_version, checklist_version.sha256,
                       visit.trip_id in ({TRIPS}) as travels
                from visit join checklist_version on checklist_version.id = visit.checklist_id
                                                 and checklist_version.version = visit.checklist_version
                where visit.id in ({places(portion)})""",  # noqa: S608 - made up here
            [person_id, person_id, *portion],
        )
        found |= {row[0]: VisitAccess(*row) for row in rows.fetchall()}
    return found


def ids_of_person(db: Database, person_id: str) -> list[str]:
    """The ids of all visits of the trips that a person leads or is a member of."""
    rows = db.execute(
        f"select id from visit where trip_id in ({TRIPS}) order by id",  # noqa: S608 - constant
        [person_id, person_id],
    )
    return [id for (id,) in rows.fetchall()]
