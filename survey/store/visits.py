"""Visits: one unit assessed once on one trip with one checklist version."""

# ruff: noqa: S608 - the parts of the statements are constants of this module

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from forms.units import COMMUNE_KINDS, KIND_NAMES, UnitKind
from survey.clock import utc_text
from survey.database import Database
from survey.language import language
from survey.naming import english_title
from survey.problems import Problem


class Visit(BaseModel):
    """A visit with the names of what it points at. Unit names are those valid on the planned day."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    trip_id: str
    unit_code: str
    checklist_id: str
    checklist_version: str
    scope: str
    planned_on: str
    state: str
    submitted_at: str | None
    submitted_by: str | None
    incomplete_reason: str | None
    fictitious: bool
    unit_name: str
    unit_kind: UnitKind | Literal[""]
    province_code: str
    province_name: str
    decision_number: str
    decision_date: str
    trip_title: str
    leader_id: str
    leader_name: str

    @property
    def unit_title(self) -> str:
        """The unit at the start of a line in the language of the request."""
        return self.unit_title_in(language())

    def unit_title_in(self, spoken: str) -> str:
        """The unit at the start of a line: "Xã Hà Trung"; bodies carry their complete name already."""
        if spoken != "vi":
            day = date.fromisoformat(self.planned_on)
            return english_title(self.unit_kind, self.unit_name, self.province_code, self.province_name, day)
        if self.unit_kind not in COMMUNE_KINDS:
            return self.unit_name
        return f"{KIND_NAMES[self.unit_kind]['vi']} {self.unit_name}"


UNIT = """left join unit on unit.code = visit.unit_code and unit.valid_from = (
            select max(named.valid_from) from unit as named
            where named.code = visit.unit_code and named.valid_from <= visit.planned_on)"""

SELECT = (
    """select visit.id, visit.trip_id, visit.unit_code, visit.checklist_id, visit.checklist_version, visit.scope,
                   visit.planned_on, visit.state, visit.submitted_at, visit.submitted_by, visit.incomplete_reason,
                   visit.fictitious, coalesce(unit.name, visit.unit_code) as unit_name,
                   coalesce(unit.kind, '') as unit_kind, coalesce(unit.province_code, '') as province_code,
                   coalesce(unit.province_name, '') as province_name, trip.decision_number, trip.decision_date,
                   trip.title as trip_title, trip.leader_id, leader.name as leader_name
            from visit join trip on trip.id = visit.trip_id join person as leader on leader.id = trip.leader_id
            """
    + UNIT
)

TRAVELLED = """visit.trip_id in (select id from trip where leader_id = :person
                                  union select trip_id from trip_member where person_id = :person)"""


def add(
    db: Database,
    visit_id: str,
    trip_id: str,
    unit_code: str,
    checklist: tuple[str, str],
    planned_on: str,
    created_by: str,
    *,
    scope: str = "full",
    fictitious: bool = False,
) -> None:
    """Plan a visit with a checklist (id, version); Problem visit_exists when the trip has the unit already."""
    try:
        db.execute(
            """insert into visit (id, trip_id, unit_code, checklist_id, checklist_version, scope, planned_on,
                                  fictitious, created_at, created_by)
               values (:id, :trip_id, :unit_code, :checklist_id, :checklist_version, :scope, :planned_on, :fictitious,
                       :created_at, :created_by)""",
            {
                "id": visit_id,
                "trip_id": trip_id,
                "unit_code": unit_code,
                "checklist_id": checklist[0],
                "checklist_version": checklist[1],
                "scope": scope,
                "planned_on": planned_on,
                "fictitious": fictitious,
                "created_at": utc_text(),
                "created_by": created_by,
            },
        )
    except sqlite3.IntegrityError as error:
        if "visit.trip_id, visit.unit_code" in str(error):
            raise Problem("visit_exists") from error
        raise


def find(db: Database, visit_id: str) -> Visit | None:
    """The visit with this id."""
    rows = list(db.query(f"{SELECT} where visit.id = :id", {"id": visit_id}))
    return Visit(**rows[0]) if rows else None


def of_trip(db: Database, trip_id: str) -> list[Visit]:
    """The visits of a trip in the order of days."""
    order = "order by visit.planned_on, visit.created_at, visit.id"
    rows = db.query(f"{SELECT} where visit.trip_id = :trip {order}", {"trip": trip_id})
    return [Visit(**row) for row in rows]


def of_person(db: Database, person_id: str) -> list[Visit]:
    """All visits of the trips that a person leads or is a member of, in the order of days."""
    rows = db.query(
        f"{SELECT} where {TRAVELLED} order by visit.planned_on, visit.created_at, visit.id", {"person": person_id}
    )
    return [Visit(**row) for row in rows]


def drafts_of_person(db: Database, person_id: str) -> list[Visit]:
    """The unfinished visits of the trips that a person leads or is a member of, in the order of days."""
    rows = db.query(
        f"""{SELECT} where visit.state = 'draft' and {TRAVELLED}
            order by visit.planned_on, visit.created_at, visit.id""",
        {"person": person_id},
    )
    return [Visit(**row) for row in rows]


def submitted_of_person(db: Database, person_id: str, limit: int) -> list[Visit]:
    """The visits of a person's trips that were submitted last, the latest first."""
    rows = db.query(
        f"""{SELECT} where visit.state = 'submitted' and {TRAVELLED}
            order by visit.submitted_at desc, visit.id limit :limit""",
        {"person": person_id, "limit": limit},
    )
    return [Visit(**row) for row in rows]


def remove(db: Database, visit_id: str) -> None:
    """Take an unanswered visit off its trip; the foreign key of the log refuses any other."""
    db.execute("delete from visit where id = :id and state = 'draft'", {"id": visit_id})


def mark_submitted(db: Database, visit_id: str, by: str, reason: str | None, at: str | None = None) -> bool:
    """Freeze a draft, now or as of a moment; False when it was none (somebody else was faster)."""
    done = db.execute(
        """update visit set state = 'submitted', submitted_at = :at, submitted_by = :by, incomplete_reason = :reason
           where id = :id and state = 'draft'""",
        {"id": visit_id, "at": at or utc_text(), "by": by, "reason": reason},
    )
    return bool(done.rowcount)


def mark_draft(db: Database, visit_id: str) -> bool:
    """Open a submitted visit again; False when it was none."""
    done = db.execute(
        """update visit set state = 'draft', submitted_at = null, submitted_by = null, incomplete_reason = null
           where id = :id and state = 'submitted'""",
        {"id": visit_id},
    )
    return bool(done.rowcount)


def submitted_ids(db: Database) -> list[str]:
    """The ids of all submitted visits."""
    return [row["id"] for row in db.query("select id from visit where state = 'submitted' order by id")]


def last_change(db: Database, visit_id: str) -> int:
    """The number of the newest change of a visit; 0 without any. It tells whether anything computed is still true."""
    row = db.execute("select coalesce(max(seq), 0) from change where visit_id = :id", {"id": visit_id}).fetchone()
    return int(row[0])
