"""Assessments are frozen together with what the map and the synthesis read of them."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from forms.engine import compile_checklist
from survey.assess import is_asked, open_visit
from survey.database import Database, prepare_data_folder
from survey.store.people import Person
from tests.test_keeping import checklist
from tests.visit_world import answer, plan

COMPLETE = {"B01": "3", "B02": "2", "I04": "không"}
PROJECTED = ("item_score", "visit_recommendation", "visit_fact")


def rows(db: Database, table: str) -> list[dict[str, object]]:
    return list(db.query(f"select * from {table}"))


def test_the_projection_comes_and_goes_with_the_assessment(minh: FlaskClient, db: Database, cast: dict[str, Person]):
    plan(db, cast)
    answer(db, cast, **COMPLETE)
    minh.post("/visits/v1/submit")
    assert [len(rows(db, table)) for table in PROJECTED] == [2, 1, 1]
    minh.post("/visits/v1/reopen", data={"reason": "Thiếu ảnh"})
    assert [rows(db, table) for table in PROJECTED] == [[], [], []]


def test_what_is_drawn_by_lot_belongs_to_the_visit(db: Database, cast: dict[str, Person]):
    assert [open_visit(db, visit).seed for visit in plan(db, cast, "15271", "15274")] == ["v1", "v2"]


def test_nobody_has_to_decide_about_what_two_tablets_computed():
    state = compile_checklist(checklist()).open({"a": 1, "first": "1"}, "2025-08-19")
    assert [is_asked(state, question) for question in ("/a", "/first", "/lot")] == [True, False, False]


def test_what_an_older_database_lacks_is_made_when_it_is_opened(
    minh: FlaskClient, db: Database, cast: dict[str, Person], app: Flask
):
    plan(db, cast)
    answer(db, cast, **COMPLETE)
    minh.post("/visits/v1/submit")
    before = [rows(db, table) for table in PROJECTED]
    for table in ("item_score", "visit_fact"):
        db.execute(f"delete from {table}")
    prepare_data_folder(app.config["SETTINGS"].data)
    assert [rows(db, table) for table in PROJECTED] == before
