import io
import json
import re
from xml.etree import ElementTree

import pikepdf
import pytest
from pypdf import PdfReader

from reports.pdf import printable
from reports.synthesis.copies import shared_copy
from reports.synthesis.data import synthesis_data
from reports.synthesis.document import page_margins, synthesis, synthesis_docx, synthesis_html
from reports.synthesis.parts import Words
from reports.wording import LANGUAGES, Wording
from survey.map.drawn_map import schematic_geometry as country
from tests.synthesis_sample import EMPTY, facts, nation, result


def words(html: str) -> str:
    return re.sub(r"\s+", " ", "".join(ElementTree.fromstring(printable(html)).itertext()))


STAMPED = facts(fictitious=True, code="7KQ2-M9XA-3HTD", address="https://x.vn/d/7KQ2-M9XA-3HTD")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return synthesis(STAMPED, "vi", country())


def test_head_names_issuer_area_and_period():
    text = words(synthesis_html(facts()))
    assert "VỤ PHÁP CHẾ" in text and "Số:" in text and "LƯU HÀNH NỘI BỘ" in text
    assert "tại tỉnh Thanh Hóa, từ ngày 01 tháng 7 năm 2026 đến ngày 30 tháng 9 năm 2026" in text


def test_coverage_stands_beside_every_mean():
    text = words(synthesis_html(facts()))
    assert "Đã khảo sát 2/4 đơn vị (50,0%), trong đó 2/3 xã, phường, đặc khu (66,7%)." in text
    assert "điểm trung bình 66,0/100 trên 01 đơn vị có đủ dữ liệu; Cần hỗ trợ có thời hạn: 01 đơn vị (50,0%)" in text


def test_recommendations_are_worded_for_many_units_under_one_body():
    text = words(synthesis_html(facts()))
    assert "Vụ Pháp chế: 02 nội dung" in text and "Cấp tài khoản cho các xã, phường, đặc khu <&> (B01)" in text


def test_change_names_the_units_of_both_periods():
    text = words(synthesis_html(facts()))
    assert "Điểm trung bình của 01 đơn vị có điểm ở cả hai kỳ60,066,0+6,0" in text.replace("> ", "").replace(" <", "")
    assert "01 đơn vị lên mức, 00 đơn vị xuống mức" in text


def test_units_not_visited_are_listed_with_dashes():
    html = synthesis_html(facts())
    row = re.search(r"<tr>(?:(?!<tr>).)*Xã Bỉm Sơn.*?</tr>", html, re.DOTALL)[0]
    assert re.findall(r"<td[^>]*>(.*?)</td>", row) == ["1", "–", "–", "–", "–", "–", "–"]


def test_nation_lists_provinces_without_visits_and_numbers_them_for_the_map():
    html = synthesis_html(nation(), "vi", country())
    assert "số trong vòng tròn là số thứ tự ở Bảng 2" in html
    assert "KHÓ KHĂN THEO TỈNH, THÀNH PHỐ" in html and "KẾT QUẢ THEO ĐƠN VỊ" not in html
    assert "Chưa khảo sát: 33" in html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("make", [facts, nation])
def test_period_without_visits_makes_a_document_that_says_so(make, language):
    text = words(synthesis_html(make(**EMPTY), language, country()))
    said = {"vi": "Trong kỳ không có buổi làm việc nào đã nộp", "en": "No visit was submitted in the period"}
    assert said[language] in text and "NaN" not in text


def test_fictitious_figures_are_said_in_the_text_and_real_ones_name_what_is_left_out():
    assert "Toàn bộ số liệu của báo cáo này là số liệu minh họa" in synthesis_html(facts(fictitious=True))
    assert "Không tính 07 buổi làm việc minh họa" in synthesis_html(facts(left_out=7))


def test_copy_for_the_province_says_nothing_confidential_in_text_margins_and_data():
    shared = shared_copy(facts(results=[result("15271", 66.0, 2, gates_failed=("B01", "B03"))]), {})
    wording = Wording("vi")
    data = synthesis_data(shared, wording)
    shown = synthesis_html(shared) + data.content.decode() + "".join(page_margins(Words(shared, wording), data).foot)
    assert [word in shown for word in ("MẬT-LỆNH", "B03", "(*)", "SHA-256", data.fingerprint)] == [False] * 5
    assert "MẬT-LỆNH" in synthesis_html(facts())


def test_pages_carry_marks_fingerprint_and_code(pdf):
    reader = PdfReader(io.BytesIO(pdf))
    texts = [page.extract_text() for page in reader.pages]
    assert all("Dữ liệu minh họa, không phải số liệu thật" in text for text in texts)
    assert all(re.search(r"Phiếu tiny bản 1\.2 · công thức 1 · SHA-256 [0-9a-f]{64}", text) for text in texts)
    assert any("7KQ2-M9XA-3HTD" in text for text in texts)


def test_figures_are_attached_as_they_were_counted(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        data = json.loads(opened.attachments["data.json"].get_file().read_bytes())
    assert (data["kind"], data["checklists"], data["results"][0]["total"]) == (
        "satcanh synthesis 1", [{"id": "tiny", "version": "1.2"}], 66.0,
    )  # fmt: skip


def test_same_facts_give_the_same_bytes(pdf):
    assert synthesis(STAMPED, "vi", country()) == pdf
    assert synthesis_docx(facts(**EMPTY)) == synthesis_docx(facts(**EMPTY))


def test_english_synthesis_is_english():
    text = words(synthesis_html(facts(), "en"))
    assert "Accounts for the communes, wards and special zones" in text and "Legal Department – measures: 2" in text
    assert "Hà Trung Commune" in text and "Bảng" not in text


def test_tables_without_rows_are_not_drawn():
    html = synthesis_html(facts(items=[]))
    assert ("Bảng 4" in html, 'class="weak"' in html, html.count("Chưa ghi nhận.")) == (True, False, 2)
