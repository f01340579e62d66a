"""The data folder: prepared once, transactions all or nothing, and clear words about a damaged one."""

from __future__ import annotations

from pathlib import Path
from threading import Timer

import pytest

from survey.database import FILE_NAME, Connections, Database, connect, opened, prepare_data_folder, transaction
from survey.migrations import LATEST, migrate, schema_number
from survey.problems import Problem


def attempts(db: Database) -> list[str]:
    return [row["login"] for row in db.query("select login from login_attempt order by login")]


def attempt(db: Database, login: str) -> None:
    db.execute("insert into login_attempt (login, address, at) values (:login, '', '')", {"login": login})


def test_preparing_twice_changes_nothing(tmp_path: Path):
    prepare_data_folder(tmp_path)
    prepare_data_folder(tmp_path)
    with opened(tmp_path) as db:
        assert schema_number(db) == LATEST
        assert db.execute("pragma journal_mode").fetchone()[0] == "wal"
        assert [row["number"] for row in db.query("select number from migration")] == list(range(1, LATEST + 1))


def test_connections_keep_what_they_promise(db: Database):
    assert db.execute("pragma foreign_keys").fetchone()[0] == 1
    assert db.execute("pragma synchronous").fetchone()[0] == 2


def test_a_failed_transaction_leaves_nothing(db: Database):
    with pytest.raises(ZeroDivisionError), transaction(db):
        attempt(db, "lan")
        1 / 0  # noqa: B018
    assert attempts(db) == []


def test_a_failed_inner_transaction_leaves_the_outer_one(db: Database):
    with transaction(db):
        attempt(db, "lan")
        with pytest.raises(ZeroDivisionError), transaction(db):
            attempt(db, "minh")
            1 / 0  # noqa: B018
    assert attempts(db) == ["lan"]


def test_a_transaction_locks_out_other_writers_from_its_start(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("survey.database.LONGEST_WAIT", 0)
    other = connect(tmp_path / "data")
    with transaction(db), pytest.raises(Exception, match="locked"), transaction(other):
        attempt(other, "minh")
    other.close()


def test_a_writer_waits_until_another_process_has_done(db: Database, tmp_path: Path):
    other = connect(tmp_path / "data")
    other.conn.execute("begin immediate")
    Timer(0.3, other.conn.commit).start()
    with transaction(db):
        attempt(db, "lan")
    assert attempts(db) == ["lan"]


def test_a_connection_waits_for_the_next_request_and_no_other_gets_it(db: Database, tmp_path: Path):
    connections = Connections(tmp_path / "data")
    first, second = connections.take(), connections.take()
    connections.give_back(first)
    assert (connections.take() is first, first is second) == (True, False)


def test_a_connection_in_the_middle_of_a_transaction_is_closed(db: Database, tmp_path: Path):
    connections = Connections(tmp_path / "data")
    first = connections.take()
    first.conn.execute("begin immediate")
    attempt(first, "lan")
    connections.give_back(first)
    assert (connections.take() is first, attempts(db)) == (False, [])


@pytest.mark.parametrize(
    "content", [b"not a database at all, only text" * 100, b"SQLite format 3\x00" + b"\x07" * 5000]
)
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes):
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(Problem, match=FILE_NAME) as caught:
        prepare_data_folder(tmp_path)
    assert caught.value.code == "database_damaged"
    assert (tmp_path / FILE_NAME).read_bytes() == content


def test_a_half_written_file_is_named(db: Database, tmp_path: Path):
    db.close()
    whole = (tmp_path / "data" / FILE_NAME).read_bytes()
    half = tmp_path / "half"
    half.mkdir()
    (half / FILE_NAME).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Problem) as caught:
        prepare_data_folder(half)
    assert caught.value.code == "database_damaged"


def test_a_newer_database_is_left_alone(db: Database, tmp_path: Path):
    db.execute("insert into migration (number, applied_at) values (:number, '')", {"number": LATEST + 1})
    with pytest.raises(Problem) as caught:
        prepare_data_folder(tmp_path / "data")
    assert caught.value.code == "database_newer"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Problem) as caught:
        prepare_data_folder(tmp_path / "file")
    assert caught.value.code == "data_folder_unwritable"


def test_migrating_an_up_to_date_database_does_nothing(db: Database):
    before = db.schema
    migrate(db)
    assert db.schema == before
