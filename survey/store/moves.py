"""Visits that were moved to another version of their checklist, and the changes that their version does not count."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from survey.clock import utc_text
from survey.database import Database


class Move(NamedTuple):
    """One move of a visit."""

    checklist_id: str
    from_version: str
    to_version: str
    moved_at: str
    moved_by: str | None


def moves_of(db: Database, visit_id: str) -> list[Move]:
    """The moves of a visit in their order."""
    rows = db.execute(
        """select checklist_id, from_version, to_version, moved_at, moved_by from visit_move
           where visit_id = :id order by number""",
        {"id": visit_id},
    )
    return [Move(*row) for row in rows.fetchall()]


def change_version(db: Database, visit_id: str, before: str, after: str) -> bool:
    """Give an open visit another version of its checklist; False when it is not on the one before any more."""
    done = db.execute(
        """update visit set checklist_version = :after
           where id = :id and state = 'draft' and checklist_version = :before""",
        {"id": visit_id, "before": before, "after": after},
    )
    return bool(done.rowcount)


def record(db: Database, visit_id: str, checklist_id: str, before: str, after: str, by: str | None) -> None:
    """Note a move; call it inside its transaction."""
    db.execute(
        """insert into visit_move (visit_id, number, checklist_id, from_version, to_version, moved_at, moved_by)
           values (:id, (select count(*) from visit_move where visit_id = :id), :checklist, :before, :after, :at,
                   :by)""",
        {"id": visit_id, "checklist": checklist_id, "before": before, "after": after, "at": utc_text(), "by": by},
    )


def aside_of(db: Database, visit_id: str) -> set[str]:
    """The ids of the changes of a visit that its version does not count; empty for visits that never moved."""
    rows = db.execute("select change_id from change_aside where visit_id = :id", {"id": visit_id})
    return {row[0] for row in rows.fetchall()}


def put_aside(db: Database, visit_id: str, change_ids: Iterable[str]) -> None:
    """Note changes that do not count; call it inside the transaction that brings them."""
    rows = [{"visit": visit_id, "id": id} for id in change_ids]
    insert = "insert into change_aside (visit_id, change_id) values (:visit, :id) on conflict do nothing"
    db.conn.executemany(insert, rows)


def forget_aside(db: Database, visit_id: str) -> None:
    """Before a move, which decides anew."""
    db.execute("delete from change_aside where visit_id = :id", {"id": visit_id})
