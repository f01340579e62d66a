"""What the log holds for the minutes of a visit, as the document needs it: who was there, what was agreed, opinions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import get_args

from forms.log import answers_from
from forms.minutes import ROOT, Entry, answers_of_minutes, commitment_key, entries_of, is_of_minutes
from forms.signatures import Signed, signatures_of
from reports.facts import ReportFacts
from reports.items import Sheet
from reports.minutes_facts import Attendee, Commitment, Decision, Minutes, Role, Side, Signature
from reports.wording import Wording
from survey.clock import parse_utc
from survey.database import Database
from survey.settings import Settings
from survey.store import attachments, changes
from survey.store.visits import Visit

TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def record_of(db: Database, visit: Visit, facts: ReportFacts, data: Path, language: str) -> Minutes:
    """The record of a visit's minutes as the log has it now, with the signatures that still stand.

    `data` is the data folder with the drawings.
    """
    whole = changes.changes_of(db, visit.id)
    log = [change for change in whole if is_of_minutes(change.question)]
    said = answers_of_minutes(answers_from(log))
    day = date.fromisoformat(visit.planned_on)
    named = Sheet(facts, Wording(language)).names_allowed
    return Minutes(
        attendance=tuple(attendee(entry, named=named) for entry in entries_of(log, "present").values()),
        commitments=tuple(commitments(entries_of(log, "commitment"), facts, language)),
        started_at=on_day(day, said.get(f"{ROOT}started_at")),
        ended_at=on_day(day, said.get(f"{ROOT}ended_at")),
        place=text(said.get(f"{ROOT}place")),
        signatures=tuple(signature(db, visit, made, data) for made in signatures_of(visit.id, whole) if made.stands),
        plan=text(said.get(f"{ROOT}plan")),
        attached=tuple(lines(said.get(f"{ROOT}attached"))),
        opinion=text(said.get(f"{ROOT}opinion")),
        dissent=text(said.get(f"{ROOT}dissent")),
        **counted(said.get(f"{ROOT}copies")),
    )


def attendee(entry: Entry, *, named: bool) -> Attendee:
    """Somebody who was there; without the consent that the checklist asks for, only the delegation is named."""
    side = side_of(entry, "other")
    return Attendee(
        side=side,
        name=text(entry.get("name")) if named or side == "delegation" else "",
        position=text(entry.get("position")),
        role=role_of(entry.get("role")),
    )


def signature(db: Database, visit: Visit, made: Signed, data: Path) -> Signature:
    """A signature with its drawing and its time in Vietnam; both are open until the drawing has arrived.

    Whoever signs gives the name that stands below, whether or not others may be named.
    """
    drawing = attachments.place_of(data, made.image)
    has_arrived = attachments.find_attachment(db, visit.id, made.image) is not None and drawing.exists()
    return Signature(
        side=side_of({"side": made.side}, "other"),
        role=role_of(made.role),
        name=text(made.name),
        position=text(made.position),
        image=drawing.read_bytes() if has_arrived else None,
        signed_at=local_time(made.at) if has_arrived else None,
    )


def local_time(moment: str) -> datetime:
    """The time in Vietnam of a moment of the log."""
    return parse_utc(moment).replace(tzinfo=None) + timedelta(hours=Settings().utc_offset_hours)


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


def role_of(said: object) -> Role:
    return next((role for role in get_args(Role) if role == said), "member")


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


def lines(said: object) -> list[str]:
    return [line.strip() for line in text(said).splitlines() if line.strip()]
