"""The live state: relevance, calculations, defaults, constraints, choice filters, repeats, and what a change changes."""

from __future__ import annotations

from typing import Any

import pytest

from forms.logic.plan import CircularLogicError
from forms.logic.state import State
from tests.small_checklists import state_of


def seen(state: State, reference: str) -> tuple[Any, ...]:
    found = state.question(reference)
    return found["relevant"], found["value"], found["valid"]


def test_an_irrelevant_answer_counts_as_empty_and_comes_back():
    state = state_of(
        {"name": "a"}, {"name": "g", "type": "group", "relevant": "${a} > 1"}, {"name": "b", "inside": "/g"}, {"name": "c", "calculation": "${b} + 1"},
        answers={"a": 2, "b": 5},
    )  # fmt: skip
    assert (seen(state, "b"), seen(state, "c")) == ((True, 5, True), (True, 6, True))
    assert state.set("a", 1) == {"/a", "/g", "/g/b", "/c"}
    assert (seen(state, "b"), seen(state, "c")) == ((False, None, True), (True, None, True))
    state.set("a", 2)
    assert seen(state, "b") == (True, 5, True)


def test_relevance_is_inherited():
    state = state_of(
        {"name": "a"}, {"name": "g", "type": "group", "relevant": "${a} = 1"}, {"name": "h", "type": "group", "inside": "/g", "relevant": "true()"},
        {"name": "b", "inside": "/g/h"}, answers={"a": 2},
    )  # fmt: skip
    assert seen(state, "b")[0] is False


def test_calculations_run_in_the_order_of_their_dependencies():
    state = state_of(
        {"name": "c", "calculation": "${b} * 2"},
        {"name": "b", "calculation": "${a} + 1"},
        {"name": "a"},
        answers={"a": 1},
    )
    assert state.question("c")["value"] == 4
    assert state.set("a", 4) == {"/a", "/b", "/c"}
    assert state.question("c")["value"] == 10


def test_a_default_counts_until_something_is_answered_or_emptied():
    state = state_of({"name": "a"}, {"name": "b", "default": "${a} + 1"}, answers={"a": 1})
    assert state.question("b")["value"] == 2
    state.set("b", 9)
    assert state.question("b")["value"] == 9
    state.set("b", None)
    assert state.question("b")["value"] is None


def test_a_constraint_is_not_checked_on_an_empty_answer():
    state = state_of({"name": "a", "constraint": ". > 0", "constraint_message": {"vi": "Lớn hơn 0"}})
    assert seen(state, "a") == (True, None, True)
    state.set("a", -1)
    assert state.question("a") == {
        "relevant": True, "value": -1, "required": False, "valid": False, "fault": "constraint",
        "message": {"vi": "Lớn hơn 0", "en": "The checklist does not allow this answer. Please check it."}, "score": None, "state": None,
    }  # fmt: skip


def test_a_required_question_is_satisfied_by_an_answer_or_by_saying_that_it_is_not_known():
    state = state_of({"name": "a", "required": "true()"})
    assert state.question("a")["fault"] == "required"
    state.set("a#state", "unknown")
    assert (state.question("a")["fault"], state.question("a")["state"]) == (None, "unknown")


def test_a_choice_that_the_filter_no_longer_allows_is_kept_and_invalid():
    state = state_of(
        {"name": "region", "type": "text"},
        {"name": "city", "type": "select_one", "choices": "city", "choice_filter": "of = ${region}"},
        answers={"region": "centre", "city": "hue"},
    )
    assert (state.choices("city"), seen(state, "city")) == (["hue"], (True, "hue", True))
    assert state.set("region", "north") == {"/region", "/city"}
    assert (state.choices("city"), state.question("city")["fault"], state.question("city")["value"]) == (
        ["vinh"],
        "filter",
        "hue",
    )


PEOPLE = ({"name": "who", "type": "repeat"}, {"name": "age", "inside": "/who"}, {"name": "place", "type": "calculate", "inside": "/who", "calculation": "position(..)"},
          {"name": "older", "inside": "/who", "type": "calculate", "calculation": "${age} + 1"}, {"name": "all", "calculation": "sum(${age})"})  # fmt: skip


def test_instances_keep_their_answers_when_one_is_removed():
    state = state_of(*PEOPLE, answers={"/who[1]/age": 30, "/who[2]/age": 40, "/who[10]/age": 50})
    assert state.instances("/who", ()) == [("1",), ("2",), ("10",)]
    assert state.question("all")["value"] == 120
    assert state.set("/who[2]", False) == {
        "/who", "/who[2]", "/who[2]/age", "/who[2]/place", "/who[2]/older", "/who[10]/place", "/all",
    }  # fmt: skip
    assert (state.question("/who[10]/place")["value"], state.question("all")["value"]) == (2, 80)
    state.set("/who[2]", True)
    assert state.question("/who[2]/age")["value"] == 40


def test_a_change_in_one_instance_leaves_the_others_alone():
    state = state_of(*PEOPLE, answers={"/who[1]/age": 30, "/who[2]/age": 40})
    assert state.set("/who[1]/age", 31) == {"/who[1]/age", "/who[1]/older", "/all"}


def test_the_instances_of_a_counted_repeat_follow_the_number():
    state = state_of(
        {"name": "n"}, {"name": "who", "type": "repeat", "repeat_count": "${n}"}, {"name": "age", "inside": "/who"}
    )
    assert state.instances("/who", ()) == []
    assert state.set("n", 2) == {"/n", "/who", "/who[1]/age", "/who[2]/age"}
    assert state.instances("/who", ()) == [("1",), ("2",)]


def test_a_repeat_that_is_not_relevant_has_no_instances():
    state = state_of(
        {"name": "any", "type": "select_one", "choices": "yes_no"}, {"name": "who", "type": "repeat", "relevant": "${any} = 'yes'"},
        {"name": "age", "inside": "/who"}, {"name": "number", "calculation": "count(${who})"}, answers={"any": "no", "/who[1]/age": 3},
    )  # fmt: skip
    assert (
        state.instances("/who", ()),
        state.question("number")["value"],
        state.question("/who[1]/age")["relevant"],
    ) == ([], 0, False)
    state.set("any", "yes")
    assert (state.instances("/who", ()), state.question("number")["value"]) == ([("1",)], 1)


def test_placeholders_in_labels_follow_the_answers():
    state = state_of(
        {"name": "a", "type": "select_one", "choices": "yes_no"}, {"name": "b", "label": {"vi": "Vì sao ${a}?"}}
    )
    assert state.wording("b") == ({"vi": "Vì sao ?"}, {})
    assert state.set("a", "no") == {"/a", "/b"}
    assert state.wording("b") == ({"vi": "Vì sao Không?"}, {})


def test_setting_what_is_known_changes_nothing():
    state = state_of({"name": "a"}, answers={"a": 1})
    assert state.set("a", 1) == set()


def test_circular_logic_names_the_way_round():
    with pytest.raises(CircularLogicError) as caught:
        state_of({"name": "a", "calculation": "${b}"}, {"name": "b", "relevant": "${a} > 1"})
    assert caught.value.paths == ["/a", "/b", "/a"]
