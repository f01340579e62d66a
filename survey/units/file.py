"""A list of units as a file, CSV or Excel, read into lines of texts; nothing is computed or unpacked blindly."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import IO
from xml.etree.ElementTree import Element

from forms.units import fold
from forms.xlsform.archive import refuse_bomb
from forms.xlsform.diagnosis import Diagnosis
from forms.xlsform.excel import Book, SheetReader, local, open_book
from forms.xlsform.workbook import NumberedRow, RawSheet, StopReadingError, column_letter, tidy_sheet
from survey.language import language
from survey.problems import Problem

MIB = 1024 * 1024
LARGEST_FILE = 8 * MIB
MOST_LINES = 12_000
"""Every period of every unit of the country three times over."""

COLUMNS = (
    "code", "name", "kind", "province_code", "province_name", "latitude", "longitude", "area_km2", "valid_from",
    "valid_to", "predecessors",
)  # fmt: skip
NEEDED = ("code", "name", "kind", "province_code", "valid_from")
OTHER_NAMES = {
    "ma": "code", "ma don vi": "code", "ma xa": "code", "ten": "name", "ten don vi": "name", "loai": "kind",
    "ma tinh": "province_code", "ten tinh": "province_name", "tinh": "province_name", "vi do": "latitude",
    "kinh do": "longitude", "dien tich km2": "area_km2", "dien tich": "area_km2", "hieu luc tu": "valid_from",
    "hieu luc den": "valid_to", "ma cu": "predecessors", "don vi truoc": "predecessors",
}  # fmt: skip
"""Headers in Vietnamese, folded, with the column that they stand for."""


@dataclass(frozen=True)
class Line:
    """One row of the file with something in it; `number` counts as a spreadsheet does, `cells` are keyed by column."""

    number: int
    cells: dict[str, str]
    formulas: tuple[str, ...] = ()


def read_unit_file(file: IO[bytes]) -> list[Line]:
    """The lines of a file; Problem units_too_large, units_unreadable, units_columns, units_empty or units_too_many."""
    body = file.read(LARGEST_FILE + 1)
    if len(body) > LARGEST_FILE:
        raise Problem("units_too_large", limit=LARGEST_FILE // MIB)
    diagnosis = Diagnosis()
    formulas: dict[int, tuple[str, ...]] = {}
    try:
        rows = _excel_rows(body, diagnosis, formulas) if body.startswith(b"PK") else _text_rows(body)
        sheet = tidy_sheet("units", RawSheet("units", rows, is_typed=True), diagnosis)
    except StopReadingError:
        sheet = None
    if sheet is None or diagnosis.errors:
        told = "\n".join(fault.say(language()) for fault in diagnosis.errors[:10])
        raise Problem("units_unreadable", faults=told)
    named = {header: _column(header) for header in sheet.headers}
    _check_columns(list(named.values()))
    if not sheet.rows:
        raise Problem("units_empty")
    if len(sheet.rows) > MOST_LINES:
        raise Problem("units_too_many", limit=MOST_LINES)
    return [
        Line(row.number, {named[header]: text for header, text in row.cells.items()}, formulas.get(row.number, ()))
        for row in sheet.rows
    ]


def _column(header: str) -> str:
    plain = fold(header.replace("_", " "))
    return OTHER_NAMES.get(plain, plain.replace(" ", "_"))


def _check_columns(found: list[str]) -> None:
    unknown = [name[:40] for name in found if name not in COLUMNS]
    missing = [name for name in NEEDED if name not in found]
    if unknown or missing or len(set(found)) < len(found):
        raise Problem("units_columns", missing=", ".join(missing) or "–", unknown=", ".join(unknown[:10]) or "–")


def _text_rows(body: bytes) -> Iterator[NumberedRow]:
    """The rows of a CSV file, by commas, semicolons or tabs; the number is that of the row, not of the line."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem("units_not_text") from error
    delimiter = max(",;\t", key=text[:2000].partition("\n")[0].count)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Problem("units_not_text") from error
    yield from ((number, tuple(row)) for number, row in enumerate(rows, 1))


def _excel_rows(body: bytes, diagnosis: Diagnosis, formulas: dict[int, tuple[str, ...]]) -> Iterator[NumberedRow]:
    """The rows of the first sheet of a workbook; columns with formulas are noted by row."""
    refuse_bomb(body, diagnosis)
    with zipfile.ZipFile(BytesIO(body)) as archive:
        try:
            book = open_book(archive)
            _title, part = book.sheets[0]
        except Exception:  # a missing part, broken XML, a number that is none, no sheet
            diagnosis.refuse("workbook_broken")
            raise StopReadingError from None
        yield from UnitSheet(book, diagnosis, formulas).rows(archive, part)


class UnitSheet(SheetReader):
    """A sheet of units. The value kept beside a formula may be out of date, so that it is not read."""

    def __init__(self, book: Book, diagnosis: Diagnosis, formulas: dict[int, tuple[str, ...]]) -> None:
        super().__init__(book, "units", diagnosis)
        self.formulas = formulas

    def text(self, cell: Element, row: int, position: int) -> str:
        if any(local(child) == "f" for child in cell):
            self.formulas[row] = (*self.formulas.get(row, ()), column_letter(position))
            return "="
        return super().text(cell, row, position)
