"""How trip reports and syntheses are made for the register of documents, and who may have them."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from forms.units import english_name, fold, province_title
from reports.facts import Copy
from reports.synthesis.data import synthesis_data
from reports.synthesis.facts import Period, SynthesisFacts
from reports.trip_report.facts import TripFacts
from reports.wording import Wording
from survey.database import Database
from survey.documents.matter import Matter, Stamp
from survey.documents.synthesis_facts import Asked, collect_synthesis
from survey.documents.synthesis_files import synthesis_file, trip_report_file
from survey.documents.trip_facts import collect_trip
from survey.map.drawn_map import boundaries_shown, geometry_for_locator
from survey.permissions import find_trip_or_404, may
from survey.problems import Problem
from survey.settings import Settings
from survey.store import trips
from survey.store.documents import Wanted
from survey.store.people import Person

TRIP_NAMES = {"vi": "bao-cao-chuyen-cong-tac", "en": "trip-report"}
SYNTHESIS_NAMES = {"vi": "bao-cao-tong-hop", "en": "synthesis"}
COPY_NAMES = {"internal": {"vi": "", "en": ""}, "province": {"vi": "-ban-tinh", "en": "-province"}}
NATION = {"vi": "Cả nước", "en": "The whole country"}


def ensure_may_have_of_trip(db: Database, person: Person, wanted: Wanted) -> None:
    """The ministry: the trips a person sees; a province: its copy of its own units. Problem not_allowed, not_found."""
    _ensure_copy(person, wanted)
    find_trip_or_404(db, wanted.trip_id or "", seen_by=person)


def ensure_may_have_of_area(_db: Database, person: Person, wanted: Wanted) -> None:
    """The ministry's people: every area; a province: its own. Problem not_allowed."""
    _ensure_copy(person, wanted)


def _ensure_copy(person: Person, wanted: Wanted) -> None:
    """Whether a role may have that copy; one for a province is about one province, for its people their own."""
    if wanted.copy == "internal":
        allowed = may(person, "confidential.read") and may(person, "synthesis.read")
    else:
        own = person.role != "province" or wanted.area == person.province_code
        allowed = may(person, "synthesis.read") and bool(wanted.area) and own
    if not allowed:
        raise Problem("not_allowed")


def trip_report_of(db: Database, wanted: Wanted, settings: Settings) -> Matter:
    trip = trips.find(db, wanted.trip_id or "")
    if trip is None:
        raise Problem("trip_not_found")
    copy: Copy = "internal" if wanted.copy == "internal" else "province"
    facts = collect_trip(db, trip, settings.data, copy, wanted.area or None)

    def draw(stamp: Stamp) -> bytes:
        stamped = facts.model_copy(update={"code": stamp.code, "address": stamp.address})
        return trip_report_file(wanted.form, stamped, wanted.language)

    place = f"-{wanted.area}" if wanted.area else ""
    name = f"{TRIP_NAMES[wanted.language]}-{_plain(trip.decision_number)}{place}-{trip.starts_on}"
    return Matter(
        values={"facts": trip_values(facts)},
        unit={"vi": trip.title, "en": trip.title},
        dated=None,
        name=f"{name}{COPY_NAMES[copy][wanted.language]}",
        draw=draw,
        fictitious=facts.fictitious,
    )


def trip_values(facts: TripFacts) -> dict[str, Any]:
    """The facts as JSON, without the checklists, whose versions say it all."""
    known = facts.model_dump(mode="json", exclude={"visits"})
    visits = [one.model_dump(mode="json", exclude={"facts": {"checklist": True}}) for one in facts.visits]
    forms = [[one.facts.checklist.id, one.facts.checklist.version] for one in facts.visits]
    return {**known, "visits": visits, "checklists": forms}


def synthesis_of(db: Database, wanted: Wanted, settings: Settings) -> Matter:
    facts = collect_synthesis(db, asked_for(wanted))
    drawn = boundaries_shown(db, settings.data)

    def draw(stamp: Stamp) -> bytes:
        stamped = facts.model_copy(update={"code": stamp.code, "address": stamp.address})
        return synthesis_file(wanted.form, stamped, wanted.language, geometry_for_locator(db, settings))

    place = f"{wanted.area}-{_plain(facts.area.province_name)}" if facts.area else _plain(NATION[wanted.language])
    name = f"{SYNTHESIS_NAMES[wanted.language]}-{place}-{wanted.starts_on}-{wanted.ends_on}"
    data = synthesis_data(facts, Wording(wanted.language)).fingerprint
    named = facts.model_dump(mode="json", include={"provinces", "units"})
    return Matter(
        values={"data": data, "named": named, "boundaries": drawn.sha256 if drawn else ""},
        unit={language: area_in_words(facts, language) for language in ("vi", "en")},
        dated=facts.period.end,
        name=f"{name}{COPY_NAMES[facts.copy_for][wanted.language]}",
        draw=draw,
        fictitious=facts.fictitious,
    )


def asked_for(wanted: Wanted) -> Asked:
    """The synthesis that is wanted; Problem bad_period for days that are none, or in the wrong order."""
    try:
        period = Period(start=date.fromisoformat(wanted.starts_on), end=date.fromisoformat(wanted.ends_on))
    except ValueError as error:
        raise Problem("bad_period") from error
    if period.start > period.end:
        raise Problem("bad_period")
    return Asked(wanted.area, period, "internal" if wanted.copy == "internal" else "province")


def area_in_words(facts: SynthesisFacts, language: str) -> str:
    """The area as the page that confirms the document names it."""
    if facts.area is None:
        return NATION[language]
    if language == "en":
        return english_name(facts.area, facts.period.end)
    return province_title(facts.area.province_code, facts.area.province_name, facts.period.end)


def _plain(words: str) -> str:
    """Letters, digits and hyphens of a name, for the name of a file."""
    return re.sub("[^a-z0-9]+", "-", fold(words)).strip("-") or "x"
