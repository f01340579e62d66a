"""A small trip for the tests of its report: two communes with the same checklist, one of them with commitments."""

from __future__ import annotations

from datetime import date
from typing import Any

from reports.facts import Member
from reports.minutes_facts import Commitment
from reports.trip_report.facts import Planned, TripFacts, TripVisit
from tests.report_sample import ASSESSMENT, UNIT
from tests.report_sample import facts as visit_facts

SECOND = UNIT.model_copy(update={"code": "14797", "kind": "phuong", "name": "Hạc Thành"})
HUE = UNIT.model_copy(update={"code": "19777", "name": "A Lưới 2", "province_code": "46", "province_name": "Huế"})
BETTER = ASSESSMENT | {"total": 100.0, "level": "ready", "gates_failed": [], "gates_met": ["B01"],
                       "items": {"/B/B01": 1.0, "/B/B02": 1.0}}  # fmt: skip
COMMITMENTS = (
    Commitment(side="unit", recommendation="B01", decision="agreed", owner="Trần Thị Hoa", due=date(2025, 9, 1)),
    Commitment(side="delegation", text="Đoàn gửi tài liệu <hướng dẫn>", due_text="trong tuần"),
)


def visit(unit: Any = UNIT, assessment: Any = ASSESSMENT, **more: Any) -> TripVisit:
    return TripVisit(facts=visit_facts(assessment).model_copy(update={"unit": unit}), **more)


def trip(**changes: Any) -> TripFacts:
    """The trip, with other visits or as a copy."""
    known: dict[str, Any] = {
        "id": "t1", "title": "Làm việc tại Thanh Hóa", "decision_number": "2083/QĐ-BKHCN",
        "decision_date": date(2025, 8, 8), "starts_on": date(2025, 8, 19), "ends_on": date(2025, 8, 21),
        "members": [Member(name="Nguyễn Minh Tâm", duty="Trưởng đoàn", is_leader=True), Member(name="Lê Quang Vinh")],
        "visits": [visit(commitments=COMMITMENTS), visit(SECOND, BETTER)],
        "planned": [Planned(unit=HUE, planned_on=date(2025, 8, 21))],
    }  # fmt: skip
    return TripFacts(**known | changes)
