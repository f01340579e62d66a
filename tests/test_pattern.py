"""Regular expressions: rewritten alike for both languages, or refused."""

from __future__ import annotations

import re

import pytest
from javascript import run_module

from forms.xpath.expression import ExpressionError
from forms.xpath.pattern import translate_pattern

SUBJECTS = [
    "",
    "a",
    "ab",
    "a\n",
    "a\nb",
    "0912345678",
    "x-y_z",
    "à",
    "đ",
    "a b",
    "a\u00a0b",
    "😀",
    "{1}",
    "a/b",
    "]",
    "^",
    "ab12",
    "-",
    "\\",
]
PATTERNS = [
    "", "^a$", "a.b", "\\s", "\\S+", "^\\w+$", "\\bb", "[^a-z]", "[\\w\\-]", "[-a]", "[a-]", "[\\d-x]", "^0[0-9]{9}$", "a{0,1}b",
    "(a|b)+?$", "(?:a)(?!b)", "(?=a)", "{", "}", "]", "[\\]^]", "\\/", "\\-", "\\@|\\ ", "[&|~]", "\\u0111", "\\x61", "[\\s\\d]", "😀", "[😀]", "\\\\",
]  # fmt: skip


def test_both_languages_find_the_same():
    pairs = [translate_pattern(pattern, 1) for pattern in PATTERNS]
    python = [[re.compile(pair[0], re.ASCII).search(subject) is not None for subject in SUBJECTS] for pair in pairs]
    script = f"const pairs = {[pair[1] for pair in pairs]!r}, subjects = {SUBJECTS!r};"
    javascript = run_module(script, 'pairs.map((p) => subjects.map((s) => new RegExp(p, "u").test(s)))')
    assert list(zip(PATTERNS, javascript, strict=True)) == list(zip(PATTERNS, python, strict=True))


@pytest.mark.parametrize("pattern", ["(", "a**", "a++", "[", "[]", "[z-a]", "\\1(a)", "(?<=a)b", "(?P<x>a)", "(?i)a", "\\p{L}", "[\\S]", "\\", "\\u12", "\\ud800"])  # fmt: skip
def test_what_one_language_does_not_know_is_refused(pattern):
    with pytest.raises(ExpressionError) as caught:
        translate_pattern(pattern, 7)
    assert (caught.value.code, caught.value.character) == ("regex-unsupported", 7)


def test_a_pattern_is_written_with_what_both_read_alike():
    assert translate_pattern("^\\s.a$", 1) == ("^[ \\t\\n\\r\\f\\v][^\\n]a\\Z", "^[ \\t\\n\\r\\f\\v][^\\n]a$")


@pytest.mark.parametrize(
    ("pattern", "vietnamese"),
    [
        ("(0[0-9]{9}", "thiếu dấu “)” đóng nhóm. Hãy thêm dấu đó"),
        ("a)", "có dấu “)” mà không có “(”"),
        ("[0-9{10}", "thiếu dấu “]” đóng lớp ký tự. Hãy thêm dấu đó"),
        ("+84", "không có gì để lặp. Hãy ghi ký tự cần lặp"),
        ("[9-0]", "khoảng ký tự viết ngược"),
        ("a{5,2}", "số lần lặp viết ngược"),
        ("a{5}{2}", "có hai dấu lặp liền nhau"),
    ],
)
def test_a_broken_pattern_is_told_with_its_repair_in_the_language_of_the_author(pattern, vietnamese):
    with pytest.raises(ExpressionError) as caught:
        translate_pattern(pattern, 1)
    assert vietnamese in caught.value.text["vi"] and "at position" not in str(caught.value.text)
