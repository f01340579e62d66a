"""The log in the database: what was written comes back, in order, and nothing is written twice."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from forms.log import Change
from survey.database import Database
from survey.store import changes
from survey.store.changes import Refusal
from survey.store.people import Person
from tests.field_world import make_id, plan_visit, sent


@pytest.fixture
def lan_id(db: Database, cast: dict[str, Person]) -> str:
    plan_visit(db, cast)
    return cast["lan"].id


def write(db: Database, author: str, *entries: dict[str, Any]) -> list[Change]:
    written = [Change(**entry, author=author) for entry in entries]
    for change in written:
        changes.append_change(db, change, "2025-08-19T03:00:00Z")
    return written


def test_every_kind_of_value_comes_back_as_it_was(db: Database, lan_id: str):
    values = [None, True, 3, 2.5, "Đã có", ["dvc", "vneid"]]
    written = write(db, lan_id, *(sent(n, f"/B/q{n}", value) for n, value in enumerate(values, 1)))
    assert changes.changes_of(db, "v1") == written


def test_an_id_is_written_once(db: Database, lan_id: str):
    write(db, lan_id, sent(1, "/B/B01", "3"))
    with pytest.raises(sqlite3.IntegrityError):
        write(db, lan_id, sent(1, "/B/B01", "2"))


def test_changes_since_a_cursor_come_in_pages(db: Database, lan_id: str):
    first, second, third = write(db, lan_id, *(sent(n, "/B/B05", n) for n in (1, 2, 3)))
    assert changes.changes_since(db, ["v1"], 0, 2) == ([(1, first), (2, second)], True)
    assert changes.changes_since(db, ["v1"], 2, 2) == ([(3, third)], False)
    assert changes.changes_since(db, ["v1"], 0, 2, before=3) == ([(1, first), (2, second)], False)
    assert changes.changes_since(db, [], 0, 2) == ([], False)
    assert changes.last_number(db, "v1") == 3


def test_no_question_about_visits_walks_through_the_whole_log(db: Database, lan_id: str):
    asked: list[str] = []
    db.conn.set_trace_callback(asked.append)
    changes.changes_since(db, ["v1", "v2"], 0, 10)
    changes.answers_of(db, "v1")
    changes.last_number(db, "v1")
    db.conn.set_trace_callback(None)
    questions = [statement for statement in asked if statement.startswith("select")]
    plans = [step[3] for question in questions for step in db.execute(f"explain query plan {question}").fetchall()]
    walks = [plan for plan in plans if plan.startswith("SCAN change") or "rowid>" in plan]
    assert (len(questions), walks) == (4, [])


def test_answers_are_those_that_nothing_replaces(db: Database, lan_id: str):
    write(db, lan_id, sent(1, "/B/B01", "1"), sent(2, "/B/B01", "3", (1,)), sent(3, "/B/B05", 40))
    assert changes.answers_of(db, "v1") == {"/B/B01": "3", "/B/B05": 40}


def test_the_same_refusal_is_kept_once(db: Database, lan_id: str):
    refusal = Refusal(
        id=make_id(1),
        device="t",
        visit_id="x",
        author_id=lan_id,
        code="circle",
        message="…",
        body="{}",
        received_at="2025",
    )
    changes.keep_refusals(db, [refusal])
    changes.keep_refusals(db, [refusal.model_copy(update={"received_at": "2026"})])
    assert changes.refusals_of(db, lan_id) == [refusal]


def test_authors_have_names(db: Database, cast: dict[str, Person], lan_id: str):
    assert changes.author_names(db, [lan_id, lan_id, "nobody"]) == {lan_id: cast["lan"].name}
