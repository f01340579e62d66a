"""Two languages: interface texts from gettext catalogues, checklist texts from their data, dates and numbers by Babel.

The text in the source is the Vietnamese one; a catalogue is needed for the other languages only.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from babel.dates import format_date as babel_date
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from flask import Flask, current_app, g, has_app_context, session

from survey.clock import parse_utc

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
DATE_PATTERNS = {"vi": "dd/MM/y", "en": "d MMM y"}
DAY_PATTERNS = {"vi": "EEEE, dd/MM/y", "en": "EEEE, d MMM y"}


@cache
def catalogue(language: str) -> Catalog:
    """The texts of a language, read once; empty when there is no file."""
    path = Path(__file__).parent / "translations" / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


outside_requests: ContextVar[str] = ContextVar("outside_requests", default="vi")


def language() -> str:
    """The language of this request; outside requests the one that `speak` chose, Vietnamese without it."""
    return str(g.get("language", "vi")) if has_app_context() else outside_requests.get()


def speak(chosen: str) -> None:
    """Choose the language of messages outside requests: of a command."""
    outside_requests.set(chosen)


def mark(text: str) -> str:
    """Mark a text for the catalogue where it is written down; it is translated where it is shown."""
    return text


def gettext(text: str, **values: object) -> str:
    """The text in the language of the request, with `{name}` filled in."""
    message = catalogue(language()).get(text) if language() != "vi" else None
    found = message.string if message and not message.fuzzy else text
    found = (found[0] if isinstance(found, (list, tuple)) else found) or text
    return found.format(**values) if values else found


def ngettext(one: str, many: str, n: int, **values: object) -> str:
    """Like `gettext` with a number: `{n}` as people write it, and the singular where a language has one."""
    message = catalogue(language()).get((one, many)) if language() != "vi" else None
    forms = message.string if message and not message.fuzzy else None
    text = (forms[0] if n == 1 else forms[-1]) if isinstance(forms, (list, tuple)) else (one if n == 1 else many)
    return (text or many).format(n=format_number(n, 0), **values)


def say(text: Mapping[str, str] | str | None) -> str:
    """A text of a checklist in the language of the request, else in the checklist's own, which comes first."""
    if not text:
        return ""
    if isinstance(text, str):
        return text
    return text.get(language()) or next((words for words in text.values() if words), "")


def format_date(value: date | str | None) -> str:
    """24/11/2026 or 24 Nov 2026; "" without a date."""
    return _dated(value, DATE_PATTERNS)


def format_day(value: date | str | None) -> str:
    """With the weekday: Thứ Ba, 24/11/2026."""
    text = _dated(value, DAY_PATTERNS)
    return text[:1].upper() + text[1:]


def _dated(value: date | str | None, patterns: dict[str, str]) -> str:
    if not value:
        return ""
    day = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return babel_date(day, patterns[language()], locale=language())


def format_moment(value: str | datetime | None) -> str:
    """A stored UTC moment on the wall clock of the delegations: 24/11/2026 10:42."""
    if not value:
        return ""
    offset = current_app.config["SETTINGS"].utc_offset_hours
    local = (parse_utc(value) if isinstance(value, str) else value) + timedelta(hours=offset)
    return f"{format_date(local.date())} {local:%H:%M}"


def format_number(value: float | None, digits: int = 1) -> str:
    """62,5 or 62.5; a dash without a number, so that nothing unknown looks like 0."""
    if value is None:
        return "–"
    return str(format_decimal(value, format="#,##0." + "0" * digits if digits else "#,##0", locale=language()))


def choose_language() -> None:
    """Set g.language: what was chosen in this session, else the person's, else Vietnamese.

    The browser's own setting does not count: most office computers in Vietnam ask for English.
    """
    if "person" not in g:  # a static file: reading the session would tie its copy in the cache to a cookie
        return
    person = g.person
    chosen = session.get("language") or (person.language if person else "vi")
    g.language = chosen if chosen in LANGUAGES else "vi"


def register_language(app: Flask) -> None:
    app.jinja_env.globals.update(_=gettext, ngettext=ngettext, language=language, languages=LANGUAGES)
    app.jinja_env.filters.update(say=say, date=format_date, day=format_day, moment=format_moment, number=format_number)
