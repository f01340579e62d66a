import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reports.charts import FEWEST_PEOPLE, level_rows, rate_rows, score_rows
from reports.comparison import change_since, difference
from reports.copies import copy_of
from reports.facts import Earlier, ReportFacts
from reports.findings import section_views
from reports.items import Sheet
from reports.report import report_html
from reports.wording import Wording
from tests.copies_sample import marked_facts
from tests.report_sample import ASSESSMENT, UNDECIDED, facts, node
from tests.test_report import words

EARLIER = Earlier(
    visited_on=date(2025, 3, 4), checklist_version="1.2", formula_version="1", total=50.04, level="support",
    sections={"B": 68.2},
)  # fmt: skip


def sheet_of(shown: ReportFacts, language: str = "vi") -> Sheet:
    return Sheet(shown, Wording(language))


def change_of(shown: ReportFacts) -> Any:
    sheet = sheet_of(shown)
    return change_since(sheet, section_views(sheet, frozenset()))


def coached(*pairs: tuple[int, int]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for place, (before, after) in enumerate(pairs):
        answers |= {f"/J/J02[{place}]/J02_officer": f"CB {place}", f"/J/J02[{place}]/J04": str(before)}
        answers[f"/J/J02[{place}]/J05"] = str(after)
    return answers


def test_scores_stand_as_text_beside_their_bars():
    sheet = sheet_of(facts(UNDECIDED, without=("/B/B01",)))
    rows = score_rows(sheet, section_views(sheet, frozenset()))
    assert [(row.name, row.weight, row.score, row.picture.alt, row.answered, row.gates) for row in rows] == [
        ("B. Hệ thống dữ liệu", "100", "50,0–100,0", "50,0–100,0", "1/2", "<b>B01 chưa xác định</b>"),
        ("Tổng", "100", "50,0–100,0", "50,0–100,0", "1/2", "00/01 đạt"),
    ]
    assert "Phần kẻ sọc: chưa xác định" in report_html(sheet.facts)


def test_checklist_without_required_conditions_counts_none():
    sheet = sheet_of(facts(ASSESSMENT | {"gates_failed": []}))
    assert [row.gates for row in score_rows(sheet, section_views(sheet, frozenset()))] == ["–", "–"]


def test_hatching_is_explained_only_where_there_is_some():
    assert "Phần kẻ sọc" not in report_html(facts())


def test_change_since_the_last_visit_is_told_and_drawn_by_section():
    change = change_of(facts(earlier=EARLIER))
    assert [(row.name, row.earlier, row.now, row.difference, row.picture.alt) for row in change.rows] == [
        ("B. Hệ thống dữ liệu", "68,2", "66,7", "\u22121,5", "từ 68,2 đến 66,7"),
        ("Tổng", "50,0", "66,7", "+16,6", "từ 50,0 đến 66,7"),
    ]
    assert [str(sentence) for sentence in change.sentences] == [
        "Lần làm việc trước với đơn vị: ngày 04 tháng 3 năm 2025, tổng điểm 50,0/100, mức “Cần hỗ trợ có thời hạn”."
    ]
    assert headings_of_part_four(facts(earlier=EARLIER))[4:] == [
        "5. Thay đổi so với lần làm việc trước",
        "6. Điều kiện để đạt mức “Sẵn sàng”",
    ]


def headings_of_part_four(shown: ReportFacts) -> list[str]:
    html = report_html(shown)
    part = html[html.index("IV. ĐÁNH GIÁ CHUNG") : html.index("V. KHÓ KHĂN")]
    return [words(found) for found in re.findall("<h3>(.*?)</h3>", part)]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"checklist_version": "1.0"}, "Lần trước dùng phiếu bản 1.0, lần này bản 1.2: nội dung và trọng số"),
        (
            {"formula_version": "0"},
            "Lần trước tính theo công thức 0, lần này theo công thức 1: chỉ so sánh để tham khảo.",
        ),
    ],
)
def test_what_cannot_be_compared_is_said(changes, said):
    assert said in report_html(facts(earlier=EARLIER.model_copy(update=changes)))


