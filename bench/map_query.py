"""The data of the map with 100,000 assessed visits: the query alone, on made-up rows of the projection."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from bench.figures import Figure, from_runs, timed
from forms import units as unit_list
from survey.database import Database, opened
from survey.store.map import Scope, latest_results, latest_section_results

ASSESSED = 100_000
SECTIONS = "BCDEFGH"
NATION = Scope(day=date(2026, 6, 1), start=date(2025, 1, 1), end=date(2027, 1, 1))


def measure(folder: Path) -> list[Figure]:
    """Milliseconds of one answer for the nation: the level, and the score of one section."""
    with opened(folder) as db:
        _fill(db)
        level = timed(lambda: latest_results(db, NATION), 15)
        section = timed(lambda: latest_section_results(db, NATION, "C"), 15)
    return [
        from_runs(f"Map data, {ASSESSED:,} assessed visits: level", level, "ms", 50),
        from_runs(f"Map data, {ASSESSED:,} assessed visits: one section", section, "ms", 50),
    ]


def _fill(db: Database) -> None:
    """Rows of the projection straight into its tables: no visit stands behind them, so keys are not enforced."""
    rows = list(_rows(Random(1)))
    db.conn.execute("pragma foreign_keys = off")
    db.conn.execute("begin")
    db.conn.executemany(
        """insert into assessment
             (visit_id, unit_code, province_code, visited_on, total, rank, confidence, lower, upper, result,
              completeness, checklist_id, checklist_version, formula_version, computed_at, level, fictitious)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 'commune', '1', '1', '2026-01-01T00:00:00Z', 'improve', 1)""",
        rows,
    )
    parts = [(row[0], section, row[4], row[7], row[8]) for row in rows for section in SECTIONS]
    db.conn.executemany(
        "insert into section_score (visit_id, section, score, lower, upper, completeness) values (?, ?, ?, ?, ?, 1)",
        parts,
    )
    db.conn.execute("commit")


def _rows(rng: Random) -> Iterator[tuple[object, ...]]:
    """One assessed visit each, spread over all units and 700 days, with a result as long as a real one is."""
    units = [u for u in unit_list.load() if u.kind in unit_list.COMMUNE_KINDS and u.is_valid_on(NATION.day)]
    result = json.dumps({"filler": "x" * 20_000})
    for number in range(ASSESSED):
        unit, total = units[number % len(units)], rng.uniform(20, 95)
        day = (NATION.start + timedelta(days=rng.randrange(700))).isoformat()
        yield (
            f"bench-{number}", unit.code, unit.province_code, day, total, rng.randint(1, 4), rng.random(), total, total,
            result,
        )  # fmt: skip
