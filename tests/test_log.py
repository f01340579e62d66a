"""The log gives one and the same result in whatever order changes arrive."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from forms.log import Change, answers_from, closes_a_circle, conflicts_of, current_changes


def make_id(number: int) -> str:
    return f"01987654-3210-7000-8000-{number:012x}"


def change(
    number: int,
    question: str = "/B/B01",
    value: Any = "3",
    replaces: tuple[int, ...] = (),
    minute: int = 0,
    **more: Any,
) -> Change:
    at = f"2025-08-19T02:{minute or number:02d}:00.000Z"
    old = [make_id(n) for n in replaces]
    return Change(
        id=make_id(number),
        visit="v1",
        question=question,
        value=value,
        replaces=old,
        at=at,
        device_at=at,
        device="tablet-1",
        **more,
    )


def test_a_change_that_replaces_another_is_the_only_current_one():
    first, second = change(1, value="1"), change(2, value="3", replaces=(1,))
    assert current_changes([second, first]) == [second]


def test_two_changes_of_the_same_state_are_a_conflict_and_the_later_one_shows():
    base, minh, lan = change(1, value="1"), change(2, value="2", replaces=(1,)), change(3, value="3", replaces=(1,))
    assert conflicts_of([base, minh, lan]) == {"/B/B01": [lan, minh]}
    assert answers_from([base, minh, lan]) == {"/B/B01": "3"}


def test_a_change_that_replaces_both_ends_the_conflict():
    log = [change(1, value="2"), change(2, value="3"), change(3, value="2", replaces=(1, 2))]
    assert (conflicts_of(log), answers_from(log)) == ({}, {"/B/B01": "2"})


def test_equal_values_are_no_conflict_but_one_and_true_are():
    assert conflicts_of([change(1, value="2"), change(2, value="2")]) == {}
    assert list(conflicts_of([change(1, value=1), change(2, value=True)])) == ["/B/B01"]


def test_an_emptied_question_is_known_to_be_empty():
    log = [change(1), change(2, value=None, replaces=(1,)), change(3, "/B/B02", ["a", "b"])]
    assert answers_from(log) == {"/B/B01": None, "/B/B02": ["a", "b"]}


def test_a_change_cannot_replace_that_of_another_question():
    log = [change(1, "/B/B01"), change(2, "/B/B02", replaces=(1,))]
    assert answers_from(log) == {"/B/B01": "3", "/B/B02": "3"}


def test_equal_times_are_decided_by_the_id():
    assert current_changes([change(1, minute=5), change(2, minute=5)])[0].id == make_id(2)


def test_a_circle_is_seen_before_it_makes_an_answer_vanish():
    known = [change(1, replaces=(2,)), change(2, replaces=(3,))]
    assert closes_a_circle(change(3, replaces=(1,)), known)
    assert not closes_a_circle(change(4, replaces=(1,)), known)


def test_the_same_content_from_another_hand_is_the_same():
    assert change(1, author="lan").says_the_same_as(change(1, author="minh"))
    assert not change(1, value=1).says_the_same_as(change(1, value=True))


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "1"},
        {"id": make_id(1).replace("-7", "-4", 1)},
        {"question": "B01"},
        {"at": "19/8/2025"},
        {"value": {"a": 1}},
        {"value": [1]},
        {"extra": 1},
    ],
)
def test_a_misshapen_change_is_refused(wrong: dict[str, Any]):
    with pytest.raises(ValidationError):
        Change.model_validate(change(1).model_dump() | wrong)


@given(
    st.lists(st.tuples(st.integers(1, 9), st.sets(st.integers(1, 9), max_size=3), st.sampled_from("0123")), max_size=9),
    st.randoms(),
)
def test_the_answer_depends_on_the_set_of_changes_only(entries: list[tuple[int, set[int], str]], random: Any):
    log = list(
        {n: change(n, value=value, replaces=tuple(r for r in old if r < n)) for n, old, value in entries}.values()
    )
    shuffled = random.sample(log, len(log)) + log[:2]
    assert answers_from(shuffled) == answers_from(log)
    assert conflicts_of(shuffled).keys() == conflicts_of(log).keys()
