"""What a tablet needs to know of the visits of its person before it leaves the network, as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from forms.checklist import Checklist
from forms.log import Change, current_changes
from reports.naming import names_of
from reports.wording import LANGUAGES
from survey.assess import unit_facts
from survey.database import Database
from survey.language import gettext as _
from survey.map.words import level_words
from survey.naming import unit_with_province
from survey.permissions import may
from survey.progress import Progress, progress_of
from survey.store import assessments, checklists, moves, trips, unit_history, unit_visits, units, visits
from survey.store.people import Person
from survey.store.visits import Visit

KEEP_DAYS = 21
"""How long a submitted visit stays on the tablets of its delegation."""


def visits_for_tablet(db: Database, person: Person, today: date) -> list[Visit]:
    """The visits of a person's trips that are still to be done, or were done lately."""
    since = (today - timedelta(days=KEEP_DAYS)).isoformat()
    return [
        visit
        for visit in visits.of_person(db, person.id)
        if visit.state == "draft" or visit.planned_on >= since or (visit.submitted_at or "") >= since
    ]


def person_facts(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "initials": person.initials,
        "colour": person.colour,
        "role": person.role,
        "edits": may(person, "visit.edit"),
    }


def visit_facts(db: Database, visit: Visit, person: Person) -> dict[str, Any]:
    """Everything about a visit but its answers, in the language of the request."""
    return {
        "id": visit.id,
        "trip": {"id": visit.trip_id, "title": visit.trip_title, "decision": visit.decision_number},
        "checklist": {"id": visit.checklist_id, "version": visit.checklist_version, "scope": visit.scope},
        "moved": [move.from_version for move in moves.moves_of(db, visit.id)],
        "unit": unit_facts(db, visit),
        "unit_code": visit.unit_code,
        "unit_title": visit.unit_title,
        "province_name": visit.province_name,
        "planned_on": visit.planned_on,
        "state": visit.state,
        "fictitious": visit.fictitious,
        "minutes": minutes_facts(db, visit),
        "leader": visit.leader_id,
        "members": {visit.leader_id: visit.leader_name}
        | {member.person_id: member.name for member in trips.members(db, visit.trip_id)},
        "read_only": why_read_only(visit, person),
        "progress": progress_facts(progress_of(db, visit)),
        "unit_names": unit_names(db, visit, []),
        "earlier": earlier_result(db, visit),
    }


def minutes_facts(db: Database, visit: Visit) -> dict[str, Any] | None:
    """What the minutes say of the decision and of the unit, whose names come in every language; None without a unit."""
    day = date.fromisoformat(visit.planned_on)
    unit = units.find_unit(db, visit.unit_code, day)
    if unit is None:
        return None
    found = {language: names_of(unit, day, language) for language in LANGUAGES}
    names = {language: asdict(named) | {"placed": named.placed} for language, named in found.items()}
    return {"decided_on": visit.decision_date, "names": names}


def why_read_only(visit: Visit, person: Person) -> str:
    """Why nothing can be changed in this visit; empty while it can."""
    if visit.state != "draft":
        return _("Buổi làm việc đã nộp nên không sửa được. Trưởng đoàn có thể mở lại.")
    return "" if may(person, "visit.edit") else _("Tài khoản này chỉ xem, không điền phiếu.")


def progress_facts(progress: Progress) -> dict[str, Any]:
    """How far the server knows the visit to be, in the form in which the tablet counts it itself."""
    return {
        "sections": [
            {"slug": one.name, "answered": one.answered, "asked": one.applicable} for one in progress.sections
        ],
        "next": [progress.next_section, progress.next_code] if progress.next_section else None,
        "begun": progress.is_begun,
        "conflicts": 0,
    }


def earlier_result(db: Database, visit: Visit) -> dict[str, Any] | None:
    """The last submitted visit of the unit before this one: day, conclusion, what was recommended and agreed then.

    Also one under a former code of the same unit; what was recommended to units that were merged is not taken over.
    """
    line = unit_history.line_of(db, visit.unit_code, date.fromisoformat(visit.planned_on))
    before = (v for v in unit_visits.visits_of_line(db, line, "") if v.assessed and v.counts and v.id != visit.id)
    last = next((v for v in before if v.planned_on <= visit.planned_on), None)
    if last is None:
        return None
    result = assessments.result_of(db, last.id) or {"recommendations": []}
    return {
        "day": last.planned_on,
        "total": last.total,
        "level": level_words()[last.rank or 0],
        "rank": last.rank,
        "gates_failed": last.gates_failed,
        "recommendations": [
            {name: entry[name] for name in ("text", "responsible", "due", "confidential")}
            for entry in result["recommendations"]
        ],
        "commitments": [
            {name: getattr(owed, name) for name in ("side", "text", "owner", "due", "recommended", "responsible")}
            for owed in unit_visits.owed_by(db, [last.id], with_confidential=True)
        ],
        "fictitious": last.fictitious,
    }


def unit_names(db: Database, visit: Visit, log: Iterable[Change]) -> dict[str, str]:
    """The names of the units that were chosen as answers, and of the one that is visited."""
    current = current_changes(log)
    checklist = checklists.definition_of(db, visit.checklist_id, visit.checklist_version)
    asked = questions_for_units(checklist)
    chosen = (str(c.value) for c in current if c.value and c.question.rpartition("/")[2] in asked)
    codes = [visit.unit_code, *chosen]
    day = date.fromisoformat(visit.planned_on)
    return {code: unit_with_province(unit, day) for code, unit in units.find_units(db, codes, day).items()}


def questions_for_units(checklist: Checklist) -> set[str]:
    return {node.name for node in checklist.walk() if node.type == "select_one_from_file"}
