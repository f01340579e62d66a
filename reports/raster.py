"""Our own SVG drawings as PNG files for Word, which shows no SVG without a picture to fall back on.

Only what `reports.drawings` and `reports.locator` write is understood: boxes, circles, paths of straight lines and half
circles, text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from PIL import Image, ImageDraw, ImageFont

from reports.drawings import ROW, TOP

FONTS = Path(__file__).parent / "fonts"
FINE, KEPT = 8, 4
"""Pixels to a point while drawing, and in the file (288 to an inch)."""

MILLIMETRES = 25.4 / 72
NAMES = 160
"""Points to the left of a chart for the names of its rows: what it leaves of the page's text width."""

TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
TAKES = {"m": 2, "l": 2, "h": 1, "v": 1, "a": 7, "z": 0}
"""How many figures each letter of a path takes."""

Point = tuple[float, float]


@dataclass(frozen=True)
class RowName:
    """What stands beside one row of a chart, in one line or two."""

    lines: tuple[str, ...]
    bold: bool = False


def png_of_svg(svg: str, names: list[RowName]) -> tuple[bytes, float]:
    """The drawing as a grey PNG file and its width in millimetres; `names` are written to the left of its rows.

    The same drawing gives the same bytes. KeyError or ValueError for anything that our drawings do not hold.
    """
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    whole = root.get("viewBox") or f"0 0 {root.attrib['width']} {root.attrib['height']}"
    left, top, width, height = (float(part) for part in whole.split())
    beside = NAMES if names else 0
    paper = Paper(width + beside, height, (left - beside, top))
    for shape in root:
        DRAWN[shape.tag.rpartition("}")[2]](paper, shape, root)
    for place, name in enumerate(names):
        write_name(paper, name, TOP + ROW * place)
    return paper.png(), (width + beside) * MILLIMETRES


