"""Hôm nay: what this person has to do, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, current_app, g, render_template
from flask.typing import ResponseReturnValue

from survey.clock import local_date
from survey.permissions import require
from survey.progress import Progress, progress_of
from survey.store import trips, visit_list, visits
from survey.store.visit_list import Wanted
from survey.store.visits import Visit

bp = Blueprint("home", __name__)

RECENT = 8


@dataclass(frozen=True)
class Day:
    """The visits of one day, each with its progress."""

    date: str
    visits: list[tuple[Visit, Progress]]


@bp.get("/")
@require("home.read")
def show_today() -> ResponseReturnValue:
    today = local_date(current_app.config["SETTINGS"].utc_offset_hours).isoformat()
    if g.person.role in ("member", "leader"):
        return _delegation_page(today)
    recent = [] if g.person.role == "admin" else _recent()
    return render_template(
        "home/desk.html", today=today, recent=recent, fictitious=any(visit.fictitious for visit in recent)
    )


def _delegation_page(today: str) -> str:
    drafts = visits.drafts_of_person(g.db, g.person.id)
    done = visits.submitted_of_person(g.db, g.person.id, RECENT)
    shown = [visit for visit in drafts if visit.planned_on >= today] + _late(drafts, today)
    return render_template(
        "home/today.html",
        today=today,
        days=_days(shown),
        done=done,
        own_trips=trips.travelled_by(g.db, g.person.id)[:RECENT],
        fictitious=any(visit.fictitious for visit in drafts + done),
    )


def _late(drafts: list[Visit], today: str) -> list[Visit]:
    """Unfinished visits of earlier days, the latest first."""
    return sorted((visit for visit in drafts if visit.planned_on < today), key=lambda v: v.planned_on, reverse=True)


def _days(shown: list[Visit]) -> list[Day]:
    return [
        Day(day, [(visit, progress_of(g.db, visit)) for visit in together])
        for day, together in groupby(shown, key=lambda visit: visit.planned_on)
    ]


def _recent() -> list[visit_list.ListedVisit]:
    return visit_list.list_visits(g.db, g.person, Wanted(state="submitted")).visits[:RECENT]
