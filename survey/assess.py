"""What the answers of a visit come to: evaluated from the log, frozen when it is submitted, rebuilt when need be."""

from __future__ import annotations

from datetime import date
from typing import Any

from forms.checklist import UNASKED
from forms.commitments import commitments_of
from forms.evaluation import evaluate_state
from forms.log import conflicts_of
from forms.logic.state import Scope, State
from forms.minutes import ROOT, answers_of_minutes, is_of_minutes, minutes_engine
from forms.projection import is_confidential, project
from survey.database import Database, transaction
from survey.problems import Problem
from survey.recorded import answers_with_recorded
from survey.store import assessments, audit, changes, checklists, projections, units, visits
from survey.store.visits import Visit


def assess_visit(db: Database, visit: Visit) -> dict[str, Any]:
    """The `evaluate` JSON of the visit's current answers; due dates count from the day of the visit."""
    return evaluate_state(open_visit(db, visit))


def open_visit(db: Database, visit: Visit) -> State:
    """The live state of the visit's current answers to its checklist."""
    engine = checklists.engine_of(db, visit.checklist_id, visit.checklist_version)
    scope: Scope = "core" if visit.scope == "core" else "full"
    answers = answers_with_recorded(db, visit.id, engine.checklist)
    return engine.open(answers, visit.planned_on, scope, unit_facts(db, visit), seed=visit.id)


def open_minutes(db: Database, visit: Visit) -> State:
    """The live state of what its minutes hold so far."""
    answers = answers_of_minutes(changes.answers_of(db, visit.id))
    return minutes_engine().open(answers, visit.planned_on, unit=unit_facts(db, visit))


def unit_facts(db: Database, visit: Visit) -> dict[str, str]:
    """What the logic of a checklist knows of the unit; of an unknown unit only the code."""
    unit = units.find_unit(db, visit.unit_code, date.fromisoformat(visit.planned_on))
    if unit is None:
        return {"code": visit.unit_code, "name": visit.unit_code, "kind": ""}
    return {"code": unit.code, "name": unit.name, "kind": unit.kind}


def result_of_visit(db: Database, visit: Visit) -> dict[str, Any]:
    """The frozen result of a submitted visit, else what its answers come to now."""
    frozen = assessments.result_of(db, visit.id) if visit.state == "submitted" else None
    return frozen or assess_visit(db, visit)


def open_conflicts(db: Database, visit: Visit) -> list[str]:
    """The places of the questions on which people disagree, in evidence and notes too; what is not asked stays out.

    Nobody could decide about a question that the page does not show.
    """
    differing = {question.partition("#")[0] for question in conflicts_of(changes.counting_of(db, visit.id))}
    if not differing:
        return []
    state, minutes = open_visit(db, visit), open_minutes(db, visit)
    return sorted(q for q in differing if is_asked(minutes if is_of_minutes(q) else state, q))


def is_asked(state: State, question: str) -> bool:
    """Whether a question with the keys of its instance stands on the page now, to be answered there."""
    place = state.engine.locate(question)
    item = state.engine.items[place.path]
    answered = item.is_question and item.node.type not in UNASKED
    return answered and place.keys in state.keys_of(item.repeats) and state.is_relevant(place.path, place.keys)


def submit_visit(db: Database, visit: Visit, reason: str, *, by: str, at: str | None = None) -> None:
    """Freeze a visit with its result, all in one transaction; now, or as of a moment in UTC.

    Problem conflicts_open while people disagree about an answer; reason_missing when answers are missing and no
    reason is stated; visit_submitted when it was frozen before.
    """
    with transaction(db):
        if differing := open_conflicts(db, visit):
            raise Problem("conflicts_open", count=len(differing))
        result = assess_visit(db, visit)
        missing = len(result["assessment"]["missing"])
        if missing and not reason:
            raise Problem("reason_missing", count=missing)
        if not visits.mark_submitted(db, visit.id, by, reason or None, at):
            raise Problem("visit_submitted")
        keep_result(db, visit, result)
        facts = {"reason": reason, "missing": missing}
        audit.record(db, "visit_submitted", by=by, visit_id=visit.id, trip_id=visit.trip_id, **facts)


def reopen_visit(db: Database, visit: Visit, reason: str, *, by: str) -> None:
    """Make a submitted visit a draft again and forget its result; the log and the audit trail keep everything.

    Problem reopen_reason_missing, visit_not_submitted.
    """
    if not reason:
        raise Problem("reopen_reason_missing")
    with transaction(db):
        if not visits.mark_draft(db, visit.id):
            raise Problem("visit_not_submitted")
        assessments.delete(db, visit.id)
        audit.record(db, "visit_reopened", by=by, visit_id=visit.id, trip_id=visit.trip_id, reason=reason)


def keep_result(db: Database, visit: Visit, result: dict[str, Any]) -> None:
    """Write an assessment with its projection over an earlier one; call it inside a transaction."""
    assessments.write(db, visit, result)
    project_result(db, visit.id, (visit.checklist_id, visit.checklist_version), result)


def project_result(db: Database, visit_id: str, form: tuple[str, str], result: dict[str, Any]) -> None:
    """Write what the map and the synthesis read of an assessment; call it inside a transaction."""
    checklist = checklists.engine_of(db, *form).checklist
    hidden = checklist.confidential
    made = [(one, is_confidential(one, hidden)) for one in result["recommendations"]]
    agreed = commitments_of(changes.answers_below(db, visit_id, ROOT), made)
    projections.delete(db, visit_id)
    projections.write(db, visit_id, project(checklist, result), agreed)


def project_assessments(db: Database) -> int:
    """Make the projections that assessments of an earlier version of the product lack; returns how many.

    Each in a transaction of its own, so that a process that dies goes on at its next start where it was.
    """
    lacking = projections.lacking(db)
    for one in lacking:
        result = assessments.result_of(db, one.visit_id)
        if result is not None:
            with transaction(db):
                project_result(db, one.visit_id, (one.checklist_id, one.checklist_version), result)
    return len(lacking)
