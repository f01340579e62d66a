"""What once() gives is recorded with the next answer and stays, on both twins and whenever a visit is opened again."""

from __future__ import annotations

import json
from typing import Any

from forms.checklist import Checklist, Node
from forms.engine import compile_checklist
from forms.module import module_of
from tests.javascript import run_module

TODAY = "2025-08-19"
STEPS = [("a", 1), ("a", 2), ("b", "x"), ("/r[1]/c", 5), ("/r[1]/c", 6), ("/r[2]/c", 7)]
PLAY = """((steps) => {
  const live = open({answers: {}, today: "2025-08-19"});
  return steps.map(([place, value]) => { live.set(place, value); return [live.follow(place), live.answers()]; });
})"""


def checklist() -> Checklist:
    """A number and a draw that are kept, one of them in a repeat, and one that waits for its relevance."""
    rows = [
        {"type": "integer", "name": "a"},
        {"type": "text", "name": "b"},
        {"type": "calculate", "name": "first", "calculation": "once(${a})"},
        {"type": "calculate", "name": "lot", "calculation": "once(round(random() * 1000000) + ${a})", "relevant": "${b} != ''"},
        {"type": "integer", "name": "c", "path": "/r/c"},
        {"type": "calculate", "name": "was", "calculation": "once(${c})", "path": "/r/was"},
    ]  # fmt: skip
    nodes = [Node.model_validate({"path": f"/{row['name']}", "row": number, **row}) for number, row in enumerate(rows)]
    repeat = Node(type="repeat", name="r", path="/r", row=9, children=nodes[4:])
    return Checklist(
        id="keep", version="1", title={}, languages=["vi"], nodes=[*nodes[:4], repeat], choices={}, sections=[]
    )


def played() -> list[list[dict[str, Any]]]:
    state = compile_checklist(checklist()).open({}, TODAY)
    return [[state.set(place, value) and state.follow(place), state.answers()] for place, value in STEPS]


def test_what_was_computed_first_is_recorded_once_and_stays():
    kept = [found for found, _ in played()]
    lot = kept[2]["/lot"]
    assert kept == [{"/first": "1"}, {}, {"/lot": lot}, {"/r[1]/was": "5"}, {}, {"/r[2]/was": "7"}]
    assert lot.isdigit()


def test_both_twins_record_the_same():
    found = run_module(module_of(compile_checklist(checklist())), f"{PLAY}({json.dumps(STEPS)})")
    assert found == json.loads(json.dumps(played()))


def test_what_is_recorded_is_taken_and_never_computed_again():
    engine = compile_checklist(checklist())
    opened = engine.open({"a": 3, "first": "1", "lot": "77", "b": "x"}, TODAY, seed="another visit")
    assert [opened.question(name)["value"] for name in ("first", "lot")] == ["1", "77"]
    assert engine.open({"a": 3}, TODAY).question("first")["value"] == "3"


def test_only_a_checklist_with_once_carries_what_keeps():
    plain = checklist().model_copy(update={"nodes": checklist().nodes[:2]})
    modules = [module_of(compile_checklist(one)) for one in (checklist(), plain)]
    assert [("function mayBeKept" in module) for module in modules] == [True, False]
