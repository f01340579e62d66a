"""Trips: a decision, its delegation, and the visits that belong to it."""

# ruff: noqa: S608 - the parts of the statements are constants of this module

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from survey.clock import utc_text
from survey.database import Database
from survey.store.people import colour_of, initials_of


class Trip(BaseModel):
    """One journey of a delegation under a decision; dates are ISO."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    decision_number: str
    decision_date: str
    title: str
    starts_on: str
    ends_on: str
    leader_id: str
    leader_name: str = ""
    fictitious: bool = False


class Member(BaseModel):
    """A person of the delegation with the duty on this trip."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    person_id: str
    login: str
    name: str
    duty: str

    @property
    def initials(self) -> str:
        return initials_of(self.name)

    @property
    def colour(self) -> int:
        return colour_of(self.login)


SELECT = """select trip.id, trip.decision_number, trip.decision_date, trip.title, trip.starts_on, trip.ends_on,
                   trip.leader_id, leader.name as leader_name, trip.fictitious
            from trip join person as leader on leader.id = trip.leader_id"""


def add(db: Database, trip: Trip, created_by: str) -> None:
    """A new trip; its leader travels on it."""
    db.execute(
        """insert into trip (id, decision_number, decision_date, title, starts_on, ends_on, leader_id, fictitious,
                             created_at, created_by)
           values (:id, :decision_number, :decision_date, :title, :starts_on, :ends_on, :leader_id, :fictitious,
                   :created_at, :created_by)""",
        trip.model_dump(exclude={"leader_name"}) | {"created_at": utc_text(), "created_by": created_by},
    )


def change(db: Database, trip: Trip) -> None:
    """Correct the decision, the title or the dates."""
    db.execute(
        """update trip set decision_number = :decision_number, decision_date = :decision_date, title = :title,
                           starts_on = :starts_on, ends_on = :ends_on where id = :id""",
        trip.model_dump(include={"id", "decision_number", "decision_date", "title", "starts_on", "ends_on"}),
    )


def find(db: Database, trip_id: str) -> Trip | None:
    """The trip with this id."""
    rows = list(db.query(f"{SELECT} where trip.id = :id", {"id": trip_id}))
    return Trip(**rows[0]) if rows else None


def travelled_by(db: Database, person_id: str) -> list[Trip]:
    """The trips a person leads or is a member of, latest first."""
    rows = db.query(
        f"""{SELECT} where trip.leader_id = :person or exists (
              select 1 from trip_member where trip_member.trip_id = trip.id and trip_member.person_id = :person)
            order by trip.starts_on desc, trip.id""",
        {"person": person_id},
    )
    return [Trip(**row) for row in rows]


def without_visits(db: Database, person_id: str) -> list[Trip]:
    """The trips of a person that have no visit yet, latest first."""
    rows = db.query(
        f"""{SELECT} where (trip.leader_id = :person or exists (
              select 1 from trip_member where trip_member.trip_id = trip.id and trip_member.person_id = :person))
            and not exists (select 1 from visit where visit.trip_id = trip.id)
            order by trip.starts_on desc, trip.id""",
        {"person": person_id},
    )
    return [Trip(**row) for row in rows]


def travels_on(db: Database, trip_id: str, person_id: str) -> bool:
    """Whether a person leads the trip or is a member of it."""
    row = db.execute(
        """select 1 from trip where id = :trip and (leader_id = :person or exists (
             select 1 from trip_member where trip_id = :trip and person_id = :person))""",
        {"trip": trip_id, "person": person_id},
    ).fetchone()
    return row is not None


def set_member(db: Database, trip_id: str, person_id: str, duty: str) -> None:
    """Take a person into the delegation, or change the duty of one who is in it."""
    db.execute(
        """insert into trip_member (trip_id, person_id, duty) values (:trip, :person, :duty)
           on conflict (trip_id, person_id) do update set duty = excluded.duty""",
        {"trip": trip_id, "person": person_id, "duty": duty},
    )


def remove_member(db: Database, trip_id: str, person_id: str) -> None:
    """Take a person out of the delegation; what they wrote down stays."""
    db.execute(
        "delete from trip_member where trip_id = :trip and person_id = :person", {"trip": trip_id, "person": person_id}
    )


def members(db: Database, trip_id: str) -> list[Member]:
    """The delegation: the leader first, then by name."""
    rows = db.query(
        """select person.id as person_id, person.login, person.name, trip_member.duty
           from trip_member join person on person.id = trip_member.person_id
           join trip on trip.id = trip_member.trip_id
           where trip_member.trip_id = :trip
           order by case when person.id = trip.leader_id then 0 else 1 end, person.name""",
        {"trip": trip_id},
    )
    return [Member(**row) for row in rows]
