"""Collects the faults of one checklist source: errors, which forbid publishing, and warnings, which do not."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from forms.faults import ChecklistError, Fault
from forms.xlsform.fault_texts import TEXTS

most_reported = 200
"""An author repairs the first faults first; a list of 20,000 would only hide them."""


class Diagnosis:
    """What was found wrong so far. `refuse` adds an error, `warn` a warning; both look the wording up by code."""

    def __init__(self) -> None:
        self.errors: list[Fault] = []
        self.warnings: list[Fault] = []

    def refuse(self, code: str, sheet: str = "", row: int = 0, column: str = "", /, **details: object) -> None:
        """Add an error; `details` fill the placeholders of its wording."""
        if len(self.errors) < most_reported:
            self.errors.append(fault(code, sheet, row, column, **details))

    def warn(self, code: str, sheet: str = "", row: int = 0, column: str = "", /, **details: object) -> None:
        """Add a warning; `details` fill the placeholders of its wording."""
        if len(self.warnings) < most_reported:
            self.warnings.append(fault(code, sheet, row, column, **details))

    def raise_errors(self) -> None:
        """Raise ChecklistError with every error found, in order of sheet and row; nothing when there is none."""
        if self.errors:
            raise ChecklistError(in_order(self.errors)[:most_reported])


def fault(code: str, sheet: str = "", row: int = 0, column: str = "", /, **details: object) -> Fault:
    """One fault worded in both languages from its code."""
    vi, en = TEXTS[code]
    return Fault(code, {"vi": vi.format(**details), "en": en.format(**details)}, sheet, row, column)


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Faults by sheet, in the order an author meets them, then by row."""
    known = ["", "settings", "survey", "choices", "sections", "levels", "recommendations"]

    def place(fault: Fault) -> tuple[int, int]:
        return (known.index(fault.sheet) if fault.sheet in known else len(known), fault.row)

    return sorted(faults, key=place)


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The known word closest to a mistyped one, "" when none is close."""
    lower = {name.lower(): name for name in known}
    found = get_close_matches(word.lower(), lower, n=1, cutoff=cutoff)
    return lower[found[0]] if found else ""


def suggestion(word: str, known: Iterable[str]) -> dict[str, str]:
    """The placeholders {did_you_mean_vi} and {did_you_mean_en} of a wording that names an unknown word."""
    name = nearest(word, known)
    if not name:
        return {"did_you_mean_vi": "", "did_you_mean_en": ""}
    return {"did_you_mean_vi": f" Có phải là “{name}”?", "did_you_mean_en": f" Did you mean “{name}”?"}
