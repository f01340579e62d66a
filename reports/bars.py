"""Small pictures in the cells of tables, readable in black and white: a bar from 0 to 100, or two to compare."""

from __future__ import annotations

from collections.abc import Iterable

from reports.drawings import box, hatched

WIDTH, HEIGHT = 96, 13
"""Points of a picture in a cell."""

FULL = 100

EDGE = 4
"""Points left free at either end, so that the frame is whole."""


def bar(low: float, high: float, is_total: bool = False) -> str:
    """A share of 100: what is reached is filled, what may still become so up to `high` is hatched."""
    start, end = at(low), at(max(high, low))
    parts = [box(EDGE, 2, at(100) - EDGE, 9, "#fff", "#000", 0.5)]
    if start > EDGE:
        parts.append(box(EDGE, 2, start - EDGE, 9, "#000" if is_total else "#555", "#000", 0.5))
    if end - start > 0.1:
        parts.append(hatched(start, 2, end - start, 9))
    return svg(*parts, ticks(2, 11))


def pair(first: float, second: float, most: float) -> str:
    """Two figures of at most `most`: the first a white bar above, the second a dark one below.

    Shares of 100 have marks at each quarter.
    """
    reach = at(100) - EDGE
    long, short = (reach * figure / most if most else 0.0 for figure in (first, second))
    parts = [ticks(0, HEIGHT, (25, 50, 75, 100))] if most == FULL else []
    parts.append(f'<path d="M{EDGE} 0V{HEIGHT}" stroke="#000" stroke-width=".6" fill="none"/>')
    parts += [box(EDGE, 1, long, 5, "#fff", "#000", 0.5)] if long else []
    parts += [box(EDGE, 7, short, 5, "#555", "#000", 0.5)] if short else []
    return svg(*parts)


def at(share: float) -> float:
    """Where a share of 100 lies; what is beyond lies at the end."""
    return EDGE + (WIDTH - 2 * EDGE) * min(max(share, 0), 100) / 100


def ticks(top: float, bottom: float, shares: Iterable[int] = (25, 50, 75)) -> str:
    """Marks at each quarter."""
    lines = "".join(f"M{at(share):g} {top:g}V{bottom:g}" for share in shares)
    return f'<path d="{lines}" stroke="#999" stroke-width=".4" fill="none"/>'


def svg(*parts: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}pt" '
        f'height="{HEIGHT}pt">{"".join(parts)}</svg>'
    )
