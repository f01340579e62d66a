"""The one write path of answers: devices send what waits and get what others wrote. Idempotent, one by one."""

from __future__ import annotations

import json
import zlib
from datetime import UTC
from typing import Annotated, Any

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field, ValidationError

from forms.log import Name
from survey import exchange
from survey.clock import moment
from survey.permissions import require
from survey.problems import Problem
from survey.store import changes

bp = Blueprint("sync", __name__)

LARGEST_BODY = 8 * 1024 * 1024  # bytes, unpacked
MOST_CHANGES = 1_000
PAGE = 2_000  # changes in one answer


class Envelope(BaseModel):
    """What a device sends; `visits` narrows what it gets back, and each such set has a cursor of its own."""

    device: Name
    cursor: int = Field(default=0, ge=0, lt=2**63)
    visits: list[Annotated[str, Field(max_length=80)]] | None = Field(default=None, max_length=MOST_CHANGES)
    changes: list[Any] = Field(default=[], max_length=MOST_CHANGES)


@bp.post("/api/sync")
@require("visit.edit")
def exchange_changes() -> ResponseReturnValue:
    envelope = read_envelope(read_body())
    receipt = exchange.take_in(g.db, g.person, envelope.changes)
    visits = exchange.visible(g.db, g.person, envelope.visits)
    found = changes.changes_since(g.db, visits, envelope.cursor, PAGE)
    return jsonify(
        accepted=receipt.accepted,
        refused=receipt.refused,
        changes=[change.model_dump() for _, change in found],
        people=changes.author_names(g.db, [change.author for _, change in found]),
        cursor=found[-1][0] if found else envelope.cursor,
        more=len(found) == PAGE,
        server_time=server_time(),
    )


def server_time() -> str:
    """Now with milliseconds: devices correct their clocks by it."""
    return moment().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_body() -> bytes:
    """The body, unpacked when it came as gzip; Problem too_large or bad_request."""
    body = request.get_data(cache=False)
    if request.content_encoding == "gzip":
        return unpack(body)
    if len(body) > LARGEST_BODY:
        raise Problem("too_large")
    return body


def unpack(body: bytes) -> bytes:
    """Unpack gzip up to the limit and no further: a small body may hold gigabytes."""
    unpacking = zlib.decompressobj(wbits=31)
    try:
        text = unpacking.decompress(body, LARGEST_BODY + 1)
    except zlib.error as error:
        raise Problem("bad_request") from error
    if len(text) > LARGEST_BODY:
        raise Problem("too_large")
    if not unpacking.eof:
        raise Problem("bad_request")
    return text


def read_envelope(body: bytes) -> Envelope:
    """The envelope of a body; nesting beyond what the parser takes is refused like any other unreadable body."""
    try:
        sent = json.loads(body)
        if isinstance(sent, dict) and isinstance(sent.get("changes"), list) and len(sent["changes"]) > MOST_CHANGES:
            raise Problem("too_large")
        return Envelope.model_validate(sent)
    except (ValueError, RecursionError, ValidationError) as error:
        raise Problem("bad_request") from error
