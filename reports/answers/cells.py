"""What stands in a cell of an export of answers: the value as stored, or in words, of each part of a question."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from forms.answers import Value
from forms.checklist import Checklist, Choice, Node, quoted_names
from forms.logic.wording import TEXTS
from reports.answers.columns import NOTED, PLACE, Column, filled_text, worded
from reports.wording import all_words

Cell = str | int | float | bool | date | None
View = Mapping[str, Any]
"""One question of `evaluate`, with what was noted about it."""

Take = Callable[[View], Cell]
UnitName = Callable[[str], str]
"""The name of a unit by its code, on the day of the visit."""

Quote = Callable[[str], str]
"""What was answered to the question of that name, for a choice that quotes it; "" when nothing was or may be told."""

WORDS = {
    **{state: TEXTS[state] for state in ("na", "unknown")},
    "seen": {"vi": "Thấy tại chỗ", "en": "Seen on site"},
    "photo": {"vi": "Có ảnh", "en": "Photo"},
    "document": {"vi": "Có văn bản", "en": "Document"},
    "statement": {"vi": "Chỉ nghe trình bày", "en": "Told only"},
    "none": {"vi": "Không có", "en": "None"},
}
"""States and evidence in words."""


class Writing:
    """How the answers to one version of a checklist are written: as stored, or in the words of a language."""

    def __init__(self, checklist: Checklist, language: str | None) -> None:
        """`language` None: as stored."""
        self.language = language
        lists = checklist.choices.items() if language else ()
        self.quoting = {name for name, found in lists if any(quoted_names([one.label for one in found]))}
        """The lists of choices whose words quote answers."""
        self._checklist = checklist
        self._choices: dict[str | None, dict[str, Choice]] = {}

    def answer(self, node: Node, value: Value, unit_name: UnitName, quote: Quote | None = None) -> Value:
        """The answer with the words of its choices, when words are wanted; what has none stays as it is.

        A number that could not be computed is no answer.
        """
        if isinstance(value, float) and not math.isfinite(value):
            return None
        if self.language is None or value is None:
            return value
        if isinstance(value, list):
            return [self._one(node, one, unit_name, quote) for one in value]
        if node.type == "acknowledge":
            return worded(all_words()["answer"]["acknowledged"], self.language)
        return self._one(node, value, unit_name, quote) if isinstance(value, str) else value

    def _one(self, node: Node, name: str, unit_name: UnitName, quote: Quote | None) -> str:
        if node.choices not in self._choices:
            self._choices[node.choices] = {choice.name: choice for choice in self._checklist.choices_of(node.choices)}
        choice = self._choices[node.choices].get(name)
        if choice:
            return filled_text(choice.label, self.language or "", quote) or name
        return unit_name(name) if node.file == "units.csv" else name

    def noted(self, part: str, value: str) -> str:
        """A state or an evidence in words, when words are wanted."""
        known = part in ("state", "evidence") and self.language is not None
        return worded(WORDS[value], self.language or "") if known and value in WORDS else value


def cell_of(
    column: Column, version: str, view: View, writing: Writing, unit_name: UnitName, quote: Quote | None = None
) -> Cell:
    """What stands in a column for one question as it was answered; nothing for what does not apply."""
    node = column.nodes[version]
    if not view.get("relevant"):
        return None
    value, part = view.get("value"), column.part
    if part == "":
        return flat(node, writing.answer(node, value, unit_name, quote), writing.language)
    if part in PLACE:
        return _of_place(value, PLACE.index(part))
    if part == "choice":
        return int(column.choice in value) if isinstance(value, list) else None
    if part in NOTED:
        noted = (view.get("state") if part == "state" else None) or view.get(part)
        return writing.noted(part, noted) if isinstance(noted, str) else None
    state = view.get("state")
    return state if state == "na" else view.get("score")


def flat(node: Node, value: Value, language: str | None) -> Cell:
    """An answer in one cell: names with spaces between, words with semicolons, days as days."""
    if isinstance(value, list):
        return (" " if language is None or node.choices is None else "; ").join(value)
    if node.type == "date" and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def _of_place(value: Value, number: int) -> float | None:
    parts = value.split() if isinstance(value, str) else []
    return float(parts[number]) if number < len(parts) else None
