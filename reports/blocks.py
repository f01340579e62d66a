"""The answers of a part of the checklist as a document shows them: lines for questions, tables for repeats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from forms.checklist import Node
from reports.items import Item, Sheet, beside, topic


@dataclass(frozen=True)
class Table:
    """A repeat: one column per question in it, one row per instance."""

    code: str
    title: str
    columns: list[str]
    rows: list[list[str]]
    confidential: bool


def lines(sheet: Sheet, part: Node, without: Iterable[str] = ()) -> list[Item]:
    """The answered questions of a part, outside repeats; the codes in `without` are left out."""
    left_out = frozenset(without)
    return [item for item in sheet.entries(part) if item.answer and item.code not in left_out]


def tables(sheet: Sheet, node: Node, without: Iterable[str] = ()) -> list[Table]:
    """The repeats inside a group that have instances, as tables; those named in `without` are left out."""
    left_out = frozenset(without)
    found = (table_of(sheet, node, repeat) for repeat in sheet.repeats(node) if sheet.code(repeat) not in left_out)
    return [table for table in found if table.rows and table.columns]


def table_of(sheet: Sheet, part: Node, repeat: Node) -> Table:
    """One repeat; questions of the repeats around it stand in its first columns."""
    columns = [q for around in chain_of(part, repeat) for q in own_questions(sheet, around)]
    rows = [[sheet.answer(q, beside(instance, q)) for q in columns] for instance in sheet.instances(repeat)]
    used = [n for n in range(len(columns)) if any(row[n] for row in rows)]
    return Table(
        code=sheet.code(repeat),
        title=topic(sheet.label(repeat)),
        columns=[topic(sheet.label(columns[n])) for n in used],
        rows=[[row[n] for n in used] for row in rows if any(row)],
        confidential=repeat.confidential or any(q.confidential for q in columns),
    )


def chain_of(part: Node, repeat: Node) -> list[Node]:
    """The repeats that a repeat lies in, outermost first, and itself."""
    around = (node for node in part.walk() if node.type == "repeat")
    return [node for node in around if f"{repeat.path}/".startswith(f"{node.path}/")]


def own_questions(sheet: Sheet, repeat: Node) -> Iterator[Node]:
    """The questions of a repeat that are not in a repeat below it and may be shown."""
    for child in repeat.children:
        yield from sheet.worded(child)
