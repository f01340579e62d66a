"""Hôm nay: what this person has to do, day by day."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from survey.clock import local_date
from survey.permissions import require

bp = Blueprint("home", __name__)


@bp.get("/")
@require("home.read")
def show_today() -> ResponseReturnValue:
    today = local_date(current_app.config["SETTINGS"].utc_offset_hours).isoformat()
    return render_template("home/today.html", today=today)
