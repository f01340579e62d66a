"""The demo: the story of Thanh Hóa as it must end, fictitious everywhere, written through the log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.assess import assess_visit
from survey.database import Database, opened
from survey.demo import story
from survey.demo.filling import fill_demo
from survey.demo.people import CAST, read_passwords
from survey.problems import Problem
from survey.store import assessments, changes, unit_visits, visits
from survey.store.unit_history import Stretch
from survey.store.visits import Visit


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo")
    list(fill_demo(path, visits=3, seed=1))
    return path


@pytest.fixture(scope="module")
def db(folder: Path) -> Iterator[Database]:
    with opened(folder) as found:
        yield found


def visit_in(db: Database, unit: str, state: str = "submitted") -> Visit:
    line = [Stretch(unit, start="", end="", counts=True, own=True)]
    (listed,) = [v for v in unit_visits.visits_of_line(db, line, "") if v.state == state]
    found = visits.find(db, listed.id)
    assert found is not None
    return found


def test_the_commune_ends_as_the_story_tells(db: Database):
    result = assessments.result_of(db, visit_in(db, story.COMMUNE).id)
    assert result is not None
    end = result["assessment"]
    assert (end["level_label"]["vi"], end["gates_failed"]) == ("Cần hỗ trợ có thời hạn", ["C01", "E04"])
    scores = {code: end["items"][f"/{code[0]}/{code}"] for code in ("E04", "B06", "F07", "D06", "C06", "D01", "F08")}
    assert {code: round(score * 3) for code, score in scores.items()} == {
        "E04": 1, "B06": 1, "F07": 1, "D06": 0, "C06": 3, "D01": 3, "F08": 2,
    }  # fmt: skip


def test_the_story_answers_stand_in_the_log(db: Database):
    answers = changes.answers_of(db, visit_in(db, story.COMMUNE).id)
    assert (answers["/C/C01"], answers["/E/E02"], answers["/B/B06#note"]) == (23, 27, story.HA_TRUNG["B06#note"])


def test_frozen_results_equal_those_of_the_answers(db: Database):
    for unit in (story.COMMUNE, story.DEPARTMENT, story.CENTRE):
        visit = visit_in(db, unit)
        assert assessments.result_of(db, visit.id) == assess_visit(db, visit)


def test_everything_is_marked_fictitious(db: Database):
    marks = [db.execute(f"select min(fictitious) from {table}").fetchone()[0] for table in ("trip", "visit", "person")]
    assert marks == [1, 1, 1]


def test_the_return_visit_waits_to_be_filled(db: Database):
    assert changes.answers_of(db, visit_in(db, story.COMMUNE, "draft").id) == {}


def test_people_have_passwords_of_their_own(folder: Path):
    people = read_passwords(folder)
    assert [person.login for person in people] == [person.login for person in CAST]
    assert len({person.password for person in people}) == len(CAST)


def test_a_folder_in_use_is_left_alone(folder: Path):
    assert list(fill_demo(folder, visits=1, seed=1, if_empty=True)) == []
    with pytest.raises(Problem, match=str(folder)):
        list(fill_demo(folder, visits=1, seed=1))


def test_the_visits_fill_what_the_map_and_the_synthesis_read(db: Database):
    tables = ("item_score", "visit_recommendation", "visit_difficulty", "visit_training", "commitment", "visit_fact")
    counts = [db.execute(f"select count(distinct visit_id) from {table}").fetchone()[0] for table in tables]
    assert counts == [6, 6, 5, 5, 5, 6]  # not every unit names a difficulty, is asked about training, commits itself


def test_dossiers_per_officer_are_those_of_the_story(db: Database):
    facts = db.execute(
        "select received, resolved, round(dossiers_per_officer_day, 2), power_return from visit_fact where visit_id = ?",
        [visit_in(db, story.COMMUNE).id],
    ).fetchone()
    assert facts == (900, 842, 3.91, 1)
