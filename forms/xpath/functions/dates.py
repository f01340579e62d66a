"""Dates and times as ISO 8601 texts, their count in days, and their formats.

A date counts whole days since 1970-01-01, wherever it is read. A date-time with an offset is the instant in UTC; one
without is taken as it stands. The calendar is the Gregorian one, from year 1 to 9999.
"""

from __future__ import annotations

import math
import re

day_ms = 86_400_000
number_form = re.compile(r"[ \t\r\n]*(-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))[ \t\r\n]*")
date_form = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
moment_form = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
time_form = re.compile(r"([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?")
last_day = 2_932_896  # 9999-12-31
first_day = -719_162  # 0001-01-01

month_names = {
    "vi": [f"Thg {month}" for month in range(1, 13)],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
day_names = {
    "vi": ["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
    "en": ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
}


def day_number(year: int, month: int, day: int) -> int | None:
    """Days since 1970-01-01, None when there is no such date."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    lengths = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if year < 1 or not 1 <= month <= 12 or not 1 <= day <= lengths[month - 1]:
        return None
    before = year - 1
    return before * 365 + before // 4 - before // 100 + before // 400 + sum(lengths[: month - 1]) + day - 719_163


def civil(days: int) -> tuple[int, int, int]:
    """Year, month and day of a day number between 0001-01-01 and 9999-12-31."""
    shifted = days + 719_468  # counted from 0000-03-01, so that a leap day ends a year
    era, of_era = divmod(shifted, 146_097)
    year_of_era = (of_era - of_era // 1_460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month = (5 * of_year + 2) // 153
    day = of_year - (153 * month + 2) // 5 + 1
    month = month + 3 if month < 10 else month - 9
    return year_of_era + era * 400 + (1 if month <= 2 else 0), month, day


def milliseconds(hour: str, minute: str, second: str | None, fraction: str | None) -> int | None:
    """Milliseconds since midnight, None when there is no such time."""
    hours, minutes, seconds = int(hour), int(minute), int(second or 0)
    if hours > 23 or minutes > 59 or seconds > 59:
        return None
    return hours * 3_600_000 + minutes * 60_000 + seconds * 1_000 + int(((fraction or "") + "000")[:3])


def moment(value: str) -> tuple[int, int, int] | None:
    """Day number and milliseconds as written, and the offset in minutes, of a date or date-time; else None."""
    if match := date_form.fullmatch(value):
        day = day_number(int(match[1]), int(match[2]), int(match[3]))
        return None if day is None else (day, 0, 0)
    if match := moment_form.fullmatch(value):
        day = day_number(int(match[1]), int(match[2]), int(match[3]))
        clock = milliseconds(match[4], match[5], match[6], match[7])
        zone = match[8] or "Z"
        offset = 0 if zone == "Z" else int(zone[0] + "1") * (int(zone[1:3]) * 60 + int(zone[4:]))
        return None if day is None or clock is None else (day, clock, offset)
    return None


def days_of(value: str) -> float:
    """Days since 1970-01-01 of a date or date-time text, NaN for any other text."""
    if len(value) < 10 or value[4] != "-":
        return math.nan
    found = moment(value)
    if found is None:
        return math.nan
    day, clock, offset = found
    return day + (clock - offset * 60_000) / day_ms


def as_written(value: str) -> tuple[int, int] | None:
    """Day number and milliseconds of a date, a date-time in its own offset, or a count of days in UTC; else None."""
    found = moment(value)
    if found is not None:
        return found[0], found[1]
    match = number_form.fullmatch(value)
    count = float(match[1]) if match else math.nan
    if not first_day <= count < last_day + 1:
        return None
    day = math.floor(count)
    return day, min(math.floor((count - day) * day_ms + 0.5), day_ms - 1)


def iso_date(day: int) -> str:
    """A day number as YYYY-MM-DD."""
    year, month, of_month = civil(day)
    return f"{year:04}-{month:02}-{of_month:02}"


def date(value: str) -> str:
    """The date of a date, a date-time (in its own offset) or a count of days; "" when it is none of them."""
    found = as_written(value)
    return "" if found is None else iso_date(found[0])


def date_time(value: str) -> str:
    """A date-time kept as it is; a date or a count of days becomes one in UTC; "" when it is none of them."""
    if moment_form.fullmatch(value) and moment(value):
        return value
    found = as_written(value)
    if found is None:
        return ""
    seconds, ms = divmod(found[1], 1_000)
    clock = f"{seconds // 3_600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"
    return f"{iso_date(found[0])}T{clock}Z"


def decimal_date_time(value: str) -> float:
    """Days since 1970-01-01 UTC of a date or date-time; NaN for other texts."""
    return days_of(value)


def decimal_time(value: str) -> float:
    """The part of the day that has passed at a time: noon is 0.5; an offset is not applied."""
    passed = time_passed(value)
    return math.nan if passed is None else passed / day_ms


def time_passed(value: str) -> int | None:
    """Milliseconds since midnight of a time of day, None when it is none."""
    match = time_form.fullmatch(value)
    return milliseconds(match[1], match[2], match[3], match[4]) if match else None


def format_date(value: str, pattern: str, language: str) -> str:
    """A date by the ODK pattern (%Y %y %m %n %b %d %e %a, and %H %h %M %S %3 of a date-time); "" when it is none.

    Of a time alone only the letters of times are known. Month and day names are those of `language`, English when it is
    neither "vi" nor "en".
    """
    found, passed = as_written(value), time_passed(value)
    if found is None and passed is None:
        return ""
    parts = format_parts(*found, language) if found else clock_parts(passed or 0)
    return re.sub("%(.)", lambda match: parts.get(match[1], match[0]), pattern)


def format_parts(day: int, clock: int, language: str) -> dict[str, str]:
    """What each letter of a date pattern stands for."""
    year, month, of_month = civil(day)
    names = language if language in month_names else "en"
    return {
        "Y": f"{year:04}", "y": f"{year % 100:02}", "m": f"{month:02}", "n": str(month),
        "b": month_names[names][month - 1], "d": f"{of_month:02}", "e": str(of_month),
        "a": day_names[names][(day + 4) % 7], **clock_parts(clock),
    }  # fmt: skip


def clock_parts(clock: int) -> dict[str, str]:
    """What each letter of a pattern stands for in a time of day, in milliseconds since midnight."""
    seconds = clock // 1_000
    return {
        "H": f"{seconds // 3_600:02}", "h": str(seconds // 3_600), "M": f"{seconds // 60 % 60:02}",
        "S": f"{seconds % 60:02}", "3": f"{clock % 1_000:03}", "%": "%",
    }  # fmt: skip
