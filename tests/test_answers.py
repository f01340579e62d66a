"""Where answers belong and what they may be."""

from __future__ import annotations

import math

import pytest

from forms.answers import Place, WrongValueError, check_facet, check_value, parents_first, parse_place, read_number
from forms.checklist import Node

HASH = "a" * 64


def question(kind: str) -> Node:
    return Node(type=kind, name="q", path="/q", row=1)


@pytest.mark.parametrize(
    ("reference", "place"),
    [
        ("C01", Place("C01")),
        ("/C/C01#note", Place("/C/C01", (), "note")),
        ("/J/J02[k-1]/in[2]/name", Place("/J/J02/in/name", ("k-1", "2"))),
        ("/J/J02[k]", Place("/J/J02", ("k",))),
        ("C/C01", None),
        ("/C/C01#colour", None),
        (f"/A/A05#caption.{HASH}", Place("/A/A05", (), f"caption.{HASH}")),
        ("/A/A05#caption", None),
        ("/J/J02[]/name", None),
        ("/J/J02[a b]/name", None),
        ("", None),
    ],
)
def test_a_reference_names_a_place(reference, place):
    assert parse_place(reference) == place


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("text", "", None),
        ("text", "Hà Trung", "Hà Trung"),
        ("integer", 5.0, 5),
        ("decimal", 0.5, 0.5),
        ("date", "2024-02-29", "2024-02-29"),
        ("select_multiple", [], None),
        ("select_multiple", ["a", "b"], ["a", "b"]),
        ("geopoint", "19.98 105.8 12 4.5", "19.98 105.8 12 4.5"),
        ("image", [HASH], [HASH]),
        ("signature", HASH, HASH),
        ("audio", [HASH], [HASH]),
        ("file", [HASH], [HASH]),
        ("barcode", "8938505974192", "8938505974192"),
        ("repeat", False, False),
    ],
)
def test_values_are_kept_in_one_form(kind, given, kept):
    assert check_value(question(kind), given) == kept


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("text", 5, "type"),
        ("text", "a\0b", "text"),
        ("text", "\ud800", "text"),
        ("text", "x" * 20_001, "text"),
        ("integer", True, "type"),
        ("integer", "5", "type"),
        ("integer", 5.5, "number"),
        ("integer", 2**53, "number"),
        ("integer", 10**400, "number"),
        ("decimal", math.nan, "number"),
        ("decimal", 1e309, "number"),
        ("date", "2025-02-30", "date"),
        ("date", "20250819", "date"),
        ("select_multiple", "a", "type"),
        ("select_multiple", ["a", "a"], "text"),
        ("select_multiple", ["a b"], "text"),
        ("geopoint", "91 0", "place"),
        ("geopoint", "1e1 0", "place"),
        ("image", ["x"], "hash"),
        ("signature", HASH + "\n", "hash"),
        ("geopoint", "1 0\n", "place"),
        ("note", "x", "type"),
        ("calculate", 1, "type"),
        ("repeat", 1, "type"),
    ],
)
def test_json_that_cannot_be_an_answer_is_refused_with_a_code(kind, given, code):
    with pytest.raises(WrongValueError) as caught:
        check_value(question(kind), given)
    assert caught.value.code == code


def test_facets_take_their_own_words_only():
    assert check_facet("evidence", "photo") == "photo"
    assert check_facet("note", "") is None
    with pytest.raises(WrongValueError):
        check_facet("state", "perhaps")


def test_instances_sort_by_number_then_by_text():
    assert parents_first([("10",), ("b",), ("2",), ("1",), ("a",)]) == [("1",), ("2",), ("10",), ("a",), ("b",)]


def test_numbers_are_spelled_as_in_xpath():
    assert [read_number(text) for text in (" 1.5 ", "-.5", "2.")] == [1.5, -0.5, 2.0]
    assert all(math.isnan(read_number(text)) for text in ("1e3", "1_000", "", "abc", "+1", "inf"))
