from datetime import date, time

import pytest

from reports.dates import clock_time, long_date, open_date, short_date, short_moment
from reports.numbers import count, decimal, plain, roman


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 10), "ngày 10 tháng 02 năm 2026"),
        (date(2025, 8, 9), "ngày 09 tháng 8 năm 2025"),
        (date(2025, 12, 31), "ngày 31 tháng 12 năm 2025"),
    ],
)
def test_vietnamese_dates_lead_days_below_ten_and_the_first_two_months_with_zero(day, words):
    assert long_date(day, "vi") == words


def test_dates_and_times_in_each_language():
    day, moment = date(2025, 8, 9), time(8, 5)
    assert [f(day, language) for f in (long_date, short_date) for language in ("vi", "en")] == [
        "ngày 09 tháng 8 năm 2025", "9 August 2025", "09/08/2025", "9 Aug 2025",
    ]  # fmt: skip
    assert [clock_time(moment, "vi"), clock_time(moment, "en")] == ["08 giờ 05 phút", "8:05"]


def test_a_document_without_a_day_leaves_room_for_one():
    assert open_date(None, "vi") == "ngày … tháng … năm 20…"


def test_counts_below_ten_take_a_zero_in_vietnamese_only():
    assert [count(n, "vi") for n in (0, 9, 10, 1234)] == ["00", "09", "10", "1.234"]
    assert [count(n, "en") for n in (9, 1234)] == ["9", "1,234"]


def test_decimals_round_halves_away_from_zero():
    assert [decimal(v, "vi") for v in (62.25, 62.35, -0.04, 1234.5)] == ["62,3", "62,4", "0,0", "1.234,5"]
    assert decimal(93.556, "en", 2) == "93.56"


def test_plain_numbers_keep_the_places_they_have():
    assert [plain(v, "vi") for v in (12, 0.85, 2 / 3, 1234.0)] == ["12", "0,85", "0,6667", "1.234"]


def test_roman_numbers_of_annexes():
    assert [roman(n) for n in (1, 4, 5, 9, 14)] == ["I", "IV", "V", "IX", "XIV"]


@pytest.mark.parametrize(
    ("value", "precision", "vi", "en"),
    [
        ("2025-08-09", "", "09/08/2025", "9 Aug 2025"),
        ("2025-08-09", "month", "08/2025", "Aug 2025"),
        ("2025-08-09", "year", "2025", "2025"),
        ("2025-08-09T08:05:00.000+07:00", "", "08:05 09/08/2025", "08:05 9 Aug 2025"),
        ("2025-02-30", "", "2025-02-30", "2025-02-30"),
        ("tháng 8", "month", "tháng 8", "tháng 8"),
    ],
)
def test_a_moment_is_told_as_far_as_it_was_asked(value, precision, vi, en):
    assert [short_moment(value, precision, language) for language in ("vi", "en")] == [vi, en]
