"""Charts of the printed documents as SVG, readable in black and white."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Literal

WIDTH = 294
"""Points of the page's text width (160 mm, 454 points) that the chart takes; the names of its rows take the rest."""

LEFT, BAR, BAR_WIDTH, VALUE, GATES = 0, 8, 166, 180, 240
ROW, TOP = 31, 8
LETTERS = 36
"""Letters of Tinos at 10.5 points that fit into a line of a row's name."""

GateState = Literal["met", "failed", "open"]


@dataclass(frozen=True)
class Bar:
    """One bar: `low` and `high` in per cent (equal when nothing is missing), `value` as it is printed."""

    label: str
    low: float
    high: float
    value: str
    gates: list[tuple[str, GateState]]
    is_total: bool = False


@dataclass(frozen=True)
class Legend:
    """The words under the chart."""

    gates: str
    met: str
    failed: str
    open: str
    bounds: str


def score_chart(bars: list[Bar], legend: Legend, font: str = "Tinos") -> str:
    """Bars of section scores with what is still open hatched, and the required conditions as doorways beside them.

    The names of the rows stand beside the picture, in rows of `ROW` points that begin `TOP` points below its upper
    edge: WeasyPrint sets a text in a picture letter by letter, each as a layout of its own.
    """
    bottom = TOP + ROW * len(bars)
    has_open = any(bar.high - bar.low > 0.05 for bar in bars)
    states = {state for bar in bars for _, state in bar.gates}
    height = bottom + 42 + (14 if has_open and states else 0)
    parts = [grid(bottom)]
    parts += [row(bar, TOP + ROW * place) for place, bar in enumerate(bars)]
    parts.append(key(legend, bottom + 34, has_open, states))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}pt" height="{height}pt" '
        f'font-family="{font}" font-size="10.5" fill="#000">{"".join(parts)}</svg>'
    )


def grid(bottom: float) -> str:
    """Lines at each quarter with their figures below."""
    parts = []
    for quarter in range(5):
        x = BAR + BAR_WIDTH * quarter / 4
        parts.append(f'<path d="M{x:g} {TOP - 4}V{bottom}" stroke="#999" stroke-width=".5" fill="none"/>')
        parts.append(text(x, bottom + 11, str(25 * quarter), size=8.5, anchor="middle"))
    return "".join(parts)


def row(bar: Bar, y: float) -> str:
    thick = 13 if bar.is_total else 11
    top = y + (ROW - 5 - thick) / 2
    parts = [box(BAR, top, BAR_WIDTH, thick, "#fff", "#000", 0.5)]
    low, high = (BAR_WIDTH * bound / 100 for bound in (bar.low, bar.high))
    if low > 0:
        parts.append(box(BAR, top, low, thick, "#000" if bar.is_total else "#555", "#000", 0.5))
    if high - low > 0.1:
        parts.append(hatched(BAR + low, top, high - low, thick))
    parts.append(text(VALUE, y + 17, bar.value, bold=bar.is_total))
    parts += [gate(GATES + 19 * place, y + 1, code, state) for place, (code, state) in enumerate(bar.gates)]
    return "".join(parts)


def row_name(bar: Bar) -> list[str]:
    """The name of a row in the two lines that it has; dots say that there is more of it."""
    lines = broken(bar.label, LETTERS)
    return lines if len(lines) <= 2 else [lines[0], f"{lines[1]} …"]


def broken(words: str, letters: int) -> list[str]:
    """A text broken into lines of at most so many letters; a longer word keeps its own line."""
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def hatched(x: float, y: float, width: float, height: float) -> str:
    """A box of upright lines: it may become full or stay empty."""
    count = int(width / 3)
    lines = "".join(f"M{x + 3 * (place + 0.5):.2f} {y:g}v{height:g}" for place in range(count))
    edge = box(x, y, width, height, "#fff", "#000", 0.5)
    return f'{edge}<path d="{lines}" stroke="#000" stroke-width=".6" fill="none"/>' if lines else edge


def gate(x: float, y: float, code: str, state: GateState) -> str:
    """A doorway with the code of the condition below: outlined when met, solid when not, dashed when undecided."""
    style = {
        "met": 'fill="#fff" stroke="#000" stroke-width=".9"',
        "failed": 'fill="#000" stroke="#000" stroke-width=".9"',
        "open": 'fill="#fff" stroke="#000" stroke-width=".9" stroke-dasharray="2 1.4"',
    }[state]
    door = f'<path d="M{x + 3:g} {y + 15:g}v-9a5.5 5.5 0 0 1 11 0v9z" {style}/>'
    if state == "failed":
        door += f'<path d="M{x + 6:g} {y + 6.5:g}l5 5m0-5l-5 5" stroke="#fff" stroke-width="1.2" fill="none"/>'
    return door + (text(x + 8.5, y + 24, code, size=8, anchor="middle", bold=state == "failed") if code else "")


def key(legend: Legend, y: float, has_open: bool, states: set[GateState]) -> str:
    """What the signs mean; only of signs that occur."""
    words: list[tuple[GateState, str]] = [("met", legend.met), ("failed", legend.failed), ("open", legend.open)]
    parts, x = [], float(LEFT)
    if states:
        parts.append(text(x, y, legend.gates, size=9.5))
        x += len(legend.gates) * 4.6 + 4
    for state, word in words:
        if state in states:
            parts += [gate(x, y - 12, "", state), text(x + 18, y, word, size=9.5)]
            x += 18 + len(word) * 4.4 + 12
    if has_open and states:
        x, y = float(LEFT), y + 14
    if has_open:
        parts += [hatched(x, y - 9, 21, 9), text(x + 25, y, legend.bounds, size=9.5)]
    return "".join(parts)


def box(x: float, y: float, width: float, height: float, fill: str, stroke: str, line: float) -> str:
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:.2f}" height="{height:g}" fill="{fill}" stroke="{stroke}" '
        f'stroke-width="{line:g}"/>'
    )


def text(x: float, y: float, words: str, size: float = 10.5, anchor: str = "start", bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" text-anchor="{anchor}"{weight}>{escape(words)}</text>'


def alternative(bars: Iterable[Bar]) -> str:
    """The chart in words: "B. Hệ thống dữ liệu 69,0; …"."""
    return "; ".join(f"{bar.label} {bar.value}" for bar in bars)
