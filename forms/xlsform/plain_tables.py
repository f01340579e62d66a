"""Reads checklists written as plain text: Markdown tables and CSV, each with the sheet's name in the first column.

Row 1 of a sheet is its header and comments and empty lines do not count, as in pyxform.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO

from forms.xlsform.diagnosis import Diagnosis
from forms.xlsform.workbook import RawSheet, StopReadingError

comment = re.compile(r"^\s*#")
comment_after_row = re.compile(r"^(.*\|)\s*#[^|]*$")
column_separator = re.compile(r"(?<!\\)\|")
ruler_cell = re.compile(r":?-+:?")


def markdown_sheets(source: bytes, diagnosis: Diagnosis) -> Iterator[RawSheet]:
    """The sheets of a Markdown source; text between the tables is for the reader of the file."""
    rows: list[tuple[str, ...]] = []
    for number, line in enumerate(decoded(source, diagnosis).splitlines(), start=1):
        if comment.match(line) or "|" not in line:
            continue
        line = comment_after_row.sub(r"\1", line).strip()
        if not line.startswith("|"):
            continue
        if not line.endswith("|") or line.endswith("\\|"):
            diagnosis.refuse("markdown_row_open", line=number)
            continue
        cells = tuple(cell.strip().replace("\\|", "|") for cell in column_separator.split(line[1:-1]))
        if any(cells[1:]) and all(ruler_cell.fullmatch(cell) for cell in cells if cell):
            continue
        rows.append(cells)
    yield from grouped(rows, diagnosis)


def csv_sheets(source: bytes, diagnosis: Diagnosis) -> Iterator[RawSheet]:
    """The sheets of a CSV source, separated by commas, or by semicolons or tabs as local spreadsheets save them."""
    text = decoded(source, diagnosis)
    start = text[:5000]
    delimiter = max(",;\t", key=start.count)
    try:
        rows = [tuple(row) for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error:
        diagnosis.refuse("csv_broken")
        raise StopReadingError from None
    yield from grouped(rows, diagnosis)


def decoded(source: bytes, diagnosis: Diagnosis) -> str:
    """The source as text in UTF-8, the one encoding that Vietnamese survives in everywhere."""
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError:
        diagnosis.refuse("not_utf8")
        raise StopReadingError from None


def grouped(rows: list[tuple[str, ...]], diagnosis: Diagnosis) -> Iterator[RawSheet]:
    """Rows under the sheet named last in the first column; the first row with content is the header."""
    sheets: dict[str, list[tuple[str, ...]]] = {}
    current: list[tuple[str, ...]] | None = None
    for row in rows:
        name, cells = (row[0].strip() if row else ""), row[1:]
        if name and name in sheets:
            diagnosis.refuse("sheet_twice", name)
        if name:
            current = sheets.setdefault(name, [])
        if any(cell.strip() for cell in cells):
            if current is None:
                diagnosis.refuse("row_outside_sheet", text=" | ".join(cells)[:60])
                raise StopReadingError
            current.append(cells)
    for name, content in sheets.items():
        yield RawSheet(name, enumerate(content, start=1), is_typed=True)
