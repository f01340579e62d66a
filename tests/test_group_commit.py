"""Group commit: threads that write at the same time do so in one transaction, and fail each for itself."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from survey.database import Database, connect, turn_to_write
from survey.sync import group_commit
from survey.sync.group_commit import GroupCommit

THREADS = 4
Write = Callable[[Database], None]


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Database]:
    """The connections on which a transaction was begun, one for each transaction."""
    seen: list[Database] = []
    begin = group_commit.begin
    monkeypatch.setattr(group_commit, "begin", lambda db: (seen.append(db), begin(db)))
    return seen


@pytest.fixture
def connections(db: Database, tmp_path: Path) -> Iterator[list[Database]]:
    found = [connect(tmp_path / "data") for _ in range(THREADS)]
    yield found
    for one in found:
        one.close()


def attempt(login: str) -> Write:
    """Writes a row of its own."""

    def write(db: Database) -> None:
        db.execute("insert into login_attempt (login, address, at) values (?, '', '')", [login])

    return write


def failing(login: str, error: Exception) -> Write:
    """Writes a row and fails then."""

    def write(db: Database) -> None:
        attempt(login)(db)
        raise error

    return write


def attempts(db: Database) -> list[str]:
    return [row["login"] for row in db.query("select login from login_attempt order by login")]


def write_together(connections: list[Database], writes: list[Write]) -> list[BaseException | None]:
    """Have all of this written by threads that waited for each other; what each of them got for it."""
    group = GroupCommit()
    with ThreadPoolExecutor(THREADS) as pool:
        with turn_to_write:
            given: list[Future[Any]] = [
                pool.submit(group.write, db, write) for db, write in zip(connections, writes, strict=True)
            ]
            while len(group._waiting) < len(writes):
                time.sleep(0.001)
        return [one.exception() for one in given]


def test_what_waits_goes_into_one_transaction(db: Database, connections: list[Database], begun: list[Database]):
    names = ["an", "bình", "chi", "dung"]
    assert write_together(connections, [attempt(name) for name in names]) == [None] * THREADS
    assert (attempts(db), len(begun)) == (names, 1)


def test_one_that_fails_leaves_the_others_as_they_are(db: Database, connections: list[Database]):
    error = ValueError("no")
    writes = [attempt("an"), failing("bình", error), attempt("chi"), attempt("dung")]
    assert write_together(connections, writes) == [None, error, None, None]
    assert attempts(db) == ["an", "chi", "dung"]


def test_one_that_fails_alone_leaves_nothing(db: Database, connections: list[Database]):
    error = ValueError("no")
    assert write_together(connections[:1], [failing("an", error)]) == [error]
    assert (attempts(db), connections[0].conn.in_transaction) == ([], False)
    assert write_together(connections[:1], [attempt("an")]) == [None]
    assert attempts(db) == ["an"]


def test_everybody_learns_that_the_disk_is_full(
    db: Database, connections: list[Database], monkeypatch: pytest.MonkeyPatch
):
    full = sqlite3.OperationalError("database or disk is full")

    def commit(db: Database) -> None:
        raise full

    monkeypatch.setattr(Database, "commit", commit)
    assert write_together(connections, [attempt(str(number)) for number in range(THREADS)]) == [full] * THREADS
    monkeypatch.undo()
    assert (attempts(db), [one.conn.in_transaction for one in connections]) == ([], [False] * THREADS)


def test_a_full_disk_within_one_of_them_ends_all(db: Database, connections: list[Database]):
    full = sqlite3.OperationalError("database or disk is full")

    def write(db: Database) -> None:
        db.conn.execute("rollback")  # as SQLite does by itself then
        raise full

    writes = [attempt("an"), write, attempt("chi"), attempt("dung")]
    found = write_together(connections, writes)
    assert (found[1], None in found, attempts(db)) == (full, False, [])


def test_everybody_learns_that_another_program_writes_for_too_long(
    db: Database, connections: list[Database], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("survey.database.LONGEST_WAIT", 0.05)
    db.conn.execute("begin immediate")
    found = write_together(connections, [attempt(str(number)) for number in range(THREADS)])
    db.conn.execute("rollback")
    assert [getattr(error, "sqlite_errorcode", None) for error in found] == [sqlite3.SQLITE_BUSY] * THREADS
    assert write_together(connections, [attempt(name) for name in "abcd"]) == [None] * THREADS
