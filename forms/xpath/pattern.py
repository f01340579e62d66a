"""Regular expressions of regex(), rewritten so that Python and JavaScript read them alike.

The ODK specification makes `/…/` of the text and tests it, so a pattern is searched, not matched as a whole. Written
out here: classes are ASCII, `.` is all but a line feed, `$` is the very end, a character is a code point. What only
one of the two languages knows is refused, and so is what may take for ever (see `explosion`).
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field
from typing import NoReturn

from forms.xpath.explosion import may_explode
from forms.xpath.expression import fail

blanks = " \\t\\n\\r\\f\\v"
controls = {"n": "\\n", "r": "\\r", "t": "\\t", "f": "\\f", "v": "\\v"}
syntax = frozenset("^$\\.*+?()[]{}|/")
BROKEN = {
    "missing )": ("thiếu dấu “)” đóng nhóm. Hãy thêm dấu đó", "a group is never closed. Add the “)”"),
    "unbalanced": (
        "có dấu “)” mà không có “(”. Hãy thêm “(” hoặc xóa “)”",
        "a “)” closes nothing. Add the “(” or remove it",
    ),
    "unterminated": (
        "thiếu dấu “]” đóng lớp ký tự. Hãy thêm dấu đó",
        "a class of characters is never closed. Add the “]”",
    ),
    "nothing to repeat": (
        "trước *, +, ? hoặc {…} không có gì để lặp. Hãy ghi ký tự cần lặp; tìm chính dấu đó thì viết \\ ở trước",
        "there is nothing to repeat before *, +, ? or {…}. Write what is repeated, or a \\ before the sign itself",
    ),
    "multiple repeat": (
        "có hai dấu lặp liền nhau. Hãy bỏ một dấu",
        "two repetitions stand side by side. Leave one out",
    ),
    "bad character range": (
        "khoảng ký tự viết ngược. Hãy ghi ký tự nhỏ trước, như a-z",
        "a range of characters runs backwards. Write the smaller one first, as in a-z",
    ),
    "min repeat": (
        "số lần lặp viết ngược. Hãy ghi số nhỏ trước, như {2,5}",
        "the numbers of a repetition run backwards. Write the smaller one first, as in {2,5}",
    ),
    "": (
        "không đọc được. Hãy viết bằng lớp ký tự, nhóm và số lần lặp thường",
        "it cannot be read. Write it with plain classes, groups and repetitions",
    ),
}
"""What is wrong with a pattern and how to mend it, by how Python's complaint begins."""

quantifier = re.compile(r"(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})\??")


def translate_pattern(source: str, at: int) -> tuple[str, str]:
    """The pattern for Python (with re.ASCII) and for JavaScript (with flag u); ExpressionError when it is refused."""
    reader = _Reader(source, at)
    reader.read()
    python, javascript = "".join(reader.python), "".join(reader.javascript)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(python, re.ASCII)
    except (re.error, OverflowError, FutureWarning) as error:
        _refuse_broken(at, str(error))
    if may_explode(python):
        _refuse_explosion(at)
    return python, javascript


def _refuse(at: int, what: str) -> NoReturn:
    fail(
        "regex-unsupported",
        f"Mẫu regex không dùng được ở đây: {what}. Hãy viết bằng lớp ký tự, nhóm và số lần lặp thường.",
        f"The regular expression cannot be used: {what}. Write it with plain classes, groups and repetitions.",
        at,
    )


def _refuse_broken(at: int, complaint: str) -> NoReturn:
    vietnamese, english = next(words for begin, words in BROKEN.items() if complaint.startswith(begin))
    fail("regex-unsupported", f"Mẫu regex {vietnamese}.", f"In the regular expression {english}.", at)


def _refuse_explosion(at: int) -> NoReturn:
    fail(
        "regex-explodes",
        "Mẫu regex lặp chồng lên nhau, như (a+)+, nên có thể chạy mãi không xong. Hãy bỏ một trong các lần lặp, hoặc "
        "đặt giữa chúng một ký tự mà phần lặp không nhận.",
        "The regular expression repeats a repetition, as (a+)+ does, so that it may never come to an end. Leave one of "
        "the repetitions out, or put a character between them that the repeated part does not take.",
        at,
    )


