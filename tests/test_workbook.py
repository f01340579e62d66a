"""Workbooks in four formats become the same numbered rows, and hostile ones are refused quickly."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from forms.faults import ChecklistError
from forms.xlsform.diagnosis import Diagnosis
from forms.xlsform.workbook import Row, Sheet, read_workbook

PLAIN = """
# a comment
| survey |
| | type | name | label |
| |------|------|-------|
| | text | a    | Tên \\| họ |
| | integer | b | Số |   # another comment
| settings |
| | form_id | version |
| | f       | 1       |
"""


def xlsx(**sheets):
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    return saved(book)


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def packed(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_part(source, name, old, new):
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    parts[name] = parts[name].replace(old, new)
    return packed(**parts)


def faults(source, name="phieu.xlsx"):
    """Codes and rows of what is wrong, errors first."""
    diagnosis, errors = Diagnosis(), []
    try:
        read_workbook(source, name, diagnosis)
    except ChecklistError as error:
        errors = error.faults
    return [(fault.code, fault.row) for fault in errors + diagnosis.warnings]


def test_markdown_becomes_rows_numbered_from_the_header():
    assert read_workbook(PLAIN.encode(), "phieu.md", Diagnosis()) == {
        "survey": Sheet(
            "survey",
            ["type", "name", "label"],
            [
                Row(2, {"type": "text", "name": "a", "label": "Tên | họ"}),
                Row(3, {"type": "integer", "name": "b", "label": "Số"}),
            ],
        ),
        "settings": Sheet("settings", ["form_id", "version"], [Row(2, {"form_id": "f", "version": "1"})]),
    }


def test_excel_keeps_row_numbers_and_reads_values_as_the_author_sees_them():
    book = xlsx(survey=[["type", "name", "weight"], [], ["text", 1.0, 2.5], [True, "a\u00a0b ", None]])
    assert read_workbook(book, "phieu.xlsx", Diagnosis())["survey"].rows == [
        Row(3, {"type": "text", "name": "1", "weight": "2.5"}),
        Row(4, {"type": "TRUE", "name": "a b"}),
    ]


def test_dates_read_as_iso_dates():
    from datetime import date

    book = xlsx(survey=[["type", "default"], ["date", date(2025, 8, 19)]])
    assert read_workbook(book, "phieu.xlsx", Diagnosis())["survey"].rows == [
        Row(2, {"type": "date", "default": "2025-08-19"})
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_of_any_local_spreadsheet_reads_like_markdown(separator):
    rows = [
        ["survey"],
        ["", "type", "name", "label"],
        ["", "text", "a", "Tên"],
        ["settings"],
        ["", "form_id"],
        ["", "f"],
    ]
    source = "\r\n".join(separator.join(row) for row in rows).encode("utf-8-sig")
    assert read_workbook(source, "phieu.csv", Diagnosis()) == {
        "survey": Sheet("survey", ["type", "name", "label"], [Row(2, {"type": "text", "name": "a", "label": "Tên"})]),
        "settings": Sheet("settings", ["form_id"], [Row(2, {"form_id": "f"})]),
    }


def test_old_excel_files_read_too():
    source = (Path(__file__).parent / "files" / "old.xls").read_bytes()
    assert read_workbook(source, "old.xls", Diagnosis())["survey"].rows == [
        Row(2, {"type": "integer", "name": "a", "label": "Số máy", "weight": "2"}),
        Row(4, {"type": "date", "name": "b", "label": "Ngày", "weight": "0.5", "default": "2025-08-19"}),
    ]


@pytest.mark.parametrize(
    ("source", "name", "expected"),
    [
        (b"  ", "phieu.xlsx", ("file_empty", 0)),
        (b"hello", "phieu.docx", ("not_a_workbook", 0)),
        (b"PK\x03\x04 broken", "phieu.xlsx", ("workbook_broken", 0)),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", "phieu.xls", ("workbook_broken", 0)),
        (b"PK" + bytes(10_000_001), "phieu.xlsx", ("file_too_large", 0)),
        (packed(**{"word/document.xml": "<a/>"}), "phieu.xlsx", ("workbook_broken", 0)),
        ("survey,,\n,Tên".encode("utf-16"), "phieu.csv", ("not_utf8", 0)),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a.xlsx",
            ("workbook_locked", 0),
        ),
    ],
)
def test_what_is_no_workbook_is_refused(source, name, expected):
    assert faults(source, name) == [expected]


def test_a_bomb_is_refused():
    bomb = packed(**{"xl/worksheets/sheet1.xml": bytes(300_000_000)})
    assert (len(bomb) < 1_000_000, faults(bomb)) == (True, [("workbook_bomb", 0)])


def test_an_archive_that_lies_about_its_sizes_is_refused():
    bomb = bytearray(packed(**{"a.xml": bytes(100_000_000)}))
    for size_at in (22, bomb.find(b"PK\x01\x02") + 24):
        bomb[size_at : size_at + 4] = (1000).to_bytes(4, "little")
    assert faults(bytes(bomb)) == [("workbook_broken", 0)]


def test_twenty_thousand_rows_are_refused():
    book = xlsx(survey=[["type", "name"], *(["text", f"q{number}"] for number in range(20_000))])
    assert faults(book) == [("too_many_rows", 5002)]


def test_a_row_far_below_is_refused():
    far = b'<row r="99999999"><c r="A99999999"><v>1</v></c></row></sheetData>'
    book = with_part(xlsx(survey=[["type"], ["text"]]), "xl/worksheets/sheet1.xml", b"</sheetData>", far)
    assert [code for code, _ in faults(book)] == ["too_many_rows"]


def test_too_many_columns_and_too_long_cells_are_refused():
    assert faults(xlsx(survey=[[f"c{number}" for number in range(201)]])) == [("too_many_columns", 1)]
    assert faults(xlsx(survey=[["type"], ["x" * 20_001]])) == [("cell_too_long", 2)]


def test_merged_cells_formulas_without_value_and_errors_name_their_row():
    book = Workbook()
    page = book.active
    page.title = "survey"
    for row in (["type", "name", "label"], ["text", "a", "A"], ["text", "=1+1", "B"], ["text", "#REF!", "C"]):
        page.append(row)
    page.merge_cells("A2:A4")
    assert faults(saved(book)) == [
        ("cells_merged", 2),
        ("formula_without_value", 3),
        ("cell_error", 4),
    ]


def test_sheets_that_are_mistyped_or_unsupported_are_not_passed_over():
    book = xlsx(survay=[["type"]], choices=[["name"]], entities=[["list_name"]], notes=[["anything"]])
    assert faults(book) == [("sheet_mistyped", 0), ("sheet_unsupported", 0), ("sheet_not_read", 0)]


def test_slips_in_plain_tables_are_refused():
    assert faults(b"| survey |\n| | type | name |\n| | text | a", "a.md") == [("markdown_row_open", 0)]
    assert faults(b"| survey |\n| | type | name |\n| | text | a | b |", "a.md") == [("cell_without_header", 2)]
    assert faults(b"| survey |\n| | type | type |\n| | text | a |", "a.md") == [("header_twice", 1)]
    assert faults(b"survey,,\n,type,name\n,text,a\x07", "a.csv") == [("cell_unreadable", 2)]
