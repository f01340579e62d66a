"""XPath's conversions and comparisons, settled while binding: what is constant is computed, what is typed stays."""

from __future__ import annotations

from typing import Literal

from forms.xpath.bound import (
    Compare,
    CompareAny,
    CompareScalars,
    Constant,
    Convert,
    Count,
    Form,
    Invoke,
    Location,
    Node,
    Read,
    Rows,
    Shuffled,
    Type,
    Union,
)
from forms.xpath.expression import fail
from forms.xpath.functions.coercion import boolean, compare_any, equal, number, text

results: dict[Form, Type] = {
    "text": "string", "number": "number", "boolean": "boolean", "texts": "nodeset", "numbers": "nodeset",
    "answer": "any",
}  # fmt: skip


def locations(node: Node) -> tuple[Location, ...]:
    """The locations of a node-set; none for a scalar."""
    if isinstance(node, Read):
        return (node.location,)
    if isinstance(node, Shuffled):
        return locations(node.operand)
    return node.locations if isinstance(node, Union) else ()


def is_many(node: Node) -> bool:
    """Whether a node may be a set of more or fewer nodes than one."""
    return isinstance(node, Union | Rows | Shuffled) or (isinstance(node, Read) and not node.location.is_single)


def need_values(node: Node, at: int) -> None:
    """Refuse groups, repeats and whole rows where an answer is needed."""
    if isinstance(node, Shuffled):
        need_values(node.operand, at)
    if isinstance(node, Rows) and node.column is None:
        fail("row-without-value", "Hãy thêm tên cột sau item[…], ví dụ /label.",
             "Add the name of a column after item[…], such as /label.", at)  # fmt: skip
    for location in locations(node):
        if location.storage == "group":
            name = location.path.rpartition("/")[2] or "/"
            fail(
                "group-without-value",
                f"“{name}” là nhóm, không có giá trị; hãy dùng tên một câu hỏi trong nhóm.",
                f"“{name}” is a group and has no value; name a question inside it.",
                at,
            )


def as_text(node: Node, at: int) -> Node:
    """XPath string(); of a node-set the text of its first node."""
    need_values(node, at)
    if isinstance(node, Constant):
        return Constant(text(node.value), "string")
    return node if node.type == "string" else Convert("text", node, "string")


def as_number(node: Node, at: int) -> Node:
    """XPath number(); of a node-set the number of its first node."""
    need_values(node, at)
    if isinstance(node, Constant):
        return Constant(number(node.value), "number")
    return node if node.type == "number" else Convert("number", node, "number")


def as_boolean(node: Node, at: int) -> Node:
    """A group is true when it is there, a question when its text is not empty (ODK specification, note on boolean)."""
    if isinstance(node, Constant):
        return Constant(boolean(node.value), "boolean")
    if isinstance(node, Rows) and node.column is None:
        return Compare(">", Count(node), Constant(0.0, "number"))
    if isinstance(node, Read | Union) and any(location.storage == "group" for location in locations(node)):
        return Compare(">", Count(node), Constant(0.0, "number"))
    return node if node.type == "boolean" else Convert("boolean", node, "boolean")


def as_list(node: Node, form: Literal["texts", "numbers"], at: int) -> Node:
    """A node-set as the list of its texts or numbers; a scalar as a list of one."""
    if node.type != "nodeset":
        node = as_text(node, at) if form == "texts" else as_number(node, at)
    need_values(node, at)
    return Convert(form, node, "nodeset")


def as_form(node: Node, form: Form, at: int) -> Node:
    """A node in the form that a function takes."""
    if form == "text":
        return as_text(node, at)
    if form == "number":
        return as_number(node, at)
    if form == "boolean":
        return as_boolean(node, at)
    if form == "texts" or form == "numbers":
        return as_list(node, form, at)
    need_values(node, at)
    return Convert(form, node, results[form])


def compare(sign: str, left: Node, right: Node, at: int) -> Node:
    """A comparison by the rules of XPath 1.0 §3.4."""
    if "boolean" in (left.type, right.type) and sign in ("=", "!="):
        return _folded(Compare(sign, as_boolean(left, at), as_boolean(right, at)))
    need_values(left, at)
    need_values(right, at)
    if is_many(left) or is_many(right):
        form: Literal["texts", "numbers"] = "numbers" if _by_number(sign, left, right) else "texts"
        return CompareAny(sign, as_list(left, form, at), as_list(right, form, at))
    if _by_number(sign, left, right):
        return _folded(Compare(sign, as_number(left, at), as_number(right, at)))
    if "any" in (left.type, right.type):
        return CompareScalars(sign, _scalar(left, at), _scalar(right, at))
    return _folded(Compare(sign, as_text(left, at), as_text(right, at)))


def _by_number(sign: str, left: Node, right: Node) -> bool:
    types = {left.type, right.type}
    return sign not in ("=", "!=") or ("number" in types and "any" not in types)


def _scalar(node: Node, at: int) -> Node:
    return as_text(node, at) if node.type == "nodeset" else node


def _folded(node: Compare) -> Node:
    left, right = node.left, node.right
    if isinstance(left, Constant) and isinstance(right, Constant):
        if node.operator in ("=", "!="):
            return Constant(equal(left.value, right.value) == (node.operator == "="), "boolean")
        return Constant(compare_any(node.operator, [left.value], [right.value]), "boolean")
    return node


def written_out(pattern: Node) -> str | None:
    """The text of a constant, or of constants that are put together; None for what only answers can tell."""
    if isinstance(pattern, Constant):
        return str(pattern.value) if pattern.type == "string" else None
    if not isinstance(pattern, Invoke) or pattern.name != "concat":
        return None
    parts = [written_out(part.operand if isinstance(part, Convert) else part) for part in pattern.arguments]
    return None if None in parts else "".join(filter(None, parts))
