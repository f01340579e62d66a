"""Calls that draw by lot: random(), uuid(), randomize().

A draw depends on nothing but the seed of the visit and its own place, so that it is made once for all: every tablet
and the server come to the same, whenever and wherever they compute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.xpath.bound import Draw, Node, Read, Rows, Shuffled, Type, Union
from forms.xpath.converting import as_number, as_text
from forms.xpath.expression import Call, fail
from forms.xpath.locating import Scope

if TYPE_CHECKING:
    from forms.xpath.binding import Binder


def bind_random(binder: Binder, call: Call, scope: Scope) -> Node:
    """random(): a number from 0 up to 1."""
    return draw(binder, scope, "number")


def bind_uuid(binder: Binder, call: Call, scope: Scope) -> Node:
    """uuid(), or uuid(length): letters and digits."""
    length = as_number(binder.bind(call.arguments[0], scope), call.at) if call.arguments else None
    return draw(binder, scope, "string", length)


def draw(binder: Binder, scope: Scope, kind: Type, length: Node | None = None) -> Draw:
    """One draw more of the expression that is bound."""
    binder.draws += 1
    question = list(scope.chain())[-1]
    name = f"{question.place.path}#{binder.draws}"
    span = question.span(question.start, len(question.place.repeats))
    step = scope.width - 2 if scope.outer else -1
    return Draw(name, span if scope is question else scope.span(span.start, span.stop), step, length, kind)


def bind_randomize(binder: Binder, call: Call, scope: Scope) -> Node:
    """randomize(nodes, seed): without a seed in an order that is drawn."""
    operand = binder.bind(call.arguments[0], scope)
    if not isinstance(operand, Read | Union | Rows):
        fail(
            "nodeset-expected",
            "randomize() cần nhiều câu trả lời, ví dụ randomize(${tên}) của một nhóm lặp.",
            "randomize() takes many answers, such as randomize(${name}) of a repeat.",
            call.at,
        )
    if len(call.arguments) == 1:
        return Shuffled(operand, draw(binder, scope, "number"))
    seed = binder.bind(call.arguments[1], scope)
    return Shuffled(operand, seed if seed.type == "number" else as_text(seed, call.arguments[1].at))
