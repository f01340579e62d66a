"""The locator map of a unit as SVG: in the country with both archipelagos, and in its province."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from itertools import accumulate
from typing import Any

from forms.units import Unit

Point = tuple[float, float]  # longitude, latitude in degrees
Ring = list[Point]

HOANG_SA, TRUONG_SA = "20333", "22736"
COUNTRY_BOX = (101.9, 6.6, 118.0, 23.7)
"""West, south, east, north of the panel of the country; the archipelagos lie in it where they are."""

HEIGHT = 196
COUNTRY_WIDTH = 186
PROVINCE_LEFT, PROVINCE_WIDTH = 204, 250
NEAR = 1.8
"""Points nearer to the last one than this many drawing points are left out."""


@dataclass(frozen=True)
class Source:
    """The file that true boundaries came from and its day of import; units in `missing` keep a schematic shape."""

    file: str
    day: date
    missing: frozenset[str] = frozenset()


class Geometry:
    """Outlines of units and provinces read from a TopoJSON topology with the objects `units` and `provinces`.

    Geometries carry the official code as `id`, units the code of their province as property `province`. `source` says
    where true boundaries come from; without it all shapes are schematic.
    """

    def __init__(self, topology: dict[str, Any], source: Source | None = None) -> None:
        self.source = source
        self.arcs: list[list[list[int]]] = topology["arcs"]
        self.scale: tuple[float, float] = tuple(topology["transform"]["scale"])
        self.translate: tuple[float, float] = tuple(topology["transform"]["translate"])
        objects = topology["objects"]
        self.units = {shape["id"]: shape for shape in objects["units"]["geometries"]}
        self.provinces = {shape["id"]: shape for shape in objects["provinces"]["geometries"]}

    def rings(self, shape: dict[str, Any]) -> list[Ring]:
        """Every ring of a geometry, outer ones and holes alike."""
        return [self.ring(ring) for ring in ring_numbers(shape)]

    def ring(self, numbers: list[int]) -> Ring:
        points: Ring = []
        for number in numbers:
            arc = self.arc(number) if number >= 0 else self.arc(~number)[::-1]
            points += arc[1:] if points else arc
        return points

    def arc(self, number: int) -> Ring:
        steps = self.arcs[number]
        xs = accumulate(step[0] for step in steps)
        ys = accumulate(step[1] for step in steps)
        (scale_x, scale_y), (left, bottom) = self.scale, self.translate
        return [(x * scale_x + left, y * scale_y + bottom) for x, y in zip(xs, ys, strict=True)]

    def borders(self, shapes: Iterable[dict[str, Any]]) -> list[Ring]:
        """The lines around and between some geometries, each once although neighbours share it."""
        numbers = {max(number, ~number) for shape in shapes for ring in ring_numbers(shape) for number in ring}
        return [self.arc(number) for number in sorted(numbers)]

    def source_of(self, code: str) -> Source | None:
        """Where the boundary of a unit comes from; None when its shape is schematic."""
        return self.source if self.source and code not in self.source.missing else None

    def units_of(self, province: str) -> dict[str, dict[str, Any]]:
        return {code: shape for code, shape in self.units.items() if shape["properties"]["province"] == province}


def ring_numbers(shape: dict[str, Any]) -> list[list[int]]:
    """The arcs of every ring of a geometry; a negative number is an arc walked backwards."""
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    return [ring for polygon in polygons for ring in polygon]


@dataclass(frozen=True)
class Frame:
    """A panel of the drawing and the piece of the earth in it; degrees keep their proportion at the middle latitude."""

    left: float
    width: float
    box: tuple[float, float, float, float]
    height: float = HEIGHT

    def place(self, point: Point) -> Point:
        west, south, east, north = self.box
        narrow = math.cos(math.radians((south + north) / 2))
        scale = min(self.width / ((east - west) * narrow), self.height / (north - south))
        middle_x, middle_y = (west + east) / 2, (south + north) / 2
        x = self.left + self.width / 2 + (point[0] - middle_x) * narrow * scale
        return x, self.height / 2 - (point[1] - middle_y) * scale


COUNTRY = Frame(0, COUNTRY_WIDTH, COUNTRY_BOX)


def locator_map(country: Geometry, unit: Unit, unit_name: str, province_name: str, words: dict[str, str]) -> str:
    """Two panels in black, white and grey. `words`: country, hoang_sa, truong_sa."""
    body = country_panel(country, unit, words) + province_panel(country, unit, unit_name, province_name)
    width, height = PROVINCE_LEFT + PROVINCE_WIDTH, HEIGHT + 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {width + 2} {height}" width="{width}pt" '
        f'height="{height}pt" font-family="Tinos" font-size="9">{body}</svg>'
    )


def country_panel(country: Geometry, unit: Unit, words: dict[str, str]) -> str:
    frame = COUNTRY
    land = "".join(outline(country, code) for code in country.provinces if code != unit.province_code)
    parts = [f'<path d="{land}" fill="#ececec" stroke="#888" stroke-width=".3"/>']
    if unit.province_code in country.provinces:
        parts.append(f'<path d="{outline(country, unit.province_code)}" fill="#333" stroke="#000" stroke-width=".4"/>')
    for code, word, where in ((HOANG_SA, "hoang_sa", (112.2, 15.05)), (TRUONG_SA, "truong_sa", (114.0, 6.85))):
        fill = "#000" if unit.code == code else "#666"
        islands = country.units.get(code)
        islets = dots(frame, country.rings(islands)) if islands else ""
        parts.append(f'<path d="{islets}" stroke="{fill}" stroke-width="1.7" stroke-linecap="round" fill="none"/>')
        parts.append(caption(*frame.place(where), words[word], 7, "middle"))
    parts.append(caption(6, HEIGHT - 7.5, words["country"], 9.5, "start", bold=True))
    return panel(frame, parts)


@cache
def outline(country: Geometry, code: str) -> str:
    """A province in the panel of the country, kept because every report shows all of them."""
    return paths(COUNTRY, country.rings(country.provinces[code]))


def province_panel(country: Geometry, unit: Unit, unit_name: str, province_name: str) -> str:
    units = country.units_of(unit.province_code)
    target = units.get(unit.code)
    near = [shape for code, shape in units.items() if code not in (HOANG_SA, TRUONG_SA) or code == unit.code]
    shown = [target] if target and unit.code in (HOANG_SA, TRUONG_SA) else near
    outlines = [ring for shape in shown for ring in country.rings(shape)]
    if not outlines:
        return ""
    frame = Frame(PROVINCE_LEFT, PROVINCE_WIDTH, around(outlines))
    borders = lines(frame, country.borders(shown))
    parts = [f'<path d="{borders}" fill="none" stroke="#888" stroke-width=".4"/>']
    if target:
        parts.append(f'<path d="{paths(frame, country.rings(target))}" fill="#000"/>')
    elif unit.longitude is not None and unit.latitude is not None:
        x, y = frame.place((unit.longitude, unit.latitude))
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#000" stroke="#fff" stroke-width="1"/>')
    left = PROVINCE_LEFT
    parts.append(caption(left + 6, 14, province_name, 9.5, "start", bold=True))
    parts.append(f'<rect x="{left + 6}" y="{HEIGHT - 14}" width="9" height="7" fill="#000"/>')
    parts.append(caption(left + 19, HEIGHT - 7.5, unit_name, fitting(unit_name, PROVINCE_WIDTH - 25), "start"))
    return panel(frame, parts)


def fitting(words: str, width: float) -> float:
    """The size, at most 9, at which words fit into a width; a letter is about half as wide as it is high."""
    return min(9.0, width / (0.5 * len(words)))


def around(rings: list[Ring]) -> tuple[float, float, float, float]:
    """The box of some outlines with room for the captions above and below."""
    xs = [x for ring in rings for x, _ in ring]
    ys = [y for ring in rings for _, y in ring]
    air = 0.12 * max(max(ys) - min(ys), 0.6 * (max(xs) - min(xs)))
    return min(xs) - air / 2, min(ys) - air, max(xs) + air / 2, max(ys) + air


def panel(frame: Frame, parts: list[str]) -> str:
    edge = f'<rect x="{frame.left}" y="0" width="{frame.width}" height="{HEIGHT}" fill="none" stroke="#000" '
    return "".join(parts) + edge + 'stroke-width=".6"/>'


def paths(frame: Frame, rings: Iterable[Ring]) -> str:
    return "".join(f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in thinned(frame, ring))}Z" for ring in rings)


def lines(frame: Frame, arcs: Iterable[Ring]) -> str:
    """Open lines that keep both ends, where others join them."""
    drawn = ([*thinned(frame, arc[:-1]), frame.place(arc[-1])] for arc in arcs)
    return "".join(f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in line)}" for line in drawn)


def dots(frame: Frame, rings: Iterable[Ring]) -> str:
    """A point for each ring, for islets too small to have a shape here."""
    middles = (frame.place((sum(x for x, _ in r) / len(r), sum(y for _, y in r) / len(r))) for r in rings)
    return "".join(f"M{x:.1f} {y:.1f}h.1" for x, y in middles)


def thinned(frame: Frame, ring: Ring) -> Iterator[Point]:
    """The points of a ring in the drawing, without those that nobody could see apart."""
    last: Point | None = None
    for point in ring:
        x, y = frame.place(point)
        if last is None or abs(x - last[0]) + abs(y - last[1]) >= NEAR:
            last = (x, y)
            yield last


def caption(x: float, y: float, words: str, size: float, anchor: str, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    place = f'x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}"'
    return f"<text {place}{weight}>{escape(words)}</text>"
