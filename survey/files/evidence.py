"""Takes in the files of a visit: whole or in pieces, and late ones when an answer of the submitted visit names them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from survey.clock import utc_text
from survey.database import Database
from survey.files.file_kinds import LARGEST_FILE, purify
from survey.problems import Problem, what_is_lacking
from survey.store import attachments, pieces
from survey.store.attachments import Attachment
from survey.store.pieces import Unfinished

USELESS = ("attachment_hash", "attachment_bad", "too_large")
"""Problems of a file that stay however often it is completed."""


class VisitState(Protocol):
    """What is asked about a visit here."""

    @property
    def id(self) -> str: ...

    @property
    def state(self) -> str: ...


def find_file(db: Database, folder: Path, visit_id: str, sha256: str) -> Attachment | None:
    """The file of a visit that is noted and lies on the disk."""
    known = attachments.find_attachment(db, visit_id, sha256)
    return known if known and attachments.place_of(folder, sha256).exists() else None


def ensure_wanted(db: Database, visit: VisitState, sha256: str) -> None:
    """Problem visit_submitted when the visit is closed and no answer of it names this file."""
    if visit.state != "draft" and not attachments.is_named(db, visit.id, sha256):
        raise Problem("visit_submitted")


def take_file(db: Database, folder: Path, visit: VisitState, person_id: str, sha256: str, content: bytes) -> Attachment:
    """Keep a whole file of a visit under the hash of what was sent; one that is there already stays as it is.

    Problem visit_submitted, attachment_hash (the bytes are others), attachment_bad (no kind of file that is taken),
    too_large or disk_full; then nothing is kept.
    """
    known = find_file(db, folder, visit.id, sha256)
    if known:
        return known
    ensure_wanted(db, visit, sha256)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Problem("attachment_hash")
    kept, media_type = purify(content)
    with telling_what_is_lacking():
        attachments.keep_file(folder, sha256, kept)
    attachment = Attachment(
        sha256=sha256, visit_id=visit.id, media_type=media_type, size=len(kept), author_id=person_id,
        received_at=utc_text(),
    )  # fmt: skip
    attachments.add_attachment(db, attachment)
    return attachment


def standing(unfinished: Unfinished, total: int) -> int:
    """How much of a file of this size is here; what is longer than the file cannot be its beginning and goes."""
    if total > LARGEST_FILE:
        raise Problem("too_large")
    received = unfinished.received()
    if received > total:
        unfinished.drop()
        return 0
    return received


def take_piece(unfinished: Unfinished, start: int, piece: bytes) -> int:
    """Keep a piece behind what is here and say how much that is now.

    Problem piece_out_of_place, with `received`, when it begins elsewhere; disk_full, and what was here stays.
    """
    received = unfinished.received()
    if start != received:
        raise Problem("piece_out_of_place", received=received)
    if start == 0:
        pieces.drop_forgotten(unfinished.folder)
    with telling_what_is_lacking():
        unfinished.add(start, piece)
    return start + len(piece)


def finish(db: Database, unfinished: Unfinished, visit: VisitState) -> Attachment:
    """Take the file whose last piece has come; the pieces go, unless another try may still succeed with them."""
    try:
        content = unfinished.content()
        attachment = take_file(db, unfinished.folder, visit, unfinished.person_id, unfinished.sha256, content)
    except Problem as problem:
        if problem.code in USELESS:
            unfinished.drop()
        raise
    unfinished.drop()
    return attachment


@contextmanager
def telling_what_is_lacking() -> Iterator[None]:
    """A full disk as the Problem that says so."""
    try:
        yield
    except OSError as error:
        if lack := what_is_lacking(error):
            raise Problem(lack) from error
        raise
