"""Draws true boundaries with so few points that a tablet can show them: common borders are simplified once, as arcs."""

from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import chain, pairwise
from math import inf, sqrt
from typing import Any, NamedTuple

from reports.locator import HOANG_SA, TRUONG_SA
from reports.map import packed, page_geometry
from reports.topology import Cutter, Point, Polygon, Ring, differences, junctions

FINE = 100_000  # steps of a degree in what is read: a metre
STEP = 50  # steps of a degree / 1e5 between points of what is drawn: 55 m
CORNER = (100, 5)  # degrees; grid points of the drawing count from here
LARGEST_PAGE = 430_000  # bytes of the geometry that a page reads
LARGEST_PACKED = 200_000  # the same, compressed for its way
MARK = 2  # steps from the middle to the corners of a unit too small to have a shape
TRIES = 8
KEPT_WHOLE = (HOANG_SA, TRUONG_SA)  # none of their islets is left out, however small

Arcs = list[int]  # numbers of arcs of one ring; -1 - n is arc n walked backwards
Shapes = dict[str, list[list[Arcs]]]


class Place(NamedTuple):
    """What the drawing says of a unit; `schematic` when its shape is no true boundary."""

    name: str
    province: str
    schematic: bool = False


def draw_boundaries(
    polygons: dict[str, list[Polygon]], places: dict[str, Place], provinces: dict[str, str]
) -> dict[str, Any]:
    """A topology with the objects `units` and `provinces`, small enough for a page.

    `polygons` by unit code in steps of 1/100,000 degree, rings closed and each with an area; `provinces` names by code.
    Neighbours whose borders have the same points share them in the drawing too. Every unit keeps some shape.
    """
    turned = {code: [oriented(polygon) for polygon in found] for code, found in polygons.items()}
    cutter = Cutter(junctions(ring for found in turned.values() for polygon in found for ring in polygon))
    shapes = {code: [[cutter.cut(ring) for ring in polygon] for polygon in found] for code, found in turned.items()}
    weights = [weights_of(arc) for arc in cutter.arcs]
    weigh_by_unit(weights, cutter.arcs, shapes)
    order = sorted(shapes, key=lambda code: (not places[code].schematic, code))  # what is true is painted above
    shapes = {code: shapes[code] for code in order}
    return as_large_as_fits(Levels(cutter.arcs, weights, shapes, places, provinces))


@dataclass(frozen=True)
class Levels:
    """All that a drawing is made from, whatever number of points it keeps."""

    arcs: list[Ring]
    weights: list[list[float]]
    shapes: Shapes
    places: dict[str, Place]
    provinces: dict[str, str]

    def drawn_with(self, least: float) -> dict[str, Any]:
        """The drawing with the points that weigh at least so much."""
        return Drawing(self.arcs, self.weights, self.shapes, least).topology(self.places, self.provinces)


def as_large_as_fits(levels: Levels) -> dict[str, Any]:
    """The drawing with as many points as a page takes, the heaviest first.

    The size grows nearly as the number of points does, so a straight line between a number that fits and one that is
    too large soon finds the best; a drawing that is too large even without points that can be spared stays so.
    """
    inner = sorted((weight for arc in levels.weights for weight in arc[1:-1]), reverse=True)
    whole = levels.drawn_with(0)
    if (size := share_of_limit(whole)) <= 1:
        return whole
    best = levels.drawn_with(inf)
    low, low_size, high, high_size = 0, share_of_limit(best), len(inner), size
    for _ in range(TRIES):
        if low_size > 0.97 or high - low < 2:
            break
        middle = low + max(1, int((high - low) * (0.99 - low_size) / (high_size - low_size)))
        drawing = levels.drawn_with(inner[middle - 1])
        if (size := share_of_limit(drawing)) <= 1:
            best, low, low_size = drawing, middle, size
        else:
            high, high_size = middle, size
    return best


def share_of_limit(topology: dict[str, Any]) -> float:
    """The size of a page's geometry as a share of what is allowed; above 1 it is too large."""
    page = packed(page_geometry(topology))
    return max(len(page) / LARGEST_PAGE, len(gzip.compress(page, 6)) / LARGEST_PACKED)


def area(ring: Ring) -> float:
    """The area of a ring in squares of its grid, positive when walked against the clock."""
    x0, y0 = ring[0]
    return sum((ax - x0) * (by - y0) - (bx - x0) * (ay - y0) for (ax, ay), (bx, by) in pairwise(ring)) / 2


