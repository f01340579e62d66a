"""The shell of the interactive map: a Folium page that loads only our own files and draws its units from JSON.

The page carries no data: the geometry is one cached file, the values a small answer to the filters in the address.
So one shell per language serves everybody, and a map of all units opens in a fraction of what embedded GeoJSON takes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class MapAssets:
    """Addresses of our own files, each once and in the order in which the page loads them."""

    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    module: str  # the ES module that draws
    parts: tuple[str, ...]  # the modules it imports, fetched without waiting for it
    preload: tuple[str, ...]  # JSON that is fetched while the scripts are still being read


def map_shell(assets: MapAssets, config: Mapping[str, Any], *, title: str, language: str, note: str) -> str:
    """The HTML of the map's frame, without nonce; `config` reaches the module as JSON, `note` stands on the map.

    Folium is imported here and not above: it takes more than a second, which only the map should pay.
    """
    import folium
    from branca.element import Element

    class LocalMap(folium.Map):
        default_js = [(f"script{n}", address) for n, address in enumerate(assets.scripts)]  # noqa: RUF012
        default_css = [(f"style{n}", address) for n, address in enumerate(assets.styles)]  # noqa: RUF012

    country = LocalMap(
        location=[16, 108], zoom_start=5, min_zoom=4, max_zoom=13, zoom_snap=0.1, tiles=None, prefer_canvas=True,
        zoom_control=False, attribution_control=False, zoom_animation=False, fade_animation=False, inertia=False,
    )  # fmt: skip
    country.add_child(cell_layer(assets, {**config, "map": country.get_name()}))
    figure: Any = country.get_root()
    figure.header.add_child(Element(f"<title>{escaped(title)}</title>"), name="title")
    figure.html.add_child(Element(f'<p class="schematic">{escaped(note)}</p>'), name="note")
    return cleaned(figure.render(), language)


def cell_layer(assets: MapAssets, config: Mapping[str, Any]) -> Any:
    """The Folium element that puts our module, its configuration and the early fetch into the head of the page."""
    from branca.element import MacroElement
    from jinja2 import Template

    class CellLayer(MacroElement):
        _template = Template(
            "{% macro header(this, kwargs) %}"
            "{% for address in this.assets.preload %}"
            '<link rel="preload" as="fetch" crossorigin="anonymous" href="{{ address }}">{% endfor %}'
            '{% for address in this.assets.parts %}<link rel="modulepreload" href="{{ address }}">{% endfor %}'
            '<script type="application/json" id="map-config">{{ this.config }}</script>'
            '<script type="module" src="{{ this.assets.module }}"></script>'
            "{% endmacro %}"
        )

        def __init__(self) -> None:
            super().__init__()  # type: ignore[no-untyped-call]
            self._name = "CellLayer"
            self.assets = assets
            self.config = json_for_html(config)

    return CellLayer()


def json_for_html(value: Any) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def cleaned(html: str, language: str) -> str:
    """Folium's page with its language, and with zooming by hand allowed again (it forbids it on phones)."""
    html = re.sub(r",\s*maximum-scale=1\.0, user-scalable=no", "", html)
    return html.replace("<html>", f'<html lang="{language}">', 1)


def with_nonce(html: str, nonce: str) -> str:
    """The shell for one answer: every script and style element carries the nonce of its policy."""
    return re.sub(r"<(script|style)\b", rf'<\1 nonce="{nonce}"', html)


def with_query(html: str, values: str, query: str) -> str:
    """The shell for one answer: the early fetch of the values asks for the filters of this address."""
    return html.replace(f'href="{values}"', f'href="{escaped(values + query)}"', 1)
