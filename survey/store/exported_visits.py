"""The visits of an export of answers: which they are, and what is read of some of them at a time."""

# ruff: noqa: S608 - the parts of the statements are constants of this module and placeholders

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from forms.log import Change
from survey.database import Database
from survey.store.changes import COLUMNS, load_changes, places
from survey.store.visits import SELECT, UNIT, Visit

TOGETHER = 50
"""Visits that are read at a time: their results are some 50 kB each."""


RESULT_AND_POINT = """(select result from assessment where assessment.visit_id = visit.id) as result,
                      unit.latitude, unit.longitude"""


class Scope(BaseModel):
    """Which visits: of one checklist, on days from `start` to `end`; empty = all."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    checklist: str
    versions: tuple[str, ...] = ()
    province: str = ""
    start: str = ""
    end: str = ""
    state: Literal["", "draft", "submitted"] = ""
    fictitious: Literal["all", "real", "fictitious"] = "all"


class Read(NamedTuple):
    """A visit with its frozen result as JSON text (None while there is none) and the point of its unit."""

    visit: Visit
    result: str | None
    point: tuple[float, float] | None


def count(db: Database, scope: Scope) -> dict[str, int]:
    """How many visits there are: by state, and "fictitious" for those among them that are made up."""
    condition, values = _condition(scope)
    rows = db.query(
        f"""select visit.state, count(*) as number, sum(visit.fictitious) as fictitious {_narrow(condition)}
            where {condition} group by visit.state""",
        values,
    )
    found = {"draft": 0, "submitted": 0, "fictitious": 0}
    for row in rows:
        found[row["state"]] += row["number"]
        found["fictitious"] += row["fictitious"]
    return found


def versions_used(db: Database, scope: Scope) -> set[str]:
    """The versions that these visits have."""
    condition, values = _condition(scope)
    rows = db.execute(f"select distinct visit.checklist_version {_narrow(condition)} where {condition}", values)
    return {row[0] for row in rows}


def ids(db: Database, scope: Scope) -> Iterator[list[str]]:
    """The visits in the order of days, some at a time; the database keeps the rest."""
    condition, values = _condition(scope)
    order = "order by visit.planned_on, visit.id"
    cursor = db.execute(f"select visit.id {_narrow(condition)} where {condition} {order}", values)
    while rows := cursor.fetchmany(TOGETHER):
        yield [row[0] for row in rows]


def read(db: Database, visit_ids: list[str]) -> list[Read]:
    """These visits in their order."""
    select = SELECT.replace("from visit join", f", {RESULT_AND_POINT} from visit join", 1)
    rows = db.execute(f"{select} where visit.id in ({places(visit_ids)})", visit_ids)
    names = [column[0] for column in rows.description]
    found = (_read(dict(zip(names, row, strict=True))) for row in rows)
    by_id = {one.visit.id: one for one in found}
    return [by_id[one] for one in visit_ids]


def logs(db: Database, visit_ids: list[str]) -> dict[str, list[Change]]:
    """The whole log of each of these visits in the order of arrival."""
    rows = db.execute(f"select {COLUMNS} from change where visit_id in ({places(visit_ids)}) order by seq", visit_ids)
    names = [column[0] for column in rows.description]
    found: dict[str, list[Change]] = {one: [] for one in visit_ids}
    for change in load_changes(dict(zip(names, row, strict=True)) for row in rows):
        found[change.visit].append(change)
    return found


def _read(row: dict[str, Any]) -> Read:
    result, latitude, longitude = row.pop("result"), row.pop("latitude"), row.pop("longitude")
    known = latitude is not None and longitude is not None
    return Read(Visit(**row), result, (longitude, latitude) if known else None)


def _narrow(condition: str) -> str:
    """The tables that a condition speaks of; the unit of each visit on its day costs most."""
    return f"from visit {UNIT}" if "unit." in condition else "from visit"


def _condition(scope: Scope) -> tuple[str, dict[str, object]]:
    """The where clause with its values."""
    versions = {f"version_{number}": version for number, version in enumerate(scope.versions)}
    parts = {
        "visit.checklist_id = :checklist": True,
        f"visit.checklist_version in ({', '.join(f':{name}' for name in versions)})": bool(versions),
        "unit.province_code = :province": bool(scope.province),
        "visit.planned_on >= :start": bool(scope.start),
        "visit.planned_on <= :end": bool(scope.end),
        "visit.state = :state": bool(scope.state),
        "visit.fictitious = 0": scope.fictitious == "real",
        "visit.fictitious = 1": scope.fictitious == "fictitious",
    }
    values = scope.model_dump(exclude={"versions"}) | versions
    return " and ".join(clause for clause, is_wanted in parts.items() if is_wanted), values
