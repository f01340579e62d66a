"""A visit is planned for a unit that exists on its day: after a merger or a new code people are told whom to choose."""

from __future__ import annotations

from datetime import date

from forms.units import Unit
from survey.database import Database
from survey.language import format_date
from survey.problems import Problem
from survey.store import unit_history, units


def unit_valid_on(db: Database, code: str, day: date) -> Unit:
    """The unit with this code on that day; Problem unit_not_found, or unit_not_valid with the units that follow it."""
    unit = units.find_unit(db, code, day)
    if unit is None:
        raise Problem("unit_not_found", code=code[:20])
    if not unit.is_valid_on(day):
        heirs = ", ".join(kin.code for kin in unit_history.successors_of(db, code))
        raise Problem("unit_not_valid", code=code[:20], day=format_date(day), successors=heirs or "–")
    return unit
