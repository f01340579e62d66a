"""The charts of the synthesis as SVG: how many units stand at which level, in patterns that read in black and white."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reports.patterns import PATTERNS, filled_box
from reports.synthesis.map import WIDTH, Entry, legend_drawn, svg, text

LABEL, BAR_LEFT, BAR_HEIGHT, ROW = 0, 172, 15, 30
STEPS = (4, 3, 2, 1, 0)
NARROW = 14
"""A part narrower than this many points has no room for its number."""


def level_chart(rows: Sequence[tuple[str, Mapping[int, int]]], legend: list[Entry]) -> str:
    """A bar of 100 % for each row, parted by level from the best on, with the number of units above each part."""
    parts = [row(label, levels, ROW * place) for place, (label, levels) in enumerate(rows)]
    below, height = legend_drawn(legend, ROW * len(rows) + 8, "lv")
    return svg("".join(parts) + below, height)


def row(label: str, levels: Mapping[int, int], y: float) -> str:
    total = sum(levels.values())
    parts = [text(LABEL, y + 23, label, 10, "start")]
    x, room = float(BAR_LEFT), WIDTH - BAR_LEFT
    for step in STEPS:
        width = room * levels.get(step, 0) / total if total else 0
        if width:
            parts.append(filled_box(round(x, 1), y + 12, round(width, 1), BAR_HEIGHT, PATTERNS["lv"][step]))
            if width >= NARROW:
                parts.append(text(x + width / 2, y + 9.5, str(levels[step]), 10, "middle"))
        x += width
    return "".join(parts)
