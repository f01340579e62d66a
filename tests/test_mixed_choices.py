"""Choices in an order that belongs to a seed or to the visit, the same on both twins, after the choice filter."""

from __future__ import annotations

import json
from typing import Any

import pytest

from forms.checklist import Choice
from forms.engine import Engine, compile_checklist
from forms.faults import ChecklistError
from forms.module import module_of
from tests.javascript import run_module
from tests.small_checklists import TODAY, small_checklist
from tests.written_forms import CHOICES, SETTINGS, read

LETTERS = [
    Choice(name=name, label={"vi": name}, fields={"kind": "ab"[place % 2]}) for place, name in enumerate("pqrstuvw")
]
ROWS: list[dict[str, Any]] = [
    {"name": "k", "type": "text"},
    {"name": "fixed", "type": "select_one", "choices": "letters", "randomize": True, "seed": "42"},
    {"name": "asked", "type": "select_one", "choices": "letters", "randomize": True, "seed": "${k}"},
    {
        "name": "drawn",
        "type": "select_multiple",
        "choices": "letters",
        "randomize": True,
        "choice_filter": "kind = ${k}",
    },
    {"name": "plain", "type": "select_one", "choices": "letters"},
]
NAMES = ["fixed", "asked", "drawn", "plain"]


def engine() -> Engine:
    return compile_checklist(small_checklist(*ROWS, choices={"letters": LETTERS}))


def in_python(answers: dict[str, Any], visit: str = "v1") -> list[str]:
    state = engine().open(answers, TODAY, seed=visit)
    return ["".join(state.choices(name)) for name in NAMES]


def survey(parameters: str, kind: str = "select_one yn") -> str:
    rows = f"| | text | k | K | |\n| | {kind} | a | A | {parameters} |\n"
    return f"| survey |\n| | type | name | label | parameters |\n{rows}{CHOICES}{SETTINGS}"


@pytest.mark.parametrize(
    ("parameters", "mixed"),
    [
        ("", (False, None)),
        ("randomize=false", (False, None)),
        ("randomize=true", (True, None)),
        ("randomize=TRUE, seed=42", (True, "42")),
        ("randomize=true seed=${k}", (True, "${k}")),
    ],
)
def test_parameters_say_whether_choices_are_mixed(parameters: str, mixed: tuple[bool, str | None]):
    node = read(survey(parameters))[0].nodes[1]
    assert (node.randomize, node.seed) == mixed


@pytest.mark.parametrize(
    ("parameters", "kind", "code"),
    [
        ("randomize=perhaps", "select_one yn", "parameters_unsupported"),
        ("seed=42", "select_one yn", "parameters_unsupported"),
        ("randomize=true seed=k", "select_one yn", "parameters_unsupported"),
        ("randomize=true", "text", "parameters_unsupported"),
        ("randomize=true seed=${b}", "select_one yn", "name-unknown"),
    ],
)
def test_an_order_that_cannot_be_drawn_is_refused(parameters: str, kind: str, code: str):
    with pytest.raises(ChecklistError) as caught:
        read(survey(parameters, kind))
    assert [(fault.code, fault.sheet, fault.row, fault.column) for fault in caught.value.faults] == [
        (code, "survey", 3, "parameters")
    ]


def test_the_order_follows_the_seed_and_comes_after_the_filter():
    first, second = in_python({"k": "a"}), in_python({"k": "b"})
    assert first[0] == second[0] != "pqrstuvw"
    assert first[1] != second[1]
    assert (sorted(first[2]), sorted(second[2])) == (list("prtv"), list("qsuw"))
    assert first[3] == "pqrstuvw"


def test_without_a_seed_the_order_belongs_to_the_visit():
    assert in_python({"k": "a"})[2] == in_python({"k": "a"})[2]
    assert len({in_python({"k": "a"}, f"v{number}")[2] for number in range(8)}) > 3


def test_the_twin_mixes_alike_also_after_a_change():
    call = f"""(() => {{
      const visit = open({{answers: {{k: "a"}}, today: "{TODAY}", seed: "v1"}});
      const told = () => {json.dumps(NAMES)}.map((name) => visit.choices(name).join(""));
      const before = told();
      visit.set("k", "b");
      return [before, told()];
    }})()"""
    assert run_module(module_of(engine()), call) == [in_python({"k": "a"}), in_python({"k": "b"})]
