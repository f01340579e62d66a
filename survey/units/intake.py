"""Taking in a list of units: looked at without changing anything, then applied as a whole in one transaction."""

from __future__ import annotations

import hashlib
import io
import json
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from forms.units import Unit, fold
from survey.database import Database, transaction
from survey.files.evidence import telling_what_is_lacking
from survey.map.boundary_file import some
from survey.problems import Problem
from survey.store import audit, unit_history
from survey.store.attachments import write_whole
from survey.units.changes import Period, Plan, plan_changes
from survey.units.file import LARGEST_FILE, Line, read_unit_file
from survey.units.rows import Entry, Province, RowFault, read_entry

LONGEST_NAME = 80
WAITS = 24 * 3600
"""Seconds for which a list that was only looked at stays on the server."""


@dataclass(frozen=True)
class Look:
    """A list that was compared with what is known. `digest` changes when it would do anything else than was shown."""

    plan: Plan
    sha256: str
    file_name: str
    lines: int
    digest: str


def look_at_list(db: Database, body: bytes, name: str, ends_on: date | None = None) -> Look:
    """What a list would change; Problem when it cannot be read at all. Nothing is written."""
    lines = read_unit_file(io.BytesIO(body))
    periods = unit_history.all_periods(db)
    entries, faults = _read(lines, _provinces(periods, lines))
    plan = plan_changes(entries, periods, unit_history.all_successions(db), ends_on)
    plan.faults = sorted([*plan.faults, *faults], key=lambda fault: fault.line)
    return Look(plan, hashlib.sha256(body).hexdigest(), _printable(name), len(lines), _digest(plan))


def apply_list(
    db: Database, body: bytes, name: str, *, by: str | None, ends_on: date | None = None, digest: str = ""
) -> Look:
    """Apply a list in one transaction with its audit row; one that changes nothing leaves no trace.

    Problem units_faulty when a line is wrong, units_changed_meanwhile when it would do anything else than what `digest`
    stands for.
    """
    with transaction(db):
        look = look_at_list(db, body, name, ends_on)
        if look.plan.faults:
            raise Problem("units_faulty", lines=some(sorted({str(one.line) for one in look.plan.faults}, key=int)))
        if digest and digest != look.digest and look.plan.changes_something:
            raise Problem("units_changed_meanwhile")
        if look.plan.changes_something:
            unit_history.write_periods(db, look.plan.periods)
            unit_history.write_successions(db, look.plan.successions)
            counts = look.plan.counts()
            unit_history.keep_import(db, look.sha256, look.file_name, counts, by)
            audit.record(db, "units_imported", by=by, file=look.file_name, sha256=look.sha256, units=counts)
    return look


def keep_list(folder: Path, body: bytes) -> str:
    """Put a list aside until it is applied; its hash. Older ones that nobody came back for are removed."""
    waiting = folder / "unit-lists"
    sha256 = hashlib.sha256(body).hexdigest()
    with telling_what_is_lacking():
        write_whole(waiting / sha256, body)
    for path in waiting.iterdir():
        if path.name != sha256 and time.time() - path.stat().st_mtime > WAITS:
            path.unlink(missing_ok=True)
    return sha256


def kept_list(folder: Path, sha256: str) -> bytes:
    """The list that was put aside; Problem units_list_gone."""
    try:
        with (folder / "unit-lists" / sha256).open("rb") as file:
            body = file.read(LARGEST_FILE)
    except OSError as error:
        raise Problem("units_list_gone") from error
    if hashlib.sha256(body).hexdigest() != sha256:
        raise Problem("units_list_gone")
    return body


def _read(lines: list[Line], province_of: Province) -> tuple[list[Entry], list[RowFault]]:
    entries: list[Entry] = []
    faults: list[RowFault] = []
    for line in lines:
        read = read_entry(line, province_of)
        if isinstance(read, Entry):
            entries.append(read)
        else:
            faults += read
    return entries, faults


def _provinces(periods: list[Period], lines: list[Line]) -> Province:
    """Who knows the provinces: those of the database on the day, else those that the list itself brings."""
    known: dict[str, list[Unit]] = {}
    for period in periods:
        if period.unit.kind == "province":
            known.setdefault(period.unit.code, []).append(period.unit)
    brought = {
        line.cells.get("code", "").zfill(2): line.cells
        for line in lines
        if fold(line.cells.get("kind", "")) == "province"
    }

    def province_of(code: str, day: date) -> Unit | None:
        found = next((unit for unit in known.get(code, []) if unit.is_valid_on(day)), None)
        name = brought.get(code, {}).get("province_name", "")
        if found or not name:
            return found
        return Unit(
            code=code, kind="province", name=name, province_code=code, province_name=name, latitude=None,
            longitude=None, area_km2=None, valid_from=day, valid_to=None,
        )  # fmt: skip

    return province_of


def _digest(plan: Plan) -> str:
    told = [
        [[unit.model_dump(mode="json"), str(counts_from)] for unit, counts_from in plan.periods],
        [[str(part) for part in one] for one in plan.successions],
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _printable(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name[-LONGEST_NAME:])
