"""What the field app asks the server for, as JSON: a person's visits, one visit with its log, the list of units."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue

from survey.accounts import signed_in_until
from survey.clock import local_date, utc_text
from survey.field.facts import person_facts, unit_names, visit_facts, visits_for_tablet
from survey.field.pack import app_version
from survey.field.trip_maps import trip_maps
from survey.language import LANGUAGES
from survey.map.drawn_map import geometry_for_locator
from survey.naming import unit_with_province
from survey.permissions import find_visit_or_404, require
from survey.store import changes, units

bp = Blueprint("field_data", __name__)


@bp.before_request
def speak_as_asked() -> None:
    """The tablet asks in the language of its page, whatever was chosen in the office."""
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        g.language = asked


@bp.get("/api/field")
@require("visit.edit")
def list_visits() -> ResponseReturnValue:
    """The person and everything about the visits of the person's trips but their answers."""
    found = visits_for_tablet(g.db, g.person, today())
    return jsonify(
        person=person_facts(g.person),
        app=app_version(),
        signed_in_until=utc_text(signed_in_until()),
        server_time=utc_text(),
        visits=[visit_facts(g.db, visit, g.person) for visit in found],
    )


@bp.get("/api/field/visits/<visit_id>")
@require("confidential.read")
def send_visit(visit_id: str) -> ResponseReturnValue:
    """One visit with its whole log, for a tablet that does not have it and for those who only read."""
    visit = find_visit_or_404(g.db, visit_id, seen_by=g.person)
    log = changes.changes_of(g.db, visit.id)
    return jsonify(
        person=person_facts(g.person),
        visit=visit_facts(g.db, visit, g.person),
        unit_names=unit_names(g.db, visit, log),
        changes=[change.model_dump() for change in log],
        people=changes.author_names(g.db, {change.author for change in log}),
        cursor=changes.last_number(g.db, visit.id),
        server_time=utc_text(),
    )


@bp.get("/api/field/units")
@require("visit.edit")
def list_units() -> ResponseReturnValue:
    """Every unit of today as [code, kind, name with province, province], to be searched without a network."""
    day = today()
    rows = [
        [unit.code, unit.kind, unit_with_province(unit, day), unit.province_code]
        for province in units.list_provinces(g.db, day)
        for found in (units.provincial_bodies, units.list_communes)
        for unit in found(g.db, province.code, day)
    ]
    return jsonify(day=day.isoformat(), units=rows)


@bp.get("/api/field/trips")
@require("visit.edit")
def list_trips() -> ResponseReturnValue:
    """The trips of the person as maps, to be shown without a network."""
    found = visits_for_tablet(g.db, g.person, today())
    country = geometry_for_locator(g.db, current_app.config["SETTINGS"])
    return jsonify(day=today().isoformat(), trips=trip_maps(g.db, found, country, today()))


def today() -> date:
    return local_date(current_app.config["SETTINGS"].utc_offset_hours)
