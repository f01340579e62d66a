"""The results of a unit over its visits as a chart in SVG that reads in black and white and on a phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import pairwise

WIDTH, HEIGHT = 380, 230
LEFT, RIGHT, TOP, BOTTOM = 30, 18, 34, 28
"""Room for the figures of the axis, half a date at the right, the names of forms above, the dates below."""

LETTER = 7.3
"""How wide a letter is, about, at the size of the labels."""


@dataclass(frozen=True)
class Point:
    """One result: `value` is what is printed, `low` to `high` the interval where the total is not known (else equal).

    `mark`: "own", "same" (the unit under a former code) or "other" (a unit that it took over). `joined`: a line from
    the point before. `form` is the name of the checklist version where it differs from the one before.
    """

    day: date
    low: float
    high: float
    value: str
    day_text: str
    mark: str
    joined: bool
    form: str = ""


def result_chart(points: list[Point], title: str, description: str) -> str:
    """The points in the order of days; `description` says the same in words."""
    parts = [_grid()]
    places = _places(points)
    for (x, point), (other_x, other) in pairwise(zip(places, points, strict=True)):
        if other.joined:
            kind = "unitc__l" if point.mark == other.mark == "own" else "unitc__l unitc__l--before"
            line = f"M{x:.1f} {_y(_middle(point)):.1f}L{other_x:.1f} {_y(_middle(other)):.1f}"
            parts.append(f'<path class="{kind}" d="{line}"/>')
    shown = _labelled([(x, len(point.day_text) * LETTER) for x, point in zip(places, points, strict=True)])
    valued = _labelled([(x, max(26.0, len(point.value) * LETTER + 4)) for x, point in zip(places, points, strict=True)])
    forms_until = 0.0
    for place, (x, point) in enumerate(zip(places, points, strict=True)):
        if point.form:
            parts.append(_form(x, point.form, with_words=x - 4 > forms_until))
            forms_until = x + len(point.form) * LETTER
        parts.append(_mark(x, point))
        high = place in valued  # else below the point, where its neighbour's stands above
        parts.append(_text(x, _y(point.high) - 9 if high else _y(point.low) + 20, point.value, "unitc__v"))
        if place in shown:
            middle = min(x, WIDTH - len(point.day_text) * LETTER / 2)
            parts.append(_text(middle, HEIGHT - BOTTOM + 18, point.day_text, ""))
    return (
        f'<svg class="unitc" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="unitc-t unitc-d">'
        f'<title id="unitc-t">{escape(title)}</title><desc id="unitc-d">{escape(description)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def sign(mark: str) -> str:
    """The mark of a point alone, for the key."""
    point = Point(date.min, 50, 50, "", "", mark, joined=False)
    return f'<svg class="unitc__key" viewBox="0 0 20 20" aria-hidden="true">{_shape(10, 10, point.mark)}</svg>'


def _places(points: list[Point]) -> list[float]:
    """Where each point stands from the left, by its day; points of one day alone stand side by side."""
    first, last = points[0].day.toordinal(), points[-1].day.toordinal()
    room = WIDTH - LEFT - RIGHT - 30
    if first == last:
        step = room / (len(points) + 1)
        return [LEFT + 15 + step * (place + 1) for place in range(len(points))]
    return [LEFT + 15 + room * (point.day.toordinal() - first) / (last - first) for point in points]


def _labelled(labels: list[tuple[float, float]]) -> set[int]:
    """Which labels (middle, width) have room, beginning with the last: it is read first."""
    chosen: set[int] = set()
    free = float("inf")
    for place in range(len(labels) - 1, -1, -1):
        middle, width = labels[place]
        if middle + width / 2 < free:
            chosen.add(place)
            free = middle - width / 2 - 4
    return chosen


def _y(value: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / 100


def _middle(point: Point) -> float:
    return (point.low + point.high) / 2


def _grid() -> str:
    lines = []
    for quarter in range(5):
        y = _y(25 * quarter)
        lines.append(f'<path class="unitc__g" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>')
        lines.append(f'<text class="unitc__a" x="{LEFT - 5}" y="{y + 4:.1f}" text-anchor="end">{25 * quarter}</text>')
    return "".join(lines)


def _form(x: float, words: str, *, with_words: bool) -> str:
    """A dotted line before the first result of another checklist version, with its name above."""
    line = f'<path class="unitc__f" d="M{x - 7:.1f} {TOP - 10}V{HEIGHT - BOTTOM}"/>'
    end = x - 7 + len(words) * LETTER > WIDTH
    anchor = ' text-anchor="end"' if end else ""
    name = f'<text class="unitc__n" x="{x - 7:.1f}" y="{TOP - 16}"{anchor}>{escape(words)}</text>'
    return line + (name if with_words else "")


def _mark(x: float, point: Point) -> str:
    if point.high - point.low > 0.05:
        low, high = _y(point.low), _y(point.high)
        ends = f"M{x - 5:.1f} {low:.1f}h10M{x - 5:.1f} {high:.1f}h10M{x:.1f} {low:.1f}V{high:.1f}"
        return f'<path class="unitc__o" d="{ends}"/>'
    return _shape(x, _y(point.low), point.mark)


def _shape(x: float, y: float, mark: str) -> str:
    if mark == "other":
        return f'<path class="unitc__p unitc__p--other" d="M{x - 5.5:.1f} {y - 5.5:.1f}h11v11h-11z"/>'
    kind = "unitc__p" if mark == "own" else "unitc__p unitc__p--same"
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="5.5"/>'


def _text(x: float, y: float, words: str, kind: str) -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{x:.1f}" y="{max(y, 11):.1f}" text-anchor="middle">{escape(words)}</text>'
