"""All assessments again from the answers: for when the same answers would give another assessment than before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from survey.assess import assess_visit, keep_result
from survey.database import Database, connect, transaction
from survey.store import visits
from survey.store.visits import Visit

TOGETHER = 25
"""Assessments written in one transaction, which keeps tablets waiting for less than a tenth of a second."""

HANDED_OUT = 100
"""Visits that a process is given at once."""


class Rebuilt(NamedTuple):
    """How many assessments were made anew, and what stood in the way of others, by visit; these stay as they were."""

    number: int
    failed: dict[str, str]


def rebuild_assessments(db: Database, ids: Sequence[str]) -> Rebuilt:
    """Compute the results of these submitted visits again; those that are open by now have none and are left out.

    Nothing is locked while they are computed: only what is still the same visit when it is written counts.
    """
    number, failed = 0, dict[str, str]()
    for start in range(0, len(ids), TOGETHER):
        made = list[tuple[Visit, dict[str, Any]]]()
        for visit_id in ids[start : start + TOGETHER]:
            visit = visits.find(db, visit_id)
            if visit is None or visit.state != "submitted":
                continue
            try:
                made.append((visit, assess_visit(db, visit)))
            except Exception as error:
                failed[visit_id] = f"{type(error).__name__}: {error}"
        with transaction(db):
            for visit, result in made:
                if visits.find(db, visit.id) == visit:
                    keep_result(db, visit, result)
                    number += 1
    return Rebuilt(number, failed)


def rebuild_all(folder: Path, processes: int) -> Iterator[Rebuilt]:
    """The same for every submitted visit of a data folder, portion by portion, in several processes.

    They are started, not forked: SQLite's connections must not be carried into a child.
    """
    db = connect(folder)
    try:
        ids = visits.submitted_ids(db)
    finally:
        db.close()
    portions = [ids[start : start + HANDED_OUT] for start in range(0, len(ids), HANDED_OUT)]
    with ProcessPoolExecutor(min(processes, len(portions)) or 1, mp_context=get_context("spawn")) as pool:
        for done in as_completed([pool.submit(_rebuild_portion, folder, portion) for portion in portions]):
            yield done.result()


def _rebuild_portion(folder: Path, ids: Sequence[str]) -> Rebuilt:
    db = connect(folder)
    try:
        return rebuild_assessments(db, ids)
    finally:
        db.close()
