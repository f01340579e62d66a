"""Syntheses of a province or the nation, and trip reports: key figures on the page, documents asked for from it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reports.coverage import Summary, segments
from reports.synthesis.parts import Words
from reports.synthesis.rows import difficulty_rows
from reports.wording import Wording
from survey.clock import local_date
from survey.documents.giving_out import ask_in_request
from survey.documents.offering import FORM_NAMES
from survey.documents.synthesis_facts import collect_synthesis, provinces_of
from survey.documents.synthesis_making import asked_for
from survey.language import language
from survey.map.words import level_words
from survey.permissions import find_trip_or_404, may, require
from survey.problems import Problem
from survey.store import units
from survey.store.documents import FORMS, Copy, Form, Wanted

bp = Blueprint("synthesis", __name__)

Language = Literal["vi", "en"]
COPIES: dict[str, Copy] = {"internal": "internal", "province": "province"}
FILES: dict[str, Form] = {form: form for form in FORMS}
LANGUAGES: dict[str, Language] = {"vi": "vi", "en": "en"}


@bp.get("/synthesis")
@require("synthesis.read")
def show_synthesis() -> ResponseReturnValue:
    wanted, problem = _asked()
    typed = wanted or Wanted("synthesis", area=_own_province() or request.args.get("area", ""))
    days = {name: request.args.get(name, "") or day for name, day in (("from", typed.starts_on), ("to", typed.ends_on))}
    page = render_template("synthesis/show.html", typed=typed, days=days, **_choices(), **_figures(wanted, problem))
    return page, problem.status if problem else 200


@bp.get("/synthesis/figures")
@require("synthesis.read")
def show_figures() -> ResponseReturnValue:
    wanted, problem = _asked()
    figures = render_template("synthesis/_figures.html", **_figures(wanted, problem))
    if wanted is None:
        return figures, problem.status if problem else 422
    asked: dict[str, Any] = {"area": wanted.area, "from": wanted.starts_on, "to": wanted.ends_on}
    return figures, {"HX-Push-Url": url_for(".show_synthesis", **asked)}


@bp.post("/synthesis/documents")
@require("synthesis.read")
def ask_for_synthesis() -> ResponseReturnValue:
    copy, form, chosen = _document()
    wanted = _wanted(request.form, copy, form, chosen)
    document = ask_in_request(wanted)
    return redirect(url_for("documents.show_document", document_id=document.id), 303)


@bp.post("/trips/<trip_id>/documents")
@require("synthesis.read")
def ask_for_trip_report(trip_id: str) -> ResponseReturnValue:
    trip = find_trip_or_404(g.db, trip_id, seen_by=g.person)
    copy, form, chosen = _document()
    area = "" if copy == "internal" else _own_province() or request.form.get("area", "")
    document = ask_in_request(Wanted("trip_report", copy, form, chosen, trip_id=trip.id, area=area))
    return redirect(url_for("documents.show_document", document_id=document.id), 303)


def _document() -> tuple[Copy, Form, Language]:
    """What a button says, copy and form with a point between them ("internal.pdf"), and the language."""
    copy, _point, form = request.form.get("document", "").partition(".")
    chosen = request.form.get("language") or language()
    try:
        return COPIES[copy], FILES[form], LANGUAGES[chosen]
    except KeyError as error:
        raise Problem("bad_request") from error


def _own_province() -> str:
    """People of a province see their own province only, whatever the address says."""
    return (g.person.province_code or "") if g.person.role == "province" else ""


def _wanted(asked: Any, copy: Copy, form: Form = "pdf", chosen: Language = "vi") -> Wanted:
    """The synthesis that an address or a form names; Problem unknown_area, bad_period, period_before_units."""
    area = _own_province() or asked.get("area", "")
    start, end = asked.get("from", ""), asked.get("to", "")
    if not start and not end:
        start, end = (day.isoformat() for day in this_quarter(_today()))
    wanted = Wanted("synthesis", copy, form, chosen, area=area, starts_on=start, ends_on=end)
    provinces_of(g.db, area, asked_for(wanted).period.end)
    return wanted


def _asked() -> tuple[Wanted | None, Problem | None]:
    """What the address asks for, or what is wrong with its period; Problem unknown_area."""
    try:
        return _wanted(request.args, _copy()), None
    except Problem as problem:
        if problem.code == "unknown_area":
            raise
        return None, problem


def _copy() -> Copy:
    """The figures of the page are those of the copy that a person may read."""
    return "internal" if may(g.person, "confidential.read") else "province"


def this_quarter(day: date) -> tuple[date, date]:
    """The first day of a quarter and its last."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    after = date(first.year + (first.month == 10), (first.month + 2) % 12 + 1, 1)
    return first, after - timedelta(days=1)


def _today() -> date:
    return local_date(current_app.config["SETTINGS"].utc_offset_hours)


def _choices() -> dict[str, Any]:
    own = _own_province()
    return {
        "provinces": [one for one in units.list_provinces(g.db, _today()) if own in ("", one.province_code)],
        "own": own,
    }


def _figures(wanted: Wanted | None, problem: Problem | None) -> dict[str, Any]:
    """The key figures in words and the documents that there are of them, or the problem alone."""
    if wanted is None:
        return {"problem": problem}
    facts = collect_synthesis(g.db, asked_for(wanted))
    words = Words(facts, Wording(language()))
    communes = words.counts.by_group["commune"]
    return {
        "problem": None,
        "wanted": wanted,
        "words": words,
        "facts": facts,
        "counts": words.counts,
        "communes": communes,
        "parts": segments(Summary(communes.units, communes.visited, communes.levels, 0, communes.mean), "lv"),
        "steps": level_words().items(),
        "troubles": difficulty_rows(words),
        "offers": [copy for copy in ("internal", "province") if _offers(copy, wanted.area)],
        "form_names": FORM_NAMES,
        "fictitious": facts.fictitious,
    }


def _offers(copy: str, area: str) -> bool:
    """Whether a copy of this area can be had; one for a province is about a province."""
    return may(g.person, "confidential.read") if copy == "internal" else bool(area)
