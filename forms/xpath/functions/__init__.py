"""The function library of expressions: one entry per function here, and one of the same name in `twin/functions/`.

`binding` reads arity and argument forms from this table; functions that are part of the language itself (if,
position, regex and the like) are bound there.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from forms.xpath.bound import Form, Type
from forms.xpath.functions import coercion, dates, digests, geography, numbers, texts


@dataclass(frozen=True)
class Function:
    """`takes` are the forms of the arguments, the last ones repeating when `most` is None.

    Forms "texts" and "numbers" take node-sets and scalars alike. `by_language` functions get the form's language as
    a further argument; `nodeset` ones refuse a scalar; `even` ones take an even count of arguments.
    """

    call: Callable[..., object]
    gives: Type
    takes: tuple[Form, ...]
    least: int
    most: int | None
    by_language: bool = False
    nodeset: bool = False
    even: bool = False


def one(call: Callable[..., object], takes: Form, gives: Type) -> Function:
    """A function of one argument."""
    return Function(call, gives, (takes,), 1, 1)


def two(call: Callable[..., object], first: Form, second: Form, gives: Type) -> Function:
    """A function of two arguments."""
    return Function(call, gives, (first, second), 2, 2)


FUNCTIONS: dict[str, Function] = {
    "concat": Function(texts.concat, "string", ("texts",), 1, None),
    "join": Function(texts.join, "string", ("text", "texts"), 2, None),
    "string-length": one(texts.string_length, "text", "number"),
    "substr": Function(texts.substr, "string", ("text", "number", "number"), 2, 3),
    "substring": Function(texts.substring, "string", ("text", "number", "number"), 2, 3),
    "substring-before": two(texts.substring_before, "text", "text", "string"),
    "substring-after": two(texts.substring_after, "text", "text", "string"),
    "contains": two(str.__contains__, "text", "text", "boolean"),
    "starts-with": two(str.startswith, "text", "text", "boolean"),
    "ends-with": two(str.endswith, "text", "text", "boolean"),
    "translate": Function(texts.translate, "string", ("text", "text", "text"), 3, 3),
    "normalize-space": one(texts.normalize_space, "text", "string"),
    "selected": two(texts.selected, "text", "text", "boolean"),
    "selected-at": two(texts.selected_at, "text", "number", "string"),
    "count-selected": one(texts.count_selected, "text", "number"),
    "boolean-from-string": one(texts.boolean_from_string, "text", "boolean"),
    "int": one(numbers.whole, "number", "number"),
    "round": Function(numbers.round_half_up, "number", ("number", "number"), 1, 2),
    "floor": one(numbers.floor, "number", "number"),
    "ceiling": one(numbers.ceiling, "number", "number"),
    "abs": one(abs, "number", "number"),
    "pow": two(numbers.power, "number", "number", "number"),
    "sqrt": one(numbers.safe(math.sqrt), "number", "number"),
    "exp": one(numbers.safe(math.exp), "number", "number"),
    "exp10": one(numbers.exponential_10, "number", "number"),
    "log": one(numbers.logarithm, "number", "number"),
    "log10": one(numbers.logarithm_10, "number", "number"),
    "sin": one(numbers.safe(math.sin), "number", "number"),
    "cos": one(numbers.safe(math.cos), "number", "number"),
    "tan": one(numbers.safe(math.tan), "number", "number"),
    "asin": one(numbers.safe(math.asin), "number", "number"),
    "acos": one(numbers.safe(math.acos), "number", "number"),
    "atan": one(math.atan, "number", "number"),
    "atan2": two(math.atan2, "number", "number", "number"),
    "pi": Function(lambda: math.pi, "number", (), 0, 0),
    "sum": Function(numbers.total, "number", ("numbers",), 1, 1, nodeset=True),
    "min": Function(numbers.least, "number", ("numbers",), 1, None),
    "max": Function(numbers.greatest, "number", ("numbers",), 1, None),
    "count-non-empty": Function(numbers.count_non_empty, "number", ("texts",), 1, 1, nodeset=True),
    "checklist": Function(numbers.checklist, "boolean", ("number", "number", "numbers"), 3, None),
    "weighted-checklist": Function(
        numbers.weighted_checklist, "boolean", ("number", "number", "numbers"), 4, None, even=True
    ),
    "date": one(dates.date, "text", "string"),
    "date-time": one(dates.date_time, "text", "string"),
    "decimal-date-time": one(dates.decimal_date_time, "text", "number"),
    "decimal-time": one(dates.decimal_time, "text", "number"),
    "format-date": Function(dates.format_date, "string", ("text", "text"), 2, 2, by_language=True),
    "format-date-time": Function(dates.format_date, "string", ("text", "text"), 2, 2, by_language=True),
    "digest": Function(digests.digest, "string", ("text", "text", "text"), 2, 3),
    "base64-decode": one(digests.base64_decode, "text", "string"),
    "area": Function(geography.area, "number", ("texts",), 1, None),
    "distance": Function(geography.distance, "number", ("texts",), 1, None),
}

not_yet = {
    "geofence": ("hãy kiểm tra trên bản đồ", "look at the map instead"),
    "id": ("phiếu không có mã nút; hãy dùng ${tên}", "nodes of a form have no ids; use ${name}"),
    "intersects": ("hãy kiểm tra trên bản đồ", "look at the map instead"),
    "jr:itext": (
        "lời của lựa chọn: jr:choice-name(${tên}, '${tên}')", "words of a choice: jr:choice-name(${name}, '${name}')",
    ),
    "lang": ("lời theo ngôn ngữ viết ở cột label::…", "words by language stand in columns label::…"),
    "namespace-uri": ("tên trong phiếu không có tiền tố", "names in a form have no prefix"),
    "property": ("người trả lời: dòng kiểu username", "who answers: a row of type username"),
}  # fmt: skip
"""Functions that other tools know and this one refuses, with what to do instead in Vietnamese and English."""

__all__ = ["FUNCTIONS", "Function", "coercion", "not_yet"]
