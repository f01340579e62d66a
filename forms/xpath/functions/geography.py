"""Areas and distances on a sphere with the radius of the Earth at the equator, as the ODK XForms specification asks.

A geopoint is "latitude longitude altitude accuracy" in degrees and metres, altitude and accuracy left out at will;
a line or a shape is several of them with semicolons between. Results are rounded to hundredths, so that the last
digits of sines, in which languages differ, do not show.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise

from forms.xpath.functions.coercion import text_number
from forms.xpath.functions.numbers import round_half_up

radius = 6_378_100.0
between = re.compile("[ \t\r\n]+")
Point = tuple[float, float]


def points_of(texts: Sequence[str]) -> list[Point] | None:
    """Latitude and longitude of every point, in radians; None when one of them is none."""
    written = [part.strip(" \t\r\n") for text in texts for part in text.strip(" \t\r\n").rstrip(";").split(";")]
    found = [point_of(part) for part in written]
    points = [point for point in found if point]
    return points if len(points) == len(found) else None


def point_of(text: str) -> Point | None:
    """Latitude and longitude of one point in radians; None when it is none."""
    numbers = [text_number(part) for part in between.split(text)]
    if not 2 <= len(numbers) <= 4 or any(number != number for number in numbers):
        return None
    latitude, longitude = numbers[:2]
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return latitude * math.pi / 180, longitude * math.pi / 180


def area(*parts: Sequence[str]) -> float:
    """Square metres inside a shape, which is closed when it is not; NaN without points or with a wrong one."""
    points = points_of([text for part in parts for text in part])
    if points is None or len(points) < 2:
        return math.nan
    following = [*points[1:], points[0]]
    total = 0.0
    for (latitude, longitude), (other, along) in zip(points, following, strict=True):
        total += (along - longitude) * (2 + math.sin(latitude) + math.sin(other))
    return round_half_up(abs(total) * radius * radius / 2, 2)


def distance(*parts: Sequence[str]) -> float:
    """Metres along the points, in their order; NaN with fewer than two or with a wrong one."""
    points = points_of([text for part in parts for text in part])
    if points is None or len(points) < 2:
        return math.nan
    total = 0.0
    for one, other in pairwise(points):
        total += angle(one, other)
    return round_half_up(total * radius, 2)


def angle(one: Point, other: Point) -> float:
    """The angle between two points by the law of haversines, which stays exact when they lie close together."""
    (latitude, longitude), (near, along) = one, other
    half = math.sin((near - latitude) / 2) ** 2
    half += math.cos(latitude) * math.cos(near) * math.sin((along - longitude) / 2) ** 2
    return 2 * math.asin(math.sqrt(min(1.0, half)))
