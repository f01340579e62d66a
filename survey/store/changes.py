"""The answer log in the database: append, read since a cursor, and what was refused. Nothing here updates an answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from json.encoder import encode_basestring
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter
from pydantic_core import from_json
from sqlite_utils import Database

from forms.log import Change, Key, Said, Value, answers_from, current_changes
from survey.store.moves import aside_of

COLUMNS = "id, visit_id, question, value, replaces, at, device_at, device, author_id"
PORTION = 500
"""As many ids or rows as one statement carries: the database limits the parameters of a statement."""

Rows = list[tuple[int, list[str | None]]]
"""Changes ready to be written: in each portion, how many and the values of their columns one after the other."""

T = TypeVar("T")
json_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
"""JSON text without spaces; numbers that JSON does not have are a ValueError."""

PLAIN: dict[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: str,
    bool: {True: "true", False: "false"}.__getitem__,
}
"""JSON text of what most answers are, without setting up an encoder each time."""

changes_adapter: TypeAdapter[list[Change]] = TypeAdapter(list[Change])


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

    def digest(self) -> str:
        """The same for the same refusal of the same content."""
        return hashlib.sha256(f"{self.code}\n{self.body}".encode()).hexdigest()


def append_change(db: Database, change: Change, received_at: str) -> None:
    """Write a change at the end of the log; one that the visit has already is an IntegrityError of the database."""
    append_changes(db, [change], received_at)


def append_changes(db: Database, added: Sequence[Change], received_at: str, author: str | None = None) -> None:
    """Write changes at the end of the log in this order, all by `author` when one is given; else as `append_change`."""
    append_rows(db, rows_of(added, received_at, author))


def rows_of(added: Sequence[Change], received_at: str, author: str | None = None) -> Rows:
    """Changes as they are written: the values of all columns of many rows, one after the other, in portions."""
    return [
        (len(portion), list(chain.from_iterable(_row(one, author or one.author, received_at) for one in portion)))
        for portion in portions(added)
    ]


def append_rows(db: Database, rows: Rows) -> int:
    """Write these at the end of the log; gives the sequence number of the last one.

    One statement for many rows: between the rows of several statements other threads would keep this one waiting
    while it holds the lock for writing. SQLite finds each named parameter by walking through all: these have none.
    """
    last = 0
    for count, values in rows:
        last = db.conn.execute(_insertion(count), values).lastrowid or 0
    return last


@lru_cache(maxsize=64)
def _insertion(count: int) -> str:
    """The statement that inserts so many changes, with their parameters in the order of `_row`."""
    columns = f"{COLUMNS}, received_at"
    row = ", ".join("?" for _ in columns.split(","))
    rows = ", ".join(f"({row})" for _ in range(count))
    return f"insert into change ({columns}) values {rows}"  # noqa: S608 - constant names


def _row(change: Change, author: str, received_at: str) -> tuple[str | None, ...]:
    return (
        change.id, change.visit, change.question, value_text(change.value),
        json_text(change.replaces) if change.replaces else "[]",
        change.at, change.device_at, change.device, author, received_at,
    )  # fmt: skip


def await_changes(db: Database, keys: Collection[Key]) -> None:
    """Note changes that others replace although the log does not have them yet."""
    rows = [{"visit": visit, "id": id} for visit, id in keys]
    insert = "insert into awaited_change (visit_id, id) values (:visit, :id) on conflict do nothing"
    db.conn.executemany(insert, rows)


def awaited_of(db: Database, keys: Collection[Key]) -> set[Key]:
    """Which of these were replaced before they came."""
    rows = _among(db, "select visit_id, id from awaited_change", keys)
    return {(row["visit_id"], row["id"]) for row in rows}


def awaits_any(db: Database, visits: Collection[str]) -> bool:
    """Whether anything of these visits was replaced before it came."""
    known = list(visits)
    question = f"select 1 from awaited_change where visit_id in ({places(known)}) limit 1"  # noqa: S608 - made up here
    return db.conn.execute(question, known).fetchone() is not None


def known_of(db: Database, keys: Collection[Key]) -> set[Key]:
    """Which of these are in the log."""
    return {(row["visit_id"], row["id"]) for row in _among(db, "select visit_id, id from change", keys)}


def last_of_all(db: Database) -> int:
    """The sequence number of the newest change of the whole log; 0 while it is empty."""
    return int(db.execute("select coalesce(max(seq), 0) from change").fetchone()[0])


def came_since(db: Database, number: int, keys: Collection[Key]) -> bool:
    """Whether one of these came into the log after that sequence number."""
    rows = db.execute("select visit_id, id from change where seq > ?", [number]).fetchall()
    return not set(keys).isdisjoint(rows)


def find_changes(db: Database, keys: Collection[Key]) -> dict[Key, Change]:
    """Those of these changes that are in the log."""
    rows = _among(db, f"select {COLUMNS} from change", keys)  # noqa: S608 - constant names
    return {change.key: change for change in load_changes(rows)}


def changes_of(db: Database, visit_id: str) -> list[Change]:
    """The whole log of a visit in the order of arrival."""
    return load_changes(
        _rows(db, f"select {COLUMNS} from change where visit_id = ? order by seq", [visit_id])  # noqa: S608 - constant names
    )


def changes_of_question(db: Database, visit_id: str, question: str) -> list[Change]:
    """The log of one question of a visit in the order of arrival."""
    rows = db.query(
        f"select {COLUMNS} from change"  # noqa: S608 - constant names
        " where visit_id = :visit and question = :question order by seq",
        {"visit": visit_id, "question": question},
    )
    return load_changes(rows)


def answers_of(db: Database, visit_id: str) -> dict[str, Value]:
    """The answers of a visit by question path; those that its version of the checklist does not count are left out."""
    aside = aside_of(db, visit_id)
    said = _said(db, "visit_id = ?", [visit_id])
    return {one.question: one.value for one in reversed(current_changes(said)) if one.id not in aside}


def _said(db: Database, condition: str, values: list[str]) -> list[Said]:
    """What changes say about answers: to read whole changes takes four times as long."""
    rows = db.execute(
        f"select at, id, visit_id, question, value, replaces from change where {condition} order by seq",  # noqa: S608 - constant
        values,
    )
    return [
        Said(
            at, id, visit, question,
            None if value is None else from_json(value, allow_inf_nan=False),
            () if replaces == "[]" else from_json(replaces),
        )
        for at, id, visit, question, value, replaces in rows
    ]  # fmt: skip


def counting_of(db: Database, visit_id: str) -> list[Change]:
    """The current changes of a visit, latest first, without those that belong to another version of its checklist."""
    aside = aside_of(db, visit_id)
    return [change for change in current_changes(changes_of(db, visit_id)) if change.id not in aside]


def answers_below(db: Database, visit_id: str, root: str) -> dict[str, Value]:
    """The answers of a visit to the questions below a place that ends with "/"; the others are not even read."""
    below = "visit_id = ? and question >= ? and question < ?"
    return answers_from(_said(db, below, [visit_id, root, root[:-1] + chr(ord("/") + 1)]))


def changes_since(
    db: Database,
    visits: Collection[str],
    cursor: int,
    limit: int,
    *,
    before: int | None = None,
    size: int | None = None,
) -> tuple[list[tuple[int, Change]], bool]:
    """The next changes of these visits, each with its sequence number, and whether more of them wait.

    Those after the cursor and, when one is given, before that number. At most `limit` changes, and no more once their
    texts exceed `size` characters; at least one, however long. The inner query reads only the index.
    """
    rows = _rows(
        db,
        f"select seq, {COLUMNS} from change where seq in ("  # noqa: S608 - made up here
        f"select seq from change where visit_id in ({places(visits)}) and seq > ? and seq < ?"
        " order by seq limit ?) order by seq",
        [*visits, cursor, before or 2**63 - 1, limit + 1],
    )
    page, more = _page_of(rows, limit, size)
    return list(zip([row["seq"] for row in page], load_changes(page), strict=True)), more


def _page_of(rows: Iterator[dict[str, Any]], limit: int, size: int | None) -> tuple[list[dict[str, Any]], bool]:
    """The rows that fit on a page, and whether one is left over."""
    page: list[dict[str, Any]] = []
    filled = 0
    for row in rows:
        if len(page) == limit or (size is not None and page and filled >= size):
            return page, True
        page.append(row)
        filled += len(row["value"] or "") + len(row["replaces"]) + len(row["question"])
    return page, False


def last_number(db: Database, visit_id: str) -> int:
    """The sequence number of the newest change of a visit; 0 while it has none."""
    row = next(db.query("select coalesce(max(seq), 0) as seq from change where visit_id = :visit", {"visit": visit_id}))
    return int(row["seq"])


def keep_refusals(db: Database, refusals: Iterable[Refusal]) -> None:
    """Keep what was refused; the same refusal of the same content is kept once."""
    db.conn.executemany(
        "insert into refused_change (id, device, visit_id, author_id, code, message, body, received_at, digest) values"
        " (:id, :device, :visit_id, :author_id, :code, :message, :body, :received_at, :digest) on conflict do nothing",
        [refusal.model_dump() | {"digest": refusal.digest()} for refusal in refusals],
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
    found: dict[str, str] = {}
    for portion in portions(set(ids)):
        rows = _rows(db, f"select id, name from person where id in ({places(portion)})", portion)  # noqa: S608 - made up here
        found |= {row["id"]: row["name"] for row in rows}
    return found


def places(values: Collection[object]) -> str:
    """Placeholders for an `in (…)`; nothing is in an empty list."""
    return ", ".join("?" * len(values)) or "null"


def portions(values: Collection[T]) -> Iterator[list[T]]:
    """The values in portions that one statement can carry."""
    known = list(values)
    return (known[start : start + PORTION] for start in range(0, len(known), PORTION))


def _among(db: Database, question: str, keys: Collection[Key]) -> Iterator[dict[str, Any]]:
    """The rows of a query of a table with `visit_id` and `id` that belong to these keys, however many they are."""
    by_visit: dict[str, set[str]] = {}
    for visit, id in keys:
        by_visit.setdefault(visit, set()).add(id)
    for visit, ids in by_visit.items():
        for portion in portions(ids):
            yield from _rows(db, f"{question} where visit_id = ? and id in ({places(portion)})", [visit, *portion])


def _rows(db: Database, question: str, values: list[Any]) -> Iterator[dict[str, Any]]:
    """The rows of a query; `Database.query` would wrap each in two more statements."""
    cursor = db.execute(question, values)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def load_changes(rows: Iterable[dict[str, Any]]) -> list[Change]:
    """Rows of the table as changes."""
    return changes_adapter.validate_python([_unpacked(row) for row in rows])


def _unpacked(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"], "visit": row["visit_id"], "question": row["question"], "at": row["at"],
        "value": None if row["value"] is None else from_json(row["value"], allow_inf_nan=False),
        "replaces": from_json(row["replaces"]), "device_at": row["device_at"], "device": row["device"],
        "author": row["author_id"],
    }  # fmt: skip


def value_text(value: Value) -> str | None:
    """The value as JSON text; None stays None, so that an emptied answer is null in the column."""
    if value is None:
        return None
    write = PLAIN.get(type(value))
    return write(value) if write else json_text(value)
