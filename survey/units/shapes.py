"""The drawn shapes of units follow what became of them: a new code or name, and mergers, until new boundaries come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from forms.units import name_in_sentence
from survey.database import Database
from survey.store import unit_history


class Reshaped(NamedTuple):
    """A unit of today that a drawing may know by another name, and the codes of ended units whose shapes it takes."""

    code: str
    name: str
    province: str
    takes: tuple[str, ...]


def reshaped_on(db: Database, day: date) -> tuple[Reshaped, ...]:
    """The units of that day that began after the first list, each with those that passed on whole to it alone."""
    began = unit_history.communes_begun_later(db, day)
    heirs: dict[str, set[str]] = defaultdict(set)
    for code, predecessor in unit_history.followers(db, day):
        heirs[predecessor].add(code)
    valid = {unit.code for unit in began}
    takes: dict[str, list[str]] = defaultdict(list)
    for code in sorted(heirs.keys() - valid - unit_history.valid_predecessors(db, day)):
        if heir := _last_heir(code, heirs):
            takes[heir].append(code)
    return tuple(
        Reshaped(unit.code, name_in_sentence(unit), unit.province_code, tuple(takes[unit.code])) for unit in began
    )


def _last_heir(code: str, heirs: dict[str, set[str]]) -> str | None:
    """Who has a unit's land now; None when it was divided on the way."""
    seen = {code}
    while code in heirs:
        if len(heirs[code]) > 1:
            return None
        (code,) = heirs[code]
        if code in seen:  # a unit that goes on under its own code
            break
        seen.add(code)
    return code


def reshape(topology: dict[str, Any], changes: Sequence[Reshaped]) -> dict[str, Any]:
    """A TopoJSON topology with the units of today; borders inside of what was merged stay, as nobody drew it anew."""
    shapes = {shape["id"]: shape for shape in topology["objects"]["units"]["geometries"]}
    for change in changes:
        taken = [shapes.pop(code) for code in change.takes if code in shapes]
        own = shapes.get(change.code)
        if not taken and (own is None or own["properties"]["name"] == change.name):
            continue
        properties = (own or taken[0])["properties"] | {"name": change.name, "province": change.province}
        polygons = [polygon for shape in ([own] if own else []) + taken for polygon in _polygons(shape)]
        shapes[change.code] = {"type": "MultiPolygon", "id": change.code, "arcs": polygons, "properties": properties}
    objects = topology["objects"] | {"units": topology["objects"]["units"] | {"geometries": list(shapes.values())}}
    return topology | {"objects": objects}


def _polygons(shape: dict[str, Any]) -> list[Any]:
    found: list[Any] = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    return found
