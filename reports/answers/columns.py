"""The columns of an export of answers: those of several versions of a checklist, united by the names of questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace

from forms.checklist import PLACEHOLDER, Checklist, Node, Text

VISITS = "visits"
"""The table with one row for each visit; every repeat is a table of its own."""

NOTED = ("state", "reason", "evidence", "note")
PLACE = ("latitude", "longitude", "altitude", "accuracy")
UNASKED = ("note", "group", "repeat")
MANY = ("select_multiple", "select_multiple_from_file")
PLACES = ("geopoint", "start-geopoint")
MOST_CHOICES = 200
"""A longer list gets no columns of its own: one of an attached file may have thousands of rows."""


@dataclass(frozen=True)
class Column:
    """One column. `nodes` holds, by version, the question that fills it; `part` says what of it: "" is the answer.

    Other parts are those of a place, "choice" (whether `choice` was chosen), what was noted, "score" (of the question)
    and "item" (the mean score over the instances of a repeat). Of part "section" there are no nodes but `sections`.
    """

    name: str
    label: str
    part: str = ""
    choice: str = ""
    nodes: dict[str, Node] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)

    def joined_with(self, older: Column) -> Column:
        """This column, filled by the older versions too."""
        return replace(self, nodes=older.nodes | self.nodes, sections=older.sections | self.sections)


@dataclass(frozen=True)
class Layout:
    """One table: the visits, or a repeat with its paths by version."""

    name: str
    label: str
    columns: list[Column]
    paths: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Parts:
    """What is wanted beside the answers, and whether answers of several parts are split into columns of their own."""

    notes: bool = False
    scores: bool = False
    choices: bool = False
    places: bool = True


def layouts_of(
    versions: Iterable[Checklist], hidden: Mapping[str, Set[str]], taken: Set[str], language: str, parts: Parts
) -> list[Layout]:
    """The tables of these versions of one checklist, the newest version first: the visits, then each repeat.

    `hidden` holds by version the paths that are left out, `taken` the names that other columns have. A name that a
    version has twice stands as its path.
    """
    known = list(versions)
    unclear = set(taken).union(*(_repeated_names(one) for one in known))
    found: dict[str, Layout] = {}
    for checklist in known:
        outline = _Outline(checklist, hidden.get(checklist.version, set()), unclear, language, parts)
        for layout in outline.layouts():
            before = found.get(layout.name)
            found[layout.name] = _united(before, layout) if before else layout
    return [found[VISITS], *(layout for layout in found.values() if layout.name != VISITS and layout.columns)]


def _repeated_names(checklist: Checklist) -> set[str]:
    counts = Counter(node.name for node in checklist.walk() if node.type not in ("group", "note"))
    return {name for name, count in counts.items() if count > 1} | {VISITS}


def _united(newer: Layout, older: Layout) -> Layout:
    """Columns of the newer one in their order; what only the older one has follows what stood before it there."""
    own = {column.name: column for column in newer.columns}
    behind: dict[str, list[Column]] = {"": []}
    place = ""
    for column in older.columns:
        if column.name in own:
            place = column.name
            own[place] = own[place].joined_with(column)
        else:
            behind.setdefault(place, []).append(column)
    columns = behind[""] + [one for name, column in own.items() for one in [column, *behind.get(name, [])]]
    return replace(newer, columns=columns, paths=older.paths | newer.paths)


class _Outline:
    """The tables of one version."""

    def __init__(self, checklist: Checklist, hidden: Set[str], unclear: Set[str], language: str, parts: Parts) -> None:
        self.checklist, self.hidden, self.unclear = checklist, hidden, unclear
        self.language, self.parts = language, parts
        self.tables: dict[str, list[Column]] = {VISITS: []}
        self.scores: dict[str, list[Column]] = {VISITS: list(self._sections())}
        self.labels: dict[str, str] = {VISITS: self._pick(checklist.title)}
        self.paths: dict[str, str] = {}

    def layouts(self) -> list[Layout]:
        self._add(self.checklist.nodes, VISITS)
        version = self.checklist.version
        return [
            Layout(
                name,
                self.labels[name],
                columns + self.scores.get(name, []),
                {version: self.paths[name]} if name in self.paths else {},
            )
            for name, columns in self.tables.items()
        ]

    def _add(self, nodes: Iterable[Node], table: str) -> None:
        for node in nodes:
            if node.path in self.hidden:
                continue
            if node.type == "group":
                self._add(node.children, table)
            elif node.type == "repeat":
                self._add_repeat(node)
            elif node.type not in UNASKED:
                self.tables[table] += self._columns(node)
                self.scores.setdefault(table, []).extend(self._scores(node, table))

    def _add_repeat(self, node: Node) -> None:
        name = self._name(node)
        self.tables[name], self.paths[name] = [], node.path
        self.labels[name] = self._label(node)
        self._add(node.children, name)

    def _columns(self, node: Node) -> Iterator[Column]:
        if node.type in PLACES and self.parts.places:
            yield from (self._column(node, part) for part in PLACE)
        else:
            yield self._column(node)
        choices = self.checklist.choices_of(node.choices) if self.parts.choices and node.type in MANY else []
        if len(choices) <= MOST_CHOICES:
            yield from (
                self._column(node, "choice", one.name, static_text(one.label, self.language)) for one in choices
            )
        if self.parts.notes:
            yield from (self._column(node, part) for part in NOTED)

    def _scores(self, node: Node, table: str) -> Iterator[Column]:
        if not self.parts.scores or not node.is_scored:
            return
        yield self._column(node, "score")
        if table != VISITS:
            self.scores[VISITS].append(self._column(node, "item"))

    def _sections(self) -> Iterator[Column]:
        scored = [one for one in self.checklist.sections if one.weight > 0] if self.parts.scores else []
        for one in scored:
            yield Column(
                f"{one.name}#section",
                self._pick(one.label),
                "section",
                sections={self.checklist.version: one.name},
            )

    def _column(self, node: Node, part: str = "", choice: str = "", words: str = "") -> Column:
        name, label = self._name(node), self._label(node)
        nodes = {self.checklist.version: node}
        if part == "choice":
            return Column(f"{name}/{choice}", f"{label} / {words or choice}", part, choice, nodes)
        ending = f"#{'score' if part == 'item' else part}" if part else ""
        return Column(f"{name}{ending}", label, part, nodes=nodes)

    def _name(self, node: Node) -> str:
        return node.path if node.name in self.unclear else node.name

    def _label(self, node: Node) -> str:
        return static_text(node.label, self.language)

    def _pick(self, text: Text) -> str:
        return worded(text, self.language)


def worded(text: Text, language: str) -> str:
    """The wording in a language, else in Vietnamese, else in any."""
    return text.get(language) or text.get("vi") or next((words for words in text.values() if words), "")


def static_text(text: Text, language: str) -> str:
    """A wording in one line, without the answers that it quotes: it stands for many visits."""
    return filled_text(text, language, None)


def filled_text(text: Text, language: str, quote: Callable[[str], str] | None) -> str:
    """A wording in one line with the answers that it quotes, as far as `quote` tells them by name."""
    words = worded(text, language)
    if "${" in words:
        words = PLACEHOLDER.sub(lambda found: (quote(found[1]) if quote else "") or "…", words)
    return " ".join(words.split())
