"""The data of the map with 100,000 assessed visits: the queries alone, on made-up rows of the projection."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from bench.figures import Figure, from_runs, timed
from forms import units as unit_list
from survey.database import Database, opened
from survey.store.map import MEASURES, Scope, latest_values

ASSESSED = 100_000
SECTIONS = "BCDEFGH"
ITEMS = ("B01", "C01", "C04", "C06", "D01", "D05", "E04", "F08", "G04", "H01")
AGREED = 5
NATION = Scope(day=date(2026, 6, 1), start=date(2025, 1, 1), end=date(2027, 1, 1))
OF = {"section": "C", "item": "C01", "gate": "C01", "difficulty": "3"}


def measure(folder: Path) -> list[Figure]:
    """Milliseconds of one answer for the nation, for each thing that a layer can show."""
    with opened(folder) as db:
        fill(db)
        return [_measure_one(db, name) for name in MEASURES]


def _measure_one(db: Database, name: str) -> Figure:
    runs = timed(lambda: latest_values(db, NATION, name, OF.get(name, ""), with_confidential=True), 9)
    return from_runs(f"Map data, {ASSESSED:,} assessed visits: {name}", runs, "ms", 100)


def fill(db: Database, assessed: int = ASSESSED) -> None:
    """Rows of the projection straight into its tables: no visit stands behind them, so keys are not enforced."""
    rows = list(_rows(Random(1), assessed))
    db.conn.execute("pragma foreign_keys = off")
    db.conn.execute("begin")
    db.conn.executemany(
        """insert into assessment
             (visit_id, unit_code, province_code, visited_on, total, rank, confidence, lower, upper, result,
              completeness, checklist_id, checklist_version, formula_version, computed_at, level, fictitious)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 'commune', '1', '1', '2026-01-01T00:00:00Z', 'improve', 1)""",
        rows,
    )
    for statement, found in _parts([str(row[0]) for row in rows], Random(2)):
        db.conn.executemany(statement, found)
    db.conn.execute("commit")


def _rows(rng: Random, assessed: int) -> Iterator[tuple[object, ...]]:
    """One assessed visit each, spread over all units and 700 days, with a result as long as a real one is."""
    units = [u for u in unit_list.load() if u.kind in unit_list.COMMUNE_KINDS and u.is_valid_on(NATION.day)]
    result = json.dumps({"filler": "x" * 20_000})
    for number in range(assessed):
        unit, total = units[number % len(units)], rng.uniform(20, 95)
        day = (NATION.start + timedelta(days=rng.randrange(700))).isoformat()
        yield (
            f"bench-{number}", unit.code, unit.province_code, day, total, rng.randint(1, 4), rng.random(), total, total,
            result,
        )  # fmt: skip


def _parts(visits: list[str], rng: Random) -> Iterator[tuple[str, Iterator[tuple[object, ...]]]]:
    """Statements with the rows beside the visits."""
    yield (
        "insert into section_score values (?, ?, ?, 0, 100, 1)",
        ((visit, section, rng.uniform(20, 95)) for visit in visits for section in SECTIONS),
    )
    yield (
        "insert into item_score values (?, ?, ?, ?, 0)",
        ((visit, item, rng.randrange(4) / 3, rng.randrange(2)) for visit in visits for item in ITEMS),
    )
    yield (
        "insert into visit_fact values (?, ?, ?, 900, 850, 840, ?, ?)",
        ((visit, rng.randrange(6), rng.randrange(5), rng.uniform(1, 9), rng.randrange(4)) for visit in visits),
    )
    yield (
        "insert into visit_difficulty values (?, ?, ?)",
        ((visit, group, rng.randrange(2)) for visit in visits for group in (1, 2, 3, 4)),
    )
    yield (
        "insert into commitment values (?, ?, 'unit', 'C01', 'agreed', ?, '', '', 0)",
        ((visit, str(n), f"2026-0{rng.randint(1, 9)}-01") for visit in visits for n in range(AGREED)),
    )
