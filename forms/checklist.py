"""The checklist as everything else sees it: sections, questions, choices, level rules and recommendation rules.

An XLSForm is read into these models once, at publishing; expressions stay text here and are compiled by `engine`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict

type_names = Literal[
    "group", "repeat", "note", "text", "integer", "decimal", "date", "select_one", "select_multiple",
    "select_one_from_file", "geopoint", "image", "signature", "audio", "file", "barcode", "calculate",
]  # fmt: skip

Text = dict[str, str]
"""Wording by language code: {"vi": "…", "en": "…"}."""


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Choice(Model):
    """One choice of a list. `score` is in [0, 1]; "na" = not applicable, "unknown" = not shown (scores 0, flagged)."""

    name: str
    label: Text
    score: float | Literal["na", "unknown"] | None = None
    fields: dict[str, str] = {}
    row: int = 0


class Node(Model):
    """A row of the survey sheet: a question, or a group or repeat with `children`.

    `path` is the place in the form without the root: "/C/C01". Expressions are source text, None when the cell is
    empty. `gate` is the least item score that meets the required condition (None = no gate; "yes" in the sheet means
    2/3, level 2). `section` names the scored section the item counts in. `rubric` holds the wording of levels 0 to 3
    for items that are not chosen from a list.
    """

    type: type_names
    name: str
    path: str
    row: int
    label: Text = {}
    hint: Text = {}
    evidence: Text = {}
    rubric: list[Text] = []
    appearance: str = ""
    choices: str | None = None
    file: str | None = None
    relevant: str | None = None
    required: str | None = None
    required_message: Text = {}
    constraint: str | None = None
    constraint_message: Text = {}
    calculation: str | None = None
    choice_filter: str | None = None
    default: str | None = None
    repeat_count: str | None = None
    max_pixels: int | None = None
    read_only: bool = False
    score: str | None = None
    weight: float = 0.0
    gate: float | None = None
    section: str | None = None
    core: bool = False
    confidential: bool = False
    personal: bool = False
    legal_basis: str = ""
    children: list[Node] = []

    def walk(self) -> Iterator[Node]:
        """This node and everything inside it, in the order of the sheet."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def is_scored(self) -> bool:
        return self.weight > 0 and self.section is not None


class Section(Model):
    """A scored or unscored part of the checklist. `weight` is W in the total (0 = not scored).

    A top-level group, or everything that lies in none: that section is named after the checklist.
    """

    name: str
    label: Text
    weight: float = 0.0


class Level(Model):
    """A conclusion, best first in the checklist; `when` decides, the last one usually has `true()`.

    `rank` counts bars in the interface: 4 = best, 1 = least.
    """

    name: str
    label: Text
    rank: int
    when: str
    row: int = 0


class Rule(Model):
    """A recommendation rule: when `when` is true for the question's instance, `text` is recommended.

    `questions` are the names of the findings it points at. `due` is "T+15", "T+3w" (working days), "T+0" or "" with
    the words in `due_text`. `text` may hold `${question}` (the label of its answer) and `{don_vi}` (the unit's name).
    """

    code: str
    questions: list[str]
    when: str
    text: Text
    responsible: Text = {}
    cooperating: Text = {}
    due: str = ""
    due_text: Text = {}
    priority: Literal["high", "normal", "low"] = "normal"
    legal_basis: str = ""
    product: Text = {}
    confidential: bool = False
    row: int = 0


class Checklist(Model):
    """One version of a checklist. It never changes once published."""

    id: str
    version: str
    title: Text
    languages: list[str]
    unit_kinds: list[str] = []
    nodes: list[Node]
    choices: dict[str, list[Choice]]
    sections: list[Section]
    levels: list[Level] = []
    rules: list[Rule] = []

    def walk(self) -> Iterator[Node]:
        """Every node of the form in the order of the sheet."""
        for node in self.nodes:
            yield from node.walk()

    def nodes_of(self, section: str) -> list[Node]:
        """What stands in a section: the rows of the top-level group of that name, else all rows outside such groups."""
        groups = {node.name: node.children for node in self.nodes if node.type == "group"}
        return groups.get(section, [node for node in self.nodes if node.type != "group"])

    def node(self, path: str) -> Node:
        """The node at a static path; KeyError when there is none."""
        for node in self.walk():
            if node.path == path:
                return node
        raise KeyError(path)
