"""Numbers as documents write them; stored numbers never pass through here."""

from __future__ import annotations

ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def decimal(value: float, language: str, places: int = 1) -> str:
    """A number with fixed places: "1.234,5", "1,234.5"; halves are rounded away from zero, as people do."""
    scaled = int(abs(value) * 10**places + 0.5 + 1e-9) / 10**places
    sign = "-" if value < 0 and scaled else ""
    english = f"{sign}{scaled:,.{places}f}"
    return english if language == "en" else english.translate(str.maketrans(",.", ".,"))


def plain(value: float, language: str) -> str:
    """A number with as many places as it has, at most four: "12", "0,85", "1.234"."""
    places = next((n for n in range(4) if abs(value - round(value, n)) < 1e-9), 4)
    return decimal(value, language, places)


def count(number: int, language: str) -> str:
    """How many: Vietnamese documents write counts below 10 with a zero, "05 máy tính"."""
    return decimal(number, language, 0) if language == "en" or number >= 10 else f"{number:02}"


def roman(number: int) -> str:
    """A number from 1 to 39 as annexes are numbered: "IV"."""
    letters = ""
    for value, letter in ROMAN:
        while number >= value:
            letters, number = letters + letter, number - value
    return letters
