"""Words without the styling of other tools."""

from __future__ import annotations

from textwrap import dedent

import pytest

from forms.xlsform.styling import without_styling
from tests.written_forms import SETTINGS, read


@pytest.mark.parametrize(
    ("styled", "plain"),
    [
        ("**Số** máy *tính* __dùng__ _được_", "Số máy tính dùng được"),
        ('Nhập <span style="color:red">số</span> <b>lớn</b> hơn 0', "Nhập số lớn hơn 0"),
        ("Một<br/>Hai <BR> Ba", "Một\nHai\nBa"),
        ("# Phần A", "Phần A"),
        ("Xem [hướng dẫn](https://example.org/a_b_c)", "Xem hướng dẫn (https://example.org/a_b_c)"),
        ("a &lt; b &amp; c&nbsp;d", "a < b & c d"),
        ("Của **${ho_ten}** và _${_b_}_", "Của ${ho_ten} và ${_b_}"),
        ("\\*bắt buộc\\*", "*bắt buộc*"),
        (
            "2*3*4 = 24, ma_so_thue, a < b > c, #1, * bắt buộc, 5 ** 2",
            "2*3*4 = 24, ma_so_thue, a < b > c, #1, * bắt buộc, 5 ** 2",
        ),
        ("*a* \ue0009\ue001 ${b}", "a 9 ${b}"),
        ("[x] và (y), <tên đơn vị>, R&D", "[x] và (y), <tên đơn vị>, R&D"),
    ],
)
def test_words_are_plain(styled, plain):
    assert without_styling(styled) == plain


def test_a_styled_column_is_told_once():
    form = "| survey |\n| | type | name | label | hint |\n| | text | a | **A** | _h_ |\n| | text | b | **B** | |\n"
    checklist, warnings = read(form + dedent(SETTINGS))
    assert [node.label for node in checklist.nodes] == [{"vi": "A"}, {"vi": "B"}]
    assert [(one.code, one.row, one.column) for one in warnings] == [
        ("styling_left_out", 2, "label"),
        ("styling_left_out", 2, "hint"),
    ]


@pytest.mark.parametrize(
    "text", ["** a " * 4_000, "__ a " * 4_000, "[" * 20_000, "<b " * 6_000, " " * 19_000 + "<", "_a" * 9_000]
)
def test_long_words_are_looked_through_in_steps_that_do_not_grow(text):
    assert without_styling(text) == text.strip()
