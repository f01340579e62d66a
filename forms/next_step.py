"""The least change of a numeric answer that scores better, found by trying answers on the live state."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from forms.answers import Keys, Place
from forms.assessment import TOLERANCE

if TYPE_CHECKING:
    from forms.logic.state import State

LEVELS: Final = (1 / 3, 2 / 3, 1.0)
UNITS: Final = {"integer": 1, "decimal": 100}
"""Tried answers lie on whole numbers, or on hundredths."""


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
    return {"value": value, "delta": value - present, "to": score_at(state, path, keys, value)}


def nearest_answer(state: State, path: str, keys: Keys, goal: float) -> float | None:
    """The answer nearest to the present one whose score is at least `goal`; None when there is none within reach."""
    node = state.engine.items[path].node
    present = state.value(path, keys)
    unit = UNITS.get(node.type)
    if unit is None or not node.score or node.calculation or not isinstance(present, int | float):
        return None
    start = math.floor(present * unit + 0.5)

    def reaches(distance: int) -> bool:
        number = start + distance
        if number < 0 <= present:
            return False
        score = score_at(state, path, keys, in_units(number, unit))
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


def score_at(state: State, path: str, keys: Keys, value: float) -> float | None:
    """The score the question would have with this answer; None when the answer would not be valid."""

    def look() -> float | None:
        valid = state.result(path, "constraint", keys) is not False
        return state.item_score(path, keys) if valid else None

    return state.suppose(Place(path, keys), value, look)
