"""How far a visit has come: answers by section, and the question to go on with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from forms.checklist import Text
from survey.assess import result_of_visit
from survey.database import Database
from survey.store import checklists, visits
from survey.store.visits import Visit


@dataclass(frozen=True)
class SectionProgress:
    name: str
    label: Text
    answered: int
    applicable: int

    @property
    def percent(self) -> float:
        return 100 * self.answered / self.applicable if self.applicable else 0.0

    @property
    def is_full(self) -> bool:
        return 0 < self.applicable == self.answered


@dataclass(frozen=True)
class Progress:
    """`next_section` and `next_code` say where to go on: the first question without an answer."""

    sections: tuple[SectionProgress, ...]
    next_section: str | None
    next_code: str | None

    @property
    def answered(self) -> int:
        return sum(section.answered for section in self.sections)

    @property
    def applicable(self) -> int:
        return sum(section.applicable for section in self.sections)

    @property
    def percent(self) -> float:
        return 100 * self.answered / self.applicable if self.applicable else 0.0

    @property
    def is_begun(self) -> bool:
        return self.answered > 0


def progress_of(db: Database, visit: Visit) -> Progress:
    """The progress of a visit, computed once for each state of its log."""
    kept = _kept_progress(visit, visits.last_change(db, visit.id))
    if not kept:
        kept.append(measure(result_of_visit(db, visit), _labels(db, visit)))
    return kept[0]


@lru_cache(maxsize=2000)
def _kept_progress(visit: Visit, last_change: int) -> list[Progress]:
    return []


def _labels(db: Database, visit: Visit) -> dict[str, Text]:
    checklist = checklists.definition_of(db, visit.checklist_id, visit.checklist_version)
    return {section.name: section.label for section in checklist.sections}


def measure(result: Mapping[str, Any], labels: Mapping[str, Text]) -> Progress:
    """Progress from the `evaluate` JSON; section labels come from the checklist."""
    assessment = result["assessment"]
    sections = tuple(
        SectionProgress(name, labels.get(name, {"vi": name}), score["answered"], score["applicable"])
        for name, score in assessment["sections"].items()
    )
    first = next(iter(assessment["missing"]), None)
    section, code = place_of(first) if first else (None, None)
    return Progress(sections, section, code)


def place_of(path: str) -> tuple[str, str]:
    """The section and the code of the question at an instance path.

    A part of a composite question goes by the question's code: "/A/A05/A05_phone" → ("A", "A05").
    """
    parts = [part.partition("[")[0] for part in path.strip("/").split("/")]
    if len(parts) == 1:
        return "0", parts[0]
    return parts[0], parts[1] if parts[-1].startswith(parts[1]) else parts[-1]
