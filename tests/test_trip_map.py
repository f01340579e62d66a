"""The map of a trip: every unit in it, marks that do not cover one another, and what the tablet is given with it."""

from __future__ import annotations

import math
import re
from datetime import date
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from forms.units import load
from reports.locator import Geometry
from reports.trip_map import MARK, WIDTH, Stop, trip_map
from survey.assess import submit_visit
from survey.database import Database
from survey.map.drawn_map import schematic_geometry
from survey.store import visits
from survey.store.people import Person
from survey.units.intake import apply_list
from tests.unit_list_world import listed
from tests.visit_world import answer, plan

UNITS = {unit.code: unit for unit in load()}
WORDS = {"hoang_sa": "Hoàng Sa", "truong_sa": "Trường Sa"}
THANH_HOA = [u.code for u in load() if u.province_code == "38" and u.kind in ("xa", "phuong")]


@pytest.fixture(scope="module")
def country() -> Geometry:
    return schematic_geometry()


def stop(code: str, rank: int = 0) -> Stop:
    unit = UNITS[code]
    return Stop(code, unit.province_code, unit.name, unit.longitude, unit.latitude, rank)


def drawn(country: Geometry, *stops: Stop) -> ElementTree.Element:
    return ElementTree.fromstring(trip_map(country, stops, "Bản đồ", WORDS))


def marks(drawing: ElementTree.Element) -> dict[str, tuple[float, float]]:
    """The places of the marks by code."""
    found = {}
    for group in drawing.iter("{http://www.w3.org/2000/svg}g"):
        if code := group.get("data-code"):
            x, y = re.findall(r"-?[\d.]+", group.get("transform", ""))
            found[code] = (float(x), float(y))
    return found


@pytest.mark.parametrize("codes", [("15271",), ("15271", "15316", "14812"), ("00004", "26824"), ("20333",), ("38.SO",)])
def test_every_unit_has_a_mark_on_the_sheet(country: Geometry, codes: tuple[str, ...]):
    drawing = drawn(country, *map(stop, codes))
    height = float(drawing.get("viewBox", "").split()[3])
    places = marks(drawing)
    assert set(places) == set(codes)
    assert [code for code, (x, y) in places.items() if not (0 <= x <= WIDTH and 0 <= y <= height)] == []


def test_marks_of_units_side_by_side_do_not_cover_one_another(country: Geometry):
    places = list(marks(drawn(country, *map(stop, ("00004", "00008", "00025", "00070")))).values())
    nearest = min(math.dist(one, other) for n, one in enumerate(places) for other in places[:n])
    assert nearest >= 2 * MARK


def test_both_archipelagos_are_named_on_every_map(country: Geometry):
    told = "".join(drawn(country, stop("15271")).itertext())
    assert ("Hoàng Sa" in told, "Trường Sa" in told) == (True, True)


def test_the_last_level_is_drawn_as_bars(country: Geometry):
    text = trip_map(country, [stop("15271", 3), stop("14812")], "Bản đồ", WORDS)
    assert (text.count('class="on"'), text.count('class="off"'), text.count("tripm__lv")) == (3, 1, 1)


def test_a_unit_without_outline_and_place_is_not_lost(country: Geometry):
    drawing = drawn(country, stop("15271"), Stop("99999", "38", "Mới", None, None))
    assert set(marks(drawing)) == {"15271", "99999"}
    assert trip_map(country, [Stop("99999", "38", "Mới", None, None)], "Bản đồ", WORDS) == ""


def test_names_cannot_break_the_drawing(country: Geometry):
    drawing = drawn(country, Stop("15271", "38", '<script>"&', 105.8, 20.0))
    assert '<script>"&' in "".join(drawing.itertext())


def test_a_trip_of_forty_units_stays_small(country: Geometry):
    assert len(trip_map(country, [stop(code) for code in THANH_HOA[:40]], "Bản đồ", WORDS)) < 130_000


Cast = dict[str, Person]


def submit(db: Database, cast: Cast, visit_id: str) -> None:
    visit = visits.find(db, visit_id)
    assert visit
    submit_visit(db, visit, "Thử", by=cast["minh"].id)


def test_the_tablet_is_given_its_trips_with_what_is_known(lan: FlaskClient, db: Database, cast: Cast):
    plan(db, cast, "15271", "14797")
    answer(db, cast, B01="3", B02="3")
    submit(db, cast, "v1")
    (trip,) = lan.get("/api/field/trips").get_json()["trips"]
    known = {"day": "2025-08-19", "rank": 4, "level": "Sẵn sàng", "fictitious": False}
    assert (trip["id"], trip["schematic"], trip["units"]) == ("t1", True, {"15271": known, "14797": None})
    assert [code in trip["svg"] for code in ('data-code="15271"', 'data-code="14797"')] == [True, True]


def test_what_was_found_under_a_former_code_is_known(lan: FlaskClient, db: Database, cast: Cast):
    plan(db, cast, "15271", "15279")
    answer(db, cast, B01="3", B02="3")
    submit(db, cast, "v1")
    apply_list(db, listed("15279,Hà Trung,xa,38,,,,,2025-08-19,,15271"), "ma-moi.csv", by=None)
    (trip,) = lan.get("/api/field/trips").get_json()["trips"]
    assert trip["units"]["15279"]["level"] == "Sẵn sàng"
    (earlier,) = [v["earlier"] for v in lan.get("/api/field").get_json()["visits"] if v["unit_code"] == "15279"]
    assert (earlier["day"], earlier["rank"]) == ("2025-08-19", 4)


def test_nothing_of_other_trips_is_given(stranger: FlaskClient, thao: FlaskClient, db: Database, cast: Cast):
    plan(db, cast)
    answers = [client.get("/api/field/trips") for client in (stranger, thao)]
    assert (answers[0].get_json()["trips"], answers[1].status_code) == ([], 403)


def test_a_trip_that_is_over_leaves_the_map(lan: FlaskClient, db: Database, cast: Cast):
    plan(db, cast)
    db.execute("update visit set state = 'submitted', submitted_at = :at, submitted_by = :by", {
        "at": f"{date.today()}T00:00:00.000Z", "by": cast["minh"].id})  # fmt: skip
    assert lan.get("/api/field/trips").get_json()["trips"] == []
