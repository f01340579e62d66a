"""The column `parameters`, and what `or_other` adds: read as other tools read them, or refused with the reason."""

from __future__ import annotations

import pytest

from forms.checklist import Choice, Node
from forms.xlsform.sliders import read_slider
from tests.written_forms import CHOICES, SETTINGS, read, survey_faults


@pytest.mark.parametrize(
    ("given", "slider"),
    [
        ({}, (1, 10, 1)),
        ({"start": "0", "end": "2.5", "step": "0.5"}, (0, 2.5, 0.5)),
        ({"start": "10", "end": "0", "step": "-2"}, (0, 10, 2)),
    ],
)
def test_a_slider_has_start_end_and_step(given: dict[str, str], slider: tuple[float, float, float]):
    assert read_slider(given) == slider


@pytest.mark.parametrize(
    ("kind", "parameters", "code"),
    [
        ("range", "start=5 end=5", "range_invalid"),
        ("range", "start=a", "range_invalid"),
        ("range", "step=0", "range_invalid"),
        ("range", "step=20", "range_invalid"),
        ("range", "end=1000000 step=1", "range_invalid"),
        ("range", "begin=1", "parameters_unsupported"),
        ("range", "start 1", "parameters_unsupported"),
        ("text", "start=1", "parameters_unsupported"),
        ("image", "max-pixels=5", "parameters_unsupported"),
    ],
)
def test_parameters_that_cannot_be_used_are_refused(kind: str, parameters: str, code: str):
    rows = f"| survey |\n| | type | name | label | parameters |\n| | {kind} | a | A | {parameters} |\n"
    assert survey_faults(rows) == [(code, 2)]


def test_parameters_that_change_nothing_are_mentioned():
    rows = "| survey |\n| | type | name | label | parameters |\n| | audio | a | A | quality=low |\n" + SETTINGS
    checklist, warnings = read(rows)
    assert (checklist.nodes[0].type, [warning.code for warning in warnings]) == ("audio", ["parameter_idle"])


def test_or_other_adds_a_choice_and_the_question_which():
    checklist, _ = read(
        "| survey |\n| | type | name | label |\n| | select_one yn or_other | a | A |\n" + CHOICES + SETTINGS
    )
    label = {"vi": "Ghi rõ nội dung khác"}
    assert checklist.nodes[1] == Node(
        type="text", name="a_other", path="/a_other", row=2, label=label, relevant="selected(../a, 'other')"
    )
    assert checklist.choices["yn"][-1] == Choice(
        name="other", label={"vi": "Khác"}, row=checklist.choices["yn"][-2].row
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("| | select_one yn or_other | a | A | name = 'yes' |", [("or_other_filtered", 2)]),
        ("| | text | a_other | B | |\n| | select_one yn or_other | a | A | |", [("name_twice", 3)]),
        ("| | begin_repeat | r | R | |\n| | start | a | | |\n| | end_repeat | | | |", [("recorded_in_repeat", 3)]),
    ],
)
def test_what_cannot_be_added_or_recorded_there_is_refused(rows: str, expected: list[tuple[str, int]]):
    form = f"| survey |\n| | type | name | label | choice_filter |\n{rows}\n"
    assert [fault for fault in survey_faults(form + CHOICES) if fault[0] != "list_unused"] == expected
