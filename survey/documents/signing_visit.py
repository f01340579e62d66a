"""The minutes or the report of a visit drawn and signed in one go: no file lies about that waits for a signature."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from survey.database import Database, opened, transaction
from survey.documents.making import minutes_of_visit, report_of_visit
from survey.documents.matter import Matter, Stamp
from survey.documents.rendering import failure_of, keep, label_of
from survey.documents.signatories import Signatory, hand_of, look_of, sign
from survey.problems import Problem
from survey.settings import Settings
from survey.store import documents, visits
from survey.store.documents import Document, Wanted

GATHERERS = {"minutes": minutes_of_visit, "report": report_of_visit}


def signed_of_visit(
    settings: Settings, visit_id: str, kind: Literal["minutes", "report"], who: tuple[Signatory, ...], place: str
) -> bytes:
    """The document, signed by each signatory in turn and kept in the register with its code.

    The same document is signed once: asked for again, it is the same file. Problem visit_not_found, signing_not_final
    for the report on a visit that is not submitted, signing_nobody for a seal on minutes that nobody signed,
    signing_elsewhere while another process makes it, and whatever `hand_of` and `sign` say.
    """
    wanted = Wanted(kind, visit_id=visit_id)
    hands = [(one, hand_of(settings, one)) for one in who]
    with opened(settings.data) as db:
        matter = matter_to_sign(db, wanted, settings, who, place)
        document = entered(db, wanted, matter, settings)
        if document.state == "ready":
            return kept(document, settings)
        try:
            content = matter.draw(Stamp(document.code, document.address))
            for one, hand in hands:
                content = sign(content, hand, look_of(hand, one, place), settings)
            keep(db, document, content, settings)
        except Exception as error:
            documents.note_failure(db, document.id, failure_of(error))
            if isinstance(error, Problem) and error.code == "signing_awaits_paper":
                raise Problem("signing_nobody") from error
            raise
        return content


def matter_to_sign(db: Database, wanted: Wanted, settings: Settings, who: tuple[Signatory, ...], place: str) -> Matter:
    """What the document is made of, in which it also counts who signs where."""
    visit = visits.find(db, wanted.visit_id or "")
    if visit is None:
        raise Problem("visit_not_found")
    if wanted.kind == "report" and visit.state != "submitted":
        raise Problem("signing_not_final")
    matter = GATHERERS[wanted.kind](db, wanted, settings, (place,) if "person" in who else ())
    return replace(matter, values=matter.values | {"signed": [*who, place]})


def entered(db: Database, wanted: Wanted, matter: Matter, settings: Settings) -> Document:
    """The entry in the register: one that is ready, or one that nobody else makes now."""
    page = f"{settings.public_address.rstrip('/')}/d/" if settings.public_address else ""
    label = label_of(wanted, matter, page, settings)
    with transaction(db):
        document = documents.register(db, wanted, label, page=page, by=None)
        taken = documents.take(db, document.id)
    if taken is None and document.state != "ready":
        raise Problem("signing_elsewhere")
    return taken or document


def kept(document: Document, settings: Settings) -> bytes:
    content = documents.read_file(settings.data, document.sha256 or "")
    if content is None:
        raise Problem("attachment_not_found")
    return content
