"""Photos and signatures of a visit: taken in by hash, shown to those who see the visit."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from flask import Blueprint, current_app, g, jsonify, request, send_file
from flask.typing import ResponseReturnValue

from survey import pictures
from survey.clock import utc_text
from survey.permissions import ensure_draft, find_visit_or_404, require
from survey.problems import Problem
from survey.store import attachments
from survey.store.attachments import Attachment

bp = Blueprint("attachments", __name__)

LARGEST_FILE = 10 * 1024 * 1024
CHUNK = 64 * 1024
HASH = re.compile(r"[0-9a-f]{64}")


@bp.put("/api/attachments/<sha256>")
@require("visit.edit")
def keep_attachment(sha256: str) -> ResponseReturnValue:
    visit = find_visit_or_404(g.db, request.args.get("visit", ""), seen_by=g.person)
    known = attachments.find_attachment(g.db, visit.id, checked_hash(sha256))
    if known is None:
        ensure_draft(visit)
        content, media_type = pictures.rewrite(read_file(sha256))
        attachments.keep_file(data_folder(), sha256, content)
        known = Attachment(
            sha256=sha256, visit_id=visit.id, media_type=media_type, size=len(content), author_id=g.person.id,
            received_at=utc_text(),
        )  # fmt: skip
        attachments.add_attachment(g.db, known)
    return jsonify(sha256=known.sha256, media_type=known.media_type, size=known.size), 200


@bp.get("/api/attachments/<sha256>")
@require("confidential.read")
def show_attachment(sha256: str) -> ResponseReturnValue:
    visit = find_visit_or_404(g.db, request.args.get("visit", ""), seen_by=g.person)
    found = attachments.find_attachment(g.db, visit.id, checked_hash(sha256))
    place = attachments.place_of(data_folder(), sha256)
    if found is None or not place.exists():
        raise Problem("attachment_not_found")
    response = send_file(place.resolve(), mimetype=found.media_type, max_age=0, etag=sha256)
    response.headers["Content-Disposition"] = f'inline; filename="{sha256[:12]}.{found.media_type.partition("/")[2]}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def checked_hash(text: str) -> str:
    """The hash, when it is one; it becomes the name of a file."""
    if not HASH.fullmatch(text):
        raise Problem("attachment_not_found")
    return text


def data_folder() -> Path:
    folder: Path = current_app.config["SETTINGS"].data
    return folder


def read_file(sha256: str) -> bytes:
    """The body, counted and hashed while it comes in; Problem too_large or attachment_hash."""
    digest, content = hashlib.sha256(), bytearray()
    while chunk := request.stream.read(CHUNK):
        digest.update(chunk)
        content += chunk
        if len(content) > LARGEST_FILE:
            raise Problem("too_large")
    if digest.hexdigest() != sha256:
        raise Problem("attachment_hash")
    return bytes(content)
