"""Draws the schematic cells of the units and writes static/map/schematic.topojson; run by hand, never at run time.

`forms/data/README.md` says how. It needs numpy, scipy and shapely, which are not dependencies of the product, so they
are imported by name.
"""

from __future__ import annotations

import importlib
import json
import sys
from datetime import date
from itertools import pairwise
from math import cos, pi, radians, sqrt
from pathlib import Path
from typing import Any

from forms.units import COMMUNE_KINDS, Unit, load, name_in_sentence, valid_on
from reports.islets import HOANG_SA, TRUONG_SA
from reports.topology import Layer, Polygon, topology

Shape = Any  # of shapely

DAY = date(2026, 4, 30)  # the last change of units
TARGET = Path(__file__).parents[1] / "static/map/schematic.topojson"
GRID = 0.002  # degrees: about 220 m
KM = 1 / 111.2  # degrees
FLAT = cos(radians(16))  # a degree of longitude in degrees of latitude, in the middle of the country
SHORE = 20 * KM  # points at most this far outside the outline belong to the shore
SHORE_CIRCLE = 2.5 * KM
LEAST_CIRCLE = 3.5 * KM  # smaller islands could not be seen or hit
ISLET = 0.045  # degrees; far larger than the islets are
ARCHIPELAGOS = {"20333": HOANG_SA, "22736": TRUONG_SA}


def module(name: str) -> Any:
    return importlib.import_module(name)


def outline(atlas: Path) -> Shape:
    """The land of the country as Natural Earth has it, longitudes shrunk to the scale of latitudes."""
    data = json.loads(atlas.read_text())
    (sx, sy), (tx, ty) = data["transform"]["scale"], data["transform"]["translate"]
    country = next(g for g in data["objects"]["countries"]["geometries"] if g.get("id") == "704")
    geometry = module("shapely.geometry")

    def points(number: int) -> list[tuple[float, float]]:
        x = y = 0
        found = []
        for dx, dy in data["arcs"][number if number >= 0 else ~number]:
            x, y = x + dx, y + dy
            found.append(((x * sx + tx) * FLAT, y * sy + ty))
        return found if number >= 0 else found[::-1]

    def ring(numbers: list[int]) -> list[tuple[float, float]]:
        return [point for number in numbers for point in points(number)]

    parts = ([ring(numbers) for numbers in part] for part in country["arcs"])
    return module("shapely").union_all([geometry.Polygon(outer, holes).buffer(0) for outer, *holes in parts])


def point_of(unit: Unit) -> tuple[float, float]:
    if unit.longitude is None or unit.latitude is None:
        raise ValueError(f"unit {unit.code} has no point")
    return unit.longitude * FLAT, unit.latitude


def circle(unit: Unit, radius: float) -> Shape:
    return module("shapely.geometry").Point(point_of(unit)).buffer(radius, 4)


def island_circle(unit: Unit) -> Shape:
    """A circle of the unit's area, or the least one that can be seen."""
    return circle(unit, max(LEAST_CIRCLE, sqrt((unit.area_km2 or 0) / pi) * KM))


def archipelago(places: tuple[tuple[float, float], ...]) -> Shape:
    """Islets as small squares stood on their corners."""
    geometry = module("shapely.geometry")
    islets = [geometry.Point(lon * FLAT, lat).buffer(ISLET, 2) for lat, lon in places]
    return module("shapely").union_all(islets)


def voronoi_cells(units: list[Unit]) -> dict[str, Shape]:
    """The part of the plane nearest to each unit's point; a far frame of points bounds the outer cells."""
    frame = [(x * FLAT, y) for x in (80.0, 106.0, 130.0) for y in (-10.0, 16.0, 45.0) if (x, y) != (106.0, 16.0)]
    diagram = module("scipy.spatial").Voronoi(module("numpy").array([*map(point_of, units), *frame]))
    geometry = module("shapely.geometry")
    regions = (diagram.regions[diagram.point_region[n]] for n in range(len(units)))
    return {
        unit.code: geometry.Polygon([diagram.vertices[v] for v in region])
        for unit, region in zip(units, regions, strict=True)
    }


