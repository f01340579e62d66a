"""Collects what the report of a visit is made of from the stores; what it says about it is the report's matter."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from forms.checklist import Checklist
from forms.log import Value
from reports.facts import Evaluation, Member, Photo, ReportFacts
from reports.facts import Visit as VisitFacts
from reports.items import instance_pattern
from survey.assess import result_of_visit
from survey.clock import parse_utc
from survey.database import Database
from survey.problems import Problem
from survey.recorded import answers_with_recorded
from survey.settings import Settings
from survey.store import assessments, attachments, checklists, trips, units
from survey.store.earlier_visits import find_earlier
from survey.store.visits import Visit

MOST_PHOTOS = 24
"""Photos printed in one report; the others stay with the visit."""


def collect_facts(db: Database, visit: Visit, data: Path) -> ReportFacts:
    """The facts of a visit as they are now: frozen result when submitted, else what the answers come to.

    `data` is the data folder with the photos. Problem unit_not_found when the visit's unit is unknown.
    """
    unit = units.find_unit(db, visit.unit_code, date.fromisoformat(visit.planned_on))
    if unit is None:
        raise Problem("unit_not_found", code=visit.unit_code)
    checklist = checklists.definition_of(db, visit.checklist_id, visit.checklist_version)
    answers = answers_with_recorded(db, visit.id, checklist)
    return ReportFacts(
        visit=visit_facts(visit),
        unit=unit,
        members=members_of(db, visit),
        checklist=checklist,
        answers=answers,
        evaluation=Evaluation.model_validate(result_of_visit(db, visit)),
        photos=photos_of(db, visit, checklist, answers, data),
        formula_version=assessments.FORMULA_VERSION,
        fictitious=visit.fictitious,
        earlier=find_earlier(db, visit),
    )


def visit_facts(visit: Visit) -> VisitFacts:
    submitted = visit.state == "submitted"
    return VisitFacts(
        id=visit.id,
        decision_number=visit.decision_number,
        decision_date=date.fromisoformat(visit.decision_date),
        visited_on=date.fromisoformat(visit.planned_on),
        scope="core" if visit.scope == "core" else "full",
        submitted=submitted,
        incomplete_reason=visit.incomplete_reason,
        issued_on=local_day(visit.submitted_at) if submitted and visit.submitted_at else None,
    )


def local_day(moment: str) -> date:
    """The day in Vietnam of a stored moment."""
    return (parse_utc(moment) + timedelta(hours=Settings().utc_offset_hours)).date()


def members_of(db: Database, visit: Visit) -> list[Member]:
    """The delegation, its leader first."""
    travellers = trips.members(db, visit.trip_id)
    people = [
        Member(name=person.name, duty=person.duty, is_leader=person.person_id == visit.leader_id)
        for person in travellers
    ]
    if not any(person.is_leader for person in people):
        people.insert(0, Member(name=visit.leader_name, is_leader=True))
    return people


def photos_of(db: Database, visit: Visit, checklist: Checklist, answers: dict[str, Value], data: Path) -> list[Photo]:
    """The photos of image questions in the order of the checklist, as far as their files have arrived."""
    found = []
    for node in checklist.walk():
        if node.type != "image":
            continue
        matches = instance_pattern(node.path)
        for path, value in answers.items():
            if isinstance(value, list) and matches(path):
                found += [photo for name in value if (photo := read_photo(db, visit.id, path, str(name), data))]
    return found[:MOST_PHOTOS]


def read_photo(db: Database, visit_id: str, question: str, sha256: str, data: Path) -> Photo | None:
    known = attachments.find_attachment(db, visit_id, sha256)
    place = attachments.place_of(data, sha256)
    if known is None or not place.exists():
        return None
    return Photo(question=question, sha256=sha256, media_type=known.media_type, data=place.read_bytes())
