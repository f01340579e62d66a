"""The shared cases: what a checklist says about answers, in Python and in JavaScript."""

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
from tests.javascript import run_module

SHARED = json.loads((Path(__file__).parent / "cases" / "assessments.json").read_text(encoding="utf-8"))
CASES = SHARED["cases"]
TODAY = "2025-08-19"


@cache
def engine_of(name: str) -> Engine:
    return compile_checklist(read_checklist("\n".join(SHARED["checklists"][name]).encode(), f"{name}.md")[0])


@cache
def results_in_javascript(name: str) -> list[Any]:
    requests = json.dumps([case["request"] for case in CASES if case["checklist"] == name])
    return run_module(module_of(engine_of(name)), f"{requests}.map((request) => evaluate(request))")


def pick(result: Any, path: str) -> Any:
    """The value at `questions./C/C01.score`."""
    for key in path.split("."):
        result = result[int(key)] if isinstance(result, list) else result[key]
    return result


def shown(result: Any, case: dict[str, Any]) -> dict[str, Any]:
    return {path: pick(result, path) for path in case["expect"]}


def about(value: Any) -> Any:
    """The value, its numbers to nine decimals."""
    if isinstance(value, dict):
        return {key: about(one) for key, one in value.items()}
    if isinstance(value, list):
        return [about(one) for one in value]
    return round(value, 9) if isinstance(value, int | float) and not isinstance(value, bool) else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_evaluate_gives_what_the_case_expects(case):
    result = evaluate(engine_of(case["checklist"]), case["request"])
    assert about(shown(result, case)) == about(case["expect"])


@pytest.mark.parametrize("number", range(len(CASES)))
def test_javascript_gives_the_whole_result_of_python(number):
    case = CASES[number]
    place = [other for other in CASES if other["checklist"] == case["checklist"]].index(case)
    result = evaluate(engine_of(case["checklist"]), case["request"])
    assert results_in_javascript(case["checklist"])[place] == json.loads(json.dumps(result))


def test_unknown_names_are_all_listed_with_the_closest_ones():
    with pytest.raises(UnknownNameError) as caught:
        evaluate(engine_of("tools"), {"answers": {"C1": 1, "/E/who/skill": "3", "name": "Lan"}, "today": TODAY})
    assert caught.value.names == {"C1": ["C01"], "/E/who/skill": ["/E/who[1]/skill"], "name": ["/E/who[1]/name"]}


WRONG = {"/C/C01": "20", "/E/who[1]/name": 5, "E02": 3}


def test_values_of_a_wrong_type_are_all_named():
    with pytest.raises(WrongValueError) as caught:
        evaluate(engine_of("tools"), {"answers": WRONG, "today": TODAY})
    assert caught.value.say("vi") == "C01: Cần một số.\n/E/who[1]/name: Cần một đoạn chữ."
    assert caught.value.say("en") == "C01: Must be a number.\n/E/who[1]/name: Must be text."


def test_javascript_names_the_same_wrong_values():
    request = json.dumps({"answers": WRONG, "today": TODAY})
    call = f"(() => {{ try {{ evaluate({request}); }} catch (e) {{ return [e, ...e.more].map((one) => [one.question, one.text.vi]); }} }})()"
    found = run_module(module_of(engine_of("tools")), call)
    assert found == [["/C/C01", "Cần một số."], ["/E/who[1]/name", "Cần một đoạn chữ."]]


OFFICES = [
    ("/B/office[1]/B01", "yes", True),
    ("/B/office[2]", True, False),
    ("/B/office[2]/B01", "no", True),
    ("/B/office[2]/B01", "na", True),
    ("/B/office[1]/B01", "no", False),
    ("/B/office[1]", False, False),
    ("/B/office[2]/B01", "yes", True),
]
"""Answers one after the other, and whether the mean level of the offices is 1 or more after each."""


def test_mean_of_a_repeat_follows_its_instances():
    state = engine_of("offices").open({}, today=TODAY)
    found = [
        (place, value, bool(state.set(place, value)) and state.question("B02")["relevant"])
        for place, value, _ in OFFICES
    ]
    assert found == OFFICES


def test_mean_of_a_repeat_follows_its_instances_in_javascript():
    call = f"""((steps) => {{
      const live = open({{answers: {{}}, today: "{TODAY}"}});
      return steps.map(([place, value]) => [place, value, live.set(place, value) && live.question("B02").relevant]);
    }})({json.dumps(OFFICES)})"""
    assert run_module(module_of(engine_of("offices")), call) == [list(step) for step in OFFICES]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("${C01} div ${E02}", {"result": 0.8, "type": "number"}),
        ("${C02}", {"result": ["3"], "type": "nodeset"}),
        ("${C01} > 3", {"result": True, "type": "boolean"}),
        ("concat(${C02}, '-', ${C01})", {"result": "3-16", "type": "string"}),
        ("number('x')", {"result": "NaN", "type": "number"}),
        ("${C01}", {"result": [16], "type": "nodeset"}),
        ("total()", {"result": "NaN", "type": "number"}),
    ],
)
def test_one_expression_is_evaluated_in_the_context_of_the_form(expression, expected):
    answers = {"C01": 16, "C02": "3", "E02": 20}
    assert evaluate(engine_of("tools"), {"answers": answers, "today": TODAY, "expr": expression}) == expected
