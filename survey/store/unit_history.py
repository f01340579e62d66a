"""The history of units in the database: their periods, who follows whom, and which lists were imported."""

# ruff: noqa: S608 - the parts of the statements are constants of this module

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from pydantic import BaseModel

from forms.units import Unit
from survey.clock import utc_text
from survey.database import Database
from survey.store.units import COLUMNS
from survey.unit_changes import Period, Succession


class Import(BaseModel):
    """One list that was applied: its name and hash, what it changed by category, when and by whom."""

    sha256: str
    file_name: str
    counts: dict[str, int]
    imported_at: str
    imported_by: str | None


class Stretch(NamedTuple):
    """Visits under `code` from `start` (inclusive, "" = ever) to before `end` ("" = still) belong to a unit's history.

    `counts`: they are visits of the same unit; otherwise of one that was merged into it or divided. Kind, name and
    province are those of that time; `own` is True for the unit itself since it is what it is.
    """

    code: str
    start: str
    end: str
    counts: bool
    own: bool
    kind: str
    name: str
    province_code: str
    share: float = 1.0


MOST_STRETCHES = 60
"""A unit that goes back to more than so many others shows the nearest of them."""


def all_periods(db: Database) -> list[Period]:
    """Every period of every unit."""
    rows = db.query(f"select {COLUMNS}, counts_from from unit")
    return [_period(row) for row in rows]


def _period(row: dict[str, Any]) -> Period:
    counts_from = row.pop("counts_from")
    return Period(Unit.model_validate(row), _day(counts_from))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def all_successions(db: Database) -> list[Succession]:
    """Who follows whom, the whole history."""
    rows = db.execute("select code, since, predecessor, share, counts from unit_successor")
    return [
        Succession(code, date.fromisoformat(since), old, share, bool(counts))
        for code, since, old, share, counts in rows
    ]


def write_periods(db: Database, periods: Iterable[Period]) -> None:
    """Write periods over those of the same code and first day; the caller holds the transaction."""
    db.conn.executemany(
        f"insert into unit ({COLUMNS}, folded, counts_from)"
        " values (:code, :kind, :name, :province_code, :province_name, :latitude, :longitude, :area_km2,"
        " :valid_from, :valid_to, :folded, :counts_from)"
        " on conflict (code, valid_from) do update set kind = excluded.kind, name = excluded.name,"
        " province_code = excluded.province_code, province_name = excluded.province_name,"
        " latitude = excluded.latitude, longitude = excluded.longitude, area_km2 = excluded.area_km2,"
        " valid_to = excluded.valid_to, folded = excluded.folded, counts_from = excluded.counts_from",
        [
            unit.model_dump(mode="json")
            | {"folded": unit.folded, "counts_from": counts_from.isoformat() if counts_from else ""}
            for unit, counts_from in periods
        ],
    )


def write_successions(db: Database, successions: Iterable[Succession]) -> None:
    """Write who follows whom; the caller holds the transaction."""
    db.conn.executemany(
        """insert into unit_successor (code, since, predecessor, share, counts)
           values (:code, :since, :predecessor, :share, :counts)
           on conflict (code, since, predecessor) do update set share = excluded.share, counts = excluded.counts""",
        [one._asdict() | {"since": one.since.isoformat(), "counts": int(one.counts)} for one in successions],
    )


def keep_import(db: Database, sha256: str, file_name: str, counts: dict[str, int], by: str | None) -> None:
    """Note a list that is being applied; the caller holds the transaction."""
    db.execute(
        """insert into unit_import (sha256, file_name, counts, imported_at, imported_by)
           values (:sha256, :file_name, :counts, :now, :by)""",
        {"sha256": sha256, "file_name": file_name, "counts": json.dumps(counts), "now": utc_text(), "by": by},
    )


def last_imports(db: Database, limit: int = 5) -> list[Import]:
    """The lists that were applied last, the latest first, with the name of who did it."""
    rows = db.query(
        """select unit_import.sha256, unit_import.file_name, unit_import.counts, unit_import.imported_at,
                  person.name as imported_by
           from unit_import left join person on person.id = unit_import.imported_by
           order by unit_import.id desc limit :limit""",
        {"limit": limit},
    )
    return [Import.model_validate(row | {"counts": json.loads(row["counts"])}) for row in rows]


def successors_of(db: Database, code: str) -> list[tuple[str, str]]:
    """Code and first day of the units that follow this one, itself left out."""
    rows = db.execute(
        "select code, since from unit_successor where predecessor = :code and code <> :code order by since, code",
        {"code": code},
    )
    return [(heir, since) for heir, since in rows]


def line_of(db: Database, code: str, day: date) -> list[Stretch]:
    """Whose visits make up the history of the unit that has this code on that day, itself first, then backwards."""
    found: list[Stretch] = []
    ahead: list[tuple[str, str, bool, bool, float]] = [(code, "", True, True, 1.0)]
    while ahead and len(found) < MOST_STRETCHES:
        one, end, counts, own, share = ahead.pop(0)
        period = _period_before(db, one, end) if end else _period_on(db, one, day)
        if period is None:
            continue
        start = period["counts_from"]
        found.append(
            Stretch(one, start, end, counts, own, period["kind"], period["name"], period["province_code"], share)
        )
        if start:
            ahead += [(old, start, counts and same, False, part) for old, same, part in _origins(db, one, start)]
    return found


def _period_on(db: Database, code: str, day: date) -> dict[str, Any] | None:
    rows = db.query(
        """select kind, name, province_code, counts_from from unit where code = :code
           order by case when valid_from <= :day then 0 else 1 end, valid_from desc limit 1""",
        {"code": code, "day": day.isoformat()},
    )
    return next(rows, None)


def _period_before(db: Database, code: str, end: str) -> dict[str, Any] | None:
    rows = db.query(
        """select kind, name, province_code, counts_from from unit
           where code = :code and valid_from < :end order by valid_from desc limit 1""",
        {"code": code, "end": end},
    )
    return next(rows, None)


def _origins(db: Database, code: str, since: str) -> list[tuple[str, bool, float]]:
    rows = db.execute(
        """select predecessor, counts, share from unit_successor
           where code = :code and since = :since order by predecessor""",
        {"code": code, "since": since},
    )
    return [(old, bool(counts), share) for old, counts, share in rows]
