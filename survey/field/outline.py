"""What the checklist page shows: the sections of a checklist with their questions, each with the control it needs.

Everything here follows from the checklist version alone, so that a rendered section can be kept and used for any visit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from forms.checklist import RECORDED, UNASKED, Checklist, Choice, Node, Text
from survey.field.looks import SELECTS, classes_of, control_of, is_settled, needs_script, without_words

SHORT_LABEL = 26  # characters that still fit into one quarter of a tablet's width
LONGEST_CODE = 5
FEW_CHOICES = 12
MOST_IN_PAGE = 100
"""Choices that stand in the page; from a longer list people choose by searching."""
ASKING_NOTHING = {"group", "repeat", *UNASKED}
CONTROLS = {
    "integer": "stepper", "decimal": "decimal", "text": "text", "date": "date", "geopoint": "place", "image": "photos",
    "signature": "signature", "audio": "audio", "file": "file", "barcode": "barcode", "select_one_from_file": "unit",
    "select_multiple": "chips", "note": "note", "calculate": "value", "group": "group", "repeat": "repeat",
    "time": "time", "dateTime": "moment", "range": "slider", "rank": "rank", "acknowledge": "acknowledge",
    "video": "video",
}  # fmt: skip
NEVER_SHOWN = {"hidden", "start-geopoint", *RECORDED}
RARE_CONTROLS = {
    "time", "moment", "year", "month", "slider", "rank", "acknowledge", "draw", "audio", "video",
    "file", "barcode", "grouped", "grouped_decimal",
}  # fmt: skip
"""Controls whose script and style a tablet loads only for a checklist that has one of them."""
MARKS = {"yes": "check", "co": "check", "partly": "half", "mot_phan": "half", "no": "x", "khong": "x", "na": "dash"}


@dataclass(frozen=True)
class Option:
    """One choice as shown: `level` draws 0 to 3 rising bars, `mark` is the name of an icon."""

    name: str
    label: Text
    level: int | None = None
    mark: str = ""
    media: dict[str, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """One question, group or repeat of a section.

    `place` is its path with `{name}` where the key of a repeat instance goes, `id` the same for element ids. `look` are
    the classes that lay it out, "" for most.
    """

    node: Node
    code: str
    place: str
    id: str
    control: str
    options: list[Option] = field(default_factory=list)
    parts: list[Item] = field(default_factory=list)
    may_be_na: bool = False
    look: str = ""

    @property
    def is_question(self) -> bool:
        return self.node.type not in ASKING_NOTHING and self.control != "head"

    @property
    def is_fixed(self) -> bool:
        """Whether its control is shown but takes nothing."""
        return is_settled(self.node) and self.control not in ("value", "head", "group", "repeat", "note")

    @property
    def is_conditional(self) -> bool:
        return self.node.relevant is not None

    def walk(self) -> Iterator[Item]:
        """This item and those inside it."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True)
class Part:
    """A section as a page of its own; `slug` stands in its address."""

    slug: str
    label: Text
    items: list[Item]
    look: str = ""

    @property
    def controls(self) -> set[str]:
        return {item.control for top in self.items for item in top.walk()}

    @property
    def has_looks(self) -> bool:
        """Whether the page needs the styles of appearances, of pictures and of sound."""
        items = [item for top in self.items for item in top.walk()]
        shown = any(item.node.media or any(option.media for option in item.options) for item in items)
        asked = any(item.look or item.is_fixed or needs_script(item.control) for item in items)
        return bool(self.look) or shown or asked

    @property
    def needs_script(self) -> bool:
        return any(map(needs_script, self.controls))


@dataclass(frozen=True)
class Asked:
    """What one item asks: the places of its questions outside repeats, and of its repeats."""

    code: str
    paths: list[str]
    repeats: list[str]


def asked_in(part: Part) -> list[Asked]:
    """The items of a section that ask something; their number is the length of the section's progress bar."""
    found = []
    for item in part.items:
        inside = [one for one in item.walk() if "{" not in one.place]
        paths = [one.place for one in inside if one.is_question]
        repeats = [one.place for one in inside if one.node.type == "repeat"]
        if paths or repeats:
            found.append(Asked(item.id, paths, repeats))
    return found


def outline_of(checklist: Checklist, scope: str = "full") -> list[Part]:
    """The sections with their items in the order of the sheet; scope "core" leaves out what is not core.

    Questions outside every group come first, under the title of the checklist.
    """
    loose = [node for node in checklist.nodes if node.type != "group"]
    found = [Part("0", checklist.title, _items(checklist, loose, scope, "", ""))] if loose else []
    for node in checklist.nodes:
        if node.type == "group":
            found.append(_part(checklist, node, scope))
    return [part for part in found if any(item.is_question for top in part.items for item in top.walk())]


