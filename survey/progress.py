"""How far a visit has come: answers by section, and the question to go on with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from forms.checklist import Text
from forms.logic.state import State
from survey.assess import open_visit
from survey.database import Database
from survey.field.outline import Asked, Part, asked_in, outline_of
from survey.store import visits
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
    is_begun: bool

    @property
    def answered(self) -> int:
        return sum(section.answered for section in self.sections)

    @property
    def applicable(self) -> int:
        return sum(section.applicable for section in self.sections)

    @property
    def percent(self) -> float:
        return 100 * self.answered / self.applicable if self.applicable else 0.0


def progress_of(db: Database, visit: Visit) -> Progress:
    """The progress of a visit, computed once for each state of its log."""
    last_change = visits.last_change(db, visit.id)
    kept = _kept_progress(visit, last_change)
    if not kept:
        state = open_visit(db, visit)
        kept.append(measure(state, outline_of(state.engine.checklist, visit.scope), is_begun=last_change > 0))
    return kept[0]


@lru_cache(maxsize=2000)
def _kept_progress(visit: Visit, last_change: int) -> list[Progress]:
    return []


def measure(state: State, parts: list[Part], *, is_begun: bool) -> Progress:
    """Progress by section as the checklist page counts it: one for each item that is asked.

    Answers that the form gives by itself count, but somebody must have written one for the visit to have begun.
    """
    missing = state.assessment().missing
    sections = []
    for part in parts:
        items = [_is_answered(state, asked, missing) for asked in asked_in(part)]
        counted = [answered for answered in items if answered is not None]
        sections.append(SectionProgress(part.slug, part.label, sum(counted), len(counted)))
    section, code = place_of(missing[0]) if missing else (None, None)
    return Progress(tuple(sections), section, code, is_begun)


def _is_answered(state: State, asked: Asked, missing: list[str]) -> bool | None:
    """Whether an item is done: its required questions decide, else any answer; None when it is not asked."""
    questions = [state.question(path) for path in asked.paths]
    relevant = [question for question in questions if question["relevant"]]
    repeats = [path for path in asked.repeats if state.is_relevant(path, ())]
    if not relevant and not repeats:
        return None
    answered = [question["value"] is not None or question["state"] is not None for question in relevant]
    enough = all(done for done, question in zip(answered, relevant, strict=True) if question["required"])
    complete = not any(place.startswith(f"{path}[") for path in repeats for place in missing)
    return enough and complete and (any(answered) or any(state.instances(path, ()) for path in repeats))


def place_of(path: str) -> tuple[str, str]:
    """The section and the code of the question at an instance path.

    A part of a composite question goes by the question's code: "/A/A05/A05_phone" → ("A", "A05").
    """
    parts = [part.partition("[")[0] for part in path.strip("/").split("/")]
    if len(parts) == 1:
        return "0", parts[0]
    return parts[0], parts[1] if parts[-1].startswith(parts[1]) else parts[-1]
