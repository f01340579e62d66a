"""The map of capacity: the page with filters, map and tables, the values on the map, its geometry and its files."""

from __future__ import annotations

import gzip
import json
from datetime import date
from typing import Any

from flask import Blueprint, Response, current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from forms.units import Unit
from reports.coverage import segments
from reports.map import ZOOM, map_parts
from reports.neighbours import Neighbours, neighbours_of
from survey.clock import local_date, local_date_of
from survey.language import gettext as _
from survey.language import language
from survey.map.drawn_map import PageGeometry, boundaries_shown, geometry_for_locator, geometry_for_page
from survey.map.export import Export, as_csv, as_geojson, as_xlsx
from survey.map.filters import MapFilters, list_periods, read_filters
from survey.map.layers import Layer, find_layer, grouped, list_layers
from survey.map.rows import ProvinceRow, UnitRow, province_rows, unit_rows
from survey.map.view import MapView, read_map, values_of
from survey.map.words import map_config
from survey.permissions import may, require
from survey.problems import Problem
from survey.settings import Settings
from survey.store import map as store
from survey.store import units
from survey.store.boundaries import BoundarySet
from survey.units.shapes import reshaped_on
from survey.web.app_assets import asset, fingerprint

bp = Blueprint("map", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/map")
@require("map.read")
def show_map() -> ResponseReturnValue:
    view, layers = _view()
    return render_template("map/show.html", **_shown(view, layers), **_drawn(view))


@bp.get("/map/around")
@require("map.read")
def show_around() -> ResponseReturnValue:
    """What stands around the map, for a page whose map stays."""
    view, layers = _view()
    return render_template("map/_around.html", **_shown(view, layers))


@bp.get("/map/values.json")
@require("map.read")
def send_values() -> ResponseReturnValue:
    view, _layers = _view()
    body = json.dumps(_spoken(values_of(view), view), ensure_ascii=False, separators=(",", ":"))
    response = Response(body, mimetype="application/json", headers={"Cache-Control": "private, no-cache"})
    response.set_etag(fingerprint(body.encode()))
    return response.make_conditional(request)


@bp.get("/map/export.<any(csv, xlsx, geojson):form>")
@require("map.read")
def send_file(form: str) -> ResponseReturnValue:
    """The view as a file for those who may see it."""
    view, _layers = _view()
    export = Export(view, _rows(view, everything=True), _about(view))
    name = f"satcanh-{view.layer.key}-{view.filters.province or 'vn'}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-cache"}
    if form == "csv":
        return Response(as_csv(export), mimetype="text/csv", headers=headers)
    if form == "xlsx":
        return Response(as_xlsx(export, _today()), mimetype=XLSX, headers=headers)
    return Response(
        as_geojson(export, geometry_for_locator(g.db, _settings())), mimetype="application/geo+json", headers=headers
    )


