"""The answer log in the database: append, read since a cursor, and what was refused. Nothing here updates an answer."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from pydantic import BaseModel, TypeAdapter
from sqlite_utils import Database

from forms.log import Change, Value, answers_from

COLUMNS = "id, visit_id, question, value, replaces, at, device_at, device, author_id"
value_adapter: TypeAdapter[Value] = TypeAdapter(Value)
ids_adapter: TypeAdapter[list[str]] = TypeAdapter(list[str])


class Refusal(BaseModel):
    """A change that was not taken in, kept as it came: `body` is its JSON text."""

    id: str
    device: str
    visit_id: str
    author_id: str
    code: str
    message: str
    body: str
    received_at: str


def append_change(db: Database, change: Change, received_at: str) -> None:
    """Write a change at the end of the log; an id that is there already is an IntegrityError of the database."""
    db.execute(
        "insert into change (id, visit_id, question, value, replaces, at, device_at, device, author_id, received_at)"
        " values (:id, :visit, :question, :value, :replaces, :at, :device_at, :device, :author, :received_at)",
        change.model_dump()
        | {"value": to_json(change.value), "replaces": to_json(change.replaces), "received_at": received_at},
    )


def find_changes(db: Database, ids: Collection[str]) -> dict[str, Change]:
    """The changes with these ids that are in the log, by id."""
    names, values = listed(ids)
    rows = db.query(f"select {COLUMNS} from change where id in ({names})", values)  # noqa: S608 - made up here
    return {row["id"]: load_change(row) for row in rows}


def changes_of(db: Database, visit_id: str) -> list[Change]:
    """The whole log of a visit in the order of arrival."""
    rows = db.query(
        f"select {COLUMNS} from change where visit_id = :visit order by seq",  # noqa: S608 - constant names
        {"visit": visit_id},
    )
    return [load_change(row) for row in rows]


def answers_of(db: Database, visit_id: str) -> dict[str, Value]:
    """The answers of a visit by question path."""
    return answers_from(changes_of(db, visit_id))


def changes_since(db: Database, visits: Collection[str], cursor: int, limit: int) -> list[tuple[int, Change]]:
    """Up to `limit` changes of these visits with a larger sequence number than the cursor, each with its number."""
    names, values = listed(visits)
    rows = db.query(
        f"select seq, {COLUMNS} from change"  # noqa: S608 - made up here
        f" where seq > :cursor and visit_id in ({names}) order by seq limit :limit",
        values | {"cursor": cursor, "limit": limit},
    )
    return [(row["seq"], load_change(row)) for row in rows]


def last_number(db: Database, visit_id: str) -> int:
    """The sequence number of the newest change of a visit; 0 while it has none."""
    row = next(db.query("select coalesce(max(seq), 0) as seq from change where visit_id = :visit", {"visit": visit_id}))
    return int(row["seq"])


def flag_changes(db: Database, ids: Collection[str]) -> None:
    """Mark changes whose value breaks a rule of the checklist; the value stays as it came."""
    names, values = listed(ids)
    db.execute(f"update change set flag = 'constraint' where id in ({names})", values)  # noqa: S608 - made up here


def flagged_changes(db: Database, visit_id: str) -> list[str]:
    """The ids of the marked changes of a visit in the order of arrival."""
    rows = db.query(
        "select id from change where visit_id = :visit and flag is not null order by seq", {"visit": visit_id}
    )
    return [row["id"] for row in rows]


def keep_refusal(db: Database, refusal: Refusal) -> None:
    """Keep what was refused; the same refusal of the same content is kept once."""
    db.execute(
        "insert into refused_change (id, device, visit_id, author_id, code, message, body, received_at)"
        " select :id, :device, :visit_id, :author_id, :code, :message, :body, :received_at where not exists ("
        "select 1 from refused_change where visit_id = :visit_id and id = :id"
        " and code = :code and author_id = :author_id and body = :body)",
        refusal.model_dump(),
    )


def refusals_of(db: Database, author_id: str) -> list[Refusal]:
    """What was refused to one person, oldest first."""
    rows = db.query(
        "select id, device, visit_id, author_id, code, message, body, received_at from refused_change"
        " where author_id = :author order by received_at, id",
        {"author": author_id},
    )
    return [Refusal.model_validate(row) for row in rows]


def author_names(db: Database, ids: Iterable[str]) -> dict[str, str]:
    """The names of the people with these ids."""
    names, values = listed(set(ids))
    rows = db.query(f"select id, name from person where id in ({names})", values)  # noqa: S608 - made up here
    return {row["id"]: row["name"] for row in rows}


def listed(values: Collection[str]) -> tuple[str, dict[str, object]]:
    """Placeholders for an `in (…)` with their values; nothing is in an empty list."""
    named: dict[str, object] = {f"in_{number}": value for number, value in enumerate(values)}
    return ", ".join(f":{name}" for name in named) or "null", named


def load_change(row: dict[str, Any]) -> Change:
    """A row of the table as a change."""
    return Change(
        id=row["id"], visit=row["visit_id"], question=row["question"], value=load_value(row["value"]),
        replaces=ids_adapter.validate_json(row["replaces"]), at=row["at"], device_at=row["device_at"],
        device=row["device"], author=row["author_id"],
    )  # fmt: skip


def load_value(text: str | None) -> Value:
    """A value as JSON text; no text is no value."""
    return value_adapter.validate_json(text) if text is not None else None


def to_json(value: object) -> str | None:
    """JSON text without spaces; None stays None, so that an emptied answer is null in the column."""
    return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
