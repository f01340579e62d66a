"""Trips: the list of visits, planning a trip, its delegation and its units."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.clock import local_date, new_id
from survey.database import transaction
from survey.documents.offering import FORM_NAMES
from survey.entries import MemberEntry, TripEntry, VisitEntry, read_entry
from survey.language import gettext as _
from survey.naming import unit_in_sentence
from survey.permissions import ensure_leads, find_trip_or_404, find_visit_or_404, leads, may, require
from survey.problems import Problem
from survey.progress import progress_of
from survey.store import audit, checklists, people, trips, units, visit_list, visits
from survey.store.trips import Trip
from survey.store.visit_list import ListedVisit, Wanted
from survey.units.validity import unit_valid_on

bp = Blueprint("trips", __name__)

LONGEST_CHOICE_OF_DAYS = 15


@bp.get("/trips")
@require("trip.read")
def list_trips() -> ResponseReturnValue:
    asked = request.args
    wanted = Wanted(
        state=asked.get("state", "") if asked.get("state") in ("draft", "submitted") else "",
        province=asked.get("province", "")[:2],
        level=asked.get("level", "") if asked.get("level") in ("1", "2", "3", "4", "none") else "",
        words=asked.get("q", "")[:100],
        page=asked.get("page", 1, type=int),
    )
    found = visit_list.list_visits(g.db, g.person, wanted)
    return render_template(
        "trips/list.html",
        wanted=wanted,
        found=found,
        progress=_progress(found.visits),
        label_of=_level_labels(found.visits),
        provinces=units.list_provinces(g.db, local_date(current_app.config["SETTINGS"].utc_offset_hours)),
        own_trips=_trips_without_visits(),
        fictitious=any(visit.fictitious for visit in found.visits),
    )


@bp.get("/trips/new")
@require("trip.plan")
def show_new_trip() -> ResponseReturnValue:
    return render_template("trips/new.html", typed={}, errors={})


@bp.post("/trips/new")
@require("trip.plan")
def plan_trip() -> ResponseReturnValue:
    entry, errors = read_entry(TripEntry, request.form)
    if entry is None:
        return render_template("trips/new.html", typed=request.form, errors=errors), 422
    trip = Trip(id=new_id(), leader_id=g.person.id, **_facts(entry))
    with transaction(g.db):
        trips.add(g.db, trip, g.person.id)
        trips.set_member(g.db, trip.id, g.person.id, "Trưởng đoàn")
        audit.record(g.db, "trip_planned", by=g.person.id, trip_id=trip.id)
    return redirect(url_for(".show_trip", trip_id=trip.id), 303)


@bp.get("/trips/<trip_id>")
@require("trip.read")
def show_trip(trip_id: str) -> ResponseReturnValue:
    return _trip_page(find_trip_or_404(g.db, trip_id, seen_by=g.person))


@bp.post("/trips/<trip_id>")
@require("trip.plan")
def change_trip(trip_id: str) -> ResponseReturnValue:
    trip = _own_trip(trip_id)
    entry, errors = read_entry(TripEntry, request.form)
    if entry is None:
        return _trip_page(trip, typed=request.form, errors=errors), 422
    with transaction(g.db):
        trips.change(g.db, trip.model_copy(update=_facts(entry)))
        audit.record(g.db, "trip_changed", by=g.person.id, trip_id=trip.id)
    return redirect(url_for(".show_trip", trip_id=trip.id), 303)


@bp.post("/trips/<trip_id>/members")
@require("trip.plan")
def set_member(trip_id: str) -> ResponseReturnValue:
    trip = _own_trip(trip_id)
    entry, _errors = read_entry(MemberEntry, request.form)
    if entry is None or entry.person not in {person.id for person in people.able_to_travel(g.db)}:
        raise Problem("bad_form")
    with transaction(g.db):
        trips.set_member(g.db, trip.id, entry.person, entry.duty)
        audit.record(g.db, "member_set", by=g.person.id, trip_id=trip.id, person=entry.person)
    return redirect(url_for(".show_trip", trip_id=trip.id) + "#members", 303)


@bp.post("/trips/<trip_id>/members/<person_id>/remove")
@require("trip.plan")
def remove_member(trip_id: str, person_id: str) -> ResponseReturnValue:
    trip = _own_trip(trip_id)
    if person_id == trip.leader_id:
        raise Problem("bad_request")
    with transaction(g.db):
        trips.remove_member(g.db, trip.id, person_id)
        audit.record(g.db, "member_removed", by=g.person.id, trip_id=trip.id, person=person_id)
    return redirect(url_for(".show_trip", trip_id=trip.id) + "#members", 303)


@bp.get("/trips/<trip_id>/units")
@require("trip.plan")
def search_units(trip_id: str) -> ResponseReturnValue:
    trip = _own_trip(trip_id)
    return render_template("trips/_units.html", trip=trip, **_unit_search(trip))


@bp.get("/trips/<trip_id>/visits/new")
@require("trip.plan")
def show_new_visit(trip_id: str) -> ResponseReturnValue:
    return _new_visit_page(_own_trip(trip_id), request.args.get("unit", ""))


@bp.post("/trips/<trip_id>/visits")
@require("trip.plan")
def plan_visit(trip_id: str) -> ResponseReturnValue:
    trip = _own_trip(trip_id)
    entry, errors = read_entry(VisitEntry, request.form)
    if entry is None:
        return _new_visit_page(trip, request.form.get("unit", ""), errors), 422
    checklist = _fitting_checklist(entry)
    if not trip.starts_on <= entry.planned_on.isoformat() <= trip.ends_on:
        raise Problem("date_outside_trip")
    visit_id, day = new_id(), entry.planned_on.isoformat()
    with transaction(g.db):
        visits.add(
            g.db, visit_id, trip.id, entry.unit, checklist, day, g.person.id, scope=entry.scope,
            fictitious=trip.fictitious,
        )  # fmt: skip
        audit.record(g.db, "visit_planned", by=g.person.id, visit_id=visit_id, trip_id=trip.id)
    return redirect(url_for(".show_trip", trip_id=trip.id), 303)


@bp.post("/visits/<visit_id>/remove")
@require("trip.plan")
def remove_visit(visit_id: str) -> ResponseReturnValue:
    visit = find_visit_or_404(g.db, visit_id, seen_by=g.person)
    ensure_leads(g.person, visit.leader_id)
    if visit.state != "draft" or visits.last_change(g.db, visit.id):
        raise Problem("visit_has_answers")
    with transaction(g.db):
        visits.remove(g.db, visit.id)
        audit.record(g.db, "visit_removed", by=g.person.id, trip_id=visit.trip_id, unit=visit.unit_code)
    flash(_("Đã bỏ {unit} khỏi chuyến công tác.", unit=visit.unit_title))
    return redirect(url_for(".show_trip", trip_id=visit.trip_id), 303)


def _own_trip(trip_id: str) -> Trip:
    trip = find_trip_or_404(g.db, trip_id, seen_by=g.person)
    ensure_leads(g.person, trip.leader_id)
    return trip


def _facts(entry: TripEntry) -> dict[str, str]:
    return {name: str(value) for name, value in entry.model_dump(mode="json").items()}


def _trip_page(trip: Trip, typed: Any = None, errors: dict[str, str] | None = None) -> str:
    listed = visit_list.visits_of_trip(g.db, trip.id)
    shown = [visit for visit in listed if g.person.role != "province" or _is_shared(visit)]
    members = trips.members(g.db, trip.id)
    known = {member.person_id for member in members}
    mine = leads(g.person, trip.leader_id)
    return render_template(
        "trips/trip.html",
        trip=trip,
        typed=typed or trip.model_dump(),
        errors=errors or {},
        members=members,
        others=[person for person in people.able_to_travel(g.db) if person.id not in known] if mine else [],
        visits=shown,
        progress=_progress(shown),
        label_of=_level_labels(shown),
        is_mine=mine,
        fictitious=trip.fictitious,
        **_unit_search(trip),
        **_report(shown),
    )


def _report(shown: list[ListedVisit]) -> dict[str, Any]:
    """The copies of the trip report that there can be, and the provinces that one can be for."""
    areas = {visit.province_code: visit.province_name for visit in shown if visit.state == "submitted"}
    copies = (["internal"] if may(g.person, "confidential.read") else []) + (["province"] if areas else [])
    return {"offers": copies if areas else [], "areas": sorted(areas.items()), "form_names": FORM_NAMES}


def _is_shared(visit: ListedVisit) -> bool:
    return visit.state == "submitted" and visit.province_code == g.person.province_code


def _unit_search(trip: Trip) -> dict[str, Any]:
    words = request.args.get("q", "")[:100]
    day = date.fromisoformat(trip.starts_on)
    found = units.search_units(g.db, words, day, limit=8) if words.strip() else []
    taken = {visit.unit_code for visit in visits.of_trip(g.db, trip.id)}
    return {"words": words, "results": [unit for unit in found if unit.kind != "province"], "taken": taken}


def _new_visit_page(trip: Trip, code: str, errors: dict[str, str] | None = None) -> str:
    first, last = date.fromisoformat(trip.starts_on), date.fromisoformat(trip.ends_on)
    unit = units.find_unit(g.db, code, first)
    if unit is None:
        raise Problem("unit_not_found", code=code[:20])
    days = [first + timedelta(n) for n in range(min((last - first).days + 1, LONGEST_CHOICE_OF_DAYS))]
    fitting = [version for version in checklists.list_latest(g.db) if version.fits(unit.kind)]
    return render_template(
        "trips/new_visit.html", trip=trip, unit=unit, name=unit_in_sentence(unit), days=days, checklists=fitting,
        errors=errors or {}, fictitious=trip.fictitious,
    )  # fmt: skip


def _fitting_checklist(entry: VisitEntry) -> tuple[str, str]:
    """The id and version chosen ("commune 1.0"), made sure to fit the unit's kind on the day of the visit."""
    checklist_id, _space, number = entry.checklist.partition(" ")
    version = checklists.require_version(g.db, checklist_id, number)
    unit = unit_valid_on(g.db, entry.unit, entry.planned_on)
    if not version.fits(unit.kind):
        raise Problem("unit_not_fitting")
    return version.id, version.version


def _trips_without_visits() -> list[Trip]:
    """Own trips that the list of visits cannot show yet."""
    if g.person.role not in ("member", "leader"):
        return []
    return trips.without_visits(g.db, g.person.id)


def _progress(listed: list[ListedVisit]) -> dict[str, Any]:
    return {visit.id: progress_of(g.db, visit) for visit in listed if visit.state == "draft"}


def _level_labels(listed: list[ListedVisit]) -> dict[str, Any]:
    """The wording of each visit's level, from its own checklist version."""
    labels = {}
    for visit in listed:
        if visit.level:
            checklist = checklists.definition_of(g.db, visit.checklist_id, visit.checklist_version)
            labels[visit.id] = next((level.label for level in checklist.levels if level.name == visit.level), {})
    return labels
