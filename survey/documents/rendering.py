"""Documents asked for, made and kept: the same data give the same document; what goes wrong stays with that one."""

from __future__ import annotations

import hashlib
import logging
import secrets
from dataclasses import asdict
from datetime import timedelta
from threading import Lock

from reports.archive import canonical_json
from reports.pdf import PrintingUnavailableError
from survey.clock import local_date, moment, utc_text
from survey.database import Database, transaction
from survey.documents.making import MAKINGS, way_of_making
from survey.documents.matter import Matter, Stamp
from survey.documents.signatories import sealed_by_agency
from survey.problems import Problem, what_is_lacking
from survey.settings import Settings
from survey.store import audit, documents
from survey.store.documents import Document, Failure, Label, Wanted

logger = logging.getLogger("survey")

GATHERED = 15
"""How far (percent) the making of a document is when what it is made of has been read."""

in_turn = Lock()
"""In one process documents are made one after the other: several at once take longer than in turn."""


def ask_for(db: Database, wanted: Wanted, settings: Settings, *, page: str, by: str | None) -> Document:
    """The document of the data as they are now, made already or waiting for it.

    `page` is the address of the page that confirms documents, to which their code is added; "" when it is unknown.
    Problem not_found for a form or copy that this kind has not, and whatever `gather` of the kind raises.
    """
    making = MAKINGS[wanted.kind]
    if wanted.form not in making.forms or wanted.copy not in making.copies:
        raise Problem("not_found")
    label = label_of(wanted, making.gather(db, wanted, settings), page, settings)
    given_up = utc_text(moment() - timedelta(seconds=2 * settings.render_seconds))
    with transaction(db):
        document = documents.register(db, wanted, label, page=page, by=by, given_up=given_up)
        if document.sha256 and document.state == "ready" and not is_kept(document, settings):
            documents.ask_anew(db, document.id)
    return documents.find(db, document.id) or document


def is_kept(document: Document, settings: Settings) -> bool:
    """Whether the file of a document is there."""
    return document.sha256 is not None and documents.place_of(settings.data, document.sha256).exists()


def label_of(wanted: Wanted, matter: Matter, page: str, settings: Settings) -> Label:
    """What the register says of a document made of this."""
    whole = {"wanted": asdict(wanted), "page": page, "values": matter.values, "made_with": way_of_making()}
    dated = matter.dated or local_date(settings.utc_offset_hours)
    return Label(
        data_sha256=hashlib.sha256(canonical_json(whole)).hexdigest(),
        name=matter.name,
        unit_vi=matter.unit["vi"],
        unit_en=matter.unit["en"],
        dated=dated.isoformat(),
        number=matter.number,
        fictitious=matter.fictitious,
    )


def render_here(db: Database, document: Document, settings: Settings) -> None:
    """Make a waiting document in this process, whose caller waits for it."""
    with in_turn:
        taken = documents.take(db, document.id)
        if taken:
            render(db, taken, settings)


def render(db: Database, document: Document, settings: Settings) -> None:
    """Make a document that was taken from the queue, keep its file and say so, or note why it could not be made."""
    try:
        keep(db, document, made(db, document, settings), settings)
    except Exception as error:
        documents.note_failure(db, document.id, failure_of(error))


def made(db: Database, document: Document, settings: Settings) -> bytes:
    """The bytes of a document, of the data as they are now."""
    matter = MAKINGS[document.wanted.kind].gather(db, document.wanted, settings)
    page = document.address.removesuffix(document.code)
    label = label_of(document.wanted, matter, page, settings)
    if label.data_sha256 != document.label.data_sha256 and not documents.note_data(db, document.id, label):
        raise Problem("document_changed")

    def tell(percent: int) -> None:
        documents.note_progress(db, document.id, percent)

    tell(GATHERED)
    content = matter.draw(Stamp(document.code, document.address, tell))
    return sealed(content, document, settings)


def sealed(content: bytes, document: Document, settings: Settings) -> bytes:
    """The bytes as they are given out: every PDF passes through here before its hash is taken."""
    return sealed_by_agency(content, settings)


def keep(db: Database, document: Document, content: bytes, settings: Settings) -> None:
    """Write the file, then say in the register and in the audit trail that it is there."""
    sha256 = hashlib.sha256(content).hexdigest()
    documents.keep_file(settings.data, sha256, content)
    wanted = document.wanted
    with transaction(db):
        if not documents.note_ready(db, document.id, sha256, len(content)):
            raise Problem("document_changed")
        audit.record(
            db, "document_made", by=document.asked_by, visit_id=wanted.visit_id, trip_id=wanted.trip_id,
            code=document.code, kind=wanted.kind, copy=wanted.copy, form=wanted.form, language=wanted.language,
            sha256=sha256,
        )  # fmt: skip


def failure_of(error: Exception) -> Failure:
    """What the person who asked is told; what nobody foresaw is logged under the number that they are given."""
    if isinstance(error, Problem):
        return Failure(code=error.code, details={name: str(value) for name, value in error.details.items()})
    if isinstance(error, PrintingUnavailableError):
        return Failure(code="report_unavailable", details={"reason": str(error)})
    if isinstance(error, MemoryError):
        return Failure(code="document_too_large")
    reference = secrets.token_hex(4)
    logger.error("unexpected error %s while a document was made", reference, exc_info=error)
    lack = what_is_lacking(error)
    return Failure(code=lack) if lack else Failure(code="unexpected", details={"reference": reference})
