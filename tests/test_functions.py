"""The function library: one table in two languages, and the corners that the shared cases do not reach."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import pytest
from javascript import function_library, joined, run_module

import forms
from forms.xpath.functions import FUNCTIONS, chance, coercion, dates, digests, geography, not_yet, numbers, texts
from forms.xpath.javascript import library_names, on_demand

TWIN = Path(forms.__file__).parent / "twin" / "functions"


def test_both_languages_have_the_same_entries():
    assert FUNCTIONS.keys() - set(run_module(function_library(), "Object.keys(f)")) == set()


def test_a_function_in_a_file_of_its_own_is_carried_by_those_who_call_it():
    rare = [name for names, _ in on_demand.values() for name in names if name in FUNCTIONS]
    always = run_module(joined([TWIN / name for name in library_names]), "Object.keys(f)")
    assert sorted({*always} & {*FUNCTIONS}) == sorted(FUNCTIONS.keys() - {*rare})


def test_no_function_is_both_there_and_refused():
    assert not_yet.keys() & FUNCTIONS.keys() == set()


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


@pytest.mark.parametrize(
    ("seed", "order"),
    [(42.0, "AFCBDE"), (1.0, "BFEACD"), (11111111.0, "ACDBFE"), (1.9, "BFEACD"), (math.nan, "CBEAFD"), ("", "CBEAFD")],
)
def test_a_shuffle_is_that_of_the_reference_engines(seed, order):
    assert "".join(chance.shuffle("ABCDEF", seed)) == order


SHAPE = (
    "7.9377 -11.5845 0 0;7.9324 -11.5902 0 0;7.927 -11.5857 0 0;7.925 -11.578 0 0;7.9267 -11.5722 0 0;"
    "7.9325 -11.5708 0 0;7.9372 -11.5737 0 0;7.9393 -11.579 0 0;7.9377 -11.5845 0 0"
)
TRACE = (
    "38.253094215699576 21.756382658677467;38.25021274773806 21.756382658677467;38.25007793942195 21.763892843919166;"
    "38.25290886154963 21.763935759263404;38.25146813817506 21.758421137528785"
)


@pytest.mark.parametrize(
    ("points", "square_metres", "metres"),
    [
        (SHAPE, 2333220.77, 5724.36),
        (TRACE, 151451.76, 1800.69),
        ("7.9377 -11.5845 0 0;7.9324 -11.5902 0 0", 0.0, 861.99),
        ("0 0;0 90", 0.0, 10018696.05),
        ("90 0;90 1;", 0.0, 0.0),
    ],
)
def test_areas_and_distances_are_those_of_the_reference_engines(points, square_metres, metres):
    assert (geography.area([points]), geography.distance([points])) == (square_metres, metres)


def test_two_visits_draw_differently_and_one_visit_always_the_same():
    drawn = [chance.random_uuid(seed, "/q#1", keys, 0) for seed in ("a", "b") for keys in ((), ("1",), ("2",))]
    assert drawn == [chance.random_uuid(seed, "/q#1", keys, 0) for seed in ("a", "b") for keys in ((), ("1",), ("2",))]
    assert len(set(drawn)) == 6
    assert all(
        re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", one) for one in drawn
    )


def test_random_numbers_fill_the_range_evenly():
    drawn = [chance.random_number("a", "/q#1", (str(number),), 0) for number in range(2_000)]
    counts = [sum(1 for number in drawn if number // 0.1 == tenth) for tenth in range(10)]
    assert (sum(counts), min(counts) > 150, max(counts) < 250) == (2_000, True, True)


TEXTS = ["", "abc", "Hà Trung 😀", *("x" * length for length in (55, 56, 63, 64, 111, 112, 119, 128)), "ă" * 1000]


def test_digests_are_those_of_the_standard_library():
    asked = [(text, name, spelling) for text in TEXTS for name in digests.algorithms for spelling in digests.encodings]
    found = run_module(function_library(), f"{json.dumps(asked)}.map((one) => f.digest(...one))")
    assert found == [digests.digest(*one) for one in asked]
    assert digests.digest("abc", "MD5", "hex") == "900150983cd24fb0d6963f7d28e17f72"


LONG = {"of": "ă", "times": 999_999, "end": "😀"}
HUGE = [
    ("concat", [{"list": LONG, "times": 400}, "x"]), ("join", [LONG, ["a", "b", "c"]]), ("substring", [LONG, 999_999, 5]),
    ("contains", [LONG, "😀"]), ("selected", [LONG, "x"]), ("digest", [LONG, "SHA-1", "hex"]),
    ("distance", [{"list": {"of": "0 0;", "times": 20_000, "end": "0 1"}, "times": 1}]),
]  # fmt: skip
MADE = (
    """(_, one) => one?.of ? one.of.repeat(one.times) + one.end : one?.list ? Array(one.times).fill(one.list) : one"""
)


def made(recipe: object) -> object:
    """The huge argument that a recipe stands for; MADE does the same on the other side."""
    if not isinstance(recipe, dict):
        return recipe
    return (
        recipe["of"] * recipe["times"] + recipe["end"] if "of" in recipe else [made(recipe["list"])] * recipe["times"]
    )


def test_texts_of_a_million_characters_have_a_bounded_cost_and_the_same_result():
    ends = (
        "[one.length, Array.from(one.slice(0, 20)).slice(0, 9).join(''), Array.from(one.slice(-20)).slice(-9).join('')]"
    )
    short = f"(one) => typeof one === 'string' ? {ends} : one"
    call = f"JSON.parse({json.dumps(json.dumps(HUGE))}, {MADE}).map(([name, given]) => f[name](...given)).map({short})"
    results = [FUNCTIONS[name].call(*map(made, recipes)) for name, recipes in HUGE]
    expected = [
        [len(one.encode("utf-16-le")) // 2, one[:9], one[-9:]] if isinstance(one, str) else one for one in results
    ]
    assert run_module(function_library(), call) == expected
