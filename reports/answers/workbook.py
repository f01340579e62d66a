"""Tables of answers as an Excel workbook, written row by row to the disk: what is in memory does not grow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, Final

from reports.answers.cells import Cell
from reports.answers.rows import Row
from reports.answers.tables import Table, Tail
from reports.report_workbook import LONGEST_TEXT, sheet_names

MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
"""What a sheet of Excel holds."""

FIRST_DAY: Final = date(1900, 3, 1)
"""Excel counts days from 1900 and believes that there was a 29 February in it."""

REPORTED = 500
"""Rows after which the caller is asked whether to go on."""


class Page:
    """One table, on as many sheets as its rows need."""

    def __init__(self, book: Any, name: str, table: Table, formats: dict[str, Any], most_rows: int) -> None:
        self._book, self._name, self._table = book, name, table
        self._formats, self._most_rows = formats, most_rows
        self._sheets = 0
        self._begin()

    def add(self, row: Row) -> None:
        if self._row == self._most_rows:
            self._begin()
        for column, cell in enumerate(row):
            if cell is not None:
                self._write(column, cell)
        self._row += 1

    def _begin(self) -> None:
        self._sheets += 1
        mark = f" ({self._sheets})" if self._sheets > 1 else ""
        self._sheet = self._book.add_worksheet(self._name[: 31 - len(mark)] + mark)
        self._sheet.freeze_panes(1, 1)
        self._sheet.set_column(0, len(self._table.heads), 16)
        for column, head in enumerate(self._table.heads):
            self._sheet.write_string(0, column, head[:LONGEST_TEXT], self._formats["head"])
        self._row = 1

    def _write(self, column: int, cell: Cell) -> None:
        """A text stays a text, whatever it looks like."""
        if isinstance(cell, str):
            self._sheet.write_string(self._row, column, cell[:LONGEST_TEXT])
        elif isinstance(cell, bool):
            self._sheet.write_boolean(self._row, column, cell)
        elif isinstance(cell, int | float):
            self._sheet.write_number(self._row, column, cell)
        elif isinstance(cell, date) and cell >= FIRST_DAY:
            self._sheet.write_datetime(self._row, column, cell, self._formats["day"])
        elif isinstance(cell, date):
            self._sheet.write_string(self._row, column, cell.isoformat())


def write_workbook(
    out: IO[bytes],
    folder: Path,
    tables: list[Table],
    rows: Iterable[tuple[int, Row]],
    tails: Iterable[Tail],
    *,
    about: dict[str, object],
    large: bool,
    most_rows: int = MOST_ROWS,
) -> Iterator[None]:
    """Write a workbook with one sheet a table into `out`; what is written waits in `folder` meanwhile.

    Gives the caller a turn now and then: who stops asking for more stops the work. `about` holds the properties of
    the document. `large` workbooks may hold sheets of more than 2 GB.
    """
    from xlsxwriter import Workbook  # late: only this file needs it

    ends = list(tails)
    book = Workbook(out, {"constant_memory": True, "tmpdir": str(folder), "use_zip64": large})
    book.set_properties({"created": datetime(1980, 1, 1), **about})  # the same answers give the same bytes
    formats = {"head": book.add_format({"bold": True}), "day": book.add_format({"num_format": "yyyy-mm-dd"})}
    known = [*tables, *(table for table, _ in ends)]
    names = sheet_names([table.name for table in known])
    pages = [Page(book, name, table, formats, most_rows) for name, table in zip(names, known, strict=True)]
    late = ((number, row) for number, (_, found) in enumerate(ends, len(tables)) for row in found)
    for written, (number, row) in enumerate(_one_after_the_other(rows, late)):
        pages[number].add(row)
        if written % REPORTED == 0:
            yield
    book.close()


def _one_after_the_other(*parts: Iterable[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    for one in parts:
        yield from one
