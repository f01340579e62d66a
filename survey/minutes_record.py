"""What the log holds for the minutes of a visit, as the document needs it: who was there, what was agreed, opinions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, get_args

from forms.log import Change, answers_from
from forms.minutes import ROOT, answers_of_minutes, commitment_key, is_of_minutes
from reports.facts import ReportFacts
from reports.items import Sheet
from reports.minutes_facts import Attendee, Commitment, Decision, Minutes, Role, Side
from reports.wording import Wording
from survey.database import Database
from survey.store import changes
from survey.store.visits import Visit

Entry = dict[str, Any]

PLACE = re.compile(rf"{ROOT}(?P<name>\w+)\[(?P<key>[^\]]+)\](?:/(?P<field>\w+))?")
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def record_of(db: Database, visit: Visit, facts: ReportFacts, language: str) -> Minutes:
    """The record of a visit's minutes as the log has it now; nothing is signed yet."""
    log = [change for change in changes.changes_of(db, visit.id) if is_of_minutes(change.question)]
    said = answers_of_minutes(answers_from(log))
    day = date.fromisoformat(visit.planned_on)
    named = Sheet(facts, Wording(language)).names_allowed
    return Minutes(
        attendance=tuple(attendee(entry, named=named) for entry in entries(log, "present").values()),
        commitments=tuple(commitments(entries(log, "commitment"), facts, language)),
        started_at=on_day(day, said.get(f"{ROOT}started_at")),
        ended_at=on_day(day, said.get(f"{ROOT}ended_at")),
        place=text(said.get(f"{ROOT}place")),
        opinion=text(said.get(f"{ROOT}opinion")),
        dissent=text(said.get(f"{ROOT}dissent")),
        **counted(said.get(f"{ROOT}copies")),
    )


def entries(log: Iterable[Change], name: str) -> dict[str, Entry]:
    """The instances of a repeat by key, in the order in which they were begun: what stands in each field."""
    ordered = sorted(log, key=Change.recency)
    places = [match for change in ordered if (match := PLACE.fullmatch(change.question)) and match["name"] == name]
    found: dict[str, Entry] = {match["key"]: {} for match in places}
    said = answers_from(ordered)
    for match in places:
        if match["field"]:
            found[match["key"]][match["field"].removeprefix(f"{name}_")] = said[match[0]]
    return {key: entry for key, entry in found.items() if said.get(f"{ROOT}{name}[{key}]") is not False}


def attendee(entry: Entry, *, named: bool) -> Attendee:
    """Somebody who was there; without the consent that the checklist asks for, only the delegation is named."""
    role, side = entry.get("role"), side_of(entry, "other")
    return Attendee(
        side=side,
        name=text(entry.get("name")) if named or side == "delegation" else "",
        position=text(entry.get("position")),
        role=role if role in get_args(Role) else "member",
    )


def commitments(known: dict[str, Entry], facts: ReportFacts, language: str) -> Iterable[Commitment]:
    """The unit's word on each recommendation that it was asked about, in their order, then what was added by hand."""
    rest = dict(known)
    for made in facts.evaluation.recommendations:
        entry = rest.pop(commitment_key(made.model_dump()), None)
        if entry and entry.get("decision") in get_args(Decision):
            yield Commitment(
                side=side_of(entry, "unit"),
                recommendation=made.code,
                text=made.text.get(language) or made.text.get("vi", ""),
                decision=entry["decision"],
                own_words=text(entry.get("text")),
                owner=text(entry.get("owner")),
                due=day_of(entry.get("due")),
            )
    for entry in rest.values():
        if text(entry.get("text")):
            yield Commitment(
                side=side_of(entry, "unit"),
                text=text(entry.get("text")),
                owner=text(entry.get("owner")),
                due=day_of(entry.get("due")),
            )


def side_of(entry: Entry, otherwise: Side) -> Side:
    """The side that was named, if the form knows it: the log keeps what breaks a rule."""
    return next((side for side in get_args(Side) if side == entry.get("side")), otherwise)


def on_day(day: date, said: object) -> datetime | None:
    """A time of the day of the visit; None for what is none."""
    return datetime.combine(day, time.fromisoformat(said)) if isinstance(said, str) and TIME.fullmatch(said) else None


def day_of(said: object) -> date | None:
    return date.fromisoformat(said) if isinstance(said, str) else None


def counted(copies: object) -> dict[str, int]:
    """The number of copies when it was said and can be."""
    return {"copies": copies} if isinstance(copies, int) and 1 <= copies <= 20 else {}


def text(said: object) -> str:
    return said.strip() if isinstance(said, str) else ""
