"""What the map shows: the latest assessed visit of every unit in a period, read from the projection, never the log."""

# ruff: noqa: S608 - the parts of the statements are constants of this module

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from pydantic import BaseModel

from forms.checklist import Section
from survey.database import Database
from survey.store.checklists import Version

COMMUNES = "unit.kind in ('xa', 'phuong', 'dac_khu')"
VALID = "unit.valid_from <= :day and (unit.valid_to is null or unit.valid_to > :day)"

LATEST = """from {units} cross join assessment as shown{joined}
            where shown.unit_code = {code} and (shown.visited_on, shown.visit_id) = (
              select latest.visited_on, latest.visit_id from assessment as latest
              where latest.unit_code = {code} and latest.visited_on between :start and :end and {counts}
              order by latest.visited_on desc, latest.visit_id limit 1) and {condition}"""
"""Two seeks in the index assessment_by_unit for each unit, however many visits there are.

`cross join` keeps the order of the tables: SQLite would sometimes read all assessments first, thirty times as slow.
"""

OWN = {"units": "unit", "code": "unit.code", "counts": "latest.visited_on >= unit.counts_from"}
"""Visits under the unit's code since it is the unit that it is."""

SAME = """with recursive same (code, predecessor) as (
            select code, predecessor from unit_successor where counts = 1
            union
            select later.code, same.predecessor from same join unit_successor as later
              on later.predecessor = same.code and later.counts = 1)"""

FOLLOWED = {
    "units": "same join unit on unit.code = same.code",
    "code": "same.predecessor",
    "counts": """latest.visited_on >= (
                  select max(old.counts_from) from unit as old where old.code = same.predecessor)""",
}
"""Visits of the same unit under a code that it had before, since it was the unit that it is."""


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
    """The latest result of one unit; `score` is the total, 0 to 100, `value` what was asked for. None = not known."""

    code: str
    province_code: str
    visited_on: str
    rank: int | None
    score: float | None
    confidence: float | None
    fictitious: bool
    value: float | None


class Measure(NamedTuple):
    """What is read of each visit: an expression over the tables `shown` and `part`, and how `part` is joined."""

    value: str
    joined: str = ""


SHARED = "(part.confidential = 0 or :confidential = 1)"
ITEM = f" left join item_score as part on part.visit_id = shown.visit_id and part.item = :of and {SHARED}"
FACT = " left join visit_fact as part on part.visit_id = shown.visit_id"
AGREED = f"""(select case when count(*) > 0 then count(case when {{which}} then 1 end) end
               from commitment as part where part.visit_id = shown.visit_id and {SHARED})"""
STANDS = "part.decision <> 'objected'"

MEASURES = {
    "total": Measure("shown.total"),
    "section": Measure(
        "part.score", " left join section_score as part on part.visit_id = shown.visit_id and part.section = :of"
    ),
    "item": Measure("100 * part.score", ITEM),
    "gate": Measure("1 - part.gate_failed", ITEM),
    "completeness": Measure("100 * shown.completeness"),
    "confidence": Measure("100 * shown.confidence"),
    "gates": Measure("case when :confidential = 1 then part.gates_failed else part.gates_failed_shared end", FACT),
    "difficulty": Measure(
        "part.number", " left join visit_difficulty as part on part.visit_id = shown.visit_id and part.grp = :of"
    ),
    "open": Measure(AGREED.format(which=STANDS)),
    "overdue": Measure(AGREED.format(which=f"{STANDS} and part.due < :day")),
    "load": Measure("part.dossiers_per_officer_day", FACT),
    "return": Measure("case when :confidential = 1 then part.power_return end", FACT),
}
"""By name. `:of` is the section, item or group that some are about. A visit whose minutes hold no commitment has no
number of them; an objection is none."""


def latest_values(
    db: Database, scope: Scope, measure: str, of: str = "", *, with_confidential: bool = False
) -> list[UnitResult]:
    """The latest assessed visit of each unit in the scope with one value; units without a visit are left out.

    A visit of the same unit under an earlier code counts; one of a unit that was merged or divided does not.

    Without the right to confidential answers their items have no value, and their gates and commitments do not count.
    """
    asked = MEASURES[measure]
    values = scope.values() | {"of": of, "confidential": int(with_confidential)}
    found: dict[str, UnitResult] = {}
    for before, way in (("", OWN), (SAME, FOLLOWED)):
        rows = db.execute(
            f"""{before} select unit.code, unit.province_code, shown.visited_on, shown.rank, shown.total,
                       shown.confidence, shown.fictitious, {asked.value}
                {LATEST.format(joined=asked.joined, condition=scope.condition(), **way)}""",
            values,
        )
        for result in map(UnitResult._make, rows.fetchall()):
            if result.code not in found or found[result.code].visited_on < result.visited_on:
                found[result.code] = result
    return list(found.values())


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


class FormItem(BaseModel):
    """What the map needs of a row of a checklist."""

    name: str
    label: dict[str, str] = {}
    weight: float = 0.0
    section: str | None = None
    gate: float | None = None
    confidential: bool = False
    children: list[FormItem] = []

    def walk(self) -> Iterator[FormItem]:
        yield self
        for child in self.children:
            yield from child.walk()


class Definition(BaseModel):
    """The part of a checklist that the map needs; reading the whole would compile it."""

    sections: list[Section]
    nodes: list[FormItem]

    def scored_sections(self) -> list[Section]:
        """The sections that count in the total, in the order of the form."""
        return [section for section in self.sections if section.weight > 0]

    def scored_items(self) -> list[FormItem]:
        """The questions that are scored, in the order of the form."""
        items = (item for node in self.nodes for item in node.walk())
        return [item for item in items if item.weight > 0 and item.section is not None]


def definition_of(db: Database, version: Version) -> Definition:
    """The sections and questions of a published checklist, read once in a process: a version never changes."""
    kept = _kept_definition(version.sha256)
    if not kept:
        text = db.execute(
            "select definition from checklist_version where id = :id and version = :version",
            {"id": version.id, "version": version.version},
        ).fetchone()[0]
        kept.append(Definition.model_validate_json(text))
    return kept[0]


@lru_cache(maxsize=8)
def _kept_definition(sha256: str) -> list[Definition]:
    """One list for each published source, filled once."""
    return []
