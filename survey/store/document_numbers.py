"""The numbers of minutes and reports: given out by the leader, each once in a year of a decision."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Literal, NamedTuple, get_args

from survey.clock import utc_text
from survey.database import Database
from survey.problems import Problem
from survey.store.visits import Visit

Numbered = Literal["minutes", "report"]
NUMBERED: tuple[Numbered, ...] = get_args(Numbered)
LARGEST = 9999


class Given(NamedTuple):
    """A number with the day on which the document is issued."""

    number: int
    issued_on: date

    @property
    def printed(self) -> str:
        """As it stands in the document: two digits at least."""
        return f"{self.number:02d}"


def given_to(db: Database, visit_id: str) -> dict[str, Given]:
    """The numbers of a visit's documents by kind."""
    rows = db.query("select kind, number, issued_on from document_number where visit_id = :id", {"id": visit_id})
    return {row["kind"]: Given(row["number"], date.fromisoformat(row["issued_on"])) for row in rows}


def give(db: Database, visit: Visit, kind: Numbered, given: Given, by: str) -> None:
    """Set or change the number of a document; Problem number_taken when the series has it already this year."""
    try:
        db.execute(
            """insert into document_number
                 (visit_id, kind, decision_number, year, number, issued_on, given_at, given_by)
               values (:visit, :kind, :decision, :year, :number, :issued_on, :at, :by)
               on conflict (visit_id, kind) do update set
                 decision_number = excluded.decision_number, year = excluded.year, number = excluded.number,
                 issued_on = excluded.issued_on, given_at = excluded.given_at, given_by = excluded.given_by""",
            {
                "visit": visit.id,
                "kind": kind,
                "decision": visit.decision_number,
                "year": given.issued_on.year,
                "number": given.number,
                "issued_on": given.issued_on.isoformat(),
                "at": utc_text(),
                "by": by,
            },
        )
    except sqlite3.IntegrityError as error:
        raise Problem("number_taken", number=given.printed, year=given.issued_on.year) from error
