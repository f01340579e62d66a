"""Reads Excel workbooks (.xlsx and .xls) row by row as texts, without trusting what the file says about its size."""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Any

from forms.diagnosis import Diagnosis
from forms.workbook import RawRow, RawSheet, StopReadingError, column_letter, is_read, most_columns, read_sheets

most_unpacked = 60_000_000
most_in_part = 25_000_000
"""No sheet or table of texts within the limits of rows, columns and cells needs more XML than this."""
most_entries = 2_000
most_ratio = 200
least_suspicious = 1_000_000
"""An entry below this size may be packed as tightly as it likes."""


def xlsx_sheets(source: bytes, diagnosis: Diagnosis) -> Iterator[RawSheet]:
    """The sheets of an Office Open XML workbook that belong to a checklist."""
    # Late: openpyxl takes a tenth of a second to import.
    from openpyxl import load_workbook

    refuse_bomb(source, diagnosis)
    try:
        book = load_workbook(BytesIO(source), read_only=True, data_only=True, keep_links=False)
    except Exception:  # openpyxl lets KeyError, BadZipFile, ParseError, ValueError… through for broken files
        diagnosis.refuse("workbook_broken")
        raise StopReadingError from None
    with zipfile.ZipFile(BytesIO(source)) as archive:
        for sheet in book.worksheets:
            name = sheet.title.strip().lower()
            if name not in read_sheets:
                is_read(name, sheet.title, diagnosis)
                continue
            part = archive.read(sheet._worksheet_path)
            refuse_merged_cells(name, part, diagnosis)
            if b"<f" in part:
                refuse_uncomputed_formulas(name, sheet.title, source, diagnosis)
            yield RawSheet(sheet.title, xlsx_rows(name, sheet, diagnosis))
    book.close()


