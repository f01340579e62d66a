"""What the field app needs to draw the trips of a person without a network: a drawing and the last known results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from forms.units import Unit
from reports.locator import Geometry
from reports.trip_map import Stop, trip_map
from survey.database import Database
from survey.language import gettext as _
from survey.map.words import level_words
from survey.store import unit_history, unit_visits, units
from survey.store.unit_visits import LineVisit
from survey.store.visits import Visit

MOST_TRIPS = 6
RECENT = timedelta(days=14)
"""A trip stays on the map so long after its last visit."""


def trip_maps(db: Database, visits: Sequence[Visit], country: Geometry, day: date) -> list[dict[str, Any]]:
    """The trips of these visits that are under way or were lately, those that go on first."""
    by_trip: dict[str, list[Visit]] = {}
    for visit in visits:
        by_trip.setdefault(visit.trip_id, []).append(visit)
    since = (day - RECENT).isoformat()
    current = [own for own in by_trip.values() if any(v.state == "draft" or v.planned_on >= since for v in own)]
    current.sort(key=lambda own: (all(v.state != "draft" for v in own), max(v.planned_on for v in own)))
    return [_trip(db, own, country) for own in current[:MOST_TRIPS]]


def last_result(db: Database, visit: Visit) -> LineVisit | None:
    """The last submitted visit of the unit, under its former codes too, up to the day of this one and it itself."""
    line = unit_history.line_of(db, visit.unit_code, date.fromisoformat(visit.planned_on))
    found = unit_visits.visits_of_line(db, line, "")
    return next((one for one in found if one.assessed and one.counts and one.planned_on <= visit.planned_on), None)


def _trip(db: Database, visits: list[Visit], country: Geometry) -> dict[str, Any]:
    found = [(visit, _unit(db, visit), last_result(db, visit)) for visit in visits]
    stops = [_stop(visit, unit, last) for visit, unit, last in found]
    words = {"hoang_sa": _("Hoàng Sa"), "truong_sa": _("Trường Sa")}
    label = _("Bản đồ các đơn vị của chuyến đi; danh sách bên dưới nói cùng điều đó.")
    codes = {stop.code for stop in stops}
    return {
        "id": visits[0].trip_id,
        "title": visits[0].trip_title,
        "svg": trip_map(country, stops, label, words),
        "schematic": any(country.source_of(code) is None for code in codes),
        "units": {visit.unit_code: _known(last) for visit, _unit_of_day, last in found},
    }


def _unit(db: Database, visit: Visit) -> Unit | None:
    return units.find_unit(db, visit.unit_code, date.fromisoformat(visit.planned_on))


def _stop(visit: Visit, unit: Unit | None, last: LineVisit | None) -> Stop:
    return Stop(
        code=visit.unit_code,
        province=visit.province_code,
        name=unit.name if unit else visit.unit_code,
        longitude=unit.longitude if unit else None,
        latitude=unit.latitude if unit else None,
        rank=(last.rank or 0) if last else 0,
    )


def _known(last: LineVisit | None) -> dict[str, Any] | None:
    """The last result of a unit in words; None before its first one."""
    if last is None:
        return None
    return {
        "day": last.planned_on,
        "rank": last.rank or 0,
        "level": level_words()[last.rank or 0],
        "fictitious": last.fictitious,
    }
