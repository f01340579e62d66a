"""Which visits use which version of a checklist."""

from __future__ import annotations

from typing import NamedTuple

from survey.database import Database


class Use(NamedTuple):
    """How many visits were planned with a version: those still open, and those submitted."""

    drafts: int = 0
    submitted: int = 0


def uses_of_versions(db: Database) -> dict[tuple[str, str], Use]:
    """The uses by id and version; versions without a visit are left out."""
    rows = db.execute(
        """select checklist_id, checklist_version, sum(state = 'draft'), sum(state = 'submitted') from visit
           group by checklist_id, checklist_version"""
    )
    return {(row[0], row[1]): Use(row[2], row[3]) for row in rows.fetchall()}


def drafts_of_checklist(db: Database, checklist_id: str, other_than: str) -> list[str]:
    """The ids of open visits of a checklist whose version is another one, in the order of days."""
    rows = db.execute(
        """select id from visit where checklist_id = :id and checklist_version <> :version and state = 'draft'
           order by planned_on, id""",
        {"id": checklist_id, "version": other_than},
    )
    return [row[0] for row in rows.fetchall()]
