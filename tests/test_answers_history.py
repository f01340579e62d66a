"""The history of answers: who wrote what, when, on which tablet, over which answer."""

from __future__ import annotations

import json

import pytest

from survey.store import changes
from tests.answers_world import ANSWERS, DAY, HA_TRUNG, change, change_id, plan, tables, taken_out, visit


@pytest.fixture
def corrected(db, cast):
    """Minh corrects what Lan wrote."""
    plan(db, cast)
    visit(db, cast, "v1", HA_TRUNG, {"/B/pc": 1}, draft=True)
    late = [change(2, "v1", "/B/pc", 3, (1,)), change(3, "v1", "/minutes/place", "UBND"), change(4, "v1", "/gone", "x")]
    changes.append_changes(db, late, f"{DAY}T05:00:00Z", author=cast["minh"].id)


def test_each_change_is_a_row_and_says_what_it_replaced(corrected, db, tmp_path):
    rows = tables(taken_out(db, tmp_path, internal=True, history=True))["history.csv"]
    names = ("question", "path", "value", "at", "author", "device", "current", "change_id", "replaces")
    lan, minh, gone = [[row[name] for name in names] for row in rows]
    assert lan == ["pc", "/B/pc", "1", f"{DAY}T02:00:01.000Z", "Trần Thị Lan", "tablet-1", "false", change_id(1), ""]
    assert minh[2:] == ["3", f"{DAY}T02:00:02.000Z", "Nguyễn Văn Minh", "tablet-1", "true", change_id(2), change_id(1)]
    assert gone[:3] == ["gone", "/gone", "x"]


def test_what_belongs_to_no_question_stays_out_of_the_shared_copy(corrected, db, tmp_path):
    rows = tables(taken_out(db, tmp_path, history=True))["history.csv"]
    assert [row["path"] for row in rows] == ["/B/pc", "/B/pc"]


def test_json_holds_the_history_of_each_visit(db, cast, tmp_path):
    plan(db, cast)
    visit(db, cast, "v1", HA_TRUNG, ANSWERS)
    [one] = json.loads(taken_out(db, tmp_path, form="json", internal=True, history=True, words=True))
    of = {entry["path"]: entry for entry in one["history"]}
    assert of["/A/A07"] == {
        "question": "A07", "path": "/A/A07", "value": "Cổng dịch vụ công; VNeID", "at": f"{DAY}T02:00:06.000Z",
        "author": "Trần Thị Lan", "device": "tablet-1", "current": "có", "change_id": change_id(6), "replaces": None,
    }  # fmt: skip
    assert len(of) == len(ANSWERS)


def test_personal_answers_of_former_times_stay_out_of_shared_texts(db, cast, tmp_path):
    plan(db, cast)
    visit(db, cast, "v1", HA_TRUNG, {"/A/who": "Lê Văn Tám", "/A/A02": "Lê Văn Tám nói"}, draft=True)
    changes.append_changes(db, [change(9, "v1", "/A/who", None, (1,))], f"{DAY}T05:00:00Z", author=cast["minh"].id)
    found = tables(taken_out(db, tmp_path, history=True))
    assert [row["value"] for row in found["history.csv"]] == ["[…] nói"]
    assert found["visits.csv"][0]["A02"] == "[…] nói"
