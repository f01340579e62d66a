"""The list of visits: what one person may see, filtered, searched and paged by the database."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from forms.units import fold
from survey.database import Database
from survey.store import people
from survey.store.people import Person
from survey.store.visits import SELECT, TRAVELLED, UNIT, Visit

PAGE_SIZE = 40

RESULT = """left join assessment on assessment.visit_id = visit.id and visit.state = 'submitted'"""
RESULT_COLUMNS = """assessment.total, assessment.lower, assessment.upper, assessment.rank, assessment.level,
                    assessment.gates_failed, assessment.completeness, assessment.confidence"""


class ListedVisit(Visit):
    """A visit with its frozen result; None throughout while it is a draft."""

    total: float | None
    lower: float | None
    upper: float | None
    rank: int | None
    level: str | None
    gates_failed: list[str] | None
    completeness: float | None
    confidence: float | None

    @property
    def is_doubtful(self) -> bool:
        """Whether the evidence is so weak that the level is shown hatched."""
        return self.confidence is not None and self.confidence < 0.6


@dataclass(frozen=True)
class Wanted:
    """What to list; empty = everything the person may see."""

    state: str = ""
    province: str = ""
    level: str = ""
    words: str = ""
    page: int = 1


@dataclass
class Found:
    """One page of visits, how many there are in each state, and whether more follow."""

    visits: list[ListedVisit]
    counts: dict[str, int] = field(default_factory=dict)
    page: int = 1
    pages: int = 1


def list_visits(db: Database, seen_by: Person, wanted: Wanted) -> Found:
    """A page of the visits a person may see, latest day first."""
    condition, values = _condition(db, seen_by, wanted)
    counts = _counts(db, condition, values)
    number = counts.get(wanted.state, 0) if wanted.state else sum(counts.values())
    pages = max(1, -(-number // PAGE_SIZE))
    page = min(max(wanted.page, 1), pages)
    state = " and visit.state = :state" if wanted.state else ""
    rows = db.query(
        f"""{_select()} where visit.id in (
              select visit.id {_narrow(condition)} where {condition}{state}
              order by visit.planned_on desc, visit.id limit :limit offset :offset)
            order by visit.planned_on desc, visit.id""",
        values | {"limit": PAGE_SIZE, "offset": (page - 1) * PAGE_SIZE},
    )
    return Found([_listed(row) for row in rows], counts, page, pages)


def visits_of_trip(db: Database, trip_id: str) -> list[ListedVisit]:
    """The visits of a trip with their results, in the order of days."""
    order = "order by visit.planned_on, visit.created_at, visit.id"
    rows = db.query(f"{_select()} where visit.trip_id = :trip {order}", {"trip": trip_id})
    return [_listed(row) for row in rows]


def _select() -> str:
    return SELECT.replace("from visit join", f", {RESULT_COLUMNS} from visit join", 1) + " " + RESULT


def _narrow(condition: str) -> str:
    """The tables that a condition speaks of; names of units cost most and are joined for a page only."""
    joins = ["from visit"]
    joins += ["join trip on trip.id = visit.trip_id"] if "trip." in condition else []
    joins += [UNIT] if "unit." in condition else []
    joins += [RESULT] if "assessment." in condition else []
    return " ".join(joins)


def _listed(row: dict[str, Any]) -> ListedVisit:
    gates = row["gates_failed"]
    return ListedVisit(**row | {"gates_failed": json.loads(gates) if gates else None})


def _counts(db: Database, condition: str, values: dict[str, object]) -> dict[str, int]:
    select = f"select visit.state, count(*) as number {_narrow(condition)}"
    rows = db.query(f"{select} where {condition} group by visit.state", values)
    return {row["state"]: row["number"] for row in rows}


def _condition(db: Database, seen_by: Person, wanted: Wanted) -> tuple[str, dict[str, object]]:
    """The where clause: what the person may see, and what they look for."""
    parts = [_sight(seen_by)]
    values: dict[str, object] = {"person": seen_by.id, "own_province": seen_by.province_code, "state": wanted.state}
    if wanted.province:
        parts.append("unit.province_code = :province")
        values["province"] = wanted.province
    if wanted.level:
        parts.append("assessment.rank = :rank" if wanted.level != "none" else "assessment.rank is null")
        values["rank"] = int(wanted.level) if wanted.level.isdigit() else None
    for number, word in enumerate(fold(wanted.words).split()[:8]):
        clause, found = _word(db, number, word)
        parts.append(clause)
        values |= found
    return " and ".join(parts), values


def _sight(person: Person) -> str:
    if person.role == "reviewer":
        return "1 = 1"
    if person.role == "province":
        return "visit.state = 'submitted' and unit.province_code = :own_province"
    return TRAVELLED


def _word(db: Database, number: int, word: str) -> tuple[str, dict[str, object]]:
    """One word fits the unit, the decision or the leader; tone marks and đ do not matter."""
    leaders = [p.id for p in people.listed(db) if word in fold(p.name)][:50]
    names = {f"leader_{number}_{index}": leader for index, leader in enumerate(leaders)}
    among = ", ".join(f":{name}" for name in names) or "null"
    clause = (
        f"(unit.folded like :word_{number} or replace(lower(trip.decision_number), 'Đ', 'd') like :word_{number}"
        f" or trip.leader_id in ({among}))"
    )
    values: dict[str, object] = {f"word_{number}": f"%{word}%", **names}
    return clause, values