def cells(units: list[Unit], land: Shape) -> dict[str, Shape]:
    """The shape of every unit: its cell of the land, at the shore joined with a circle, far islands a circle."""
    shapely = module("shapely")
    spot = module("shapely.geometry").Point
    far = {u.code for u in units if u.code not in ARCHIPELAGOS and land.distance(spot(point_of(u))) > SHORE}
    plane = voronoi_cells([u for u in units if u.code not in far | set(ARCHIPELAGOS)])
    islands = {unit.code: island_circle(unit) for unit in units if unit.code in far}
    shapes = islands | {code: archipelago(places) for code, places in ARCHIPELAGOS.items()}
    sea = shapely.union_all(list(islands.values()))
    for unit in units:
        if unit.code in shapes:
            continue
        cell = plane[unit.code]
        shape = cell.intersection(land)
        if not land.contains(spot(point_of(unit))):
            shape = shape.union(cell.intersection(circle(unit, SHORE_CIRCLE)).difference(sea))
        shapes[unit.code] = shape
    return shapes


def faces_on_grid(shapes: dict[str, Shape]) -> dict[str, list[Polygon]]:
    """The polygons of every shape on the integer grid, fitting together without gap, overlap or crossing.

    Rounding each cell by itself would make slivers and crossings; so all borders are rounded and noded together,
    and each face between them goes to the shape in which it lies. Parts thinner than the grid vanish.
    """
    shapely = module("shapely")
    codes = list(shapes)
    placed = [shapely.transform(shapes[code], to_grid) for code in codes]
    lines = shapely.union_all([shape.boundary for shape in placed], grid_size=1)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    points = shapely.point_on_surface(faces)
    found: dict[str, list[Polygon]] = {code: [] for code in codes}
    for face, owner in zip(*shapely.STRtree(placed).query(points, predicate="within"), strict=True):
        found[codes[owner]].append(rings_of(faces[face]))
    return {code: merged(parts) if len(parts) > 1 else parts for code, parts in found.items()}


def to_grid(points: Any) -> Any:
    return (points / [FLAT, 1] - [100, 5]) / GRID


def rings_of(face: Shape) -> Polygon:
    """The rings of a polygon as lists of grid points, the outer one clockwise and the holes the other way."""
    turned = module("shapely.geometry.polygon").orient(face, -1)
    return [[(round(x), round(y)) for x, y in ring.coords] for ring in (turned.exterior, *turned.interiors)]


def merged(polygons: list[Polygon]) -> list[Polygon]:
    """The outline of many cells: the edges that no neighbour walks the other way, joined to rings again."""
    shapely, geometry = module("shapely"), module("shapely.geometry")
    edges = {edge for polygon in polygons for ring in polygon for edge in pairwise(ring)}
    border = [geometry.LineString((a, b)) for a, b in edges if (b, a) not in edges]
    inside = shapely.union_all([geometry.Polygon(outer, holes) for outer, *holes in polygons])
    faces = shapely.get_parts(shapely.polygonize(border))
    return [rings_of(face) for face in faces if inside.contains(face.representative_point())]


def build(atlas: Path) -> dict[str, Any]:
    """The topology with the objects `units` (id = code, name, province) and `provinces`."""
    units = [unit for unit in valid_on(load(), DAY) if unit.kind in COMMUNE_KINDS]
    shapes = cells(units, outline(atlas))
    grid = faces_on_grid(shapes)
    missing = [unit.code for unit in units if not grid[unit.code]]
    if missing:
        raise SystemExit(f"units without a cell: {missing}")
    layer: Layer = [
        ({"id": u.code, "properties": {"name": name_in_sentence(u), "province": u.province_code}}, grid[u.code])
        for u in units
    ]
    names = {unit.province_code: unit.province_name for unit in units}
    provinces: Layer = [
        ({"id": code, "properties": {"name": names[code]}},
         merged([p for u in units if u.province_code == code for p in grid[u.code]]))
        for code in sorted(names)
    ]  # fmt: skip
    return topology({"units": layer, "provinces": provinces}, (GRID, GRID), (100, 5))


if __name__ == "__main__":
    TARGET.write_text(json.dumps(build(Path(sys.argv[1])), ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
