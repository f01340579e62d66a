"""The one process in which documents are made while a server runs, and its keeper, which outlives what befalls it.

The keeper sleeps until a server process nudges it, then forks a renderer that works through the queue and ends when
nothing has come for a while: its memory is given back and WeasyPrint is in nobody else's. A renderer that crashes, is
killed for want of memory or takes too long leaves its document behind as failed; the next one gets a new renderer.
"""

from __future__ import annotations

import fcntl
import logging
import mmap
import os
import resource
import select
import signal
from contextlib import closing, suppress
from pathlib import Path
from typing import NoReturn

from survey.database import Database, connect
from survey.documents.rendering import render
from survey.settings import Settings
from survey.store import documents
from survey.store.documents import Document, Failure

logger = logging.getLogger("survey")

IDLE = 20.0  # seconds without a document after which a renderer ends
MOST_DOCUMENTS = 50  # of one renderer: whatever a library forgets to give back, goes with it
ROUND = 30.0  # seconds after which the keeper looks by itself: a nudge may have gone to the server of another terminal
MOST_TRIES = 3  # a document that was being made when the machine went down so often is not tried again
PAUSE = 5.0  # seconds after a trouble of the keeper itself, a full disk for instance
SLATE = 64
MIB = 1 << 20


class Nudges:
    """A pipe through which any process of the server wakes the keeper or its renderer; one byte for each document."""

    def __init__(self) -> None:
        self._ears, self._voice = os.pipe()
        os.set_blocking(self._voice, False)
        os.set_blocking(self._ears, False)

    def give(self, db: Database, document: Document, settings: Settings) -> None:
        """Wake whoever sleeps; takes the arguments of `render_here`, in whose place a server does this."""
        with suppress(BlockingIOError):  # so many have been given that nobody sleeps
            os.write(self._voice, b".")

    def wait(self, seconds: float) -> bool:
        """Sleep until there is one, or so long; whether there was one. All that have come are taken together."""
        ready, _, _ = select.select([self._ears], [], [], seconds)
        if ready:
            with suppress(BlockingIOError):
                os.read(self._ears, 65536)
        return bool(ready)


class Keeper:
    """Keeps a renderer at work while documents wait."""

    def __init__(self, settings: Settings, nudges: Nudges, idle: float = IDLE) -> None:
        self._settings, self._nudges, self._idle = settings, nudges, idle
        self._renderer = 0
        self._slate = mmap.mmap(-1, SLATE)  # shared with the renderer: the id of what it is making

    def run(self) -> None:
        """For ever; of two servers on one data folder, one keeps and the other stands by."""
        with (self._settings.data / "rendering.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            try:
                self._take_up()
                while True:
                    self._turn_or_pause()
            finally:
                self._stop_renderer()

    def _turn_or_pause(self) -> None:
        try:
            if not self.turn():
                self._nudges.wait(ROUND)
        except Exception:
            logger.exception("documents cannot be made")
            self._nudges.wait(PAUSE)
            self._take_up()

    def _take_up(self) -> None:
        """What lies there half made; should the disk still be full, the next trouble leads here again."""
        with suppress(Exception), closing(connect(self._settings.data)) as db:
            take_up(db)

    def turn(self) -> bool:
        """Let a renderer work until it ends, if somebody waits; whether it did. What it left behind has failed."""
        with closing(connect(self._settings.data)) as db:
            if not documents.somebody_waits(db):
                return False
        self._renderer = os.fork()
        if self._renderer == 0:
            be_renderer(self._settings, self._nudges, self._idle, self._slate)
        _, status = os.waitpid(self._renderer, 0)
        self._renderer = 0
        left_behind = read(self._slate)
        if left_behind:
            write(self._slate, "")
            failure = failure_of_renderer(status)
            logger.error("document %s failed: %s (%s)", left_behind, failure.code, status)
            with closing(connect(self._settings.data)) as db:
                documents.note_failure(db, left_behind, failure)
        return True

    def _stop_renderer(self) -> None:
        if self._renderer:
            with suppress(ProcessLookupError):
                os.kill(self._renderer, signal.SIGKILL)


def write(slate: mmap.mmap, document_id: str) -> None:
    slate[:] = document_id.encode().ljust(SLATE, b"\0")


def read(slate: mmap.mmap) -> str:
    return slate[:].rstrip(b"\0").decode()


def take_up(db: Database) -> None:
    """Let wait again what was being made when the machine went down, unless it may be what brought it down."""
    for document in documents.in_hand(db):
        if document.tries < MOST_TRIES:
            documents.put_back(db, document.id)
        else:
            documents.note_failure(db, document.id, Failure(code="document_interrupted"))


def failure_of_renderer(status: int) -> Failure:
    """What became of the document whose renderer ended like this (the status of `waitpid`)."""
    ended_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    codes = {signal.SIGALRM: "document_timed_out", signal.SIGKILL: "document_killed"}
    code = codes.get(ended_by)  # type: ignore[call-overload]
    return Failure(code=code) if code else Failure(code="document_crashed", details={"status": ended_by or status >> 8})


def be_renderer(settings: Settings, nudges: Nudges, idle: float, slate: mmap.mmap) -> NoReturn:
    """The life of a forked renderer."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # of the terminal: the keeper ends it
        for number in (signal.SIGTERM, signal.SIGALRM):
            signal.signal(number, signal.SIG_DFL)  # at once, even in the middle of a library's own code
        limit(settings)
        with closing(connect(settings.data)) as db:
            work_through(db, settings, nudges, idle, slate)
        status = 0
    except BaseException:
        logger.exception("a renderer failed")
    finally:
        logging.shutdown()
        os._exit(status)


def limit(settings: Settings) -> None:
    """No more memory than is set, and the first to go when the machine has none left: the server lives on."""
    most = settings.render_mb * MIB
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("900")


def work_through(db: Database, settings: Settings, nudges: Nudges, idle: float, slate: mmap.mmap) -> None:
    """Make what waits, one after the other, until nothing has come for a while or the keeper is gone."""
    keeper = os.getppid()
    for _ in range(MOST_DOCUMENTS):
        document = documents.take_next(db)
        while document is None:
            if not nudges.wait(idle) or os.getppid() != keeper:
                return
            document = documents.take_next(db)
        write(slate, document.id)
        signal.setitimer(signal.ITIMER_REAL, settings.render_seconds)
        render(db, document, settings)
        signal.setitimer(signal.ITIMER_REAL, 0)
        write(slate, "")
