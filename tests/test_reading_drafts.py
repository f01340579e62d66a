"""Faults of an uploaded checklist beside the row they stand in."""

from __future__ import annotations

import pytest

from forms.faults import Fault
from forms.xlsform.spreadsheet import export_xlsx
from survey.checklists.reading import Cell, FaultyRow, read_source, rows_with_faults
from tests.publishing_world import FAULTY

WIDE = (
    "| survey |\n| | "
    + " | ".join(f"h{n}" for n in range(20))
    + " |\n| | "
    + " | ".join("x" * 70 for _ in range(20))
    + " |\n"
)


def faulty_rows(source: bytes, name: str) -> list[FaultyRow]:
    return rows_with_faults(source, name, read_source(source, name, {}).errors)


@pytest.mark.parametrize("name", ["thu.md", "thu.xlsx"])
def test_each_kind_of_file_shows_the_row_with_its_cell(name: str):
    source = FAULTY.encode() if name.endswith("md") else export_xlsx(FAULTY.encode(), "thu.md")
    first = faulty_rows(source, name)[0]
    assert (first.sheet, first.row) == ("survey", 5)
    assert first.cells[0] == Cell("A", "type", "dat", is_faulty=True)
    assert [cell.text for cell in first.cells[1:3]] == ["A03", "Ngày"]


def test_an_expression_is_cut_at_the_character_that_is_wrong():
    source = FAULTY.replace("| dat |", "| date |").encode()
    cells = faulty_rows(source, "thu.md")[0].cells
    assert [cell for cell in cells if cell.is_faulty] == [Cell("E", "relevant", "", True, "$", "{B20} = 'no'")]


def test_of_a_wide_row_the_first_cells_and_those_around_the_fault_are_shown():
    fault = Fault("x", {"vi": "Sai"}, "survey", 2, "h12")
    [row] = rows_with_faults(WIDE.encode(), "a.md", [fault])
    assert [cell.header for cell in row.cells] == ["h0", "h1", "h2", "h10", "h11", "h12", "h13"]
    assert row.cells[0].text == "x" * 60 + "…"


def test_a_fault_of_the_whole_file_has_no_row():
    assert faulty_rows(b"nothing", "a.exe")[0].cells == []


def test_a_row_beyond_the_end_of_the_sheet_has_no_cells():
    [row] = rows_with_faults(WIDE.encode(), "a.md", [Fault("x", {"vi": "Sai"}, "survey", 99, "h1")])
    assert row.cells == []


@pytest.mark.parametrize(
    ("code", "column", "marked"), [("label_missing", "label", "B"), ("reference_unknown", "label", "A"), ("x", "h", "")]
)
def test_of_words_in_several_languages_those_meant_are_marked(code: str, column: str, marked: str):
    source = "| survey |\n| | label::Tiếng Việt (vi) | label::English (en) |\n| | ${x} | |\n"
    [row] = rows_with_faults(source.encode(), "a.md", [Fault(code, {"vi": "Sai"}, "survey", 2, column)])
    assert "".join(cell.letter for cell in row.cells if cell.is_faulty) == marked
