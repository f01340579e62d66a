"""The function library: one table in two languages, and the corners that the shared cases do not reach."""

from __future__ import annotations

import math

import pytest
from javascript import function_library, run_module

from forms.xpath.functions import FUNCTIONS, coercion, dates, not_yet, numbers, texts


def test_both_languages_have_the_same_entries_in_the_same_order():
    found = run_module(function_library(), "Object.keys(f)")
    assert found[: len(FUNCTIONS)] == list(FUNCTIONS)


def test_no_function_is_both_there_and_refused():
    assert not_yet & FUNCTIONS.keys() == frozenset()


def test_numbers_and_their_texts_lose_nothing():
    values = [0.0, 0.1, -2.5, 1e-7, 5e-324, 1e21, 1.7976931348623157e308, 123456789012345680000.0, 2.0**53]
    assert [coercion.number(coercion.number_text(value)) for value in values] == values


def test_every_day_of_four_centuries_is_counted_once():
    days = range(dates.day_number(1899, 12, 31), dates.day_number(2300, 1, 1))
    assert [dates.day_number(*dates.civil(day)) for day in days] == list(days)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025-08-19", 20319.0),
        ("2025-08-19T06:00+06:00", 20319.0),
        ("2025-08-19T24:00:00Z", None),
        ("2025-8-19", None),
        ("2025-08-19 ", None),
        ("0000-01-01", None),
        ("٢٠٢٥-08-19", None),
    ],
)
def test_only_real_dates_are_numbers(value, expected):
    found = coercion.text_number(value)
    assert (None if math.isnan(found) else found) == expected


def test_answers_are_stored_in_their_plainest_form():
    stored = [coercion.answer(value) for value in (3.0, -0.0, 2.5, math.nan, math.inf, True, "", "a", ["a", "b"], None)]
    assert stored == [3, 0, 2.5, None, "Infinity", "true", None, "a", "a b", None]


def test_levels_are_whole_when_they_nearly_are():
    assert [numbers.item_level(score) for score in (2 / 3, 1 / 3 - 1e-10, 0.5, 1.0)] == [2.0, 1.0, 1.5, 3.0]


def test_lists_split_at_the_blanks_of_xml_only():
    assert texts.items(" a\tb\nc\u00a0d ") == ["a", "b", "c\u00a0d"]
