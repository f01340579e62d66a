"""The answers to a checklist as CSV, Excel workbook, GeoJSON and JSON."""

from __future__ import annotations

import io
import json
from datetime import datetime

import pytest
from openpyxl import load_workbook

from survey.problems import Problem
from tests.answers_world import ANSWERS, CHECKLIST, DAY, HA_TRUNG, HAC_THANH, SECOND, plan, tables, taken_out, visit


@pytest.fixture
def answered(db, cast):
    plan(db, cast)
    visit(db, cast, "v1", HA_TRUNG, ANSWERS)


def test_csv_holds_a_row_for_a_visit_with_its_answers_as_stored(answered, db, tmp_path):
    [row] = tables(taken_out(db, tmp_path, internal=True))["visits.csv"]
    assert row == {
        "visit_id": "v1", "unit_code": HA_TRUNG, "unit_name": "Xã Hà Trung", "unit_kind": "xa", "province_code": "38",
        "province_name": "Thanh Hóa", "trip": "1/QĐ", "visited_on": DAY, "scope": "full", "checklist_version": "1",
        "state": "submitted", "submitted_at": f"{DAY}T10:00:00Z", "leader": "Nguyễn Văn Minh", "fictitious": "false",
        "total": "100.0", "level": "ready", "completeness": "1.0",
        "A02": "'=1+1", "who": "Lê Văn Tám", "A04": "yes", "A05": "2025-08-01", "A06#latitude": "20.05",
        "A06#longitude": "105.85", "A06#altitude": "12.0", "A06#accuracy": "4.5", "A07": "dvc vneid",
        "secret": "kín", "pc": "5", "double": "10", "why": "",
    }  # fmt: skip


def test_each_repeat_is_a_table_whose_rows_know_the_row_around_them(answered, db, tmp_path):
    found = tables(taken_out(db, tmp_path, internal=True))
    own = [[row["key"], row["parent_key"], row["position"], row["title"]] for row in found["room.csv"]]
    assert own == [
        ["v1/B/room[a]", "v1", "1", "Một cửa, gặp Lê Văn Tám"],
        ["v1/B/room[b]", "v1", "2", "Văn phòng"],
    ]
    desks = [[row["parent_key"], row["position"], row["seats"], row["fictitious"]] for row in found["desk.csv"]]
    assert desks == [
        ["v1/B/room[a]", "1", "2", "false"], ["v1/B/room[a]", "2", "3", "false"], ["v1/B/room[b]", "1", "1", "false"],
    ]  # fmt: skip


def test_labels_stand_in_the_language_that_is_asked_for(answered, db, tmp_path):
    [row] = tables(taken_out(db, tmp_path, words=True, language="en"))["visits.csv"]
    heads = ("Unit", "Kind of unit", "State", "Level", "Fictitious")
    assert [row[head] for head in heads] == ["Hà Trung Commune", "Commune", "Submitted", "Ready", "no"]
    assert (row["A04 May names be recorded?"], row["A07 Systems"]) == ("Yes", "Portal; VNeID")


def test_what_is_wanted_beside_the_answers_gets_columns_of_its_own(answered, db, tmp_path):
    [row] = tables(taken_out(db, tmp_path, scores=True, notes=True, choices=True))["visits.csv"]
    wanted = ("A07/dvc", "A07/vneid", "pc#note", "pc#state", "pc#score", "B#section")
    assert [row[name] for name in wanted] == ["1", "1", "Đếm tại chỗ", "", "1.0", "100.0"]


def test_the_shared_copy_holds_nothing_confidential_or_personal(answered, db, tmp_path):
    body = taken_out(db, tmp_path, history=True, notes=True)
    found = tables(body)
    assert [name for name in ("who", "secret") if name in found["visits.csv"][0]] == []
    assert found["room.csv"][0]["title"] == "Một cửa, gặp […]"
    text = json.dumps(found, ensure_ascii=False)
    assert [word for word in ("Tám", "kín", "secret") if word in text] == []


def test_personal_answers_need_consent_in_the_full_copy_too(db, cast, tmp_path):
    named = "| form_id | version | form_title | instance_name |\n| | thu | 1 | Phiếu thử | ${who} |"
    plan(db, cast, CHECKLIST.replace("| form_id | version | form_title |\n| | thu | 1 | Phiếu thử |", named))
    visit(db, cast, "v1", HA_TRUNG, ANSWERS | {"/A/A04": "no"})
    [row] = tables(taken_out(db, tmp_path, internal=True, history=True))["visits.csv"]
    assert (row["who"], row["instance_name"], row["secret"]) == ("", "", "kín")