@dataclass
class _Reader:
    """Reads a pattern from left to right and writes it twice."""

    source: str
    at: int
    place: int = 0
    python: list[str] = field(default_factory=list)
    javascript: list[str] = field(default_factory=list)

    def write(self, python: str, javascript: str | None = None) -> None:
        self.python.append(python)
        self.javascript.append(python if javascript is None else javascript)

    def take(self, length: int = 1) -> str:
        taken = self.source[self.place : self.place + length]
        self.place += length
        return taken

    def read(self) -> None:
        while self.place < len(self.source):
            if found := quantifier.match(self.source, self.place):
                self.write(self.take(len(found[0])))
                if self.source[self.place : self.place + 1] in ("+", "*"):
                    _refuse(self.at, self.source[self.place - 1 : self.place + 1])
            else:
                self.read_sign(self.take())

    def read_sign(self, sign: str) -> None:
        match sign:
            case "\\":
                self.read_escape()
            case "[":
                self.read_class()
            case "(":
                self.read_group()
            case ")" | "|" | "^":
                self.write(sign)
            case "$":
                self.write("\\Z", "$")
            case ".":
                self.write("[^\\n]")
            case _:
                self.write_literal(sign)

    def write_literal(self, sign: str, in_class: bool = False) -> None:
        # Each language refuses or warns about escapes that the other one needs.
        escaped = sign in syntax or (in_class and sign == "-")
        python = f"\\{sign}" if escaped or (in_class and sign in "&~|") else sign
        self.write(python, f"\\{sign}" if escaped else sign)

    def read_group(self) -> None:
        if not self.source.startswith("?", self.place):
            self.write("(?:")
            return
        kind = self.take(2)
        if kind not in ("?:", "?=", "?!"):
            _refuse(self.at, f"({kind}")
        self.write(f"({kind}")

    def read_escape(self) -> None:
        letter = self.take()
        if letter in tuple("dDwWbB"):
            self.write(f"\\{letter}")
        elif letter == "s":
            self.write(f"[{blanks}]")
        elif letter == "S":
            self.write(f"[^{blanks}]")
        else:
            self.write_escaped(letter, False)

    def write_escaped(self, letter: str, in_class: bool) -> None:
        if letter in controls:
            self.write(controls[letter])
        elif letter in ("u", "x"):
            length = 4 if letter == "u" else 2
            digits = self.take(length)
            if not re.fullmatch(rf"[0-9a-fA-F]{{{length}}}", digits) or 0xD800 <= int(digits, 16) < 0xE000:
                _refuse(self.at, f"\\{letter}{digits}")
            self.write_literal(chr(int(digits, 16)), in_class)
        elif letter == "" or letter.isalnum():
            _refuse(self.at, f"\\{letter}")
        else:
            self.write_literal(letter, in_class)

    def read_class(self) -> None:
        self.write("[^" if self.source.startswith("^", self.place) else "[")
        self.place += self.source.startswith("^", self.place)
        first = True
        while not self.source.startswith("]", self.place):
            if self.place >= len(self.source):
                _refuse_broken(self.at, "unterminated")
            self.read_member(first)
            first = False
        if first:
            _refuse(self.at, "[]")
        self.write(self.take())

    def read_member(self, first: bool) -> None:
        sign = self.take()
        following = self.source[self.place : self.place + 1]
        if sign != "\\":
            is_range = sign == "-" and not first and following not in ("]", "\\") and not self.ends_with_class()
            self.write(sign) if is_range else self.write_literal(sign, in_class=True)
            return
        letter = self.take()
        if letter in tuple("dDwW"):
            self.write(f"\\{letter}")
        elif letter == "s":
            self.write(blanks)
        elif letter in ("S", "b", "B"):
            _refuse(self.at, f"[\\{letter}]")
        else:
            self.write_escaped(letter, in_class=True)

    def ends_with_class(self) -> bool:
        return self.python[-1] in ("\\d", "\\D", "\\w", "\\W", blanks)
