"""Due dates and the unit's name in recommendations; what fires is in the shared cases."""

from __future__ import annotations

import pytest

from forms.checklist import Rule
from forms.recommendation import due_date, recommend, unit_name
from tests.small_checklists import state_of


@pytest.mark.parametrize(
    ("due", "today", "day"),
    [
        ("T+15", "2025-08-19", "2025-09-03"),
        ("T+0", "2025-08-19", "2025-08-19"),
        ("T+3w", "2025-08-15", "2025-08-20"),
        ("T+1w", "2025-08-16", "2025-08-18"),
        ("T+0w", "2025-08-16", "2025-08-16"),
        ("T+30", "2025-12-15", "2026-01-14"),
        ("", "2025-08-19", None),
        ("năm sau", "2025-08-19", None),
    ],
)
def test_due_dates_count_from_the_day_of_the_visit(due, today, day):
    assert due_date(due, today) == day


@pytest.mark.parametrize(
    ("unit", "vietnamese", "english"),
    [
        (None, "đơn vị", "the unit"),
        ({"kind": "xa", "name": "Hà Trung"}, "xã Hà Trung", "Hà Trung Commune"),
        ({"kind": "phuong", "name": "Phường Hạc Thành"}, "phường Hạc Thành", "Hạc Thành Ward"),
        ({"kind": "dac_khu", "name": "Trường Sa"}, "đặc khu Trường Sa", "Trường Sa Special Zone"),
        (
            {"kind": "so", "name": "Sở Khoa học và Công nghệ tỉnh Thanh Hóa"},
            *["Sở Khoa học và Công nghệ tỉnh Thanh Hóa"] * 2,
        ),
    ],
)
def test_the_unit_is_named_as_inside_a_sentence(unit, vietnamese, english):
    assert (unit_name(unit, "vi"), unit_name(unit, "en")) == (vietnamese, english)


def test_findings_are_the_first_question_and_the_others_that_were_answered():
    rule = Rule(code="R", questions=["a", "b", "c"], when="true()", text={"vi": "Bổ sung"})
    state = state_of({"name": "a"}, {"name": "b"}, {"name": "c"}, answers={"c": 1}, rules=[rule])
    assert [finding["code"] for finding in recommend(state)[0]["findings"]] == ["a", "c"]
