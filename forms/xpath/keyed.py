"""Conditions on rows that an index answers: `column = x`, alone or joined by `and`, where x does not read the row."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import NamedTuple

from forms.xpath.bound import Compare, Field, KeyNumber, Logic, Node


class Key(NamedTuple):
    """Only rows with this text in the column can satisfy the condition."""

    column: str
    text: Node


def key_of(condition: Node, row: int) -> Key | None:
    """What the rows that satisfy a condition have in common, when it says so; the row stands at place `row`."""
    parts = condition.operands if isinstance(condition, Logic) and condition.operator == "and" else (condition,)
    return next((key for part in parts if (key := key_in(part, row))), None)


def key_in(part: Node, row: int) -> Key | None:
    """The key that one comparison of texts gives."""
    if not isinstance(part, Compare) or part.operator != "=":
        return None
    for field, other in ((part.left, part.right), (part.right, part.left)):
        if isinstance(field, Field) and field.place == row and other.type == "string" and not reads_row(other, row):
            return Key(field.name, other)
    return None


def reads_row(part: object, row: int) -> bool:
    """Whether something of a bound tree reads the row that is tried, or its position."""
    if isinstance(part, Field | KeyNumber):
        return row <= part.place < row + 3
    if isinstance(part, tuple):
        return any(reads_row(inner, row) for inner in part)
    return is_dataclass(part) and any(reads_row(getattr(part, inner.name), row) for inner in fields(part))
