"""Bound expressions as JavaScript text over `s` (state), `k` (keys), `f` (function library) and `c` (tried choice)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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
    Form,
    Given,
    If,
    Invoke,
    ItemScore,
    KeyNumber,
    Label,
    Level,
    Location,
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
    Span,
    Union,
)
from forms.xpath.closures import Wanted, in_form
from forms.xpath.functions.coercion import number_text
from forms.xpath.keyed import key_of

library_names = ("dates.js", "coercion.js", "numbers.js", "texts.js", "nodes.js", "library.js")
on_demand: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "calendar.js": (("date", "date-time", "decimal-time", "format-date", "format-date-time"), ()),
    "pieces.js": (("substr", "substring", "substring-before", "substring-after", "translate", "normalize-space"), ()),
    "maths.js": (
        ("pow", "sqrt", "exp", "exp10", "log", "log10", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "pi",
         "checklist", "weighted-checklist"), (),
    ),
    "tables.js": (("rows", "cells"), ()),
    "sha256.js": ((), ()),
    "base64.js": (("base64-decode",), ()),
    "digests.js": (("digest",), ("sha256.js", "base64.js")),
    "chance.js": (("randomNumber", "randomUuid", "randomName", "shuffle"), ("sha256.js",)),
    "geography.js": (("area", "distance"), ()),
}  # fmt: skip
"""Files of which a module carries only what it calls: the functions of each, and the files it needs before it."""

called = re.compile(r"\bf(?:\.(\w+)|\[\"([\w:-]+)\"\])")


def to_javascript(bound: Bound, wanted: Wanted = "raw") -> str:
    """One JavaScript expression; `wanted` as in `closures.to_closure`. A choice filter also reads `c`."""
    width = bound.depth + 1 if bound.is_filter else -1
    return Writer(width).write(in_form(bound.root, wanted))


def library_files(text: str) -> tuple[str, ...]:
    """Files below `twin/` that make up the function library `f` for compiled text, in the order of joining."""
    names = {dotted or quoted for dotted, quoted in called.findall(text)}
    found = {name: needs for name, (functions, needs) in on_demand.items() if not names.isdisjoint(functions)}
    needed = {*found, *(need for needs in found.values() for need in needs)}
    return tuple(f"functions/{name}" for name in (*library_names, *(name for name in on_demand if name in needed)))


def literal(value: object) -> str:
    """A JavaScript literal; the separators U+2028 and U+2029 are escaped for old readers of scripts."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def number_literal(value: float) -> str:
    """A number as JavaScript; negative ones in brackets, so that two minus signs never meet."""
    if value == 0 and str(value).startswith("-"):
        return "(-0)"
    text = number_text(value)
    return f"({text})" if text.startswith("-") else text


