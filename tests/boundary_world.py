"""Small files of boundaries for the tests: four units of Thanh Hóa side by side, or a square for every unit there is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from forms.units import COMMUNE_KINDS, Unit, load, valid_on
from survey.clock import local_date

OPEN = [[105.6, 19.9], [105.7, 19.9], [105.7, 20.0]]
FOUR = ("15271", "14758", "14797", "14812")
"""Four units of the province of Hà Trung, in the order west to east, south to north."""

WEST, SOUTH, WIDE = 105.6, 19.9, 0.1


def wavy(start: tuple[float, float], end: tuple[float, float], waves: int = 40) -> list[list[float]]:
    """A border of many points that swings by two metres, and by five hundred in its middle."""
    (ax, ay), (bx, by) = start, end
    points = []
    for n in range(waves + 1):
        part, swing = n / waves, (0.0, 0.00002)[n % 2] + (0.005 if n == waves // 2 else 0)
        points.append([round(ax + (bx - ax) * part + (swing if ax == bx else 0), 6),
                       round(ay + (by - ay) * part + (swing if ay == by else 0), 6)])  # fmt: skip
    return [[ax, ay], *points[1:-1], [bx, by]]


def quarters() -> dict[str, list[list[float]]]:
    """The rings of four units that meet in one point; what two of them share has the same points in both."""
    x, y = [WEST, WEST + WIDE, WEST + 2 * WIDE], [SOUTH, SOUTH + WIDE, SOUTH + 2 * WIDE]
    upright = {(n, m): wavy((x[n], y[m]), (x[n], y[m + 1])) for n in range(3) for m in range(2)}
    level = {(n, m): wavy((x[n], y[m]), (x[n + 1], y[m])) for n in range(2) for m in range(3)}
    rings = {}
    for code, (n, m) in zip(FOUR, ((0, 0), (1, 0), (0, 1), (1, 1)), strict=True):
        sides = level[n, m], upright[n + 1, m], level[n, m + 1][::-1], upright[n, m][::-1]
        rings[code] = [point for side in sides for point in side[:-1]] + [sides[0][0]]
    return rings


def feature(code: object, *rings: list[list[float]], kind: str = "Polygon") -> dict[str, Any]:
    return {"type": "Feature", "properties": {"code": code}, "geometry": {"type": kind, "coordinates": list(rings)}}


def square(x: float, y: float, half: float = 0.01) -> list[list[float]]:
    corners = [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
    return [[round(a, 5), round(b, 5)] for a, b in [*corners, corners[0]]]


def collection(*features: dict[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def four_units() -> dict[str, Any]:
    return collection(*(feature(code, ring) for code, ring in quarters().items()))


def every_unit() -> dict[str, Any]:
    """A square around the point of each unit of today."""
    return collection(*(feature(unit.code, square(*place(unit))) for unit in communes()))


def communes() -> list[Unit]:
    return [unit for unit in valid_on(load(), local_date(7)) if unit.kind in COMMUNE_KINDS]


def place(unit: Unit) -> tuple[float, float]:
    if unit.longitude is None or unit.latitude is None:
        raise ValueError(unit.code)
    return unit.longitude, unit.latitude


def save(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path
