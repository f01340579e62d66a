"""The commitments of the minutes as an Excel sheet, for whoever follows them up."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reports.dates import long_date
from reports.facts import ReportFacts
from reports.items import Sheet
from reports.minutes import shown_record
from reports.minutes_facts import Commitment, Minutes
from reports.minutes_parts import recommended, row
from reports.naming import names_of
from reports.office_file import settled
from reports.open_copy import open_copy
from reports.report_tables import Cell, DataTable
from reports.report_workbook import describe, fill, sheet_names
from reports.wording import Wording

COLUMNS = (
    ("workbook.codes", 10),
    ("commitments.commitment", 60),
    ("commitments.decision", 20),
    ("commitments.own_words", 40),
    ("proposals.responsible", 24),
    ("proposals.due", 13),
    ("workbook.due_words", 24),
    ("commitments.side", 18),
)
"""Where the heading of each column stands, and its width in letters."""


def minutes_xlsx(facts: ReportFacts, record: Minutes, language: str = "vi") -> bytes:
    """The commitments as an .xlsx file in "vi" or "en", without anything confidential.

    The same facts and record give the same bytes.
    """
    from openpyxl import Workbook  # late: it takes a tenth of a second to import, and only this file needs it

    shown = shown_record(facts, record)
    sheet = Sheet(open_copy(facts), Wording(language))
    table = commitments(sheet, shown)
    book: Any = Workbook()
    page = book.worksheets[0]
    [page.title] = sheet_names([table.title])
    fill(page, table, language)
    describe(book.properties, sheet)
    unit = names_of(facts.unit, facts.visit.visited_on, language).title
    day = long_date(facts.visit.visited_on, language)
    book.properties.title = sheet.wording.plain("minutes.title", unit=unit, date=day)
    book.properties.keywords = record.code or None
    out = BytesIO()
    book.save(out)
    return settled(out.getvalue(), facts.visit.visited_on)


def commitments(sheet: Sheet, record: Minutes) -> DataTable:
    """Those on recommendations first, then the further ones, as in the document."""
    say = sheet.wording.plain
    entries = sorted(record.commitments, key=lambda entry: not entry.recommendation)
    rows = [cells(sheet, entry) for entry in entries]
    return DataTable(say("commitments.sheet"), [say(key) for key, _ in COLUMNS], [width for _, width in COLUMNS], rows)


def cells(sheet: Sheet, entry: Commitment) -> list[Cell]:
    source = recommended(sheet, entry)
    shown = row(sheet, entry, source)
    taken = source if entry.decision != "objected" else None
    day = entry.due or (taken.due.day if taken and not entry.due_text else None)
    return [
        shown.code,
        shown.text,
        shown.decision if entry.recommendation else None,
        "\n".join(shown.own_words) or None,
        shown.owner if shown.owner != "–" else None,
        day,
        shown.due if day is None and shown.due != "–" else None,
        shown.side,
    ]
