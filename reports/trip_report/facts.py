"""What a trip report is made of: the trip, its delegation, and the facts of each visit that was submitted."""

from __future__ import annotations

from datetime import date

from forms.units import Unit
from reports.copies import copy_of, personal_answers, striking
from reports.facts import Copy, Member, Model, ReportFacts
from reports.minutes_facts import Commitment


class TripVisit(Model):
    """A submitted visit with what both sides agreed in it; its photos stay in the visit report."""

    facts: ReportFacts
    commitments: tuple[Commitment, ...] = ()


class Planned(Model):
    """A visit that has not been submitted."""

    unit: Unit
    planned_on: date


class TripFacts(Model):
    """Everything a trip report says; `area` is the province whose copy it is, None where it is about all units.

    `number` is that of the document, `issued_on` its day: None until it is given out. All visits are real or all are
    fictitious. `code` and `address` identify the document; the address is drawn as a QR code.
    """

    id: str
    title: str
    decision_number: str
    decision_date: date
    starts_on: date
    ends_on: date
    members: list[Member]
    visits: list[TripVisit]
    planned: list[Planned]
    number: str | None = None
    issued_on: date | None = None
    fictitious: bool = False
    copy_for: Copy = "internal"
    area: str | None = None
    code: str = ""
    address: str = ""


def trip_copy(facts: TripFacts, copy: Copy, area: str | None = None) -> TripFacts:
    """The facts of one copy: that of a province holds its own units alone, each by the rule of its visit report.

    A commitment that answers a recommendation which the copy leaves out is left out with it. ValueError for facts of
    which a copy was made before.
    """
    if copy == "internal":
        return facts
    own = [one for one in facts.visits if area in (None, one.facts.unit.province_code)]
    planned = [one for one in facts.planned if area in (None, one.unit.province_code)]
    visits = [shared_visit(one, copy) for one in own]
    return facts.model_copy(update={"visits": visits, "planned": planned, "copy_for": copy, "area": area})


def shared_visit(visit: TripVisit, copy: Copy) -> TripVisit:
    """A visit as the copy may show it; who of a side carries a commitment out is left out as a person may be named."""
    opened = copy_of(visit.facts, copy)
    known = {made.code for made in opened.evaluation.recommendations}
    strike = striking(personal_answers(visit.facts))
    kept = (one for one in visit.commitments if not one.recommendation or one.recommendation in known)
    clear = [
        one.model_copy(update={"owner": "", "text": strike(one.text), "own_words": strike(one.own_words)})
        for one in kept
    ]
    return TripVisit(facts=opened, commitments=tuple(clear))
