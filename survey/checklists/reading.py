"""What an uploaded checklist says: read once, its faults beside the rows in which they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from forms.checklist import Checklist
from forms.faults import ChecklistError, Fault
from forms.xlsform.attached_files import composed
from forms.xlsform.diagnosis import Diagnosis
from forms.xlsform.workbook import RawSheet, StopReadingError, column_letter, reader_for
from survey.checklists.attached import read_with_files
from survey.checklists.drafts import Draft, files_of, source_of

Wanted = set[tuple[str, int]]
Texts = tuple[str, ...]

MOST_CELLS = 7
"""Cells of a row that are shown: its first ones and those around the fault."""

FIRST_CELLS = 3
LACKING = ("label_missing", "translation_missing")
LONGEST_CELL = 160
LONGEST_BESIDE = 60


@dataclass(frozen=True)
class Reading:
    """A source as it was read: the checklist, None while there are errors, and everything found."""

    checklist: Checklist | None
    errors: list[Fault]
    warnings: list[Fault]


@dataclass(frozen=True)
class Cell:
    """One cell as shown; a faulty one is cut at the character that its fault names: before, that character, after."""

    letter: str
    header: str
    text: str
    is_faulty: bool = False
    at: str = ""
    after: str = ""


@dataclass
class FaultyRow:
    """The faults of one row with its cells; without a row, those of a sheet or of the file as a whole."""

    sheet: str
    row: int
    faults: list[Fault] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)


def read_draft(folder: Path, draft: Draft) -> Reading:
    """The draft as read; the same bytes are read once in a process. Problem draft_gone."""
    kept = _kept_reading(draft.digest)
    if not kept:
        kept.append(read_source(source_of(folder, draft), draft.name, files_of(folder, draft)))
    return kept[0]


@lru_cache(maxsize=8)
def _kept_reading(digest: str) -> list[Reading]:
    return []


def read_source(source: bytes, name: str, files: Mapping[str, bytes]) -> Reading:
    """The checklist in a source, or its errors."""
    try:
        checklist, warnings = read_with_files(source, name, composed(files))
    except ChecklistError as error:
        return Reading(None, error.faults, [])
    return Reading(checklist, [], warnings)


def rows_with_faults(source: bytes, name: str, faults: Iterable[Fault]) -> list[FaultyRow]:
    """The faults by row in their order, each row with its cells as far as the file can be read."""
    found: dict[tuple[str, int], FaultyRow] = {}
    for fault in faults:
        found.setdefault((fault.sheet, fault.row), FaultyRow(fault.sheet, fault.row)).faults.append(fault)
    wanted = {place for place in found if place[1]}
    known = _rows(source, name, wanted) if wanted else {}
    for place, row in found.items():
        if place in known:
            row.cells = _cells(known.get((place[0], 1), ()), known[place], row.faults)
    return list(found.values())


def _rows(source: bytes, name: str, wanted: Wanted) -> dict[tuple[str, int], Texts]:
    """These rows and the headers of their sheets, read as far as the file allows."""
    found: dict[tuple[str, int], Texts] = {}
    sheets = {sheet for sheet, _ in wanted}
    last = {sheet: max(row for known, row in wanted if known == sheet) for sheet in sheets}
    diagnosis = Diagnosis()
    try:
        for raw in reader_for(source, name, diagnosis)(source, diagnosis):
            sheet = next((known for known in (raw.name, raw.name.strip().lower()) if known in sheets), None)
            if sheet is not None:
                found |= _rows_of(raw, sheet, wanted, last[sheet])
    except (StopReadingError, ChecklistError):
        pass
    return found


def _rows_of(raw: RawSheet, sheet: str, wanted: Wanted, last: int) -> dict[tuple[str, int], Texts]:
    found = {}
    for number, texts in raw.rows:
        if number > last:
            break
        if number == 1 or (sheet, number) in wanted:
            found[sheet, number] = texts
    return found


def _cells(headers: Texts, texts: Texts, faults: list[Fault]) -> list[Cell]:
    """What is shown of a row: cells with something in them and the faulty ones, the others left out in between."""
    width = max(len(headers), len(texts))
    named = [" ".join(headers[n].split()) if n < len(headers) else "" for n in range(width)]
    filled = [texts[n].strip() if n < len(texts) else "" for n in range(width)]
    at = {n: fault for fault in reversed(faults) for n in range(width) if _is_meant(fault, n, named[n], filled[n])}
    shown = [n for n in range(width) if filled[n] or n in at]
    near = set(shown[:FIRST_CELLS]) | set(at)
    for n in sorted(shown, key=lambda n: min((abs(n - one) for one in at), default=n)):
        if len(near) < MOST_CELLS:
            near.add(n)
    return [_cell(n, named[n], filled[n], at.get(n)) for n in shown if n in near]


def _is_meant(fault: Fault, position: int, header: str, text: str) -> bool:
    """Whether a fault is about this cell; of a text in several languages, about those that lack it or that hold it."""
    if not fault.column or fault.column in (header, column_letter(position)):
        return bool(fault.column)
    return header.startswith(f"{fault.column}::") and (not text) == (fault.code in LACKING)


def _cell(position: int, header: str, text: str, fault: Fault | None) -> Cell:
    letter = column_letter(position)
    if fault is None:
        return Cell(letter, header, text[:LONGEST_BESIDE] + ("…" if len(text) > LONGEST_BESIDE else ""))
    cut = fault.character - 1 if 0 < fault.character <= len(text) else len(text)
    start = max(0, cut - LONGEST_CELL)
    before = ("…" if start else "") + text[start:cut]
    return Cell(letter, header, before, True, text[cut : cut + 1], text[cut + 1 : cut + LONGEST_CELL])
