"""Moving a visit to another version of its checklist: what moves, what stays behind, and what comes late."""

from __future__ import annotations

from typing import Any

import pytest

from forms.moving import derived
from survey.assess import assess_visit
from survey.checklists.moving import left_behind, move_visit, prospect_of
from survey.database import Database
from survey.problems import Problem
from survey.store import audit, changes, checklists, moves, visits
from survey.store.people import Person
from survey.sync import exchange
from tests.field_world import CHECKLIST, make_id, plan_visit, sent

Cast = dict[str, Person]

NEXT = (
    CHECKLIST.replace("| thu | 1 |", "| thu | 2 |")
    .replace("| | text | A02 | Người cung cấp thông tin | Respondent | | | | | | yes | |\n", "")
    .replace(
        "| | decimal | B06 |", "| | text | A02 | Người cung cấp | Respondent | | | | | | yes | |\n| | text | B06 |"
    )
    .replace("| | date | A03 | Ngày | Day | | | | | | | |\n", "")
    .replace("| | errors | vneid | VNeID | VNeID | |\n", "")
    .replace(
        "| | select_one B01 | B01 |",
        "| | select_one yn4 | B07 | Câu mới | New | | | | 1 | | | |\n| | select_one B01 | B01 |",
    )
)
"""A02 stands in B now, A03 is gone, B06 is a text and no number, B04 lacks a choice, B07 is new."""


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: Cast) -> None:
    plan_visit(db, cast)
    checklists.publish(db, NEXT.encode(), "thu.md", by=None)


def send(db: Database, person: Person, *log: dict[str, Any]) -> exchange.Receipt:
    return exchange.take_in(db, person, list(log))


def fill(db: Database, cast: Cast) -> None:
    send(
        db, cast["lan"], sent(1, "/A/A02", "Bà Thảo"), sent(2, "/A/A03", "2025-08-19"), sent(3, "/B/B01", "2"),
        sent(4, "/B/B04", ["dvc", "vneid"]), sent(5, "/B/B06", 1.5), sent(6, "/A/A02#note", "qua điện thoại"),
    )  # fmt: skip


def answers(db: Database) -> dict[str, object]:
    return dict(sorted(changes.answers_of(db, "v1").items()))


def visit_version(db: Database) -> str:
    visit = visits.find(db, "v1")
    assert visit
    return visit.checklist_version


def test_the_list_tells_what_moves_what_is_left_and_what_is_asked(db: Database, cast: Cast):
    fill(db, cast)
    visit = visits.find(db, "v1")
    assert visit and (found := prospect_of(db, visit))
    assert {one.question for one in found.move.stays} == {"/B/B01"}
    assert {(one.question, place) for one, place in found.move.moves} == {
        ("/A/A02", "/B/A02"),
        ("/A/A02#note", "/B/A02#note"),
    }
    assert {(one.change.question, one.reason) for one in found.move.left} == {
        ("/A/A03", "gone"), ("/B/B06", "type"), ("/B/B04", "choice"),
    }  # fmt: skip
    assert (found.move.asked, found.hindrance) == (["/B/B07"], None)


def test_a_moved_visit_counts_what_has_a_place_and_keeps_the_rest(db: Database, cast: Cast):
    fill(db, cast)
    assert move_visit(db, "v1", "2", by=cast["minh"].id)
    assert answers(db) == {
        "/B/A02": "Bà Thảo", "/B/A02#note": "qua điện thoại", "/B/B01": "2", "/B/B04": ["dvc", "vneid"],
    }  # fmt: skip
    visit = visits.find(db, "v1")
    assert visit and assess_visit(db, visit)["assessment"]["items"]["/B/B01"] == pytest.approx(2 / 3)
    assert {(one.change.question, one.value) for one in left_behind(db, visit)} == {
        ("/A/A03", "2025-08-19"),
        ("/B/B06", "1.5"),
    }
    assert {change.id for change in changes.changes_of(db, "v1")} >= {make_id(number) for number in range(1, 7)}


def test_moving_is_recorded_once(db: Database, cast: Cast):
    fill(db, cast)
    assert [move_visit(db, "v1", "2", by=cast["minh"].id) for _ in range(2)] == [True, False]
    assert [(one.from_version, one.to_version, one.moved_by) for one in moves.moves_of(db, "v1")] == [
        ("1", "2", cast["minh"].id)
    ]
    [entry] = [entry for entry in audit.of_visit(db, "v1") if entry.action == "visit_moved"]
    assert entry.details == {"before": "1", "after": "2", "copied": 2, "aside": 4}


def test_the_author_and_the_moment_of_an_answer_move_with_it(db: Database, cast: Cast):
    fill(db, cast)
    move_visit(db, "v1", "2", by=cast["minh"].id)
    before, after = (changes.changes_of_question(db, "v1", place)[0] for place in ("/A/A02", "/B/A02"))
    assert (after.author, after.at, after.value) == (cast["lan"].id, before.at, before.value)


def test_a_late_answer_for_a_question_that_moved_counts_in_its_new_place(db: Database, cast: Cast):
    fill(db, cast)
    move_visit(db, "v1", "2", by=cast["minh"].id)
    late = sent(10, "/A/A02", "Ông Hải", (1,))
    receipt = send(db, cast["lan"], late)
    assert (receipt.accepted, receipt.refused) == ([make_id(10)], [])
    assert answers(db)["/B/A02"] == "Ông Hải"
    assert [one.question for one in receipt.retimed] == ["/B/A02"]
    assert send(db, cast["lan"], late).accepted == [make_id(10)]
    assert len(changes.changes_of_question(db, "v1", "/B/A02")) == 2


