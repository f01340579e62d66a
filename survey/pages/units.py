"""Units: the page of one unit with its results and what they come from, and the search: a page, a fragment, JSON."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, current_app, g, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms.units import Unit
from reports.coverage import is_low
from survey.clock import local_date
from survey.map.words import level_words
from survey.naming import province_named, unit_with_province
from survey.permissions import find_visit_or_404, may, require
from survey.problems import Problem
from survey.store import unit_history, unit_visits, units
from survey.store.unit_visits import LineVisit
from survey.units.drill import Drill
from survey.units.page import drawn_results, relatives_of, side_words
from survey.units.results import results_over_time

bp = Blueprint("units", __name__)

LONGEST_QUERY = 100
MOST_DRAWN = 24
"""Results in the chart; earlier ones stand in the list only."""

ASKED = ("visit", "section", "item")


@bp.get("/units/<code>")
@require("unit.read")
def show_unit(code: str) -> ResponseReturnValue:
    day = _today()
    unit = _find_unit_or_404(code, day)
    visits = _visits(unit, day)
    shown = [_shown(visit) for visit in visits if _may_know(visit)]
    results = results_over_time(shown, _scoring)[-MOST_DRAWN:]
    owed = _owed(shown)
    return render_template(
        "units/show.html",
        unit=unit,
        province=province_named(unit.province_code, unit.province_name, day),
        has_ended=not unit.is_valid_on(day),
        bodies=[body for body in units.provincial_bodies(g.db, unit.province_code, day) if body.code != code],
        history=relatives_of(g.db, unit, day),
        visits=[(visit, _may_open(visit)) for visit in shown],
        drawn=drawn_results(results),
        owed=owed,
        late=sum(one.is_overdue(day) for one in owed),
        sides=side_words(),
        with_names=g.person.role != "province",
        level_words=level_words(),
        is_low=is_low,
        day=day,
        fictitious=any(visit.fictitious for visit in shown),
        **_drilled(unit, shown),
    )


@bp.get("/units/<code>/scores")
@require("unit.read")
def show_scores(code: str) -> ResponseReturnValue:
    """What the scores of a visit come from, as deep as the address asks."""
    day = _today()
    unit = _find_unit_or_404(code, day)
    return render_template("units/_scores.html", unit=unit, **_drilled(unit, _visits(unit, day)))


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


def _visits(unit: Unit, day: date) -> list[LineVisit]:
    """The visits of the unit and of its predecessors; of one that has ended those until then."""
    line = unit_history.line_of(g.db, unit.code, min(day, unit.valid_to) if unit.valid_to else day)
    return unit_visits.visits_of_line(g.db, line, g.person.id)


def _scoring(checklist_id: str, version: str) -> str:
    return unit_visits.form_of(g.db, checklist_id, version).scoring


def _shown(visit: LineVisit) -> LineVisit:
    """The visit as the person may read it."""
    if not visit.gates_failed or (may(g.person, "confidential.read") and _may_open(visit)):
        return visit
    return visit.without(unit_visits.form_of(g.db, visit.checklist_id, visit.checklist_version).confidential)


def _may_open(visit: LineVisit) -> bool:
    return may(g.person, "visit.read") and visit.may_be_opened(g.person.role, g.person.province_code)


def _may_know(visit: LineVisit) -> bool:
    """The result of a submitted visit is on the map for everybody who is signed in; a province sees its own only."""
    if _may_open(visit):
        return True
    is_foreign = g.person.role == "province" and g.person.province_code != visit.province_code
    return visit.assessed and not is_foreign


def _owed(shown: list[LineVisit]) -> list[unit_visits.Owed]:
    """The commitments of the visits that the person may open; nobody else reads them."""
    ids = [visit.id for visit in shown if visit.assessed and _may_open(visit)]
    return unit_visits.owed_by(g.db, ids, with_confidential=may(g.person, "confidential.read"))


def _drilled(unit: Unit, known: list[LineVisit]) -> dict[str, Any]:
    """What the address asks of a visit: its sections, the items of one, one answer. None where it asks nothing."""
    visit_id, section, item = (request.args.get(name, "")[:200] for name in ASKED)
    nothing: dict[str, Any] = {
        "drilled": None,
        "sections": [],
        "section": "",
        "items": [],
        "answer": None,
        "at": _addresses(unit),
    }
    if not visit_id:
        return nothing
    listed = next((visit for visit in known if visit.id == visit_id and visit.assessed and _may_open(visit)), None)
    if listed is None:
        raise Problem("visit_not_found")
    visit = find_visit_or_404(g.db, visit_id, seen_by=g.person)
    drill = Drill(g.db, visit, in_full=may(g.person, "confidential.read"))
    return nothing | {
        "drilled": visit,
        "in_full": drill.in_full,
        "sections": drill.sections(),
        "section": section,
        "items": drill.items(section) if section else [],
        "answer": drill.answer(section, item) if item else None,
    }


def _addresses(unit: Unit) -> Callable[..., tuple[str, str]]:
    """Two addresses of what is asked: of the whole page, and of the fragment that htmx puts in its place."""

    def at(**asked: Any) -> tuple[str, str]:
        page = url_for("units.show_unit", code=unit.code, _anchor="scores", **asked)
        return page, url_for("units.show_scores", code=unit.code, **asked)

    return at
