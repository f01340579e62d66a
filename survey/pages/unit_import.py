"""A new list of units: uploaded by an administrator, shown as what it would change, and then applied as a whole."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import date
from pathlib import PureWindowsPath

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.language import gettext as _
from survey.pages.copies import received_form, settings
from survey.permissions import require
from survey.problems import Problem
from survey.store import unit_history
from survey.units.changes import CATEGORIES
from survey.units.file import COLUMNS, LARGEST_FILE, MIB
from survey.units.intake import Look, apply_list, keep_list, kept_list, look_at_list
from survey.units.words import category_words, change_words

bp = Blueprint("unit_import", __name__)

LIMIT = LARGEST_FILE // MIB
SHOWN = 50  # changes and faults named in each part; the numbers above say how many there are
HASH = re.compile(r"[0-9a-f]{64}")


@bp.get("/units/import")
@require("units.manage")
def show_import() -> ResponseReturnValue:
    return _page()


@bp.post("/units/import")
@require("units.manage")
def try_list() -> ResponseReturnValue:
    """Say what a list would change; it is put aside for the button that applies it."""
    try:
        file, fields = received_form("units", LIMIT)
        with closing(file) as received:
            name = PureWindowsPath(received.filename or "").name
            body = received.stream.read(LARGEST_FILE + 1)
        ends_on = _ends_on(fields.get("ends_on", ""))
        look = look_at_list(g.db, body, name, ends_on)
        if look.plan.changes_something and not look.plan.faults:
            keep_list(settings().data, body)
    except Problem as problem:
        return _page(problem=problem), problem.status
    return _page(look, ends_on=ends_on)


@bp.post("/units/import/apply")
@require("units.manage")
def apply_tried_list() -> ResponseReturnValue:
    sha256, digest = request.form.get("sha256", ""), request.form.get("digest", "")
    if not HASH.fullmatch(sha256) or not HASH.fullmatch(digest):
        raise Problem("bad_request")
    name = PureWindowsPath(request.form.get("name", "")).name
    try:
        ends_on = _ends_on(request.form.get("ends_on", ""))
        body = kept_list(settings().data, sha256)
        look = apply_list(g.db, body, name, by=g.person.id, ends_on=ends_on, digest=digest)
    except Problem as problem:
        return _page(problem=problem), problem.status
    counts = look.plan.counts()
    flash(_("Đã áp dụng danh mục: {n} thay đổi.", n=sum(counts[name] for name in CATEGORIES)))
    return redirect(url_for(".show_import"), 303)


def _ends_on(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Problem("bad_request") from error


def _page(look: Look | None = None, problem: Problem | None = None, ends_on: date | None = None) -> str:
    return render_template(
        "units/import.html", look=look, problem=problem, ends_on=ends_on, limit=LIMIT, most_shown=SHOWN,
        categories=category_words(), change_words=change_words, columns=COLUMNS,
        imports=unit_history.last_imports(g.db),
    )  # fmt: skip
