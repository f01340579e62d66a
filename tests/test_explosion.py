"""Regular expressions that may take for ever, and those that only look like it."""

from __future__ import annotations

import pytest

from forms.xpath.expression import ExpressionError
from forms.xpath.pattern import translate_pattern

EXPLODING = [
    "(a+)+$", "(a*)*", "(a|a)*$", "([a-z]+)*x", "(\\w|\\d)+$", "(a?b?)*$", "((a+)b?)+$", "(.*)*", "(a{1,30}){1,30}$", "(x+x+)+y",
    "(\\s*\\w+\\s*)+$", "(a|b|[ab])+$", "(?:aa|aaa)*c", "(\\w+\\s?)*$",
]  # fmt: skip
HARMLESS = [
    "^[a-z]+(-[a-z]+)*$", "^[\\w.]+@([\\w-]+\\.)+[a-z]+$", "(\\d{1,3}\\.)*\\d", "(\\d{3})+", "^(\\d{3} ?)+$", "(ab|cd)*", "(a|b)+?$",
    "^(\\+84|0)\\d{9,10}$", "^.{1,500}$", "^(0[1-9]|1[0-2])/\\d{4}$", "(?=.*\\d)[a-z]+", "([^,]*,)*x", "^\\d+([.,]\\d+)?$", "", "(a|)b",
]  # fmt: skip


@pytest.mark.parametrize("pattern", EXPLODING)
def test_repetitions_that_divide_a_text_in_many_ways_are_refused(pattern):
    with pytest.raises(ExpressionError) as caught:
        translate_pattern(pattern, 7)
    assert (caught.value.code, caught.value.character) == ("regex-explodes", 7)


@pytest.mark.parametrize("pattern", HARMLESS)
def test_repetitions_with_something_between_them_are_taken(pattern):
    assert translate_pattern(pattern, 1)
