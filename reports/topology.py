"""Turns polygons on an integer grid into TopoJSON: common borders are stored once, as arcs of small differences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

Point = tuple[int, int]
Ring = list[Point]  # closed: the last point repeats the first
Polygon = list[Ring]  # the outer ring, then its holes
Layer = list[tuple[dict[str, Any], list[Polygon]]]  # members of a geometry (id, properties) and its polygons


def topology(layers: dict[str, Layer], scale: tuple[float, float], translate: tuple[float, float]) -> dict[str, Any]:
    """A TopoJSON topology with one geometry collection per layer.

    Grid points become degrees by `x * scale + translate`. Polygons that share a border must share its points.
    Source of the format: the TopoJSON specification 1.0, sections 2.1 (arcs) and 4 (quantisation).
    """
    rings = [ring for layer in layers.values() for _, polygons in layer for polygon in polygons for ring in polygon]
    cutter = Cutter(junctions(rings))
    objects = {
        name: {"type": "GeometryCollection", "geometries": [geometry(cutter, *one) for one in layer]}
        for name, layer in layers.items()
    }
    arcs = [list(differences(arc)) for arc in cutter.arcs]
    return {
        "type": "Topology",
        "transform": {"scale": list(scale), "translate": list(translate)},
        "objects": objects,
        "arcs": arcs,
    }


def geometry(cutter: Cutter, members: dict[str, Any], polygons: list[Polygon]) -> dict[str, Any]:
    parts = [[cutter.cut(ring) for ring in polygon] for polygon in polygons]
    shape = {"type": "Polygon", "arcs": parts[0]} if len(parts) == 1 else {"type": "MultiPolygon", "arcs": parts}
    return members | shape


def junctions(rings: Iterable[Ring]) -> set[Point]:
    """Points where borders meet or part: those that are not between the same two neighbours in every ring."""
    between: dict[Point, tuple[Point, Point]] = {}
    found = set()
    for ring in rings:
        inner = ring[:-1]
        for n, point in enumerate(inner):
            before, after = inner[n - 1], inner[(n + 1) % len(inner)]
            sides = (before, after) if before < after else (after, before)  # a set would take three times the memory
            if between.setdefault(point, sides) != sides:
                found.add(point)
    return found


class Cutter:
    """Cuts rings at the junctions and numbers the pieces, the same piece once whichever way it is walked."""

    def __init__(self, junctions: set[Point]) -> None:
        self.junctions = junctions
        self.arcs: list[Ring] = []
        self.known: dict[tuple[Point, ...], int] = {}

    def cut(self, ring: Ring) -> list[int]:
        """The numbers of the arcs of a ring in order; a piece walked backwards has the number -1 - n."""
        return [self.number(piece) for piece in self.pieces(ring[:-1])]

    def pieces(self, points: Ring) -> Iterator[Ring]:
        # A ring without junctions starts at its least point, so that its twin in another layer is the same arc.
        cuts = [n for n, point in enumerate(points) if point in self.junctions] or [points.index(min(points))]
        for start, end in zip(cuts, [*cuts[1:], cuts[0] + len(points)], strict=True):
            yield [points[n % len(points)] for n in range(start, end + 1)]

    def number(self, piece: Ring) -> int:
        key, back = tuple(piece), tuple(reversed(piece))
        if back in self.known:
            return ~self.known[back]
        if key not in self.known:
            self.known[key] = len(self.arcs)
            self.arcs.append(piece)
        return self.known[key]


def differences(arc: Ring) -> Iterator[list[int]]:
    x = y = 0
    for px, py in arc:
        yield [px - x, py - y]
        x, y = px, py
