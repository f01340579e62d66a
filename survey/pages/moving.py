"""Moving visits to a new version of their checklist: one by its leader, all of a checklist by an administrator."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms.checklist import Node
from forms.minutes import INSTANCE
from survey.checklists.moving import Prospect, move_visit, prospect_of
from survey.database import Database
from survey.language import gettext as _
from survey.language import ngettext
from survey.permissions import ensure_leads, find_visit_or_404, require
from survey.problems import Problem
from survey.store import checklists, visits
from survey.store.checklist_uses import drafts_of_checklist
from survey.store.checklists import Version

bp = Blueprint("moving", __name__)

AT_ONCE = 100
"""Visits that are shown, and moved, at a time: each opens its whole log."""


@bp.get("/visits/<visit_id>/move")
@require("visit.submit")
def show_visit(visit_id: str) -> ResponseReturnValue:
    visit = find_visit_or_404(g.db, visit_id, seen_by=g.person)
    ensure_leads(g.person, visit.leader_id)
    prospect = prospect_of(g.db, visit)
    if prospect is None:
        return redirect(url_for("visits.show_visit", visit_id=visit.id), 303)
    return render_template(
        "moving/visit.html",
        visit=visit,
        prospect=prospect,
        nodes=_nodes(prospect),
        static=static_path,
        fictitious=visit.fictitious,
    )


@bp.post("/visits/<visit_id>/move")
@require("visit.submit")
def move(visit_id: str) -> ResponseReturnValue:
    """Move to the version that was shown; the same once more changes nothing."""
    visit = find_visit_or_404(g.db, visit_id, seen_by=g.person)
    ensure_leads(g.person, visit.leader_id)
    version = _latest_shown(visit.checklist_id)
    move_visit(g.db, visit.id, version.version, by=g.person.id)
    flash(_("Buổi làm việc đã chuyển sang phiếu bản {version}.", version=version.version))
    return redirect(url_for("visits.show_visit", visit_id=visit.id), 303)


@bp.get("/publishing/checklists/<checklist_id>/drafts")
@require("checklist.publish")
def show_drafts(checklist_id: str) -> ResponseReturnValue:
    """The open visits on older versions: what would move, never what was answered."""
    latest = _latest(checklist_id)
    ids = drafts_of_checklist(g.db, checklist_id, latest.version)
    found = [prospect for visit_id in ids[:AT_ONCE] if (prospect := _prospect(g.db, visit_id))]
    return render_template(
        "moving/drafts.html", latest=latest, prospects=found, count=len(ids), at_once=AT_ONCE,
        fictitious=any(one.visit.fictitious for one in found),
    )  # fmt: skip


@bp.post("/publishing/checklists/<checklist_id>/drafts")
@require("checklist.publish")
def move_drafts(checklist_id: str) -> ResponseReturnValue:
    """Move the open visits that can be, each in a transaction of its own; those that cannot stay and are counted."""
    latest = _latest_shown(checklist_id)
    told: Counter[str] = Counter()
    for visit_id in drafts_of_checklist(g.db, checklist_id, latest.version):
        if told["moved"] >= AT_ONCE:
            break
        try:
            told["moved"] += move_visit(g.db, visit_id, latest.version, by=g.person.id)
        except Problem as problem:
            told[problem.code] += 1
    flash(ngettext("Đã chuyển {n} buổi làm việc.", "Đã chuyển {n} buổi làm việc.", told.pop("moved", 0)))
    for code, n in told.items():
        flash(ngettext("{n} buổi giữ bản cũ: {why}", "{n} buổi giữ bản cũ: {why}", n, why=Problem(code).message))
    return redirect(url_for(".show_drafts", checklist_id=checklist_id), 303)


def static_path(question: str) -> str:
    """The path of a question of the log without keys and without what was noted about it."""
    return INSTANCE.sub("", question.partition("#")[0])


def _latest(checklist_id: str) -> Version:
    found = checklists.find_latest(g.db, checklist_id)
    if found is None:
        raise Problem("not_found")
    return found


def _latest_shown(checklist_id: str) -> Version:
    """The version that the form names: a page left open must not take visits back to an earlier one."""
    shown = checklists.require_version(g.db, checklist_id, request.form.get("version", ""))
    latest = _latest(checklist_id)
    if shown.version != latest.version:
        raise Problem("version_superseded", version=shown.version, latest=latest.version)
    return shown


def _prospect(db: Database, visit_id: str) -> Prospect | None:
    visit = visits.find(db, visit_id)
    return prospect_of(db, visit) if visit else None


def _nodes(prospect: Prospect) -> dict[str, Node]:
    """The questions of both versions by their path."""
    visit, version = prospect.visit, prospect.version
    old = checklists.definition_of(g.db, visit.checklist_id, visit.checklist_version)
    new = checklists.definition_of(g.db, version.id, version.version)
    return {node.path: node for checklist in (new, old) for node in checklist.walk()}
