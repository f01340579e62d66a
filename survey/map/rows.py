"""The rows of the table of the map: units of a province, or provinces, sorted as the address asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, TypeVar

from forms.units import Unit
from reports.coverage import Cell, Summary
from survey.map.view import MapView


@dataclass(frozen=True)
class UnitRow:
    """A unit with its cell, None when it was not visited, and that of the earlier period beside it."""

    unit: Unit
    cell: Cell | None
    other: Cell | None


@dataclass(frozen=True)
class ProvinceRow:
    """A province with what its communes come to, and in the earlier period beside it."""

    province: Unit
    summary: Summary
    other: Summary | None


Row = TypeVar("Row")
Key = str | float | None


def unit_rows(view: MapView, communes: list[Unit]) -> list[UnitRow]:
    """Every unit, visited or not; `communes` are in the order of their names."""
    cells = {cell.code: cell for cell in view.cells}
    others = {cell.code: cell for cell in view.others or []}
    rows = [UnitRow(unit, cells.get(unit.code), others.get(unit.code)) for unit in communes]
    return _sorted(rows, view.filters.sort, UNIT_KEYS)


def province_rows(view: MapView, provinces: list[Unit]) -> list[ProvinceRow]:
    """Every province that the person may see; `provinces` are in the order of their names."""
    rows = [
        ProvinceRow(one, view.summaries[one.code], view.other_summaries.get(one.code))
        for one in provinces
        if one.code in view.summaries
    ]
    return _sorted(rows, view.filters.sort, PROVINCE_KEYS)


UNIT_KEYS: dict[str, Callable[[UnitRow], Key]] = {
    "code": lambda row: row.unit.code,
    "step": lambda row: row.cell.step or None if row.cell else None,
    "value": lambda row: row.cell.score if row.cell else None,
    "other": lambda row: row.other.score if row.other else None,
    "low": lambda row: row.cell.low if row.cell else None,
    "day": lambda row: row.cell.visited_on if row.cell else None,
}

PROVINCE_KEYS: dict[str, Callable[[ProvinceRow], Key]] = {
    "value": lambda row: row.summary.mean,
    "other": lambda row: row.other.mean if row.other else None,
    "visited": lambda row: row.summary.visited / max(1, row.summary.units),
    "low": lambda row: row.summary.low,
}


def _sorted(rows: list[Row], sort: str, keys: dict[str, Callable[[Row], Key]]) -> list[Row]:
    """The rows by one column, "-" from the greatest down, those without a value last; by name for any other."""
    column, down = sort.lstrip("-"), sort.startswith("-")
    if column not in keys:
        return rows[::-1] if sort == "-name" else rows
    key = keys[column]
    valued: list[tuple[Any, Row]] = [(found, row) for row in rows if (found := key(row)) is not None]
    valued.sort(key=itemgetter(0), reverse=down)
    return [row for _value, row in valued] + [row for row in rows if key(row) is None]
