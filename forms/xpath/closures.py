"""Bound expressions as Python closures over a state and the keys of an instance."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, Protocol

from forms.xpath.bound import (
    Arithmetic,
    Bound,
    ChoiceName,
    Coalesce,
    Compare,
    CompareAny,
    CompareScalars,
    Constant,
    Convert,
    Count,
    Draw,
    Field,
    Given,
    If,
    Invoke,
    ItemScore,
    KeyNumber,
    Label,
    Logic,
    Match,
    Negate,
    Node,
    NodeSet,
    Overall,
    Own,
    Position,
    Read,
    Rows,
    Selected,
    Shuffled,
    Union,
)
from forms.xpath.comparing import compile_comparison
from forms.xpath.converting import as_boolean, as_number, as_text
from forms.xpath.functions import FUNCTIONS, chance, coercion
from forms.xpath.functions.numbers import item_level
from forms.xpath.reading import Run, converted_reader, counter, keys_reader, value_reader, values_reader

Keys = tuple[str, ...]
Value = str | int | float | bool | list[str] | None
Wanted = Literal["raw", "boolean", "string", "number", "answer"]


class State(Protocol):
    """What an expression may ask of the answers of a visit."""

    @property
    def today(self) -> str: ...
    @property
    def now(self) -> str: ...
    @property
    def unit_code(self) -> str: ...
    @property
    def unit_kind(self) -> str: ...
    @property
    def seed(self) -> str: ...
    def value(self, path: str, keys: Keys) -> Value: ...
    def answer(self, path: str, keys: Keys) -> Value: ...
    def instances(self, repeat: str, keys: Keys) -> list[Keys]: ...
    def position(self, repeat: str, keys: Keys) -> int: ...
    def rows(self, table: str) -> Sequence[Mapping[str, str]]: ...
    def rows_with(self, table: str, column: str, text: str) -> Sequence[int]: ...
    def label(self, path: str, keys: Keys, language: str) -> str | None: ...
    def item_score(self, path: str, keys: Keys) -> float | str | None: ...
    def total(self) -> float | None: ...
    def lowest_section(self) -> float | None: ...
    def gates_failed(self) -> int: ...


def to_closure(bound: Bound, wanted: Wanted = "raw") -> Callable[[State, Keys], Any]:
    """The closure of an expression.

    `wanted` converts as XPath does: "boolean" for conditions, "string", "number", "answer" for what a calculation
    stores (text, number or None: empty text and NaN are None, truth is "true" or "false", 3.0 is 3); "raw" leaves
    str, float, bool, or for a node-set the list of its node values.
    """
    return compile_node(in_form(bound.root, wanted))


def to_filter(bound: Bound) -> Callable[[State, Keys, Mapping[str, str]], bool]:
    """The closure of a choice filter; its third argument holds name, label and the further columns of a choice."""
    run = compile_node(as_boolean(bound.root, 0))
    return lambda s, k, choice: run(s, (*k, choice))


def in_form(node: Node, wanted: Wanted) -> Node:
    """A node converted to what the caller wants."""
    match wanted:
        case "boolean":
            return as_boolean(node, 0)
        case "string":
            return as_text(node, 0)
        case "number":
            return as_number(node, 0)
        case "answer":
            return Convert("answer", node, "any")
        case _:
            return node


def compile_node(node: Node) -> Run:
    """The closure of one node of a bound tree."""
    return COMPILERS[type(node)](node)


def _compile_constant(node: Constant) -> Run:
    value = node.value
    return lambda s, k: value


def _compile_read(node: NodeSet) -> Run:
    if isinstance(node, Read) and node.location.is_single and node.location.storage != "group":
        read = value_reader(node.location)
        return lambda s, k: [read(s, k)]
    return values_reader(node, compile_node)


def _compile_own(node: Own) -> Run:
    path, keys = node.location.path, keys_reader(node.location.span)
    return lambda s, k: coercion.text(s.answer(path, keys(k)))


def _compile_draw(node: Draw) -> Run:
    name, keys, step = node.name, keys_reader(node.span), node.step
    if node.length:
        length = compile_node(node.length)
        return lambda s, k: chance.random_name(s.seed, name, keys(k), k[step] if step >= 0 else 0, length(s, k))
    drawn = chance.random_number if node.type == "number" else chance.random_uuid
    return lambda s, k: drawn(s.seed, name, keys(k), k[step] if step >= 0 else 0)


def _compile_field(node: Field) -> Run:
    name, place = node.name, node.place
    return lambda s, k: k[place].get(name, "")


def _compile_key_number(node: KeyNumber) -> Run:
    place = node.place
    return lambda s, k: k[place]


def _compile_position(node: Position) -> Run:
    repeat, keys = node.repeat, keys_reader(node.span)
    return lambda s, k: float(s.position(repeat, keys(k)))


def _compile_count(node: Count) -> Run:
    return counter(node.operand, compile_node)


def _compile_convert(node: Convert) -> Run:
    operand = node.operand
    if isinstance(operand, NodeSet):
        return converted_reader(node.form, operand, compile_node)
    run = compile_node(operand)
    match node.form:
        case "text":
            return lambda s, k: coercion.text(run(s, k))
        case "number":
            return lambda s, k: coercion.number(run(s, k))
        case "boolean":
            return lambda s, k: coercion.boolean(run(s, k))
        case "answer":
            return lambda s, k: coercion.answer(run(s, k))
        case _:
            return lambda s, k: [run(s, k)]


def _compile_arithmetic(node: Arithmetic) -> Run:
    runs = [compile_node(operand) for operand in node.operands]
    left, right = runs[0], runs[1]
    match node.operator:
        case "+" if len(runs) > 2:
            return lambda s, k: added([run(s, k) for run in runs])
        case "+":
            return lambda s, k: left(s, k) + right(s, k)
        case "-":
            return lambda s, k: left(s, k) - right(s, k)
        case "*":
            return lambda s, k: left(s, k) * right(s, k)
        case "div":
            return lambda s, k: coercion.divide(left(s, k), right(s, k))
        case _:
            return lambda s, k: coercion.remainder(left(s, k), right(s, k))


def added(numbers: list[float]) -> float:
    """The sum from left to right; built-in sum() of Python 3.12 rounds differently from JavaScript."""
    result = numbers[0]
    for number in numbers[1:]:
        result += number
    return result


def _compile_negate(node: Negate) -> Run:
    run = compile_node(node.operand)
    return lambda s, k: -run(s, k)


def _compile_logic(node: Logic) -> Run:
    runs = [compile_node(operand) for operand in node.operands]
    left, right = runs[0], runs[1]
    if len(runs) == 2:
        if node.operator == "and":
            return lambda s, k: left(s, k) and right(s, k)
        return lambda s, k: left(s, k) or right(s, k)
    decisive = node.operator == "or"

    def chain(s: Any, k: Any) -> bool:
        for run in runs:  # any() over a generator takes twice as long
            if bool(run(s, k)) == decisive:
                return decisive
        return not decisive

    return chain


def _compile_any_comparison(node: CompareAny) -> Run:
    sign, left, right = node.operator, compile_node(node.left), compile_node(node.right)
    return lambda s, k: coercion.compare_any(sign, left(s, k), right(s, k))


def _compile_scalar_comparison(node: CompareScalars) -> Run:
    left, right = compile_node(node.left), compile_node(node.right)
    if node.operator == "=":
        return lambda s, k: coercion.equal(left(s, k), right(s, k))
    return lambda s, k: not coercion.equal(left(s, k), right(s, k))


def _compile_if(node: If) -> Run:
    condition, then, otherwise = compile_node(node.condition), compile_node(node.then), compile_node(node.otherwise)
    return lambda s, k: then(s, k) if condition(s, k) else otherwise(s, k)


def _compile_coalesce(node: Coalesce) -> Run:
    runs = [compile_node(operand) for operand in node.operands]
    return lambda s, k: next((text for run in runs if (text := run(s, k))), "")


def _compile_invoke(node: Invoke) -> Run:
    runs = [compile_node(argument) for argument in node.arguments]
    if node.name == "not":
        operand = runs[0]
        return lambda s, k: not operand(s, k)
    call = FUNCTIONS[node.name].call
    if len(runs) == 1:
        only = runs[0]
        return lambda s, k: call(only(s, k))
    if len(runs) == 2:
        left, right = runs
        return lambda s, k: call(left(s, k), right(s, k))
    return lambda s, k: call(*[run(s, k) for run in runs])


def _compile_match(node: Match) -> Run:
    operand, search = compile_node(node.operand), re.compile(node.python, re.ASCII).search
    return lambda s, k: search(operand(s, k)) is not None


def _compile_selected(node: Selected) -> Run:
    read, name = value_reader(node.location), compile_node(node.name)
    return lambda s, k: name(s, k) in (read(s, k) or ())


def _compile_label(node: Label) -> Run:
    path, keys, language = node.location.path, keys_reader(node.location.span), node.language
    return lambda s, k: s.label(path, keys(k), language) or ""


def _compile_choice_name(node: ChoiceName) -> Run:
    operand, labels = compile_node(node.operand), dict(node.labels)
    if not node.quoted:
        return lambda s, k: labels.get(operand(s, k), "")
    keys, language = keys_reader(node.span), node.language
    return lambda s, k: s.filled(labels.get(operand(s, k), ""), keys(k), language)


def _compile_item_score(node: ItemScore) -> Run:
    path, keys = node.path, keys_reader(node.span)
    if node.as_level:
        return lambda s, k: item_level(number_or_nan(s.item_score(path, keys(k))))
    return lambda s, k: number_or_nan(s.item_score(path, keys(k)))


def number_or_nan(value: float | str | None) -> float:
    """A figure of the assessment; "na" and None are NaN, so that no comparison with them is true."""
    return float(value) if isinstance(value, int | float) else math.nan


def _compile_overall(node: Overall) -> Run:
    match node.figure:
        case "total":
            return lambda s, k: number_or_nan(s.total())
        case "lowest_section":
            return lambda s, k: number_or_nan(s.lowest_section())
        case _:
            return lambda s, k: number_or_nan(s.gates_failed())


def _compile_given(node: Given) -> Run:
    match node.name:
        case "today":
            return lambda s, k: s.today
        case "now":
            return lambda s, k: s.now
        case "unit_code":
            return lambda s, k: s.unit_code
        case _:
            return lambda s, k: s.unit_kind


COMPILERS: dict[type, Callable[[Any], Run]] = {
    Constant: _compile_constant,
    Read: _compile_read,
    Union: _compile_read,
    Rows: _compile_read,
    Shuffled: _compile_read,
    Own: _compile_own,
    Draw: _compile_draw,
    Field: _compile_field,
    KeyNumber: _compile_key_number,
    Position: _compile_position,
    Count: _compile_count,
    Convert: _compile_convert,
    Arithmetic: _compile_arithmetic,
    Negate: _compile_negate,
    Logic: _compile_logic,
    Compare: lambda node: compile_comparison(node, compile_node),
    CompareAny: _compile_any_comparison,
    CompareScalars: _compile_scalar_comparison,
    If: _compile_if,
    Coalesce: _compile_coalesce,
    Invoke: _compile_invoke,
    Match: _compile_match,
    Selected: _compile_selected,
    Label: _compile_label,
    ChoiceName: _compile_choice_name,
    ItemScore: _compile_item_score,
    Overall: _compile_overall,
    Given: _compile_given,
}