def _part(checklist: Checklist, node: Node, scope: str) -> Part:
    items, look = _items(checklist, node.children, scope, f"/{node.name}", ""), classes_of(node)
    return Part(node.name, node.label, tabled(items) if "is-table" in look else items, " ".join(look))


def needs_rare_controls(checklist: Checklist) -> bool:
    """Whether a tablet needs more than the page of every checklist brings: rare controls, or what the log says."""
    silent = {"start-geopoint", *RECORDED}
    nodes = [node for node in checklist.walk() if node.type not in ("group", "repeat", *UNASKED)]
    rare = any(_control(node, []) in RARE_CONTROLS for node in nodes if node.type != "select_one")
    return rare or any(node.type in silent for node in checklist.walk())


def _items(checklist: Checklist, nodes: list[Node], scope: str, place: str, keys: str) -> list[Item]:
    found = (_item(checklist, node, scope, place, keys) for node in nodes)
    return [item for item in found if item is not None]


def _item(checklist: Checklist, node: Node, scope: str, place: str, keys: str) -> Item | None:
    if node.type in NEVER_SHOWN or (node.type == "calculate" and not node.label):
        return None
    here, inner_keys = f"{place}/{node.name}", keys
    inner = here
    if node.type == "repeat":
        inner, inner_keys = f"{here}[{{{node.name}}}]", f"{keys}-{{{node.name}}}"
    parts = _items(checklist, node.children, scope, inner, inner_keys)
    if node.type in {"group", "repeat"} and not any(part.is_question for top in parts for part in top.walk()):
        return None
    if scope == "core" and node.type not in ASKING_NOTHING and not node.core:
        return None
    choices = checklist.choices_of(node.choices)
    if len(choices) > MOST_IN_PAGE and node.type in ("select_one", "select_multiple"):
        return Item(node, code_of(node.name), here, f"{node.name}{keys}", "finder", may_be_na=node.is_scored)
    options = [Option(c.name, c.label, _level(c, choices), MARKS.get(c.name, ""), c.media) for c in choices]
    may_be_na = node.is_scored and not any(choice.score == "na" for choice in choices)
    look = classes_of(node)
    shown = code_of(node.name), here, f"{node.name}{keys}", control_of(node, len(choices)) or _control(node, choices)
    return Item(node, *shown, options, tabled(parts) if "is-table" in look else parts, may_be_na, " ".join(look))


def tabled(items: list[Item]) -> list[Item]:
    """Questions that share a list as rows of a table, and above them its head."""
    rows = [row_of(item) if item.node.type in SELECTS else item for item in items]
    first = next((item for item in rows if item.node.type in SELECTS), None)
    if first is None:
        return items
    around = first.place.rpartition("/")[0]  # the head stands as long as the group does
    head = replace(first, node=without_words(first.node), place=around, id=f"{first.id}-head", control="head")
    return [replace(head, code=""), *rows]


def row_of(item: Item) -> Item:
    return replace(item, control="radios" if item.node.type == "select_one" else "chips", look="is-row")


def code_of(name: str) -> str:
    """What stands in the margin: "F01" for a question named F01 or F01_from; words such as "who" are no codes."""
    code = name.partition("_")[0]
    is_word = not code.isupper() and code.isalpha()
    return "" if is_word or len(code) > LONGEST_CODE else code


def _control(node: Node, choices: list[Choice]) -> str:
    if node.type == "select_one":
        return _choice_control(node, choices)
    if node.type == "text" and "multiline" in node.appearance:
        return "area"
    looks = node.appearance.split()
    if node.type == "image" and ("draw" in looks or "annotate" in looks):
        return "draw"
    if node.type in ("integer", "decimal") and "thousands-sep" in looks:
        return "grouped" if node.type == "integer" else "grouped_decimal"
    return node.precision or CONTROLS[node.type]


def _choice_control(node: Node, choices: list[Choice]) -> str:
    if "minimal" in node.appearance or len(choices) > FEW_CHOICES:
        return "dropdown"
    short = all(len(text) <= SHORT_LABEL for choice in choices for text in choice.label.values())
    marked = all(choice.name in MARKS for choice in choices)
    if marked and short and len(choices) <= 4:
        return "seg"
    if any(_level(choice, choices) is not None for choice in choices) or marked:
        return "levels"
    return "radios"


def _level(choice: Choice, choices: list[Choice]) -> int | None:
    """The rubric level 0 to 3 that a choice stands for, when its list is a rubric of four scores."""
    names = {c.name for c in choices if isinstance(c.score, float)}
    return int(choice.name) if names == {"0", "1", "2", "3"} and choice.name in names else None
