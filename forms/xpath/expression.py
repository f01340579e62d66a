"""An expression as its author wrote it: source text to a tree that knows where each part stands.

The dialect is XPath 1.0 as the ODK XForms specification narrows and widens it, plus `${name}`. The tree says what is
written, nothing more; `binding` finds what the names mean.

Where the engines of the field differ, the words of that specification decide:
- A question as a condition is true when its text is not empty: "0" and "false" are true, an empty one is false.
- Texts become numbers under < <= > >= and in arithmetic, dates count as days; = and != between texts compare texts.
- A date is a whole count of days, a date-time with an offset an instant in UTC: now() may lie before today().
- sum() is XPath 1.0: one empty answer makes it NaN; min() and max() likewise, and without nodes.
- round() takes halves up, also below zero; substr() counts from 0 and from the end when negative.
- regex() searches; ^ and $ make it match the whole. Its pattern is a quoted text that both languages read alike.
- if() keeps the type of its branches; a question in a branch counts as text.
- An answer of a question that does not apply is empty, and its node stays in node-sets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Literal, NoReturn

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken, VisitError

from forms.faults import Told

MAX_LENGTH = 20_000
MAX_DEPTH = 100
"""Levels of a tree. Both twins recurse over it, so depth is bounded; chains of and, or and + count as one level."""

chains = ("and", "or", "+")


@dataclass
class ExpressionError(Told):
    """An expression that cannot be used: `code` is stable, `text` holds fault and repair by language.

    `character` is 1-based in the source, 0 when the fault belongs to the whole.
    """

    code: str
    text: dict[str, str]
    character: int = 0

    def __str__(self) -> str:
        return self.text["en"]


@dataclass(frozen=True)
class Number:
    value: float
    at: int


@dataclass(frozen=True)
class String:
    value: str
    at: int


@dataclass(frozen=True)
class Reference:
    """`${name}`."""

    name: str
    at: int


@dataclass(frozen=True)
class Step:
    """One step of a path; `name` is set on the child axis only."""

    axis: Literal["child", "self", "parent"]
    name: str
    predicates: tuple[Expression, ...]
    at: int


@dataclass(frozen=True)
class Path:
    """A location path. `start` is "context", "root" or "anywhere" (//), else what stands before the first slash.

    That is a reference or a call. `predicates` are those written directly behind a reference.
    """

    start: Literal["context", "root", "anywhere"] | Reference | Call
    steps: tuple[Step, ...]
    predicates: tuple[Expression, ...]
    at: int


@dataclass(frozen=True)
class Call:
    name: str
    arguments: tuple[Expression, ...]
    at: int


@dataclass(frozen=True)
class Negation:
    operand: Expression
    at: int


@dataclass(frozen=True)
class Operation:
    """`operands` are two, or more for a chain of "and", "or" or "+"; `at` is the place of the operator."""

    operator: str
    operands: tuple[Expression, ...]
    at: int


Expression = Number | String | Reference | Path | Call | Negation | Operation


@lru_cache(maxsize=4096)
def parse(source: str) -> Expression:
    """The tree of an expression; ExpressionError names the first place that cannot be read, and the repair."""
    if len(source) > MAX_LENGTH:
        fail("expression-too-long", f"Biểu thức quá {MAX_LENGTH} ký tự.", f"Over {MAX_LENGTH} characters.", 0)
    if not source.strip():
        fail("expression-empty", "Biểu thức trống.", "The expression is empty.", 0)
    _check_brackets(source)
    try:
        tree: Expression = _parser().parse(source)  # type: ignore[assignment]
    except UnexpectedInput as error:
        raise _syntax_error(source, error) from None
    except VisitError as error:
        raise error.orig_exc from None
    _check_depth(tree)
    return tree


def fail(code: str, vietnamese: str, english: str, character: int) -> NoReturn:
    """Raise an ExpressionError."""
    raise ExpressionError(code, {"vi": vietnamese, "en": english}, character)


@cache
def _parser() -> Lark:
    # Built on first use: an import does no work. Inlining the builder keeps the parse free of recursion.
    grammar = resources.files("forms.xpath").joinpath("grammar.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", maybe_placeholders=False, transformer=_Builder())


def _place(token: Token) -> int:
    return (token.start_pos or 0) + 1


@v_args(inline=True)
class _Builder(Transformer[Token, Expression]):
    """Lark's callbacks, one for each rule name of the grammar."""

    def number(self, token: Token) -> Number:
        return Number(float(token), _place(token))

    def string(self, token: Token) -> String:
        return String(token[1:-1], _place(token))

    def reference(self, token: Token) -> Reference:
        return Reference(token[2:-1].strip(), _place(token))

    def parenthesised(self, bracket: Token, inner: Expression) -> Expression:
        return inner

    def negate(self, sign: Token, operand: Expression) -> Negation:
        return Negation(operand, _place(sign))

    def binary(self, left: Expression, sign: Token, right: Expression) -> Operation:
        operator = str(sign)
        if operator in chains and isinstance(left, Operation) and left.operator == operator:
            return Operation(operator, (*left.operands, right), left.at)
        return Operation(operator, (left, right), _place(sign))

    def call(self, name: Token, *arguments: Expression) -> Call:
        return Call(str(name), arguments, _place(name))

    def child(self, name: Token, *predicates: Expression) -> Step:
        return Step("child", str(name), predicates, _place(name))

    def self(self, dot: Token) -> Step:
        return Step("self", "", (), _place(dot))

    def parent(self, dots: Token) -> Step:
        return Step("parent", "", (), _place(dots))

    def predicate(self, inner: Expression) -> Expression:
        return inner

    def relative(self, *parts: Step | Token) -> tuple[Step, ...]:
        return tuple(part for part in parts if isinstance(part, Step))

    def relative_location(self, steps: tuple[Step, ...]) -> Path:
        return Path("context", steps, (), steps[0].at)

    def absolute_location(self, slash: Token, steps: tuple[Step, ...]) -> Path:
        return Path("root", steps, (), _place(slash))

    def anywhere_location(self, slashes: Token, steps: tuple[Step, ...]) -> Path:
        return Path("anywhere", steps, (), _place(slashes))

    def filtered(self, reference: Reference, *predicates: Expression) -> Path:
        return Path(reference, (), predicates, reference.at)

    def continued(self, start: Reference | Call | Path, slash: Token, steps: tuple[Step, ...]) -> Path:
        if isinstance(start, Path):
            return Path(start.start, steps, start.predicates, start.at)
        return Path(start, steps, (), start.at)


def children(tree: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside one, predicates included, in the order written."""
    match tree:
        case Call(arguments=inner) | Operation(operands=inner):
            return inner
        case Negation(operand=operand):
            return (operand,)
        case Path(start=start, steps=steps, predicates=predicates):
            before = start.arguments if isinstance(start, Call) else ()
            return (*before, *predicates, *(inner for step in steps for inner in step.predicates))
        case _:
            return ()


def references(tree: Expression) -> list[Reference]:
    """Every `${name}` of a tree in the order written."""
    found: list[Reference] = []
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Reference):
            found.append(part)
        elif isinstance(part, Path) and isinstance(part.start, Reference):
            found.append(part.start)
        waiting.extend(children(part))
    return sorted(found, key=lambda reference: reference.at)


def _check_depth(tree: Expression) -> None:
    level: list[Expression] = [tree]
    for _ in range(MAX_DEPTH):
        level = [inner for part in level for inner in children(part)]
        if not level:
            return
    fail(
        "expression-too-deep",
        "Biểu thức lồng quá nhiều tầng; hãy tách phần trong ra một dòng calculate.",
        "The expression nests too deeply; move an inner part to a calculate row.",
        level[0].at,
    )


def _check_brackets(source: str) -> None:
    """Count brackets outside strings first: "one bracket is missing" helps more than "unexpected end"."""
    opened: list[tuple[str, int]] = []
    quote, start = "", 0
    for place, sign in enumerate(source, 1):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote, start = sign, place
        elif sign in "([{":
            opened.append((sign, place))
        elif sign in ")]}":
            if not opened or "([{".index(opened[-1][0]) != ")]}".index(sign):
                _stray(sign, place)
            opened.pop()
    if quote:
        fail("quote-open", f"Thiếu dấu {quote} đóng chuỗi.", f"The text is not closed: add {quote}.", start)
    if opened:
        sign, place = opened[-1]
        closing = ")]}"["([{".index(sign)]
        fail("bracket-open", f"Thiếu dấu {closing} cho dấu {sign} này.", f"{sign} is not closed: add {closing}.", place)


def _stray(sign: str, place: int) -> NoReturn:
    opening = "([{"[")]}".index(sign)]
    fail(
        "bracket-stray",
        f"Dấu {sign} không có dấu {opening} tương ứng; hãy bỏ đi hoặc thêm {opening}.",
        f"{sign} has no matching {opening}: remove it or add {opening}.",
        place,
    )


repairs: list[tuple[str, str, str]] = [
    ("“”‘’", "Dùng dấu nháy thẳng ' hoặc \" thay cho dấu nháy cong.", "Use straight quotes ' or \", not curly ones."),
    ("&", "Viết and thay cho &&.", "Write and instead of &&."),
    ("!", "Viết not(…) hoặc != thay cho dấu ! đứng riêng.", "Write not(…) or !=; a lone ! is not an operator."),
    ("$", "Tham chiếu viết là ${tên}.", "A reference is written ${name}."),
    ("{", "Tham chiếu viết là ${tên}.", "A reference is written ${name}."),
    ("≤≥≠", "Viết <=, >= hoặc !=.", "Write <=, >= or !=."),
    ("–—−", "Dùng dấu trừ - của bàn phím.", "Use the keyboard's minus sign -."),
    ("×", "Viết * cho phép nhân.", "Write * to multiply."),
    (":", "Hãy viết ../tên hoặc ${tên}; các trục như child:: không được đọc.",
     "Write ../name or ${name}; axes such as child:: are not read."),
    ("%÷", "Viết div cho phép chia, mod cho số dư.", "Write div to divide and mod for the remainder."),
    ("=", "Viết một dấu = để so sánh bằng.", "Write a single = to compare."),
    (">", "Viết >= hoặc != (không viết =>, <>).", "Write >= or != (not => or <>)."),
    ("@", "Thuộc tính (@) không được hỗ trợ; phiên bản của phiếu là version().",
     "Attributes (@) are not supported; the version of the form is version()."),
    ("*", "Ký hiệu * không được hỗ trợ; hãy viết tên câu hỏi, nhiều câu nối bằng |: ${a} | ${b}.",
     "The wildcard * is not supported; name a question, or several with | between: ${a} | ${b}."),
    ("/", "Dấu // chỉ đứng đầu đường dẫn; hãy dùng ${tên}.", "// stands at the beginning of a path only; use ${name}."),
    (";", "Các đối số cách nhau bằng dấu phẩy.", "Arguments are separated by commas."),
]  # fmt: skip


def _syntax_error(source: str, error: UnexpectedInput) -> ExpressionError:
    if isinstance(error, UnexpectedEOF) or (isinstance(error, UnexpectedToken) and error.token.type == "$END"):
        text = {
            "vi": "Biểu thức kết thúc dở dang; hãy viết nốt vế còn thiếu.",
            "en": "The expression ends too early; write the part that is missing.",
        }
        return ExpressionError("syntax", text, len(source))
    at = error.pos_in_stream or 0
    found = str(error.token) if isinstance(error, UnexpectedToken) else source[at : at + 1]
    otherwise = ("", _expected(error, "vi"), _expected(error, "en"))
    word = re.match(r"(?:and|or|div|mod)(?![\w.-])", source[at:], re.IGNORECASE)
    if word and not word[0].islower():
        otherwise = ("", f"Viết chữ thường: {word[0].lower()}.", f"Write it in small letters: {word[0].lower()}.")
    repair = next((words for words in repairs if found[:1] in words[0]), otherwise)
    text = {
        "vi": f"Không hiểu “{found}” ở đây. {repair[1]}".strip(),
        "en": f"Cannot read “{found}” here. {repair[2]}".strip(),
    }
    return ExpressionError("syntax", text, at + 1)


def _expected(error: UnexpectedInput, language: str) -> str:
    allowed = error.allowed if isinstance(error, UnexpectedCharacters) else getattr(error, "expected", set())
    operand = "REFERENCE" in (allowed or set())
    words: dict[tuple[str, bool], str] = {
        ("vi", True): "Cần một giá trị: ${tên}, số, chuỗi trong dấu nháy hoặc hàm.",
        ("en", True): "A value is needed: ${name}, a number, a quoted text or a function.",
        ("vi", False): "Cần một phép toán: and, or, =, !=, <, >, +, -, *, div, mod.",
        ("en", False): "An operator is needed: and, or, =, !=, <, >, +, -, *, div, mod.",
    }
    return words[language, operand]
