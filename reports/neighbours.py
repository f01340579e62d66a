"""Which units are neighbours on the drawn map, and how a unit's load compares with that of its neighbours.

Dossiers are received regardless of boundaries within a province (NĐ 118/2025/NĐ-CP), so neighbours are units of the
same province: those that share a piece of border as it is drawn, and for a unit that shares none, the three nearest.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from reports.locator import Geometry, ring_numbers

NEAREST = 3
"""So many units stand in for neighbours of an island."""

LEAST = 0.1
"""Dossiers per officer and day that a load counts as when it is less: beside nothing no ratio could be said."""

Neighbours = dict[str, tuple[str, ...]]


@lru_cache(maxsize=2)
def neighbours_of(drawn: Geometry) -> Neighbours:
    """The codes of the neighbours of every unit of a drawing, sorted; reckoned once for each drawing."""
    province = {code: shape["properties"]["province"] for code, shape in drawn.units.items()}
    touching: dict[str, set[str]] = {code: set() for code in drawn.units}
    for owners in _owners(drawn).values():
        for code in owners:
            touching[code] |= {other for other in owners if other != code and province[other] == province[code]}
    alone = [code for code, found in touching.items() if not found]
    for code in alone:
        touching[code] = set(_nearest(drawn, code, province))
    return {code: tuple(sorted(found)) for code, found in touching.items()}


def load_beside_neighbours(loads: Mapping[str, float], neighbours: Neighbours) -> dict[str, float]:
    """Each unit's load over the mean of the known loads of its neighbours; where none is known it is left out."""
    found = {}
    for code, load in loads.items():
        beside = [loads[other] for other in neighbours.get(code, ()) if other in loads]
        if beside:
            found[code] = max(load, LEAST) / max(sum(beside) / len(beside), LEAST)
    return found


def _owners(drawn: Geometry) -> dict[int, set[str]]:
    """The units along each arc; neighbours walk it in opposite directions."""
    owners: dict[int, set[str]] = defaultdict(set)
    for code, shape in drawn.units.items():
        for ring in ring_numbers(shape):
            for number in ring:
                owners[max(number, ~number)].add(code)
    return owners


def _nearest(drawn: Geometry, code: str, province: Mapping[str, str]) -> list[str]:
    others = [other for other in drawn.units if other != code and province[other] == province[code]]
    here = _middle(drawn, drawn.units[code])
    narrow = math.cos(math.radians(here[1]))
    places = {other: _middle(drawn, drawn.units[other]) for other in others}
    near = sorted(others, key=lambda o: (math.hypot((places[o][0] - here[0]) * narrow, places[o][1] - here[1]), o))
    return near[:NEAREST]


def _middle(drawn: Geometry, shape: dict[str, Any]) -> tuple[float, float]:
    points = drawn.rings(shape)[0]
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
