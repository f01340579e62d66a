"""The ES modules of a published checklist version: they never change, so that browsers keep them."""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Blueprint, Response, current_app, g, request, send_file
from flask.typing import ResponseReturnValue

from survey.checklists.tables import loader, table_packed
from survey.field.page_module import module_for_page
from survey.language import LANGUAGES
from survey.permissions import require
from survey.problems import Problem
from survey.store import attachments, checklists
from survey.store.checklist_files import find_file

bp = Blueprint("checklists", __name__)


@bp.get("/checklists/<checklist_id>/<version>.js")
@require("checklist.read")
def show_module(checklist_id: str, version: str) -> ResponseReturnValue:
    found = checklists.require_version(g.db, checklist_id, version)
    definition = checklists.definition_of(g.db, checklist_id, version)
    text = checklists.module_of(g.db, checklist_id, version) + loader(definition)
    return answer_module(packed(text), found.sha256)


@bp.get("/checklists/<checklist_id>/<version>/page-<language>.js")
@require("checklist.read")
def show_page_module(checklist_id: str, version: str, language: str) -> ResponseReturnValue:
    if language not in LANGUAGES:
        raise Problem("not_found")
    found = checklists.require_version(g.db, checklist_id, version)
    engine = checklists.engine_of(g.db, checklist_id, version)
    return answer_module(module_for_page(engine, found.sha256, language), f"{found.sha256}-{language}")


@bp.get("/checklists/<checklist_id>/<version>/tables/<fingerprint>/<name>.json")
@require("checklist.read")
def show_table(checklist_id: str, version: str, fingerprint: str, name: str) -> ResponseReturnValue:
    """An attached list as the twin takes it."""
    definition = checklists.definition_of(g.db, checklist_id, version)
    if name not in definition.tables or definition.files[definition.tables[name].file][:16] != fingerprint:
        raise Problem("attachment_not_found")
    response = answer_module(table_packed(definition, name), f"{fingerprint}-{name}")
    response.mimetype = "application/json"
    return response


@bp.get("/checklists/<checklist_id>/<version>/files/<sha256>")
@require("checklist.read")
def show_file(checklist_id: str, version: str, sha256: str) -> ResponseReturnValue:
    """An attached file under its hash: as the type it was found to be, and nothing in it can run."""
    checklists.require_version(g.db, checklist_id, version)
    found = find_file(g.db, checklist_id, version, sha256)
    if found is None:
        raise Problem("attachment_not_found")
    place = attachments.place_of(current_app.config["SETTINGS"].data, found.sha256).resolve()
    shown = found.media_type.startswith(("image/", "audio/", "video/"))
    response = send_file(
        place, mimetype=found.media_type, as_attachment=not shown, download_name=found.name, etag=sha256
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


def answer_module(content: bytes, etag: str) -> Response:
    """A module that is kept compressed; the few who do not take gzip get it unpacked."""
    response = Response(mimetype="text/javascript")
    if request.accept_encodings["gzip"] > 0:
        response.set_data(content)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response.set_data(gzip.decompress(content))
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.set_etag(etag)
    return response


@lru_cache(maxsize=16)
def packed(text: str) -> bytes:
    return gzip.compress(text.encode(), 9, mtime=0)
