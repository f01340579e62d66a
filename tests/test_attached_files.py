"""Choices and look-ups from attached files, in Python and in JavaScript; and what is said about files that do not fit."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from forms.engine import Engine, compile_checklist
from forms.evaluation import evaluate
from forms.faults import ChecklistError
from forms.module import module_of, table_data
from forms.xlsform.reader import read_checklist
from tests.attached_world import CHECKLIST, attached_files
from tests.javascript import run_module

SHARED = json.loads((Path(__file__).parent / "cases" / "attached.json").read_text(encoding="utf-8"))
FILES = {name: "\n".join(lines).encode() for name, lines in SHARED["files"].items()}
TODAY = "2025-08-19"
LIVE = """(requests) => requests.map(({answers, places}) => {
  const visit = open({answers: {}, today: "2025-08-19"});
  for (const [place, value] of Object.entries(answers)) visit.set(place, value);
  return {questions: visit.questions(), choices: Object.fromEntries(places.map((place) => [place, visit.choices(place)]))};
})"""


@cache
def engine() -> Engine:
    return compile_checklist(read_checklist("\n".join(SHARED["checklist"]).encode(), "cases.md", files=FILES)[0])


@cache
def in_javascript(apart: bool) -> list[Any]:
    """What the twin says to all cases, with the tables in its module or handed to it."""
    requests = [{"answers": case["answers"], "places": list(case.get("choices", {}))} for case in SHARED["cases"]]
    tables = {name: table_data(table) for name, table in engine().checklist.tables.items()}
    handed = f"attach({json.dumps(tables)});\n" if apart else ""
    return run_module(f"{module_of(engine(), tables if apart else ())}\n{handed}", f"({LIVE})({json.dumps(requests)})")


def told(case: dict[str, Any], questions: dict[str, Any], choices: dict[str, Any]) -> dict[str, Any]:
    return {
        "answers": case["answers"],
        "values": {path: questions[path]["value"] for path in case["values"]},
        "choices": choices,
        "faults": {path: questions[path]["fault"] for path in case.get("faults", {})},
    }


def expected(case: dict[str, Any]) -> dict[str, Any]:
    return {"choices": {}, "faults": {}} | case


@pytest.mark.parametrize("number", range(len(SHARED["cases"])))
def test_both_twins_read_attached_files_alike(number: int):
    case = SHARED["cases"][number]
    state = engine().open(case["answers"], TODAY)
    questions = evaluate(engine(), {"answers": case["answers"], "today": TODAY})["questions"]
    assert told(case, questions, {place: state.choices(place) for place in case.get("choices", {})}) == expected(case)
    for apart in (False, True):
        found = in_javascript(apart)[number]
        assert found["questions"] == questions
        assert told(case, found["questions"], found["choices"]) == expected(case)


def test_labels_of_choices_in_files_are_in_their_language():
    state = engine().open({"t": "38", "m": ["s1", "s4"]}, TODAY)
    assert [state.label("/t", (), "vi"), state.label("/t", (), "en"), state.label("/m", (), "vi")] == [
        "Thanh Hóa", "Thanh Hoa", "A 1, =D 4",
    ]  # fmt: skip


def faults(survey: str, **files: str) -> list[tuple[str, str, int]]:
    source = f"| survey |\n| | type | name | label | parameters | calculation | image |\n{survey}"
    named = {name.replace("__", "."): text.encode() for name, text in files.items()}
    with pytest.raises(ChecklistError) as caught:
        read_checklist(source.encode(), "f.md", files=named)
    return [(fault.code, fault.sheet, fault.row) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("survey", "files", "expected"),
    [
        ("| | select_one_from_file a.csv | q | Q | | | |", {}, ("file_missing", "survey", 2)),
        ("| | text | q | Q | | | anh.png |", {}, ("file_missing", "survey", 2)),
        ("| | csv-external | ds | | | | |\n| | text | q | Q | | | |", {}, ("file_missing", "survey", 2)),
        ("| | calculate | q | | | pulldata('ds', 'a', 'b', '1') | |", {}, ("file_missing", "survey", 2)),
        ("| | select_one_from_file ../a.csv | q | Q | | | |", {}, ("file_name_invalid", "survey", 2)),
        ("| | select_one_from_file a.txt | q | Q | | | |", {}, ("file_type_unsupported", "survey", 2)),
        ("| | select_one_from_file a.csv | q | Q | | | |", {"a__csv": "ma,ten\n1,A"}, ("file_column_missing", "survey", 2)),
        ("| | select_one_from_file a.csv | q | Q | value=x | | |", {"a__csv": "name,label\n1,A"}, ("file_column_missing", "survey", 2)),
        ("| | select_one_from_file a.csv | q | Q | | | |", {"a__csv": "name,label\n1,A\n1,B"}, ("file_value_twice", "a.csv", 3)),
        ("| | select_one_from_file a.csv | q | Q | | | |", {"a__csv": "name,label\n,A"}, ("file_value_missing", "a.csv", 2)),
        ("| | select_one_from_file a.csv | q | Q | | | |", {"a__csv": "name,label\n1,"}, ("file_label_missing", "a.csv", 2)),
        ("| | select_one_from_file a.csv | q | Q | | | |", {"a__csv": "name,label\n1,${q}"}, ("file_label_quotes", "a.csv", 2)),
        ("| | select_multiple_from_file a.csv | q | Q | | | |", {"a__csv": "name,label\nx y,A"}, ("file_value_spaced", "a.csv", 2)),
        ("| | calculate | q | | | pulldata('a', 'x', 'name', '1') | |", {"a__csv": "name,label\n1,A"}, ("column-unknown", "survey", 2)),
        ("| | select_one_from_file a.csv | q | Q | | | |\n| | select_one_from_file a.xml | p | P | | | |",
         {"a__csv": "name,label\n1,A", "a__xml": "<root><item><name>1</name><label>A</label></item></root>"}, ("file_clash", "survey", 3)),
        ("| | calculate | q | | | ${last-saved#q} | |", {}, ("reference-unsupported", "survey", 2)),
    ],
)  # fmt: skip
def test_files_that_do_not_fit_are_named_by_sheet_and_row(
    survey: str, files: dict[str, str], expected: tuple[str, str, int]
):
    assert faults(survey, **files)[0] == expected


def test_a_file_and_a_choice_list_of_one_name_are_told_apart():
    survey = (
        "| | select_one_from_file yn.csv | q | Q | | | |\n| choices |\n| | list_name | name | label |\n| | yn | 1 | A |"
    )
    assert faults(survey, yn__csv="name,label\n1,A") == [("file_clash", "survey", 2)]


def test_a_row_that_is_disabled_asks_for_no_file():
    survey = "| survey |\n| | type | name | label | disabled |\n| | csv-external | ds | | yes |\n| | text | q | Q | |"
    assert read_checklist(survey.encode(), "f.md")[0].files == {}


def test_the_checklist_keeps_the_hashes_of_the_files_it_uses_and_mentions_others():
    files = attached_files() | {"khac.csv": b"a,b\n1,2\n"}
    checklist, warnings = read_checklist(CHECKLIST.encode(), "truong.md", files=files)
    assert sorted(checklist.files) == ["anh.png", "diem.geojson", "tinh.csv", "truong.csv"]
    assert [(fault.code, fault.sheet) for fault in warnings] == [("file_unused", "khac.csv")]
    assert checklist.node("/A/A01").media == {"image": {"vi": "anh.png"}}
