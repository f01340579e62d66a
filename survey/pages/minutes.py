"""The minutes of a visit at an address that stays: the finished document, or the page on which it is waited for."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from survey.documents.giving_out import ask_in_request, give_out
from survey.pages.reports import wanted_language
from survey.permissions import require
from survey.store.documents import Form, Wanted

bp = Blueprint("minutes", __name__, url_prefix="/visits")


@bp.get("/<visit_id>/minutes.<any(pdf, docx, xlsx):form>")
@require("report.read")
def show_minutes(visit_id: str, form: Form) -> ResponseReturnValue:
    wanted = Wanted("minutes", "internal", form, wanted_language(), visit_id)  # type: ignore[arg-type]
    return give_out(ask_in_request(wanted))