class Paper:
    """A white sheet in points, whose upper left corner lies at `origin`."""

    def __init__(self, width: float, height: float, origin: Point) -> None:
        self.size = (round(width * KEPT), round(height * KEPT))
        self.origin = origin
        self.image = Image.new("L", (self.size[0] * FINE // KEPT, self.size[1] * FINE // KEPT), 255)
        self.pen = ImageDraw.Draw(self.image)

    def at(self, point: Point) -> Point:
        return (point[0] - self.origin[0]) * FINE, (point[1] - self.origin[1]) * FINE

    def trace(self, points: list[Point], shape: Element, closed: bool) -> None:
        """One outline filled and drawn as its shape says."""
        places = [self.at(point) for point in points]
        fill, stroke = grey(shape.get("fill", "#000")), grey(shape.get("stroke", "none"))
        if fill is not None and len(places) > 2:
            self.pen.polygon(places, fill=fill)
        if stroke is None:
            return
        width = max(round(float(shape.get("stroke-width", "1")) * FINE), 1)
        around = [*places, places[0]] if closed else places
        for stretch in dashes(around, [float(part) * FINE for part in shape.get("stroke-dasharray", "").split()]):
            self.pen.line(stretch, fill=stroke, width=width, joint="curve")
        if shape.get("stroke-linecap") == "round":
            for x, y in places:
                self.pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=stroke)

    def write(self, point: Point, words: str, size: float, anchor: str = "start", bold: bool = False) -> None:
        anchors = {"start": "ls", "middle": "ms", "end": "rs"}
        self.pen.text(self.at(point), words, fill=0, font=face(size, bold), anchor=anchors[anchor])

    def png(self) -> bytes:
        out = BytesIO()
        self.image.resize(self.size, Image.Resampling.BOX).save(out, "PNG", dpi=(72 * KEPT, 72 * KEPT), optimize=True)
        return out.getvalue()


@lru_cache(maxsize=32)
def face(size: float, bold: bool) -> Any:
    name = "Tinos-Bold.ttf" if bold else "Tinos-Regular.ttf"
    return ImageFont.truetype(str(FONTS / name), size * FINE, layout_engine=ImageFont.Layout.BASIC)


def write_name(paper: Paper, name: RowName, y: float) -> None:
    first = 17.0 if len(name.lines) == 1 else 10.5
    for place, line in enumerate(name.lines):
        paper.write((paper.origin[0], y + first + 12 * place), line, 10.5, bold=name.bold)


def draw_text(paper: Paper, shape: Element, root: Element) -> None:
    point = float(shape.attrib["x"]), float(shape.attrib["y"])
    size = float(shape.get("font-size", root.get("font-size", "10")))
    paper.write(point, shape.text or "", size, shape.get("text-anchor", "start"), shape.get("font-weight") == "bold")


def draw_box(paper: Paper, shape: Element, _: Element) -> None:
    x, y, width, height = (float(shape.attrib[key]) for key in ("x", "y", "width", "height"))
    paper.trace([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], shape, closed=True)


def draw_circle(paper: Paper, shape: Element, _: Element) -> None:
    x, y, radius = (float(shape.attrib[key]) for key in ("cx", "cy", "r"))
    turns = [2 * math.pi * step / 48 for step in range(48)]
    paper.trace([(x + radius * math.cos(t), y + radius * math.sin(t)) for t in turns], shape, closed=True)


def draw_path(paper: Paper, shape: Element, _: Element) -> None:
    for points, closed in outlines(shape.attrib["d"]):
        paper.trace(points, shape, closed)


DRAWN = {"rect": draw_box, "circle": draw_circle, "path": draw_path, "text": draw_text}


def outlines(path: str) -> Iterator[tuple[list[Point], bool]]:
    """The lines of a path, each with whether it is closed."""
    points: list[Point] = []
    for letter, figures in steps(path):
        if letter in "mM" and points:
            yield points, False
            points = [moved(points[-1], letter, figures)]
        elif letter in "zZ":
            yield points, True
            points = []
        elif letter == "a":
            points += half_circle(points[-1], figures)
        else:
            points.append(moved(points[-1] if points else (0, 0), letter, figures))
    if points:
        yield points, False


def steps(path: str) -> Iterator[tuple[str, list[float]]]:
    """Each letter of a path with its figures; a letter may take several groups of them."""
    letter, figures = "", list[float]()
    for token in TOKEN.findall(path):
        if token.isalpha():
            letter, figures = token, []
        else:
            figures.append(float(token))
        if len(figures) == TAKES[letter.lower()]:
            yield letter, figures
            letter, figures = {"m": "l", "M": "L"}.get(letter, letter), []


def moved(start: Point, letter: str, figures: list[float]) -> Point:
    """Where a step leads; small letters count from where the pen is."""
    x, y = start if letter.islower() else (0.0, 0.0)
    if letter in "hH":
        return x + figures[0], start[1]
    if letter in "vV":
        return start[0], y + figures[0]
    return x + figures[0], y + figures[1]


def half_circle(start: Point, figures: list[float]) -> list[Point]:
    """The points of an arc over a diameter, clockwise; ValueError for any other arc."""
    radius, _, _, _, clockwise, across, down = figures
    if not clockwise or abs(math.hypot(across, down) - 2 * radius) > 0.01:
        raise ValueError("only half circles are drawn")
    x, y = start[0] + across / 2, start[1] + down / 2
    first = math.atan2(-down, -across)
    turns = [first + math.pi * step / 24 for step in range(1, 25)]
    return [(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns]


def dashes(line: list[Point], pattern: list[float]) -> Iterator[list[Point]]:
    """A line cut into the stretches that are drawn; whole without a pattern of two lengths, drawn and left."""
    if not pattern:
        yield line
        return
    gone, (drawn, left) = 0.0, pattern
    for (x, y), (to_x, to_y) in pairwise(line):
        length = math.hypot(to_x - x, to_y - y)
        first = -(gone % (drawn + left))
        while first < length:
            start, end = max(first, 0), min(first + drawn, length)
            if end > start:
                ends = [at / length for at in (start, end)]
                yield [(x + (to_x - x) * part, y + (to_y - y) * part) for part in ends]
            first += drawn + left
        gone += length


def grey(colour: str) -> int | None:
    """A grey as SVG writes it, from 0 for black; None for none."""
    if colour == "none":
        return None
    digits = colour.removeprefix("#")
    return int(digits[0] * 2 if len(digits) == 3 else digits[:2], 16)
