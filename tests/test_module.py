"""Both twins of the engine give the same state after every answer, and that of opening all answers at once."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from forms.answers import CHECKS, WrongValueError, check_value
from forms.checklist import Node
from forms.engine import compile_checklist
from forms.evaluation import evaluate_state, view_questions
from forms.module import module_of
from tests.javascript import run_module
from tests.random_checklists import changes, checklists
from tests.small_checklists import TODAY, small_checklist

QUICK = [Phase.reuse, Phase.generate]  # a failing case is long, and making it shorter takes minutes
EMPTY = small_checklist()
UNIT = {"code": "15271", "kind": "xa", "name": "Hà Trung"}
PLAY = """(({request, steps}) => {
  const live = open(request);
  const look = () => structuredClone({questions: live.questions(), assessment: {...live.assessment()}, recommendations: live.recommendations()});
  const step = ([place, value]) => [[...live.set(place, value)].sort(), live.follow(place), look()];
  const seen = [[[], {}, look()], ...steps.map(step)];
  return [seen, Object.keys(live.questions()).map((place) => live.nextStep(place)), live.answers()];
})"""
REFUSALS = """((values) => values.map(([kind, value]) => {
  try {
    return [checks.value(kind, value), null];
  } catch (error) {
    return [null, error.code];
  }
}))"""


def play(state: Any, steps: list[tuple[str, Any]]) -> Any:
    seen = [[[], {}, evaluate_state(state)]]
    for place, value in steps:
        seen.append([sorted(state.set(place, value)), state.follow(place), evaluate_state(state)])
    steps_ahead = [state.next_step(place) for place in view_questions(state)]
    return json.loads(json.dumps([seen, steps_ahead, state.answers()], allow_nan=False))


def differences(one: Any, other: Any, path: str = "") -> list[tuple[str, Any, Any]]:
    """Where two JSON values differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = [*one, *(key for key in other if key not in one)]
        return [d for key in keys for d in differences(one.get(key, "–"), other.get(key, "–"), f"{path}.{key}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [d for n, pair in enumerate(zip(one, other, strict=True)) for d in differences(*pair, f"{path}[{n}]")]
    return [] if one == other and isinstance(one, bool) == isinstance(other, bool) else [(path, one, other)]


ANY_VALUE = st.one_of(
    st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=12),
    st.lists(st.text(max_size=4), max_size=3), st.dates().map(str),
    st.from_regex(r"-?[0-9]{1,3}(\.[0-9]{1,3})? -?[0-9]{1,3}( [0-9])?", fullmatch=True), st.just("a" * 64), st.just(["b" * 64]),
    st.sampled_from(["2025-02-29", "2024-02-29", "0000-01-01", "20240101", {"a": 1}, "\ud800", "a\0", ["\x1d"], ["\x85"], ["a b"]]),
    st.sampled_from(["OK", "07:30", "24:00", "07:30:00.5Z", "٠7:30", "2025-08-19T07:30", "2025-08-19T", "2025-08-19T07:30+15:00"]),
)  # fmt: skip


def checked(kind: str, value: Any) -> list[Any]:
    try:
        return [check_value(Node(type=kind, name="q", path="/q", row=0), value), None]
    except WrongValueError as error:
        return [None, error.code]


def test_a_module_stands_alone_and_evaluates_no_text():
    module = module_of(compile_checklist(EMPTY))
    assert (
        re.findall(
            r"^import\b|\bimport\(|\b(?:eval|Function|fetch|document|window|globalThis)[.(]", module, re.MULTILINE
        )
        == []
    )
    assert re.findall(r"^export const (\w+)", module, re.MULTILINE) == ["checklist", "open", "evaluate"]


@given(st.lists(st.tuples(st.sampled_from([*CHECKS, "note", "calculate"]), ANY_VALUE), min_size=200, max_size=400))
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), phases=QUICK)
def test_both_twins_take_and_refuse_the_same_values(values):
    engine = compile_checklist(small_checklist({"type": "time", "name": "a"}))
    answered = run_module(module_of(engine), f"{REFUSALS}({json.dumps(values)})")
    assert differences(answered, json.loads(json.dumps([checked(*pair) for pair in values]))) == []


@given(st.data())
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), phases=QUICK)
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
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), phases=QUICK)
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
