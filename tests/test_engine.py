"""References find their place, and names nobody knows get suggestions."""

from __future__ import annotations

import pytest

from forms.answers import Place, UnknownNameError
from forms.engine import compile_checklist
from tests.small_checklists import small_checklist

ENGINE = compile_checklist(
    small_checklist(
        {"type": "group", "name": "A"}, {"type": "text", "name": "A01", "inside": "/A"},
        {"type": "repeat", "name": "who", "inside": "/A"}, {"type": "text", "name": "name", "inside": "/A/who"},
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("reference", "place"),
    [
        ("A01", Place("/A/A01")),
        ("/A/A01", Place("/A/A01")),
        ("A01#evidence", Place("/A/A01", (), "evidence")),
        ("/A/who[k]/name", Place("/A/who/name", ("k",))),
        ("/A/who[k]/name#note", Place("/A/who/name", ("k",), "note")),
        ("/A/who[k]", Place("/A/who", ("k",))),
    ],
)
def test_a_reference_finds_its_place(reference, place):
    assert ENGINE.locate(reference) == place


@pytest.mark.parametrize(
    ("reference", "instead"),
    [
        ("A1", ["A01"]),
        ("A", []),
        ("/A", []),
        ("/A/who", []),
        ("name", ["/A/who[1]/name"]),
        ("/A/who[k]#note", []),
        ("/B/A01", ["A01"]),
    ],
)
def test_a_reference_to_nothing_says_what_could_be_meant(reference, instead):
    with pytest.raises(UnknownNameError) as caught:
        ENGINE.locate(reference)
    assert caught.value.names == {reference: instead}


def test_the_error_is_told_in_both_languages():
    error = UnknownNameError({"A1": ["A01"], "zz": []})
    assert error.say("vi") == "Phiếu không có câu hỏi “A1”; có phải là A01?\nPhiếu không có câu hỏi “zz”."
    assert (
        error.say("en") == "The checklist has no question “A1”; did you mean A01?\nThe checklist has no question “zz”."
    )


def test_a_default_may_come_from_the_plan_and_an_answer_comes_before_it():
    engine = compile_checklist(
        small_checklist(
            {"type": "text", "name": "U", "default": "unit-code()"},
            {"type": "calculate", "name": "K", "calculation": "concat(unit-kind(), '/', ${U})"},
        )
    )
    unit = {"code": "15271", "name": "xã Hà Trung", "kind": "xa"}
    planned, answered = engine.open({}, "2026-01-01", unit=unit), engine.open({"U": "14797"}, "2026-01-01", unit=unit)
    assert [state.value("/K", ()) for state in (planned, answered)] == ["xa/15271", "xa/14797"]
    assert engine.open({}, "2026-01-01").value("/U", ()) is None
