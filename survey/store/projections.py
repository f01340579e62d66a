"""What the map and the synthesis read of many visits at once: rows beside each assessment, written with it.

They are made from the frozen result and from the minutes, never read from the log, and go when the assessment goes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlite_utils import Database

if TYPE_CHECKING:  # whoever only opens the database does not wait for the engine of checklists
    from forms.commitments import Commitment
    from forms.projection import Projection

COLUMNS = {
    "item_score": "visit_id, item, score, gate_failed, confidential",
    "visit_recommendation": "visit_id, number, code, key, responsible, priority, due, mends_gate, confidential",
    "visit_difficulty": "visit_id, grp, number",
    "visit_training": "visit_id, field, number",
    "commitment": "visit_id, key, side, recommendation, decision, due, text, owner, confidential",
    "visit_fact": """visit_id, gates_failed, gates_failed_shared, received, resolved, on_time, dossiers_per_officer_day,
                     power_return""",
}
"""What is written of each table, in the order of the fields of a projection and of a commitment."""


def write(db: Database, visit_id: str, projection: Projection, commitments: list[Commitment]) -> None:
    """Keep the projection of an assessment that has just been written, in the same transaction."""
    rows: dict[str, Iterable[tuple[Any, ...]]] = {
        "item_score": projection.items,
        "visit_recommendation": ((number, *one) for number, one in enumerate(projection.recommendations)),
        "visit_difficulty": projection.difficulties.items(),
        "visit_training": projection.training.items(),
        "commitment": commitments,
        "visit_fact": [projection.facts],
    }
    for table, found in rows.items():
        places = ", ".join("?" for _ in COLUMNS[table].split(","))
        insertion = f"insert into {table} ({COLUMNS[table]}) values ({places})"  # noqa: S608 - constant names
        db.conn.executemany(insertion, [(visit_id, *row) for row in found])


def delete(db: Database, visit_id: str) -> None:
    """Forget the projection of a visit whose assessment stays."""
    for table in COLUMNS:
        db.execute(f"delete from {table} where visit_id = :id", {"id": visit_id})  # noqa: S608 - constant names


class Lacking(NamedTuple):
    """An assessment from before the projections."""

    visit_id: str
    checklist_id: str
    checklist_version: str


def lacking(db: Database) -> list[Lacking]:
    """The assessments that have no projection; each has exactly one row of figures, so that counting tells it soon."""
    counts = db.execute("select (select count(*) from assessment), (select count(*) from visit_fact)").fetchone()
    if counts[0] == counts[1]:
        return []
    rows = db.execute(
        """select visit_id, checklist_id, checklist_version from assessment
           where not exists (select 1 from visit_fact where visit_fact.visit_id = assessment.visit_id)"""
    )
    return [Lacking(*row) for row in rows.fetchall()]