def oriented(polygon: Polygon) -> Polygon:
    """The outer ring clockwise and the holes the other way, so that neighbours walk their border in two directions."""
    outer, *holes = polygon
    return [outer if area(outer) < 0 else outer[::-1], *(hole if area(hole) > 0 else hole[::-1] for hole in holes)]


def weights_of(arc: Ring) -> list[float]:
    """What each point of an arc adds to its form, in squares of the grid; the ends cannot be left out.

    The area of the triangle with those neighbours that outlast the point, never less than that of a point left out
    before. Source: M. Visvalingam, J. D. Whyatt, Line generalisation by repeated elimination of points, 1993.
    """
    last = len(arc) - 1
    weights = [inf] * len(arc)
    before, after = list(range(-1, last)), list(range(1, last + 2))
    now = [inf, *(triangle(arc, n - 1, n, n + 1) for n in range(1, last)), inf]
    heap = [(now[n], n) for n in range(1, last)]
    heapify(heap)
    least = 0.0
    while heap:
        size, n = heappop(heap)
        if size != now[n] or weights[n] != inf:  # an older size, or left out already
            continue
        least = weights[n] = max(least, size)
        left, right = before[n], after[n]
        after[left], before[right] = right, left
        for one in (left, right):
            if 0 < one < last:
                now[one] = triangle(arc, before[one], one, after[one])
                heappush(heap, (now[one], one))
    return weights


def triangle(arc: Ring, a: int, b: int, c: int) -> float:
    (ax, ay), (bx, by), (cx, cy) = arc[a], arc[b], arc[c]
    return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2


def weigh_by_unit(weights: list[list[float]], arcs: list[Ring], shapes: Shapes) -> None:
    """Make points of small units as dear as those of large ones, and keep what a unit needs in order to be seen.

    A ring of one or two arcs would otherwise shrink to a line. An island besides the largest, or a lake, that no
    other unit touches may vanish as a whole when its area weighs too little.
    """
    used = Counter(spot(n) for polygons in shapes.values() for polygon in polygons for ring in polygon for n in ring)
    sizes: dict[int, float] = defaultdict(lambda: inf)
    rings: list[tuple[Arcs, float, bool]] = []
    for code, polygons in shapes.items():
        found = [(ring, abs(area(points_of(ring, arcs)))) for polygon in polygons for ring in polygon]
        largest = max(size for _, size in found)
        for ring, size in found:
            for n in ring:
                sizes[spot(n)] = min(sizes[spot(n)], largest)
            alone = len(ring) == 1 and used[spot(ring[0])] == 1
            rings.append((ring, size, alone and size < largest and code not in KEPT_WHOLE))
    for n, arc in enumerate(weights):
        weights[n] = [weight / sqrt(sizes[n]) for weight in arc]
    for ring, size, may_vanish in rings:
        keep_apart(ring, weights, size / sqrt(sizes[spot(ring[0])]) if may_vanish else inf)


def keep_apart(ring: Arcs, weights: list[list[float]], worth: float) -> None:
    """Give the points that keep a ring of one or two arcs open what the ring is worth, and others no more than that."""
    if len(ring) > 2:
        return
    arc = max((weights[spot(n)] for n in ring), key=lambda one: (len(one) > 2, max(one[1:-1], default=0)))
    best = sorted(range(1, len(arc) - 1), key=arc.__getitem__, reverse=True)
    for n in best[: 3 - len(ring)]:
        arc[n] = worth
    for n in best[3 - len(ring) :]:
        arc[n] = min(arc[n], worth)


def spot(number: int) -> int:
    """Where an arc stands, whichever way it is walked."""
    return number if number >= 0 else ~number


def points_of(ring: Arcs, arcs: list[Ring]) -> Ring:
    """The points of a ring, the first again at the end."""
    pieces = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring]
    return [*chain.from_iterable(piece[:-1] for piece in pieces), pieces[0][0]]


def on_grid(point: Point) -> Point:
    return round(point[0] / STEP) - CORNER[0] * FINE // STEP, round(point[1] / STEP) - CORNER[1] * FINE // STEP


def from_grid(point: Point) -> tuple[float, float]:
    """Longitude and latitude in degrees of a point of the drawing."""
    return point[0] * STEP / FINE + CORNER[0], point[1] * STEP / FINE + CORNER[1]


