"""What the page of the map reckons itself: sums of weakness around a place, and two panes beside each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.javascript import run_module

FOLDER = Path(__file__).parents[1] / "static" / "map"
VIEW = '{"width": 80, "height": 40, "left": 200, "top": 110, "scale": 40}'


def run(name: str, call: str):
    return run_module((FOLDER / name).read_text("utf-8"), call)


@pytest.fixture(scope="module")
def sums():
    """Two units of weight 1 and 0.5 in one place, 30 km around it and just beyond, one of weight 0 elsewhere."""
    radius = f"radiusAt(110.5, {VIEW}.scale)"
    call = f"""(() => {{
      const found = sumUp([[201, 110.5, 1], [201, 110.5, 0.5], [201.9, 110.9, 0]], {VIEW});
      const at = (x, y) => found.sums[Math.round(y / CELL) * found.columns + Math.round(x / CELL)];
      return [{radius}, at(40, 20), found.most, at(40 + {radius} / 2, 20), at(40 + {radius} + CELL, 20), at(76, 36)];
    }})()"""
    return run("heat.js", call)


def test_weakness_falls_off_to_nothing_at_30_kilometres(sums):
    radius, middle, most, half, beyond, elsewhere = sums
    assert radius == pytest.approx(30 / (40075 / 256 * 0.909) * 40, rel=0.01)  # 24.6° north
    assert (middle, most, beyond, elsewhere) == (1.5, 1.5, 0, 0)
    assert half == pytest.approx(1.5 * 0.75, abs=0.35)


def test_nothing_known_has_no_sum():
    assert run("heat.js", f"sumUp([], {VIEW}).most") == 0


def test_two_panes_show_the_same_place():
    call = f"""[viewOfPane({VIEW}, 2), worldAt({VIEW}, 2, {{x: 20, y: 20}}), worldAt({VIEW}, 2, {{x: 60, y: 20}}),
                 worldAt({VIEW}, 1, {{x: 60, y: 20}}), paneAt({VIEW}, 2, 39), paneAt({VIEW}, 2, 40)]"""
    assert run("panes.js", call) == [
        {"width": 40, "height": 40, "left": 200.5, "top": 110, "scale": 40},
        [201, 110.5], [201, 110.5], [201.5, 110.5], 0, 1,
    ]  # fmt: skip
