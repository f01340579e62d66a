"""The report of a visit at an address that stays: the finished file, or the page on which it is waited for."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from reports.wording import LANGUAGES
from survey.documents.giving_out import ask_in_request, give_out
from survey.documents.report_files import COPIES
from survey.language import language
from survey.permissions import require
from survey.problems import Problem
from survey.store.documents import Form, Wanted

bp = Blueprint("reports", __name__, url_prefix="/visits")


@bp.get("/<visit_id>/report.<any(pdf, docx, xlsx):form>")
@require("report.read.province")
def show_report(visit_id: str, form: Form) -> ResponseReturnValue:
    copy = request.args.get("copy", "internal")
    if copy not in COPIES:
        raise Problem("not_found")
    wanted = Wanted("report", copy, form, wanted_language(), visit_id)  # type: ignore[arg-type]
    return give_out(ask_in_request(wanted))


def wanted_language() -> str:
    """The language in the address, else that of the pages."""
    chosen = request.args.get("lang", "")
    return chosen if chosen in LANGUAGES else language()
