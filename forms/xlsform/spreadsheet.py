"""Writes the source of a checklist as an Excel workbook, for authors and for other tools that read XLSForms."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from forms.xlsform.diagnosis import Diagnosis
from forms.xlsform.workbook import Sheet, column_letter, read_sheets, read_workbook

number_columns = ("weight", "rank")
"""Columns whose numbers are for calculating; everything else stays the text it is, "1" and "1/3" included."""

widths = {"label": 50, "hint": 40, "evidence": 40, "text": 60, "rubric": 40, "when": 40, "legal_basis": 40}
narrowest, usual = 10, 22


def export_xlsx(source: bytes, name: str) -> bytes:
    """The sheets of a checklist source (.md, .csv, .xls, .xlsx; `name` is its file name) as an .xlsx workbook.

    Raises ChecklistError when the source cannot be read. What its cells mean is not checked here.
    """
    # Late: openpyxl takes a tenth of a second to import, and only the export of a checklist needs it here.
    from openpyxl import Workbook

    diagnosis = Diagnosis()
    sheets = read_workbook(source, name, diagnosis)
    diagnosis.raise_errors()
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet_name in ("survey", "choices", *(other for other in read_sheets if other not in ("survey", "choices"))):
        if sheet_name in sheets:
            write_sheet(book.create_sheet(sheet_name), sheets[sheet_name])
    rename_titles(book["settings"] if "settings" in book.sheetnames else [])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def write_sheet(page: Any, sheet: Sheet) -> None:
    """One sheet with a bold, fixed header row; every row keeps its number."""
    from openpyxl.styles import Alignment, Font, PatternFill

    wrapped = Alignment(vertical="top", wrap_text=True)
    for position, header in enumerate(sheet.headers, start=1):
        cell = page.cell(1, position, header)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE6EE")
        page.column_dimensions[column_letter(position - 1)].width = width_of(header)
        for row in sheet.rows:
            if header in row.cells:
                write_cell(page.cell(row.number, position), header, row.cells[header]).alignment = wrapped
    page.freeze_panes = "D2" if sheet.name == "survey" else "B2"


def rename_titles(settings: Any) -> None:
    """Other tools know one title only: a title with a language becomes `translated_title`, which they pass over."""
    for row in settings:
        for cell in row:
            if cell.row == 1 and str(cell.value).startswith("form_title::"):
                cell.value = str(cell.value).replace("form_title", "translated_title", 1)


def write_cell(cell: Any, header: str, text: str) -> Any:
    """A text as text, also when it begins with "=", which would otherwise become a formula."""
    if header in number_columns and re.fullmatch(r"\d+(\.\d+)?", text):
        cell.value = float(text) if "." in text else int(text)
    else:
        cell.value = text
        cell.data_type = "s"
    return cell


def width_of(header: str) -> int:
    """The width of a column in characters, by what it holds."""
    name = re.split(r"::?|_\d", header)[0]
    return widths.get(name, narrowest if name in ("weight", "gate", "core", "required", "score") else usual)
