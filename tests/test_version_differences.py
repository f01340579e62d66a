"""What a new version changes: questions, weights, rules, and which scores can still be compared."""

from __future__ import annotations

from typing import Any

import pytest

from forms.checklist import Checklist, Level, Rule, Section
from forms.version_differences import ChangedSection, Differences, compare
from tests.small_checklists import CHOICES, RATES, small_checklist

B = [Section(name="B", label={"vi": "Dữ liệu"}, weight=60), Section(name="C", label={"vi": "Máy"}, weight=40)]


def rated(name: str, **facts: Any) -> dict[str, Any]:
    plain = {"type": "select_one", "choices": "rate", "section": name[0], "weight": 1.0, "label": {"vi": name}}
    return {"name": name, **plain, **facts}


def form(*rows: dict[str, Any], **facts: Any) -> Checklist:
    return small_checklist(*rows, **{"sections": B, **facts})


OLD = form(rated("B1"), rated("B2"), rated("C1"))


def parts(found: Differences) -> dict[str, list[tuple[str, str, str]]]:
    return {one.after.name: one.parts for one in found.changed}


def test_the_same_checklist_does_not_differ():
    found = compare(OLD, OLD)
    assert (found.is_empty, found.kept_share, found.scores_alike) == (True, pytest.approx(1.0), True)


def test_questions_are_added_and_removed():
    found = compare(OLD, form(rated("B1"), rated("C1"), rated("C2")))
    assert ([n.name for n in found.added], [n.name for n in found.removed]) == (["C2"], ["B2"])
    assert (found.comparable, found.changed_items, found.scores_alike) == (["B1", "C1"], ["C2"], False)
    assert found.kept_share == pytest.approx(0.3 + 0.2)


def test_other_words_leave_the_trend_as_it_was():
    found = compare(OLD, form(rated("B1", label={"vi": "Câu mới", "en": "New"}), rated("B2"), rated("C1")))
    assert parts(found) == {"B1": [("label", "B1", "Câu mới")]}
    assert (found.scores_alike, found.kept_share, found.changed[0].is_reworded) == (True, pytest.approx(1.0), True)


def test_another_weight_keeps_the_item_comparable_and_breaks_the_trend():
    found = compare(OLD, form(rated("B1", weight=3.0, gate=2 / 3), rated("B2"), rated("C1")))
    assert parts(found) == {"B1": [("weight", "1", "3"), ("gate", "", "0.666667")]}
    assert (found.comparable, found.scores_alike) == (["B1", "B2", "C1"], False)


def test_another_score_of_a_choice_makes_an_item_incomparable():
    stricter = {**CHOICES, "rate": [one.model_copy(update={"score": (one.score or 0) ** 2}) for one in RATES]}
    found = compare(OLD, form(rated("B1"), rated("B2"), rated("C1"), choices=stricter))
    assert parts(found)["C1"] == [
        ("choices", "1: Mức 1 (0.333)\n2: Mức 2 (0.667)", "1: Mức 1 (0.111)\n2: Mức 2 (0.444)")
    ]
    assert (found.comparable, found.kept_share) == ([], 0.0)


def test_a_question_that_moved_keeps_its_name():
    group = {"name": "G", "type": "group"}
    found = compare(form(rated("B1")), form(group, rated("B1", inside="/G")))
    assert (found.added, found.removed, parts(found)) == ([], [], {"B1": [("place", "/B1", "/G/B1")]})


def test_the_shares_of_sections_are_told_in_percent():
    found = compare(
        OLD, form(rated("B1"), rated("B2"), rated("C1"), sections=[B[0], B[1].model_copy(update={"weight": 20.0})])
    )
    assert found.sections == [
        ChangedSection("B", {"vi": "Dữ liệu"}, 60.0, 75.0), ChangedSection("C", {"vi": "Máy"}, 40.0, 25.0),
    ]  # fmt: skip


def test_levels_and_recommendations_are_compared_by_name():
    level = Level(name="ok", label={"vi": "Đạt"}, rank=4, when="total() >= 80")
    rule = Rule(code="R1", questions=["B1"], when="true()", text={"vi": "Sửa"})
    before = form(rated("B1"), levels=[level], rules=[rule])
    found = compare(before, form(rated("B1"), levels=[level.model_copy(update={"when": "total() >= 90"})], rules=[]))
    assert found.levels == [("ok", "4. Đạt: total() >= 80", "4. Đạt: total() >= 90")]
    assert found.rules == [("R1", "B1 · true()\nSửa\nnormal", "")]
