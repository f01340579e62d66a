"""The public page that confirms a document by its code: its hash, its date and the unit, and nothing else."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.clock import moment, utc_text
from survey.documents.giving_out import settings
from survey.problems import Problem
from survey.store import documents

bp = Blueprint("confirming", __name__, url_prefix="/d")


@bp.get("/")
def ask_for_code() -> ResponseReturnValue:
    typed = request.args.get("code", "").strip()
    read = documents.read_code(typed)
    if read:
        return redirect(url_for(".confirm", code=read), 303)
    problem = Problem("document_not_found") if typed else None
    return render_template("documents/ask.html", problem=problem), 404 if typed else 200


@bp.get("/<code>")
def confirm(code: str) -> ResponseReturnValue:
    limit, address = settings(), request.remote_addr or ""
    since = utc_text(moment() - timedelta(minutes=limit.login_window_minutes))
    if documents.wrong_codes(g.db, address, since) >= limit.address_failures:
        raise Problem("too_many_codes", minutes=limit.login_window_minutes)
    read = documents.read_code(code)
    document = documents.find_given_out(g.db, read) if read else None
    if document is None:
        documents.note_wrong_code(g.db, address, since)
        return render_template("documents/ask.html", problem=Problem("document_not_found")), 404
    return render_template("documents/confirm.html", document=document, fictitious=document.label.fictitious)


@bp.after_request
def keep_out_of_search(response: Response) -> Response:
    """Neither searched for nor kept: what a code opens is for whoever holds the document."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers.setdefault("Cache-Control", "no-store")
    return response
