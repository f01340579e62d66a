"""Asks pyxform, the reader behind KoboToolbox and ODK, whether it takes the checklist too."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from forms.xlsform.columns import Line
from forms.xlsform.diagnosis import Diagnosis

most_choices = 50

row_named = re.compile(r"\[row ?: ?(\d+)\]")
sheet_named = re.compile(r"the '(survey|choices|settings)' sheet")
said_already = (
    "missing translations",
    "is missing the",
    "has no label",
    "language declarations",
    "spelling",
    "skipped",
    "max-pixels",
    "case-insensitive",
    "or_other and translations",
)
"""Warnings of pyxform about things that our own checks tell with row and repair, or that do not concern us."""


def check_with_pyxform(sheets: dict[str, list[Line]], diagnosis: Diagnosis) -> None:
    """Convert survey, choices and settings with pyxform; its error and its warnings join the diagnosis.

    Empty rows are passed on, so that the rows it names are those of the spreadsheet.
    """
    # Late: importing pyxform takes more than a second, and only publishing needs it.
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    warnings: list[str] = []
    try:
        convert(xlsform=tables(sheets), warnings=warnings)
    except PyXFormError as error:
        add_words(str(error), diagnosis, is_error=True)
    except Exception as error:  # pyxform lets TypeError, KeyError and others through for forms it did not expect
        add_words(f"{type(error).__name__}: {error}", diagnosis, is_error=True)
    for words in warnings:
        if not any(phrase in words for phrase in said_already):
            add_words(words, diagnosis, is_error=False)


def tables(sheets: dict[str, list[Line]]) -> dict[str, Any]:
    """The sheets as pyxform reads them itself: a dictionary for every row, empty ones for empty rows."""
    book: dict[str, Any] = {"sheet_names": list(sheets)}
    for name in ("survey", "choices", "settings"):
        lines = sheets.get(name, [])
        if not lines:
            continue
        rows: list[dict[str, str]] = [{} for _ in range(lines[-1].number - 1)]
        for line in first_choices(lines) if name == "choices" else lines:
            rows[line.number - 2] = {h: text for h, text in line.row.cells.items() if h in line.columns.by_header}
        book[name] = rows[:1] if name == "settings" else rows
        book[f"{name}_header"] = [dict.fromkeys(lines[0].columns.by_header)]
    return book


def first_choices(lines: list[Line]) -> list[Line]:
    """The start of each choice list: pyxform needs seconds for thousands of choices, which are checked already."""
    seen: Counter[str] = Counter()
    kept = []
    for line in lines:
        seen[line.text("list_name")] += 1
        if seen[line.text("list_name")] <= most_choices:
            kept.append(line)
    return kept


def add_words(words: str, diagnosis: Diagnosis, *, is_error: bool) -> None:
    """One message of pyxform at the sheet and row that it names."""
    row, sheet = row_named.search(words), sheet_named.search(words)
    message = " ".join(row_named.sub("", words).split())
    add = diagnosis.refuse if is_error else diagnosis.warn
    add("pyxform", sheet[1] if sheet else "survey", int(row[1]) if row else 0, message=message)
