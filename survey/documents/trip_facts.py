"""Collects what the report on a trip is made of: every visit of it, as the visit's own report has it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from forms.minutes import entries_of, is_of_minutes
from reports.facts import Copy, Member
from reports.trip_report.facts import Planned, TripFacts, TripVisit, trip_copy
from survey.database import Database
from survey.documents.minutes_record import commitments
from survey.documents.report_facts import collect_facts
from survey.problems import Problem
from survey.store import changes, trips, units, visits
from survey.store.trips import Trip
from survey.store.visits import Visit


def collect_trip(db: Database, trip: Trip, data: Path, copy: Copy = "internal", area: str | None = None) -> TripFacts:
    """The facts of one copy of a trip's report as they are now; `area` is the province that a copy is for.

    `data` is the data folder. Problem visits_mixed when some of its visits are fictitious and others are not.
    """
    known = visits.of_trip(db, trip.id)
    if len({visit.fictitious for visit in known}) > 1:
        raise Problem("visits_mixed")
    facts = TripFacts(
        id=trip.id,
        title=trip.title,
        decision_number=trip.decision_number,
        decision_date=date.fromisoformat(trip.decision_date),
        starts_on=date.fromisoformat(trip.starts_on),
        ends_on=date.fromisoformat(trip.ends_on),
        members=members_of(db, trip),
        visits=[trip_visit(db, visit, data) for visit in known if visit.state == "submitted"],
        planned=[planned(db, visit) for visit in known if visit.state != "submitted"],
        fictitious=any(visit.fictitious for visit in known),
    )
    return trip_copy(facts, copy, area)


def members_of(db: Database, trip: Trip) -> list[Member]:
    """The delegation, its leader first."""
    known = trips.members(db, trip.id)
    people = [Member(name=one.name, duty=one.duty, is_leader=one.person_id == trip.leader_id) for one in known]
    if any(one.is_leader for one in people):
        return people
    return [Member(name=trip.leader_name, is_leader=True), *people]


def trip_visit(db: Database, visit: Visit, data: Path) -> TripVisit:
    """A submitted visit without its photos, which are in its own report."""
    facts = collect_facts(db, visit, data).model_copy(update={"photos": []})
    log = [change for change in changes.changes_of(db, visit.id) if is_of_minutes(change.question)]
    return TripVisit(facts=facts, commitments=tuple(commitments(entries_of(log, "commitment"), facts, "vi")))


def planned(db: Database, visit: Visit) -> Planned:
    """A visit still to be submitted; Problem unit_not_found when its unit is unknown."""
    day = date.fromisoformat(visit.planned_on)
    unit = units.find_unit(db, visit.unit_code, day)
    if unit is None:
        raise Problem("unit_not_found", code=visit.unit_code)
    return Planned(unit=unit, planned_on=day)
