"""Units of the drawn map as GeoJSON (RFC 7946): degrees, outer rings anticlockwise, one feature each."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from reports.locator import Geometry, Ring

DECIMALS = 5
"""Places after the point in degrees: about a metre."""


def feature(drawn: Geometry, shape: dict[str, Any] | None, properties: dict[str, Any]) -> dict[str, Any]:
    """A unit or province with its properties; without a shape its geometry is null."""
    return {"type": "Feature", "properties": properties, "geometry": _geometry(drawn, shape) if shape else None}


def _geometry(drawn: Geometry, shape: dict[str, Any]) -> dict[str, Any]:
    parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    polygons = [[_ring(drawn.ring(ring), outer=not place) for place, ring in enumerate(part)] for part in parts]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def _ring(points: Ring, *, outer: bool) -> list[list[float]]:
    """A closed ring, walked anticlockwise when it is an outer one and clockwise when it is a hole."""
    closed = points if points[0] == points[-1] else [*points, points[0]]
    turned = closed if (_area(closed) > 0) is outer else closed[::-1]
    return [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in turned]


def _area(ring: Ring) -> float:
    """Twice the area, positive when the ring is walked anticlockwise."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring))
