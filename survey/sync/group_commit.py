"""Group commit: what several threads have to write goes into one transaction, so that all wait for the disk once."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from survey.database import Database, begin, turn_to_write

Write = Callable[[Database], None]


class Entry:
    """What one thread has to write, and the error that it ended with."""

    def __init__(self, write: Write) -> None:
        self.write = write
        self.is_done = False
        self.error: BaseException | None = None


class GroupCommit:
    """The first thread that may write does so for all that wait with it."""

    def __init__(self) -> None:
        self._waiting: list[Entry] = []
        self._lock = Lock()

    def write(self, db: Database, write: Write) -> None:
        """Have this written, all of it or nothing; raises what `write` raises, or what kept everybody from writing.

        `write` is called with the connection it must use, which may be another thread's.
        """
        entry = Entry(write)
        with self._lock:
            self._waiting.append(entry)
        with turn_to_write:
            if not entry.is_done:
                self._write_all(db)
        if entry.error is not None:
            raise entry.error

    def _write_all(self, db: Database) -> None:
        """What waits once the database may be written to; the own entry is among it."""
        group: list[Entry] = []
        try:
            begin(db)
            group = self._take_all()
            for entry in group:
                write_one(db, entry, alone=len(group) == 1)
            db.commit()
        except BaseException as error:
            if db.conn.in_transaction:
                db.rollback()
            group = group or self._take_all()
            for entry in group:
                entry.error = entry.error or error
        for entry in group:
            entry.is_done = True

    def _take_all(self) -> list[Entry]:
        with self._lock:
            group, self._waiting = self._waiting, []
        return group


def write_one(db: Database, entry: Entry, *, alone: bool) -> None:
    """Write one entry; what goes wrong with it leaves the others as they are, unless it ended the whole transaction."""
    if alone:
        entry.write(db)
        return
    try:
        with db.atomic():
            entry.write(db)
    except Exception as error:
        if not db.conn.in_transaction:
            raise
        entry.error = error


group_commit = GroupCommit()
