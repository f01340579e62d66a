"""What can be wrong with a checklist, said to its author: where, what, and how to repair it, in both languages."""

from __future__ import annotations

from dataclasses import dataclass, field


class Told(Exception):  # noqa: N818 - what it is for a person, not for the program
    """Anything a person must be told in their language, with the repair; never a fault of the program."""

    def say(self, language: str = "vi") -> str:
        """The words in "vi" or "en"."""
        text: dict[str, str] = getattr(self, "text", {})
        return text.get(language) or text.get("vi") or str(self)


@dataclass(frozen=True)
class Fault:
    """One problem at one place of a checklist's source.

    `code` is stable and tested against; `text` holds the wording by language ("vi", "en") and says the fault and the
    repair. `row` counts as a spreadsheet does: the header is row 1. `character` is 1-based inside the cell.
    """

    code: str
    text: dict[str, str]
    sheet: str = ""
    row: int = 0
    column: str = ""
    character: int = 0

    def say(self, language: str = "vi") -> str:
        """`survey:12 relevant: …` in the given language (Vietnamese when that one is missing)."""
        place = f"{self.sheet}:{self.row}" if self.row else self.sheet
        where = " ".join(part for part in (place, self.column) if part)
        at = f" ({self.character})" if self.character else ""
        words = self.text.get(language) or self.text["vi"]
        return f"{where}{at}: {words}" if where else words


@dataclass
class ChecklistError(Told):
    """The checklist cannot be published; `faults` names every problem found, in order of sheet and row."""

    faults: list[Fault] = field(default_factory=list)

    def say(self, language: str = "vi") -> str:
        """One line for each fault."""
        return "\n".join(fault.say(language) for fault in self.faults)

    def __str__(self) -> str:
        return self.say("en")
