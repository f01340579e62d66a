"""What the map shows: the latest assessed visit of every unit in a period, read from the projection, never the log."""

# ruff: noqa: S608 - the parts of the statements are constants of this module

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from pydantic import BaseModel

from forms.checklist import Section
from survey.database import Database
from survey.store.checklists import Version

COMMUNES = "unit.kind in ('xa', 'phuong', 'dac_khu')"
VALID = "unit.valid_from <= :day and (unit.valid_to is null or unit.valid_to > :day)"

LATEST = """from unit cross join assessment as shown{joined}
            where shown.unit_code = unit.code and (shown.visited_on, shown.visit_id) = (
              select latest.visited_on, latest.visit_id from assessment as latest
              where latest.unit_code = unit.code and latest.visited_on between :start and :end
              order by latest.visited_on desc, latest.visit_id limit 1) and {condition}"""
"""Two seeks in the index assessment_by_unit for each unit, however many visits there are.

`cross join` keeps the order of the tables: SQLite would sometimes read all assessments first, thirty times as slow.
"""

PART = " left join section_score as part on part.visit_id = shown.visit_id and part.section = :section"


class Scope(NamedTuple):
    """Which visits count: units valid on `day`, visited from `start` to `end`; one province or None for all."""

    day: date
    start: date
    end: date
    province: str | None = None

    def values(self) -> dict[str, str | None]:
        days = {"day": self.day, "start": self.start, "end": self.end}
        return {name: day.isoformat() for name, day in days.items()} | {"province": self.province}

    def condition(self) -> str:
        inside = " and unit.province_code = :province" if self.province else ""
        return f"{COMMUNES} and {VALID}{inside}"


class UnitResult(NamedTuple):
    """The latest result of one unit. `score` is 0 to 100, the total or that of a section; None = not known yet."""

    code: str
    province_code: str
    visit_id: str
    visited_on: str
    rank: int | None
    score: float | None
    confidence: float | None
    fictitious: bool


def latest_results(db: Database, scope: Scope) -> list[UnitResult]:
    """The latest assessed visit of each unit in the scope with its total; units without one are left out."""
    rows = db.execute(
        f"""select unit.code, unit.province_code, shown.visit_id, shown.visited_on, shown.rank, shown.total,
                   shown.confidence, shown.fictitious
            {LATEST.format(joined="", condition=scope.condition())}""",
        scope.values(),
    )
    return [UnitResult(*row) for row in rows]


def latest_section_results(db: Database, scope: Scope, section: str) -> list[UnitResult]:
    """Like `latest_results` with the score of one section; a visit without that section has none."""
    rows = db.execute(
        f"""select unit.code, unit.province_code, shown.visit_id, shown.visited_on, shown.rank, part.score,
                   shown.confidence, shown.fictitious
            {LATEST.format(joined=PART, condition=scope.condition())}""",
        scope.values() | {"section": section},
    )
    return [UnitResult(*row) for row in rows]


def count_communes(db: Database, scope: Scope) -> dict[str, int]:
    """How many communes, wards and special zones each province of the scope has."""
    rows = db.execute(
        f"select province_code, count(*) from unit where {scope.condition()} group by province_code", scope.values()
    )
    return dict(rows.fetchall())


def first_day(db: Database) -> str | None:
    """The day of the first assessed visit, where the choice of periods begins."""
    day: str | None = db.execute("select min(visited_on) from assessment").fetchone()[0]
    return day


class Definition(BaseModel):
    """The part of a checklist that the map needs; reading the whole would compile it."""

    sections: list[Section]


def scored_sections(db: Database, version: Version) -> list[Section]:
    """The sections of a published checklist that count in its total, in the order of the form."""
    kept = _kept_sections(version.sha256)
    if not kept:
        text = db.execute(
            "select definition from checklist_version where id = :id and version = :version",
            {"id": version.id, "version": version.version},
        ).fetchone()[0]
        kept.extend(section for section in Definition.model_validate_json(text).sections if section.weight > 0)
    return kept


@lru_cache(maxsize=8)
def _kept_sections(sha256: str) -> list[Section]:
    """One list for each published source, filled once: a version never changes."""
    return []
