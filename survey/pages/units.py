"""Units: the page of one unit with its visits, and the search as a page, a fragment and JSON."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, current_app, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from forms.units import Unit
from reports.coverage import is_low
from survey.clock import local_date
from survey.map_words import level_words
from survey.naming import province_named, unit_with_province
from survey.permissions import require, sees_visit
from survey.problems import Problem
from survey.store import units, visits
from survey.store.units import UnitVisit

bp = Blueprint("units", __name__)

LONGEST_QUERY = 100


@bp.get("/units/<code>")
@require("unit.read")
def show_unit(code: str) -> ResponseReturnValue:
    day = _today()
    unit = _find_unit_or_404(code, day)
    listed = [(visit, _may_open(visit)) for visit in units.visits_of_unit(g.db, code)]
    shown = [(visit, opens) for visit, opens in listed if opens or _may_know(visit, unit)]
    return render_template(
        "units/show.html",
        unit=unit,
        province=province_named(unit.province_code, unit.province_name, day),
        has_ended=not unit.is_valid_on(day),
        bodies=[body for body in units.provincial_bodies(g.db, unit.province_code, day) if body.code != code],
        visits=shown,
        level_words=level_words(),
        is_low=is_low,
        fictitious=any(visit.fictitious for visit, _ in shown),
    )


@bp.get("/units/search")
@require("unit.read")
def search_units() -> ResponseReturnValue:
    return render_template("units/search.html", **_search())


@bp.get("/units/search/results")
@require("unit.read")
def show_results() -> ResponseReturnValue:
    return render_template("units/_results.html", **_search())


@bp.get("/units/search.json")
@require("unit.read")
def send_results() -> ResponseReturnValue:
    day = _today()
    found = [(unit, unit_with_province(unit, day)) for unit in _search()["results"]]
    return jsonify(
        units=[
            {"code": unit.code, "kind": unit.kind, "name": name, "province": unit.province_code} for unit, name in found
        ]
    )


def _today() -> date:
    return local_date(current_app.config["SETTINGS"].utc_offset_hours)


def _find_unit_or_404(code: str, day: date) -> Unit:
    unit = units.find_unit(g.db, code, day)
    if unit is None:
        raise Problem("unit_not_found", code=code[:20])
    return unit


def _search() -> dict[str, Any]:
    """What was typed, at most so much of it, and the units that fit; a province narrows the search."""
    words = request.args.get("q", "")[:LONGEST_QUERY]
    province = request.args.get("province", "")[:2]
    return {
        "words": words,
        "province": province,
        "results": units.search_units(g.db, words, _today(), province=province or None),
    }


def _may_open(visit: UnitVisit) -> bool:
    found = visits.find(g.db, visit.id)
    return found is not None and sees_visit(g.db, g.person, found)


def _may_know(visit: UnitVisit, unit: Unit) -> bool:
    """The result of a submitted visit is on the map for everybody who is signed in; a province sees its own only."""
    if g.person.role == "province" and g.person.province_code != unit.province_code:
        return False
    return visit.assessed