def test_workbook_opens_with_texts_as_texts_days_as_days_and_a_sheet_for_each_repeat(answered, db, tmp_path):
    book = load_workbook(io.BytesIO(taken_out(db, tmp_path, form="xlsx", internal=True, history=True)))
    assert book.sheetnames == ["visits", "room", "desk", "history", "columns", "about"]
    assert {row[0] for row in book["columns"].iter_rows(min_row=2, values_only=True)} == {"visits", "room", "desk"}
    heads, values = [list(row) for row in book["visits"].iter_rows()]
    cells = {head.value: value for head, value in zip(heads, values, strict=True)}
    assert [cells[name].value for name in ("A02", "A05", "A06#latitude", "pc", "fictitious")] == [
        "=1+1", datetime(2025, 8, 1), 20.05, 5, False
    ]  # fmt: skip
    assert (cells["A02"].data_type, cells["unit_code"].value) == ("s", HA_TRUNG)
    assert [list(row)[-1] for row in book["desk"].iter_rows(min_row=2, values_only=True)] == [2, 3, 1]


def test_json_holds_the_instances_of_repeats_inside_and_leaves_out_what_does_not_apply(answered, db, tmp_path):
    [one] = json.loads(taken_out(db, tmp_path, form="json", internal=True, scores=True, notes=True))
    assert (one["visit_id"], one["fictitious"], one["scores"]) == (
        "v1",
        False,
        {"sections": {"B": 100.0}, "items": {"pc": 1.0}},
    )
    assert one["notes"] == {"pc": {"note": "Đếm tại chỗ"}}
    assert "why" not in one["answers"]
    room = one["answers"]["room"][1]
    desk = {"key": "v1/B/room[b]/desk[x]", "position": 1, "answers": {"seats": 1}}
    assert room == {"key": "v1/B/room[b]", "position": 2, "answers": {"title": "Văn phòng", "desk": [desk]}}


def test_geojson_draws_a_visit_at_its_unit_or_where_it_was_answered(answered, db, tmp_path):
    at_unit = json.loads(taken_out(db, tmp_path, form="geojson"))["features"][0]
    answered_at = json.loads(taken_out(db, tmp_path, form="geojson", place="A06"))["features"][0]
    assert [round(part) for part in at_unit["geometry"]["coordinates"]] == [106, 20]
    assert answered_at["geometry"] == {"type": "Point", "coordinates": [105.85, 20.05, 12.0]}
    assert (at_unit["id"], at_unit["properties"]["A07"]) == ("v1", "dvc vneid")


def test_an_unknown_place_is_refused(answered, db, tmp_path):
    with pytest.raises(Problem) as raised:
        taken_out(db, tmp_path, form="geojson", place="who")
    assert (raised.value.code, raised.value.details) == ("answers_no_place", {"name": "who"})


def test_versions_share_the_columns_of_questions_with_one_name(db, cast, tmp_path):
    plan(db, cast, CHECKLIST, SECOND)
    visit(db, cast, "v1", HA_TRUNG, {"/A/A02": "cũ", "/B/pc": 1, "/B/why": "mới mua"})
    visit(db, cast, "v2", HAC_THANH, {"/A/A03": "mới", "/B/pc": 4}, version="2")
    rows = tables(taken_out(db, tmp_path))["visits.csv"]
    names = ("checklist_version", "A02", "A03", "pc", "why", "total")
    assert [[row[name] for name in names] for row in rows] == [
        ["1", "cũ", "", "1", "mới mua", "50.0"], ["2", "", "mới", "4", "", "100.0"],
    ]  # fmt: skip


def test_visits_are_narrowed_by_state_day_province_version_and_fiction(db, cast, tmp_path):
    plan(db, cast)
    visit(db, cast, "v1", HA_TRUNG, {"/B/pc": 1}, draft=True)
    visit(db, cast, "v2", HAC_THANH, {"/B/pc": 2}, fictitious=True, day="2025-08-20")
    scopes = [
        {}, {"state": "draft"}, {"start": "2025-08-20"}, {"end": DAY}, {"province": "38"}, {"province": "91"},
        {"fictitious": "real"}, {"fictitious": "fictitious"}, {"versions": ("2",)},
    ]  # fmt: skip
    found = [tables(taken_out(db, tmp_path, scope=scope))["visits.csv"] for scope in scopes]
    assert [[row["visit_id"] for row in rows] for rows in found] == [
        ["v1", "v2"], ["v1"], ["v2"], ["v1"], ["v1", "v2"], [], ["v1"], ["v2"], [],
    ]  # fmt: skip


