"""Closures of comparisons. A question compared with a constant is one closure: most conditions are of that kind."""

from __future__ import annotations

from collections.abc import Callable

from forms.xpath.bound import Compare, Constant, Convert, Node, Read, Storage
from forms.xpath.functions.coercion import number_text, text_number
from forms.xpath.reading import Compile, Run, value_reader

mirrored = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def compile_comparison(node: Compare, compile_node: Compile) -> Run:
    """The closure of a comparison of two operands of one known type."""
    return quick_comparison(node) or COMPARE[node.operator](compile_node(node.left), compile_node(node.right))


COMPARE: dict[str, Callable[[Run, Run], Run]] = {
    "=": lambda left, right: lambda s, k: left(s, k) == right(s, k),
    "!=": lambda left, right: lambda s, k: left(s, k) != right(s, k),
    "<": lambda left, right: lambda s, k: left(s, k) < right(s, k),
    "<=": lambda left, right: lambda s, k: left(s, k) <= right(s, k),
    ">": lambda left, right: lambda s, k: left(s, k) > right(s, k),
    ">=": lambda left, right: lambda s, k: left(s, k) >= right(s, k),
}


def against_constant(node: Compare) -> tuple[Convert, Read, str, Constant] | None:
    """Conversion, question, operator and constant when a comparison is of one question with a constant."""
    left, right, sign = node.left, node.right, node.operator
    if isinstance(left, Constant):
        left, right, sign = right, left, mirrored[sign]
    if not isinstance(left, Convert) or not isinstance(right, Constant):
        return None
    operand: Node = left.operand
    if not isinstance(operand, Read) or not operand.location.is_single:
        return None
    return left, operand, sign, right


def quick_comparison(node: Compare) -> Run | None:
    """One closure for a question against a constant; None when the comparison is not of that kind."""
    found = against_constant(node)
    if found is None:
        return None
    convert, operand, sign, constant = found
    read, storage = value_reader(operand.location), operand.location.storage
    if convert.form == "text" and sign in ("=", "!="):
        run = equal_text(read, operand.location.path, operand.location.span.whole, storage, str(constant.value))
        if run is None or sign == "=":
            return run
        return lambda s, k: not run(s, k)
    if convert.form == "number" and storage == "number":
        return compare_number(read, sign, float(constant.value))
    return None


def equal_text(read: Run, path: str, whole: bool, storage: Storage, text: str) -> Run | None:
    """Whether the text of a question is `text`; None when that takes a conversion."""
    if text == "" and storage in ("text", "number", "list"):
        return lambda s, k: read(s, k) in (None, "", [])
    if storage == "text":
        if whole:
            return lambda s, k: s.value(path, k) == text
        return lambda s, k: read(s, k) == text
    if storage == "number":
        number = text_number(text)
        if number_text(number) != text:
            return lambda s, k: False
        return lambda s, k: read(s, k) == number
    return None


def compare_number(read: Run, sign: str, number: float) -> Run:
    """A number question against a number; an empty one compares as NaN does."""
    match sign:
        case "=":
            return lambda s, k: read(s, k) == number
        case "!=":
            return lambda s, k: read(s, k) != number
        case "<":
            return lambda s, k: (value := read(s, k)) is not None and value < number
        case "<=":
            return lambda s, k: (value := read(s, k)) is not None and value <= number
        case ">":
            return lambda s, k: (value := read(s, k)) is not None and value > number
        case _:
            return lambda s, k: (value := read(s, k)) is not None and value >= number
