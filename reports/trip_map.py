"""The map of a trip as SVG for the field app: its units with their outlines, their neighbours, and the country."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from reports.locator import HOANG_SA, TRUONG_SA, Frame, Geometry, Point, Ring, dots, lines, paths

WIDTH = 460
LEAST, MOST = 320, 460
"""The height follows the shape of the land within these bounds."""

LEAST_SPAN = 0.18
"""Degrees that are shown at least: a single ward would fill the map and tell nothing."""

AIR = 0.16
"""Part of the span that stays free on each side, for the marks and their numbers."""

INSET = (96.0, 106.0)
"""Width and height of the country in the corner."""

COUNTRY_BOX = (101.9, 4.6, 118.5, 23.7)
MARK = 19.0
"""Radius of the mark of a unit."""

LONGEST_NAME = 22


@dataclass(frozen=True)
class Stop:
    """A unit of the trip: where it lies when it has no outline, and its last level (1 to 4); 0 = unknown."""

    code: str
    province: str
    name: str
    longitude: float | None
    latitude: float | None
    rank: int = 0


def trip_map(country: Geometry, stops: Sequence[Stop], label: str, words: dict[str, str]) -> str:
    """The drawing; each unit is a group with its code as `data-code`, to which the page adds number and state.

    `words`: hoang_sa, truong_sa. Without any place of a unit there is nothing to draw: "".
    """
    rings = {stop.code: country.rings(country.units[stop.code]) for stop in stops if stop.code in country.units}
    points = [point for found in rings.values() for ring in found for point in ring]
    points += [(s.longitude, s.latitude) for s in stops if s.longitude is not None and s.latitude is not None]
    if not points:
        return ""
    box = _box(points)
    height = _height(box)
    frame = Frame(0, WIDTH, box, height)
    marks = _places(frame, stops, rings)
    neighbours = [s for province in sorted({s.province for s in stops}) for s in country.units_of(province).values()]
    land = [ring for shape in country.provinces.values() for ring in country.rings(shape) if _touches(ring, box)]
    parts = [
        f'<rect class="tripm__sea" width="{WIDTH}" height="{height:.0f}"/>',
        f'<path class="tripm__land" d="{paths(frame, land)}"/>',
        f'<path class="tripm__p" d="{lines(frame, (a for a in _provinces(country) if _touches(a, box)))}"/>',
        f'<path class="tripm__b" d="{lines(frame, (a for a in country.borders(neighbours) if _touches(a, box)))}"/>',
        *(_outline(frame, stop, rings.get(stop.code, [])) for stop in stops),
        *(_mark(stop, place) for stop, place in zip(stops, marks, strict=True)),
        _inset(country, stops, _corner(marks, height), words),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="tripm" viewBox="0 0 {WIDTH} {height:.0f}" role="img" '
        f'aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )


def _provinces(country: Geometry) -> list[Ring]:
    return country.borders(country.provinces.values())


def _box(points: list[Point]) -> tuple[float, float, float, float]:
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    span = max(east - west, north - south, LEAST_SPAN)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    wide, high = max(east - west, 0.6 * span), max(north - south, 0.6 * span)
    air = AIR * span
    return middle_x - wide / 2 - air, middle_y - high / 2 - air, middle_x + wide / 2 + air, middle_y + high / 2 + air


def _height(box: tuple[float, float, float, float]) -> float:
    west, south, east, north = box
    shape = (north - south) / ((east - west) * math.cos(math.radians((south + north) / 2)))
    return min(MOST, max(LEAST, WIDTH * shape))


def _touches(ring: Ring, box: tuple[float, float, float, float]) -> bool:
    """Whether a line may be seen: its own box and that of the map meet, with the room that the sheet's shape adds."""
    west, south, east, north = box
    more = 0.4 * max(east - west, north - south)
    return (
        min(x for x, _ in ring) < east + more
        and max(x for x, _ in ring) > west - more
        and min(y for _, y in ring) < north + more
        and max(y for _, y in ring) > south - more
    )


def _outline(frame: Frame, stop: Stop, rings: list[Ring]) -> str:
    return f'<path class="tripm__u" data-code="{escape(stop.code)}" d="{paths(frame, rings)}"/>'


def _places(frame: Frame, stops: Sequence[Stop], rings: dict[str, list[Ring]]) -> list[Point]:
    """Where the marks stand; a unit of which no place is known has its mark at the upper edge."""
    found = [_middle(frame, stop, rings.get(stop.code, [])) for stop in stops]
    return _apart([place or (WIDTH / 2, 2 * MARK) for place in found])


