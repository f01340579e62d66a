"""An item that waits for a required answer is not left out: it counts as unanswered until that answer decides."""

from __future__ import annotations

import json

import pytest

from forms.checklist import Level, Section
from forms.engine import compile_checklist
from forms.evaluation import evaluate
from forms.module import module_of
from tests.javascript import run_module
from tests.small_checklists import TODAY, small_checklist

RATED = {"type": "select_one", "choices": "rate", "section": "S", "weight": 1}
ROWS = [
    {"name": "S", "type": "group"},
    {"name": "many", "inside": "/S", "required": "true()"},
    {"name": "twice", "type": "calculate", "calculation": "${many} * 2", "inside": "/S"},
    {"name": "kind", "type": "text", "required": "true()", "relevant": "${many} > 1", "inside": "/S"},
    {"name": "free", "type": "text", "inside": "/S"},
    {**RATED, "name": "plain", "inside": "/S"},
    {**RATED, "name": "direct", "relevant": "${many} > 1", "gate": 2 / 3, "inside": "/S"},
    {**RATED, "name": "computed", "relevant": "${twice} > 2", "inside": "/S"},
    {**RATED, "name": "chained", "relevant": "${kind} = 'x'", "inside": "/S"},
    {**RATED, "name": "optional", "relevant": "${free} = 'x'", "inside": "/S"},
    {"name": "G", "type": "group", "relevant": "${many} > 1", "inside": "/S"},
    {**RATED, "name": "inherited", "inside": "/S/G"},
    {**RATED, "name": "refused", "relevant": "false()", "inside": "/S/G"},
]
LEVEL = Level(name="any", label={"vi": "+"}, rank=1, when="true()")
CHECKLIST = small_checklist(*ROWS, sections=[Section(name="S", label={"vi": "S"}, weight=100)], levels=[LEVEL])
ENGINE = compile_checklist(CHECKLIST)
CASES = {
    "nothing": ({}, ["plain", "direct", "computed", "chained", "inherited"]),
    "decided against": ({"many": 1, "plain": "3"}, ["plain"]),
    "decided in favour": ({"many": 2}, ["plain", "direct", "computed", "chained", "inherited"]),
    "decided in a chain": ({"many": 2, "kind": "y"}, ["plain", "direct", "computed", "inherited"]),
    "decided by a note": ({"many#state": "unknown"}, ["plain"]),
}


@pytest.mark.parametrize(("answers", "expected"), CASES.values(), ids=CASES)
def test_items_count_until_a_required_answer_decides_against_them(answers, expected):
    assessment = ENGINE.open(answers, TODAY).assessment()
    assert [path.rpartition("/")[2] for path in assessment.items] == expected


def test_an_undecided_gate_is_open_and_only_the_deciding_question_is_missing():
    found = evaluate(ENGINE, {"answers": {"plain": "3"}, "today": TODAY})["assessment"]
    assert (found["gates_open"], found["missing"], found["level"]) == (["direct"], ["/S/many"], None)
    assert (found["completeness"], found["bounds"]) == (0.2, [20.0, 100.0])


def test_what_is_decided_against_leaves_both_sums():
    found = evaluate(ENGINE, {"answers": {"plain": "3", "many": 1}, "today": TODAY})["assessment"]
    assert (found["total"], found["gates_open"], found["level"]) == (100.0, [], "any")


def test_both_twins_agree():
    requests = [{"answers": answers, "today": TODAY} for answers, _ in CASES.values()]
    found = run_module(module_of(ENGINE), f"{json.dumps(requests)}.map((request) => evaluate(request))")
    assert found == json.loads(json.dumps([evaluate(ENGINE, request) for request in requests]))


def test_calculations_that_read_each_other_in_countless_ways_are_looked_at_once():
    levels = 40
    both = [("a", "b"), ("b", "a")]
    rows = [
        {"name": "S", "type": "group"},
        {"name": "many", "inside": "/S", "required": "true()"},
        *({"name": f"{name}0", "type": "calculate", "calculation": "${many}", "inside": "/S"} for name in "ab"),
        *(
            {
                "name": f"{one}{n}",
                "type": "calculate",
                "calculation": f"${{{one}{n - 1}}} + ${{{other}{n - 1}}}",
                "inside": "/S",
            }
            for n in range(1, levels)
            for one, other in both
        ),
        {**RATED, "name": "late", "relevant": f"${{a{levels - 1}}} > 2", "inside": "/S"},
    ]
    checklist = small_checklist(*rows, sections=[Section(name="S", label={"vi": "S"}, weight=100)], levels=[LEVEL])
    engine, request = compile_checklist(checklist), {"answers": {}, "today": TODAY}
    there = run_module(module_of(engine), f"evaluate({json.dumps(request)})")
    assert there["assessment"]["items"] == evaluate(engine, request)["assessment"]["items"] == {"/S/late": None}
