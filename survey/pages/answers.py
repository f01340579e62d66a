"""The answers to a checklist taken out: which checklists there are, what to take, and the file itself."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from itertools import chain
from typing import Any

from flask import Blueprint, Response, current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from forms.units import Unit
from survey.answers.asking import MEDIA_TYPES, Asked, about, file_name, read_asked, wanted_by
from survey.answers.export import Export
from survey.answers.reading import Wanted
from survey.answers.sending import prepared, while_awaited
from survey.clock import local_date, utc_text
from survey.language import language
from survey.permissions import may, require
from survey.problems import Problem
from survey.settings import Settings
from survey.store import audit, checklists, exported_visits, units
from survey.store.checklists import Version

bp = Blueprint("answers", __name__)

LISTS = ("version", "more")


@bp.get("/answers")
@require("answers.export")
def list_checklists() -> ResponseReturnValue:
    latest = checklists.list_latest(g.db)
    counts = {one.id: _counted(wanted_by(g.person, one.id, Asked())) for one in latest}
    fictitious = any(count["fictitious"] for count in counts.values())
    return render_template("answers/list.html", checklists=latest, counts=counts, fictitious=fictitious)


@bp.get("/answers/<checklist_id>")
@require("answers.export")
def choose(checklist_id: str) -> ResponseReturnValue:
    """The page with all that can be chosen; what the address says already is chosen."""
    known = _versions_or_404(checklist_id)
    asked, problem = _asked_or_problem()
    shown = {"values": "labels", "language": language()} | request.args.to_dict()
    asked = asked.model_copy(update={name: shown[name] for name in ("values", "language")})
    page = render_template("answers/choose.html", asked=asked, **_choices(known, asked), **_told(checklist_id, problem))
    return page, problem.status if problem else 200


@bp.get("/answers/<checklist_id>/count")
@require("answers.export")
def show_count(checklist_id: str) -> ResponseReturnValue:
    _versions_or_404(checklist_id)
    _asked_now, problem = _asked_or_problem()
    page = render_template("answers/_count.html", **_told(checklist_id, problem))
    return page, problem.status if problem else 200


@bp.get("/answers/<checklist_id>/file")
@require("answers.export")
def send_file(checklist_id: str) -> ResponseReturnValue:
    """The file, sent while it is made; every one is written into the audit trail."""
    _versions_or_404(checklist_id)
    wanted = wanted_by(g.person, checklist_id, read_asked(_fields()))
    with ExitStack() as opened:
        export = opened.enter_context(prepared(_settings().data, wanted))
        export.about = about(export, _provinces(), utc_text())
        told = wanted.model_dump(mode="json", exclude={"scope": {"checklist"}})
        audit.record(g.db, "answers_exported", by=g.person.id, checklist=checklist_id, visits=export.visits, **told)
        # Waitress says whether the browser still waits; elsewhere the failing connection does.
        is_gone = request.environ.get("waitress.client_disconnected", lambda: False)
        pieces = while_awaited(export.pieces(_settings().data), is_gone)
        opened.callback(pieces.close)
        first = next((piece for piece in pieces if piece), b"")  # what goes wrong until here can still be said
        response = _streamed(chain((first,), pieces), wanted)
        response.call_on_close(opened.pop_all().close)
        return response


def _streamed(pieces: Iterable[bytes], wanted: Wanted) -> Response:
    name = file_name(wanted, local_date(_settings().utc_offset_hours))
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return Response(pieces, mimetype=MEDIA_TYPES[wanted.form], headers=headers)


def _fields() -> dict[str, Any]:
    single = {name: request.args[name] for name in request.args if name not in LISTS}
    return single | {name: request.args.getlist(name) for name in LISTS}


def _asked_or_problem() -> tuple[Asked, Problem | None]:
    try:
        return read_asked(_fields()), None
    except Problem as problem:
        return Asked(), problem


def _told(checklist_id: str, problem: Problem | None) -> dict[str, Any]:
    """How many visits the file will hold, or what is wrong with the choice."""
    if problem:
        return {"problem": problem, "counts": None, "fictitious": False}
    counts = _counted(wanted_by(g.person, checklist_id, _asked_or_problem()[0]))
    return {"problem": None, "counts": counts, "fictitious": counts["fictitious"] > 0}


def _counted(wanted: Wanted) -> dict[str, int]:
    counts = exported_visits.count(g.db, wanted.scope)
    return counts | {"visits": counts["draft"] + counts["submitted"]}


def _versions_or_404(checklist_id: str) -> list[Version]:
    found = [one for one in checklists.list_versions(g.db) if one.id == checklist_id]
    if not found:
        raise Problem("answers_no_checklist", id=checklist_id)
    return found


def _choices(known: list[Version], asked: Asked) -> dict[str, Any]:
    """What there is to choose from."""
    wanted = wanted_by(g.person, known[0].id, Asked())
    export = Export(g.db, wanted)
    return {
        "checklist": known[0],
        "versions": known,
        "spoken": export.reader.versions[0].languages,
        "places": export.places(),
        "provinces": _provinces(),
        "may_have_all": may(g.person, "confidential.read"),
        "own_province": g.person.role == "province",
    }


def _provinces() -> list[Unit]:
    return units.list_provinces(g.db, local_date(_settings().utc_offset_hours))


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found
