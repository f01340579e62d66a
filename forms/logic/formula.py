"""Formulas: expressions bound at their place in a checklist, ready to run in Python and to be written as JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

from forms.checklist import Checklist, Choice
from forms.xpath.binding import Names, bind
from forms.xpath.bound import Bound, Constant, Given, If, Invoke, Node
from forms.xpath.closures import Wanted, compile_node, to_closure, to_filter
from forms.xpath.converting import as_text
from forms.xpath.expression import parse
from forms.xpath.javascript import Writer, to_javascript
from forms.xpath.keyed import key_of

WANTED: Final[dict[str, Wanted]] = {
    "relevant": "boolean",
    "required": "boolean",
    "constraint": "boolean",
    "when": "boolean",
    "value": "answer",
    "triggered": "answer",
    "score": "answer",
    "instances": "number",
    "order": "string",
    "expression": "raw",
}
"""What the cells and rules take from their formula."""


MOMENTS: Final = {"date": "date", "dateTime": "date-time"}
"""Types whose computed answer may be a count of days, with the function that makes a moment of it."""


@dataclass(frozen=True)
class Formula:
    """One bound expression; `run(state, keys)` gives its result, of a choice filter `run(state, keys, choice)`."""

    source: str
    kind: str
    bound: Bound

    @cached_property
    def run(self) -> Callable[..., Any]:
        return to_filter(self.bound) if self.kind == "filter" else to_closure(self.bound, WANTED[self.kind])

    @cached_property
    def key(self) -> tuple[str, Callable[..., Any], str] | None:
        """Of a filter that only rows with one text in a column satisfy: the column, and the text in both languages."""
        found = key_of(self.bound.root, self.bound.depth) if self.kind == "filter" else None
        if found is None:
            return None
        run = compile_node(found.text)
        return found.column, lambda s, k: run(s, (*k, None)), Writer(self.bound.depth + 1).write(found.text)

    def javascript(self) -> str:
        """The body of a JavaScript function of `s`, `k`, `f`, and `c` for a choice filter."""
        return to_javascript(self.bound, WANTED.get(self.kind, "boolean"))


@dataclass
class Formulas:
    """Binds the expressions of one checklist."""

    checklist: Checklist
    paths: dict[str, list[str]] = field(init=False)
    types: dict[str, str] = field(init=False)
    names: Names = field(init=False)
    kept: dict[tuple[str, str, str, str | None], Formula] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.names = Names.of(self.checklist)
        self.types = {node.path: node.type for node in self.checklist.walk()}
        self.paths = {}
        for node in self.checklist.walk():
            self.paths.setdefault(node.name, []).append(node.path)

    def compile(self, source: str, context: str, kind: str, choices: str | None = None) -> Formula:
        """The formula of one cell of the sheet, bound once; raises ExpressionError."""
        cell = (source, context, kind, choices)
        if cell not in self.kept:
            self.kept[cell] = self._bind(*cell)
        return self.kept[cell]

    def _bind(self, source: str, context: str, kind: str, choices: str | None) -> Formula:
        fields = None
        if kind == "filter":
            fields = self.columns_of(choices or "")
        bound = bind(parse(source), self.names, context, fields=fields, assessment=kind in ("when", "expression"))
        wanted = MOMENTS.get(self.types.get(context, "")) if kind in ("value", "triggered") else None
        return Formula(source, kind, as_moment(bound, wanted) if wanted else bound)

    def columns_of(self, choices: str) -> set[str]:
        """What a filter on this choice list may name."""
        found = self.checklist.lists.get(choices)
        if found:
            return set(self.checklist.tables[found.table].columns)
        return {"name", "label"}.union(*(choice.fields for choice in self.checklist.choices.get(choices, [])))

    def path_of(self, name: str) -> str | None:
        """The path of the question with this name; None when there is none or more than one."""
        found = self.paths.get(name, [])
        return found[0] if len(found) == 1 else None


def as_moment(bound: Bound, function: str) -> Bound:
    """An expression whose number becomes a date or a date-time, as in a date question that says `today() + 7`."""
    if gives(bound.root, function):
        return bound
    return replace(bound, root=Invoke(function, (as_text(bound.root, 1),), "string"), type="string")


def gives(node: Node, function: str) -> bool:
    """Whether an expression gives what the function makes, so that it need not be asked."""
    match node:
        case If(then=then, otherwise=otherwise):
            return gives(then, function) and gives(otherwise, function)
        case Given(name=name):
            return (name, function) in (("today", "date"), ("now", "date-time"))
        case Constant(type="string"):
            return True
        case _:
            return isinstance(node, Invoke) and node.name == function


def choice_row(choice: Choice) -> dict[str, str]:
    """A choice as its filter reads it."""
    return {"label": next(iter(choice.label.values()), ""), **choice.fields, "name": choice.name}


def always(source: str) -> bool | None:
    """The constant a condition stands for, None when it has to be computed."""
    word = source.strip().lower()
    if word in ("yes", "true", "true()"):
        return True
    return False if word in ("", "no", "false", "false()") else None
