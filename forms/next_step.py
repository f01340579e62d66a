"""The least change of a numeric answer that scores better, found by trying answers on the live state."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, cast

from forms.answers import Keys, Place, Value
from forms.assessment import TOLERANCE
from forms.logic.computing import COMPUTE, mean_score
from forms.logic.plan import Kind

if TYPE_CHECKING:
    from forms.logic.state import State

LEVELS: Final = (1 / 3, 2 / 3, 1.0)
UNITS: Final = {"integer": 1, "decimal": 100}
"""Tried answers lie on whole numbers, or on hundredths."""

KINDS: Final[tuple[Kind, Kind]] = ("score", "constraint")


def next_step(state: State, path: str, keys: Keys) -> dict[str, Any] | None:
    """`value` (the nearest answer that reaches the next level), `delta` from the present one, `to` (its score).

    None when the question is not a scored number, not answered, at its best, or no near answer scores better.
    """
    score = state.item_score(path, keys)
    goal = next((level for level in LEVELS if score is not None and level > score + TOLERANCE), None)
    value = nearest_answer(state, path, keys, goal) if goal is not None else None
    present = state.value(path, keys)
    if value is None or not isinstance(present, int | float):
        return None
    return {"value": value, "delta": value - present, "to": scorer(state, path, keys)(value)}


def nearest_answer(state: State, path: str, keys: Keys, goal: float) -> float | None:
    """The answer nearest to the present one whose score is at least `goal`; None when there is none within reach."""
    node = state.engine.items[path].node
    present = state.value(path, keys)
    unit = UNITS.get(node.type)
    if unit is None or not node.score or node.calculation or not isinstance(present, int | float):
        return None
    start = math.floor(present * unit + 0.5)
    score_at = scorer(state, path, keys)

    def reaches(distance: int) -> bool:
        number = start + distance
        if number < 0 <= present:
            return False
        score = score_at(in_units(number, unit))
        return score is not None and score >= goal - TOLERANCE

    up = least_distance(reaches)
    down = least_distance(lambda distance: reaches(-distance))
    if up is None and down is None:
        return None
    upward = down is None or (up is not None and up <= down)
    return in_units(start + (up if upward else -(down or 0)), unit)  # type: ignore[operator]


def in_units(number: int, unit: int) -> float:
    value = number / unit
    return int(value) if value == int(value) else value


def least_distance(reaches: Callable[[int], bool]) -> int | None:
    """The least distance that reaches: every one up to 100 is tried, then every tenth up to 1,000, and so on."""
    missed = 0
    for distance in distances():
        if not reaches(distance):
            missed = distance
            continue
        while distance - missed > 1:
            middle = (missed + distance) // 2
            missed, distance = (missed, middle) if reaches(middle) else (middle, distance)
        return distance
    return None


def distances() -> Iterator[int]:
    yield from range(1, 101)
    for scale in (10, 100, 1_000, 10_000):
        yield from range(11 * scale, 101 * scale, scale)


class Tried:
    """A state as cells see it, with another answer to one question; whatever else was computed stays as it is."""

    def __init__(self, state: State, path: str, keys: Keys) -> None:
        self.state = state
        self.place = path, keys
        self.answer_tried: float = 0

    def value(self, path: str, keys: Keys) -> Value:
        return self.answer_tried if (path, keys) == self.place else self.state.value(path, keys)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.state, name)


def scorer(state: State, path: str, keys: Keys) -> Callable[[float], float | None]:
    """Gives the score that the question would have with an answer; None when the answer would not be valid."""
    if state.plan.decides_alone(path):
        return tried_scorer(state, path, keys)

    def look() -> float | None:
        valid = state.result(path, "constraint", keys) is not False
        return state.item_score(path, keys) if valid else None

    return lambda value: state.suppose(Place(path, keys), value, look)


def tried_scorer(state: State, path: str, keys: Keys) -> Callable[[float], float | None]:
    """The same where nothing else changes with the answer: only two cells have to be computed for each."""
    tried = Tried(state, path, keys)
    cells = {kind: state.plan.index.get((path, kind)) for kind in KINDS}
    score, constraint = (
        None if cell is None else COMPUTE[kind](cast("State", tried), state.plan.cells[cell])
        for kind, cell in cells.items()
    )

    def score_at(value: float) -> float | None:
        tried.answer_tried = value
        if score is None or (constraint and constraint(keys) is False):
            return None
        found = mean_score([score(keys)])
        return found if isinstance(found, float) else None

    return score_at
