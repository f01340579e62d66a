from datetime import date
from typing import Any

import pytest

from reports.facts import Earlier
from survey.database import Database
from survey.documents.report_facts import collect_facts
from survey.store import assessments, trips, visits
from survey.store.earlier_visits import find_earlier
from survey.store.trips import Trip
from survey.store.visits import Visit
from tests.visit_world import plan

RESULT: dict[str, Any] = {
    "total": 50.0, "level": "support", "rank": 2, "completeness": 1.0, "confidence": 0.5, "bounds": [50, 50],
    "gates_failed": [], "sections": {"B": {"score": 62.5, "bounds": [62.5, 62.5], "completeness": 1}},
}  # fmt: skip


@pytest.fixture
def visit(db, cast) -> Visit:
    """The visit to Hà Trung on 19 August 2025."""
    return plan(db, cast)[0]


def add_visit(db: Database, visit: Visit, name: str, day: str, *, unit: str = "15271", **changes: Any) -> None:
    """A submitted visit on a journey of its own, assessed with the same checklist."""
    journey = Trip(
        id=name, decision_number="1/QĐ", decision_date=day, title=name, starts_on=day, ends_on=day,
        leader_id=visit.leader_id,
    )  # fmt: skip
    trips.add(db, journey, visit.leader_id)
    version = (visit.checklist_id, visit.checklist_version)
    visits.add(db, name, name, unit, version, day, visit.leader_id, fictitious=changes.pop("fictitious", False))
    found = visits.find(db, name)
    assert found is not None
    assessments.write(db, found.model_copy(update=changes), {"assessment": RESULT})


def test_the_last_submitted_visit_before_this_one_is_found(db, visit):
    for name, day in (("old", "2024-05-01"), ("last", "2025-03-04"), ("same", "2025-08-19"), ("later", "2026-01-01")):
        add_visit(db, visit, name, day, checklist_version=f"of {name}")
    assert find_earlier(db, visit) == Earlier(
        visited_on=date(2025, 3, 4), checklist_version="of last", formula_version=assessments.FORMULA_VERSION,
        total=50.0, level="support", sections={"B": 62.5},
    )  # fmt: skip


@pytest.mark.parametrize("changes", [{"unit": "14797"}, {"checklist_id": "other"}, {"fictitious": True}])
def test_visits_that_cannot_be_compared_are_passed_over(db, visit, changes):
    add_visit(db, visit, "last", "2025-03-04", **changes)
    assert find_earlier(db, visit) is None


def test_report_is_given_the_last_visit(db, visit, tmp_path):
    assert collect_facts(db, visit, tmp_path).earlier is None
    add_visit(db, visit, "last", "2025-03-04")
    assert collect_facts(db, visit, tmp_path).earlier == find_earlier(db, visit)