@dataclass(frozen=True)
class Writer:
    """Writes nodes; `filter_width` is the width of a choice filter's outer context, where `c` stands behind `k`."""

    filter_width: int

    def write(self, node: Node) -> str:
        return WRITERS[type(node)](self, node)

    def all(self, nodes: tuple[Node, ...]) -> list[str]:
        return [self.write(node) for node in nodes]

    # Reading

    def keys(self, span: Span) -> str:
        if span.whole:
            return "k"
        return "f.none" if span.start == span.stop else f"k.slice({span.start},{span.stop})"

    def value(self, location: Location) -> str:
        return f"s.value({literal(location.path)},{self.keys(location.span)})"

    def own(self, node: Own) -> str:
        return f"f.text(s.answer({literal(node.location.path)},{self.keys(node.location.span)}))"

    def nodes(self, location: Location) -> str:
        grown = "[...k,c]" if location.width == self.filter_width else "k"
        levels = ",".join(self.level(level) for level in location.levels)
        return f"f.nodes(s,{self.keys(location.span)},{grown},[{levels}])"

    def level(self, level: Level) -> str:
        index = self.write(level.index) if level.index else "null"
        tests = "".join(f",(s,k)=>{self.write(predicate)}" for predicate in level.predicates)
        return f"[{literal(level.repeat)},{index}{tests}]"

    def rows(self, node: Rows) -> str:
        grown = "[...k,c]" if node.width == self.filter_width else "k"
        tests = ",".join(f"(s,k)=>{self.write(predicate)}" for predicate in node.predicates)
        key = key_of(node.predicates[0], node.width) if node.predicates else None
        index = f",{literal(key.column)},k=>{self.write(key.text)}" if key else ""
        return f"f.rows(s,{literal(node.table)},{grown},[{tests}]{index})"

    def field(self, node: Field) -> str:
        row = "c" if node.place == self.filter_width - 1 else f"k[{node.place}]"
        return f'({row}[{literal(node.name)}]??"")'

    def draw(self, node: Draw) -> str:
        step = f"k[{node.step}]" if node.step >= 0 else "0"
        place = f"s.seed,{literal(node.name)},{self.keys(node.span)},{step}"
        if node.length:
            return f"f.randomName({place},{self.write(node.length)})"
        return f"f.{'randomNumber' if node.type == 'number' else 'randomUuid'}({place})"

    def values(self, node: NodeSet) -> str:
        if isinstance(node, Shuffled):
            return f"f.shuffle({self.values(node.operand)},{self.write(node.seed)})"
        if isinstance(node, Rows):
            return f"f.cells({self.rows(node)},{literal(node.column)})"
        if isinstance(node, Union):
            parts = ",".join(f"[{literal(part.path)},{self.nodes(part)}]" for part in node.locations)
            return f"f.unionValues(s,[{parts}])"
        location = node.location
        if location.is_single and location.storage != "group":
            return f"[{self.value(location)}]"
        path = "null" if location.storage == "group" else literal(location.path)
        return f"f.values(s,{path},{self.nodes(location)})"

    def constant(self, node: Constant) -> str:
        if isinstance(node.value, bool):
            return "true" if node.value else "false"
        return literal(node.value) if isinstance(node.value, str) else number_literal(node.value)

    def count(self, node: Count) -> str:
        if isinstance(node.operand, Shuffled):
            return self.count(Count(node.operand.operand))
        if isinstance(node.operand, Rows):
            return f"{self.rows(node.operand)}.length"
        if isinstance(node.operand, Union):
            return f"{self.values(node.operand)}.length"
        return f"{self.nodes(node.operand.location)}.length"

    # Conversions

    def convert(self, node: Convert) -> str:
        operand = node.operand
        if isinstance(operand, Union | Rows | Shuffled) or (
            isinstance(operand, Read) and not operand.location.is_single
        ):
            return CONVERT_MANY[node.form].format(self.values(operand))
        if not isinstance(operand, Read):
            return CONVERT_SCALAR[node.form].format(self.write(operand))
        read, storage = self.value(operand.location), operand.location.storage
        if storage == "text" and node.form in CONVERT_TEXT:
            return CONVERT_TEXT[node.form].format(read)
        if storage == "number" and node.form in CONVERT_NUMBER:
            return CONVERT_NUMBER[node.form].format(read)
        return CONVERT_ANY[node.form].format(read)

    # Operators

    def arithmetic(self, node: Arithmetic) -> str:
        sign = {"div": "/", "mod": "%"}.get(node.operator, node.operator)
        return f"({sign.join(self.all(node.operands))})"

    def negate(self, node: Negate) -> str:
        return f"(-{self.write(node.operand)})"

    def logic(self, node: Logic) -> str:
        return f"({('&&' if node.operator == 'and' else '||').join(self.all(node.operands))})"

    def compare(self, node: Compare) -> str:
        sign = {"=": "===", "!=": "!=="}.get(node.operator, node.operator)
        left, right = self.quick(node.left, node), self.quick(node.right, node)
        return f"({left}{sign}{right})"

    def quick(self, side: Node, comparison: Compare) -> str:
        """One side of a comparison; empty needs no conversion where null already compares as it should."""
        other = comparison.right if side is comparison.left else comparison.left
        if isinstance(side, Convert) and isinstance(side.operand, Read) and side.operand.location.is_single:
            storage = side.operand.location.storage
            equality = comparison.operator in ("=", "!=")
            filled = isinstance(other, Constant) and other.value != ""
            if equality and filled and (side.form, storage) in (("text", "text"), ("number", "number")):
                return self.value(side.operand.location)
        return self.write(side)

    def compare_any(self, node: CompareAny) -> str:
        return f"f.compareAny({literal(node.operator)},{self.write(node.left)},{self.write(node.right)})"

    def compare_scalars(self, node: CompareScalars) -> str:
        equal = f"f.equal({self.write(node.left)},{self.write(node.right)})"
        return equal if node.operator == "=" else f"!{equal}"

    # Functions

    def condition(self, node: If) -> str:
        return f"({self.write(node.condition)}?{self.write(node.then)}:{self.write(node.otherwise)})"

    def coalesce(self, node: Coalesce) -> str:
        return f"({'||'.join(self.all(node.operands))})"

    def invoke(self, node: Invoke) -> str:
        arguments = ",".join(self.all(node.arguments))
        if node.name == "not":
            return f"!{arguments}"
        name = f".{node.name}" if node.name.isalnum() else f"[{literal(node.name)}]"
        return f"f{name}({arguments})"

    def match(self, node: Match) -> str:
        return f"f.matches({literal(node.javascript)},{self.write(node.operand)})"

    def selected(self, node: Selected) -> str:
        return f"({self.value(node.location)}??f.none).includes({self.write(node.name)})"

    def label(self, node: Label) -> str:
        location = node.location
        return f'(s.label({literal(location.path)},{self.keys(location.span)},{literal(node.language)})||"")'

    def choice_name(self, node: ChoiceName) -> str:
        words = f"f.choiceName({self.write(node.operand)},{literal(dict(node.labels))})"
        return f"s.filled({words},{self.keys(node.span)},{literal(node.language)})" if node.quoted else words

    def item_score(self, node: ItemScore) -> str:
        score = f"f.figure(s.itemScore({literal(node.path)},{self.keys(node.span)}))"
        return f"f.itemLevel({score})" if node.as_level else score

    def overall(self, node: Overall) -> str:
        name = {"total": "total", "lowest_section": "lowestSection", "gates_failed": "gatesFailed"}[node.figure]
        return f"f.figure(s.{name}())"


