"""Units in the database: filled from the data files, found by code on a day, searched as people type."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlite_utils import Database

from forms.units import Unit, fold, search, sort_key

# The fields of Unit; `folded` is made from them.
COLUMNS = "code, kind, name, province_code, province_name, latitude, longitude, area_km2, valid_from, valid_to"
VALID = "valid_from <= :day and (valid_to is null or valid_to > :day)"


def load_units(db: Database, units: Iterable[Unit]) -> None:
    """Write units into the table, over rows of the same code and first day; the caller holds the transaction."""
    db.conn.executemany(
        f"insert into unit ({COLUMNS}, folded)"  # noqa: S608 - constant names
        " values (:code, :kind, :name, :province_code, :province_name, :latitude, :longitude, :area_km2,"
        " :valid_from, :valid_to, :folded)"
        " on conflict (code, valid_from) do update set kind = excluded.kind, name = excluded.name,"
        " province_code = excluded.province_code, province_name = excluded.province_name,"
        " latitude = excluded.latitude, longitude = excluded.longitude, area_km2 = excluded.area_km2,"
        " valid_to = excluded.valid_to, folded = excluded.folded",
        [unit.model_dump(mode="json") | {"folded": unit.folded} for unit in units],
    )
    _follow_names(db)


def _follow_names(db: Database) -> None:
    """Note that a unit follows the only one of its name that ended in the province on the day on which it began."""
    db.conn.execute(
        """insert into unit_successor (code, predecessor, since, share, counts)
           select min(unit.code), old.code, old.valid_to, 1, 1 from unit as old join unit
             on unit.province_code = old.province_code and unit.name = old.name and unit.valid_from = old.valid_to
           where old.kind in ('xa', 'phuong', 'dac_khu') and unit.kind in ('xa', 'phuong', 'dac_khu')
           group by old.code, old.valid_to having count(*) = 1 and min(unit.code) <> old.code
           on conflict do nothing"""
    )
    db.conn.execute(
        """update unit set counts_from = valid_from where exists (
             select 1 from unit_successor where unit_successor.code = unit.code and since = unit.valid_from)"""
    )


def count_units(db: Database) -> int:
    """Rows of the table, all periods; 0 = the units have not been loaded."""
    count: int = db.execute("select count(*) from unit").fetchone()[0]
    return count


def find_unit(db: Database, code: str, day: date) -> Unit | None:
    """The unit with this code on that day; of a code that is not valid then, its last period (an old visit's unit)."""
    row = next(
        db.query(
            f"select {COLUMNS} from unit where code = :code"  # noqa: S608 - constant names
            f" order by case when {VALID} then 0 else 1 end, valid_from desc limit 1",
            {"code": code, "day": day.isoformat()},
        ),
        None,
    )
    return Unit.model_validate(row) if row else None


def find_units(db: Database, codes: Iterable[str], day: date) -> dict[str, Unit]:
    """The units with these codes by code, each as `find_unit` finds it; unknown codes are left out."""
    found = ((code, find_unit(db, code, day)) for code in set(codes))
    return {code: unit for code, unit in found if unit}


def search_units(db: Database, text: str, day: date, *, province: str | None = None, limit: int = 20) -> list[Unit]:
    """The units of that day that fit what was typed, best first.

    The database narrows by the folded column, one condition a word; `forms.units.search` ranks what is left.
    """
    words = fold(text).split()[:8]
    if not words:
        return []
    values: dict[str, Any] = {f"word{n}": f"%{word}%" for n, word in enumerate(words)}
    conditions = "".join(f" and folded like :{name}" for name in values)
    if province:
        conditions += " and province_code = :province"
    rows = db.query(
        f"select {COLUMNS} from unit where {VALID}{conditions}",  # noqa: S608 - constant names
        values | {"day": day.isoformat(), "province": province},
    )
    return search((Unit.model_validate(row) for row in rows), text, limit)


def list_provinces(db: Database, day: date) -> list[Unit]:
    """The 34 provinces and cities of that day, by name."""
    return sorted(_units_of(db, "kind = 'province'", day, None), key=lambda unit: sort_key(unit.province_name))


def list_communes(db: Database, province: str, day: date) -> list[Unit]:
    """The communes, wards and special zones of a province on that day, by name."""
    found = _units_of(db, "kind in ('xa', 'phuong', 'dac_khu') and province_code = :province", day, province)
    return sorted(found, key=lambda unit: sort_key(unit.name))


def list_all_communes(db: Database, day: date) -> list[Unit]:
    """The communes, wards and special zones of the whole country on that day, by code."""
    return _units_of(db, "kind in ('xa', 'phuong', 'dac_khu')", day, None)


def recoded_units(db: Database, day: date) -> dict[str, str]:
    """Codes that are no longer in use on that day, with the code that the same unit has had since."""
    rows = db.execute(
        """with recursive same (old, code) as (
             select predecessor, code from unit_successor where counts = 1 and since <= :day
             union
             select same.old, later.code from same join unit_successor as later on later.predecessor = same.code
             where later.counts = 1 and later.since <= :day)
           select same.old, same.code from same join unit on unit.code = same.code
           where unit.valid_from <= :day and (unit.valid_to is null or unit.valid_to > :day)""",
        {"day": day.isoformat()},
    )
    return dict(rows.fetchall())


def provincial_bodies(db: Database, province: str, day: date) -> list[Unit]:
    """The department and the service centre of a province on that day."""
    return _units_of(db, "kind in ('so', 'tinh') and province_code = :province", day, province)


def _units_of(db: Database, condition: str, day: date, province: str | None) -> list[Unit]:
    rows = db.query(
        f"select {COLUMNS} from unit where {condition} and {VALID} order by code",  # noqa: S608 - constant names
        {"day": day.isoformat(), "province": province},
    )
    return [Unit.model_validate(row) for row in rows]
