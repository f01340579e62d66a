"""Turns the values of Excel cells into the texts that an author sees."""

from __future__ import annotations

import datetime
import re

error_values = {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"}

date_formats = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
"""The numbers of Excel's own formats that show dates and times."""
not_code = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]')


def shows_date(number: int, code: str) -> bool:
    """Whether a number format, by its number or its own code such as "dd/mm/yyyy", shows dates or times."""
    return number in date_formats or bool(re.search("[dmyhs]", not_code.sub("", code), re.IGNORECASE))


def number_text(text: str) -> str:
    """A number as Excel shows it: 1.0 as "1", without the noise of binary fractions."""
    number = float(text)
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return repr(float(f"{number:.15g}"))


def date_text(text: str, since_1904: bool) -> str:
    """A date such as 2025-08-19 from Excel's count of days, with the time when it has one."""
    if 0 <= float(text) < 1:  # no day at all
        return str((datetime.datetime.min + datetime.timedelta(seconds=round(float(text) * 86_400))).time())
    start = datetime.datetime(1904, 1, 1) if since_1904 else datetime.datetime(1899, 12, 30)
    return value_text(start + datetime.timedelta(seconds=round(float(text) * 86_400)))


def value_text(value: object) -> str:
    """A Python value as text: "" for None, TRUE and FALSE, whole numbers without ".0", ISO dates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return number_text(repr(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    return str(value)
