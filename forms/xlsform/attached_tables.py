"""Reads an attached file (.csv, .geojson, .xml) into a table of text, within limits; every fault names file and row."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from io import StringIO
from pathlib import PurePath
from typing import Any

from forms.tables import Table
from forms.xlsform.attached_features import feature_rows
from forms.xlsform.attached_xml import XmlRows
from forms.xlsform.diagnosis import Diagnosis
from forms.xlsform.workbook import (
    StopReadingError,
    column_letter,
    most_bytes,
    most_cells,
    most_columns,
    most_rows_elsewhere,
    shortened,
    tidy_cell,
)

Rows = Iterator[tuple[int, list[str]]]
"""Rows with their number in the file; the first one is the header."""


def is_table(name: str) -> bool:
    """Whether a file of this name holds rows."""
    return PurePath(name).suffix.lower() in READERS


def read_table(name: str, content: bytes, diagnosis: Diagnosis) -> Table | None:
    """The table of an attached file; None, with the reasons in `diagnosis`, when it cannot be read."""
    if len(content) > most_bytes:
        size = f"{len(content) / 1e6:.1f}"
        diagnosis.refuse("file_too_large", name, size=size, most=most_bytes // 1_000_000)
        return None
    if not content.strip():
        diagnosis.refuse("file_empty", name, filename=name)
        return None
    try:
        text = decoded(name, content, diagnosis)
        return READERS[PurePath(name).suffix.lower()](name, text, diagnosis)
    except StopReadingError:
        return None


def decoded(name: str, content: bytes, diagnosis: Diagnosis) -> str:
    """The file as text in UTF-8, with or without a byte order mark; a NUL is a sign of another encoding."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        diagnosis.refuse("not_utf8", name)
        raise StopReadingError
    return text


def read_csv(name: str, text: str, diagnosis: Diagnosis) -> Table:
    """A CSV file with its columns in the first row, separated by commas, semicolons or tabs."""
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    return limited_table(name, csv_rows(name, text, delimiter, diagnosis), diagnosis)


def csv_rows(name: str, text: str, delimiter: str, diagnosis: Diagnosis) -> Rows:
    """The rows as a spreadsheet counts them; empty ones at the end are what it left behind."""
    number, last = 0, 0
    try:
        for number, row in enumerate(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True), start=1):
            if any(row):
                yield from ((blank, []) for blank in range(last + 1, number))
                yield number, row
                last = number
    except csv.Error:
        diagnosis.refuse("csv_broken", name, number + 1)
        raise StopReadingError from None


def read_geojson(name: str, text: str, diagnosis: Diagnosis) -> Table:
    """A feature collection: one row a feature with its id, its geometry as ODK writes places, and its properties."""
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError):
        diagnosis.refuse("geojson_broken", name)
        raise StopReadingError from None
    return limited_table(name, numbered(feature_rows(name, data, diagnosis)), diagnosis)


def read_xml(name: str, text: str, diagnosis: Diagnosis) -> Table:
    """An XML instance: rows are the elements in the root, columns the elements in a row."""
    found = XmlRows(name, diagnosis)
    found.read(text)
    table = limited_table(name, numbered(found.rows()), diagnosis)
    return table.model_copy(update={"path": found.path})


def numbered(records: Iterable[dict[str, str]]) -> Rows:
    """Records as rows under the columns that any of them has, in the order in which they appear."""
    listed = list(records)
    columns = list(dict.fromkeys(column for record in listed for column in record))
    yield 1, columns
    for number, record in enumerate(listed, start=2):
        yield number, [record.get(column, "") for column in columns]


def limited_table(name: str, rows: Rows, diagnosis: Diagnosis) -> Table:
    """The table of tidied cells; what lies outside the limits ends the reading."""
    number, header = next(rows, (1, []))
    columns = read_columns(name, number, header, diagnosis)
    kept: list[list[str]] = []
    for number, row in rows:
        if len(kept) >= most_rows_elsewhere:
            diagnosis.refuse("too_many_rows", name, number, most=most_rows_elsewhere)
            raise StopReadingError
        if (len(kept) + 1) * len(columns) > most_cells:
            diagnosis.refuse("too_many_cells", name, number, most=most_cells)
            raise StopReadingError
        kept.append(read_row(name, number, row, len(columns), diagnosis))
    if not kept:
        diagnosis.refuse("file_without_rows", name)
        raise StopReadingError
    return Table(file=name, columns=columns, rows=kept)


def read_columns(name: str, number: int, header: list[str], diagnosis: Diagnosis) -> list[str]:
    """The names of the columns; empty and repeated ones are refused."""
    columns = [" ".join(tidy_cell(cell, name, number, diagnosis).split()) for cell in header]
    while columns and not columns[-1]:
        columns.pop()
    if len(columns) > most_columns:
        diagnosis.refuse("too_many_columns", name, number, most=most_columns)
        raise StopReadingError
    for place, column in enumerate(columns):
        if not column:
            diagnosis.refuse("file_column_unnamed", name, number, column_letter(place))
        elif column in columns[:place]:
            diagnosis.refuse("header_twice", name, number, column)
    return columns


def read_row(name: str, number: int, row: list[str], width: int, diagnosis: Diagnosis) -> list[str]:
    """The cells of a row, filled up to the width of the table; a cell beyond its last column is refused."""
    cells = [tidy_cell(cell, name, number, diagnosis) for cell in row]
    extra = next((cell for cell in cells[width:] if cell), None)
    if extra is not None:
        diagnosis.refuse("cell_without_header", name, number, column_letter(width), text=shortened(extra))
    return cells[:width] + [""] * (width - len(cells))


READERS: dict[str, Callable[[str, str, Diagnosis], Table]] = {
    ".csv": read_csv,
    ".geojson": read_geojson,
    ".xml": read_xml,
}
"""Readers of the text of a file by the ending of its name."""
