"""The map of capacity: the page with filters, map and tables, the values on the map and its geometry."""

from __future__ import annotations

import gzip
import json
from datetime import date
from typing import Any

from flask import Blueprint, Response, current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from forms.checklist import Section
from forms.units import COMMUNE_KINDS, Unit
from reports.coverage import TOP, Cell, Scale, Summary, by_province, is_low, segments, step_of, summarize
from reports.map import ZOOM, map_parts
from survey.app_assets import asset, fingerprint
from survey.clock import local_date, local_date_of
from survey.drawn_map import PageGeometry, boundaries_shown, geometry_for_page
from survey.language import gettext as _
from survey.language import language, say
from survey.map_filters import MapFilters, list_periods, read_filters
from survey.map_words import level_words, map_config, score_words
from survey.permissions import require
from survey.problems import Problem
from survey.settings import Settings
from survey.store import checklists, units
from survey.store import map as store
from survey.store.boundaries import BoundarySet

bp = Blueprint("map", __name__)


@bp.get("/map")
@require("map.read")
def show_map() -> ResponseReturnValue:
    filters, day, layers = _filters(), _today(), _layers()
    if filters.layer not in dict(layers):
        raise Problem("bad_request")
    scope = _scope(filters, day)
    cells = _cells(filters, scope)
    figures = _figures(filters, cells, scope)
    provinces = units.list_provinces(g.db, day)
    return render_template(
        "map/show.html",
        filters=filters,
        place=_place(filters, provinces),
        provinces=[one for one in provinces if _own_province() in ("", one.code)],
        periods=list_periods(store.first_day(g.db), day, filters),
        layers=layers,
        steps=_steps(filters.scale),
        segments=segments,
        fictitious=any(cell.fictitious for cell in cells),
        **({} if filters.table else _drawn(filters, figures["rows"])),
        **figures,
    )


@bp.get("/map/values.json")
@require("map.read")
def send_values() -> ResponseReturnValue:
    filters = _filters()
    cells = _cells(filters, _scope(filters, _today()))
    body = json.dumps(_columns(filters.scale, cells), separators=(",", ":"))
    response = Response(body, mimetype="application/json", headers={"Cache-Control": "private, no-cache"})
    response.set_etag(fingerprint(body.encode()))
    return response.make_conditional(request)


@bp.get("/map/geometry.json")
@require("map.read")
def send_geometry() -> ResponseReturnValue:
    geometry = _geometry(_boundaries())
    packed = request.accept_encodings["gzip"] > 0
    response = Response(
        geometry.packed if packed else gzip.decompress(geometry.packed),
        mimetype="application/json",
        headers={"Cache-Control": _kept(geometry.version)},
    )
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.set_etag(geometry.version)
    return response.make_conditional(request)


@bp.get("/map/folium.js")
@require("map.read")
def send_script() -> ResponseReturnValue:
    """Folium's script that makes the Leaflet map; a file, so that the page needs no inline script."""
    script = map_parts().script
    headers = {"Cache-Control": _kept(fingerprint(script.encode()))}
    return Response(script, mimetype="text/javascript", headers=headers)


def _kept(version: str) -> str:
    """What has the fingerprint of its address is kept for ever; anything else is asked for again.

    A page from before an import may ask for the geometry that was: what it gets instead must not stay.
    """
    return "private, max-age=31536000, immutable" if request.args.get("v") == version else "private, no-cache"


def _today() -> date:
    return local_date(_settings().utc_offset_hours)


def _own_province() -> str:
    """People of a province see their own province only, whatever the address says."""
    return (g.person.province_code or "") if g.person.role == "province" else ""


def _filters() -> MapFilters:
    own = _own_province()
    return read_filters(request.args.to_dict() | ({"province": own} if own else {}))


def _scope(filters: MapFilters, day: date) -> store.Scope:
    return store.Scope(day, filters.start, filters.end, filters.province or None)


def _cells(filters: MapFilters, scope: store.Scope) -> list[Cell]:
    """The visited units of the scope as the map draws them."""
    results = (
        store.latest_results(g.db, scope)
        if filters.layer in ("level", "total")
        else store.latest_section_results(g.db, scope, filters.layer)
    )
    return [
        Cell(
            code=one.code,
            province=one.province_code,
            step=step_of(filters.scale, one.rank, one.score),
            score=one.score,
            low=is_low(one.confidence),
            fictitious=bool(one.fictitious),
        )
        for one in results
    ]


