"""The results of a unit over its visits: which can be compared with one another, and what stands between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from survey.store.unit_visits import LineVisit


class Method(NamedTuple):
    """How a result came about; results of one method can be compared."""

    checklist_id: str
    scoring: str
    scope: str
    formula_version: str


@dataclass(frozen=True)
class Result:
    """One result of the history. `continues`: it can be compared with the one before; `version_changes`: other form."""

    visit: LineVisit
    continues: bool
    version_changes: bool

    @property
    def form(self) -> str:
        return f"{self.visit.checklist_id} {self.visit.checklist_version}"


Scoring = Callable[[str, str], str]


def results_over_time(visits: Sequence[LineVisit], scoring_of: Scoring) -> list[Result]:
    """The results of the submitted visits, the earliest first; `scoring_of(checklist, version)` tells how one scores.

    Two in a row can be compared when checklist, scoring, scope and formula are the same and both are of the same unit.
    """
    assessed = sorted((v for v in visits if v.assessed and v.has_score), key=lambda v: (v.planned_on, v.id))
    found: list[Result] = []
    before: LineVisit | None = None
    for visit in assessed:
        same_method = before is not None and method_of(before, scoring_of) == method_of(visit, scoring_of)
        same_unit = before is not None and before.counts == visit.counts and (visit.counts or _one_code(before, visit))
        changes = before is not None and _form(before) != _form(visit)
        found.append(Result(visit, same_method and same_unit, changes))
        before = visit
    return found


def _one_code(one: LineVisit, other: LineVisit) -> bool:
    """Two visits of predecessors are of one unit when they have one code."""
    return one.unit_code == other.unit_code


def method_of(visit: LineVisit, scoring_of: Scoring) -> Method:
    scoring = scoring_of(visit.checklist_id, visit.checklist_version)
    return Method(visit.checklist_id, scoring, visit.scope, visit.formula_version or "")


def _form(visit: LineVisit) -> tuple[str, str, str]:
    return visit.checklist_id, visit.checklist_version, visit.scope
