"""What a synthesis reads: the latest visit of every unit of a province in a period, and sums over these visits.

Everything is asked for province by province: no query of the nation is ever long, however many visits there are.
"""

# ruff: noqa: S608 - the parts of the statements are constants of this module

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from survey.database import Database
from survey.store.map import VALID

VISITED_KINDS = "unit.kind in ('xa', 'phuong', 'dac_khu', 'so', 'tinh')"

OF_THE_UNIT = """(one.unit_code = unit.code and one.visited_on >= unit.counts_from or one.unit_code in (
                    select predecessor from unit_successor where unit_successor.code = unit.code and counts = 1))"""
"""Visits that count for a unit: its own since it is what it is, and those of the same unit under another code."""

LOW = 0.5
"""Item scores below this are level 0 or 1 of the rubric."""


class Span(NamedTuple):
    """The visits of one province from `start` to `end`, of its units valid on `day`: real ones or fictitious ones."""

    province: str
    day: date
    start: date
    end: date
    fictitious: bool = False

    def values(self) -> dict[str, str | int]:
        days = {"day": self.day, "start": self.start, "end": self.end}
        own: dict[str, str | int] = {"province": self.province, "fictitious": int(self.fictitious)}
        return own | {name: day.isoformat() for name, day in days.items()}


class Latest(NamedTuple):
    """The latest assessed visit of one unit; `gates_failed` is JSON."""

    unit: str
    name: str
    kind: str
    visit: str
    visited_on: str
    checklist: str
    version: str
    scope: str
    formula: str
    rank: int | None
    level: str | None
    total: float | None
    completeness: float
    confidence: float | None
    gates_failed: str


class SectionSum(NamedTuple):
    """The scores of a section added up, and how many visits have one."""

    checklist: str
    section: str
    total: float
    units: int


class ItemSum(NamedTuple):
    """The scores of an item added up; `failed` is None where the item is no required condition."""

    checklist: str
    item: str
    confidential: bool
    total: float
    units: int
    low: int
    failed: int | None


class Advised(NamedTuple):
    """A recommendation to one body: in how many visits, the first day due as ISO text."""

    checklist: str
    code: str
    responsible: str
    confidential: bool
    units: int
    first_due: str | None


def count_units(db: Database, day: date) -> dict[str, dict[str, int]]:
    """How many units there are on a day: province → kind → number."""
    rows = db.execute(
        f"""select province_code, kind, count(*) from unit where {VISITED_KINDS} and {VALID}
            group by province_code, kind""",
        {"day": day.isoformat()},
    )
    found: dict[str, dict[str, int]] = {}
    for province, kind, number in rows.fetchall():
        found.setdefault(province, {})[kind] = number
    return found


def count_visits(db: Database, span: Span) -> tuple[int, int]:
    """How many assessed visits there are in the span: real ones, fictitious ones."""
    row = db.execute(
        f"""select count(*), coalesce(sum(one.fictitious), 0) from unit cross join assessment as one
            where {OF_THE_UNIT} and one.visited_on between :start and :end
              and unit.province_code = :province and {VISITED_KINDS} and {VALID}""",
        span.values(),
    ).fetchone()
    return row[0] - row[1], row[1]


def latest_visits(db: Database, span: Span) -> list[Latest]:
    """The latest assessed visit of each unit in the span, by unit; units without one are left out."""
    rows = db.execute(
        f"""select unit.code, unit.name, unit.kind, shown.visit_id, shown.visited_on, shown.checklist_id,
                   shown.checklist_version, visit.scope, shown.formula_version, shown.rank, shown.level, shown.total,
                   shown.completeness, shown.confidence, shown.gates_failed
            from unit cross join assessment as shown cross join visit on visit.id = shown.visit_id
            where shown.visit_id = (
                select one.visit_id from assessment as one
                where {OF_THE_UNIT} and one.visited_on between :start and :end and one.fictitious = :fictitious
                order by one.visited_on desc, one.visit_id limit 1)
              and unit.province_code = :province and {VISITED_KINDS} and {VALID}
            order by unit.code""",
        span.values(),
    )
    return [Latest(*row) for row in rows.fetchall()]


AMONG = "from json_each(:visits) as chosen cross join assessment as shown on shown.visit_id = chosen.value"


def section_sums(db: Database, visits: Iterable[str]) -> list[SectionSum]:
    """The sections of these visits with a score, by checklist and section."""
    rows = db.execute(
        f"""select shown.checklist_id, part.section, sum(part.score), count(part.score) {AMONG}
            cross join section_score as part on part.visit_id = chosen.value
            where part.score is not null group by shown.checklist_id, part.section
            order by shown.checklist_id, part.section""",
        {"visits": json.dumps(list(visits))},
    )
    return [SectionSum(*row) for row in rows.fetchall()]


def item_sums(db: Database, visits: Iterable[str]) -> list[ItemSum]:
    """The scored items of these visits, by checklist and item."""
    rows = db.execute(
        f"""select shown.checklist_id, part.item, max(part.confidential), sum(part.score), count(*),
                   sum(part.score < {LOW}), sum(part.gate_failed) {AMONG}
            cross join item_score as part on part.visit_id = chosen.value
            group by shown.checklist_id, part.item order by shown.checklist_id, part.item""",
        {"visits": json.dumps(list(visits))},
    )
    return [ItemSum(*row) for row in rows.fetchall()]


def difficulties(db: Database, visits: Iterable[str]) -> dict[str, dict[int, int]]:
    """What each of these visits named of the four groups: visit → group → number; visits not asked are left out."""
    rows = db.execute(
        """select part.visit_id, part.grp, part.number from json_each(:visits) as chosen
           cross join visit_difficulty as part on part.visit_id = chosen.value order by part.visit_id, part.grp""",
        {"visits": json.dumps(list(visits))},
    )
    found: dict[str, dict[int, int]] = {}
    for visit, group, number in rows.fetchall():
        found.setdefault(visit, {})[group] = number
    return found


def training(db: Database, visits: Iterable[str]) -> dict[str, dict[str, int]]:
    """The fields in which each of these visits found a need: visit → field → people, one number for all its fields."""
    rows = db.execute(
        """select part.visit_id, part.field, part.number from json_each(:visits) as chosen
           cross join visit_training as part on part.visit_id = chosen.value order by part.visit_id, part.field""",
        {"visits": json.dumps(list(visits))},
    )
    found: dict[str, dict[str, int]] = {}
    for visit, field, number in rows.fetchall():
        found.setdefault(visit, {})[field] = number
    return found


def advice(db: Database, visits: Iterable[str]) -> list[Advised]:
    """What was recommended in these visits, by checklist, code and body; a code counts once in a visit."""
    rows = db.execute(
        f"""select shown.checklist_id, part.code, part.responsible, part.confidential, count(distinct part.visit_id),
                   min(part.due) {AMONG}
            cross join visit_recommendation as part on part.visit_id = chosen.value
            group by shown.checklist_id, part.code, part.responsible, part.confidential
            order by shown.checklist_id, part.code, part.responsible, part.confidential""",
        {"visits": json.dumps(list(visits))},
    )
    return [Advised(*row) for row in rows.fetchall()]


def decisions(db: Database, visits: Iterable[str]) -> list[str]:
    """The numbers of the decisions under which these visits were made."""
    rows = db.execute(
        """select distinct trip.decision_number from json_each(:visits) as chosen
           cross join visit on visit.id = chosen.value cross join trip on trip.id = visit.trip_id
           where trip.decision_number <> '' order by trip.decision_number""",
        {"visits": json.dumps(list(visits))},
    )
    return [row[0] for row in rows.fetchall()]
