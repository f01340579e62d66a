"""The report of a visit as PDF, Word and Excel file, for those who may read the internal copy."""

from __future__ import annotations

from threading import Lock

from flask import Blueprint, Response, current_app, g, request
from flask.typing import ResponseReturnValue

from forms.units import fold
from reports.pdf import PrintingUnavailableError
from reports.wording import LANGUAGES
from survey.drawn_map import geometry_for_locator
from survey.language import language
from survey.permissions import find_visit_or_404, require
from survey.problems import Problem
from survey.report_facts import collect_facts
from survey.report_files import MEDIA_TYPES, Form, report_file
from survey.store.visits import Visit

bp = Blueprint("reports", __name__, url_prefix="/visits")

rendering = Lock()
"""Reports are laid out one after the other: several at once take longer than in turn."""


@bp.get("/<visit_id>/report.<any(pdf, docx, xlsx):form>")
@require("report.read")
def show_report(visit_id: str, form: Form) -> ResponseReturnValue:
    visit = find_visit_or_404(g.db, visit_id, seen_by=g.person)
    wanted = request.args.get("lang", "")
    chosen = wanted if wanted in LANGUAGES else language()
    facts = collect_facts(g.db, visit, current_app.config["SETTINGS"].data)
    try:
        with rendering:
            content = report_file(form, facts, chosen, geometry_for_locator(g.db, current_app.config["SETTINGS"]))
    except PrintingUnavailableError as error:
        raise Problem("report_unavailable", reason=str(error)) from error
    response = Response(content, mimetype=MEDIA_TYPES[form])
    shown = "inline" if form == "pdf" else "attachment"
    response.headers["Content-Disposition"] = f'{shown}; filename="{file_name(visit, chosen, form)}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def file_name(visit: Visit, chosen: str, form: Form) -> str:
    """What a browser saves it as: "bao-cao-15271-ha-trung-2025-08-19.pdf"."""
    kind = "report" if chosen == "en" else "bao-cao"
    return f"{kind}-{visit.unit_code}-{fold(visit.unit_name).replace(' ', '-')}-{visit.planned_on}.{form}"
