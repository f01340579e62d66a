"""What the page of a visit offers of documents: which there can be, which there are, which numbers they bear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from survey.clock import local_date
from survey.database import Database
from survey.documents.making import MAKINGS
from survey.language import gettext
from survey.language import mark as _
from survey.permissions import leads, may
from survey.problems import Problem
from survey.settings import Settings
from survey.store import document_numbers, documents
from survey.store.documents import Copy, Document, Form, Kind, Wanted
from survey.store.people import Person
from survey.store.visits import Visit

LATEST = 6

KIND_NAMES: dict[Kind, str] = {
    "minutes": _("Biên bản làm việc"),
    "report": _("Báo cáo kết quả"),
    "trip_report": _("Báo cáo chuyến công tác"),
    "synthesis": _("Báo cáo tổng hợp"),
}
COPY_NAMES: dict[Copy, str] = {
    "internal": _("bản nội bộ"),
    "province": _("bản cho tỉnh"),
    "commune": _("bản cho đơn vị"),
    "paper": _("bản để ký tay"),
}
FORM_NAMES: dict[Form, str] = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel"}


@dataclass(frozen=True)
class Offer:
    """A document that can be had, in these forms."""

    kind: Kind
    copy: Copy
    forms: tuple[Form, ...]


def offers_of_visit(db: Database, visit: Visit, person: Person) -> list[Offer]:
    """The documents of a visit that this person may ask for."""
    kinds: tuple[Kind, ...] = ("minutes", "report")
    every = [Offer(kind, copy, offered_forms(kind, copy)) for kind in kinds for copy in MAKINGS[kind].copies]
    return [offer for offer in every if may_have(db, person, Wanted(offer.kind, offer.copy, visit_id=visit.id))]


def offered_forms(kind: Kind, copy: Copy) -> tuple[Form, ...]:
    """Nobody signs a table by hand."""
    return tuple(form for form in MAKINGS[kind].forms if (copy, form) != ("paper", "xlsx"))


def may_have(db: Database, person: Person, wanted: Wanted) -> bool:
    """Whether this person would be given it."""
    try:
        MAKINGS[wanted.kind].ensure_may(db, person, wanted)
    except Problem:
        return False
    return True


def kind_name(kind: Kind, copy: Copy) -> str:
    """What a document is called on pages: "Báo cáo kết quả, bản cho tỉnh"; minutes are the same for everybody."""
    name = gettext(KIND_NAMES[kind])
    return name if (kind, copy) == ("minutes", "internal") else f"{name}, {gettext(COPY_NAMES[copy])}"


def given_out(db: Database, visit: Visit, offers: list[Offer]) -> list[Document]:
    """The finished documents of a visit among what is offered, the latest first."""
    offered = {(offer.kind, offer.copy) for offer in offers}
    found = documents.of_visit(db, visit.id, 4 * LATEST)
    return [document for document in found if (document.wanted.kind, document.wanted.copy) in offered][:LATEST]


def documents_block(db: Database, visit: Visit, person: Person, settings: Settings) -> dict[str, Any]:
    """What the block of documents on the page of a visit shows."""
    offers = offers_of_visit(db, visit, person)
    return {
        "offers": offers,
        "given_out": given_out(db, visit, offers),
        "numbers": document_numbers.given_to(db, visit.id),
        "may_number": may(person, "report.number") and leads(person, visit.leader_id),
        "today": local_date(settings.utc_offset_hours),
        "number_problem": None,
        "kind_name": kind_name,
        "form_names": FORM_NAMES,
    }
