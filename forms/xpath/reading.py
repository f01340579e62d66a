"""Closures that read nodes: one node or a set, as it lies or converted to what an operator takes."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from forms.xpath.bound import Form, Level, Location, Node, NodeSet, Read, Rows, Shuffled, Span, Storage
from forms.xpath.functions import coercion
from forms.xpath.functions.chance import shuffle
from forms.xpath.keyed import key_of

Keys = tuple[Any, ...]
"""Keys of repeat instances; inside predicates and choice filters further things stand behind them (see `bound`)."""
Run = Callable[[Any, Keys], Any]
Compile = Callable[[Node], Run]


def keys_reader(span: Span) -> Callable[[Keys], Keys]:
    """How to take the keys of a span from the tuple of the context."""
    if span.start == span.stop:
        return lambda k: ()
    if span.whole:
        return lambda k: k
    start, stop = span.start, span.stop
    return lambda k: k[start:stop]


def value_reader(location: Location) -> Run:
    """The stored value of one node."""
    path, span = location.path, location.span
    if span.whole:
        return lambda s, k: s.value(path, k)
    if span.start == span.stop:
        return lambda s, k: s.value(path, ())
    start, stop = span.start, span.stop
    return lambda s, k: s.value(path, k[start:stop])


def keys_lister(location: Location, compile_node: Compile) -> Callable[[Any, Keys], list[Keys]]:
    """The keys of every node of a location, in document order."""
    known = keys_reader(location.span)
    listers = [level_lister(level, compile_node) for level in location.levels]
    width = location.width

    def run(s: Any, k: Keys) -> list[Keys]:
        found = [known(k)]
        for lister in listers:
            found = [keys for base in found for keys in lister(s, k[:width], base)]
        return found

    return run


def level_lister(level: Level, compile_node: Compile) -> Callable[[Any, Keys, Keys], list[Keys]]:
    """Lists the keys below one base that a level lets through."""
    repeat = level.repeat
    index = compile_node(level.index) if level.index else None
    tests = [compile_node(predicate) for predicate in level.predicates]

    def run(s: Any, k: Keys, base: Keys) -> list[Keys]:
        found: list[Keys] = list(s.instances(repeat, base)) if repeat else [base]
        if index:
            place = index(s, k)
            found = found[int(place) - 1 : int(place)] if place in range(1, len(found) + 1) else []
        for test in tests:
            size = len(found)
            found = [keys for place, keys in enumerate(found, 1) if test(s, (*k, *keys, float(place), float(size)))]
        return found

    return run


def rows_reader(node: Rows, compile_node: Compile) -> Run:
    """The rows of a table that its predicates let through."""
    table, width = node.table, node.width
    tests = [compile_node(predicate) for predicate in node.predicates]
    key = key_of(node.predicates[0], width) if node.predicates else None
    keyed = keyed_reader(table, width, key.column, compile_node(key.text), tests.pop(0)) if key else None

    def run(s: Any, k: Keys) -> Any:
        found, outer = keyed(s, k) if keyed else s.rows(table), k[:width]
        for test in tests:
            size = float(len(found))
            found = [row for place, row in enumerate(found, 1) if test(s, (*outer, row, float(place), size))]
        return found

    return run


def keyed_reader(table: str, width: int, column: str, text: Run, test: Run) -> Run:
    """The rows that a first predicate lets through, tried only on those that an index finds for its key."""

    def run(s: Any, k: Keys) -> Any:
        rows, outer = s.rows(table), k[:width]
        size = float(len(rows))
        found = s.rows_with(table, column, text(s, (*outer, None, 0.0, size)))
        return [rows[number] for number in found if test(s, (*outer, rows[number], number + 1.0, size))]

    return run


def values_reader(node: NodeSet, compile_node: Compile) -> Run:
    """The stored values of a node-set. A union lists its parts in the order written, each node once."""
    if isinstance(node, Shuffled):
        values, seed = values_reader(node.operand, compile_node), compile_node(node.seed)
        return lambda s, k: shuffle(values(s, k), seed(s, k))
    if isinstance(node, Rows):
        rows, column = rows_reader(node, compile_node), node.column or ""
        return lambda s, k: [row.get(column, "") for row in rows(s, k)]
    if isinstance(node, Read):
        path, lister = node.location.path, keys_lister(node.location, compile_node)
        if node.location.storage == "group":
            return lambda s, k: [None for keys in lister(s, k)]
        return lambda s, k: [s.value(path, keys) for keys in lister(s, k)]
    parts = [(location.path, keys_lister(location, compile_node)) for location in node.locations]

    def run(s: Any, k: Keys) -> list[Any]:
        nodes = {(path, keys): None for path, lister in parts for keys in lister(s, k)}
        return [s.value(path, keys) for path, keys in nodes]

    return run


def counter(node: NodeSet, compile_node: Compile) -> Run:
    """The count of the nodes of a node-set."""
    if isinstance(node, Shuffled):
        return counter(node.operand, compile_node)
    if isinstance(node, Rows):
        rows = rows_reader(node, compile_node)
        return lambda s, k: float(len(rows(s, k)))
    if isinstance(node, Read):
        lister = keys_lister(node.location, compile_node)
        return lambda s, k: float(len(lister(s, k)))
    values = values_reader(node, compile_node)
    return lambda s, k: float(len(values(s, k)))


def first(values: list[Any]) -> Any:
    """The first value, None of an empty set: string() and number() of a node-set read only that."""
    return values[0] if values else None


def converted_reader(form: Form, node: NodeSet, compile_node: Compile) -> Run:
    """A node-set in the form that an operator or a function takes."""
    if not isinstance(node, Read) or not node.location.is_single:
        values = values_reader(node, compile_node)
        return CONVERT_MANY[form](values)
    read = value_reader(node.location)
    if form == "texts" or form == "numbers":
        inner = single(read, "text" if form == "texts" else "number", node.location.storage)
        return lambda s, k: [inner(s, k)]
    return single(read, form, node.location.storage)


CONVERT_MANY: dict[Form, Callable[[Run], Run]] = {
    "text": lambda values: lambda s, k: coercion.text(first(values(s, k))),
    "number": lambda values: lambda s, k: coercion.number(first(values(s, k))),
    "boolean": lambda values: lambda s, k: coercion.text(first(values(s, k))) != "",
    "answer": lambda values: lambda s, k: coercion.answer(first(values(s, k))),
    "texts": lambda values: lambda s, k: [coercion.text(value) for value in values(s, k)],
    "numbers": lambda values: lambda s, k: [coercion.number(value) for value in values(s, k)],
}


def single(read: Run, form: Form, storage: Storage) -> Run:
    """One node converted; where the storage is known, nothing is tried when running."""
    if form == "answer":
        return lambda s, k: coercion.answer(read(s, k))
    if storage == "text":
        return SINGLE_TEXT[form](read)
    if storage == "number":
        return SINGLE_NUMBER[form](read)
    return SINGLE_ANY[form](read)


SINGLE_TEXT: dict[Form, Callable[[Run], Run]] = {
    "text": lambda read: lambda s, k: read(s, k) or "",
    "number": lambda read: lambda s, k: coercion.text_number(read(s, k) or ""),
    "boolean": lambda read: lambda s, k: bool(read(s, k)),
}
SINGLE_NUMBER: dict[Form, Callable[[Run], Run]] = {
    "text": lambda read: lambda s, k: coercion.text(read(s, k)),
    "number": lambda read: lambda s, k: math.nan if (value := read(s, k)) is None else float(value),
    "boolean": lambda read: lambda s, k: read(s, k) is not None,
}
SINGLE_ANY: dict[Form, Callable[[Run], Run]] = {
    "text": lambda read: lambda s, k: coercion.text(read(s, k)),
    "number": lambda read: lambda s, k: coercion.number(read(s, k)),
    "boolean": lambda read: lambda s, k: coercion.text(read(s, k)) != "",
}
