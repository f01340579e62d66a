"""A file of official boundaries, GeoJSON or TopoJSON, read into polygons by unit code and checked as a whole.

Nothing is counted after it has been built: a file that would fill the memory is refused by its bytes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import IO, Any, Literal

from pydantic import BaseModel, FiniteFloat, TypeAdapter, ValidationError

from reports.boundaries import FINE, area
from reports.topology import Polygon, Ring
from survey.problems import Problem

MIB = 1024 * 1024
LARGEST_FILE = 100 * MIB
MOST_POINTS = 2_000_000  # brackets too: each point is a list
MOST_VALUES = 8_000_000  # whatever stands between commas
BOX = (101.9, 6.0, 118.5, 23.7)
"""West, south, east, north of Viet Nam with the archipelagos Hoàng Sa and Trường Sa, degrees."""

LONGEST_CODE = 20
FURTHEST = 1e9  # what a number of a position may be at all

CODE_NAMES = ("code", "unit_code", "ma", "ma_xa", "maxa", "ma_dvhc")
"""Properties that may hold the code of a unit, in small letters; the `id` of a feature comes last."""

Found = dict[str, list[Polygon]]


class Feature(BaseModel):
    """What GeoJSON and TopoJSON say of a unit, as far as it is needed."""

    id: str | int | None = None
    properties: dict[str, Any] | None = None

    @property
    def code(self) -> str | None:
        """The code as text; a table program may have taken it for a number and lost the zeros in front."""
        names = {name.lower(): value for name, value in (self.properties or {}).items()}
        for value in (*map(names.get, CODE_NAMES), self.id):
            if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
                return str(value).strip().zfill(5)
        return None


class Shape(BaseModel):
    type: str
    coordinates: list[Any] = []


class GeoFeature(Feature):
    type: Literal["Feature"]
    geometry: Shape | None


class GeoFile(BaseModel):
    type: Literal["FeatureCollection"]
    features: list[GeoFeature]


class TopoShape(Feature):
    type: str | None = None
    arcs: list[Any] = []


class Layer(BaseModel):
    type: str | None = None
    geometries: list[TopoShape] = []


class Transform(BaseModel):
    scale: tuple[FiniteFloat, FiniteFloat]
    translate: tuple[FiniteFloat, FiniteFloat]


class TopoFile(BaseModel):
    type: Literal["Topology"]
    objects: dict[str, Layer]
    arcs: list[list[Any]]
    transform: Transform | None = None


reader: TypeAdapter[GeoFile | TopoFile] = TypeAdapter(GeoFile | TopoFile)


@dataclass
class BoundaryFile:
    """Polygons by code in steps of 1/100,000 degree; `without` names units that the file lists without a polygon."""

    polygons: Found = field(default_factory=dict)
    without: list[str] = field(default_factory=list)


def read_boundaries(file: IO[bytes], known: Iterable[str]) -> BoundaryFile:
    """The polygons of a file; `known` codes tell which of several TopoJSON layers holds the units.

    Problem boundaries_too_large, boundaries_too_many, boundaries_unreadable, boundaries_code_missing,
    boundaries_twice, boundaries_not_polygon, boundaries_ring_open, boundaries_outside or boundaries_empty.
    """
    body = file.read(LARGEST_FILE + 1)
    if len(body) > LARGEST_FILE:
        raise Problem("boundaries_too_large", limit=LARGEST_FILE // MIB)
    if body.count(b"[") > MOST_POINTS or body.count(b",") + body.count(b"{") > MOST_VALUES:
        raise Problem("boundaries_too_many", limit=MOST_POINTS)
    try:
        said = reader.validate_python(json.loads(body))
    except (ValueError, ValidationError, RecursionError) as error:
        raise Problem("boundaries_unreadable") from error
    pairs = _of_geojson(said) if isinstance(said, GeoFile) else _of_topojson(said, set(known))
    return _by_code(list(pairs))


def _by_code(pairs: list[tuple[str, list[Polygon] | None]]) -> BoundaryFile:
    twice = sorted(code for code, times in Counter(code for code, _ in pairs).items() if times > 1)
    if twice:
        raise Problem("boundaries_twice", codes=some(twice))
    found = BoundaryFile()
    for code, polygons in pairs:
        if polygons is None:
            found.without.append(code)
            continue
        solid = [_without_flat_holes(polygon) for polygon in polygons if area(polygon[0])]
        if not solid:
            raise Problem("boundaries_empty", place=code)
        found.polygons[code] = solid
    return found


def _without_flat_holes(polygon: Polygon) -> Polygon:
    return [polygon[0], *(hole for hole in polygon[1:] if area(hole))]


def some(codes: list[str], most: int = 10) -> str:
    """Codes in a message, not more than one can read."""
    return ", ".join(codes[:most]) + (", …" if len(codes) > most else "")


def _code_of(feature: Feature, number: int) -> str:
    if feature.code is None:
        raise Problem("boundaries_code_missing", number=number)
    return "".join(letter if letter.isprintable() else "?" for letter in feature.code[:LONGEST_CODE])


def _parts(kind: str | None, parts: list[Any], place: str) -> list[Any]:
    """The polygons of a geometry, each a list of rings; Problem when it is no polygon or an empty one."""
    if kind not in ("Polygon", "MultiPolygon"):
        raise Problem("boundaries_not_polygon", place=place)
    polygons = [parts] if kind == "Polygon" else parts
    if not polygons or not all(isinstance(one, list) and one for one in polygons):
        raise Problem("boundaries_empty", place=place)
    return polygons


def _of_geojson(said: GeoFile) -> Iterator[tuple[str, list[Polygon] | None]]:
    for number, feature in enumerate(said.features, 1):
        code, shape = _code_of(feature, number), feature.geometry
        if shape is None:
            yield code, None
            continue
        parts = _parts(shape.type, shape.coordinates, code)
        yield code, [[_closed(_line(ring, code), code) for ring in polygon] for polygon in parts]
        feature.geometry = None  # what has been read need not stay in memory


def _line(positions: object, place: str, origin: Transform | None = None) -> Ring:
    """Positions as steps of the fine grid; with a transform they are differences between whole numbers."""
    if not isinstance(positions, list):
        raise Problem("boundaries_unreadable")
    west, south, east, north = BOX
    (scale_x, scale_y), (left, bottom) = (origin.scale, origin.translate) if origin else ((1.0, 1.0), (0.0, 0.0))
    found, x, y = [], 0.0, 0.0
    for position in positions:
        if not isinstance(position, list) or len(position) < 2 or not {type(n) for n in position[:2]} <= {int, float}:
            raise Problem("boundaries_unreadable")
        dx, dy = position[:2]
        if not (abs(dx) <= FURTHEST and abs(dy) <= FURTHEST):  # thousands of digits, or no number at all
            raise Problem("boundaries_outside", place=place)
        x, y = (x + dx, y + dy) if origin else (dx, dy)
        longitude, latitude = x * scale_x + left, y * scale_y + bottom
        if not (west <= longitude <= east and south <= latitude <= north):
            raise Problem("boundaries_outside", place=place)
        found.append((round(longitude * FINE), round(latitude * FINE)))
    return found


def _closed(ring: Ring, place: str) -> Ring:
    """A ring without the same point twice in a row; Problem when it does not end where it began."""
    if not ring:
        raise Problem("boundaries_empty", place=place)
    if ring[0] != ring[-1]:
        raise Problem("boundaries_ring_open", place=place)
    return [ring[0], *(point for before, point in pairwise(ring) if point != before)]


def _of_topojson(said: TopoFile, known: set[str]) -> Iterator[tuple[str, list[Polygon] | None]]:
    layers = [layer for layer in said.objects.values() if layer.type == "GeometryCollection"]
    if not layers:
        raise Problem("boundaries_unreadable")
    layer = max(layers, key=lambda one: sum(shape.code in known for shape in one.geometries))
    codes = [_code_of(shape, number) for number, shape in enumerate(layer.geometries, 1)]
    parts = [
        None if shape.type is None else _parts(shape.type, shape.arcs, code)
        for shape, code in zip(layer.geometries, codes, strict=True)
    ]
    _check_walked(said, parts)
    arcs = [_line(arc, f"arcs[{n}]", said.transform) for n, arc in enumerate(said.arcs)]
    for code, polygons in zip(codes, parts, strict=True):
        yield code, None if polygons is None else [[_joined(r, arcs, code) for r in polygon] for polygon in polygons]


def _check_walked(said: TopoFile, parts: list[list[Any] | None]) -> None:
    """Problem when rings name arcs that are none, or so often that the points would fill the memory."""
    walked, arcs = 0, len(said.arcs)
    for ring in chain.from_iterable(chain.from_iterable(polygons or [] for polygons in parts)):
        if not isinstance(ring, list) or not all(type(n) is int and -arcs <= n < arcs for n in ring):
            raise Problem("boundaries_unreadable")
        walked += sum(len(said.arcs[n if n >= 0 else ~n]) for n in ring)
        if walked > 2 * MOST_POINTS:
            raise Problem("boundaries_too_many", limit=MOST_POINTS)


def _joined(numbers: list[int], arcs: list[Ring], place: str) -> Ring:
    """The ring of some arcs, each of which begins where the one before ends."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        if ring and arc and arc[0] != ring[-1]:
            raise Problem("boundaries_ring_open", place=place)
        ring += arc[1:] if ring else arc
    return _closed(ring, place)
