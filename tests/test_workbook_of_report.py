import io
import re
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from reports.facts import Earlier
from reports.report_workbook import LONGEST_TEXT, sheet_names, visit_report_xlsx
from tests.report_sample import CHECKLIST, facts, node

MORE = [
    node("group", "/F", "Hồ sơ", children=[
        node("integer", "/F/F01", "Tiếp nhận"), node("integer", "/F/F02", "Đã giải quyết"),
        node("integer", "/F/F03", "Đúng hạn"),
        node("calculate", "/F/F06_share", "Tỷ lệ"),
    ]),
    node("group", "/I", "Khó khăn, kiến nghị", children=[
        node("text", "/I/I03", "Kiến nghị khác?", confidential=True),
        node("repeat", "/I/I06", "Góp ý văn bản", children=[node("text", "/I/I06/I06_problem", "Vướng mắc")]),
        node("repeat", "/I/I02", "Lỗi hệ thống", children=[
            node("date", "/I/I02/I02_day", "Ngày"), node("integer", "/I/I02/I02_hours", "Số giờ"),
            node("text", "/I/I02/I02_system", "Hệ thống"),
        ]),
    ]),
]  # fmt: skip


def book(language: str = "vi", **changes: Any) -> Any:
    return load_workbook(io.BytesIO(visit_report_xlsx(facts(**changes), language)))


def rows(page: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in page.iter_rows()]


def full(answers: dict[str, Any]) -> Any:
    """The workbook of a visit with dossier figures, opinions and a repeat of system errors."""
    kept = [part for part in CHECKLIST.nodes if part.name != "I"]
    shown = facts(answers=answers)
    wider = shown.model_copy(update={"checklist": CHECKLIST.model_copy(update={"nodes": kept + MORE})})
    return load_workbook(io.BytesIO(visit_report_xlsx(wider)))


def test_scores_are_numbers_beside_their_words():
    assert rows(book()["Bảng điểm"]) == [
        ["Mục", "Mã", "Nội dung khảo sát", "Kết quả ghi nhận", "Mức (0–3)", "Hệ số", "Điều kiện bắt buộc", "Minh chứng",
         "Ghi chú", "Hạn chế"],
        ["A. Thông tin chung", "A04", "Đồng ý ghi thông tin cá nhân", "Đồng ý", None, None, None, None, None, None],
        ["A. Thông tin chung", "A05", "Họ và tên", "Lê Thị Hòa", None, None, None, None, None, None],
        ["A. Thông tin chung", "A05", "Chức vụ", "Phó Chủ tịch UBND xã", None, None, None, None, None, None],
        ["B. Hệ thống dữ liệu", "B01", "Tài khoản riêng", "Một phần", 1, 1, "chưa đạt", "T",
         "Còn dùng chung 02 tài khoản", None],
        ["B. Hệ thống dữ liệu", "B02", "Đồng bộ trạng thái hồ sơ", "Đủ", 3, 1, None, None, None, None],
    ]  # fmt: skip


def test_recommendations_have_days_as_days():
    page = book("en")["Recommendations"]
    assert rows(page) == [
        ["No.", "Codes", "Content", "Legal basis", "Responsible", "Cooperating", "Due", "Due in words", "Product",
         "Restricted"],
        [1, "B01", "Create own accounts", "NĐ 118", "The DST", "UBND xã", datetime(2025, 9, 3), "T+15 ngày",
         "Tài khoản", None],
    ]  # fmt: skip
    assert (page["G2"].is_date, page["G2"].number_format) == (True, "d mmm yyyy")


def test_figures_of_dossiers_are_numbers_with_unrounded_rates():
    made = full({"/F/F01": 149470, "/F/F02": 139415, "/F/F03": 137784})
    assert rows(made["Số liệu hồ sơ"]) == [
        ["Mã", "Chỉ tiêu", "Số liệu"],
        ["F01", "Tiếp nhận", 149470],
        ["F02", "Đã giải quyết", 139415],
        ["F03", "Đúng hạn", 137784],
    ]
    assert rows(made["Tỷ lệ giải quyết hồ sơ"]) == [
        ["Chỉ tiêu", "Tỷ lệ (%)"],
        ["Đã giải quyết trên số tiếp nhận", 100 * 139415 / 149470],
        ["Trước hạn và đúng hạn trên số đã giải quyết", 100 * 137784 / 139415],
        ["Quá hạn trên số đã giải quyết", pytest.approx(100 - 100 * 137784 / 139415)],
    ]


def test_section_scores_stand_with_their_bounds_and_those_of_the_last_visit():
    last = Earlier(
        visited_on=date(2025, 3, 4), checklist_version="1.2", formula_version="1", total=50, sections={"B": 50}
    )
    assert rows(book(earlier=last)["Điểm theo mục"]) == [
        ["Mục", "Trọng số", "Điểm (%)", "Điểm thấp nhất", "Điểm cao nhất", "Đã đánh giá", "Áp dụng", "Lần trước (%)"],
        ["B. Hệ thống dữ liệu", 100, 66.666, 66.666, 66.666, 2, 2, 50],
        ["Tổng", None, 66.666, 66.666, 66.666, None, None, 50],
    ]


