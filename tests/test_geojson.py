"""Shapes of the drawn map as GeoJSON: closed rings, outer ones anticlockwise, holes clockwise."""

from __future__ import annotations

from typing import Any

from reports.geojson import feature
from reports.locator import Geometry

SQUARE = [[0, 0], [0, 4], [4, 0], [0, -4], [-4, 0]]  # clockwise
HOLE = [[1, 1], [0, 1], [1, 0], [0, -1], [-1, 0]]  # clockwise
ISLET = [[9, 9], [1, 0], [0, 1], [-1, -1]]  # anticlockwise
CLOCKWISE = [[100.0, 10.0], [100.0, 14.0], [104.0, 14.0], [104.0, 10.0], [100.0, 10.0]]


def shape_of(**shape: Any) -> dict[str, Any]:
    topology = {"arcs": [SQUARE, HOLE, ISLET], "transform": {"scale": [1, 1], "translate": [100, 10]}}
    drawn = Geometry(topology | {"objects": {"units": {"geometries": []}, "provinces": {"geometries": []}}})
    return feature(drawn, shape or None, {"code": "1"})


def test_an_outer_ring_is_turned_and_a_hole_is_left_clockwise():
    assert shape_of(type="Polygon", arcs=[[0], [1]])["geometry"] == {
        "type": "Polygon",
        "coordinates": [
            CLOCKWISE[::-1], [[101.0, 11.0], [101.0, 12.0], [102.0, 12.0], [102.0, 11.0], [101.0, 11.0]]
        ],
    }  # fmt: skip


def test_islands_are_polygons_of_their_own():
    found = shape_of(type="MultiPolygon", arcs=[[[0]], [[2]]])["geometry"]
    assert (found["type"], found["coordinates"][1]) == (
        "MultiPolygon", [[[109.0, 19.0], [110.0, 19.0], [110.0, 20.0], [109.0, 19.0]]]
    )  # fmt: skip


def test_a_unit_without_a_shape_keeps_its_values():
    assert shape_of() == {"type": "Feature", "properties": {"code": "1"}, "geometry": None}
