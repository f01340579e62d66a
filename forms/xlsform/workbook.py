"""Reads the source of a checklist (.xlsx, .xls, .csv or .md) into sheets of numbered rows of text, within limits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from forms.xlsform.diagnosis import Diagnosis, nearest

read_sheets = ("settings", "survey", "choices", "sections", "levels", "recommendations")
"""The sheets that make a checklist. Others are notes for the authors and stay unread."""

unsupported_sheets = ("external_choices", "entities", "osm", "cascades")

most_bytes = 10_000_000
most_rows = {"survey": 5_000}
most_rows_elsewhere = 20_000
most_columns = 200
most_cells = 250_000
longest_cell = 20_000

NumberedRow = tuple[int, tuple[str, ...]]
"""The number of a row and its texts from the first column on."""


@dataclass(frozen=True)
class Row:
    """One row with something in it. `number` counts as a spreadsheet does; `cells` are keyed by their header."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """A sheet of the workbook under its lower-case name. `headers` are as written, in order; empty ones left out."""

    name: str
    headers: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class RawSheet:
    """A sheet as its file format gives it: rows with rising numbers, not yet limited nor cleaned."""

    name: str
    rows: Iterable[NumberedRow]
    is_typed: bool = False
    """Written as plain text with separators, where a cell too many is a slip of the author."""


class StopReadingError(Exception):
    """A limit was reached while reading; the fault is already noted."""


def read_workbook(source: bytes, filename: str, diagnosis: Diagnosis) -> dict[str, Sheet]:
    """The sheets of a checklist source by lower-case name; what cannot be read goes into `diagnosis`.

    Raises ChecklistError when the file as a whole is unreadable or too large.
    """
    if not source.strip():
        diagnosis.refuse("file_empty", filename=filename)
    elif len(source) > most_bytes:
        diagnosis.refuse("file_too_large", size=-(-len(source) // 1_000_000), most=most_bytes // 1_000_000)
    diagnosis.raise_errors()
    sheets: dict[str, Sheet] = {}
    try:
        for raw in reader_for(source, filename, diagnosis)(source, diagnosis):
            name = raw.name.strip().lower()
            if name in sheets:
                diagnosis.refuse("sheet_twice", name)
            elif is_read(name, raw.name, diagnosis):
                sheets[name] = tidy_sheet(name, raw, diagnosis)
    except StopReadingError:
        pass
    diagnosis.raise_errors()
    return sheets


def reader_for(source: bytes, filename: str, diagnosis: Diagnosis) -> Callable[[bytes, Diagnosis], Iterator[RawSheet]]:
    """The reader that the file's first bytes call for; its name decides only between the two text formats."""
    # The readers of the formats build on this module.
    from forms.xlsform import excel, old_excel, plain_tables

    suffix = PurePath(filename).suffix.lower()
    if source.startswith(b"PK"):
        return excel.xlsx_sheets
    if source.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return old_excel.xls_sheets
    if suffix == ".csv":
        return plain_tables.csv_sheets
    if suffix == ".md":
        return plain_tables.markdown_sheets
    diagnosis.refuse("not_a_workbook", filename=filename)
    diagnosis.raise_errors()
    raise AssertionError


def is_read(name: str, written: str, diagnosis: Diagnosis) -> bool:
    """Whether the sheet belongs to the checklist; a mistyped or unsupported one is refused, never passed over."""
    if name in read_sheets:
        return True
    likely = nearest(name, read_sheets, cutoff=0.75)
    if name in unsupported_sheets:
        diagnosis.refuse("sheet_unsupported", written)
    elif likely:
        diagnosis.refuse("sheet_mistyped", written, likely=likely)
    else:
        diagnosis.warn("sheet_not_read", written)
    return False


def tidy_sheet(name: str, raw: RawSheet, diagnosis: Diagnosis) -> Sheet:
    """The sheet with cleaned cells keyed by header; rows and columns outside the limits end the reading."""
    headers: list[str] = []
    rows: list[Row] = []
    seen = 0
    for number, cells in raw.rows:
        seen += len(cells)
        if seen > most_cells:
            diagnosis.refuse("too_many_cells", name, number, most=most_cells)
            raise StopReadingError
        texts = [tidy_cell(text, name, number, diagnosis) for text in cells]
        if number == 1:
            headers = read_headers(name, texts, diagnosis)
        elif any(texts):
            if number > most_rows.get(name, most_rows_elsewhere) + 1:
                diagnosis.refuse("too_many_rows", name, number, most=most_rows.get(name, most_rows_elsewhere))
                raise StopReadingError
            rows.append(Row(number, key_cells(name, raw.is_typed, number, headers, texts, diagnosis)))
    if not headers and rows:
        diagnosis.refuse("header_missing", name, rows[0].number)
    return Sheet(name, [header for header in headers if header], rows)


def read_headers(sheet: str, texts: list[str], diagnosis: Diagnosis) -> list[str]:
    """The header row with single spaces; the same header twice and too many columns are refused."""
    headers = [" ".join(text.split()) for text in texts]
    while headers and not headers[-1]:
        headers.pop()
    if len(headers) > most_columns:
        diagnosis.refuse("too_many_columns", sheet, 1, most=most_columns)
        raise StopReadingError
    for position, header in enumerate(headers):
        if header and header in headers[:position]:
            diagnosis.refuse("header_twice", sheet, 1, header)
    return headers


def key_cells(
    sheet: str, is_typed: bool, number: int, headers: list[str], texts: list[str], diagnosis: Diagnosis
) -> dict[str, str]:
    """The row's texts by header; a text without header is refused in typed tables and mentioned in spreadsheets."""
    cells = {}
    for position, text in enumerate(texts):
        header = headers[position] if position < len(headers) else ""
        if text and header:
            cells[header] = text
        elif text:
            add = diagnosis.refuse if is_typed else diagnosis.warn
            add("cell_without_header", sheet, number, column_letter(position), text=shortened(text))
    return cells


def tidy_cell(text: str, sheet: str, row: int, diagnosis: Diagnosis) -> str:
    """The cell's text composed (NFC), without the invisible signs that spreadsheets and chats leave behind."""
    if not text:
        return ""
    if len(text) > longest_cell:
        diagnosis.refuse("cell_too_long", sheet, row, most=longest_cell)
        raise StopReadingError
    if text.isascii() and text.isprintable():
        return text.strip()
    text = unicodedata.normalize("NFC", text.translate(invisible).replace("\r\n", "\n").replace("\r", "\n"))
    if unreadable.search(text):
        diagnosis.refuse("cell_unreadable", sheet, row, text=shortened(unreadable.sub("?", text)))
        return ""
    return text.strip()


invisible = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u200b": "", "\u2060": "", "\ufeff": "", "\u00ad": ""})
unreadable = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def column_letter(position: int) -> str:
    """The spreadsheet's letters of a column counted from 0: A, B, …, Z, AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def shortened(text: str) -> str:
    """The start of a long text, for a message."""
    return text if len(text) <= 40 else text[:39] + "…"
