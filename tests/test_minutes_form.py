"""The form of the minutes: its answers go into the log of any visit and stay out of what the checklist comes to."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from forms.faults import ChecklistError
from forms.logic.validity import view_question
from forms.minutes import answers_of_checklist, answers_of_minutes, minutes_engine
from forms.xlsform.reader import read_checklist
from survey.assess import assess_visit, open_conflicts, open_minutes
from survey.database import Database
from survey.documents.report_facts import collect_facts
from survey.settings import Settings
from survey.store import changes, visits
from survey.store.people import Person
from survey.store.visits import Visit
from survey.sync.exchange import broken_rules, take_in
from tests.field_world import make_id, plan_visit, sent

AGREED = "/minutes/commitment[C01]/commitment_decision"
DISSENT = "/minutes/dissent"


@pytest.fixture
def visit(db: Database, cast: dict[str, Person]) -> Visit:
    plan_visit(db, cast)
    found = visits.find(db, "v1")
    assert found
    return found


def test_every_question_has_words_in_both_languages():
    nodes = [node for node in minutes_engine().checklist.walk() if node.type != "calculate"]
    assert [node.name for node in nodes if set(node.label) != {"vi", "en"}] == []
    assert {node.path.split("/")[1] for node in nodes} == {"minutes"}


@pytest.mark.parametrize(
    ("start", "end", "valid"),
    [("08:05", "11:30", True), ("08:05", "08:05", True), ("11:30", "08:05", False), ("", "08:05", True),
     ("08:05", "24:00", False), ("08:05", "9:30", False)],
)  # fmt: skip
def test_a_meeting_ends_after_it_began(start: str, end: str, valid: bool):
    state = minutes_engine().open({"/minutes/started_at": start, "/minutes/ended_at": end}, "2025-08-19")
    assert view_question(state, "/minutes/ended_at", ())["valid"] is valid


def test_the_log_takes_minutes_in_for_any_checklist(db: Database, cast: dict[str, Person], visit: Visit):
    written = [sent(1, AGREED, "changed"), sent(2, DISSENT, "Xã đề nghị lùi đến quý II."), sent(3, "/B/B01", "3")]
    assert take_in(db, cast["lan"], written).refused == []
    answers = changes.answers_of(db, "v1")
    assert answers_of_checklist(answers) == {"/B/B01": "3"}
    assert answers_of_minutes(answers) == {AGREED: "changed", DISSENT: "Xã đề nghị lùi đến quý II."}
    assert open_minutes(db, visit).value("/minutes/commitment/commitment_decision", ("C01",)) == "changed"


@pytest.mark.parametrize(
    ("question", "value", "code"),
    [("/minutes/nothing", "x", "question_unknown"), ("/minutes/commitment/commitment_text", "x", "question_unknown"),
     ("/minutes/copies", "two", "value_type"), ("/minutes", "x", "question_unknown")],
)  # fmt: skip
def test_what_the_minutes_do_not_ask_is_refused(
    db: Database, cast: dict[str, Person], visit: Visit, question: str, value: Any, code: str
):
    assert [refusal["code"] for refusal in take_in(db, cast["lan"], [sent(1, question, value)]).refused] == [code]


def test_minutes_change_nothing_of_the_assessment(db: Database, cast: dict[str, Person], visit: Visit):
    before = assess_visit(db, visit)
    take_in(db, cast["lan"], [sent(1, AGREED, "agreed"), sent(2, "/minutes/copies", 4)])
    assert assess_visit(db, visit) == before


def test_people_who_differ_about_the_minutes_must_agree_first(db: Database, cast: dict[str, Person], visit: Visit):
    take_in(db, cast["lan"], [sent(1, AGREED, "agreed")])
    take_in(db, cast["minh"], [sent(2, AGREED, "objected")])
    assert open_conflicts(db, visit) == [AGREED]


def test_a_value_of_the_minutes_that_breaks_a_rule_is_kept_and_told(
    db: Database, cast: dict[str, Person], visit: Visit
):
    take_in(db, cast["lan"], [sent(1, "/minutes/copies", 50), sent(2, "/minutes/place", "UBND xã")])
    assert broken_rules(db, visit) == [make_id(1)]


def test_pages_and_report_of_a_visit_stand_beside_its_minutes(
    lan: FlaskClient, db: Database, settings: Settings, visit: Visit
):
    written = [sent(1, AGREED, "agreed"), sent(2, DISSENT, "Không"), sent(3, "/B/B01", "3")]
    assert lan.post("/api/sync", json={"device": "t", "changes": written}).get_json()["refused"] == []
    assert [lan.get(page).status_code for page in ("/visits/v1", "/api/field/visits/v1?lang=vi")] == [200, 200]
    assert collect_facts(db, visit, settings.data).answers == {"/B/B01": "3"}


def test_a_checklist_must_leave_the_name_free():
    source = """
        | survey |
        | | type        | name    | label::Tiếng Việt (vi) |
        | | begin_group | minutes | Biên bản               |
        | | text        | A01     | Tên                    |
        | | end_group   |         |                        |
        | settings |
        | | form_id | version | form_title | default_language |
        | | thu     | 1       | Thử        | Tiếng Việt (vi)  |
    """
    with pytest.raises(ChecklistError) as caught:
        read_checklist(source.encode(), "thu.md")
    assert [(fault.code, fault.row) for fault in caught.value.faults] == [("name_reserved", 2)]
