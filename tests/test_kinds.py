"""The types that few checklists have: the same is kept, refused, found faulty and said in Python and in JavaScript."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from forms.answers import WrongValueError
from forms.engine import Engine, compile_checklist
from forms.module import module_of, needs_kinds
from forms.xlsform.reader import read_checklist
from forms.xlsform.spreadsheet import export_xlsx
from tests.javascript import run_module
from tests.small_checklists import small_checklist

SHARED = json.loads((Path(__file__).parent / "cases" / "kinds.json").read_text(encoding="utf-8"))
SOURCE = "\n".join(SHARED["checklist"]).encode()
CASES = SHARED["cases"]
TODAY = "2025-08-19"
HELD = {
    "opens": "07:30", "seen": "2025-08-19T07:30:00.000+07:00", "founded": "1986-01-01", "satisfied": 7.5,
    "ranked": ["money", "people", "network"], "first": "other", "first_other": "Đường truyền",
}  # fmt: skip


@cache
def engine() -> Engine:
    return compile_checklist(read_checklist(SOURCE, "kinds.md")[0])


def outcome(name: str, value: Any) -> dict[str, Any]:
    try:
        state = engine().open({name: value}, TODAY)
    except WrongValueError as error:
        return {"refused": error.code}
    kept, fault = state.answers()[f"/{name}"], state.question(f"/{name}")["fault"]
    return {"kept": kept, "fault": fault, "says": [state.label(f"/{name}", (), code) for code in ("vi", "en")]}


@cache
def outcomes_in_javascript() -> list[dict[str, Any]]:
    call = """CASES.map(({ reference, value }) => {
      try {
        const live = open({ answers: { [reference]: value }, today: "2025-08-19" });
        const place = `/${reference}`;
        const says = ["vi", "en"].map((code) => live.label(place, code));
        return { kept: live.answers()[place], fault: live.question(place).fault, says };
      } catch (error) {
        return { refused: error.code ?? String(error) };
      }
    })"""
    found: list[dict[str, Any]] = run_module(module_of(engine()), call.replace("CASES", json.dumps(CASES)))
    return found


def agrees(found: dict[str, Any], case: dict[str, Any]) -> bool:
    """Whether the outcome is that of the case; a value that is kept has a fault only if the case says so."""
    if "refused" in case:
        return found == {"refused": case["refused"]}
    says = case.get("says", found["says"])
    return found == {"kept": case["kept"], "fault": case.get("fault"), "says": says}


@pytest.mark.parametrize("number", range(len(CASES)))
def test_both_twins_keep_refuse_judge_and_say_a_value_alike(number: int):
    case, in_javascript = CASES[number], outcomes_in_javascript()[number]
    in_python = outcome(case["reference"], case["value"])
    assert (agrees(in_python, case), in_javascript) == (True, in_python), in_python


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("decimal-time(${opens})", 0.3125),
        ("${satisfied} * 2", 15),
        ("selected-at(${ranked}, 0)", "money"),
        ("count-selected(${ranked})", 3),
        ("format-date(${seen}, '%d/%m %H:%M')", "19/08 07:30"),
        ("${seen} > ${founded}", True),
        ("string(${on})", TODAY),
        ("concat(${first_other}, 1)", "Đường truyền1"),
        ("string-length(${audit})", 0),
        ("${read} = ''", True),
    ],
)
def test_expressions_read_them_as_what_they_are(expression: str, value: Any):
    state = engine().open(HELD, TODAY)
    assert engine().formulas.compile(expression, "", "expression").run(state, ()) == value


def test_what_is_other_is_asked_only_when_it_was_chosen():
    state = engine().open({"first": "people"}, TODAY)
    assert (state.question("/first_other")["relevant"], state.set("/first", "other")) == (
        False, {"/first", "/first_other"},
    )  # fmt: skip


def test_checklists_without_such_questions_carry_nothing_of_them():
    plain = small_checklist({"type": "date", "name": "a"}, {"type": "image", "name": "b"})
    dated = small_checklist({"type": "date", "name": "a", "precision": "year"})
    assert (needs_kinds(plain), needs_kinds(dated)) == (False, True)
    assert "isOff([" not in module_of(compile_checklist(plain))


def test_excel_keeps_every_type():
    again, _ = read_checklist(export_xlsx(SOURCE, "kinds.md"), "kinds.xlsx")
    assert again == engine().checklist
