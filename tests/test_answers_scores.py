"""Scores of a shared copy: summed from those of the items, they are what the answers without the hidden ones come to."""

from __future__ import annotations

import pytest

from forms.checklist import Level, Section
from forms.engine import Engine
from reports.answers.scores import can_be_summed, summed
from reports.restricted import restricted_in
from tests.small_checklists import small_checklist

ROWS = (
    {"name": "a", "weight": 2, "section": "B", "gate": 0.5, "score": ". div 10"},
    {"name": "b", "weight": 1, "section": "B", "score": "if(. > 5, 'na', . div 5)", "relevant": "${a} > 1"},
    {"name": "R", "type": "repeat"},
    {"name": "c", "weight": 1, "section": "C", "score": ". div 10", "inside": "/R"},
    {"name": "kept", "weight": 9, "section": "C", "score": "1", "confidential": True},
)
LEVELS = [
    Level(name="high", label={}, rank=4, when="total() >= 50 and gates-failed() = 0 and item-level(${a}) > 1"),
    Level(name="low", label={}, rank=1, when="lowest-section() >= 10 or true()"),
]
FIGURES = ("total", "level", "completeness")


def form(*rows, levels=LEVELS):
    sections = [Section(name="B", label={}, weight=60), Section(name="C", label={}, weight=40)]
    return small_checklist(*(rows or ROWS), sections=sections, levels=levels)


@pytest.mark.parametrize(
    "answers",
    [{}, {"a": 10}, {"a": 10, "b": 9}, {"a": 1, "b": 3}, {"a": 4, "b": 2, "/R[x]/c": 10}, {"kept": 3},
     {"a": 8, "b": 4, "kept": 0, "/R[x]/c": 10, "/R[y]/c": 1}, {"a": 10, "b": 5, "/R[x]/c": None}],
)  # fmt: skip
def test_summed_scores_are_those_of_the_answers_that_are_shown(answers):
    restricted = restricted_in(form())
    of_copy = Engine(restricted.unweighted())
    assert can_be_summed(of_copy, restricted.paths)
    frozen = Engine(form()).open(answers, "2025-08-19").assessment().to_json()
    shown = {name: value for name, value in answers.items() if name != "kept"}
    anew = of_copy.open(shown, "2025-08-19").assessment().to_json()
    items = {path: score for path, score in frozen["items"].items() if path != "/kept"}
    found = summed(of_copy, items)
    assert [found[name] for name in FIGURES] == [anew[name] for name in FIGURES]
    assert {name: one["score"] for name, one in found["sections"].items()} == {
        name: one["score"] for name, one in anew["sections"].items()
    }


@pytest.mark.parametrize(
    "when", ["today() > '2025-01-01'", "${a} > 3", "unit-kind() = 'xa'", "total() > 1 and count(${R}) > 0"]
)
def test_levels_that_ask_for_more_than_scores_are_computed_from_the_answers(when):
    restricted = restricted_in(form(levels=[Level(name="x", label={}, rank=1, when=when)]))
    assert not can_be_summed(Engine(restricted.unweighted()), restricted.paths)


def test_items_that_read_something_hidden_are_computed_from_the_answers():
    who = {"name": "who", "type": "text", "personal": True}
    restricted = restricted_in(form({"name": "a", "weight": 1, "section": "B", "relevant": "${who} != ''"}, who))
    assert restricted.paths == {"/who"}
    assert not can_be_summed(Engine(restricted.unweighted()), restricted.paths)
