"""Several processes that accept from one listening socket: started, replaced when one dies, stopped together."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import FrameType
from typing import NoReturn

logger = logging.getLogger("survey")

STOPPING = (signal.SIGTERM, signal.SIGINT)
GRACE = 10.0  # seconds a worker may take to finish its requests when all stop
SHORT_LIFE = 2.0  # a worker that dies younger than this is replaced after a pause of the same length


class Workers:
    """Keeps a forked process at each of these works until this one is told to stop.

    Forked after everything is built: what is read only is in memory once. A worker also ends when its parent is gone,
    however that died: the pipe that only the parent holds open is then closed.
    """

    def __init__(self, works: Sequence[Callable[[], None]]) -> None:
        self._works = works
        self._born: dict[int, tuple[float, Callable[[], None]]] = {}
        self._stopping = False
        self._parent_lives, self._parent_holds = os.pipe()

    def run(self) -> None:
        """Until SIGTERM or SIGINT; every worker has ended then."""
        for name in STOPPING:
            signal.signal(name, self._stop)
        for work in self._works:
            self._start(work)
        while self._born:
            self._replace(*os.wait())

    def _start(self, work: Callable[[], None]) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)  # a worker must not be told before it can listen
        if not self._stopping:
            born = os.fork()
            if born == 0:
                self._be_worker(work)
            self._born[born] = time.monotonic(), work
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)

    def _be_worker(self, work: Callable[[], None]) -> NoReturn:
        status = 1
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # of the terminal: the parent passes on what is to be done
            signal.signal(signal.SIGTERM, _leave)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
            os.close(self._parent_holds)
            threading.Thread(target=self._leave_with_parent, daemon=True).start()
            work()
            status = 0
        except SystemExit:
            status = 0
        except BaseException:
            logger.exception("a worker process failed")
        finally:
            logging.shutdown()
            os._exit(status)

    def _leave_with_parent(self) -> None:
        os.read(self._parent_lives, 1)  # returns when nobody holds the other end any more
        os.kill(os.getpid(), signal.SIGTERM)

    def _replace(self, pid: int, status: int) -> None:
        if pid not in self._born:  # left behind by one of them, where this is the first process of a container
            return
        born, work = self._born.pop(pid)
        age = time.monotonic() - born
        if self._stopping:
            return
        logger.error("worker process %s ended unexpectedly (%s): starting another", pid, status)
        if age < SHORT_LIFE:
            time.sleep(SHORT_LIFE)
        self._start(work)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True
        signal.signal(signal.SIGALRM, self._kill)
        signal.setitimer(signal.ITIMER_REAL, GRACE)
        self._tell(signal.SIGTERM)

    def _kill(self, number: int, frame: FrameType | None) -> None:
        self._tell(signal.SIGKILL)

    def _tell(self, number: signal.Signals) -> None:
        for pid in list(self._born):
            with suppress(ProcessLookupError):  # it has just ended
                os.kill(pid, number)


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit
