"""The embedded database: one SQLite file in the data folder, one connection per request, one kind of transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from time import monotonic, sleep

from sqlite_utils import Database

from forms.units import load
from survey.migrations import LATEST, migrate, schema_number
from survey.problems import Problem
from survey.store import projections
from survey.store.units import count_units, load_units

FILE_NAME = "satcanh.sqlite"
MOST_WAITING = 8
LONGEST_WAIT = 5  # seconds for one's turn to write
SHORT_WAIT = 0.0005  # seconds between two questions whether another process has done writing
turn_to_write = RLock()

__all__ = ["Connections", "Database", "connect", "opened", "prepare_data_folder", "transaction"]


def connect(folder: Path) -> Database:
    """A connection to the database in a data folder; the caller closes it.

    `isolation_level=None` leaves transactions to `transaction`: the driver's implicit ones begin deferred and
    fail under concurrent writers. FULL makes an answered write survive a power cut.
    """
    connection = sqlite3.connect(
        folder / FILE_NAME, timeout=LONGEST_WAIT, isolation_level=None, check_same_thread=False
    )
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma synchronous = full")
    connection.execute("pragma wal_autocheckpoint = 8000")
    return Database(connection, execute_plugins=False)


class Connections:
    """Connections that wait for the next request: opening one anew reads the whole schema again.

    They go from thread to thread, but only one at a time holds one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: list[Database] = []

    def take(self) -> Database:
        """The connection that was used last, or a new one."""
        try:
            return self._waiting.pop()
        except IndexError:
            return connect(self._folder)

    def give_back(self, db: Database) -> None:
        """Keep a connection that has nothing open; one in the middle of something is closed."""
        if db.conn.in_transaction or len(self._waiting) >= MOST_WAITING:
            db.close()
        else:
            self._waiting.append(db)


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """All or nothing: an immediate transaction outermost, a savepoint inside another one.

    The threads of a process wait for each other here: SQLite's own waiting sleeps ever longer and knows no turns.
    """
    if db.conn.in_transaction:
        with db.atomic():
            yield
        return
    in_turn = turn_to_write.acquire(timeout=LONGEST_WAIT)  # else SQLite says whether it is locked
    try:
        begin(db)
        try:
            yield
        except BaseException:
            db.rollback()
            raise
        db.commit()
    finally:
        if in_turn:
            turn_to_write.release()


@contextmanager
def one_moment(db: Database) -> Iterator[None]:
    """Everything read inside is of one moment, whatever others write meanwhile; nothing may be written."""
    if db.conn.in_transaction:
        yield
        return
    db.conn.execute("begin")
    try:
        yield
    finally:
        db.rollback()


def begin(db: Database) -> None:
    """Begin to write, asking again and again at short intervals while another process does."""
    give_up = monotonic() + LONGEST_WAIT
    db.conn.execute("pragma busy_timeout = 0")
    try:
        while True:
            try:
                db.conn.execute("begin immediate")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > give_up:
                    raise
            sleep(SHORT_WAIT)
    finally:
        db.conn.execute(f"pragma busy_timeout = {LONGEST_WAIT * 1000}")


def prepare_data_folder(folder: Path) -> None:
    """Create the folder and its database, or bring an older database to this version's tables.

    Problem data_folder_unwritable, database_damaged (not a database, or pages that do not fit together) or
    database_newer (made by a later version).
    """
    try:
        (folder / "attachments").mkdir(parents=True, exist_ok=True)
        db = connect(folder)
        try:
            _check_and_migrate(db, folder)
        finally:
            db.close()
    except (OSError, sqlite3.OperationalError) as error:
        raise Problem("data_folder_unwritable", folder=str(folder), reason=str(error)) from error
    except sqlite3.DatabaseError as error:
        raise Problem("database_damaged", file=str(folder / FILE_NAME), reason=str(error)) from error


def _check_and_migrate(db: Database, folder: Path) -> None:
    verdict = db.execute("pragma quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise Problem("database_damaged", file=str(folder / FILE_NAME), reason=verdict)
    if schema_number(db) > LATEST:
        raise Problem("database_newer", file=str(folder / FILE_NAME))
    db.execute("pragma journal_mode = wal")
    migrate(db)
    if projections.lacking(db):
        _project(db)
    if count_units(db) == 0:
        with transaction(db):
            load_units(db, load())


def _project(db: Database) -> None:
    """Make what assessments of an earlier version lack."""
    from survey.assess import project_assessments  # here, because it knows the stores, and they know this module

    project_assessments(db)


@contextmanager
def opened(folder: Path) -> Iterator[Database]:
    """The database of a data folder outside requests: prepared if need be, closed afterwards."""
    prepare_data_folder(folder)
    db = connect(folder)
    try:
        yield db
    finally:
        db.close()
