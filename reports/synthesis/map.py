"""The map of a synthesis as SVG in black and white: units of a province, or provinces of the nation, by result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from reports.coverage import Scale
from reports.locator import HOANG_SA, TRUONG_SA, Frame, Geometry, Point, Ring, around, dots, thinned
from reports.patterns import PATTERNS, Outline, filled, filled_box, inner_point

WIDTH = 452
"""Points: the width of the text."""

NATION_BOX = (101.9, 6.6, 117.9, 23.6)
NATION_HEIGHT, PROVINCE_HEIGHT = 440, 310
LEGEND_ROW = 16
LONG_LINE = 42
"""Letters of a line of the legend that have room in half the width."""
ISLANDS = (HOANG_SA, TRUONG_SA)


@dataclass(frozen=True)
class Entry:
    """One line of the legend: a step of the scale or "unvisited", in words, with how many units it has."""

    step: int | str
    words: str
    count: str


def province_map(country: Geometry, province: str, steps: dict[str, int], legend: list[Entry]) -> str:
    """The communes of a province, each in the pattern of its level; those that `steps` lacks were not visited.

    An archipelago far out at sea is drawn in a corner of its own, or nobody could read the rest.
    """
    units = country.units_of(province)
    near = {code: shape for code, shape in units.items() if code not in ISLANDS} or units
    rings = {code: country.rings(shape) for code, shape in near.items()}
    everything = [ring for shape in rings.values() for ring in shape]
    if not everything:
        return ""
    window = Frame(0, WIDTH, around(everything), PROVINCE_HEIGHT)
    shapes = {code: placed(window, shape) for code, shape in rings.items()}
    body = drawn(shapes, steps, "lv") + corner(units, steps)
    return picture(body, PROVINCE_HEIGHT, legend, "lv")


def nation_map(country: Geometry, steps: dict[str, int], numbers: dict[str, int], legend: list[Entry],
               words: dict[str, str]) -> str:  # fmt: skip
    """The provinces, each in the pattern of its mean and with its number in the table; `words`: hoang_sa, truong_sa."""
    window = Frame(0, WIDTH, NATION_BOX, NATION_HEIGHT)
    shapes = {code: placed(window, country.rings(shape)) for code, shape in country.provinces.items()}
    body = drawn(shapes, steps, "sc") + islands(country, window, words)
    for code, number in numbers.items():
        if shapes.get(code):
            body += numbered(inner_point(shapes[code]), number)
    return picture(body, NATION_HEIGHT, legend, "sc")


def placed(window: Frame, rings: Iterable[Ring]) -> list[Outline]:
    """A shape in points of the drawing; what is too small to have a shape keeps a square of two points."""
    found = [list(thinned(window, ring)) for ring in rings]
    kept = [ring for ring in found if len(ring) > 2]
    if kept or not found:
        return kept
    x, y = found[0][0]
    return [[(x - 1, y - 1), (x + 1, y - 1), (x + 1, y + 1), (x - 1, y + 1)]]


def drawn(shapes: dict[str, list[Outline]], steps: dict[str, int], scale: Scale) -> str:
    """All shapes, large ones first, so that an enclave lies on what surrounds it."""
    spans = {code: sum(len(ring) for ring in shape) for code, shape in shapes.items()}
    ordered = sorted(shapes, key=lambda code: (-spans[code], code))
    return "".join(filled(shapes[code], PATTERNS[scale][steps.get(code, "unvisited")]) for code in ordered)


def islands(country: Geometry, window: Frame, words: dict[str, str]) -> str:
    """Both archipelagos as dots with their names, whatever their provinces came to."""
    parts = []
    for code, word, where in ((HOANG_SA, "hoang_sa", (112.2, 15.1)), (TRUONG_SA, "truong_sa", (113.7, 6.75))):
        shape = country.units.get(code)
        dotted = dots(window, country.rings(shape)) if shape else ""
        parts.append(f'<path d="{dotted}" stroke="#444" stroke-width="2" stroke-linecap="round" fill="none"/>')
        parts.append(text(*window.place(where), words[word], 9, "middle"))
    return "".join(parts)


def corner(units: dict[str, Any], steps: dict[str, int]) -> str:
    """The archipelagos of a province with other units too, as squares in the lower right corner with their names."""
    found = [code for code in ISLANDS if code in units and len(units) > 1]
    parts = []
    for place, code in enumerate(found):
        y = PROVINCE_HEIGHT - 22 - 18 * place
        parts.append(filled_box(WIDTH - 96, y, 16, 11, PATTERNS["lv"][steps.get(code, "unvisited")]))
        parts.append(text(WIDTH - 76, y + 9, units[code]["properties"]["name"], 9, "start"))
    return "".join(parts)


def numbered(point: Point, number: int) -> str:
    x, y = point
    disc = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5.6" fill="#fff" stroke="#000" stroke-width=".5"/>'
    return disc + text(x, y + 2.7, str(number), 7.5, "middle")


def picture(body: str, height: float, legend: list[Entry], scale: Scale) -> str:
    """The drawing in its frame with the legend below."""
    below, full = legend_drawn(legend, height + 10, scale)
    frame = f'<rect x="0" y="0" width="{WIDTH}" height="{height}" fill="none" stroke="#000" stroke-width=".6"/>'
    return svg(body + frame + below, full)


def legend_drawn(legend: list[Entry], top: float, scale: Scale) -> tuple[str, float]:
    """The lines of a legend, in two columns when all are short, and where they end."""
    lines = [f"{entry.words}: {entry.count}" if entry.count else entry.words for entry in legend]
    columns = 1 if any(len(line) > LONG_LINE for line in lines) else 2
    rows = -(-len(legend) // columns)
    parts = []
    for place, (entry, line) in enumerate(zip(legend, lines, strict=True)):
        x, y = WIDTH / 2 * (place // rows), top + LEGEND_ROW * (place % rows)
        parts.append(filled_box(x + 1, y, 22, 11, PATTERNS[scale][entry.step]))
        parts.append(text(x + 29, y + 9.5, line, 10, "start"))
    return "".join(parts), top + LEGEND_ROW * rows


def svg(body: str, height: float) -> str:
    """A drawing as wide as the text."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {WIDTH + 2} {height + 2:g}" width="{WIDTH + 2}pt" '
        f'height="{height + 2:g}pt" font-family="Tinos" font-size="10">{body}</svg>'
    )


def text(x: float, y: float, words: str, size: float, anchor: str) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}"'
    return f"<text {place}>{escape(words)}</text>"
