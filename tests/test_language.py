"""Two languages: wording, dates and numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from babel.messages.catalog import Catalog
from flask import Flask, g

from survey import language


@pytest.fixture
def speaking(app: Flask) -> Iterator[Callable[[str], None]]:
    with app.test_request_context():
        yield lambda code: setattr(g, "language", code)


@pytest.mark.parametrize(
    ("code", "day", "long_day", "moment", "number"),
    [
        ("vi", "24/11/2026", "Thứ Ba, 24/11/2026", "24/11/2026 10:42", "1.062,5"),
        ("en", "24 Nov 2026", "Tuesday, 24 Nov 2026", "24 Nov 2026 10:42", "1,062.5"),
    ],
)
def test_dates_and_numbers(
    speaking: Callable[[str], None], code: str, day: str, long_day: str, moment: str, number: str
):
    speaking(code)
    assert language.format_date(date(2026, 11, 24)) == day
    assert language.format_day("2026-11-24") == long_day
    assert language.format_moment("2026-11-24T03:42:10Z") == moment
    assert language.format_number(1062.46) == number


def test_nothing_is_shown_as_a_dash_and_never_as_zero(speaking: Callable[[str], None]):
    assert (language.format_number(None), language.format_date(None), language.format_number(0.0, 0)) == ("–", "", "0")


def test_checklist_texts_fall_back_to_the_language_there_is(speaking: Callable[[str], None]):
    speaking("en")
    assert [language.say(text) for text in ({"vi": "Có", "en": "Yes"}, {"vi": "Có"}, {"fr": "Oui"}, "Yes", {}, None)] == [
        "Yes", "Có", "Oui", "Yes", "", "",
    ]  # fmt: skip


def test_interface_texts_come_from_the_catalogue(speaking: Callable[[str], None], monkeypatch: pytest.MonkeyPatch):
    english = Catalog(locale="en")
    english.add("Chào {name}", "Hello {name}")
    english.add(("{n} câu", "{n} câu"), ("{n} question", "{n} questions"))
    monkeypatch.setattr(language, "catalogue", lambda code: english)
    speaking("en")
    assert language.gettext("Chào {name}", name="Lan") == "Hello Lan"
    assert [language.ngettext("{n} câu", "{n} câu", n) for n in (1, 2)] == ["1 question", "2 questions"]
    assert language.gettext("Chưa dịch") == "Chưa dịch"
    speaking("vi")
    assert language.gettext("Chào {name}", name="Lan") == "Chào Lan"
