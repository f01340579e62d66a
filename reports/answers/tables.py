"""Tables of answers as CSV files in one archive, made piece by piece while the rows come."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from reports.answers.cells import Cell
from reports.answers.rows import Row

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula."""

PORTION = 1 << 16
"""As many characters or bytes are gathered before they go on."""

FORBIDDEN = '\\/:*?"<>|'
"""What no name of a file may hold on one system or another."""


@dataclass(frozen=True)
class Table:
    """The name of a table and the heads of its columns."""

    name: str
    heads: list[str]


Tail = tuple[Table, Iterable[Row]]
"""A table whose rows are read when all others are written."""


class Sink:
    """Takes what an archive writes until somebody fetches it."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.size = 0

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        self.size += len(piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back here."""

    def take(self) -> bytes:
        found, self._pieces, self.size = b"".join(self._pieces), [], 0
        return found


class Sheet:
    """One CSV file: UTF-8 with a mark for Excel, CRLF, and no text that a spreadsheet would take for a formula."""

    def __init__(self, out: IO[bytes], table: Table) -> None:
        self._out, self._text = out, StringIO()
        self._text.write("\ufeff")
        self._writer = csv.writer(self._text, lineterminator="\r\n")
        self.add(list(table.heads))

    def add(self, row: Row) -> None:
        self._writer.writerow([cell_of_csv(cell) for cell in row])
        if self._text.tell() > PORTION:
            self.flush()

    def flush(self) -> None:
        self._out.write(self._text.getvalue().encode("utf-8", "replace"))
        self._text.seek(0)
        self._text.truncate()


def cell_of_csv(cell: Cell) -> str | int | float | None:
    """Truth as true and false, days as 2025-08-19, a text never as a formula."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, date):
        return cell.isoformat()
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def csv_archive(
    tables: list[Table],
    rows: Iterable[tuple[int, Row]],
    tails: Iterable[Tail],
    spool: Callable[[], IO[bytes]],
    *,
    large: bool,
) -> Iterator[bytes]:
    """The bytes of a ZIP archive with one file a table, piece by piece.

    `rows` names the table of each row by number. Rows of the first table go straight into the archive, those of the
    others wait in a file of `spool`: a part can only be written when the one before is complete. `large` archives may
    hold parts of more than 2 GB.
    """
    sink = Sink()
    names = file_names([table.name for table in tables])
    waiting = [spool() for _ in tables[1:]]
    try:
        with ZipFile(sink, "w", ZIP_DEFLATED) as archive:  # type: ignore[call-overload]  # it needs write and flush
            with archive.open(part(names[0]), "w", force_zip64=large) as first:
                yield from _fill(sink, [first, *waiting], tables, rows)
            for name, file in zip(names[1:], waiting, strict=True):
                yield from _copy(sink, archive, name, file, large=large)
            for table, found in tails:
                with archive.open(part(f"{table.name}.csv"), "w", force_zip64=large) as out:
                    yield from _fill(sink, [out], [table], ((0, row) for row in found))
        yield sink.take()
    finally:
        for file in waiting:
            file.close()


def _fill(sink: Sink, outs: list[IO[bytes]], tables: list[Table], rows: Iterable[tuple[int, Row]]) -> Iterator[bytes]:
    sheets = [Sheet(out, table) for out, table in zip(outs, tables, strict=True)]
    for number, row in rows:
        sheets[number].add(row)
        if sink.size > PORTION:
            yield sink.take()
    for sheet in sheets:
        sheet.flush()


def _copy(sink: Sink, archive: ZipFile, name: str, file: IO[bytes], *, large: bool) -> Iterator[bytes]:
    file.seek(0)
    with archive.open(part(name), "w", force_zip64=large) as out:
        while piece := file.read(PORTION):
            out.write(piece)
            yield sink.take()


def part(name: str) -> ZipInfo:
    """A part of an archive; its time is always the same, so that the same answers give the same bytes."""
    found = ZipInfo(name)
    found.compress_type = ZIP_DEFLATED
    return found


def file_names(names: list[str]) -> list[str]:
    """Names of files that every system takes, each once, from names of tables."""
    found: list[str] = []
    for name in names:
        plain = "".join("-" if sign in FORBIDDEN else sign for sign in name).strip("-. ") or "table"
        number, free = 2, plain
        while free.casefold() in (one.casefold() for one in found):
            free, number = f"{plain}-{number}", number + 1
        found.append(free)
    return [f"{name}.csv" for name in found]
