"""Two languages: wording, dates and numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from flask import Flask, g

from survey import language
from survey.translations.extract import extracted

TEMPLATES = Path(language.__file__).parent / "templates"
STATIC = Path(language.__file__).parent.parent / "static"
VIETNAMESE = re.compile(r"[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")


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


def test_every_text_of_the_interface_has_english_words():
    english = language.catalogue("en")
    texts = {text for _file, text in extracted()}
    assert {message.id for message in english if message.id} == texts
    assert [text for text in texts if not all(_forms(english.get(text)))] == []


def test_english_words_leave_the_same_places_to_fill():
    wrong = [
        message.id for message in language.catalogue("en") if message.id and len(set(map(_places, _all(message)))) > 1
    ]
    assert wrong == []


def test_templates_hold_no_text_outside_the_catalogue():
    bare = {path.name: found for path in TEMPLATES.rglob("*.html") if (found := _bare_words(path.read_text("utf-8")))}
    assert bare == {}


def test_scripts_hold_no_text_of_the_interface():
    scripts = [path for path in STATIC.rglob("*.js") if "vendor" not in path.parts]
    code = [re.sub(r"^\s*(//|/?\*).*|\s// .*", "", path.read_text("utf-8"), flags=re.MULTILINE) for path in scripts]
    texts = [text.group() for part in code for text in re.finditer(r"([\"'`])(?:(?!\1).)*\1", part)]
    assert len(texts) > 100
    assert [text for text in texts if VIETNAMESE.search(text)] == []


def _forms(message: Message | None) -> tuple[str, ...]:
    found = message.string if message else ""
    return (found,) if isinstance(found, str) else tuple(found)


def _all(message: Message) -> tuple[str, ...]:
    """The text and its translations."""
    return (*((message.id,) if isinstance(message.id, str) else message.id), *_forms(message))


def _places(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"{\w*}", text))


def _bare_words(template: str) -> list[str]:
    """Lines with Vietnamese letters, or with words between tags, when everything that Jinja fills in is taken out."""
    names = r"{% block \w+_(?:class|script) %}.*?{% endblock %}|{% macro named.*?{% endmacro %}"
    shown = re.sub(names + r"|{#.*?#}|{{.*?}}|{%.*?%}", "", template, flags=re.DOTALL).replace("Sát Cánh", "")
    return [line for line in shown.splitlines() if VIETNAMESE.search(line)] + re.findall(
        r"[a-z]{3,}.*", re.sub(r"<[^>]*>", "\n", shown)
    )
