"""The columns of an export: united over versions, called by names that are clear."""

from __future__ import annotations

from reports.answers.columns import Parts, layouts_of
from tests.small_checklists import small_checklist

PLAIN = Parts()


def names(*versions, hidden=None, parts=PLAIN):
    found = layouts_of(versions, hidden or {}, {"state"}, "vi", parts)
    return {layout.name: [column.name for column in layout.columns] for layout in found}


def test_what_only_an_older_version_has_follows_what_stood_before_it_there():
    newer = small_checklist({"name": "a"}, {"name": "c"}, {"name": "d"}, version="2")
    older = small_checklist({"name": "old"}, {"name": "a"}, {"name": "b"}, {"name": "d"})
    assert names(newer, older) == {"visits": ["old", "a", "b", "c", "d"]}


def test_a_name_that_is_not_clear_stands_as_its_path():
    twice = small_checklist(
        {"name": "A", "type": "group"}, {"name": "x", "inside": "/A"}, {"name": "B", "type": "group"},
        {"name": "x", "inside": "/B"}, {"name": "state"}, {"name": "y"},
    )  # fmt: skip
    assert names(twice) == {"visits": ["/A/x", "/B/x", "/state", "y"]}


def test_a_question_that_moved_into_a_repeat_stands_in_both_tables():
    newer = small_checklist({"name": "R", "type": "repeat"}, {"name": "x", "inside": "/R"}, version="2")
    older = small_checklist({"name": "x"})
    assert names(newer, older) == {"visits": ["x"], "R": ["x"]}


def test_hidden_questions_and_tables_of_nothing_else_have_no_columns():
    form = small_checklist({"name": "R", "type": "repeat"}, {"name": "x", "inside": "/R"}, {"name": "y"})
    assert names(form, hidden={"1": {"/R/x"}}) == {"visits": ["y"]}


def test_places_choices_and_scores_are_split():
    form = small_checklist(
        {"name": "at", "type": "geopoint"}, {"name": "many", "type": "select_multiple", "choices": "yes_no"},
        {"name": "R", "type": "repeat"}, {"name": "s", "inside": "/R", "weight": 1, "section": "B"},
        sections=[{"name": "B", "label": {}, "weight": 1}],
    )  # fmt: skip
    assert names(form, parts=Parts(scores=True, choices=True)) == {
        "visits": [
            "at#latitude", "at#longitude", "at#altitude", "at#accuracy", "many", "many/yes", "many/no",
            "B#section", "s#score",
        ],
        "R": ["s", "s#score"],
    }  # fmt: skip
