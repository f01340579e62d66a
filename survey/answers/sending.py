"""An export of answers sent while it is made: of one moment, few at a time, and ended when nobody waits for it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from threading import BoundedSemaphore

from survey.answers.export import SCRATCH, Export
from survey.answers.reading import Wanted
from survey.database import connect, one_moment
from survey.problems import Problem

AT_ONCE = 2  # exports that a process makes at the same time; the others of its threads go on answering tablets
turns = BoundedSemaphore(AT_ONCE)

CELL = 60  # bytes on the disk for each cell of a workbook while it is made, measured
OLD = 24 * 3600  # seconds after which nobody is making a workbook any more
RESERVE = 256 << 20  # bytes of the disk that an export leaves to the field work


@contextmanager
def prepared(data: Path, wanted: Wanted) -> Iterator[Export]:
    """An export with a connection of its own, on which the database stands still until it is closed.

    Problem as `Export`; answers_busy while others are made, answers_no_room for a workbook that the disk cannot take.
    """
    with ExitStack() as stack:
        if not turns.acquire(blocking=False):
            raise Problem("answers_busy")
        stack.callback(turns.release)
        db = stack.enter_context(closing(connect(data)))
        stack.enter_context(one_moment(db))
        export = Export(db, wanted)
        if wanted.form == "xlsx":
            sweep(data)
            ensure_room(data, export)
        yield export


def ensure_room(data: Path, export: Export) -> None:
    """Problem answers_no_room when the disk is too small for the visits alone."""
    needed = export.visits * len(export.layouts[0].columns) * CELL
    if shutil.disk_usage(data).free < needed + RESERVE:
        raise Problem("answers_no_room")


def sweep(data: Path) -> None:
    """Take away what a process that was killed left behind while it made a workbook."""
    for folder in data.glob(f"{SCRATCH}*"):
        if time.time() - folder.stat().st_mtime > OLD:
            shutil.rmtree(folder, ignore_errors=True)


def while_awaited(pieces: Generator[bytes, None, None], is_gone: Callable[[], bool]) -> Generator[bytes, None, None]:
    """The pieces until the last one or until their reader is gone."""
    with closing(pieces):
        for piece in pieces:
            if is_gone():
                return
            yield piece
