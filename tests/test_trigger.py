"""Triggers: a question is set when the answer to another changes, and only then; the answer is kept."""

from __future__ import annotations

from typing import Any

from forms.logic.state import State
from tests.small_checklists import state_of


def answer(state: State, reference: str, value: Any) -> dict[str, Any]:
    """What an answer triggers."""
    state.set(reference, value)
    return state.follow(reference)


def test_a_triggered_answer_waits_for_its_trigger_and_for_nothing_else():
    state = state_of(
        {"name": "a"}, {"name": "b"}, {"name": "sum", "trigger": ["a"], "triggered": "${a} + ${b}"}, answers={"a": 1, "b": 2},
    )  # fmt: skip
    assert (state.question("sum")["value"], answer(state, "b", 5)) == (None, {})
    assert answer(state, "a", 10) == {"/sum": 15}
    answer(state, "b", 7)
    assert state.answers() == {"/a": 10, "/b": 7, "/sum": 15}


def test_a_triggered_answer_may_be_changed_by_hand():
    state = state_of({"name": "a"}, {"name": "b", "trigger": ["a"], "triggered": "${a} * 2"})
    assert answer(state, "a", 1) == {"/b": 2}
    assert answer(state, "b", 9) == {}
    assert state.question("b")["value"] == 9


def test_without_a_formula_a_trigger_empties():
    state = state_of({"name": "a"}, {"name": "b", "trigger": ["a"]}, answers={"b": 3})
    assert answer(state, "a", 1) == {"/b": None}


def test_triggers_follow_one_another_and_come_to_an_end_when_they_go_round():
    state = state_of(
        {"name": "a", "trigger": ["c"], "triggered": "${c} + 1"},
        {"name": "b", "trigger": ["a", "c"], "triggered": "coalesce(${c}, 0) + 1"},
        {"name": "c", "trigger": ["b"], "triggered": "${b} + 1"},
    )
    assert answer(state, "a", 1) == {"/b": 15, "/c": 16}


def test_a_trigger_in_a_repeat_sets_its_own_instance_and_one_outside_sets_all():
    state = state_of(
        {"name": "out"}, {"name": "r", "type": "repeat"}, {"name": "x", "inside": "/r"},
        {"name": "y", "inside": "/r", "trigger": ["x", "out"], "triggered": "${x} + ${out}"},
        answers={"/r[1]/x": 1, "/r[2]/x": 2, "out": 0},
    )  # fmt: skip
    assert answer(state, "/r[2]/x", 5) == {"/r[2]/y": 5}
    assert answer(state, "out", 10) == {"/r[1]/y": 11, "/r[2]/y": 15}


def test_what_cannot_be_an_answer_empties_and_notes_trigger_nothing():
    state = state_of({"name": "a"}, {"name": "b", "trigger": ["a"], "triggered": "'much'"}, answers={"b": 3})
    assert answer(state, "a#note", "x") == {}
    assert answer(state, "a", 1) == {"/b": None}


def test_a_triggered_calculation_keeps_a_text_or_a_number():
    row = {"name": "c", "type": "calculate", "trigger": ["a"], "triggered": "concat(., ${a})"}
    state = state_of({"name": "a"}, row)
    answer(state, "a", 1)
    assert answer(state, "a", 2) == {"/c": "12"}
    assert state_of({"name": "a"}, row, answers=state.answers()).question("c")["value"] == "12"
