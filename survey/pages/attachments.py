"""Photos, recordings and files of a visit: taken in by hash, whole or in pieces, shown to those who see the visit."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from flask import Blueprint, current_app, g, jsonify, request, send_file
from flask.typing import ResponseReturnValue

from survey.files import evidence
from survey.files.file_kinds import EXTENSIONS, LARGEST_FILE, is_inline
from survey.permissions import find_visit_or_404, require
from survey.problems import Problem
from survey.store import attachments
from survey.store.attachments import Attachment
from survey.store.pieces import Unfinished
from survey.store.visits import Visit

bp = Blueprint("attachments", __name__)

CHUNK = 64 * 1024
HASH = re.compile(r"[0-9a-f]{64}")
RANGE = re.compile(r"bytes (?:(\d{1,15})-(\d{1,15})|\*)/(\d{1,15})", re.ASCII)


class Piece(NamedTuple):
    """Which bytes of a file of `total` bytes a request brings; it only asks how many are here when both are None."""

    start: int | None
    end: int | None
    total: int


@bp.put("/api/attachments/<sha256>")
@require("visit.edit")
def keep_attachment(sha256: str) -> ResponseReturnValue:
    visit = find_visit_or_404(g.db, request.args.get("visit", ""), seen_by=g.person)
    unfinished = Unfinished(data_folder(), checked_hash(sha256), visit.id, g.person.id)
    found = evidence.find_file(g.db, data_folder(), visit.id, sha256)
    if found:
        unfinished.drop()
        return answer_kept(found)
    evidence.ensure_wanted(g.db, visit, sha256)
    if "Content-Range" in request.headers:
        return keep_piece(visit, unfinished, read_range(request.headers["Content-Range"]))
    kept = evidence.take_file(g.db, data_folder(), visit, g.person.id, sha256, read_body(LARGEST_FILE))
    unfinished.drop()
    return answer_kept(kept)


@bp.get("/api/attachments/<sha256>")
@require("confidential.read")
def show_attachment(sha256: str) -> ResponseReturnValue:
    visit = find_visit_or_404(g.db, request.args.get("visit", ""), seen_by=g.person)
    found = evidence.find_file(g.db, data_folder(), visit.id, checked_hash(sha256))
    if found is None:
        raise Problem("attachment_not_found")
    place = attachments.place_of(data_folder(), sha256).resolve()
    response = send_file(place, mimetype=found.media_type, max_age=0, etag=sha256)
    shown = "inline" if is_inline(found.media_type) else "attachment"
    name = f"{sha256[:12]}.{EXTENSIONS.get(found.media_type, 'bin')}"
    response.headers["Content-Disposition"] = f'{shown}; filename="{name}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def keep_piece(visit: Visit, unfinished: Unfinished, piece: Piece) -> ResponseReturnValue:
    """Add what the request brings, and take the file in when nothing is missing any more."""
    received = evidence.standing(unfinished, piece.total)
    if piece.start is not None and piece.end is not None:
        length = piece.end - piece.start + 1
        if piece.start != received:
            raise Problem("piece_out_of_place", received=received)
        content = read_body(length)
        if len(content) < length:
            raise Problem("bad_request")
        received = evidence.take_piece(unfinished, piece.start, content)
    if received < piece.total:
        return jsonify(received=received), 202
    return answer_kept(evidence.finish(g.db, unfinished, visit))


def answer_kept(kept: Attachment) -> ResponseReturnValue:
    return jsonify(sha256=kept.sha256, media_type=kept.media_type, size=kept.size), 200


def checked_hash(text: str) -> str:
    """The hash, when it is one; it becomes the name of a file."""
    if not HASH.fullmatch(text):
        raise Problem("attachment_not_found")
    return text


def data_folder() -> Path:
    folder: Path = current_app.config["SETTINGS"].data
    return folder


def read_range(header: str) -> Piece:
    """The piece that a Content-Range header announces; Problem bad_request when it cannot be."""
    match = RANGE.fullmatch(header.strip())
    if not match or int(match[3]) == 0:
        raise Problem("bad_request")
    if match[1] is None:
        return Piece(None, None, int(match[3]))
    piece = Piece(int(match[1]), int(match[2]), int(match[3]))
    if not int(match[1]) <= int(match[2]) < piece.total:
        raise Problem("bad_request")
    return piece


def read_body(limit: int) -> bytes:
    """The body, counted while it comes in; Problem too_large above the limit, announced or not."""
    if (request.content_length or 0) > limit:
        raise Problem("too_large")
    content = bytearray()
    while chunk := request.stream.read(CHUNK):
        content += chunk
        if len(content) > limit:
            raise Problem("too_large")
    return bytes(content)
