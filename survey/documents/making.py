"""How the bytes of each kind of document are made, and who may have them: one entry of a table for each kind."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from forms.units import COMMUNE_KINDS, Unit, fold
from reports.facts import ReportFacts
from reports.minutes_facts import Minutes, Signature
from reports.naming import names_of
from survey.database import Database
from survey.documents.matter import Making, Matter, Stamp
from survey.documents.minutes_files import minutes_file
from survey.documents.minutes_record import record_of
from survey.documents.report_facts import collect_facts
from survey.documents.report_files import COPIES, copy_of_report, report_file
from survey.documents.signatories import digital_places
from survey.documents.synthesis_making import (
    ensure_may_have_of_area,
    ensure_may_have_of_trip,
    synthesis_of,
    trip_report_of,
)
from survey.map.drawn_map import boundaries_shown, geometry_for_locator
from survey.permissions import find_visit_or_404, may
from survey.problems import Problem
from survey.settings import Settings
from survey.store import document_numbers, visits
from survey.store.document_numbers import Given
from survey.store.documents import FORMS, Kind, Wanted
from survey.store.people import Person
from survey.store.visits import Visit

FILE_NAMES = {"minutes": {"vi": "bien-ban", "en": "minutes"}, "report": {"vi": "bao-cao", "en": "report"}}
COPY_NAMES = {"province": {"vi": "-ban-tinh", "en": "-province"}, "commune": {"vi": "-ban-xa", "en": "-commune"},
              "paper": {"vi": "-ky-tay", "en": "-by-hand"}}  # fmt: skip


def ensure_may_have_of_visit(db: Database, person: Person, wanted: Wanted) -> None:
    """A province has its own copy of the report and nothing else. Problem not_allowed or visit_not_found."""
    is_shared = wanted.kind == "report" and wanted.copy == "province"
    if not may(person, "report.read.province" if is_shared else "report.read"):
        raise Problem("not_allowed")
    find_visit_or_404(db, wanted.visit_id or "", seen_by=person)


def minutes_of_visit(
    db: Database, wanted: Wanted, settings: Settings, signed_at: tuple[str, ...] | None = None
) -> Matter:
    """`signed_at` are the places at which people sign the file digitally as soon as it is drawn, () for a seal alone.

    Without it the settings decide, which never seal what is fictitious. A copy to sign by hand has neither seal nor
    what was drawn on a tablet.
    """
    visit, facts, given = facts_of_visit(db, wanted, settings)
    record = record_of(db, visit, facts, settings.data, wanted.language)
    places = digital_places(settings, facts.fictitious) if signed_at is None else signed_at
    if wanted.copy == "paper":
        record = record.model_copy(update={"on_paper": True, "signatures": tuple(map(unsigned, record.signatures))})
    elif wanted.form == "pdf" and (record.is_signed or places):
        record = record.model_copy(update={"digital": places})
    if given:
        record = record.model_copy(update={"number": given.printed})

    def draw(stamp: Stamp) -> bytes:
        stamped = record.model_copy(update={"code": stamp.code, "address": stamp.address})
        return minutes_file(wanted.form, facts, stamped, wanted.language)

    values = {"facts": facts_as_json(facts), "record": record_as_json(record)}
    return matter_of_visit(wanted, visit, facts, given, values, draw)


def unsigned(signature: Signature) -> Signature:
    """The place of a signature, empty."""
    return signature.model_copy(update={"image": None, "signed_at": None})


def report_of_visit(
    db: Database, wanted: Wanted, settings: Settings, signed_at: tuple[str, ...] | None = None
) -> Matter:
    """`signed_at` as for minutes."""
    copy = copy_of_report(wanted)
    visit, facts, given = facts_of_visit(db, wanted, settings)
    places = digital_places(settings, facts.fictitious) if signed_at is None else signed_at
    is_digital = wanted.form == "pdf" and places is not None
    facts = facts.model_copy(update={"digital": is_digital and facts.visit.submitted})
    drawn = boundaries_shown(db, settings.data)

    def draw(stamp: Stamp) -> bytes:
        country = geometry_for_locator(db, settings)
        stamped = facts.model_copy(update={"code": stamp.code, "address": stamp.address})
        return report_file(wanted.form, stamped, wanted.language, country, copy, settings.commune_sees_numbers)

    shown = {"boundaries": drawn.sha256 if drawn else "", "commune_sees_numbers": settings.commune_sees_numbers}
    values = {"facts": facts_as_json(facts), **shown}
    return matter_of_visit(wanted, visit, facts, given, values, draw)


def facts_of_visit(db: Database, wanted: Wanted, settings: Settings) -> tuple[Visit, ReportFacts, Given | None]:
    """The visit with its facts, in which number and day of issue stand once they are given out."""
    visit = visits.find(db, wanted.visit_id or "")
    if visit is None:
        raise Problem("visit_not_found")
    facts = collect_facts(db, visit, settings.data)
    given = document_numbers.given_to(db, visit.id).get(wanted.kind)
    if given and wanted.kind == "report":
        numbered = facts.visit.model_copy(update={"number": given.printed, "issued_on": given.issued_on})
        facts = facts.model_copy(update={"visit": numbered})
    return visit, facts, given


def matter_of_visit(
    wanted: Wanted,
    visit: Visit,
    facts: ReportFacts,
    given: Given | None,
    values: dict[str, Any],
    draw: Callable[[Stamp], bytes],
) -> Matter:
    issued = facts.visit.visited_on if wanted.kind == "minutes" else facts.visit.issued_on
    return Matter(
        values={**values, "checklist": [visit.checklist_id, visit.checklist_version]},
        unit={language: unit_in_words(facts.unit, facts.visit.visited_on, language) for language in ("vi", "en")},
        dated=given.issued_on if given else issued,
        name=file_name(wanted, visit),
        draw=draw,
        number=given.printed if given else "",
        fictitious=visit.fictitious,
    )


def unit_in_words(unit: Unit, day: date, language: str) -> str:
    """The unit with its province: "Xã Hà Trung, tỉnh Thanh Hóa"."""
    names = names_of(unit, day, language)
    return f"{names.title}, {names.province}" if unit.kind in COMMUNE_KINDS else names.title


def file_name(wanted: Wanted, visit: Visit) -> str:
    """What a browser saves it as, without ending: "bao-cao-15271-ha-trung-2025-08-19"."""
    kind = FILE_NAMES[wanted.kind][wanted.language]
    shared = COPY_NAMES.get(wanted.copy, {}).get(wanted.language, "")
    unit = re.sub("[^a-z0-9]+", "-", fold(visit.unit_name)).strip("-")
    return f"{kind}-{visit.unit_code}-{unit}-{visit.planned_on}{shared}"


def facts_as_json(facts: ReportFacts) -> dict[str, Any]:
    """The facts without the checklist, whose version says it all, and with the hash of each photo for its bytes."""
    return facts.model_dump(mode="json", exclude={"checklist": True, "photos": {"__all__": {"data"}}})


def record_as_json(record: Minutes) -> dict[str, Any]:
    """The record of minutes, with the hash of each drawn signature for its bytes."""
    drawn = [hashlib.sha256(entry.image or b"").hexdigest() for entry in record.signatures]
    return record.model_dump(mode="json", exclude={"signatures": {"__all__": {"image"}}}) | {"drawn": drawn}


@lru_cache(maxsize=1)
def way_of_making() -> str:
    """A hash of the code, the texts and the fonts that documents are made with: after an update they are made anew."""
    known = hashlib.sha256(version("weasyprint").encode())
    folder = Path(__file__).parents[2] / "reports"
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        known.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return known.hexdigest()


MAKINGS: dict[Kind, Making] = {
    "minutes": Making(ensure_may_have_of_visit, minutes_of_visit, FORMS, ("internal", "paper")),
    "report": Making(ensure_may_have_of_visit, report_of_visit, FORMS, COPIES),
    "trip_report": Making(ensure_may_have_of_trip, trip_report_of, FORMS, COPIES[:2]),
    "synthesis": Making(ensure_may_have_of_area, synthesis_of, FORMS, COPIES[:2]),
}
"""Another kind of document is another entry here; its name is one of `Kind`."""