def _columns(scale: Scale, cells: list[Cell]) -> dict[str, Any]:
    """The values as parallel arrays: half the size of a list of objects."""
    return {
        "scale": scale,
        "units": [cell.code for cell in cells],
        "step": [cell.step for cell in cells],
        "score": [None if cell.score is None else round(cell.score, 1) for cell in cells],
        "low": [int(cell.low) for cell in cells],
        "fictitious": [int(cell.fictitious) for cell in cells],
    }


def _figures(filters: MapFilters, cells: list[Cell], scope: store.Scope) -> dict[str, Any]:
    """What stands around the map: the whole, its provinces, and the units when one province is chosen."""
    counts = store.count_communes(g.db, scope)
    communes = units.list_communes(g.db, filters.province, scope.day) if filters.province else []
    by_code = {cell.code: cell for cell in cells}
    rows: list[tuple[Unit, Cell | None]] = [(unit, by_code.get(unit.code)) for unit in communes]
    summaries: dict[str, Summary] = by_province(cells, counts)
    return {"whole": summarize(cells, sum(counts.values())), "summaries": summaries, "rows": rows}


def _place(filters: MapFilters, provinces: list[Unit]) -> Unit | None:
    """The chosen province; Problem bad_request when there is none with that code."""
    if not filters.province:
        return None
    found = next((one for one in provinces if one.code == filters.province), None)
    if found is None:
        raise Problem("bad_request")
    return found


def _layers() -> list[tuple[str, str]]:
    """Value and wording of the layers: the conclusion, the total, and each scored section of the checklist."""
    return [
        ("level", _("Kết luận chung")),
        ("total", _("Tổng điểm")),
        *((section.name, f"{section.name} · {say(section.label)}") for section in _scored_sections()),
    ]


def _scored_sections() -> list[Section]:
    fitting = (one for one in checklists.list_latest(g.db) if any(one.fits(kind) for kind in COMMUNE_KINDS))
    version = next(fitting, None)
    return store.scored_sections(g.db, version) if version else []


def _steps(scale: Scale) -> list[tuple[int, str]]:
    """The steps of the legend from the best down, with their words."""
    words = level_words() if scale == "lv" else score_words()
    return [(step, words[step]) for step in range(TOP[scale], 0, -1)]


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def _boundaries() -> BoundarySet | None:
    return boundaries_shown(g.db, _settings().data)


def _geometry(boundaries: BoundarySet | None) -> PageGeometry:
    return geometry_for_page(boundaries, _settings().data)


def _drawing(filters: MapFilters, boundaries: BoundarySet | None) -> dict[str, Any]:
    """What the page needs to draw the map: the place where it stands, addresses, words."""
    asked: dict[str, Any] = dict(filters.query(view="", bars=""))
    parts = map_parts()
    config = map_config(language()) | {
        "map": parts.name,
        "zoom": ZOOM,
        "geometry": url_for("map.send_geometry", v=_geometry(boundaries).version),
        "values": url_for("map.send_values", **asked),
        "leaflet": asset("vendor/leaflet.js"),
        "folium": url_for("map.send_script", v=fingerprint(parts.script.encode())),
        "unit": url_for("units.show_unit", code="0").removesuffix("0"),
        "province": filters.province,
        "bars": filters.bars,
    }
    return {"place_of_map": Markup(parts.html), "drawing": config}  # noqa: S704 - Folium's own words


def _drawn(filters: MapFilters, rows: list[tuple[Unit, Cell | None]]) -> dict[str, Any]:
    """The map, with what its note says of the boundaries: their file and day, and how many units still lack one."""
    boundaries = _boundaries()
    missing = set(boundaries.missing) if boundaries else set()
    inside = {unit.code for unit, _cell in rows} & missing if filters.province else missing
    day = local_date_of(boundaries.imported_at, _settings().utc_offset_hours) if boundaries else None
    about = {"boundaries": boundaries, "boundaries_day": day, "without_boundary": len(inside)}
    return about | _drawing(filters, boundaries)
