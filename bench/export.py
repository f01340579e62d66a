"""Answers taken out: visits a second and the most memory, for a few hundred visits and for four times as many.

The visits of the demo are copied with their logs and results, so that each is as long as a real one. Memory stays flat
because nobody holds more than fifty visits at a time: the database sorts their ids, the file leaves in pieces, rows of
repeats and sheets of Excel wait on the disk. `python -m bench.export 100000` measures as many visits as it is told.
"""

from __future__ import annotations

import resource
import sqlite3
import sys
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.figures import Figure
from bench.server import make_demo
from survey.database import FILE_NAME, opened

TIMES = 4
DEMO = 120
KINDS: dict[str, dict[str, object]] = {
    "CSV, full copy": {"form": "csv", "internal": True},
    "CSV, shared copy (scores computed anew)": {"form": "csv"},
    "CSV with scores, notes, history": {
        "form": "csv", "internal": True, "scores": True, "notes": True, "history": True
    },
    "JSON, full copy": {"form": "json", "internal": True},
    "GeoJSON, full copy": {"form": "geojson", "internal": True},
    "Excel, full copy": {"form": "xlsx", "internal": True},
}  # fmt: skip

COPIES = """
insert into trip select id || :n, decision_number, decision_date, title, starts_on, ends_on, leader_id, fictitious,
  created_at, created_by from trip where id not like '%:%';
insert into visit select id || :n, trip_id || :n, unit_code, checklist_id, checklist_version, scope, planned_on, state,
  submitted_at, submitted_by, incomplete_reason, fictitious, created_at, created_by from visit where id not like '%:%';
insert into change (id, visit_id, question, value, replaces, at, device_at, device, author_id, received_at)
  select id, visit_id || :n, question, value, replaces, at, device_at, device, author_id, received_at
  from change where visit_id not like '%:%';
insert into assessment select visit_id || :n, unit_code, province_code, checklist_id, checklist_version,
  formula_version, visited_on, computed_at, total, level, rank, completeness, confidence, lower, upper, gates_failed,
  fictitious, result from assessment where visit_id not like '%:%'
"""


def measure(data: Path, folder: Path, times: int = TIMES) -> list[Figure]:
    """Visits a second and MB of each kind of file; the memory for the demo's own visits beside it."""
    few, many = folder / "few", folder / "many"
    copy(data, few)
    copy(data, many)
    multiply(many, times)
    figures = []
    for name, kind in KINDS.items():
        (first, _, least), (visits, seconds, most) = run(few, kind), run(many, kind)
        figures.append(Figure(f"{name}: {visits:,} visits", visits / seconds, "/s", more_is_better=True))
        figures.append(Figure(f"  most memory with {first:,} visits", least, "MB"))
        figures.append(Figure(f"  most memory with {visits:,} visits", most, "MB", least + 40))
    return figures


def copy(data: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    with sqlite3.connect(data / FILE_NAME) as old, sqlite3.connect(folder / FILE_NAME) as new:
        old.backup(new)


def multiply(folder: Path, times: int) -> None:
    """Each visit so many times over, on trips of its own."""
    with opened(folder) as db:
        db.conn.execute("pragma synchronous = off")
        db.conn.execute("begin")
        for number in range(1, times):
            for statement in COPIES.split(";\n"):
                db.conn.execute(statement, {"n": f":{number}"})
        db.conn.execute("commit")


def run(folder: Path, kind: dict[str, object]) -> tuple[int, float, float]:
    """Visits, seconds and MB of one export in a process of its own, whose memory is its alone."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(take_out, (folder, kind))


def take_out(folder: Path, kind: dict[str, object]) -> tuple[int, float, float]:
    from survey.answers.reading import Wanted
    from survey.answers.sending import prepared
    from survey.store.exported_visits import Scope

    wanted = Wanted(scope=Scope(checklist="commune"), **kind)  # type: ignore[arg-type]
    with prepared(folder, wanted) as export, (folder / "taken").open("wb") as file:
        start = perf_counter()
        for piece in export.pieces(folder):
            file.write(piece)
        seconds = perf_counter() - start
    return export.visits, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(visits: int) -> None:
    with TemporaryDirectory() as folder:
        data = Path(folder) / "demo"
        make_demo(data, DEMO)
        for figure in measure(data, Path(folder), max(2, visits // DEMO)):
            print(figure.line(), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DEMO * TIMES)
