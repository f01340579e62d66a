"""Official boundaries for the map: uploaded here by an administrator, told about, and removed again."""

from __future__ import annotations

from contextlib import closing
from pathlib import PureWindowsPath

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.clock import local_date
from survey.map.boundaries import Summary, import_boundaries, remove_boundaries
from survey.map.boundary_file import LARGEST_FILE, MIB
from survey.map.drawn_map import boundaries_shown
from survey.pages.copies import received_file, settings
from survey.permissions import require
from survey.problems import Problem

bp = Blueprint("boundaries", __name__)

LIMIT = LARGEST_FILE // MIB
SHOWN = 50  # units and codes named on the page; the numbers above say how many there are


@bp.get("/map/boundaries")
@require("boundaries.manage")
def show_boundaries() -> ResponseReturnValue:
    return _page()


@bp.post("/map/boundaries")
@require("boundaries.manage")
def take_boundaries() -> ResponseReturnValue:
    day = local_date(settings().utc_offset_hours)
    try:
        with closing(received_file("boundaries", LIMIT)) as received:
            name = PureWindowsPath(received.filename or "").name
            summary = import_boundaries(g.db, settings().data, received.stream, name, day=day, by=g.person.id)
    except Problem as problem:
        return _page(problem=problem), problem.status
    return _page(summary=summary)


@bp.post("/map/boundaries/remove")
@require("boundaries.manage")
def drop_boundaries() -> ResponseReturnValue:
    try:
        remove_boundaries(g.db, by=g.person.id)
    except Problem as problem:
        return _page(problem=problem), problem.status
    return redirect(url_for(".show_boundaries"), 303)


def _page(summary: Summary | None = None, problem: Problem | None = None) -> str:
    used = boundaries_shown(g.db, settings().data)
    in_form = request.endpoint != "boundaries.drop_boundaries"
    return render_template(
        "boundaries/upload.html", used=used, summary=summary, problem=problem, limit=LIMIT, most_shown=SHOWN,
        wrong_file=problem is not None and in_form,
    )  # fmt: skip