class Drawing:
    """Units with the points that weigh enough, on the coarse grid."""

    def __init__(self, arcs: list[Ring], weights: list[list[float]], shapes: Shapes, least: float) -> None:
        self.arcs = [thinned(arc, weight, least) for arc, weight in zip(arcs, weights, strict=True)]
        self.shapes = {code: self.standing(code, polygons) for code, polygons in shapes.items()}

    def standing(self, code: str, polygons: list[list[Arcs]]) -> list[list[Arcs]]:
        """The polygons that still have an area; where nothing else is left of a unit or an islet, a small mark."""
        seen = [[ring for ring in polygon if self.has_area(ring)] for polygon in polygons if self.has_area(polygon[0])]
        lost = [polygon for polygon in polygons if not self.has_area(polygon[0])]
        marked = lost if code in KEPT_WHOLE else lost[:1] if not seen else []
        return seen + [[[self.mark(self.arcs[spot(polygon[0][0])][0])]] for polygon in marked]

    def has_area(self, ring: Arcs) -> bool:
        return area(points_of(ring, self.arcs)) != 0

    def mark(self, middle: Point) -> int:
        """A small square stood on its corner, as an arc of its own."""
        x, y = middle
        self.arcs.append([(x, y + MARK), (x + MARK, y), (x, y - MARK), (x - MARK, y), (x, y + MARK)])
        return len(self.arcs) - 1

    def topology(self, places: dict[str, Place], provinces: dict[str, str]) -> dict[str, Any]:
        units = [geometry(code, told(places[code]), polygons) for code, polygons in self.shapes.items()]
        inside: dict[str, list[list[Arcs]]] = {code: [] for code in provinces}
        for code, polygons in self.shapes.items():
            inside[places[code].province] += polygons
        outlines = [
            geometry(code, {"name": provinces[code]}, [[ring] for ring in self.outline(polygons)])
            for code, polygons in sorted(inside.items())
            if polygons
        ]
        collections = {"units": units, "provinces": outlines}
        return used_arcs_only({
            "type": "Topology",
            "transform": {"scale": [STEP / FINE, STEP / FINE], "translate": list(CORNER)},
            "objects": {
                name: {"type": "GeometryCollection", "geometries": found} for name, found in collections.items()
            },
            "arcs": self.arcs,
        })  # fmt: skip

    def outline(self, polygons: list[list[Arcs]]) -> list[Arcs]:
        """The rings around many polygons: arcs that no neighbour among them walks the other way, put end to end."""
        walked = Counter(n for polygon in polygons for ring in polygon for n in ring)
        onward: dict[Point, list[int]] = defaultdict(list)
        for n, times in walked.items():
            onward[self.start(n)] += [n] * (times - walked.get(~n, 0))
        rings = []
        for begin, waiting in onward.items():
            while waiting:
                ring = [waiting.pop()]
                while (point := self.start(~ring[-1])) != begin:
                    ring.append(onward[point].pop())
                rings.append(ring)
        return rings

    def start(self, number: int) -> Point:
        return self.arcs[number][0] if number >= 0 else self.arcs[~number][-1]


def thinned(arc: Ring, weights: list[float], least: float) -> Ring:
    """The points of an arc that weigh enough, on the grid of the drawing, its two ends always among them."""
    kept = [on_grid(point) for point, weight in zip(arc, weights, strict=True) if weight >= least]
    inner = [point for before, point in pairwise(kept[:-1]) if point != before]
    return [kept[0], *inner, kept[-1]]


def told(place: Place) -> dict[str, Any]:
    mark = {"schematic": True} if place.schematic else {}
    return {"name": place.name, "province": place.province} | mark


def geometry(code: str, properties: dict[str, Any], polygons: list[list[Arcs]]) -> dict[str, Any]:
    return {"id": code, "properties": properties, "type": "MultiPolygon", "arcs": polygons}


def used_arcs_only(topology: dict[str, Any]) -> dict[str, Any]:
    """The topology without the arcs of what was left out, the others as differences from point to point."""
    arcs: list[list[list[int]]] = []
    places: dict[int, int] = {}

    def number(old: int) -> int:
        place = spot(old)
        if place not in places:
            places[place] = len(arcs)
            arcs.append(list(differences(topology["arcs"][place])))
        return places[place] if old >= 0 else ~places[place]

    for collection in topology["objects"].values():
        for one in collection["geometries"]:
            one["arcs"] = [[[number(n) for n in ring] for ring in polygon] for polygon in one["arcs"]]
    return topology | {"arcs": arcs}
