"""The least change of a numeric answer that scores better, found by trying answers on the live state."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from forms.answers import Keys, Place
from forms.assessment import TOLERANCE
from forms.logic.computing import COMPUTE, mean_score
from forms.logic.plan import Kind

if TYPE_CHECKING:
    from forms.logic.state import State

LEVELS: Final = (1 / 3, 2 / 3, 1.0)
UNITS: Final = {"integer": 1, "decimal": 100}
"""Tried answers lie on whole numbers, or on hundredths."""

KINDS: Final[tuple[Kind, Kind]] = ("constraint", "score")


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
    """The answer nearest to the present one whose score is at least `goal`; None when there is none within reach.

    Both ways are tried at once: the nearer ends the search.
    """
    node = state.engine.items[path].node
    present = state.value(path, keys)
    unit = UNITS.get(node.type)
    if unit is None or not node.score or node.calculation or not isinstance(present, int | float):
        return None
    start = math.floor(present * unit + 0.5)
    score_at = scorer(state, path, keys)

    def reaches(offset: int) -> bool:
        if start + offset < 0 <= present:
            return False
        score = score_at(in_units(start + offset, unit))
        return score is not None and score >= goal - TOLERANCE

    for missed, distance in tried_distances():
        ways = [way for way in (1, -1) if reaches(way * distance)]
        if ways:
            offsets = [way * least_distance(reaches, way, missed, distance) for way in ways]
            return in_units(start + min(offsets, key=abs), unit)  # of two equally near the greater
    return None


def in_units(number: int, unit: int) -> float:
    value = number / unit
    return int(value) if value == int(value) else value


def tried_distances() -> Iterator[tuple[int, int]]:
    """Every one up to 100, then every tenth up to 1,000, and so on, each after the one before."""
    yield from zip(range(100), range(1, 101), strict=True)
    for scale in (10, 100, 1_000, 10_000):
        yield from zip(range(10 * scale, 100 * scale, scale), range(11 * scale, 101 * scale, scale), strict=True)


def least_distance(reaches: Callable[[int], bool], way: int, missed: int, reached: int) -> int:
    """The least distance between one that does not reach and one that does."""
    while reached - missed > 1:
        middle = (missed + reached) // 2
        missed, reached = (missed, middle) if reaches(way * middle) else (middle, reached)
    return reached


def scorer(state: State, path: str, keys: Keys) -> Callable[[float], float | None]:
    """Gives the score that the question would have with an answer; None when the answer would not be valid."""
    reached = state.plan.reached_alone(path)
    if reached is not None:
        return tried_scorer(state, path, keys, reached)

    def look() -> float | None:
        valid = state.result(path, "constraint", keys) is not False
        return state.item_score(path, keys) if valid else None

    return lambda value: state.suppose(Place(path, keys), value, look)


def tried_scorer(state: State, path: str, keys: Keys, reached: Iterable[int]) -> Callable[[float], float | None]:
    """The same where only a few cells of the same instance have to be computed for each answer; nothing stays changed.

    Whatever else reads the answer is not asked meanwhile.
    """
    cells = [state.plan.cells[number] for number in reached]
    tried = state.results_of(path, "value")
    steps = [(COMPUTE[cell.kind](state, cell), state.results_of(cell.path, cell.kind)) for cell in cells]
    constraint, scores = (state.results_of(path, kind) for kind in KINDS)

    def score_at(value: float) -> float | None:
        before = [(results, results[keys]) for results in (tried, *(results for _, results in steps))]
        tried[keys] = value
        try:
            for compute, results in steps:
                results[keys] = compute(keys)
            found = None if constraint.get(keys) is False else mean_score([scores.get(keys)])
        finally:
            for results, result in before:
                results[keys] = result
        return found if isinstance(found, float) else None

    return score_at