def test_a_draft_is_exported_as_its_answers_stand(db, cast, tmp_path):
    plan(db, cast)
    visit(db, cast, "v1", HA_TRUNG, {"/B/pc": 3}, draft=True, fictitious=True)
    [row] = tables(taken_out(db, tmp_path))["visits.csv"]
    assert [row[name] for name in ("state", "fictitious", "pc", "double", "total")] == [
        "draft",
        "true",
        "3",
        "6",
        "50.0",
    ]


def test_without_visits_there_are_only_the_heads(db, cast, tmp_path):
    plan(db, cast)
    found = tables(taken_out(db, tmp_path, history=True))
    assert {name: rows for name, rows in found.items() if name not in ("columns.csv", "about.csv")} == {
        "visits.csv": [], "room.csv": [], "desk.csv": [], "history.csv": [],
    }  # fmt: skip
    assert json.loads(taken_out(db, tmp_path, form="json")) == []
    assert json.loads(taken_out(db, tmp_path, form="geojson"))["features"] == []


def test_a_checklist_that_nobody_published_is_refused(db, tmp_path):
    with pytest.raises(Problem) as raised:
        taken_out(db, tmp_path)
    assert raised.value.code == "answers_no_checklist"


def test_what_the_log_answers_itself_is_exported_of_drafts_too(db, cast, tmp_path):
    plan(db, cast, CHECKLIST.replace("| | integer | pc |", "| | username | by | | | | | | | | |\n| | integer | pc |"))
    visit(db, cast, "v1", HA_TRUNG, {"/B/pc": 3}, draft=True)
    visit(db, cast, "v2", HAC_THANH, {"/B/pc": 3})
    assert [row["by"] for row in tables(taken_out(db, tmp_path))["visits.csv"]] == ["Trần Thị Lan", "Trần Thị Lan"]


def test_a_draft_keeps_what_its_version_no_longer_takes_in_the_history_alone(db, cast, tmp_path):
    plan(db, cast, CHECKLIST, SECOND)
    visit(db, cast, "v1", HA_TRUNG, {"/A/A02": "cũ", "/B/pc": "năm"}, version="2", draft=True)
    found = tables(taken_out(db, tmp_path, internal=True, history=True))
    assert (found["visits.csv"][0]["pc"], "A02" in found["visits.csv"][0]) == ("", False)
    assert [(row["path"], row["value"]) for row in found["history.csv"]] == [("/A/A02", "cũ"), ("/B/pc", "năm")]


QUOTING = """
| survey |
| | type | name | label | personal |
| | begin_group | A | Hộ | |
| | text | head | Chủ hộ | yes |
| | select_one who | asked | Ai trả lời? | |
| | begin_repeat | child | Con | |
| | text | name | Tên | |
| | select_one at | at | Đi học? | |
| | end_repeat | | | |
| | end_group | | | |
| choices |
| | list_name | name | label |
| | who | wife | Vợ của ${head} |
| | at | yes | ${name}, con ${head}, đã đi học |
| settings |
| | form_id | version | form_title |
| | thu | 1 | Phiếu thử |
"""


def test_choices_tell_what_they_quote_as_far_as_the_copy_shows_it(db, cast, tmp_path):
    plan(db, cast, QUOTING)
    answers = {"/A/head": "An", "/A/asked": "wife", "/A/child[a]/name": "Bình", "/A/child[a]/at": "yes"}
    visit(db, cast, "v1", HA_TRUNG, answers | {"/A/child[b]/name": "Chi", "/A/child[b]/at": "yes"})
    for internal, head in ((True, "An"), (False, "…")):
        found = tables(taken_out(db, tmp_path, words=True, internal=internal))
        assert next(text for name, text in found["visits.csv"][0].items() if "Ai trả lời?" in name) == f"Vợ của {head}"
        assert [text for row in found["child.csv"] for name, text in row.items() if "Đi học?" in name] == [
            f"{name}, con {head}, đã đi học" for name in ("Bình", "Chi")
        ]
        [line] = json.loads(taken_out(db, tmp_path, words=True, internal=internal, form="json"))
        assert line["answers"]["child"][1]["answers"]["at"] == f"Chi, con {head}, đã đi học"
