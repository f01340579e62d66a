"""What appearances ask for as classes and controls: tables with their head, questions side by side, settled answers."""

from __future__ import annotations

from pathlib import Path

from forms.checklist import Choice
from survey.field.outline import outline_of
from tests.small_checklists import small_checklist

LIST = {"l": [Choice(name=str(n), label={"vi": f"Số {n}"}) for n in range(20)]}


def shown(*rows: dict[str, object]) -> list[tuple[str, str, str]]:
    """Name, control and classes of every item."""
    parts = outline_of(small_checklist(*rows, choices=LIST))
    return [(item.id, item.control, item.look) for part in parts for top in part.items for item in top.walk()]


def select(name: str, appearance: str = "", **more: object) -> dict[str, object]:
    return {"name": name, "type": "select_one", "choices": "l", "appearance": appearance, **more}


def test_each_appearance_has_its_control_and_classes():
    found = shown(
        select("a", "minimal"), select("b", "likert"), select("c", "columns-3 w2"), select("d", "quick"), select("e"),
        select("f", "minimal", type="select_multiple"), {"name": "g", "type": "date", "appearance": "no-calendar"},
    )  # fmt: skip
    assert found == [
        ("a", "drop", ""), ("b", "radios", "is-likert"), ("c", "radios", "w-2 is-columns grid-3"), ("d", "radios", ""),
        ("e", "dropdown", ""), ("f", "drop", ""), ("g", "day", ""),
    ]  # fmt: skip


def test_a_table_has_a_head_that_asks_nothing():
    group = {"name": "t", "type": "group", "appearance": "table-list"}
    (part,) = outline_of(small_checklist(group, select("a", inside="/t"), {"name": "n", "inside": "/t"}, choices=LIST))
    assert [(item.id, item.control, item.look, item.place) for item in part.items] == [
        ("a-head", "head", "is-row", "/t"), ("a", "radios", "is-row", "/t/a"), ("n", "stepper", "", "/t/n"),
    ]  # fmt: skip
    assert [item.is_question for item in part.items] == [False, True, True]


def test_labels_over_questions_without_labels_are_a_head_too():
    found = shown(select("a", "label"), select("b", "list-nolabel"))
    assert found == [("a", "head", "is-row"), ("b", "radios", "is-row")]


def test_what_is_settled_is_shown_and_takes_nothing():
    rows = ({"name": "a", "read_only": True}, {"name": "b", "calculation": "1 + 1"}, select("c", read_only=True))
    (part,) = outline_of(small_checklist(*rows, choices=LIST))
    assert [(item.control, item.is_fixed) for item in part.items] == [
        ("value", False),
        ("value", False),
        ("dropdown", True),
    ]


def test_a_page_without_appearances_loads_neither_their_style_nor_their_script():
    (plain,) = outline_of(small_checklist({"name": "a"}, select("b"), choices=LIST))
    (used,) = outline_of(small_checklist(select("b", "minimal"), choices=LIST))
    assert (plain.has_looks, plain.needs_script, used.has_looks, used.needs_script) == (False, False, True, True)
    page = (Path(__file__).parents[1] / "static" / "field" / "page.js").read_text("utf-8")
    assert 'from "./looks.js"' not in page
