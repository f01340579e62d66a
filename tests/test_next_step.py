"""The least change of a number that scores better."""

from __future__ import annotations

import json

import pytest
from javascript import run_module

from forms.checklist import Section
from forms.engine import compile_checklist
from forms.module import compile_module
from tests.small_checklists import small_checklist, state_of

SHARE = "if(. >= 95, 1, if(. >= 80, 2 div 3, if(. >= 50, 1 div 3, 0)))"
SPARE = "if(${n} div ${staff} >= 1, 1, if(${n} div ${staff} >= 0.9, 2 div 3, 0))"
TIME = "if(. <= 15, 1, if(. <= 30, 2 div 3, 0))"


def step(kind: str, score: str, value: float, constraint: str | None = None):
    facts = {"weight": 1, "section": "C", "score": score, "constraint": constraint}
    section = Section(name="C", label={"vi": "C"}, weight=1)
    rows = [{"name": "staff"}, {"type": kind, "name": "n", **facts}]
    state = state_of(*rows, sections=[section], answers={"staff": 20, "n": value})
    found = state.next_step("n")
    assert state.question("n")["value"] == value
    return found


@pytest.mark.parametrize(
    ("kind", "score", "value", "constraint", "expected"),
    [
        ("integer", SPARE, 16, None, {"value": 18, "delta": 2, "to": 2 / 3}),
        ("integer", SPARE, 18, None, {"value": 20, "delta": 2, "to": 1.0}),
        ("integer", SPARE, 20, None, None),
        ("integer", TIME, 45, None, {"value": 30, "delta": -15, "to": 2 / 3}),
        ("integer", ". div 149470", 15, None, {"value": 49824, "delta": 49809, "to": pytest.approx(1 / 3, abs=1e-5)}),
        ("decimal", SHARE, 62.35, ". <= 100", {"value": 80, "delta": pytest.approx(17.65), "to": 2 / 3}),
        ("decimal", SHARE, 94.5, ". <= 94.9", None),
    ],
)
def test_the_nearest_better_answer_is_found(kind, score, value, constraint, expected):
    assert step(kind, score, value, constraint) == expected


def test_an_answer_that_counts_through_a_calculation_is_tried_with_it_on_both_twins():
    rows = [
        {"name": "n", "weight": 1, "section": "C", "score": "if(${twice} >= 25, 1, 0)"},
        {"type": "calculate", "name": "twice", "calculation": "${n} * 2"},
    ]
    checklist = small_checklist(*rows, sections=[Section(name="C", label={"vi": "C"}, weight=1)])
    request = {"answers": {"n": 7}, "today": "2025-08-19"}
    engine = compile_checklist(checklist)
    assert len(engine.plan.reached_alone("/n")) == 2
    there = run_module(compile_module(checklist), f"open({json.dumps(request)}).nextStep('/n')")
    assert there == engine.open(**request).next_step("n") == {"value": 13, "delta": 6, "to": 1.0}


def test_an_answer_that_counts_through_other_instances_is_tried_with_the_whole_logic_on_both_twins():
    rows = [
        {"type": "repeat", "name": "r"},
        {"inside": "/r", "name": "n", "weight": 1, "section": "C", "score": "if(sum(../../r/n) >= 10, 1, 0)"},
    ]
    checklist = small_checklist(*rows, sections=[Section(name="C", label={"vi": "C"}, weight=1)])
    request = {"answers": {"/r[1]/n": 3, "/r[2]/n": 4}, "today": "2025-08-19"}
    engine = compile_checklist(checklist)
    assert engine.plan.reached_alone("/r/n") is None
    there = run_module(compile_module(checklist), f"open({json.dumps(request)}).nextStep('/r[1]/n')")
    assert there == engine.open(**request).next_step("/r[1]/n") == {"value": 6, "delta": 3, "to": 1.0}