def test_nothing_is_compared_without_scores_on_both_sides():
    unknown = EARLIER.model_copy(update={"total": None, "level": None, "sections": {"B": None, "Z": 40.0}})
    assert [change_of(shown) for shown in (facts(), facts(earlier=unknown))] == [None, None]
    draft = facts(UNDECIDED, without=("/B/B01",), earlier=EARLIER)
    assert change_of(draft) is None


@pytest.mark.parametrize(("points", "said"), [(2.06, "+2,1"), (-0.44, "\u22120,4"), (0.04, "0,0"), (-0.04, "0,0")])
def test_differences_have_a_sign_unless_they_are_nothing(points, said):
    assert difference(points, "vi") == said


def test_officials_are_counted_by_level():
    rows = level_rows(sheet_of(facts(answers=coached((0, 1), (1, 3), (1, 1)))))
    assert [(row.name, row.before, row.after) for row in rows] == [
        ("0. Chưa có", "01", "00"), ("1. Một phần", "03", "02"), ("2. Đủ khi có hỗ trợ", "00", "00"), ("3. Đủ", "00", "02"),
    ]  # fmt: skip


def test_documentation_tells_from_how_many_officials_levels_are_drawn():
    page = (Path(__file__).parents[1] / "docs" / "reports.md").read_text("utf-8")
    assert f"in other copies fewer than {FEWEST_PEOPLE}, whose levels" in page


def test_levels_are_not_drawn_when_nobody_was_coached():
    nobody = facts(without=("/J/J02[k]/J02_officer", "/J/J02[k]/J04", "/J/J02[k]/J05"))
    assert level_rows(sheet_of(nobody)) == []
    assert 'class="levels"' not in report_html(nobody)


@pytest.mark.parametrize(("pairs", "drawn"), [([(1, 2)], 0), ([(1, 2), (0, 1)], 4)])
def test_levels_of_a_few_officials_stay_in_the_full_copy(pairs, drawn):
    shown = facts(answers=coached(*pairs))
    assert [len(level_rows(sheet_of(copy_of(shown, copy)))) for copy in ("internal", "commune")] == [4, drawn]


def with_dossiers(answers: dict[str, Any]) -> ReportFacts:
    shown = facts(answers=answers)
    asked = [("F01", "Tiếp nhận"), ("F02", "Giải quyết"), ("F03", "Đúng hạn"), ("F11", "Trả lại (%)")]
    group = node("group", "/F", "Hồ sơ", children=[node("integer", f"/F/{name}", label) for name, label in asked])
    nodes = [*shown.checklist.nodes, group]
    return shown.model_copy(update={"checklist": shown.checklist.model_copy(update={"nodes": nodes})})


def test_rates_of_dossiers_follow_from_their_figures():
    shown = with_dossiers({"/F/F01": 900, "/F/F02": 842, "/F/F03": 832, "/F/F11": 1.5})
    assert [(row.name, row.rate, row.picture.alt) for row in rate_rows(sheet_of(shown))] == [
        ("Đã giải quyết trên số tiếp nhận", "93,56", "93,56%"),
        ("Trước hạn và đúng hạn trên số đã giải quyết", "98,81", "98,81%"),
        ("Quá hạn trên số đã giải quyết", "1,19", "1,19%"),
        ("Trả lại", "1,50", "1,50%"),
    ]
    assert words(report_html(shown)).count("Tỷ lệ giải quyết hồ sơ Chỉ tiêu Tỷ lệ (%)") == 1


@pytest.mark.parametrize(
    ("answers", "rates"), [({"/F/F01": 0, "/F/F02": 0}, []), ({}, []), ({"/F/F02": 4, "/F/F03": 5}, ["125,00"])]
)
def test_rates_without_a_whole_are_left_out_and_impossible_ones_are_no_late_dossiers(answers, rates):
    assert [row.rate for row in rate_rows(sheet_of(with_dossiers(answers)))] == rates


def test_other_copies_compare_only_sections_without_hidden_items():
    shown = marked_facts(earlier=EARLIER)
    assert copy_of(shown, "province").earlier == EARLIER.model_copy(
        update={"total": None, "level": None, "sections": {}}
    )
    assert copy_of(shown, "commune").earlier is None
    assert copy_of(facts(earlier=EARLIER), "province").earlier == EARLIER
