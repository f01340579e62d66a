"""What checklists of any length cost the server: publishing, recomputing a visit, rebuilding assessments."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import deque
from pathlib import Path
from random import Random

from bench.evening import fillings
from bench.figures import Figure, from_runs, timed
from bench.form_sample import DAY, add_leader, answers_to, log_of, source_of
from forms.engine import compile_checklist
from forms.evaluation import evaluate_state
from forms.library import library_source
from forms.xlsform.reader import read_checklist
from survey.clock import new_id, utc_text
from survey.database import opened, transaction
from survey.rebuilding import rebuild_all
from survey.store import changes, checklists, visits

REBUILT = 10_000
SHARE = 2_000
"""So many of them are rebuilt in truth; each takes the same, but starting the processes counts five times."""

PUBLISH = """
import json, sys
from pathlib import Path
from time import perf_counter
from bench.form_sample import source_of
from survey.database import opened
from survey.store import checklists
with opened(Path(sys.argv[1])) as db:
    checklists.publish(db, source_of(20, "0"), "warm.md", by=None)
    source = source_of(int(sys.argv[2]), sys.argv[3])
    start = perf_counter()
    checklists.publish(db, source, "form.md", by=None)
    print(json.dumps((perf_counter() - start) * 1000))
"""
"""In a process that has read another checklist before, as a server has, but nothing of this one."""


def measure(folder: Path) -> list[Figure]:
    """Milliseconds of each, and seconds of the rebuilding."""
    return [*_publishing(folder / "publish"), *_recomputing(), _rebuilding(folder / "rebuild")]


def _publishing(data: Path) -> list[Figure]:
    aims = {80: None, 300: None, 1_000: 1500.0}
    return [
        from_runs(f"Publishing {size:,} questions", [_publish(data, size, run) for run in range(3)], "ms", aim)
        for size, aim in aims.items()
    ]


def _publish(data: Path, size: int, run: int) -> float:
    arguments = [sys.executable, "-c", PUBLISH, str(data), str(size), str(run)]
    said = subprocess.run(arguments, check=True, capture_output=True, text=True).stdout
    return float(json.loads(said))


def _recomputing() -> list[Figure]:
    """From the answers of a visit to its state and assessment; and to all that pages ask about it."""
    engine = compile_checklist(read_checklist(source_of(1_000), "bench.md")[0])
    answers = answers_to(1_000, Random(1))
    name = "Recomputing a visit of 1,000 questions on the server"
    return [
        from_runs(name, timed(lambda: engine.open(answers, DAY).assessment(), 15), "ms", 15),
        from_runs(
            "  with every question, what lifts the unit, recommendations",
            timed(lambda: evaluate_state(engine.open(answers, DAY)), 5),
            "ms",
        ),
    ]


def _rebuilding(data: Path) -> Figure:
    """All assessments of the commune checklist again: from the log through the logic into the projections."""
    with opened(data) as db, transaction(db):
        trip, author = add_leader(db)
        version = checklists.publish(db, library_source("commune"), "commune.md", by=author)
        patterns = fillings(db, version, Random(7))
        for number in range(SHARE):
            visit = new_id()
            visits.add(db, visit, trip, f"{number:05d}", (version.id, version.version), DAY, author)
            changes.append_changes(db, log_of(visit, patterns[number % len(patterns)], author), utc_text(), author)
            visits.mark_submitted(db, visit, author, "measured")
    spans = timed(lambda: deque(rebuild_all(data, os.cpu_count() or 1), maxlen=0), 3)
    runs = [span / 1000 * REBUILT / SHARE for span in spans]
    return from_runs(f"{REBUILT:,} assessments of 90 questions rebuilt, from {SHARE:,}", runs, "s", 20)