def _mark(stop: Stop, place: Point) -> str:
    below = MARK + (32 if stop.rank else 17)
    name = stop.name if len(stop.name) <= LONGEST_NAME else f"{stop.name[:LONGEST_NAME].rstrip()}…"
    return (
        f'<g class="tripm__m" data-code="{escape(stop.code)}" transform="translate({place[0]:.1f} {place[1]:.1f})">'
        f'<circle r="{MARK:g}"/><text y="6" text-anchor="middle"></text>{_bars(stop.rank)}'
        f'<text class="tripm__n" y="{below:g}" text-anchor="middle">{escape(name)}</text></g>'
    )


def _corner(marks: list[Point], height: float) -> Point:
    """The corner that is furthest from any mark, as the left and upper edge of the country in it."""
    wide, high = INSET
    corners = [(x, y) for y in (height - high - 6, 6.0) for x in (6.0, WIDTH - wide - 6)]
    return max(corners, key=lambda c: min(math.hypot(c[0] + wide / 2 - x, c[1] + high / 2 - y) for x, y in marks))


def _middle(frame: Frame, stop: Stop, rings: list[Ring]) -> Point | None:
    """Where the mark stands: at the point of the unit, else in the middle of its largest outline."""
    if stop.longitude is not None and stop.latitude is not None:
        return frame.place((stop.longitude, stop.latitude))
    if not rings:
        return None
    ring = max(rings, key=len)
    return frame.place((sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)))


def _apart(places: list[Point], rounds: int = 40) -> list[Point]:
    """Marks pushed away from one another until none covers another, as far as that goes."""
    found = [list(place) for place in places]
    for _round in range(rounds):
        for n, one in enumerate(found):
            for other in found[:n]:
                dx, dy = one[0] - other[0], one[1] - other[1]
                away = math.hypot(dx, dy)
                if away < 2.4 * MARK:
                    push = (2.4 * MARK - away) / 2 + 0.5
                    ux, uy = (dx / away, dy / away) if away > 0.01 else (math.cos(n), math.sin(n))
                    one[0], one[1] = one[0] + ux * push, one[1] + uy * push
                    other[0], other[1] = other[0] - ux * push, other[1] - uy * push
    return [(min(WIDTH - MARK, max(MARK, x)), max(MARK, y)) for x, y in found]


def _bars(rank: int) -> str:
    """The level as rising bars below the mark; nothing while it is unknown."""
    if not rank:
        return ""
    bars = (_bar(n, "on" if n < rank else "off") for n in range(4))
    return f'<g class="tripm__lv"><rect x="-15" y="{MARK - 1:g}" width="30" height="16"/>{"".join(bars)}</g>'


def _bar(place: int, kind: str) -> str:
    high = 3 + 2.6 * place
    return f'<path class="{kind}" d="M{6 * place - 11.5:g} {MARK + 13:g}v{-high:g}h4.5v{high:g}z"/>'


def _inset(country: Geometry, stops: Sequence[Stop], corner: Point, words: dict[str, str]) -> str:
    """The whole country with both archipelagos, and where the provinces of the trip lie in it."""
    wide, high = INSET
    frame = Frame(0, wide, COUNTRY_BOX, high)
    own = {stop.province for stop in stops}
    others = [ring for code, shape in country.provinces.items() if code not in own for ring in country.rings(shape)]
    here = [
        ring for code in sorted(own) if code in country.provinces for ring in country.rings(country.provinces[code])
    ]
    parts = [
        f'<rect class="tripm__i" width="{wide:g}" height="{high:g}"/>',
        f'<path class="tripm__il" d="{_coarse(frame, others)}"/>',
        f'<path class="tripm__ih" d="{_coarse(frame, here)}"/>',
    ]
    for code, word, where in ((HOANG_SA, "hoang_sa", (112.2, 17.6)), (TRUONG_SA, "truong_sa", (113.6, 5.0))):
        islets = country.units.get(code)
        _x, y = frame.place(where)
        drawn = dots(frame, country.rings(islets)) if islets else ""
        parts.append(
            f'<path class="tripm__is" d="{drawn}"/><text x="{wide - 3:g}" y="{y:.0f}">{escape(words[word])}</text>'
        )
    return f'<g class="tripm__inset" transform="translate({corner[0]:.0f} {corner[1]:.0f})">{"".join(parts)}</g>'


def _coarse(frame: Frame, rings: list[Ring]) -> str:
    """Outlines in the corner: rings that could not be seen are left out."""
    seen = [ring for ring in rings if max(x for x, _ in ring) - min(x for x, _ in ring) > 0.15]
    return paths(frame, seen)
