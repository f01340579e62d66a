"""Days and times as documents write them: in words at the head, with figures in tables."""

from __future__ import annotations

import re
from datetime import date, time

ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
VIETNAMESE_DAY = "ngày {day} tháng {month} năm {year}"
VIETNAMESE_TIME = "{hour} giờ {minute} phút"
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def long_date(day: date, language: str) -> str:
    """A day in words: "ngày 05 tháng 01 năm 2026", "5 January 2026".

    Days below 10 and months 1 and 2 take a zero (NĐ 30/2020/NĐ-CP, Annex I).
    """
    if language == "en":
        return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return VIETNAMESE_DAY.format(day=f"{day.day:02}", month=month, year=day.year)


def open_date(day: date | None, language: str) -> str:
    """The date line of a document; without a day it leaves room for one to be written in."""
    if day:
        return long_date(day, language)
    return "… … 20…" if language == "en" else "ngày … tháng … năm 20…"


def short_date(day: date, language: str) -> str:
    """A day in figures: "24/11/2026", "24 Nov 2026", for tables."""
    if language == "en":
        return f"{day.day} {ENGLISH_MONTHS[day.month - 1][:3]} {day.year}"
    return f"{day.day:02}/{day.month:02}/{day.year}"


def clock_time(moment: time, language: str) -> str:
    """A time of day: "08 giờ 05 phút", "8:05"."""
    if language == "en":
        return f"{moment.hour}:{moment.minute:02}"
    return VIETNAMESE_TIME.format(hour=f"{moment.hour:02}", minute=f"{moment.minute:02}")


def short_moment(value: str, precision: str, language: str) -> str:
    """A day in figures, with its time if it has one, or only its month or year: "10:30 24/11/2026", "11/2026", "2026".

    What is no day in ISO 8601 stays as it is.
    """
    try:
        day = date.fromisoformat(value[:10] if ISO_DAY.match(value) else "")
    except ValueError:
        return value
    if precision == "year":
        return str(day.year)
    if precision == "month":
        return f"{ENGLISH_MONTHS[day.month - 1][:3]} {day.year}" if language == "en" else f"{day.month:02}/{day.year}"
    return " ".join(filter(None, (value[11:16], short_date(day, language))))