def refuse_bomb(source: bytes, diagnosis: Diagnosis) -> None:
    """Refuse an archive that would unpack to more than memory should hold, by what it declares and what it does.

    The declared sizes come first; then everything is unpacked once in pieces without keeping it, since a declared
    size may lie.
    """
    try:
        with zipfile.ZipFile(BytesIO(source)) as archive:
            entries = archive.infolist()
            refuse_declared_bomb(entries, diagnosis)
            if any(entry.flag_bits & 1 for entry in entries):
                diagnosis.refuse("workbook_locked")
                raise StopReadingError
            unpacked = 0
            for entry in entries:
                with archive.open(entry) as stream:
                    while piece := stream.read(1 << 18):
                        unpacked += len(piece)
                        if unpacked > most_unpacked:
                            diagnosis.refuse("workbook_bomb", most=most_unpacked // 1_000_000)
                            raise StopReadingError
    except StopReadingError:
        raise
    except Exception:  # zipfile raises BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error…
        diagnosis.refuse("workbook_broken")
        raise StopReadingError from None


def refuse_declared_bomb(entries: list[zipfile.ZipInfo], diagnosis: Diagnosis) -> None:
    """Refuse by the archive's own table of contents."""
    declared = sum(entry.file_size for entry in entries)
    tight = any(
        entry.file_size > least_suspicious and entry.file_size > most_ratio * max(entry.compress_size, 1)
        for entry in entries
    )
    long = any(entry.file_size > most_in_part for entry in entries if entry.filename.endswith(".xml"))
    if declared > most_unpacked or len(entries) > most_entries or tight or long:
        diagnosis.refuse("workbook_bomb", most=most_unpacked // 1_000_000)
        raise StopReadingError


def xlsx_rows(name: str, sheet: Any, diagnosis: Diagnosis) -> Iterator[RawRow]:
    """The rows of a sheet as texts, to the last row that is there whatever dimension the sheet declares."""
    sheet.reset_dimensions()
    try:
        for number, row in enumerate(islice(sheet.iter_rows(values_only=True), 1_048_576), start=1):
            if len(row) > most_columns:
                row = widest(name, number, row, diagnosis)
            texts = tuple(cell_text(value) if value is not None else "" for value in row)
            for position, text in enumerate(texts):
                if text.startswith("#") and text in error_values:
                    diagnosis.refuse("cell_error", name, number, column_letter(position), text=text)
            yield texts
    except StopReadingError:
        raise
    except Exception:  # broken XML or numbers inside the sheet's part
        diagnosis.refuse("workbook_broken")
        raise StopReadingError from None


error_values = {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"}


def widest(name: str, number: int, row: tuple[Any, ...], diagnosis: Diagnosis) -> tuple[Any, ...]:
    """The row cut to the columns allowed; refused when something stands beyond them."""
    if any(value is not None for value in row[most_columns:]):
        diagnosis.refuse("too_many_columns", name, number, most=most_columns)
        raise StopReadingError
    return row[:most_columns]


def cell_text(value: object) -> str:
    """A cell's value as an author reads it: 1.0 as "1", dates as 2025-08-19, logical values as TRUE and FALSE."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    return str(value)


def refuse_merged_cells(name: str, part: bytes, diagnosis: Diagnosis) -> None:
    """Refuse merged cells: only their first cell has a value, so the others would silently be empty."""
    for match in islice(re.finditer(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d{1,7})[:"]', part), 20):
        diagnosis.refuse("cells_merged", name, int(match[2]), match[1].decode())


def refuse_uncomputed_formulas(name: str, title: str, source: bytes, diagnosis: Diagnosis) -> None:
    """Refuse formulas that were saved without their value: read as they are they would be empty cells."""
    from openpyxl import load_workbook

    values = load_workbook(BytesIO(source), read_only=True, data_only=True, keep_links=False)[title]
    formulas = load_workbook(BytesIO(source), read_only=True, keep_links=False)[title]
    values.reset_dimensions()
    formulas.reset_dimensions()
    rows = zip(formulas.iter_rows(), values.iter_rows(values_only=True), strict=False)
    for number, (cells, computed) in islice(enumerate(rows, start=1), 25_000):
        for position, (cell, value) in enumerate(zip(cells, computed, strict=False)):
            if value is None and cell.data_type == "f":
                diagnosis.refuse("formula_without_value", name, number, column_letter(position))


def xls_sheets(source: bytes, diagnosis: Diagnosis) -> Iterator[RawSheet]:
    """The sheets of an Excel 97–2003 workbook that belong to a checklist."""
    import xlrd  # type: ignore[import-untyped]

    # Excel 2007 and later wrap a workbook with a password into the same container as the old format.
    if "EncryptedPackage".encode("utf-16-le") in source:
        diagnosis.refuse("workbook_locked")
        raise StopReadingError
    try:
        book = xlrd.open_workbook(file_contents=source, on_demand=True, formatting_info=False, logfile=BytesIO())
    except Exception as error:  # xlrd raises its own error, AssertionError, struct.error… for broken files
        diagnosis.refuse("workbook_locked" if "encrypted" in str(error).lower() else "workbook_broken")
        raise StopReadingError from None
    for title in book.sheet_names():
        if is_read(title.strip().lower(), title, diagnosis):
            yield RawSheet(title, xls_rows(title, book, diagnosis))
        book.unload_sheet(title)


def xls_rows(title: str, book: Any, diagnosis: Diagnosis) -> Iterator[RawRow]:
    """The rows of an old sheet as texts."""
    import xlrd

    try:
        sheet = book.sheet_by_name(title)
        for first_row, _, first_column, _ in sheet.merged_cells[:20]:
            diagnosis.refuse("cells_merged", title.lower(), first_row + 1, column_letter(first_column))
        for index in range(sheet.nrows):
            row = widest(title.lower(), index + 1, tuple(xls_value(cell, book) for cell in sheet.row(index)), diagnosis)
            for position, cell in enumerate(sheet.row(index)):
                if cell.ctype == xlrd.XL_CELL_ERROR:
                    text = xlrd.error_text_from_code.get(cell.value, "#?")
                    diagnosis.refuse("cell_error", title.lower(), index + 1, column_letter(position), text=text)
            yield tuple(cell_text(value) if value is not None else "" for value in row)
    except StopReadingError:
        raise
    except Exception:  # a damaged record inside the sheet
        diagnosis.refuse("workbook_broken")
        raise StopReadingError from None


def xls_value(cell: Any, book: Any) -> object:
    """The Python value of an old cell; None when it is empty or an error."""
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
        return None
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate.xldate_as_datetime(cell.value, book.datemode)
    return cell.value
