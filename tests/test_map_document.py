"""The document of the map names every layer, limit, parameter and file that the code knows."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from forms.library import library_source
from forms.projection import DIFFICULTY_GROUPS
from reports.neighbours import LEAST, NEAREST
from reports.scales import SCALES
from survey.map.filters import MapFilters
from survey.map.layers import list_layers
from survey.map.rows import PROVINCE_KEYS, UNIT_KEYS
from survey.store import checklists

ROOT = Path(__file__).parents[1]
DOCUMENT = (ROOT / "docs" / "map.md").read_text("utf-8")


def part(heading: str) -> str:
    return DOCUMENT.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def keys_of(table: str) -> set[str]:
    return set(re.findall(r"^\| `([^`]+)`", table, re.MULTILINE))


def test_every_layer_is_told(db, cast):
    checklists.publish(db, library_source("commune"), "commune.md", by=cast["quan"].id)
    layers = list_layers(db)
    found = {re.sub(r"^(gate|item)-.*", r"\1-…", one.key) for one in layers if one.measure != "section"}
    assert keys_of(part("Layers")) - {"B"} == found
    assert [one.key for one in layers if one.measure == "section"] == list("BCDEFGH")


def test_every_parameter_of_the_address_is_told():
    days = (date(2025, 1, 1), date(2025, 12, 31))
    full = MapFilters("38", *days, "total", True, True, days, True, True, True, "value")
    told = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\|([^|]*)\|", part("The address"), re.MULTILINE))))
    assert told == set(full.query())


def test_every_column_that_sorts_is_told():
    told = re.search(r"a column of the table: (.*?); `-`", part("The address"))
    assert told and set(re.findall(r"`(\w+)`", told[1])) == {"name", *UNIT_KEYS, *PROVINCE_KEYS}


def test_limits_and_weights_are_those_of_the_code():
    assert (SCALES["score"].limits, SCALES["load"].limits) == ((20, 40, 60, 80), (2, 4, 6, 8))
    assert [SCALES[name].worst for name in ("count", "load", "signal", "days")] == [6, 8, 3, 366]
    told = part("Where weakness concentrates")
    assert all(words in told for words in ("value/6", "value/8", "value/3", "value/366"))


def test_the_radius_and_the_bands_are_those_of_the_drawing():
    drawing = (ROOT / "static" / "map" / "heat.js").read_text("utf-8")
    assert "RADIUS_KM = 30" in drawing and "BANDS = [0.05, 0.2, 0.4, 0.6, 0.8]" in drawing
    assert "radius of 30 km" in DOCUMENT and "5, 20, 40, 60 and 80 %" in DOCUMENT


def test_groups_and_neighbours_are_told():
    assert all(f"`{choice}`" in part("Layers") for choice in DIFFICULTY_GROUPS)
    assert (NEAREST, LEAST) == (3, 0.1) and "three nearest" in DOCUMENT and "below 0.1" in DOCUMENT
