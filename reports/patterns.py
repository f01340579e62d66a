"""Fills that read in black and white, drawn as plain lines so that every renderer and every copier shows them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from reports.coverage import Scale

Point = tuple[float, float]  # points of the drawing
Outline = list[Point]

UNVISITED = "unvisited"

INK = 'stroke="#000" stroke-width=".55" fill="none"'


@dataclass(frozen=True)
class Pattern:
    """A fill: a grey below, and lines at `angles` (degrees) with `gap` points between them."""

    fill: str = "#fff"
    angles: tuple[int, ...] = ()
    gap: float = 3.0


FULL = Pattern("#222")
CROSSED = Pattern(angles=(45, 135), gap=3.0)
SLANTED = Pattern(angles=(45,), gap=3.0)
SPARSE = Pattern(angles=(135,), gap=5.2)
UPRIGHT = Pattern(angles=(90,), gap=7.0)
LEVEL = Pattern(angles=(0,), gap=2.6)
PALE = Pattern("#e2e2e2")

PATTERNS: dict[Scale, dict[int | str, Pattern]] = {
    "lv": {4: FULL, 3: CROSSED, 2: SLANTED, 1: SPARSE, 0: LEVEL, UNVISITED: PALE},
    "sc": {5: FULL, 4: CROSSED, 3: SLANTED, 2: SPARSE, 1: UPRIGHT, 0: LEVEL, UNVISITED: PALE},
}
"""The better, the more ink; level lines where nothing can be concluded, plain grey where nobody has been."""


def filled(outlines: list[Outline], pattern: Pattern) -> str:
    """A shape of outer rings and holes with its fill, its edge in grey."""
    shape = "".join(f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in ring)}Z" for ring in outlines if len(ring) > 2)
    if not shape:
        return ""
    drawn = f'<path d="{shape}" fill="{pattern.fill}" fill-rule="evenodd" stroke="#777" stroke-width=".35"/>'
    lines = "".join(hatching(outlines, angle, pattern.gap) for angle in pattern.angles)
    return drawn + (f'<path d="{lines}" {INK}/>' if lines else "")


def filled_box(x: float, y: float, width: float, height: float, pattern: Pattern) -> str:
    corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    edge = f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="none" stroke="#000" '
    return filled([corners], pattern) + edge + 'stroke-width=".6"/>'


def hatching(outlines: Iterable[Outline], angle: int, gap: float) -> str:
    """The lines of one direction inside a shape, as the steps of a path; what lies in a hole stays free."""
    turn = math.radians(angle)
    along, across = (math.cos(turn), -math.sin(turn)), (math.sin(turn), math.cos(turn))
    steps = []
    for row, crossings in sorted(crossed(outlines, along, across, gap).items()):
        for start, end in pairs(sorted(crossings)):
            places = (place(at, row * gap, along, across) for at in (start, end))
            steps.append("M{:.1f} {:.1f}L{:.1f} {:.1f}".format(*(part for point in places for part in point)))
    return "".join(steps)


def crossed(outlines: Iterable[Outline], along: Point, across: Point, gap: float) -> dict[int, list[float]]:
    """Where the edges of a shape cross the lines of a direction: number of the line → places along it."""
    found: dict[int, list[float]] = {}
    for ring in outlines:
        turned = [(x * along[0] + y * along[1], (x * across[0] + y * across[1]) / gap) for x, y in ring]
        for (x, y), (to_x, to_y) in pairwise([*turned, *turned[:1]]):
            for row in range(math.floor(min(y, to_y)) + 1, math.floor(max(y, to_y)) + 1):
                found.setdefault(row, []).append(x + (to_x - x) * (row - y) / (to_y - y))
    return found


def pairs(places: list[float]) -> Iterable[tuple[float, float]]:
    """Where a line enters a shape and where it leaves it again; touches shorter than a dot are left out."""
    return ((start, end) for start, end in zip(places[::2], places[1::2], strict=False) if end - start > 0.2)


def place(at: float, height: float, along: Point, across: Point) -> Point:
    return at * along[0] + height * across[0], at * along[1] + height * across[1]


def inner_point(outlines: list[Outline]) -> Point:
    """A point well inside a shape: the middle of its longest stretch at half its height."""
    largest = max(outlines, key=extent)
    ys = [y for _, y in largest]
    middle = (min(ys) + max(ys)) / 2
    rows = crossed([[(x, y - middle + 0.5) for x, y in largest]], (1, 0), (0, 1), 1)
    stretches = [(end - start, (start + end) / 2) for start, end in pairs(sorted(rows.get(0, [])))]
    return (max(stretches)[1] if stretches else largest[0][0]), middle


def extent(ring: Outline) -> float:
    """The area inside a ring."""
    around = pairwise([*ring, *ring[:1]])
    return abs(sum(x * to_y - to_x * y for (x, y), (to_x, to_y) in around)) / 2
