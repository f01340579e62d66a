"""Paths into tables: instance('table')/root/item[…]/column, over choice lists and the files of a checklist."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, NoReturn

from forms.xpath.bound import Compare, Convert, Field, Node, Rows
from forms.xpath.converting import as_text
from forms.xpath.expression import Call, Expression, Path, Step, String, fail
from forms.xpath.locating import Scope
from forms.xpath.names import Table

if TYPE_CHECKING:
    from forms.xpath.binding import Binder


def bind_table(binder: Binder, tree: Path, scope: Scope) -> Rows | None:
    """The rows that a path after instance() means, or their column; None for a path that starts elsewhere."""
    call = tree.start
    if not isinstance(call, Call) or call.name != "instance":
        return None
    name, table = table_of(binder, call)
    steps = [step for step in tree.steps if step.axis != "self"]
    way, rest = steps[: len(table.way)], steps[len(table.way) :]
    if tuple(step.name for step in way) != table.way or any(step.predicates for step in way[:-1]) or len(rest) > 1:
        _wrong_way(name, table, tree)
    if rest and rest[0].name == "label" and binder.names.quoted.get(name):
        fail(
            "label-quotes",
            f"Lời của danh sách “{name}” chèn câu trả lời; hãy dùng jr:choice-name(${{tên}}, '${{tên}}').",
            f"The words of the list “{name}” quote answers; use jr:choice-name(${{name}}, '${{name}}').",
            rest[0].at,
        )
    width = scope.width
    predicates = rows_tried(binder, table, way[-1].predicates, scope)
    return Rows(name, predicates, column_of(name, table, rest[0]) if rest else None, width)


def table_of(binder: Binder, call: Call) -> tuple[str, Table]:
    """The table that instance('name') names; ExpressionError when it is none."""
    written = call.arguments[0] if len(call.arguments) == 1 else None
    if not isinstance(written, String):
        fail(
            "instance-name",
            "instance() cần tên một danh sách hoặc tệp trong dấu nháy, ví dụ instance('tinh').",
            "instance() takes the name of a list or a file in quotes, as in instance('provinces').",
            call.at,
        )
    return written.value, find_table(binder, written.value, written.at)


def find_table(binder: Binder, name: str, at: int) -> Table:
    """The table of that name; ExpressionError offers the names that look like it."""
    tables = binder.names.tables
    if name not in tables:
        close = get_close_matches(name, tables, 3, 0.6) or sorted(tables)[:5]
        vietnamese = f" Có: {', '.join(close)}." if close else " Hãy thêm danh sách ở trang choices hoặc đính kèm tệp."
        english = f" There are: {', '.join(close)}." if close else " Add a list to sheet choices, or attach the file."
        fail(
            "instance-unknown",
            f"Không có danh sách hay tệp tên “{name}”.{vietnamese}",
            f"No list or file is named “{name}”.{english}",
            at,
        )
    return tables[name]


def rows_tried(binder: Binder, table: Table, tried: tuple[Expression, ...], scope: Scope) -> tuple[Node, ...]:
    """The predicates on rows, bound where bare names are columns."""
    inner = scope.trying(table.columns)
    return tuple(binder.condition(predicate, inner) for predicate in tried)


def column_of(name: str, table: Table, step: Step) -> str:
    """The column that the last step names."""
    if step.axis != "child" or step.predicates:
        fail("path-unsupported", "Sau item[…] chỉ viết tên một cột.",
             "After item[…] only the name of a column can follow.", step.at)  # fmt: skip
    if step.name not in table.columns:
        unknown_column(step, table.columns, f"“{name}”", f"“{name}”")
    return step.name


def unknown_column(step: Step, columns: frozenset[str], vietnamese: str, english: str) -> NoReturn:
    """Refuse a bare name that is no column of the rows that are tried."""
    known = ", ".join(get_close_matches(step.name, columns, 3, 0.6) or sorted(columns)[:12])
    fail(
        "column-unknown",
        f"{vietnamese} không có cột “{step.name}”; có: {known}. Câu hỏi viết là ${{tên}}.",
        f"{english} has no column “{step.name}”; it has: {known}. Write a question as ${{name}}.",
        step.at,
    )


def bind_pulldata(binder: Binder, call: Call, scope: Scope) -> Node:
    """pulldata('file', 'column', 'key column', key): the cell of the first row with that key."""
    *written, key = call.arguments
    names = [part.value for part in written if isinstance(part, String)]
    if len(names) < len(written):
        fail(
            "instance-name",
            "pulldata() cần tên tệp và hai tên cột trong dấu nháy: pulldata('tep', 'cot', 'cot_khoa', ${tên}).",
            "pulldata() takes a file and two columns in quotes: pulldata('file', 'column', 'key_column', ${name}).",
            call.at,
        )
    name = names[0] if names[0] in binder.names.tables else names[0].removesuffix(".csv")
    table = find_table(binder, name, written[0].at)
    for column, part in zip(names[1:], written[1:], strict=True):
        if column not in table.columns:
            unknown_column(Step("child", column, (), part.at), table.columns, f"“{name}”", f"“{name}”")
    return cell_with(binder, name, names[1], names[2], key, scope)


def cell_with(binder: Binder, table: str, column: str, key_column: str, key: Expression, scope: Scope) -> Node:
    """The text of a column in the first row whose key column holds the key, "" without one.

    The key is read beside the row that is tried, but means what it means where the call stands.
    """
    beside = replace(scope, width=scope.width + 3)
    found = Compare("=", Field(key_column, scope.width), as_text(binder.bind(key, beside), key.at))
    return Convert("text", Rows(table, (found,), column, scope.width), "string")


def _wrong_way(name: str, table: Table, tree: Path) -> NoReturn:
    way = f"instance('{name}')/{'/'.join(table.way)}[…]/{min(table.columns, default='name')}"
    fail("instance-path", f"Hãy viết {way}.", f"Write {way}.", tree.at)
