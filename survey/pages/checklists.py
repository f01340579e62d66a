"""The ES module of a published checklist version: it never changes, so that browsers keep it."""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Blueprint, Response, g, request
from flask.typing import ResponseReturnValue

from survey.permissions import require
from survey.store import checklists

bp = Blueprint("checklists", __name__)


@bp.get("/checklists/<checklist_id>/<version>.js")
@require("checklist.read")
def show_module(checklist_id: str, version: str) -> ResponseReturnValue:
    found = checklists.require_version(g.db, checklist_id, version)
    text = checklists.module_of(g.db, checklist_id, version)
    response = Response(text, mimetype="text/javascript")
    if request.accept_encodings["gzip"] > 0:
        response.set_data(compressed(text))
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.set_etag(found.sha256)
    return response


@lru_cache(maxsize=16)
def compressed(text: str) -> bytes:
    return gzip.compress(text.encode(), 9, mtime=0)