def test_officials_are_counted_by_level_before_and_after():
    assert rows(book()["Mức thành thạo"]) == [
        ["Mức thành thạo", "Trước (lượt)", "Sau (lượt)"],
        ["0. Chưa có", 0, 0], ["1. Một phần", 1, 0], ["2. Đủ khi có hỗ trợ", 0, 0], ["3. Đủ", 0, 1],
    ]  # fmt: skip


def test_figures_that_only_follow_from_missing_ones_are_left_out():
    assert rows(full({"/F/F06_share": 0.0})["Số liệu hồ sơ"]) == [["Mã", "Chỉ tiêu", "Số liệu"]]


def test_comments_on_texts_come_after_the_other_opinions():
    assert full({"/I/I02[a]/I02_system": "VNeID"}).sheetnames == [
        "Thông tin", "Điểm theo mục", "Bảng điểm", "Số liệu hồ sơ", "Tỷ lệ giải quyết hồ sơ", "Kiến nghị",
        "Khó khăn, kiến nghị", "I02 Lỗi hệ thống", "I06 Góp ý văn bản", "Mức thành thạo", "J02 Công chức được hướng dẫn",
    ]  # fmt: skip


def test_opinions_and_their_tables_keep_numbers_and_days():
    made = full({
        "/I/I03": "Thêm máy quét", "/I/I02[a]/I02_day": "2025-08-18", "/I/I02[a]/I02_hours": 2,
        "/I/I02[a]/I02_system": "VNeID", "/I/I02[b]/I02_system": "Cổng",
    })  # fmt: skip
    assert rows(made["Khó khăn, kiến nghị"])[1:] == [["I03", "Kiến nghị khác", "Thêm máy quét", None, "(*)"]]
    assert rows(made["I02 Lỗi hệ thống"]) == [
        ["TT", "Ngày", "Số giờ", "Hệ thống"], [1, datetime(2025, 8, 18), 2, "VNeID"], [2, None, None, "Cổng"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("consent", "people"), [("yes", [[1, "Trần Thị B", "Một phần", "Đủ"]]), ("no", [[1, "Một phần", "Đủ"]])]
)
def test_officials_coached_are_named_only_with_consent(consent, people):
    made = book(answers={"/A/A04": consent})
    assert rows(made["J02 Công chức được hướng dẫn"])[1:] == people
    texts = [cell for page in made for row in rows(page) for cell in row]
    assert [name in texts for name in ("Lê Thị Hòa", "Trần Thị B")] == [consent == "yes"] * 2


def test_first_sheet_says_what_the_figures_belong_to():
    about = dict(rows(book(submitted=False, fictitious=True).worksheets[0])[1:])
    assert (about["Mã đơn vị"], about["Ngày làm việc"], about["Tổng điểm (%)"], about["Ghi dấu"]) == (
        "15271", datetime(2025, 8, 19), 66.666,
        "Bản đầy đủ, lưu hành nội bộ; DỰ THẢO; Dữ liệu minh họa, không phải số liệu thật",
    )  # fmt: skip


@pytest.mark.parametrize("text", ["=1+1", "+84 912", "-1", "@SUM(A1)", '=HYPERLINK("http://example.org")'])
def test_texts_never_become_formulas(text):
    cell = full({"/I/I03": text})["Khó khăn, kiến nghị"]["C2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_long_and_strange_texts_fit_into_a_cell():
    page = full({"/I/I03": "\x00\x0b" + "W" * 40_000})["Khó khăn, kiến nghị"]
    assert page["C2"].value == "W" * (LONGEST_TEXT - 1) + "…"


def test_every_sheet_has_a_fixed_header_with_filters_and_columns_wide_enough_to_read():
    for page in book():
        assert (page.freeze_panes, page.auto_filter.ref, page.print_title_rows) == ("A2", page.dimensions, "$1:$1")
        widths = [page.column_dimensions[cell.column_letter].width for cell in page[1]]
        assert min(widths) >= 6


def test_sheets_of_an_empty_visit_have_their_headers_alone():
    empty = load_workbook(io.BytesIO(visit_report_xlsx(facts({}, without=tuple(facts().answers)))))
    assert {page.title: page.max_row for page in empty} == {
        "Thông tin": 10, "Điểm theo mục": 2, "Bảng điểm": 3, "Số liệu hồ sơ": 1, "Tỷ lệ giải quyết hồ sơ": 1,
        "Kiến nghị": 2, "Khó khăn, kiến nghị": 1,
    }  # fmt: skip


def test_names_of_sheets_are_short_allowed_and_each_once():
    assert sheet_names(["A/B: [c]*?", "x" * 40, "X" * 40, "'a'"]) == ["A B   c", "x" * 31, "X" * 29 + " 2", "a"]


def test_same_facts_give_the_same_bytes_and_no_time_of_writing():
    first, again = (visit_report_xlsx(facts()) for _ in range(2))
    archive = zipfile.ZipFile(io.BytesIO(first))
    core = archive.read("docProps/core.xml").decode()
    assert first == again
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert re.findall(r">(\d{4}-[^<]*)<", core) == ["2026-01-05T00:00:00Z"] * 2
    assert re.findall("<dc:(?:creator|title)[^>]*>(.*?)<", core) == [
        "ĐOÀN CÔNG TÁC THEO QĐ SỐ 2083/QĐ-BKHCN", "Báo cáo kết quả khảo sát: Xã Hà Trung, ngày 19 tháng 8 năm 2025",
    ]  # fmt: skip