@bp.get("/map/geometry.bin")
@require("map.read")
def send_geometry() -> ResponseReturnValue:
    geometry = _geometry(_boundaries())
    packed = request.accept_encodings["gzip"] > 0
    response = Response(
        geometry.packed if packed else gzip.decompress(geometry.packed),
        mimetype="application/octet-stream",
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


def _view() -> tuple[MapView, list[Layer]]:
    """What the address asks for, and the layers that this person may choose."""
    filters, known, secret = _filters(), list_layers(g.db), may(g.person, "confidential.read")
    layer = find_layer(known, filters.layer, with_confidential=secret)
    view = read_map(g.db, filters, layer, _today(), _neighbours, with_confidential=secret)
    return view, [one for one in known if secret or not one.confidential]


def _neighbours() -> Neighbours:
    return neighbours_of(geometry_for_locator(g.db, _settings()))


def _shown(view: MapView, layers: list[Layer]) -> dict[str, Any]:
    """What stands around the map: choices, the whole, and the rows of its table."""
    filters, day = view.filters, _today()
    provinces = units.list_provinces(g.db, day)
    chosen = [(filters.start, filters.end), *([filters.earlier] if filters.earlier else [])]
    return {
        "view": view,
        "filters": filters,
        "place": _place(filters, provinces),
        "provinces": [one for one in provinces if _own_province() in ("", one.code)],
        "periods": list_periods(store.first_day(g.db), day, *chosen),
        "layers": layers,
        "groups": grouped(layers),
        "rows": _rows(view, everything=False),
        "segments": segments,
        "fictitious": any(cell.fictitious for cell in view.cells),
    }


def _rows(view: MapView, *, everything: bool) -> list[UnitRow] | list[ProvinceRow]:
    """The units of a chosen province, or the provinces; of the whole country all units when `everything` is wanted."""
    day, province = _today(), view.filters.province
    if province:
        return unit_rows(view, units.list_communes(g.db, province, day))
    if everything and not view.filters.shaded:
        return unit_rows(view, units.list_all_communes(g.db, day))
    return province_rows(view, units.list_provinces(g.db, day))


def _place(filters: MapFilters, provinces: list[Unit]) -> Unit | None:
    """The chosen province; Problem bad_request when there is none with that code."""
    if not filters.province:
        return None
    found = next((one for one in provinces if one.code == filters.province), None)
    if found is None:
        raise Problem("bad_request")
    return found


def _spoken(values: dict[str, Any], view: MapView) -> dict[str, Any]:
    """The values with what is written above the two maps of two periods."""
    if view.others is None:
        return values
    return values | {"captions": [_period(view.filters.period), _period(view.filters.earlier_period)]}


def _period(value: str) -> str:
    filters = read_filters({"period": value})
    return dict(list_periods(store.first_day(g.db), _today(), (filters.start, filters.end))).get(value) or value


def _about(view: MapView) -> list[tuple[str, str]]:
    """What a file says of itself."""
    filters, place = view.filters, _place(view.filters, units.list_provinces(g.db, _today()))
    said = [(_("Lớp bản đồ"), view.layer.name), (_("Phạm vi"), place.province_name if place else _("Cả nước"))]
    said.append((_("Kỳ"), _period(filters.period)))
    if filters.earlier:
        said.append((_("So với kỳ"), _period(filters.earlier_period)))
    if any(cell.fictitious for cell in view.cells):
        said.append((_("Lưu ý"), _("Dữ liệu minh họa")))
    boundaries = _boundaries()
    return [*said, (_("Ranh giới"), boundaries.file_name if boundaries else _("Sơ đồ, không phải ranh giới"))]


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def _boundaries() -> BoundarySet | None:
    return boundaries_shown(g.db, _settings().data)


def _geometry(boundaries: BoundarySet | None) -> PageGeometry:
    return geometry_for_page(boundaries, _settings().data, reshaped_on(g.db, _today()))


def _drawing(filters: MapFilters, boundaries: BoundarySet | None) -> dict[str, Any]:
    """What the page needs to draw the map: the place where it stands, addresses, words."""
    parts = map_parts()
    config = map_config(language()) | {
        "map": parts.name,
        "zoom": ZOOM,
        "geometry": url_for("map.send_geometry", v=_geometry(boundaries).version),
        "values": url_for("map.send_values", **_asked(filters)),
        "leaflet": asset("vendor/leaflet.js"),
        "folium": url_for("map.send_script", v=fingerprint(parts.script.encode())),
        "unit": url_for("units.show_unit", code="0").removesuffix("0"),
        "page": url_for("map.show_map"),
        "around": url_for("map.show_around"),
        "province": filters.province,
        "bars": filters.bars,
    }
    return {"place_of_map": Markup(parts.html), "drawing": config}  # noqa: S704 - Folium's own words


def _asked(filters: MapFilters) -> dict[str, Any]:
    """The query for the values, which table and bars do not change."""
    return dict(filters.query(view="", bars="", sort=""))


def _drawn(view: MapView) -> dict[str, Any]:
    """The map, with what its note says of the boundaries: their file and day, and how many units still lack one."""
    if view.filters.table:
        return {}
    boundaries, province = _boundaries(), view.filters.province
    missing = set(boundaries.missing) if boundaries else set()
    if province:
        missing &= {unit.code for unit in units.list_communes(g.db, province, _today())}
    day = local_date_of(boundaries.imported_at, _settings().utc_offset_hours) if boundaries else None
    about = {"boundaries": boundaries, "boundaries_day": day, "without_boundary": len(missing)}
    return about | _drawing(view.filters, boundaries)
