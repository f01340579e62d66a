"""Which results of a unit can be compared, and how their chart says so without colour."""

from __future__ import annotations

import re
from typing import Any

import pytest

from survey.store.unit_visits import LineVisit
from survey.units.page import drawn_results
from survey.units.results import Result, results_over_time


def visit(day: str, total: float | None = 50.0, version: str = "1", **more: Any) -> LineVisit:
    known = {
        "id": day, "trip_id": "t", "state": "submitted", "fictitious": False, "decision_number": "1/QĐ",
        "decision_date": day, "assessed": True, "lower": 40.0, "upper": 60.0, "level": None, "rank": None,
        "confidence": None, "gates_failed": [], "checklist_id": "nho", "unit_code": "15271", "unit_kind": "xa",
        "unit_name": "Hà Trung", "province_code": "38", "scope": "full", "formula_version": "1", "travels": False,
        "own": True, "counts": True,
    }  # fmt: skip
    return LineVisit.model_validate(known | {"planned_on": day, "total": total, "checklist_version": version} | more)


def over_time(*visits: LineVisit) -> list[Result]:
    """Versions that begin with the same sign score alike: "1" and "1a"."""
    return results_over_time(visits, lambda _id, version: version[:1])


FIRST = visit("2025-08-19")


@pytest.mark.parametrize(
    ("second", "continues", "version_changes"),
    [
        (visit("2026-01-01"), True, False),
        (visit("2026-01-01", version="1a"), True, True),
        (visit("2026-01-01", version="2"), False, True),
        (visit("2026-01-01", scope="core"), False, True),
        (visit("2026-01-01", formula_version="2"), False, False),
        (visit("2026-01-01", own=False), True, False),
        (visit("2026-01-01", own=False, counts=False, unit_code="1"), False, False),
    ],
)
def test_results_of_one_method_and_one_unit_can_be_compared(second: LineVisit, continues: bool, version_changes: bool):
    assert over_time(second, FIRST) == [Result(FIRST, False, False), Result(second, continues, version_changes)]


def test_drafts_and_visits_without_a_figure_have_no_result():
    nothing = visit("2026-01-01", total=None, lower=None, upper=None)
    assert over_time(nothing, visit("2026-02-01", assessed=False)) == []


def chart(*visits: LineVisit) -> str:
    drawn = drawn_results(over_time(*visits))
    assert drawn
    return str(drawn.chart)


def test_one_result_is_no_chart():
    assert drawn_results(over_time(FIRST)) is None


def test_the_chart_says_its_figures_in_words():
    drawing = chart(FIRST, visit("2026-01-01", 62.5), visit("2026-06-01", None))
    told = re.search(r"<desc[^>]*>(.*)</desc>", drawing)
    assert told and told[1] == "19/08/2025: 50,0; 01/01/2026: 62,5; 01/06/2026: 40–60"


def test_only_what_can_be_compared_is_joined_by_a_line():
    drawing = chart(FIRST, visit("2026-01-01"), visit("2026-06-01", version="2"))
    assert (drawing.count('class="unitc__l"'), drawing.count("phiếu bản 2")) == (1, 1)


def test_predecessors_have_marks_and_lines_of_their_own():
    other = visit("2025-01-01", own=False, counts=False, unit_code="1")
    drawing = chart(other, visit("2025-08-01", own=False), FIRST)
    marks = re.findall(r'class="(unitc__[pl][^"]*)"', drawing)
    assert marks == ["unitc__l unitc__l--before", "unitc__p unitc__p--other", "unitc__p unitc__p--same", "unitc__p"]


def test_what_can_be_compared_is_said_beside_the_chart():
    drawn = [drawn_results(over_time(FIRST, second)) for second in (
        visit("2026-01-01"), visit("2026-01-01", version="1a"), visit("2026-01-01", version="2"))]  # fmt: skip
    assert [one.notes for one in drawn if one] == [
        ["Các buổi dùng cùng cách tính điểm nên so sánh được."],
        ["Các buổi dùng cùng cách tính điểm nên so sánh được.", "Phiếu có bản mới nhưng cách tính điểm không đổi."],
        ["Chỉ so sánh được những điểm nối bằng một đường.",
         "Phiếu đổi câu chấm điểm hoặc trọng số, nên điểm trước và sau không so sánh được."],
    ]  # fmt: skip


def test_dates_that_would_lie_on_one_another_are_left_out_of_the_picture_only():
    days = [f"2026-01-{day:02d}" for day in range(1, 21)]
    drawing = chart(*(visit(day) for day in days)).partition("</desc>")[2]
    assert drawing.count("/01/2026") < 10
    assert "20/01/2026" in drawing
