"""Which control each question gets, and what a short visit leaves out."""

from __future__ import annotations

import pytest

from forms.checklist import Checklist
from forms.library import library_source
from forms.xlsform.reader import read_checklist
from survey.field.outline import code_of, outline_of
from tests.field_world import CHECKLIST


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    return read_checklist(CHECKLIST.encode(), "thu.md")[0]


def test_each_question_gets_the_control_of_its_type(checklist: Checklist):
    controls = {item.code: item.control for part in outline_of(checklist) for item in part.items}
    assert controls == {
        "A01": "unit", "A02": "text", "A03": "date", "A04": "place", "A05": "photos", "A06": "signature", "A07": "repeat",
        "B01": "levels", "B02": "seg", "B03": "text", "B04": "chips", "B05": "stepper", "B06": "decimal",
    }  # fmt: skip


def test_recordings_files_and_codes_have_controls_of_their_own():
    form = "| survey |\n| | type | name | label |\n| | audio | a | A |\n| | file | b | B |\n| | barcode | c | C |\n"
    items = outline_of(read_checklist(form.encode(), "thu.md")[0])[0].items
    assert [(item.control, item.is_question) for item in items] == [("audio", True), ("file", True), ("barcode", True)]


def test_questions_of_a_repeat_have_a_place_for_the_key(checklist: Checklist):
    officers = outline_of(checklist)[0].items[-1]
    assert [(part.place, part.id) for part in officers.parts] == [
        ("/A/A07[{A07}]/A07_name", "A07_name-{A07}"),
        ("/A/A07[{A07}]/A07_age", "A07_age-{A07}"),
    ]


def test_a_rubric_has_levels_and_na_is_offered_once(checklist: Checklist):
    accounts, updated = outline_of(checklist)[1].items[:2]
    assert ([option.level for option in accounts.options], accounts.may_be_na) == ([0, 1, 2, 3], True)
    assert ([option.mark for option in updated.options], updated.may_be_na) == (["check", "half", "x", "dash"], False)


def test_a_short_visit_leaves_out_what_is_not_core(checklist: Checklist):
    assert [item.code for part in outline_of(checklist, "core") for item in part.items] == [
        "A01",
        "A02",
        "B01",
        "B02",
        "B03",
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("F01", "F01"),
        ("F01_from", "F01"),
        ("q2b", "q2b"),
        ("A", "A"),
        ("who", ""),
        ("men_total", ""),
        ("respondent_name", ""),
    ],
)
def test_codes_fit_into_the_margin(name: str, code: str):
    assert code_of(name) == code


@pytest.mark.parametrize("name", ["commune", "department", "provincial_centre"])
def test_every_question_of_the_library_stands_on_one_page(name: str):
    library = read_checklist(library_source(name), f"{name}.md")[0]
    shown = [
        item.node.name for part in outline_of(library) for top in part.items for item in top.walk() if item.is_question
    ]
    asked = [node.name for node in library.walk() if node.type not in {"group", "repeat", "note", "calculate"}]
    assert shown == asked
