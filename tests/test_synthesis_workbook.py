import io
from datetime import datetime

from openpyxl import load_workbook

from reports.synthesis.copies import shared_copy
from reports.synthesis.workbook import synthesis_xlsx
from tests.synthesis_sample import EMPTY, facts, nation


def sheets(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(io.BytesIO(content))
    return {page.title: [tuple(cell.value for cell in row) for row in page.iter_rows()] for page in book.worksheets}


def test_tables_are_those_of_the_document():
    assert list(sheets(synthesis_xlsx(facts()))) == [
        "Thông tin", "MỨC ĐỘ BAO PHỦ", "KẾT QUẢ THEO ĐƠN VỊ", "Điểm theo mục", "Nội dung yếu nhất",
        "KHÓ KHĂN, VƯỚNG MẮC", "NHU CẦU BỒI DƯỠNG", "KIẾN NGHỊ, ĐỀ XUẤT",
    ]  # fmt: skip


def test_units_are_rows_of_numbers_and_days_and_empty_where_nobody_has_been():
    rows = sheets(synthesis_xlsx(facts()))["KẾT QUẢ THEO ĐƠN VỊ"]
    assert rows[1] == ("16000", "Xã Bỉm Sơn", *(None,) * 9)
    assert rows[3] == (
        "14797", "Phường Hạc Thành", "Phường", "Thanh Hóa", datetime(2026, 8, 19), None, None, 50, None, None, "tiny 1.2",
    )  # fmt: skip


def test_workbook_holds_every_recommendation_with_its_mark():
    rows = sheets(synthesis_xlsx(facts()))["KIẾN NGHỊ, ĐỀ XUẤT"]
    assert [(row[0], row[1], row[3], row[8]) for row in rows[1:]] == [
        ("Vụ Pháp chế", "B01", 2, None), ("Vụ Pháp chế", "B03", 1, "(*)"),
    ]  # fmt: skip


def test_copy_for_the_province_has_neither_confidential_rows_nor_the_fingerprint():
    shared = sheets(synthesis_xlsx(shared_copy(facts(), {})))
    assert [row[1] for row in shared["KIẾN NGHỊ, ĐỀ XUẤT"][1:]] == ["B01"]
    assert "SHA-256 của dữ liệu" not in [row[0] for row in shared["Thông tin"]]


def test_nation_has_a_table_of_provinces_and_empty_periods_have_tables_too():
    assert sheets(synthesis_xlsx(nation()))["Tỉnh, thành phố"][1][:4] == ("46", "Huế", 4, 0)
    assert len(sheets(synthesis_xlsx(nation(**EMPTY), "en"))) == 9


def test_same_facts_give_the_same_workbook():
    assert synthesis_xlsx(facts(), "en") == synthesis_xlsx(facts(), "en")
