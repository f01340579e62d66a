"""What an expression means at one place of a checklist: names found, functions known, conversions settled."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache

from forms.xpath import calls, tables
from forms.xpath.bound import (
    Arithmetic,
    Bound,
    Constant,
    Field,
    Given,
    ItemScore,
    KeyNumber,
    Location,
    Logic,
    Negate,
    Node,
    Overall,
    Own,
    Position,
    Read,
    Rows,
    Union,
)
from forms.xpath.converting import as_boolean, as_number, compare, locations, need_values
from forms.xpath.expression import Call, Expression, Negation, Number, Operation, Path, Reference, String, fail
from forms.xpath.functions.coercion import divide, remainder
from forms.xpath.locating import Locator, Scope, Walk
from forms.xpath.names import Names

__all__ = ["Names", "bind"]


def bind(
    tree: Expression,
    names: Names,
    context: str,
    *,
    fields: Collection[str] | None = None,
    assessment: bool = True,
) -> Bound:
    """Bind a tree at the static path `context` ("" = outside every question); raises ExpressionError.

    The context of a repeat is one of its instances. `fields` are the columns of the choice list when the expression
    is a choice filter: bare names are columns then. With `assessment` false, total(), lowest-section() and
    gates-failed() are refused (they belong to levels and recommendations).
    """
    place = names.places[context]
    depth = len(place.repeats)
    columns = frozenset(fields) if fields is not None else None
    binder = Binder(names, assessment)
    root = binder.bind(tree, Scope(place, 0, depth + (columns is not None), None, columns, depth))
    need_values(root, tree.at)
    parts = walk(root)
    return Bound(
        root,
        root.type,
        frozenset(_references(parts)),
        frozenset(part.path for part in parts if isinstance(part, ItemScore)),
        any(isinstance(part, Overall) for part in parts),
        any(isinstance(part, Given) and part.name in ("today", "now") for part in parts),
        depth,
        fields is not None,
    )


@dataclass
class Binder:
    """Turns a tree into a bound tree."""

    names: Names
    assessment: bool
    draws: int = 0
    locator: Locator = field(init=False)

    def __post_init__(self) -> None:
        self.locator = Locator(self.names, self.condition)

    def bind(self, tree: Expression, scope: Scope) -> Node:
        match tree:
            case Number(value=value):
                return Constant(value, "number")
            case String(value=value):
                return Constant(value, "string")
            case Reference():
                return Read(self.locator.reference(tree, scope).location())
            case Path():
                return self.column(tree, scope) or self.table(tree, scope) or self.nodes(tree, scope)
            case Negation(operand=operand, at=at):
                number = as_number(self.bind(operand, scope), at)
                return Constant(-float(number.value), "number") if isinstance(number, Constant) else Negate(number)
            case Operation():
                return self.operation(tree, scope)
            case Call():
                return calls.bind_call(self, tree, scope)

    def operation(self, tree: Operation, scope: Scope) -> Node:
        operands = tuple(self.bind(operand, scope) for operand in tree.operands)
        match tree.operator:
            case "and" | "or" as operator:
                return Logic(operator, tuple(as_boolean(operand, tree.at) for operand in operands))
            case "+" | "-" | "*" | "div" | "mod" as operator:
                return arithmetic(Arithmetic(operator, tuple(as_number(operand, tree.at) for operand in operands)))
            case "|":
                return self.union(tree, operands)
            case sign:
                return compare(sign, operands[0], operands[1], tree.at)

    def union(self, tree: Operation, operands: tuple[Node, ...]) -> Node:
        parts = tuple(location for operand in operands for location in locations(operand))
        if any(not isinstance(operand, Read | Union) for operand in operands):
            fail("nodeset-expected", "Hai vế của | phải là câu hỏi.", "Both sides of | must be questions.", tree.at)
        return Union(parts)

    def nodes(self, tree: Path, scope: Scope) -> Node:
        return Read(self.locator.path(tree, scope).location())

    def table(self, tree: Path, scope: Scope) -> Rows | None:
        return tables.bind_table(self, tree, scope)

    def condition(self, tree: Expression, scope: Scope) -> Node:
        """A predicate: a number means a position, anything else a truth."""
        node = self.bind(tree, scope)
        if node.type == "number":
            return compare("=", KeyNumber(scope.width - 2), node, tree.at)
        return as_boolean(node, tree.at)

    def column(self, tree: Path, scope: Scope) -> Node | None:
        """A bare name where rows or choices are tried: a column of theirs."""
        if scope.columns is None or tree.start != "context":
            return None
        steps = [step for step in tree.steps if step.axis != "self"]
        if not steps or steps[0].axis != "child":
            if scope.outer:
                fail(
                    "row-without-name",
                    "Trong [ ] của instance() hãy viết tên cột, hoặc current()/../tên cho câu hỏi.",
                    "Inside [ ] of instance() write the name of a column, or current()/../name for a question.",
                    tree.at,
                )
            return None
        if len(steps) > 1 or steps[0].predicates or steps[0].name not in scope.columns:
            tables.unknown_column(steps[0], scope.columns, "Danh sách", "The list")
        return Field(steps[0].name, scope.row)

    def walk_of(self, tree: Expression, scope: Scope) -> Walk | None:
        """The nodes of an argument that is written as a reference or a path; None for anything else."""
        if isinstance(tree, Reference):
            return self.locator.reference(tree, scope)
        return self.locator.path(tree, scope) if isinstance(tree, Path) else None


operators: dict[str, Callable[[float, float], float]] = {
    "+": float.__add__, "-": float.__sub__, "*": float.__mul__, "div": divide, "mod": remainder,
}  # fmt: skip


def arithmetic(node: Arithmetic) -> Node:
    """The node, or its value when all operands are constants."""
    values = [float(operand.value) for operand in node.operands if isinstance(operand, Constant)]
    if len(values) < len(node.operands):
        return node
    result = values[0]
    for value in values[1:]:
        result = operators[node.operator](result, value)
    return Constant(result, "number")


def walk(root: object) -> list[object]:
    """Every dataclass inside a bound tree, except what is no dependency, each before what lies in it."""
    found, ahead = list[object](), [root]
    while ahead:
        part = ahead.pop()
        kind: type = type(part)
        if isinstance(part, tuple):
            ahead.extend(reversed(part))
        elif kind is not Own and (names := field_names(kind)) is not None:
            found.append(part)
            ahead.extend(getattr(part, name) for name in reversed(names))
    return found


@cache
def field_names(kind: type) -> tuple[str, ...] | None:
    """The fields of a dataclass; None for any other type. Asked of every node of every expression."""
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else None


def _references(parts: list[object]) -> Iterator[str]:
    for part in parts:
        match part:
            case Location(path=path, storage=storage, levels=levels):
                yield from (level.repeat for level in levels if level.repeat)
                if storage != "group":
                    yield path
            case ItemScore(path=path):
                yield path
            case Position(repeat=repeat):
                yield repeat
            case _:
                pass
