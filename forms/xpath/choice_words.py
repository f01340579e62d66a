"""jr:choice-name(): the words of a choice, with the answers that they quote filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.xpath import tables
from forms.xpath.bound import ChoiceName, Label, Location, Node, Read, Span
from forms.xpath.converting import as_text, is_many
from forms.xpath.expression import Call, Expression, ExpressionError, Path, Reference, String, fail, parse
from forms.xpath.locating import Scope

if TYPE_CHECKING:
    from forms.xpath.binding import Binder


def bind_choice_name(binder: Binder, call: Call, scope: Scope) -> Node:
    """jr:choice-name(value, 'question'): the label of a choice in the form's first language."""
    value = binder.bind(call.arguments[0], scope)
    named = _quoted_question(binder, call.arguments[1], scope)
    choices = binder.names.places[named.path].choices or ""
    quoted = _quoted_by(binder, choices, scope, call.at)
    if isinstance(value, Read) and not is_many(value) and value.location.path == named.path:
        return Label(value.location, binder.names.language, quoted)
    if choices in binder.names.lists:
        table, name, label = binder.names.lists[choices]
        return tables.cell_with(binder, table, label, name, call.arguments[0], scope)
    labels = binder.names.labels.get(choices)
    if labels is None:
        fail(
            "choices-unknown",
            "Câu hỏi này không có danh sách lựa chọn trong trang choices.",
            "This question has no list in sheet choices.",
            call.arguments[1].at,
        )
    *_, outermost = scope.chain()
    depth = len(outermost.place.repeats)
    own = Span(0, depth, depth == scope.width)
    return ChoiceName(as_text(value, call.at), labels, binder.names.language, own, quoted)


def _quoted_by(binder: Binder, choices: str, scope: Scope, at: int) -> tuple[Location, ...]:
    """What the words of a list quote; a name that is unknown or not one is refused where it stands."""
    names = (name for name in binder.names.quoted.get(choices, ()) if len(binder.names.by_name.get(name, ())) == 1)
    return tuple(binder.locator.reference(Reference(name, at), scope).location() for name in names)


def _quoted_question(binder: Binder, tree: Expression, scope: Scope) -> Location:
    inner = tree
    if isinstance(tree, String):
        try:
            inner = parse(tree.value)
        except ExpressionError as error:
            raise ExpressionError(error.code, error.text, tree.at + error.character) from None
    walk = binder.walk_of(inner, scope) if isinstance(inner, Reference | Path) else None
    if walk is None:
        fail(
            "question-expected",
            "Đối số thứ hai phải là tên câu hỏi trong dấu nháy: '${tên}'.",
            "The second argument must be a question in quotes: '${name}'.",
            tree.at,
        )
    return walk.location()
