"""How a question looks on the tablet: what its `appearance` asks for, as classes of its element and as its control."""

from __future__ import annotations

import re
from typing import Final

from forms.checklist import Node

SELECTS: Final = ("select_one", "select_multiple")
SHOWN_AS_VALUE: Final = ("text", "integer", "decimal")
COLUMNS: Final = re.compile(r"(?:columns|compact|quickcompact)-(\d+)")
WIDTH: Final = re.compile(r"w(\d+)")
MOST_COLUMNS: Final = 10
FEW: Final = 12
"""Choices that a drop-down shows without a field to search in."""


def classes_of(node: Node) -> list[str]:
    """The classes that lay out a question, a group or a repeat; none for most."""
    words = node.appearance.split()
    found = [f"w-{number}" for word in words if (number := _number(WIDTH, word))]
    if node.type in ("group", "repeat"):
        return [f"grid-{name[2:]}" for name in found] + (["is-table"] if "table-list" in words else [])
    if node.type in SELECTS:
        found += _classes_of_select(words)
    return found


def _classes_of_select(words: list[str]) -> list[str]:
    if "likert" in words:
        return ["is-likert"]
    if "label" in words or "list-nolabel" in words:
        return ["is-row"]
    if "list" in words:
        return ["is-row", "is-row--named"]
    counted = [number for word in words if (number := _number(COLUMNS, word))]
    if counted:
        return ["is-columns", f"grid-{counted[0]}"]
    return ["is-columns"] if {"columns", "horizontal", "compact"} & set(words) else []


def _number(pattern: re.Pattern[str], word: str) -> int:
    found = pattern.fullmatch(word)
    return min(max(int(found[1]), 1), MOST_COLUMNS) if found else 0


def control_of(node: Node, count: int) -> str | None:
    """The control that the appearance asks for among `count` choices; None where the type decides."""
    words = set(node.appearance.split())
    if is_settled(node) and node.type in SHOWN_AS_VALUE:
        return "value"
    if node.type in SELECTS:
        return _control_of_select(node, words, count)
    return "day" if node.type == "date" and "no-calendar" in words else None


def _control_of_select(node: Node, words: set[str], count: int) -> str | None:
    plain = {"select_one": "radios", "select_multiple": "chips"}[node.type]
    if "label" in words:
        return "head"
    if words & {"minimal", "autocomplete", "search"}:
        return "dropdown" if count <= FEW and node.type == "select_one" and "autocomplete" not in words else "drop"
    return plain if _classes_of_select(list(words)) or words & {"quick", "columns-pack", "horizontal-compact"} else None


def is_settled(node: Node) -> bool:
    """Whether nobody changes the answer by hand: it is read only, or computed."""
    return node.read_only or node.calculation is not None


def needs_script(control: str) -> bool:
    """Whether the control works by a script that only pages with such controls load."""
    return control in ("drop", "day")


def without_words(node: Node) -> Node:
    """The question that heads a table, with nothing in front of its choices."""
    return node.model_copy(update={"label": {}, "hint": {}, "guidance_hint": {}, "relevant": None})
