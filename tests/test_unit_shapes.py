"""The drawn shapes of units after a new list, before anybody has brought in new boundaries."""

from __future__ import annotations

import gzip
import io
import json
from datetime import date
from typing import Any

import pytest

from survey.database import Database
from survey.map.boundaries import import_boundaries
from survey.map.drawn_map import geometry_for_locator, geometry_for_page, schematic_geometry
from survey.settings import Settings
from survey.units.intake import apply_list
from survey.units.shapes import Reshaped, reshape, reshaped_on
from tests.boundary_world import four_units
from tests.map_world import unpacked
from tests.unit_list_world import listed

DAY = date(2026, 11, 1)


def topology(*codes: str) -> dict[str, Any]:
    """A square for each code, named after it, with an arc of its own."""
    shapes = [
        {"type": "Polygon", "id": code, "arcs": [[n]], "properties": {"name": code, "province": "38"}}
        for n, code in enumerate(codes)
    ]
    return {"objects": {"units": {"type": "GeometryCollection", "geometries": shapes}}}


def shapes(found: dict[str, Any]) -> dict[str, tuple[str, int]]:
    """Name and number of polygons by code."""
    units = found["objects"]["units"]["geometries"]
    return {
        one["id"]: (one["properties"]["name"], len(one["arcs"]) if one["type"] == "MultiPolygon" else 1)
        for one in units
    }


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (Reshaped("B", "B mới", "38", ()), {"A": ("A", 1), "B": ("B mới", 1)}),
        (Reshaped("C", "C", "38", ("A",)), {"B": ("B", 1), "C": ("C", 1)}),
        (Reshaped("A", "A", "38", ("B",)), {"A": ("A", 2)}),
        (Reshaped("C", "C", "38", ("A", "B")), {"C": ("C", 2)}),
        (Reshaped("C", "C", "38", ("X",)), {"A": ("A", 1), "B": ("B", 1)}),
    ],
)
def test_shapes_follow_what_became_of_units(change: Reshaped, expected: dict[str, tuple[str, int]]):
    drawn = topology("A", "B")
    assert shapes(reshape(drawn, [change])) == expected
    assert shapes(drawn) == {"A": ("A", 1), "B": ("B", 1)}


@pytest.mark.parametrize(
    ("lines", "code", "takes"),
    [
        ("15279,Hà Trung,xa,38,,,,,2026-05-01,,15271", "15279", ("15271",)),
        ("15271,Hà Trung,xa,38,,,,,2026-05-01,,15271; 14797", "15271", ("14797",)),
        ("15279,Mới,xa,38,,,,,2026-05-01,,15271:0.4\n15278,Mới,xa,38,,,,,2026-05-01,,15271:0.6", "15279", ()),
        ("15279,Mới,xa,38,,,,,2026-05-01,,15271:0.4", "15279", ()),
        ("15279,A,xa,38,,,,,2026-05-01,,15271\n15280,B,xa,38,,,,,2026-06-01,,15279", "15280", ("15271", "15279")),
    ],
)
def test_a_unit_takes_the_shapes_of_those_that_passed_on_whole_to_it(
    db: Database, lines: str, code: str, takes: tuple[str, ...]
):
    apply_list(db, listed(lines), "moi.csv", by=None)
    (found,) = [one for one in reshaped_on(db, DAY) if one.code == code]
    assert found.takes == takes


def test_the_map_draws_a_merged_unit_under_its_new_name(db: Database, settings: Settings):
    apply_list(db, listed("15279,Tân Hà,xa,38,,,,,2026-05-01,,15271; 14797"), "moi.csv", by=None)
    packed = geometry_for_page(None, settings.data, reshaped_on(db, DAY)).packed
    found = unpacked(gzip.decompress(packed))
    drawn, polygons = found["units"], found["columns"]["polygons"]
    place = drawn["id"].index("15279")
    assert (drawn["name"][place], polygons[place], "15271" in drawn["id"]) == ("xã Tân Hà", 2, False)


def test_older_boundaries_of_merged_units_go_to_whom_they_became(db: Database, settings: Settings):
    apply_list(db, listed("15271,Hà Trung,xa,38,,,,,2026-05-01,,15271; 14758"), "moi.csv", by=None)
    file = io.BytesIO(json.dumps(four_units()).encode())
    summary = import_boundaries(db, settings.data, file, "cu.json", day=DAY, by=None)
    assert (summary.recoded, summary.unknown) == ({"14758": "15271"}, [])
    drawn = geometry_for_locator(db, settings).units["15271"]
    assert (drawn["type"], len(drawn["arcs"])) == ("MultiPolygon", 2)


def test_before_a_day_nothing_is_drawn_anew(db: Database):
    apply_list(db, listed("15279,Hà Trung,xa,38,,,,,2027-01-01,,15271"), "moi.csv", by=None)
    assert [one.code for one in reshaped_on(db, DAY) if one.code == "15279"] == []
    assert "15271" in schematic_geometry().units