CONVERT_MANY: dict[Form, str] = {
    "text": "f.text({}[0])",
    "number": "f.number({}[0])",
    "boolean": '(f.text({}[0])!=="")',
    "answer": "f.answer({}[0])",
    "texts": "{}.map(f.text)",
    "numbers": "{}.map(f.number)",
}
CONVERT_SCALAR: dict[Form, str] = {
    "text": "f.text({})", "number": "f.number({})", "boolean": "f.boolean({})", "answer": "f.answer({})",
    "texts": "[{}]", "numbers": "[{}]",
}  # fmt: skip
CONVERT_TEXT: dict[Form, str] = {
    "text": '({}??"")', "number": 'f.textNumber({}??"")', "boolean": "!!{}", "texts": '[{}??""]',
    "numbers": '[f.textNumber({}??"")]',
}  # fmt: skip
CONVERT_NUMBER: dict[Form, str] = {
    "text": "f.text({})", "number": "({}??NaN)", "boolean": "({}!=null)", "texts": "[f.text({})]",
    "numbers": "[{}??NaN]",
}  # fmt: skip
CONVERT_ANY: dict[Form, str] = {
    "text": "f.text({})", "number": "f.number({})", "boolean": '(f.text({})!=="")', "answer": "f.answer({})",
    "texts": "[f.text({})]", "numbers": "[f.number({})]",
}  # fmt: skip

WRITERS: dict[type, Callable[[Writer, Any], str]] = {
    Constant: Writer.constant,
    Read: Writer.values,
    Union: Writer.values,
    Rows: Writer.values,
    Shuffled: Writer.values,
    Draw: Writer.draw,
    Own: Writer.own,
    Field: Writer.field,
    KeyNumber: lambda writer, node: f"k[{node.place}]",
    Position: lambda writer, node: f"s.position({literal(node.repeat)},{writer.keys(node.span)})",
    Count: Writer.count,
    Convert: Writer.convert,
    Arithmetic: Writer.arithmetic,
    Negate: Writer.negate,
    Logic: Writer.logic,
    Compare: Writer.compare,
    CompareAny: Writer.compare_any,
    CompareScalars: Writer.compare_scalars,
    If: Writer.condition,
    Coalesce: Writer.coalesce,
    Invoke: Writer.invoke,
    Match: Writer.match,
    Selected: Writer.selected,
    Label: Writer.label,
    ChoiceName: Writer.choice_name,
    ItemScore: Writer.item_score,
    Overall: Writer.overall,
    Given: lambda writer, node: f"s.{node.name}",
}
