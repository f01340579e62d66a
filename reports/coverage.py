"""Counts and means of what the map shows: how many units were visited, at which step, with which mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Scale = Literal["lv", "sc", "wn", "df", "yn"]
"""Colours of steps: levels 1 to 4; fifths of a score 1 to 5; amounts of what is bad 1 to 5; worse and better 1 to 5
with 3 in the middle; no and yes, 1 and 2."""

TOP: dict[Scale, int] = {"lv": 4, "sc": 5, "wn": 5, "df": 5, "yn": 2}
LOW_CONFIDENCE = 0.6


@dataclass(frozen=True)
class Cell:
    """One visited unit. `step` 0 = visited, not enough data to conclude; `score` the value of the layer or None.

    The value of the layer of levels is the total. `visited_on` is an ISO day.
    """

    code: str
    province: str
    step: int
    score: float | None
    low: bool
    fictitious: bool
    visited_on: str = ""


@dataclass(frozen=True)
class Summary:
    """What is said about many units at once; `steps` counts visited units by step, 0 to 4 or 5."""

    units: int
    visited: int
    steps: dict[int, int]
    low: int
    mean: float | None

    @property
    def unvisited(self) -> int:
        return self.units - self.visited

    @property
    def known(self) -> int:
        """The visited units that have a value, which the mean is of."""
        return self.visited - self.steps.get(0, 0)


def step_of(scale: Scale, rank: int | None, score: float | None) -> int:
    """The step on which a unit is drawn: its level, or the fifth of the score (60 belongs to 60–80)."""
    if scale == "lv":
        return rank or 0
    return 0 if score is None else min(5, int(score // 20) + 1)


def is_low(confidence: float | None) -> bool:
    """Whether the evidence is too weak to show the result without a mark (the design's limit of 0.6)."""
    return confidence is not None and confidence < LOW_CONFIDENCE


def summarize(cells: Sequence[Cell], units: int) -> Summary:
    """The summary of visited units among `units`; the mean is of visited units with a score, unvisited are never 0."""
    scores = [cell.score for cell in cells if cell.score is not None]
    return Summary(
        units=units,
        visited=len(cells),
        steps=dict(Counter(cell.step for cell in cells)),
        low=sum(cell.low for cell in cells),
        mean=sum(scores) / len(scores) if scores else None,
    )


def by_province(cells: Iterable[Cell], units: dict[str, int]) -> dict[str, Summary]:
    """A summary for each province of `units` (communes by province code), visited or not."""
    groups: dict[str, list[Cell]] = {code: [] for code in units}
    for cell in cells:
        groups[cell.province].append(cell)
    return {code: summarize(group, units[code]) for code, group in groups.items()}


def segments(summary: Summary, scale: Scale, width: float = 1000) -> list[tuple[int, float, float]]:
    """The parts of a coverage bar from the best step down to 0: step, start and length in units of `width`."""
    parts, start = [], 0.0
    down = range(TOP[scale], 0, -1)
    for step in (*(reversed(down) if scale == "wn" else down), 0):
        length = width * summary.steps.get(step, 0) / max(1, summary.units)
        if length:
            parts.append((step, round(start, 1), round(length, 1)))
        start += length
    return parts
