"""The one write path of answers: devices send what waits and get what others wrote. Idempotent, one by one."""

from __future__ import annotations

import json
import zlib
from contextlib import suppress
from typing import Any

from flask import Blueprint, Response, g, request
from flask.typing import ResponseReturnValue
from pydantic import ValidationError
from pydantic_core import from_json

from forms.log import Change
from survey.clock import moment
from survey.database import Database
from survey.permissions import require
from survey.problems import Problem
from survey.store import changes
from survey.sync import exchange
from survey.sync.exchange import Receipt
from survey.sync.messages import MOST_CHANGES, Answer, ReadableRequest, Request

bp = Blueprint("sync", __name__)

LARGEST_BODY = 8 * 1024 * 1024  # bytes, unpacked
PAGE = 2_000  # changes in one answer
PAGE_SIZE = 1_000_000  # characters of their values, beyond which a page ends


@bp.post("/api/sync")
@require("visit.edit")
def exchange_changes() -> ResponseReturnValue:
    asked = read_request(read_body())
    receipt = exchange.take_in(g.db, g.person, asked.changes)
    visits = exchange.visible(g.db, g.person, asked.visits)
    found, cursor, more = since(g.db, visits, asked.cursor, receipt)
    answer = Answer(
        accepted=receipt.accepted,
        refused=receipt.refused,
        changes=found,
        people=changes.author_names(g.db, {change.author for change in found}),
        cursor=cursor,
        more=more,
        server_time=exchange.instant(moment()),
    )
    return Response(answer.model_dump_json(), mimetype="application/json")


def since(
    db: Database, visits: list[str], cursor: int, receipt: Receipt, most: int | None = None
) -> tuple[list[Change], int, bool]:
    """The next page of changes of these visits, the cursor after it, and whether more wait.

    What this very call added is left out, as the device has it, but for what counts from another moment now. When
    the answer is lost the same call comes again and adds nothing, so that then everything is there.
    """
    page, more = changes.changes_since(db, visits, cursor, most or PAGE, before=receipt.first, size=PAGE_SIZE)
    found = [change for _, change in page]
    if more or receipt.last is None:
        return found, page[-1][0] if page else cursor, more
    retimed = [change for change in receipt.retimed if change.visit in visits]
    return found + retimed, max(cursor, receipt.last), False


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


def read_request(body: bytes) -> Request:
    """The message in a body; nesting beyond what the parser takes is refused like any other unreadable body.

    When every change can be read, as is usual, they come as `Change`, else all as they were sent.
    """
    with suppress(ValidationError):
        return ReadableRequest.model_validate_json(body)
    try:
        sent = parse(body)
        if isinstance(sent, dict) and isinstance(sent.get("changes"), list) and len(sent["changes"]) > MOST_CHANGES:
            raise Problem("too_large")
        return Request.model_validate(sent)
    except (ValueError, RecursionError, ValidationError) as error:
        raise Problem("bad_request") from error


def parse(body: bytes) -> Any:
    """JSON, fast; what the fast parser is too strict for (halves of characters, deep nesting) is read slowly.

    One change that holds such a thing is refused alone then, and the others go through.
    """
    try:
        return from_json(body)
    except ValueError:
        return json.loads(body)
