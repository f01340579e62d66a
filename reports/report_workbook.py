"""The tables of the visit report as an Excel workbook, whose cells never become formulas."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

from reports.copies import copy_of
from reports.dates import long_date
from reports.facts import Copy, ReportFacts
from reports.items import Sheet
from reports.naming import names_of
from reports.office_file import settled
from reports.pdf import printable
from reports.report_tables import Cell, DataTable, report_tables
from reports.visit_data import visit_data
from reports.wording import Wording

FORBIDDEN_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
LONGEST_TITLE, LONGEST_TEXT = 31, 32_767
"""Letters that Excel takes in the name of a sheet and in a cell."""

FORMULA_STARTS = ("=", "+", "-", "@")
DAYS = {"vi": "dd/mm/yyyy", "en": "d mmm yyyy"}


def visit_report_xlsx(
    facts: ReportFacts, language: str = "vi", copy: Copy = "internal", numbers_allowed: bool = False
) -> bytes:
    """The tables of a copy of the report as an .xlsx file, in "vi" or "en"; the same facts give the same bytes."""
    # Late: openpyxl takes a tenth of a second to import, and only this file needs it.
    from openpyxl import Workbook

    sheet = Sheet(copy_of(facts, copy, numbers_allowed), Wording(language))
    data = visit_data(sheet)
    book: Any = Workbook()
    book.remove(book.worksheets[0])
    tables = report_tables(sheet, data)
    for table, name in zip(tables, sheet_names([table.title for table in tables]), strict=True):
        fill(book.create_sheet(name), table, language)
    describe(book.properties, sheet)
    out = BytesIO()
    book.save(out)
    return settled(out.getvalue(), data.made_on)


def describe(about: Any, sheet: Sheet) -> None:
    """What the file says of itself; its author is the delegation, never a person."""
    facts, say = sheet.facts, sheet.wording.plain
    unit = names_of(facts.unit, facts.visit.visited_on, sheet.language).title
    about.title = say("head.title", unit=unit, date=long_date(facts.visit.visited_on, sheet.language))
    delegation = say("head.delegation", decision=facts.visit.decision_number).replace("<br/>", " ")
    about.creator = about.lastModifiedBy = delegation
    about.keywords = facts.code or None
    about.language = {"vi": "vi-VN", "en": "en-GB"}[sheet.language]


def sheet_names(titles: list[str]) -> list[str]:
    """Names that Excel accepts, each once, from titles of any length."""
    names: list[str] = []
    for title in titles:
        name = FORBIDDEN_IN_TITLES.sub(" ", printable(title))[:LONGEST_TITLE].strip()
        number = 2
        while name.casefold() in (known.casefold() for known in names):
            mark = f" {number}"
            name, number = f"{name[: LONGEST_TITLE - len(mark)]}{mark}", number + 1
        names.append(name)
    return names


def fill(page: Any, table: DataTable, language: str) -> None:
    """One sheet: a fixed header row with filters, repeated on every printed page."""
    from openpyxl.utils import get_column_letter

    for place, (column, width) in enumerate(zip(table.columns, table.widths, strict=True), 1):
        head(page.cell(1, place), column)
        page.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(table.rows, 2):
        for place, value in enumerate(row, 1):
            write(page.cell(number, place), value, language)
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    page.print_title_rows = "1:1"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToHeight = 0


def head(cell: Any, words: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    write(cell, words, "vi")
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="DDE6EE")
    cell.alignment = Alignment(vertical="center", wrap_text=True)


def write(cell: Any, value: Cell, language: str) -> None:
    """A value as what it is; a text stays a text, also after somebody has edited it."""
    from openpyxl.styles import Alignment

    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if not isinstance(value, str):
        cell.value = value
        if isinstance(value, date):
            cell.number_format = DAYS[language]
        return
    words = printable(value)
    cell.value = words if len(words) <= LONGEST_TEXT else f"{words[: LONGEST_TEXT - 1]}…"
    cell.data_type = "s"
    cell.quotePrefix = words.startswith(FORMULA_STARTS)
