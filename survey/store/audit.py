"""The audit trail: who changed the state of what, in the same transaction as the change."""

from __future__ import annotations

import json

from pydantic import BaseModel, ConfigDict

from survey.clock import utc_text
from survey.database import Database


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    at: str
    action: str
    person: str | None
    details: dict[str, object]


def record(
    db: Database,
    action: str,
    *,
    by: str | None,
    visit_id: str | None = None,
    trip_id: str | None = None,
    **details: object,
) -> None:
    """Add a row; call it inside the transaction of the change it tells of."""
    db.execute(
        """insert into audit (at, person_id, action, visit_id, trip_id, details)
           values (:at, :by, :action, :visit_id, :trip_id, :details)""",
        {
            "at": utc_text(),
            "by": by,
            "action": action,
            "visit_id": visit_id,
            "trip_id": trip_id,
            "details": json.dumps(details, ensure_ascii=False),
        },
    )


def of_visit(db: Database, visit_id: str) -> list[Entry]:
    """What happened to a visit, oldest first."""
    rows = db.query(
        """select audit.at, audit.action, person.name as person, audit.details
           from audit left join person on person.id = audit.person_id
           where audit.visit_id = :visit_id order by audit.seq""",
        {"visit_id": visit_id},
    )
    return [Entry(**row | {"details": json.loads(row["details"])}) for row in rows]
