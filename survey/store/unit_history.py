"""The history of units in the database: their periods, who follows whom, and which lists were imported."""

# ruff: noqa: S608 - the parts of the statements are constants of this module

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from pydantic import BaseModel

from forms.units import Unit
from survey.clock import utc_text
from survey.database import Database
from survey.store.units import COLUMNS, VALID
from survey.units.changes import Period, Succession


class Import(BaseModel):
    """One list that was applied: its name and hash, what it changed by category, when and by whom."""

    sha256: str
    file_name: str
    counts: dict[str, int]
    imported_at: str
    imported_by: str | None


class Stretch(NamedTuple):
    """Visits under `code` from `start` (inclusive, "" = ever) to before `end` ("" = still) belong to a unit's history.

    `counts`: they are visits of the same unit; otherwise of one that was merged into it or divided. `own`: of the unit
    itself since it is what it is.
    """

    code: str
    start: str
    end: str
    counts: bool
    own: bool


class Kin(NamedTuple):
    """A unit that follows another one or is followed: from which day, whether it is the same, which share passed on."""

    code: str
    since: str
    counts: bool
    share: float


ONE_DAY = timedelta(days=1)
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


def successors_of(db: Database, code: str) -> list[Kin]:
    """The units that follow this one, itself left out."""
    rows = db.execute(
        """select code, since, counts, share from unit_successor
           where predecessor = :code and code <> :code order by since, code""",
        {"code": code},
    )
    return [Kin(heir, since, bool(counts), share) for heir, since, counts, share in rows]


def origins_of(db: Database, code: str, since: str) -> list[Kin]:
    """The units that this one follows from that day, itself too where it is one of several."""
    rows = db.execute(
        """select predecessor, counts, share from unit_successor
           where code = :code and since = :since order by predecessor""",
        {"code": code, "since": since},
    )
    return [Kin(old, since, bool(counts), share) for old, counts, share in rows]


def line_of(db: Database, code: str, day: date) -> list[Stretch]:
    """Whose visits make up the history of the unit that has this code on that day, itself first, then backwards.

    A visit under a code that had ended by then, as nobody knew yet, still belongs to whoever had it last.
    """
    found: list[Stretch] = []
    ahead = [(code, "", True, True)]
    while ahead and len(found) < MOST_STRETCHES:
        one, end, counts, own = ahead.pop(0)
        period = _last_period(db, one, end or (day + ONE_DAY).isoformat())
        if period is None:
            continue
        start, valid_to, after = period
        goes_on = end and (not valid_to or valid_to > end)
        found.append(Stretch(one, start, end if goes_on else after, counts, own))
        if start:
            ahead += [(kin.code, start, counts and kin.counts, False) for kin in origins_of(db, one, start)]
    return found


def _last_period(db: Database, code: str, end: str) -> tuple[str, str | None, str] | None:
    """Of the last period that began before a day, else of the first: since when visits count, its end, the next one."""
    found: tuple[str, str | None, str] | None = db.execute(
        """select counts_from, valid_to, coalesce((
             select min(later.counts_from) from unit as later
             where later.code = unit.code and later.valid_from > unit.valid_from and later.counts_from > unit.valid_from
           ), '')
           from unit where code = :code
           order by case when valid_from < :end then 0 else 1 end,
                    case when valid_from < :end then valid_from end desc, valid_from
           limit 1""",
        {"code": code, "end": end},
    ).fetchone()
    return found


FIRST_LIST = "2025-07-01"
"""From this day on the list that ships with the product holds; the schematic is drawn after it."""


def communes_begun_later(db: Database, day: date) -> list[Unit]:
    """The communes, wards and special zones of that day whose period began after the first list."""
    rows = db.query(
        f"""select {COLUMNS} from unit where kind in ('xa', 'phuong', 'dac_khu') and {VALID} and valid_from > :first
            order by code""",
        {"day": day.isoformat(), "first": FIRST_LIST},
    )
    return [Unit.model_validate(row) for row in rows]


def followers(db: Database, day: date) -> list[tuple[str, str]]:
    """Code and predecessor of everything that has happened up to a day."""
    rows = db.execute("select code, predecessor from unit_successor where since <= :day", {"day": day.isoformat()})
    return [(code, old) for code, old in rows]


def valid_predecessors(db: Database, day: date) -> set[str]:
    """The codes of units that gave something to others and are still there on that day."""
    rows = db.execute(
        f"select code from unit where {VALID} and code in (select predecessor from unit_successor)",
        {"day": day.isoformat()},
    )
    return {code for (code,) in rows}
