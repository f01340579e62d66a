"""The charts of the synthesis as SVG: how many units stand at which level, in patterns that read in black and white."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from reports.patterns import PATTERNS, filled_box
from reports.synthesis_map import LEGEND_ROW, WIDTH, Entry

LABEL, BAR_LEFT, BAR_HEIGHT, ROW = 0, 150, 15, 30
STEPS = (4, 3, 2, 1, 0)
NARROW = 14
"""A part narrower than this many points has no room for its number."""


def level_chart(rows: Sequence[tuple[str, Mapping[int, int]]], legend: list[Entry]) -> str:
    """A bar of 100 % for each row, parted by level from the best on, with the number of units above each part."""
    top = ROW * len(rows) + 8
    parts = [row(label, levels, ROW * place) for place, (label, levels) in enumerate(rows)]
    lines = -(-len(legend) // 2)
    for place, entry in enumerate(legend):
        x, y = WIDTH / 2 * (place // lines), top + LEGEND_ROW * (place % lines)
        parts.append(filled_box(x + 1, y, 22, 11, PATTERNS["lv"][entry.step]))
        parts.append(text(x + 29, y + 9.5, f"{entry.words}: {entry.count}" if entry.count else entry.words))
    height = top + LEGEND_ROW * lines
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {WIDTH + 2} {height + 2}" width="{WIDTH + 2}pt" '
        f'height="{height + 2}pt" font-family="Tinos" font-size="10">{"".join(parts)}</svg>'
    )


def row(label: str, levels: Mapping[int, int], y: float) -> str:
    total = sum(levels.values())
    parts = [text(LABEL, y + 23, label)]
    x, room = float(BAR_LEFT), WIDTH - BAR_LEFT
    for step in STEPS:
        width = room * levels.get(step, 0) / total if total else 0
        if width:
            parts.append(filled_box(round(x, 1), y + 12, round(width, 1), BAR_HEIGHT, PATTERNS["lv"][step]))
            if width >= NARROW:
                parts.append(text(x + width / 2, y + 9.5, str(levels[step]), "middle"))
        x += width
    return "".join(parts)


def text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="10" text-anchor="{anchor}">{escape(words)}</text>'
