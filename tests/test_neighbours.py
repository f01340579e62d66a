"""Neighbours on the drawn map, and loads beside theirs."""

from __future__ import annotations

from reports.locator import Geometry
from reports.neighbours import load_beside_neighbours, neighbours_of

ARCS = [[[x, 0], [0, 1], [1, 0], [-1, -1]] for x in range(0, 60, 10)]


def unit(code: str, province: str, *arcs: int) -> dict[str, object]:
    return {"id": code, "type": "Polygon", "arcs": [list(arcs)], "properties": {"name": code, "province": province}}


def drawn(*units: dict[str, object]) -> Geometry:
    objects = {"units": {"geometries": list(units)}, "provinces": {"geometries": []}}
    return Geometry({"arcs": ARCS, "transform": {"scale": [1, 1], "translate": [100, 10]}, "objects": objects})


def test_units_of_a_province_that_share_a_border_are_neighbours():
    map_of_three = drawn(unit("1", "38", 0, 1), unit("2", "38", ~1, 2), unit("3", "40", ~2))
    assert neighbours_of(map_of_three) == {"1": ("2",), "2": ("1",), "3": ()}


def test_an_island_has_the_three_nearest_units():
    places = [unit(str(n), "38", n) for n in range(5)]
    assert neighbours_of(drawn(*places))["0"] == ("1", "2", "3")


def test_a_load_is_compared_with_the_mean_of_known_neighbours():
    neighbours = {"1": ("2", "3", "4"), "2": ("1",), "3": ("1",), "5": ("4",)}
    loads = {"1": 6.0, "2": 2.0, "3": 4.0, "5": 1.0}
    assert load_beside_neighbours(loads, neighbours) == {"1": 2.0, "2": 2 / 6, "3": 4 / 6}


def test_neighbours_without_a_dossier_still_give_a_ratio():
    assert load_beside_neighbours({"1": 3.0, "2": 0.0}, {"1": ("2",), "2": ("1",)}) == {"1": 3.0 / 0.1, "2": 0.1 / 3.0}
