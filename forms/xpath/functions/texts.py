"""Functions on texts and on lists of choices. A character is a Unicode code point, as in XPath."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from forms.xpath.functions.numbers import round_half_up

blanks = " \t\r\n"
longest = 1_000_000
"""Characters of a text that is put together: what is longer ends there, so that no form can fill the memory."""


def items(value: str) -> list[str]:
    """The items of a space-separated list. str.split() alone would also split at blanks that XML does not know."""
    spaced = value.replace("\t", " ").replace("\r", " ").replace("\n", " ")
    return [item for item in spaced.split(" ") if item]


def concat(*parts: Sequence[str]) -> str:
    """All texts of all lists, one behind the other, up to a million characters."""
    return put_together("", parts)


def join(separator: str, *parts: Sequence[str]) -> str:
    """All texts of all lists with a separator between them, up to a million characters."""
    return put_together(separator, parts)


def put_together(separator: str, parts: Iterable[Sequence[str]]) -> str:
    """The texts up to the longest allowed; those behind it are not even looked at."""
    found: list[str] = []
    size = -len(separator)
    for text in (text for part in parts for text in part):
        if size >= longest:
            break
        found.append(text)
        size += len(text) + len(separator)
    return separator.join(found)[:longest]


def string_length(value: str) -> float:
    """How many characters; a float, because -0 must be one in both languages."""
    return float(len(value))


def substr(value: str, start: float, end: float = math.inf) -> str:
    """ODK substr(): 0-based, up to but without `end`; negative places count from the end."""
    return value[place(start, len(value)) : place(end, len(value))]


def place(index: float, length: int) -> int:
    """A place in a text of `length` as Python counts it, from an index that may be negative, endless or NaN."""
    if index != index:
        return 0
    if index < 0:
        return length + math.trunc(index) if index > -length else 0
    return math.trunc(index) if index < length else length


def substring(value: str, start: float, length: float = math.inf) -> str:
    """XPath 1.0 substring(): 1-based, places are rounded; NaN gives the empty text."""
    first = round_half_up(start)
    last = first + round_half_up(length)
    low, high = max(first, 1.0), min(last, len(value) + 1.0)
    return value[int(low) - 1 : int(high) - 1] if low < high and first == first and last == last else ""


def substring_before(value: str, mark: str) -> str:
    """XPath 1.0 substring-before(): "" when the mark is not there."""
    before, found, _ = value.partition(mark) if mark else ("", "", "")
    return before if found else ""


def substring_after(value: str, mark: str) -> str:
    """XPath 1.0 substring-after(): "" when the mark is not there, all of it behind an empty mark."""
    return value.partition(mark)[2] if mark else value


def translate(value: str, old: str, new: str) -> str:
    """XPath 1.0 translate(): signs of `old` become those of `new` at the same place, or vanish."""
    table: dict[str, str] = {}
    for index, sign in enumerate(old):
        table.setdefault(sign, new[index : index + 1])
    return "".join(table.get(sign, sign) for sign in value)


def normalize_space(value: str) -> str:
    """Blanks at the ends dropped, others made one space."""
    return " ".join(items(value))


def selected(value: str, name: str) -> bool:
    """Whether a name is an item of a space-separated list."""
    return name.strip(blanks) in items(value)


def selected_at(value: str, index: float) -> str:
    """The item at a 0-based place, "" when there is none."""
    listed = items(value)
    return listed[int(index)] if 0 <= index < len(listed) else ""


def count_selected(value: str) -> float:
    """How many items a space-separated list has."""
    return float(len(items(value)))


def boolean_from_string(value: str) -> bool:
    """ODK boolean-from-string(): "true" and "1" are true."""
    return value in ("true", "1")
