"""Steps of colour and weights of weakness of the map's layers."""

from __future__ import annotations

import pytest

from reports.coverage import TOP
from reports.scales import CHANGES, SCALES, change_steps


@pytest.mark.parametrize(
    ("scale", "values", "steps"),
    [
        ("level", (1, 2, 3, 4, None), (1, 2, 3, 4, 0)),
        ("score", (0, 19.9, 20, 59.99999999999999, 100), (1, 1, 2, 4, 5)),
        ("gate", (0, 1), (1, 2)),
        ("named", (0, 1, 2), (2, 1, 1)),
        ("count", (0, 1, 2, 3, 4, 6, 11), (1, 2, 3, 3, 4, 5, 5)),
        ("load", (0, 3.9, 8), (1, 2, 5)),
        ("neighbours", (0.4, 0.5, 1, 1.25, 2), (5, 4, 3, 2, 1)),
        ("signal", (0, 1, 2, 3), (1, 2, 3, 4)),
        ("days", (30, 31, 366), (1, 2, 5)),
    ],
)
def test_values_become_steps(scale, values, steps):
    assert tuple(SCALES[scale].step_of(value) for value in values) == steps


@pytest.mark.parametrize("steps", [*SCALES.values(), *map(change_steps, CHANGES)])
def test_no_step_lacks_a_colour(steps):
    assert max(steps.order) <= TOP[steps.ramp]


@pytest.mark.parametrize(("scale", "best", "worst"), [("level", 4, 1), ("score", 100, 0), ("count", 0, 9)])
def test_weakness_runs_from_the_best_value_to_the_worst(scale, best, worst):
    steps = SCALES[scale]
    assert (steps.weakness(best), steps.weakness(worst), steps.weakness(None)) == (0.0, 1.0, 0.0)


@pytest.mark.parametrize(
    ("scale", "differences", "steps"),
    [("score", (-12, -5, 0, 2, 10), (1, 2, 3, 4, 5)), ("count", (3, 1, 0, -1, -3), (1, 2, 3, 4, 5))],
    ids=["more is better", "more is worse"],
)
def test_differences_diverge_from_much_worse_to_much_better(scale, differences, steps):
    assert tuple(change_steps(scale).step_of(one) for one in differences) == steps


def test_legends_begin_with_the_best_step():
    assert (SCALES["score"].order, SCALES["count"].order) == ([5, 4, 3, 2, 1], [1, 2, 3, 4, 5])
