"""The column `parameters`: pairs of names and values, however they are divided."""

from __future__ import annotations

import pytest

from forms.xlsform.parameters import read_parameters


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("", {}),
        ("max-pixels=1600", {"max-pixels": "1600"}),
        ("value=ma label=ten", {"value": "ma", "label": "ten"}),
        ("randomize = true; seed=${A01}", {"randomize": "true", "seed": "${A01}"}),
        ("start=0,end=10 , STEP=0.5", {"start": "0", "end": "10", "step": "0.5"}),
    ],
)
def test_pairs_are_read_with_any_separator(text: str, given: dict[str, str]):
    assert read_parameters(text) == given


@pytest.mark.parametrize("text", ["max-pixels", "a=1 a=2", "a=1 rest", "=1", "a="])
def test_what_is_no_pair_and_what_stands_twice_is_told(text: str):
    assert read_parameters(text) is None
