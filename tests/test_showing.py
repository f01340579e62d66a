"""How questions are shown: what is read of appearances, guidance, triggers, languages and foreign columns."""

from __future__ import annotations

import pytest

from forms.engine import compile_checklist
from tests.written_forms import CHOICES, SETTINGS, faults, read

TODAY = "2025-08-19"


def survey(*rows: str, columns: str = "type | name | label") -> str:
    lines = [f"| | {row} |" for row in (columns, *rows)]
    return "\n".join(["| survey |", *lines]) + SETTINGS.replace("    |", "|")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("select_one yn | a | A | minimal columns-3 w2", []),
        ("integer | a | A | likert", [("appearance_without_effect", "survey", 2)]),
        ("text | a | A | sparkling", [("appearance_without_effect", "survey", 2)]),
        ("text | a | A | ex:org.example.app(x=1)", [("appearance_external", "survey", 2)]),
    ],
)
def test_appearances_that_mean_nothing_are_mentioned(row: str, expected: list[tuple[str, str, int]]):
    found = faults(
        survey(row, columns="type | name | label | appearance") + (CHOICES.replace("    |", "|") if "yn" in row else "")
    )
    assert [one for one in found if one[0].startswith("appearance")] == expected


@pytest.mark.parametrize(
    ("column", "code"),
    [
        ("bind::oc:itemgroup", "column_without_effect"),
        ("body::accuracyThreshold", "column_without_effect"),
        ("instance::odk:tag", "column_without_effect"),
        ("rows", "setting_not_used"),
        ("bind::type", "column_unsupported"),
        ("control::intent", "column_unsupported"),
        ("bind::jr:preload", "column_unsupported"),
    ],
)
def test_columns_for_other_tools_are_refused_only_when_they_change_the_form(column: str, code: str):
    found = faults(survey("text | a | A | g1", columns=f"type | name | label | {column}"))
    assert next(one[0] for one in found if one[0].startswith(("column", "setting_not"))) == code


@pytest.mark.parametrize(
    ("trigger", "code"),
    [("a", "trigger_invalid"), ("${x}", "reference_unknown"), ("${n}", "trigger_not_answered"), ("${a}, ${b}", "")],
)
def test_a_trigger_names_questions_that_are_answered(trigger: str, code: str):
    rows = ("text | a | A | |", "text | b | B | |", "note | n | N | |", f"text | c | C | 1 + 1 | {trigger}")
    found = faults(survey(*rows, columns="type | name | label | calculation | trigger"))
    assert [one[0] for one in found if "trigger" in one[0] or "reference" in one[0]] == ([code] if code else [])


def test_a_disabled_row_does_not_stand_there():
    form = read(survey("text | a | A | ", "text | b | B | yes", columns="type | name | label | disabled"))[0]
    assert [node.name for node in form.nodes] == ["a"]


def test_texts_fall_back_on_the_default_language_and_the_check_names_what_is_missing():
    columns = "type | name | label::Français (fr) | label::Tiếng Việt (vi) | guidance_hint::Tiếng Việt (vi)"
    form, warnings = read(survey("text | a | Nom | Tên | Ghi đủ", "text | b | | Tuổi | ", columns=columns))
    missing = [
        (one.row, one.column, one.text["en"].split("“")[2][:2]) for one in warnings if one.code == "translation_missing"
    ]
    assert missing == [(1, "form_title", "fr"), (2, "guidance_hint", "fr"), (3, "label", "fr")] or missing[-2:] == [
        (2, "guidance_hint", "fr"), (3, "label", "fr"),
    ]  # fmt: skip
    assert [list(node.label) for node in form.nodes] == [["vi", "fr"], ["vi"]]


@pytest.mark.parametrize(("name", "code"), [("English", "en"), ("Bahasa Indonesia", "id"), ("Tày", "tày")])
def test_a_language_is_known_by_its_name_or_stands_for_itself(name: str, code: str):
    form, warnings = read(survey("text | a | Tên | Name", columns=f"type | name | label | label::{name}"))
    assert form.languages == ["vi", code]
    assert ("language_without_code" in [one.code for one in warnings]) == (name == "Tày")


def test_choices_quote_answers_and_say_so_in_words():
    form = read(survey("text | who | Ai | ", "select_one l | a | Chọn | Hỏi ${who}", columns="type | name | label | guidance_hint") + "\n| choices |\n| | list_name | name | label |\n| | l | 1 | Chỉ ${who} |\n")[0]  # fmt: skip
    state = compile_checklist(form).open({"who": "Lan", "a": "1"}, TODAY)
    assert state.label("/a", ()) == "Chỉ Lan"
    state.set("who", "Minh")
    assert state.result("/a", "label", ()) == {"guidance_hint": {"vi": "Hỏi Minh"}, "choice:1": {"vi": "Chỉ Minh"}}


def test_choices_that_quote_one_another_are_refused():
    rows = ("select_one l | a | A", "select_one m | b | B")
    more = "\n| choices |\n| | list_name | name | label |\n| | l | 1 | Như ${b} |\n| | m | 1 | Như ${a} |\n"
    assert faults(survey(*rows) + more) == [
        ("choice_quotes_choice", "choices", 2),
        ("choice_quotes_choice", "choices", 3),
    ]


def test_the_settings_name_the_visit_after_its_answers():
    settings = "\n| settings |\n| | form_id | version | form_title | instance_name | style |\n| | f | 1 | F | concat(${a}, '!') | pages |\n"
    form, warnings = read("| survey |\n| | type | name | label |\n| | text | a | A |\n" + settings)
    assert [one.code for one in warnings] == []
    assert compile_checklist(form).open({"a": "Lan"}, TODAY).instance_name() == "Lan!"