def test_a_late_answer_beside_a_new_one_is_a_conflict_and_not_lost(db: Database, cast: Cast):
    fill(db, cast)
    move_visit(db, "v1", "2", by=cast["minh"].id)
    copy = changes.changes_of_question(db, "v1", "/B/A02")[0].id
    send(db, cast["minh"], sent(11, "/B/A02", "Cô Mai") | {"replaces": [copy]})
    send(db, cast["lan"], sent(12, "/A/A02", "Ông Hải", (1,)))
    assert {change.value for change in changes.counting_of(db, "v1") if change.question == "/B/A02"} == {
        "Cô Mai",
        "Ông Hải",
    }


@pytest.mark.parametrize(("question", "value"), [("/A/A03", "2025-08-20"), ("/B/B06", 2.5)])
def test_a_late_answer_without_a_place_is_kept_and_shown(db: Database, cast: Cast, question: str, value: object):
    move_visit(db, "v1", "2", by=cast["minh"].id)
    assert send(db, cast["lan"], sent(13, question, value)).refused == []
    visit = visits.find(db, "v1")
    assert visit and (question not in answers(db))
    assert [(one.change.question, one.value) for one in left_behind(db, visit)] == [(question, str(value))]
    assert assess_visit(db, visit)["assessment"]["missing"]


def test_what_no_version_knows_is_refused_as_ever(db: Database, cast: Cast):
    move_visit(db, "v1", "2", by=cast["minh"].id)
    refused = send(db, cast["lan"], sent(14, "/A/A99", "x"), sent(15, "/minutes/nothing", "x")).refused
    assert [one["code"] for one in refused] == ["question_unknown", "question_unknown"]


def test_a_visit_that_is_signed_or_submitted_stays(db: Database, cast: Cast):
    send(db, cast["lan"], sent(20, "/minutes/signature[unit]/signature_name", "Bà Thảo"))
    with pytest.raises(Problem) as caught:
        move_visit(db, "v1", "2", by=cast["minh"].id)
    assert (caught.value.code, visit_version(db)) == ("visit_signed", "1")
    visits.mark_submitted(db, "v1", cast["minh"].id, None)
    with pytest.raises(Problem) as caught:
        move_visit(db, "v1", "2", by=cast["minh"].id)
    assert (caught.value.code, visit_version(db), moves.moves_of(db, "v1")) == ("visit_submitted", "1", [])


def test_two_moves_in_a_row_bring_a_late_answer_all_the_way(db: Database, cast: Cast):
    third = CHECKLIST.replace("| thu | 1 |", "| thu | 3 |").replace("| text | A02 |", "| text | A02x |")
    third = third.replace(
        "| | decimal | B06 |",
        "| | begin_group | C | Khác | Other |\n| | text | A02 | Người | Who |\n| | end_group |\n| | decimal | B06 |",
    )
    checklists.publish(db, third.encode(), "thu.md", by=None)
    move_visit(db, "v1", "2", by=cast["minh"].id)
    move_visit(db, "v1", "3", by=cast["minh"].id)
    send(db, cast["lan"], sent(30, "/A/A02", "Ông Hải"))
    assert answers(db) == {"/B/C/A02": "Ông Hải"}


def publish_as_at_first(db: Database) -> None:
    """Version 3 asks again as version 1 did."""
    checklists.publish(db, CHECKLIST.replace("| thu | 1 |", "| thu | 3 |").encode(), "thu.md", by=None)


def moved_away_and_back(db: Database, cast: Cast, *meanwhile: dict[str, Any]) -> None:
    """A visit whose question A02 was answered, moved to section B in version 2 and back to A in version 3."""
    publish_as_at_first(db)
    send(db, cast["lan"], sent(1, "/A/A02", "Bà Thảo"))
    move_visit(db, "v1", "2", by=cast["minh"].id)
    send(db, cast["minh"], *meanwhile)
    move_visit(db, "v1", "3", by=cast["minh"].id)


def counting(db: Database, question: str) -> list[object]:
    return [change.value for change in changes.counting_of(db, "v1") if change.question == question]


def test_a_question_moved_away_and_back_has_its_answer_once(db: Database, cast: Cast):
    moved_away_and_back(db, cast)
    assert counting(db, "/A/A02") == ["Bà Thảo"]
    assert [one.question for one in changes.changes_of(db, "v1")] == ["/A/A02", "/B/A02"]


def test_an_answer_given_meanwhile_replaces_the_first_one_after_the_way_back(db: Database, cast: Cast):
    copy = derived(make_id(1), "/B/A02")
    moved_away_and_back(db, cast, sent(2, "/B/A02", "Cô Mai") | {"replaces": [copy]})
    assert counting(db, "/A/A02") == ["Cô Mai"]
    visit = visits.find(db, "v1")
    assert visit and left_behind(db, visit) == []


def test_a_late_answer_to_the_place_between_replaces_the_first_one(db: Database, cast: Cast):
    moved_away_and_back(db, cast)
    send(db, cast["lan"], sent(3, "/B/A02", "Ông Hải") | {"replaces": [derived(make_id(1), "/B/A02")]})
    assert counting(db, "/A/A02") == ["Ông Hải"]
