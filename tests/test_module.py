"""Both twins of the engine give the same state after every answer, and that of opening all answers at once."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.engine import compile_checklist
from forms.evaluation import evaluate_state
from forms.module import module_of
from tests.javascript import run_module
from tests.random_checklists import changes, checklists

UNIT = {"code": "15271", "kind": "xa", "name": "Hà Trung"}
TODAY = "2025-08-19"
PLAY = """(({request, steps}) => {
  const live = open(request);
  const look = () => structuredClone({questions: live.questions(), assessment: {...live.assessment()}, recommendations: live.recommendations()});
  return [[[], look()], ...steps.map(([place, value]) => [[...live.set(place, value)].sort(), look()])];
})"""


def play(state: Any, steps: list[tuple[str, Any]]) -> Any:
    seen = [[[], evaluate_state(state)]]
    for place, value in steps:
        seen.append([sorted(state.set(place, value)), evaluate_state(state)])
    return json.loads(json.dumps(seen, allow_nan=False))


def differences(one: Any, other: Any, path: str = "") -> list[tuple[str, Any, Any]]:
    """Where two JSON values differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = [*one, *(key for key in other if key not in one)]
        return [d for key in keys for d in differences(one.get(key, "–"), other.get(key, "–"), f"{path}.{key}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [d for n, pair in enumerate(zip(one, other, strict=True)) for d in differences(*pair, f"{path}[{n}]")]
    return [] if one == other and isinstance(one, bool) == isinstance(other, bool) else [(path, one, other)]


@given(st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_both_twins_agree_after_every_answer(data):
    checklist = data.draw(checklists())
    steps = data.draw(changes(checklist))
    scope = data.draw(st.sampled_from(["full", "full", "core"]))
    engine = compile_checklist(checklist)
    request = {"answers": {}, "today": TODAY, "scope": scope, "unit": UNIT}
    state = engine.open({}, TODAY, scope, UNIT)
    seen = play(state, steps)
    played = run_module(module_of(engine), f"{PLAY}({json.dumps({'request': request, 'steps': steps})})")
    assert differences(played, seen) == []


@given(st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_answering_one_by_one_ends_where_opening_with_all_answers_begins(data):
    checklist = data.draw(checklists())
    engine = compile_checklist(checklist)
    state = engine.open({}, TODAY, "full", UNIT)
    for place, value in data.draw(changes(checklist)):
        before = evaluate_state(state)["questions"]
        changed = state.set(place, value)
        after = evaluate_state(state)["questions"]
        assert {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)} <= changed
    assert evaluate_state(state) == evaluate_state(engine.open(state.answers(), TODAY, "full", UNIT))
