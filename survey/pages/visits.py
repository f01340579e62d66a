"""A visit: what was found, what should be done, and freezing or reopening it."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.assess import open_conflicts, reopen_visit, result_of_visit, submit_visit
from survey.checklists.moving import left_behind, newer_version
from survey.documents.offering import documents_block
from survey.language import gettext as _
from survey.overview import overview_of
from survey.permissions import ensure_leads, find_visit_or_404, leads, may, require
from survey.problems import Problem
from survey.progress import place_of
from survey.signed_minutes import signatures_on
from survey.store import audit, checklists, trips
from survey.store.visits import Visit

bp = Blueprint("visits", __name__, url_prefix="/visits")

LONGEST_REASON = 1000


@bp.get("/<visit_id>")
@require("visit.read")
def show_visit(visit_id: str) -> ResponseReturnValue:
    return _visit_page(find_visit_or_404(g.db, visit_id, seen_by=g.person))


@bp.post("/<visit_id>/submit")
@require("visit.submit")
def submit(visit_id: str) -> ResponseReturnValue:
    visit = find_visit_or_404(g.db, visit_id, seen_by=g.person)
    ensure_leads(g.person, visit.leader_id)
    reason = request.form.get("reason", "").strip()[:LONGEST_REASON]
    try:
        submit_visit(g.db, visit, reason, by=g.person.id)
    except Problem as problem:
        if problem.code not in ("reason_missing", "conflicts_open"):
            raise
        return _visit_page(visit, problem), problem.status
    flash(_("Đã nộp. Kết quả được khóa theo phiếu bản {version}.", version=visit.checklist_version))
    return redirect(url_for(".show_visit", visit_id=visit.id), 303)


@bp.post("/<visit_id>/reopen")
@require("visit.reopen")
def reopen(visit_id: str) -> ResponseReturnValue:
    visit = find_visit_or_404(g.db, visit_id, seen_by=g.person)
    ensure_leads(g.person, visit.leader_id)
    reason = request.form.get("reason", "").strip()[:LONGEST_REASON]
    try:
        reopen_visit(g.db, visit, reason, by=g.person.id)
    except Problem as problem:
        if problem.code != "reopen_reason_missing":
            raise
        return _visit_page(visit, problem), problem.status
    flash(_("Đã mở lại. Câu trả lời sửa được, kết quả cũ không còn hiệu lực."))
    return redirect(url_for(".show_visit", visit_id=visit.id), 303)


def _visit_page(visit: Visit, problem: Problem | None = None) -> str:
    checklist = checklists.definition_of(g.db, visit.checklist_id, visit.checklist_version)
    result = result_of_visit(g.db, visit)
    reads_all = may(g.person, "confidential.read")
    overview = overview_of(checklist, result, with_confidential=reads_all)
    is_internal = g.person.role != "province"
    differing = open_conflicts(g.db, visit) if visit.state == "draft" else []
    return render_template(
        "visits/visit.html",
        visit=visit,
        checklist=checklist,
        overview=overview,
        called=result.get("instance_name", "") if reads_all else "",
        problem=problem,
        conflicts=list(dict.fromkeys(place_of(question) for question in differing)),
        members=trips.members(g.db, visit.trip_id),
        history=audit.of_visit(g.db, visit.id) if is_internal else [],
        signatures=signatures_on(g.db, visit.id) if is_internal else None,
        newer=newer_version(g.db, visit) if visit.state == "draft" else None,
        left=left_behind(g.db, visit) if is_internal else [],
        is_mine=leads(g.person, visit.leader_id),
        may_edit=may(g.person, "visit.edit") and visit.state == "draft",
        fictitious=visit.fictitious,
        **documents_block(g.db, visit, g.person, current_app.config["SETTINGS"]),
    )
