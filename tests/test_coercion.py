"""Numbers become texts and texts numbers as XPath 1.0 says, digit by digit the same in both languages."""

from __future__ import annotations

import json
import math
import re
import struct
from decimal import Decimal

import pytest
from expression_world import shown
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from javascript import function_library, run_module

from forms.xpath.functions import coercion

quickly = settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
any_double = st.integers(0, 2**64 - 1).map(lambda bits: struct.unpack("<d", struct.pack("<Q", bits))[0])
numbers = st.one_of(
    any_double,
    st.floats(),
    st.integers(-(2**53), 2**53).map(float),
    st.builds(lambda digits, shift: float(f"{digits}e{shift}"), st.integers(-9999, 9999), st.integers(-30, 30)),
)
spelled = st.one_of(
    st.from_regex(r"[ \t\r\n]*[-+]?[0-9]{0,22}\.?[0-9]{0,22}([eE][-+]?[0-9]{1,3})?[ \t\r\n]*", fullmatch=True),
    st.text(alphabet=" \t\n\u00a0-+.0123456789eE١२xINFa,_", max_size=12),
    st.sampled_from(["Infinity", "-Infinity", "NaN", "0x10", "1_000", "1e5", "--1", "- 1", "1.", ".", "-.5", "9" * 400]),
    st.builds("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}".format, st.integers(0, 9999), st.integers(0, 13), st.integers(0, 32),
              st.integers(0, 25), st.integers(0, 61), st.integers(0, 61), st.sampled_from(["", "Z", "+07:00", ".5-11:30", "+7"])),
)  # fmt: skip


@settings(quickly)
@given(st.lists(numbers, min_size=300, max_size=300))
def test_numbers_are_written_alike_and_read_back_exactly(drawn):
    bits = [struct.unpack("<Q", struct.pack("<d", number))[0] for number in drawn]
    read = "new DataView(new BigUint64Array([BigInt(one)]).buffer).getFloat64(0, true)"
    found = run_module(function_library(), f"{json.dumps([str(one) for one in bits])}.map((one) => f.text({read}))")
    assert found == [coercion.text(number) for number in drawn]
    finite = [number for number in drawn if math.isfinite(number)]
    assert [coercion.number(coercion.text(number)) for number in finite] == finite
    assert all(re.fullmatch(r"-?[0-9]+(\.[0-9]*[1-9])?", coercion.text(number)) for number in finite)


@settings(quickly)
@given(st.lists(spelled, min_size=200, max_size=200))
def test_texts_are_read_alike(drawn):
    call = f"{json.dumps(drawn)}.map(f.number).map((one) => Object.is(one, -0) ? '-0' : f.text(one))"
    expected = [coercion.number(text) for text in drawn]
    texts = ["-0" if one == 0 and math.copysign(1, one) < 0 else coercion.text(one) for one in expected]
    assert run_module(function_library(), call) == texts


@pytest.mark.parametrize(
    ("number", "text"),
    [(-0.0, "0"), (1e21, "1" + "0" * 21), (5e-324, format(Decimal("5e-324"), "f")), (0.1 + 0.2, "0.30000000000000004"),
     (2.0**53, "9007199254740992"), (123456789012345680.0, "123456789012345680"), (math.inf, "Infinity"), (-1.5, "-1.5")],
)  # fmt: skip
def test_the_corners_are_those_of_the_recommendation(number, text):
    assert coercion.number_text(number) == text


def test_numbers_too_long_for_a_double_become_endless():
    assert shown(coercion.text_number("9" * 400)) == {"number": "Infinity"}
