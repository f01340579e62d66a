"""Visits belong to the unit of their day: when they are planned, in lists, in reports, whatever became of it later."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from survey.database import Database
from survey.documents.report_facts import collect_facts
from survey.problems import Problem
from survey.store import visit_list, visits
from survey.store.people import Person
from survey.store.visit_list import Wanted
from survey.units.intake import apply_list
from survey.units.validity import unit_valid_on
from tests.field_world import DAY
from tests.unit_list_world import listed
from tests.visit_world import plan

Cast = dict[str, Person]
WARD = "15271,Hà Trung Mới,phuong,38,,,,,2026-01-01,,"


def test_a_visit_is_planned_for_a_unit_of_its_day(minh: FlaskClient, db: Database, cast: Cast):
    plan(db, cast)
    typed = {"unit": "06978", "checklist": "nho 1", "planned_on": DAY, "scope": "full"}
    answered = minh.post("/trips/t1/visits", data=typed)
    words = "Đơn vị mã 06978 không có hiệu lực ngày 19/08/2025."
    assert (answered.status_code, words in answered.text, len(visits.of_trip(db, "t1"))) == (422, True, 1)


def test_whoever_plans_for_an_ended_unit_is_told_which_follows(db: Database):
    assert unit_valid_on(db, "06970", date(2026, 4, 29)).name == "Ba Chẽ"
    with pytest.raises(Problem, match=r"Chọn đơn vị kế tiếp: 06978\."):
        unit_valid_on(db, "06970", date(2026, 4, 30))


def test_visits_keep_the_unit_of_their_day(db: Database, cast: Cast):
    plan(db, cast)
    apply_list(db, listed(WARD), "phuong.csv", by=None)
    (visit,) = visits.of_trip(db, "t1")
    (found,) = visit_list.list_visits(db, cast["minh"], Wanted(words="xa ha trung")).visits
    report = collect_facts(db, visit, Path())
    assert [visit.unit_title, found.unit_title, report.unit.title] == ["Xã Hà Trung"] * 3
    db.execute("update visit set planned_on = '2026-01-01'")
    assert [one.unit_title for one in visits.of_trip(db, "t1")] == ["Phường Hà Trung Mới"]
    assert visit_list.list_visits(db, cast["minh"], Wanted(words="xa ha trung")).visits == []


def test_the_units_of_a_tablet_are_those_of_today(lan: FlaskClient, db: Database):
    apply_list(db, listed(f"{WARD}\n14797,Hạc Thành,xa,38,,,,,2099-01-01,,"), "moi.csv", by=None)
    names = {code: name for code, _kind, name, _province in lan.get("/api/field/units").get_json()["units"]}
    assert (names["15271"], names["14797"], "06970" in names) == (
        "Phường Hà Trung Mới, tỉnh Thanh Hóa", "Phường Hạc Thành, tỉnh Thanh Hóa", False)  # fmt: skip


def test_search_finds_the_units_of_today(huong: FlaskClient, db: Database):
    apply_list(db, listed("15279,Hà Trung,xa,38,,,,,2026-01-01,,15271"), "ma-moi.csv", by=None)
    found = [one["code"] for one in huong.get("/units/search.json?q=ha+trung&province=38").get_json()["units"]]
    assert ("15279" in found, "15271" in found) == (True, False)
