import io
import json
import re
from datetime import date
from xml.etree import ElementTree

import pikepdf
import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from reports.facts import Evaluation
from reports.pdf import printable
from reports.trip_report.document import trip_report, trip_report_docx, trip_report_html
from reports.trip_report.facts import trip_copy
from reports.trip_report.rows import Shared, Visited, failed_gates, measures, sides, strengths, weaknesses
from reports.trip_report.workbook import trip_report_xlsx
from reports.wording import LANGUAGES, Wording
from tests.trip_sample import BETTER, HUE, SECOND, trip, visit


def words(html: str) -> str:
    return re.sub(r"\s+", " ", "".join(ElementTree.fromstring(printable(html)).itertext()))


def visited(*visits) -> list[Visited]:
    return [Visited(one, Wording("vi")) for one in visits]


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return trip_report(trip(fictitious=True))


def test_head_names_the_delegation_the_places_and_the_days():
    text = words(trip_report_html(trip()))
    assert "THEO QĐ SỐ 2083/QĐ-BKHCN" in text
    assert "tại tỉnh Thanh Hóa, thành phố Huế, từ ngày 19 tháng 8 năm 2025 đến ngày 21 tháng 8 năm 2025" in text


def test_units_stand_with_level_gates_and_completeness_and_those_not_submitted_are_named():
    text = words(trip_report_html(trip()))
    assert "Xã Hà Trung19/08/2025Cần hỗ trợ có thời hạn66,7B01100" in text.replace("> ", "")
    assert "02 đơn vị đã nộp kết quả trên 03 đơn vị theo kế hoạch. Chưa nộp kết quả: Xã A Lưới 2 (21/08/2025)." in text


def test_sections_stand_side_by_side_for_each_checklist():
    [side] = sides(visited(visit(), visit(SECOND, BETTER)))
    assert (side.columns, side.rows) == (
        ["Xã Hà Trung", "Phường Hạc Thành"], [["B. Hệ thống dữ liệu", "66,7", "66,7"], ["Tổng", "66,7", "100,0"]],
    )  # fmt: skip


def test_shared_strengths_and_weaknesses_need_two_units():
    pair = visited(visit(), visit(SECOND, BETTER))
    assert strengths(pair) == [Shared("B02", "Đồng bộ trạng thái hồ sơ", 2, 2)]
    assert weaknesses(pair) == [Shared("B01", "Tài khoản riêng", 1, 2)]
    assert (strengths(pair[:1]), weaknesses(pair[:1])) == ([], [])


def test_failed_conditions_name_their_units():
    pair = visited(visit(), visit(SECOND, BETTER))
    assert failed_gates(pair) == [("B01", "Tài khoản riêng", ["Xã Hà Trung"])]


def test_recommendations_of_several_units_are_one_measure_of_their_body():
    [(body, [measure])] = measures(visited(visit(), visit(SECOND)))
    assert (body, measure.text, measure.units, measure.due) == (
        "Sở KH&CN", "Cấp tài khoản riêng", "Tất cả 02 đơn vị", "03/09/2025",
    )  # fmt: skip


def test_measure_names_the_units_when_it_is_not_for_all():
    none = visit(HUE)
    bare = none.facts.model_copy(update={"evaluation": Evaluation()})
    pair = visited(visit(), visit(SECOND), none.model_copy(update={"facts": bare}))
    assert measures(pair)[0][1][0].units == "Xã Hà Trung, Phường Hạc Thành"


def test_commitments_are_listed_with_decision_owner_and_day():
    text = words(trip_report_html(trip()))
    assert "Cấp tài khoản riêng (B01)Đồng ýĐơn vịTrần Thị Hoa01/09/2025" in text.replace("> ", "")
    assert "Đoàn gửi tài liệu <hướng dẫn>–Đoàn công tác–trong tuần" in text.replace("> ", "")


def test_each_unit_has_a_page_of_its_own(pdf):
    starts = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    assert [any(f"{n}. {unit}, 19/08/2025" in text for text in starts) for n, unit in
            ((1, "Xã Hà Trung"), (2, "Phường Hạc Thành"))] == [True, True]  # fmt: skip
    assert not any("1. Xã Hà Trung, 19" in text and "2. Phường Hạc Thành, 19" in text for text in starts)


def test_copy_of_a_province_holds_its_units_alone_and_nothing_confidential():
    copy = trip_copy(trip(visits=[*trip().visits, visit(HUE)]), "province", "38")
    html = trip_report_html(copy)
    assert [one.facts.unit.code for one in copy.visits] == ["15271", "14797"]
    assert [word in html for word in ("A Lưới", "Máy lưu bí mật", "Trần Thị Hoa", "Lê Thị Hòa", "SHA-256")] == [
        False
    ] * 5
    assert "BẢN GỬI TỈNH" in html and "Cấp tài khoản riêng" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_trip_without_a_submitted_visit_is_a_draft_that_says_so(language):
    empty = trip(visits=[])
    said = {
        "vi": "Chưa có buổi làm việc nào của chuyến công tác được nộp.",
        "en": "No visit of the trip has been submitted yet.",
    }
    assert said[language] in words(trip_report_html(empty, language))
    assert "TỪNG ĐƠN VỊ" not in trip_report_html(empty)


def test_pages_carry_the_marks_and_the_data(pdf):
    reader = PdfReader(io.BytesIO(pdf))
    assert all("Dữ liệu minh họa, không phải số liệu thật" in page.extract_text() for page in reader.pages)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        data = json.loads(opened.attachments["data.json"].get_file().read_bytes())
    assert (data["kind"], [one["unit"]["code"] for one in data["visits"]]) == ("satcanh trip 1", ["15271", "14797"])


def test_same_facts_give_the_same_bytes(pdf):
    assert trip_report(trip(fictitious=True)) == pdf
    assert trip_report_docx(trip(visits=[])) == trip_report_docx(trip(visits=[]))
    assert trip_report_xlsx(trip()) == trip_report_xlsx(trip())


def test_units_begin_a_page_in_word_too_but_for_the_first():
    document = Document(io.BytesIO(trip_report_docx(trip())))
    styles = {p.text: p.style for p in document.paragraphs if re.match(r"\d\. (Xã|Phường)", p.text)}
    assert {text: style.paragraph_format.page_break_before for text, style in styles.items()} == {
        "1. Xã Hà Trung, 19/08/2025": False, "2. Phường Hạc Thành, 19/08/2025": True,
    }  # fmt: skip


def test_workbook_holds_the_tables_with_numbers_and_days():
    book = load_workbook(io.BytesIO(trip_report_xlsx(trip())))
    rows = [[cell.value for cell in row] for row in book["Kết quả của từng đơn vị"].iter_rows()]
    assert rows[1][:5] == ["15271", "Xã Hà Trung", rows[1][2], "Cần hỗ trợ có thời hạn", 66.666]
    assert (rows[1][2].date(), len(book.worksheets)) == (date(2025, 8, 19), 6)
