"""The interactive map as a Folium map that loads nothing by itself, for a page that draws its units from JSON.

Folium's own page would embed the data and load scripts from four outside hosts; here our page brings Leaflet, the
geometry is one cached file and the values a small answer to the filters, so a map of all units opens in a fraction of
what embedded GeoJSON takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any


@dataclass(frozen=True)
class MapParts:
    """What a page needs of Folium: `html` where the map stands, then, after Leaflet, the inline `script`.

    The script leaves the Leaflet map in the global variable `name`.
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
        location=[16, 108], zoom_start=5, minZoom=4, maxZoom=13, zoom_snap=0.1, tiles=None, prefer_canvas=True,
        zoom_control=False, attribution_control=False, zoom_animation=False, fade_animation=False, inertia=False,
    )  # fmt: skip
    figure: Any = country.get_root()
    figure.render()
    return MapParts(country.get_name(), figure.html.render(), figure.script.render())
