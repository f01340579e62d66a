"""Units as pixels: the file of the geometry as the page reads it, the runs of pixels of each unit, their painting."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from reports.map import packed
from tests.javascript import joined, run_module

FOLDER = Path(__file__).parents[1] / "static" / "map"
SCRIPT = joined([FOLDER / "cells.js", FOLDER / "pixels.js"])
VIEW = {"columns": 8, "rows": 5, "scale": 1, "left": 100, "top": 50}


def square(x: int, y: int, side: int) -> list[tuple[int, int]]:
    """A closed arc, clockwise on the screen."""
    return [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]


def file_of(arcs: list[list[tuple[int, int]]], **units: list[list[list[int]]]) -> str:
    """A geometry of one step a pixel, with units by name in the order of their painting, for a script."""
    points, last = [], (0, 0)
    for x, y in (point for arc in arcs for point in arc):
        points += [x - last[0], y - last[1]]
        last = (x, y)
    columns: dict[str, Any] = {"id": list(units), "name": list(units), "province": ["38"] * len(units), "schematic": []}
    whole = {"id": ["38"], "name": ["Tỉnh"], "province": [None], "schematic": [], "polygons": [[[[0]]]]}
    lengths = [len(arc) for arc in arcs]
    geometry = {"steps": 1, "points": points, "lengths": lengths, "provinces": whole}
    file = packed(geometry | {"units": columns | {"polygons": list(units.values())}})
    return (
        f"Uint8Array.from(atob({json.dumps(base64.b64encode(file).decode())}), (letter) => letter.charCodeAt(0)).buffer"
    )


def painted(file: str, inks: str = "[97, 98, 99]", **view: float) -> list[str]:
    """The rows of a picture in which each colour is a letter and the sea a dot."""
    call = f"""(() => {{
      const [geometry, view] = [readGeometry({file}), {json.dumps(VIEW | view)}];
      const picture = new Uint32Array(view.columns * view.rows).fill(46);
      paintRuns(picture, view.columns, new Pixels(geometry).runsAt(view), {inks});
      return String.fromCharCode(...picture);
    }})()"""
    rows: str = run_module(SCRIPT, call)
    columns = VIEW["columns"]
    return [rows[start : start + columns] for start in range(0, len(rows), columns)]


def test_neighbours_meet_without_a_gap_and_a_hole_stays_open():
    shared = [(103, 51), (103, 54)]
    left, right = [(103, 54), (101, 54), (101, 51), (103, 51)], [(103, 51), (107, 51), (107, 54), (103, 54)]
    file = file_of([shared, left, right, square(105, 52, 1)], one=[[[0, 1]]], two=[[[~0, 2], [~3]]])
    assert painted(file) == ["........", ".aabbbb.", ".aabb.b.", ".aabbbb.", "........"]


def test_a_later_unit_lies_above():
    file = file_of([square(101, 51, 3), square(103, 52, 3)], one=[[[0]]], two=[[[1]]])
    assert painted(file) == ["........", ".aaa....", ".aabbb..", ".aabbb..", "...bbb.."]


def test_a_picture_holds_what_lies_in_it():
    file = file_of([square(90, 40, 100), square(106, 48, 4), square(60, 40, 20)], one=[[[0]]], two=[[[1]]], far=[[[2]]])
    assert painted(file) == ["aaaaaabb", "aaaaaabb", "aaaaaaaa", "aaaaaaaa", "aaaaaaaa"]
    assert painted(file, left=88, top=38, scale=0.5) == ["........", ".aaaaaaa", ".aaaaaaa", ".aaaaaaa", ".aaaaaaa"]


def test_a_tile_is_laid_from_the_corner_of_the_picture():
    file = file_of([square(101, 50, 5)], one=[[[0]]])
    tile = "[{side: 2, pixels: [120, 121, 122, 119]}]"
    assert painted(file, tile) == [".yxyxy..", ".wzwzw..", ".yxyxy..", ".wzwzw..", ".yxyxy.."]


def test_a_long_run_is_painted_like_a_short_one():
    file = file_of([square(100, 50, 80)], one=[[[0]]])
    assert painted(file, columns=40, rows=1) == ["aaaaaaaa"] * 5


def test_the_runs_are_kept_until_the_map_is_moved():
    file = file_of([square(101, 51, 3)], one=[[[0]]])
    call = f"""(() => {{
      const pixels = new Pixels(readGeometry({file}));
      const first = pixels.runsAt({json.dumps(VIEW)});
      return [{json.dumps(VIEW | {"left": 100.001})}, {json.dumps(VIEW | {"left": 101})}].map((view) => pixels.runsAt(view) === first);
    }})()"""
    assert run_module(SCRIPT, call) == [True, False]


def test_an_island_is_known_by_its_one_arc_and_the_largest_part_is_the_main_one():
    file = file_of([square(101, 51, 1), square(103, 51, 3)], one=[[[0]], [[1]]])
    call = f"(({{main, box, islands, middle}}) => [main, box, islands.length, middle])(readGeometry({file}).units[0])"
    assert run_module(SCRIPT, call) == [[103, 51, 106, 54], [101, 51, 106, 54], 2, [104.5, 52.5]]
