"""The rows of an export of answers: of each visit one, and one for each instance of its repeats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from forms.answers import Value
from forms.checklist import Checklist, Node
from reports.answers.cells import Cell, Quote, View, Writing, cell_of, flat
from reports.answers.columns import Column, Layout
from reports.items import INSTANCE_KEY, beside

Row = list[Cell]


@dataclass(frozen=True)
class Record:
    """One visit as it is exported.

    `facts` are the cells of the columns about the visit, by name. `questions` are those of `evaluate` by instance
    path, with what was noted about each; `sections` (0 to 100) and `items` (0 to 1, or "na") are the scores.
    """

    facts: Mapping[str, Cell]
    version: str
    questions: Mapping[str, View]
    unit_name: Callable[[str], str]
    sections: Mapping[str, Any] = field(default_factory=dict)
    items: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Instance:
    """One instance of a repeat: its path, that of the instance around it ("" for none), and its questions by path."""

    head: str
    parent: str
    position: int
    questions: dict[str, View] = field(default_factory=dict)

    @property
    def is_asked(self) -> bool:
        return any(view.get("relevant") for view in self.questions.values())


class Rows:
    """Makes the rows of records in tables of these layouts: the visits first, then each repeat."""

    def __init__(
        self, layouts: list[Layout], versions: list[Checklist], about_visit: list[str], about_instance: list[str],
        language: str | None,
    ) -> None:  # fmt: skip
        """`about_visit` and `about_instance` name the facts that stand before the answers; `language` None: codes."""
        self.layouts = layouts
        self._about_visit, self._about_instance = about_visit, about_instance
        self._writings = {one.version: Writing(one, language) for one in versions}
        self._nodes = {one.version: {node.name: node for node in one.walk()} for one in versions}
        self._tables = {
            (version, path): number for number, one in enumerate(layouts) for version, path in one.paths.items()
        }

    def of(self, record: Record) -> Iterator[tuple[int, Row]]:
        """The rows of one visit, each with the number of its table."""
        facts = [record.facts.get(name) for name in self._about_visit]
        yield 0, facts + [self._of_visit(column, record) for column in self.layouts[0].columns]
        for number, instance in self.instances(record):
            row = [self._facts_of(record, instance, name) for name in self._about_instance]
            yield number, row + [self._of_instance(column, record, instance) for column in self.layouts[number].columns]

    def instances(self, record: Record) -> Iterator[tuple[int, Instance]]:
        """The instances that are asked, table by table, each with the number of its table."""
        for path, known in instances_of(record.questions).items():
            number = self._tables.get((record.version, path))
            if number is not None:
                yield from ((number, one) for one in known if one.is_asked)

    def written(self, record: Record, column: Column, view: View, head: str = "") -> Value:
        """The answer to a question in the instance at `head`, as stored or in words."""
        writing, node = self._writings[record.version], column.nodes[record.version]
        return writing.answer(node, view.get("value"), record.unit_name, self._quote(record, node, head))

    def _quote(self, record: Record, node: Node | None, head: str) -> Quote | None:
        """Tells a choice that quotes answers what was answered beside it; None for all other choices."""
        writing = self._writings[record.version]
        if node is None or node.choices not in writing.quoting:
            return None

        def answered(name: str) -> str:
            other = self._nodes[record.version].get(name)
            view = record.questions.get(beside(head, other)) if other else None
            if other is None or view is None or not view.get("relevant"):
                return ""
            told = flat(other, writing.answer(other, view.get("value"), record.unit_name), writing.language)
            return "" if told is None else str(told)

        return answered

    def _of_visit(self, column: Column, record: Record) -> Cell:
        if column.part == "section":
            section = record.sections.get(column.sections.get(record.version, ""))
            return section.get("score") if section else None
        node = column.nodes.get(record.version)
        if node is None:
            return None
        if column.part == "item":
            score: Cell = record.items.get(node.path)
            return score
        view = record.questions.get(node.path)
        return self.cell(column, record, view) if view else None

    def _of_instance(self, column: Column, record: Record, instance: Instance) -> Cell:
        node = column.nodes.get(record.version)
        view = instance.questions.get(node.path) if node else None
        return self.cell(column, record, view, instance.head) if view else None

    def cell(self, column: Column, record: Record, view: View, head: str = "") -> Cell:
        quote = self._quote(record, column.nodes.get(record.version), head)
        return cell_of(column, record.version, view, self._writings[record.version], record.unit_name, quote)

    def _facts_of(self, record: Record, instance: Instance, name: str) -> Cell:
        own: dict[str, Cell] = {
            "key": key_of(record, instance.head),
            "parent_key": key_of(record, instance.parent),
            "position": instance.position,
        }
        return own[name] if name in own else record.facts.get(name)


def key_of(record: Record, head: str) -> str:
    """What an instance is known by in all tables; of no instance, the visit."""
    return f"{record.facts['visit_id']}{head}"


def instances_of(questions: Mapping[str, View]) -> dict[str, list[Instance]]:
    """The instances of each repeat by its path, in the order of their repeats; outer ones count with what is inside."""
    found: dict[str, dict[str, Instance]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for path, view in questions.items():
        if "[" not in path:
            continue
        for head, parent in heads_of(path):
            repeat = INSTANCE_KEY.sub("", head)
            known = found.setdefault(repeat, {})
            if head not in known:
                counts[repeat, parent] += 1
                known[head] = Instance(head, parent, counts[repeat, parent])
            known[head].questions[INSTANCE_KEY.sub("", path)] = view
    return {repeat: list(known.values()) for repeat, known in found.items()}


def heads_of(path: str) -> Iterator[tuple[str, str]]:
    """The instances that a path lies in, from the outside in, each with the one around it: "/J[a]/K[b]/x"."""
    parent = ""
    for end in (match.end() for match in INSTANCE_KEY.finditer(path)):
        yield path[:end], parent
        parent = path[:end]
