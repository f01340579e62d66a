"""Function calls: the entries of the library by their table, and those that are part of the language itself."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, NoReturn

from forms.xpath import draws, tables
from forms.xpath.bound import (
    Coalesce,
    Constant,
    Convert,
    Count,
    Given,
    GivenName,
    If,
    Invoke,
    ItemScore,
    KeyNumber,
    Match,
    Node,
    NodeSet,
    Overall,
    Own,
    Position,
    Read,
    Selected,
    Type,
)
from forms.xpath.choice_words import bind_choice_name
from forms.xpath.converting import as_boolean, as_form, as_number, as_text, is_many, need_values, written_out
from forms.xpath.expression import Call, Path, Step, fail
from forms.xpath.functions import FUNCTIONS, Function, not_yet
from forms.xpath.functions.digests import algorithms, encodings
from forms.xpath.locating import Scope, Walk, shared
from forms.xpath.pattern import translate_pattern

if TYPE_CHECKING:
    from forms.xpath.binding import Binder


def bind_call(binder: Binder, call: Call, scope: Scope) -> Node:
    """Bind a call; ExpressionError for an unknown function, a wrong count or a wrong kind of arguments."""
    if call.name in SPECIAL:
        least, most, build = SPECIAL[call.name]
        _check_count(call, least, most)
        return build(binder, call, scope)
    if call.name not in FUNCTIONS:
        _unknown(call)
    return _invoke(binder, call, scope, FUNCTIONS[call.name])


def _unknown(call: Call) -> NoReturn:
    if call.name in not_yet:
        vietnamese, english = not_yet[call.name]
        fail(
            "function-unsupported",
            f"Hàm {call.name}() không dùng được ở đây: {vietnamese}.",
            f"Function {call.name}() cannot be used here: {english}.",
            call.at,
        )
    close = get_close_matches(call.name.lower(), [*FUNCTIONS, *SPECIAL], 3, 0.6)
    vietnamese = f" Có phải {'(), '.join(close)}()?" if close else ""
    english = f" Did you mean {'(), '.join(close)}()?" if close else ""
    fail(
        "function-unknown",
        f"Không có hàm {call.name}().{vietnamese}",
        f"There is no function {call.name}().{english}",
        call.at,
    )


def _check_count(call: Call, least: int, most: int | None, even: bool = False) -> None:
    given = len(call.arguments)
    if given >= least and (most is None or given <= most) and not (even and given % 2):
        return
    count = f"{least}" if most == least else f"≥ {least}" if most is None else f"{least}–{most}"
    even_vi, even_en = (" (số chẵn)", " (an even number)") if even else ("", "")
    fail(
        "function-arguments",
        f"{call.name}() cần {count}{even_vi} đối số, đang có {given}.",
        f"{call.name}() takes {count}{even_en} arguments, {given} given.",
        call.at,
    )


def _invoke(binder: Binder, call: Call, scope: Scope, function: Function) -> Node:
    arguments = call.arguments
    if not arguments and call.name in ("string-length", "normalize-space"):
        arguments = (_here(call.at),)
    else:
        _check_count(call, function.least, function.most, function.even)
    bound = [binder.bind(argument, scope) for argument in arguments]
    if call.name == "digest":
        _check_words(call, bound)
    if call.name == "selected" and (quick := _selected(bound[0], as_text(bound[1], call.at))):
        return quick
    taken: list[Node] = []
    for index, node in enumerate(bound):
        if function.nodeset and node.type != "nodeset":
            _need_nodeset(call)
        taken.append(as_form(node, function.takes[min(index, len(function.takes) - 1)], arguments[index].at))
    if function.by_language:
        taken.append(Constant(binder.names.language, "string"))
    return Invoke(call.name, tuple(taken), function.gives)


def _check_words(call: Call, bound: list[Node]) -> None:
    """Refuse an algorithm or an encoding of digest() that does not exist, where it is written down."""
    for argument, node, known in zip(call.arguments[1:], bound[1:], (algorithms, encodings), strict=False):
        if isinstance(node, Constant) and str(node.value).upper() not in {word.upper() for word in known}:
            fail(
                "digest-word",
                f"digest() không biết “{node.value}”; chỉ có: {', '.join(known)}.",
                f"digest() does not know “{node.value}”; there are: {', '.join(known)}.",
                argument.at,
            )


def _selected(listed: Node, name: Node) -> Node | None:
    if not isinstance(listed, Read) or listed.location.storage != "list" or is_many(listed):
        return None
    if not isinstance(name, Constant) or not str(name.value).strip(" \t\r\n"):
        return None
    return Selected(listed.location, Constant(str(name.value).strip(" \t\r\n"), "string"))


def _here(at: int) -> Path:
    return Path("context", (Step("self", "", (), at),), (), at)


def _need_nodeset(call: Call) -> NoReturn:
    fail(
        "nodeset-expected",
        f"{call.name}() cần tên câu hỏi hoặc nhóm lặp, ví dụ ${{tên}}.",
        f"{call.name}() takes a question or a repeat, such as ${{name}}.",
        call.at,
    )


def _constant(value: bool) -> Callable[[Binder, Call, Scope], Node]:
    return lambda binder, call, scope: Constant(value, "boolean")


def _bind_not(binder: Binder, call: Call, scope: Scope) -> Node:
    operand = as_boolean(binder.bind(call.arguments[0], scope), call.at)
    if isinstance(operand, Constant):
        return Constant(not operand.value, "boolean")
    return Invoke("not", (operand,), "boolean")


def _bind_boolean(binder: Binder, call: Call, scope: Scope) -> Node:
    return as_boolean(binder.bind(call.arguments[0], scope), call.at)


def _bind_string(binder: Binder, call: Call, scope: Scope) -> Node:
    argument = call.arguments[0] if call.arguments else _here(call.at)
    return as_text(binder.bind(argument, scope), call.at)


def _bind_number(binder: Binder, call: Call, scope: Scope) -> Node:
    argument = call.arguments[0] if call.arguments else _here(call.at)
    return as_number(binder.bind(argument, scope), call.at)


def _bind_if(binder: Binder, call: Call, scope: Scope) -> Node:
    """Branches keep their type; a question counts as its text. Branches of two types are told apart when running."""
    condition = as_boolean(binder.bind(call.arguments[0], scope), call.at)
    then, otherwise = (_branch(binder.bind(argument, scope), argument.at) for argument in call.arguments[1:])
    if isinstance(condition, Constant):
        return then if condition.value else otherwise
    kind: Type = then.type if then.type == otherwise.type else "any"
    return If(condition, then, otherwise, kind)


def _branch(node: Node, at: int) -> Node:
    return as_text(node, at) if node.type == "nodeset" else node


def _bind_coalesce(binder: Binder, call: Call, scope: Scope) -> Node:
    return Coalesce(tuple(as_text(binder.bind(argument, scope), argument.at) for argument in call.arguments))


def _bind_once(binder: Binder, call: Call, scope: Scope) -> Node:
    """once(x): the answer already there, or x; NaN is no answer to keep."""
    argument = binder.bind(call.arguments[0], scope)
    need_values(argument, call.at)
    fresh = as_text(Convert("answer", argument, "any"), call.at)
    return Coalesce((Own(binder.locator.path(_here(call.at), scope).location()), fresh))


def _bind_regex(binder: Binder, call: Call, scope: Scope) -> Node:
    at = call.arguments[1].at
    pattern = written_out(binder.bind(call.arguments[1], scope))
    if pattern is None:
        fail(
            "regex-not-constant",
            "Mẫu của regex() phải viết sẵn trong dấu nháy. Nếu mẫu tùy theo câu trả lời, hãy viết từng mẫu: "
            "if(${loai} = 'a', regex(., '…'), regex(., '…')).",
            "The pattern of regex() must be written out in quotes. When it depends on an answer write each pattern: "
            "if(${kind} = 'a', regex(., '…'), regex(., '…')).",
            at,
        )
    python, javascript = translate_pattern(pattern, at)
    return Match(as_text(binder.bind(call.arguments[0], scope), call.at), python, javascript)


def _given(name: GivenName) -> Callable[[Binder, Call, Scope], Node]:
    return lambda binder, call, scope: Given(name)


def _bind_count(binder: Binder, call: Call, scope: Scope) -> Node:
    operand = binder.bind(call.arguments[0], scope)
    return Count(operand) if isinstance(operand, NodeSet) else _need_nodeset(call)


def _bind_position(binder: Binder, call: Call, scope: Scope) -> Node:
    if not call.arguments:
        if scope.outer:
            return KeyNumber(scope.width - 2)
        fail(
            "position-alone",
            "position() đứng ngoài dấu [ ] không có nghĩa; hãy dùng position(..).",
            "position() outside [ ] has no meaning; write position(..).",
            call.at,
        )
    walk = _argument_walk(binder, call, 0, scope)
    if walk.is_instance:
        return Position(walk.place.path, walk.span)
    if walk.place.is_repeat and walk.place.path in scope.place.repeats:
        repeat = scope.place.repeats.index(walk.place.path) + 1
        return Position(walk.place.path, scope.span(scope.start, repeat))
    if walk.levels:
        fail(
            "position-of-many",
            "position() cần một nhóm lặp đang chứa câu hỏi này, ví dụ position(..).",
            "position() takes the repeat that holds this question, as in position(..).",
            call.at,
        )
    return Constant(1.0, "number")


def _bind_name(binder: Binder, call: Call, scope: Scope) -> Node:
    """name() and local-name(): the name of a question, a group or a repeat; names of forms have no prefix."""
    walk = _argument_walk(binder, call, 0, scope) if call.arguments else binder.locator.path(_here(call.at), scope)
    return Constant(walk.place.path.rpartition("/")[2], "string")


def _bind_last(binder: Binder, call: Call, scope: Scope) -> Node:
    if not scope.outer:
        fail(
            "last-alone",
            "last() chỉ dùng được trong dấu [ ]; hãy dùng count(${nhóm}).",
            "last() works inside [ ] only; write count(${repeat}).",
            call.at,
        )
    return KeyNumber(scope.width - 1)


def _argument_walk(binder: Binder, call: Call, index: int, scope: Scope) -> Walk:
    walk = binder.walk_of(call.arguments[index], scope)
    return walk or _need_nodeset(call)


def _bind_indexed_repeat(binder: Binder, call: Call, scope: Scope) -> Node:
    """indexed-repeat(question, repeat, index, …): the indexes are read where the call stands."""
    if len(call.arguments) % 2 == 0:
        _check_count(call, 3, 3)
    target = _argument_walk(binder, call, 0, scope).place
    indexes: dict[str, Node] = {}
    for place in range(1, len(call.arguments), 2):
        repeat = _argument_walk(binder, call, place, scope).place
        if not repeat.is_repeat or repeat.path not in target.repeats:
            name = repeat.path.rpartition("/")[2]
            fail(
                "repeat-expected",
                f"“{name}” không phải nhóm lặp chứa câu hỏi được hỏi.",
                f"“{name}” is not a repeat that holds the question asked for.",
                call.arguments[place].at,
            )
        indexes[repeat.path] = as_number(binder.bind(call.arguments[place + 1], scope), call.at)
    first = min(target.repeats.index(repeat) for repeat in indexes)
    known = shared(target.repeats[:first], scope.place.repeats)
    start = binder.names.places[target.repeats[known - 1] if known else ""]
    walk = Walk(binder.locator, scope, start, scope.start, known, [])
    for place_below in binder.locator.below(walk.place, target):
        walk.enter(place_below, index=indexes.get(place_below.path))
    return Read(walk.location())


def _score(as_level: bool) -> Callable[[Binder, Call, Scope], Node]:
    def build(binder: Binder, call: Call, scope: Scope) -> Node:
        walk = _argument_walk(binder, call, 0, scope)
        if walk.place.storage == "group":
            fail(
                "question-expected",
                f"{call.name}() cần một câu hỏi được chấm điểm, ví dụ {call.name}(${{tên}}).",
                f"{call.name}() takes a scored question, as in {call.name}(${{name}}).",
                call.at,
            )
        return ItemScore(walk.place.path, walk.span, as_level)

    return build


def _overall(binder: Binder, call: Call, scope: Scope) -> Node:
    if not binder.assessment:
        fail(
            "assessment-here",
            f"{call.name}() chỉ dùng được trong trang levels và recommendations.",
            f"{call.name}() works in sheets levels and recommendations only.",
            call.at,
        )
    if call.name == "total":
        return Overall("total")
    return Overall("lowest_section" if call.name == "lowest-section" else "gates_failed")


SPECIAL: Final[dict[str, tuple[int, int | None, Callable[[Binder, Call, Scope], Node]]]] = {
    "true": (0, 0, _constant(True)),
    "false": (0, 0, _constant(False)),
    "not": (1, 1, _bind_not),
    "boolean": (1, 1, _bind_boolean),
    "string": (0, 1, _bind_string),
    "number": (0, 1, _bind_number),
    "if": (3, 3, _bind_if),
    "coalesce": (2, None, _bind_coalesce),
    "once": (1, 1, _bind_once),
    "regex": (2, 2, _bind_regex),
    "today": (0, 0, _given("today")),
    "now": (0, 0, _given("now")),
    "unit-code": (0, 0, _given("unit_code")),
    "unit-kind": (0, 0, _given("unit_kind")),
    "count": (1, 1, _bind_count),
    "position": (0, 1, _bind_position),
    "last": (0, 0, _bind_last),
    "current": (0, 0, lambda binder, call, scope: binder.bind(Path(call, (), (), call.at), scope)),
    "instance": (1, 1, lambda binder, call, scope: binder.bind(Path(call, (), (), call.at), scope)),
    "random": (0, 0, draws.bind_random),
    "uuid": (0, 1, draws.bind_uuid),
    "randomize": (1, 2, draws.bind_randomize),
    "version": (0, 0, lambda binder, call, scope: Constant(binder.names.version, "string")),
    "name": (0, 1, _bind_name),
    "local-name": (0, 1, _bind_name),
    "pulldata": (4, 4, tables.bind_pulldata),
    "indexed-repeat": (3, 7, _bind_indexed_repeat),
    "jr:choice-name": (2, 2, bind_choice_name),
    "item-score": (1, 1, _score(False)),
    "item-level": (1, 1, _score(True)),
    "total": (0, 0, _overall),
    "lowest-section": (0, 0, _overall),
    "gates-failed": (0, 0, _overall),
}
"""Least and most arguments and the builder of each function that the language itself knows."""
