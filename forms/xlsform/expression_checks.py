"""Checks every expression of a checklist as it will run: it parses, names what exists, and waits for no circle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from forms.checklist import Checklist, Node
from forms.faults import Fault
from forms.logic.formula import Formulas
from forms.logic.plan import CircularLogicError, Spot, plan_checklist
from forms.xlsform.diagnosis import fault
from forms.xpath.expression import ExpressionError

Place = tuple[str, int, str]
"""Sheet, row, column."""

LONGEST_WAY = 12
"""Of a longer circle the first steps and the last one are told."""

kinds = {
    "relevant": "relevant",
    "required": "required",
    "constraint": "constraint",
    "calculation": "value",
    "triggered": "triggered",
    "default": "value",
    "choice_filter": "filter",
    "seed": "order",
    "score": "score",
    "repeat_count": "instances",
}
"""The columns of the survey sheet that hold expressions, with the kind of result the engine takes from each."""


def check_expressions(checklist: Checklist) -> list[Fault]:
    """The faults of all expressions, in the order of the sheets; of circular logic the first circle with its way."""
    formulas = Formulas(checklist)
    faults = []
    for place, source, context, kind, choices in expressions(checklist, formulas):
        try:
            formula = formulas.compile(source, context, kind, choices)
            if kind == "value" and context in formula.bound.references:
                faults.append(fault("logic_circular", *place, way=way_round(checklist, [(context, "value")])))
        except ExpressionError as error:
            faults.append(Fault(error.code, error.text, *place, error.character))
    return faults or circles(checklist, formulas)


def circles(checklist: Checklist, formulas: Formulas) -> list[Fault]:
    """The fault of questions whose logic waits for itself; only expressions that bind can be put in order."""
    try:
        plan_checklist(checklist, formulas)
    except CircularLogicError as error:
        path, kind = error.spots[0]
        node = checklist.node(path)
        way = way_round(checklist, error.spots)
        return [fault("logic_circular", "survey", node.row, column_of(node, kind), way=way)]
    return []


def way_round(checklist: Checklist, spots: Sequence[Spot]) -> str:
    """The circle with the cell of each step: "${a} (survey:2 relevant) → ${b} (survey:3 calculation) → ${a}"."""
    known = {node.path: node for node in checklist.walk()}
    nodes = [known[path] for path, _ in spots]
    steps = [
        f"${{{node.name}}} (survey:{node.row} {column_of(node, kind)})"
        for node, (_, kind) in zip(nodes, spots, strict=True)
    ]
    if len(steps) > LONGEST_WAY:
        steps[LONGEST_WAY - 1 : -1] = ["…"]
    return " → ".join([*steps, f"${{{nodes[0].name}}}"])


def column_of(node: Node, kind: str) -> str:
    """The column of the survey in which what gives a result is written."""
    known = {"filter": "choice_filter", "instances": "repeat_count", "order": "parameters"}
    value = "calculation" if node.calculation else "default"
    return value if kind == "value" else known.get(kind, kind)


def expressions(checklist: Checklist, formulas: Formulas) -> Iterator[tuple[Place, str, str, str, str | None]]:
    """Every expression: place, source, path of its context, kind, and the choice list it filters.

    A condition that is missing altogether is a fault of its row, not of an expression.
    """
    for node in checklist.walk():
        yield from node_expressions(node)
    if checklist.instance_name:
        yield ("settings", 2, "instance_name"), checklist.instance_name, "", "value", None
    for level in checklist.levels:
        if level.when:
            yield ("levels", level.row, "when"), level.when, "", "when", None
    for rule in checklist.rules:
        context = formulas.path_of(rule.questions[0]) if rule.questions else None
        if rule.when:
            yield ("recommendations", rule.row, "when"), rule.when, context or "", "when", None


def node_expressions(node: Node) -> Iterator[tuple[Place, str, str, str, str | None]]:
    """The expressions of one row of the survey."""
    for column, kind in kinds.items():
        source = getattr(node, column)
        if source:
            place = ("survey", node.row, {"triggered": "calculation", "seed": "parameters"}.get(column, column))
            yield place, source, node.path, kind, node.choices
