"""The synthesis with 100,000 assessed visits: each query, then the documents of the nation and of a full province."""

from __future__ import annotations

import json
import resource
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from random import Random

from bench.figures import Figure, from_runs, timed
from forms import units as unit_list
from forms.library import library_source
from survey.database import Database, connect, opened
from survey.documents.synthesis_facts import Asked, collect_synthesis
from survey.map.drawn_map import schematic_geometry
from survey.store import checklists, synthesis
from survey.store.synthesis import Span

ASSESSED = 100_000
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
FULL = "38"
"""A province of 166 communes and wards, which is how many the aim is about."""

RECOMMENDED, FIELDS = 25, ("tdclcl", "shtt", "cds")
MOST_MEMORY = 350


def measure(folder: Path) -> list[Figure]:
    """Milliseconds of each query and each document, and the most memory (MB) that making one took."""
    with opened(folder) as db:
        fill(db)
        figures = [from_runs(f"Synthesis query, {name}", timed(call, 9), "ms", 100) for name, call in queries(db)]
    return [*figures, *documents(folder, FULL, 6_000), *documents(folder, "", 30_000)]


def queries(db: Database) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each query for the province with the most units."""
    span = Span("79", LAST, FIRST, LAST, fictitious=True)
    visits = [one.visit for one in synthesis.latest_visits(db, span)]
    yield "units of a day", lambda: synthesis.count_units(db, LAST)
    yield "visits of a province", lambda: synthesis.count_visits(db, span)
    yield f"latest visits of a province ({len(visits)})", lambda: synthesis.latest_visits(db, span)
    for name in ("section_sums", "item_sums", "difficulties", "training", "advice"):
        yield name, lambda name=name: getattr(synthesis, name)(db, visits)


def documents(folder: Path, area: str, aim: float) -> list[Figure]:
    """One document made in a process of its own, as the server does; its memory is that process's alone."""
    with get_context("spawn").Pool(1) as pool:
        first, again, memory, pages = pool.apply(make, (folder, area))
    name = f"Synthesis of {'a province' if area else 'the nation'}, {pages} pages"
    return [
        Figure(f"{name}: first in its process", first, "ms", aim),
        Figure(f"{name}: again", again, "ms", aim),
        Figure("  most memory while making it", memory, "MB", MOST_MEMORY),
    ]


def make(folder: Path, area: str) -> tuple[float, float, float, int]:
    """Milliseconds of a first and a second making from the database to the PDF, MB of memory, and pages."""
    from io import BytesIO

    from pypdf import PdfReader

    from reports.synthesis.document import synthesis as document
    from reports.synthesis.facts import Period

    def once() -> bytes:
        with closing(connect(folder)) as db:  # like the renderer: the file is checked once, by the server
            facts = collect_synthesis(db, Asked(area, Period(start=FIRST, end=LAST)))
        return document(facts, "vi", schematic_geometry())

    kept: list[bytes] = []
    [first] = timed_once(lambda: kept.append(once()))
    [again] = timed_once(lambda: kept.append(once()))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return first, again, memory, len(PdfReader(BytesIO(kept[0])).pages)


def timed_once(call: Callable[[], object]) -> list[float]:
    from time import perf_counter

    start = perf_counter()
    call()
    return [(perf_counter() - start) * 1000]


def fill(db: Database) -> None:
    """Rows of the projection straight into its tables, as many beside each visit as the commune checklist gives."""
    version = checklists.publish(db, library_source("commune"), "commune.md", by=None)
    form = checklists.definition_of(db, version.id, version.version)
    gates = {node.name: node.gate for node in form.walk() if node.is_scored}
    db.conn.execute("pragma foreign_keys = off")
    db.conn.execute("begin")
    db.conn.execute(
        "insert into trip values ('t', '1/QĐ', '2026-01-01', 't', '2026-01-01', '2026-12-31', 'p', 1, 'x', 'p')"
    )
    rng = Random(1)
    rows = list(visits(rng, version.version))
    db.conn.executemany(
        """insert into assessment
             (visit_id, unit_code, province_code, visited_on, total, rank, level, confidence, gates_failed, result,
              checklist_version, checklist_id, lower, upper, completeness, formula_version, computed_at, fictitious)
           values (?, ?, ?, ?, ?, ?, 'improve', ?, ?, ?, ?, 'commune', 0, 100, 1, '1', '2026-01-01T00:00:00Z', 1)""",
        rows,
    )
    for statement, found in parts([str(row[0]) for row in rows], gates, rng, version.version):
        db.conn.executemany(statement, found)
    db.conn.execute("commit")


def visits(rng: Random, version: str) -> Iterator[tuple[object, ...]]:
    """One assessed visit each, spread over all units and the year, with a result as long as a real one is."""
    units = [u for u in unit_list.load() if u.kind in unit_list.COMMUNE_KINDS and u.is_valid_on(LAST)]
    result = json.dumps({"filler": "x" * 20_000})
    for number in range(ASSESSED):
        unit = units[number % len(units)]
        day = (FIRST + timedelta(days=rng.randrange(365))).isoformat()
        gates = json.dumps(rng.sample(["B01", "C01", "C04", "E04", "G04"], rng.randrange(4)))
        yield (
            f"bench-{number}", unit.code, unit.province_code, day, rng.uniform(20, 95), rng.randint(1, 4), rng.random(),
            gates, result, version,
        )  # fmt: skip


def parts(
    names: list[str], gates: dict[str, float | None], rng: Random, version: str
) -> Iterator[tuple[str, Iterator[tuple[object, ...]]]]:
    """Statements with the rows beside the visits."""
    yield (
        """insert into visit values
             (?, 't', ?, 'commune', ?, 'full', '2026-01-01', 'submitted', 'x', 'p', null, 1, 'x', 'p')""",
        ((name, name, version) for name in names),
    )
    yield (
        "insert into section_score values (?, ?, ?, 0, 100, 1)",
        ((name, section, rng.uniform(20, 95)) for name in names for section in "BCDEFGH"),
    )
    yield (
        "insert into item_score values (?, ?, ?, ?, 0)",
        (
            (name, item, rng.randrange(4) / 3, None if gate is None else rng.randrange(2))
            for name in names
            for item, gate in gates.items()
        ),
    )
    yield (
        "insert into visit_recommendation values (?, ?, ?, '', ?, 'normal', '2026-12-31', 0, 0)",
        ((name, n, f"B0{n % 9 + 1}", f"Cục {n % 12}") for name in names for n in range(RECOMMENDED)),
    )
    yield (
        "insert into visit_difficulty values (?, ?, ?)",
        ((name, group, rng.randrange(2)) for name in names for group in (1, 2, 3, 4)),
    )
    yield (
        "insert into visit_fact values (?, 1, 1, null, null, null, null, null)",
        ((name,) for name in names),
    )
    yield "insert into visit_training values (?, ?, 3)", ((name, field) for name in names for field in FIELDS)
