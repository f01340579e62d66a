"""The interactive map as a Folium map that loads nothing by itself, for a page that draws its units from JSON.

Folium's own page would embed the data and load scripts from four outside hosts; here our page brings Leaflet, the
geometry is one cached file and the values a small answer to the filters, so a map of all units opens in a fraction of
what embedded GeoJSON takes.
"""

from __future__ import annotations

import json
import math
import sys
from array import array
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any

ZOOM = {"least": 4, "most": 13, "snap": 0.1}


@dataclass(frozen=True)
class MapParts:
    """What a page needs of Folium: `html` where the map stands, with the id `name`, and after Leaflet the `script`.

    The script makes the Leaflet map and leaves it in the global variable `name`.
    """

    name: str
    html: str
    script: str


@cache
def map_parts() -> MapParts:
    """An empty map of the country, without tiles and controls; made once in a process.

    Folium is imported here and not above: it takes more than a second, which a server pays before it listens.
    """
    import folium

    class LocalMap(folium.Map):
        default_js: list[tuple[str, str]] = []  # noqa: RUF012
        default_css: list[tuple[str, str]] = []  # noqa: RUF012

    country = LocalMap(
        location=[16, 108], zoom_start=5, minZoom=ZOOM["least"], maxZoom=ZOOM["most"], zoom_snap=ZOOM["snap"],
        tiles=None, prefer_canvas=True, zoom_control=False, attribution_control=False,
        zoom_animation=False, fade_animation=False, inertia=False,
    )  # fmt: skip
    country._id = "units"  # one name in every process, in place of a random one
    figure: Any = country.get_root()
    figure.render()
    return MapParts(country.get_name(), figure.html.render(), figure.script.render())


STEPS = 2048
"""Steps of a page's geometry in a pixel of zoom 0, which is 157 km wide at the equator; a step is 76 m."""


def world_pixel(longitude: float, latitude: float) -> tuple[float, float]:
    """A point in degrees as pixels of Web Mercator at zoom 0, where the world is 256 pixels wide."""
    angle = math.radians(latitude)
    return (longitude + 180) / 360 * 256, (0.5 - math.asinh(math.tan(angle)) / (2 * math.pi)) * 256


def page_geometry(topology: dict[str, Any]) -> dict[str, Any]:
    """A TopoJSON topology as a page reads it soonest: projected, columns for objects, one list for all points.

    `points` holds dx, dy, dx, dy … in steps from point to point, the first from the corner of the world and each arc
    from the end of the one before; `lengths` the points of each arc. Each object has `id`, `name`, `province` (null for
    provinces) and `polygons`, rings of arc numbers as in TopoJSON; `schematic` lists the places of units that
    lack a true boundary where others have one.
    """
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    points: list[int] = []
    last_x = last_y = 0
    for arc in topology["arcs"]:
        x = y = 0
        for dx, dy in arc:
            x, y = x + dx, y + dy
            place = world_pixel(x * scale[0] + translate[0], y * scale[1] + translate[1])
            step_x, step_y = (round(STEPS * part) for part in place)
            points += (step_x - last_x, step_y - last_y)
            last_x, last_y = step_x, step_y
    return {
        "steps": STEPS,
        "points": points,
        "lengths": [len(arc) for arc in topology["arcs"]],
        **{name: columns(layer["geometries"]) for name, layer in topology["objects"].items()},
    }


def packed(geometry: dict[str, Any]) -> bytes:
    """The same as the file that a page gets: numbers as they lie in memory, which a tablet need not read one by one.

    Little-endian: four bytes for the length of a head in JSON, the head, then the columns that it names with their
    lengths, four bytes a number, and last `points`, two bytes a number: x, y, x, y … in steps from `corner`, which is
    north-west of everything (the country is 25,000 steps high). `polygons`, `rings` and `arcs` count what each object,
    polygon and ring has, units before provinces; `numbers` are the arcs of all rings.
    """
    units, provinces = geometry["units"], geometry["provinces"]
    objects = units["polygons"] + provinces["polygons"]
    polygons = [polygon for found in objects for polygon in found]
    rings = [ring for polygon in polygons for ring in polygon]
    columns = {
        "lengths": geometry["lengths"],
        "polygons": [len(found) for found in objects],
        "rings": [len(polygon) for polygon in polygons],
        "arcs": [len(ring) for ring in rings],
        "numbers": [number for ring in rings for number in ring],
    }
    corner, points = _from_corner(geometry["points"])
    head = {
        "steps": geometry["steps"],
        "corner": corner,
        "columns": {name: len(column) for name, column in columns.items()},
        "units": {name: units[name] for name in ("id", "name", "province", "schematic")},
        "provinces": {name: provinces[name] for name in ("id", "name", "province")},
    }
    said = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    said += b" " * (-len(said) % 4)
    numbers = (_bytes_of("i", column) for column in ([len(said)], *columns.values()))
    return next(numbers) + said + b"".join(numbers) + _bytes_of("H", points)


def _from_corner(differences: list[int]) -> tuple[list[int], list[int]]:
    """The corner of all points in steps, and where they lie from there."""
    places = [list(accumulate(differences[start::2])) for start in (0, 1)]
    corner = [min(found) for found in places]
    return corner, [part for x, y in zip(*places, strict=True) for part in (x - corner[0], y - corner[1])]


def _bytes_of(kind: str, numbers: list[int]) -> bytes:
    found = array(kind, numbers)
    if sys.byteorder == "big":
        found.byteswap()
    return found.tobytes()


def columns(geometries: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {
        "id": [one["id"] for one in geometries],
        "name": [one["properties"]["name"] for one in geometries],
        "province": [one["properties"].get("province") for one in geometries],
        "schematic": [n for n, one in enumerate(geometries) if one["properties"].get("schematic")],
        "polygons": [[one["arcs"]] if one["type"] == "Polygon" else one["arcs"] for one in geometries],
    }
