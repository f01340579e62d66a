"""The scores of visits as the copies for a province show them: without what is restricted in their checklist."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from forms.engine import Engine
from reports.items import INSTANCE_KEY
from reports.restricted import Restricted, restricted_in
from reports.synthesis.copies import SharedScore
from reports.synthesis.facts import UnitResult
from survey.database import Database
from survey.recorded import answers_with_recorded
from survey.store import checklists, visits


class Shared(NamedTuple):
    """A checklist in which nothing restricted counts, compiled, and what is restricted in it."""

    engine: Engine
    restricted: Restricted


def shared_scores(db: Database, results: Iterable[UnitResult]) -> dict[str, SharedScore]:
    """The scores by visit, computed from the log; visits in whose scores nothing restricted has a share are left out.

    Some 10 ms for each visit that this process has not scored before, so for a province and not for the nation.
    """
    found = {}
    for one in results:
        version = checklists.require_version(db, one.checklist, one.version)
        shared = shared_in(db, one.checklist, one.version, version.sha256)
        if shared.restricted.touches_scores:
            kept = _kept_score(one.visit, visits.last_change(db, one.visit), version.sha256)
            if not kept:
                kept.append(rescored(db, one, shared))
            found[one.visit] = kept[0]
    return found


def rescored(db: Database, one: UnitResult, shared: Shared) -> SharedScore:
    """The scores of one visit from the answers that the copy may show."""
    hidden = shared.restricted.paths
    answers = answers_with_recorded(db, one.visit, shared.engine.checklist)
    shown = {
        path: value for path, value in answers.items() if INSTANCE_KEY.sub("", path.partition("#")[0]) not in hidden
    }
    unit = {"code": one.unit, "name": one.name, "kind": one.kind}
    assessment = shared.engine.open(shown, one.visited_on.isoformat(), one.scope, unit, seed=one.visit).assessment()
    return SharedScore(
        total=assessment.total,
        rank=assessment.level.rank if assessment.level else None,
        level=assessment.level.name if assessment.level else None,
        completeness=assessment.completeness,
        sections={one.name: None if one.score is None else 100 * one.score for one in assessment.sections},
    )


def shared_in(db: Database, checklist: str, version: str, sha256: str) -> Shared:
    """A published version as the copies for a province know it."""
    kept = _kept(sha256)
    if not kept:
        restricted = restricted_in(checklists.definition_of(db, checklist, version))
        kept.append(Shared(Engine(restricted.unweighted()), restricted))
    return kept[0]


@lru_cache(maxsize=4096)
def _kept_score(visit: str, change: int, sha256: str) -> list[SharedScore]:
    """One for each state of the log of a visit, computed once."""
    return []


@lru_cache(maxsize=16)
def _kept(sha256: str) -> list[Shared]:
    """One for each published source, compiled once: a version never changes."""
    return []
