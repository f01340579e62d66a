"""Assessments made again from the answers: the same results, nothing lost where one visit is damaged."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from survey import rebuilding
from survey.assess import assess_visit, reopen_visit
from survey.cli import main
from survey.database import Database
from survey.rebuilding import rebuild_assessments
from survey.settings import Settings
from survey.store import assessments
from survey.store.people import Person
from survey.store.visits import Visit
from tests.visit_world import answer, plan

COMPLETE = {"B01": "3", "B02": "2", "I04": "không"}


@pytest.fixture
def submitted(minh: FlaskClient, db: Database, cast: dict[str, Person]) -> dict[str, object]:
    """The result of the submitted visit v1; v2 of the same trip is still open."""
    plan(db, cast, "15271", "14758")
    answer(db, cast, **COMPLETE)
    minh.post("/visits/v1/submit")
    found = assessments.result_of(db, "v1")
    assert found
    return found


def damage(db: Database) -> None:
    """An answer of v1 to a question that its checklist does not have."""
    db.execute("update change set question = '/B/B09' where question = '/B/B02'")


def test_a_result_is_made_again_with_what_the_map_reads(db: Database, submitted: dict[str, object]):
    scores = list(db.query("select * from item_score"))
    db.execute("delete from assessment")
    assert rebuild_assessments(db, ["v1", "v2", "nobody"]) == (1, {})
    assert assessments.result_of(db, "v1") == submitted
    assert list(db.query("select * from item_score")) == scores
    assert scores


def test_a_damaged_visit_keeps_its_result_and_is_named(db: Database, settings: Settings, submitted: dict[str, object]):
    damage(db)
    number, failed = rebuild_assessments(db, ["v1"])
    assert number == 0
    assert "B09" in failed["v1"]
    assert assessments.result_of(db, "v1") == submitted


def test_a_visit_that_is_opened_again_meanwhile_gets_no_result(
    monkeypatch: pytest.MonkeyPatch, db: Database, cast: dict[str, Person], submitted: dict[str, object]
):
    def assess_and_reopen(same: Database, visit: Visit) -> dict[str, object]:
        result = assess_visit(same, visit)
        reopen_visit(same, visit, "Bổ sung", by=cast["minh"].id)
        return result

    monkeypatch.setattr(rebuilding, "assess_visit", assess_and_reopen)
    assert rebuild_assessments(db, ["v1"]) == (0, {})
    assert assessments.result_of(db, "v1") is None


def test_the_command_makes_all_again_in_processes_of_its_own(
    db: Database, settings: Settings, submitted: dict[str, object]
):
    db.execute("update assessment set result = '{}', total = 0")
    command = [str(Path(sys.executable).with_name("satcanh")), "assessments", "rebuild", "--data", str(settings.data)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout) == (0, "Đã tính lại 1 kết quả.\n")
    assert assessments.result_of(db, "v1") == submitted
    assert db.execute("select total from assessment").fetchone()[0] == pytest.approx(91.67, abs=0.01)


def test_the_command_says_which_visit_is_damaged(db: Database, settings: Settings, submitted: dict[str, object]):
    damage(db)
    done = CliRunner().invoke(main, ["assessments", "rebuild", "--processes", "1", "--data", str(settings.data)])
    assert done.exit_code == 1
    assert "v1: giữ kết quả cũ" in done.output
    assert "Đã tính lại 0 kết quả." in done.output
    assert assessments.result_of(db, "v1") == submitted


def test_nothing_to_make_again_is_no_fault(settings: Settings):
    done = CliRunner().invoke(main, ["assessments", "rebuild", "--data", str(settings.data)])
    assert (done.exit_code, done.output) == (0, "Đã tính lại 0 kết quả.\n")
