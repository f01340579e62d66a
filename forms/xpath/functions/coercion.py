"""XPath 1.0 conversions between text, number and truth, with the dates that the ODK specification adds to number()."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from forms.xpath.functions.dates import days_of, number_form

Scalar = str | int | float | bool
Stored = Scalar | Sequence[str] | None
"""What a node holds: None when empty, a list of texts for a question with several choices."""

NAN = math.nan
exact_integers = 2**53


def text(value: Stored) -> str:
    """XPath string() of a scalar or of what a node holds."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value)
    return " ".join(value)


def number_text(value: float) -> str:
    """A number as XPath 1.0 §4.2 writes it: no exponent, no decimal point when whole, -0 as 0."""
    if value != value:
        return "NaN"
    if value in (math.inf, -math.inf):
        return "Infinity" if value > 0 else "-Infinity"
    if abs(value) < exact_integers and value == int(value):
        return str(int(value))
    digits = format(Decimal(repr(float(value))), "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def number(value: Stored) -> float:
    """XPath number() of a scalar or of what a node holds; NaN when empty; dates are days since 1970-01-01."""
    if isinstance(value, float):
        return value
    if isinstance(value, int):
        return float(value)
    return text_number(text(value))


def text_number(value: str) -> float:
    """A text as a number: an optional minus, digits, an optional fraction; a date as days; else NaN."""
    match = number_form.fullmatch(value)
    return float(match[1]) if match else days_of(value)


def boolean(value: Stored) -> bool:
    """XPath boolean() of a scalar, or of a node by its text: an empty node is false, as is the number NaN."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return value == value and value != 0
    return bool(value)


def answer(value: Stored) -> Scalar | None:
    """A result as a calculation stores it: empty text and NaN as None, truth as text, 3.0 as 3."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        if value != value:
            return None
        if abs(value) == math.inf:
            return number_text(value)
        return int(value) if abs(value) < exact_integers and value == int(value) else value
    return text(value) or None


comparisons: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def equal(left: Scalar, right: Scalar) -> bool:
    """XPath 1.0 §3.4 for two scalars: as booleans when one is, else as numbers when one is, else as texts."""
    if isinstance(left, bool) or isinstance(right, bool):
        return boolean(left) == boolean(right)
    if isinstance(left, int | float) or isinstance(right, int | float):
        return number(left) == number(right)
    return left == right


def compare_any(sign: str, left: Sequence[Scalar], right: Sequence[Scalar]) -> bool:
    """XPath 1.0 §3.4 for node-sets: true when one pair compares true."""
    compare = comparisons[sign]
    return any(compare(one, other) for one in left for other in right)


def divide(left: float, right: float) -> float:
    """IEEE 754 division: x div 0 is an infinity, 0 div 0 is NaN."""
    if right:
        return left / right
    if left != left or right != right or not left:
        return NAN
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def remainder(left: float, right: float) -> float:
    """XPath mod: the sign follows the dividend."""
    if not right or left != left or right != right or abs(left) == math.inf:
        return NAN
    return math.fmod(left, right)
