"""The checklist as everything else sees it: sections, questions, choices, level rules and recommendation rules.

An XLSForm is read into these models once, at publishing; expressions stay text here and are compiled by `engine`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict

from forms.tables import Table

type_names = Literal[
    "group", "repeat", "note", "text", "integer", "decimal", "date", "select_one", "select_multiple",
    "select_one_from_file", "geopoint", "image", "signature", "audio", "file", "barcode", "calculate",
    "time", "dateTime", "range", "rank", "acknowledge", "video", "hidden", "start", "end", "username", "deviceid",
    "start-geopoint",
]  # fmt: skip

COMPUTED = ("calculate", "hidden")
"""Types whose value only the checklist itself gives."""

RECORDED = ("start", "end", "username", "deviceid")
"""Types whose value the log of answers gives; see `forms.recorded`."""

START_PLACE = "start-geopoint"

UNASKED = ("note", *COMPUTED, *RECORDED, START_PLACE)
"""Types that ask nobody anything."""

ONCE = re.compile(r"\bonce\s*\(")

Text = dict[str, str]
"""Wording by language code: {"vi": "…", "en": "…"}."""

PLACEHOLDER = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
"""Where a wording quotes the answer to a question."""


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Choice(Model):
    """One choice of a list. `score` is in [0, 1]; "na" = not applicable, "unknown" = not shown (scores 0, flagged)."""

    name: str
    label: Text
    score: float | Literal["na", "unknown"] | None = None
    fields: dict[str, str] = {}
    media: dict[str, Text] = {}
    row: int = 0


class FileList(Model):
    """Choices that are rows of an attached table: the column of the stored names, and by language that of the words."""

    table: str
    value: str
    label: Text


class Node(Model):
    """A row of the survey sheet: a question, or a group or repeat with `children`.

    `randomize` has the choices mixed in an order that belongs to `seed`, or else to the visit.

    `path` is the place in the form without the root: "/C/C01". Expressions are source text, None when the cell is
    empty. `gate` is the least item score that meets the required condition (None = no gate; "yes" in the sheet means
    2/3, level 2). `section` names the scored section the item counts in. `rubric` holds the wording of levels 0 to 3
    for items that are not chosen from a list. `media` names attached files by kind ("image", "big-image", "audio",
    "video") and language. `trigger` names the questions whose change sets this one to `triggered` (None = to nothing);
    the answer is then kept like any other. `slider` is start, end and step of a range; `precision` how much of a date
    is asked.
    """

    type: type_names
    name: str
    path: str
    row: int
    label: Text = {}
    hint: Text = {}
    guidance_hint: Text = {}
    evidence: Text = {}
    rubric: list[Text] = []
    media: dict[str, Text] = {}
    appearance: str = ""
    choices: str | None = None
    file: str | None = None
    relevant: str | None = None
    required: str | None = None
    required_message: Text = {}
    constraint: str | None = None
    constraint_message: Text = {}
    calculation: str | None = None
    trigger: list[str] = []
    triggered: str | None = None
    choice_filter: str | None = None
    randomize: bool = False
    seed: str | None = None
    default: str | None = None
    repeat_count: str | None = None
    max_pixels: int | None = None
    slider: tuple[float, float, float] | None = None
    precision: Literal["", "month", "year"] = ""
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
    def keeps_answer(self) -> bool:
        """Whether its calculation is computed once, and recorded then as an answer."""
        return bool(ONCE.search(self.calculation or ""))

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
    """One version of a checklist. It never changes once published.

    `files` are those attached to it: name → SHA-256; `tables` what the csv, geojson and xml among them hold, by the
    name that `instance()` and `pulldata()` use; `lists` the choices of selects that are rows of a table.
    """

    id: str
    version: str
    title: Text
    languages: list[str]
    unit_kinds: list[str] = []
    instance_name: str | None = None
    style: str = ""
    nodes: list[Node]
    choices: dict[str, list[Choice]]
    sections: list[Section]
    levels: list[Level] = []
    rules: list[Rule] = []
    files: dict[str, str] = {}
    tables: dict[str, Table] = {}
    lists: dict[str, FileList] = {}

    def choices_of(self, name: str | None) -> list[Choice]:
        """The choices of a list of the sheet or of an attached file; none for no list."""
        found = self.lists.get(name or "")
        return self._choices_from_files[name or ""] if found else self.choices.get(name or "", [])

    @cached_property
    def _choices_from_files(self) -> dict[str, list[Choice]]:
        return {name: choices_in(self.tables[found.table], found) for name, found in self.lists.items()}

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy that does not know the nodes of this one: pydantic would copy what was computed, too."""
        copied = super().model_copy(update=update, deep=deep)
        for computed in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[computed]
        return copied

    @property
    def is_scored(self) -> bool:
        """Whether answers come to a score or a conclusion at all."""
        return bool(self.levels) or any(node.is_scored for node in self.walk())

    def walk(self) -> Iterator[Node]:
        """Every node of the form in the order of the sheet."""
        return iter(self._everything)

    @cached_property
    def _everything(self) -> list[Node]:
        return [inner for node in self.nodes for inner in node.walk()]

    @cached_property
    def confidential(self) -> frozenset[str]:
        """The names of the questions that stay in the internal copy."""
        return frozenset(node.name for node in self.walk() if node.confidential)

    @cached_property
    def gates(self) -> frozenset[str]:
        """The paths of the items that are gates."""
        return frozenset(node.path for node in self.walk() if node.gate is not None)

    @cached_property
    def recorded(self) -> dict[str, str]:
        """The questions that the log answers, and the place of the beginning that a tablet writes: path → type."""
        return {node.path: node.type for node in self.walk() if node.type in (*RECORDED, START_PLACE)}

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


def choices_in(table: Table, found: FileList) -> list[Choice]:
    """The rows of an attached table as choices; each column is a field for filters."""
    words = {language: table.place(column) for language, column in found.label.items()}
    value = table.place(found.value)
    return [
        Choice(
            name=row[value],
            label={language: row[place] for language, place in words.items() if row[place]},
            fields=dict(zip(table.columns, row, strict=True)),
            row=number,
        )
        for number, row in enumerate(table.rows, start=2)
    ]


def quoted_names(texts: Iterable[Text]) -> list[str]:
    """The names in `${name}` of these texts."""
    return [name for text in texts for words in text.values() for name in PLACEHOLDER.findall(words)]


def unquoted(text: Text) -> Text:
    """A wording without the answers that it quotes, as it stands where there are none at hand."""
    return {language: PLACEHOLDER.sub("…", words) for language, words in text.items()}
