"""The minutes of a visit as the official document, for those who may read what the visit found."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, g, request
from flask.typing import ResponseReturnValue

from forms.units import fold
from reports.pdf import PrintingUnavailableError
from reports.wording import LANGUAGES
from survey.language import language
from survey.minutes_record import record_of
from survey.permissions import find_visit_or_404, require
from survey.problems import Problem
from survey.report_facts import collect_facts
from survey.store.visits import Visit

bp = Blueprint("minutes", __name__, url_prefix="/visits")


@bp.get("/<visit_id>/minutes.pdf")
@require("report.read")
def show_minutes(visit_id: str) -> ResponseReturnValue:
    from reports.minutes import minutes  # late: WeasyPrint takes half a second to import

    visit = find_visit_or_404(g.db, visit_id, seen_by=g.person)
    wanted = request.args.get("lang", "")
    chosen = wanted if wanted in LANGUAGES else language()
    data = current_app.config["SETTINGS"].data
    facts = collect_facts(g.db, visit, data)
    try:
        content = minutes(facts, record_of(g.db, visit, facts, data, chosen), chosen)
    except PrintingUnavailableError as error:
        raise Problem("report_unavailable", reason=str(error)) from error
    headers = {"Content-Disposition": f'inline; filename="{file_name(visit, chosen)}"'}
    return Response(content, mimetype="application/pdf", headers=headers)


def file_name(visit: Visit, chosen: str) -> str:
    """What a browser saves it as: "bien-ban-15271-ha-trung-2025-08-19.pdf"."""
    kind = "minutes" if chosen == "en" else "bien-ban"
    return f"{kind}-{visit.unit_code}-{fold(visit.unit_name).replace(' ', '-')}-{visit.planned_on}.pdf"
