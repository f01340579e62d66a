"""Photos, recordings, files and captions as answers: the same is kept and refused in Python and in JavaScript."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from forms.answers import UnknownNameError, WrongValueError
from forms.engine import Engine, compile_checklist
from forms.evaluation import evaluate
from forms.module import module_of
from forms.xlsform.reader import read_checklist
from forms.xlsform.spreadsheet import export_xlsx
from tests.javascript import run_module

SHARED = json.loads((Path(__file__).parent / "cases" / "evidence.json").read_text(encoding="utf-8"))
SOURCE = "\n".join(SHARED["checklist"]).encode()
CASES = SHARED["cases"]
TODAY = "2025-08-19"
ONE, TWO = "a" * 64, "b" * 64


@cache
def engine() -> Engine:
    return compile_checklist(read_checklist(SOURCE, "evidence.md")[0])


def outcome(reference: str, value: Any) -> dict[str, Any]:
    try:
        return {"kept": engine().open({reference: value}, TODAY).answers()}
    except UnknownNameError:
        return {"refused": "unknown"}
    except WrongValueError as error:
        return {"refused": error.code}


@cache
def outcomes_in_javascript() -> list[dict[str, Any]]:
    call = """CASES.map(({ reference, value }) => {
      try {
        return { kept: open({ answers: { [reference]: value }, today: "2025-08-19" }).answers() };
      } catch (error) {
        return { refused: error.code ?? "unknown" };
      }
    })"""
    found: list[dict[str, Any]] = run_module(module_of(engine()), call.replace("CASES", json.dumps(CASES)))
    return found


def expected(case: dict[str, Any]) -> dict[str, Any]:
    return {name: case[name] for name in ("kept", "refused") if name in case}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["reference"][:30])
def test_a_value_is_kept_or_refused(case: dict[str, Any]):
    assert outcome(case["reference"], case["value"]) == expected(case)


@pytest.mark.parametrize("number", range(len(CASES)))
def test_javascript_keeps_and_refuses_the_same(number: int):
    assert outcomes_in_javascript()[number] == expected(CASES[number])


def test_a_text_that_is_too_long_for_a_caption_is_refused():
    assert outcome(f"/photos#caption.{ONE}", "x" * 20_001) == {"refused": "text"}


NOTED = {
    "papers": [ONE, TWO],
    "code": "SC-01",
    f"/papers#caption.{ONE}": "Quyết định",
    f"/papers#caption.{TWO}": "Kế hoạch",
}


def test_files_are_counted_in_words_and_captions_change_nothing():
    state = engine().open(NOTED, TODAY)
    assert state.wording("counted")[0] == {"vi": "Có 2 tệp"}
    without = {name: value for name, value in NOTED.items() if "#" not in name}
    assert evaluate(engine(), {"answers": NOTED, "today": TODAY}) == evaluate(
        engine(), {"answers": without, "today": TODAY}
    )
    assert state.set(f"/papers#caption.{ONE}", "Quyết định số 5") == {"/papers"}


def test_javascript_says_the_same_about_files_and_captions():
    request = {"answers": NOTED, "today": TODAY}
    call = f"(() => {{ const r = {json.dumps(request)}; return [evaluate(r), open(r).wording('counted').label]; }})()"
    result = json.loads(json.dumps(evaluate(engine(), request)))
    assert run_module(module_of(engine()), call) == [result, {"vi": "Có 2 tệp"}]


def test_expressions_count_files():
    request = {"answers": NOTED, "today": TODAY, "expr": "concat(count-selected(${papers}), ' ', ${code})"}
    assert evaluate(engine(), request)["result"] == "2 SC-01"


def test_other_tools_take_a_form_with_files_without_a_word():
    # Late: importing pyxform takes more than a second.
    from pyxform.xls2xform import convert

    warnings: list[str] = []
    convert(export_xlsx(SOURCE, "evidence.md"), warnings=warnings)
    assert warnings == []
