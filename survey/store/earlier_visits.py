"""The visit to a unit that came before another: what it was assessed at, for reports that compare the two."""

from __future__ import annotations

from datetime import date

from reports.facts import Earlier
from survey.database import Database
from survey.store.visits import Visit


def find_earlier(db: Database, visit: Visit) -> Earlier | None:
    """The last submitted visit on an earlier day to the same unit with any version of the same checklist.

    A fictitious visit is compared with fictitious ones alone, a real one with real ones.
    """
    row = db.execute(
        """select visit_id, visited_on, checklist_version, formula_version, total, level from assessment
           where unit_code = :unit and visited_on < :day and checklist_id = :checklist and fictitious = :fictitious
           order by visited_on desc, computed_at desc, visit_id limit 1""",
        {
            "unit": visit.unit_code,
            "day": visit.planned_on,
            "checklist": visit.checklist_id,
            "fictitious": visit.fictitious,
        },
    ).fetchone()
    if row is None:
        return None
    visit_id, visited_on, version, formula, total, level = row
    return Earlier(
        visited_on=date.fromisoformat(visited_on),
        checklist_version=version,
        formula_version=formula,
        total=total,
        level=level,
        sections=sections_of(db, visit_id),
    )


def sections_of(db: Database, visit_id: str) -> dict[str, float | None]:
    """Section → its score in per cent, None while something in it was missing."""
    rows = db.execute("select section, score from section_score where visit_id = :id", {"id": visit_id})
    return dict(rows.fetchall())
