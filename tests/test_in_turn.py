"""Exchanges wait for each other within a process; nothing else does, and nobody for ever."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError, Event
from typing import Any

import pytest

from survey import in_turn
from survey.in_turn import InTurn, Turn

Call = Callable[[str], bool]


@pytest.fixture
def call() -> Call:
    """Asks for a path and says whether another request to it was answered at the same time."""
    both = Barrier(2)

    def meet(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        try:
            both.wait(0.5)
        except BrokenBarrierError:
            both.reset()
            return [b"alone"]
        return [b"together"]

    application = InTurn(meet, "/api/sync")
    return lambda path: list(application({"PATH_INFO": path}, None)) == [b"together"]


def at_once(call: Call, path: str) -> list[bool]:
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(call, [path, path]))


def test_exchanges_wait_for_each_other(call: Call):
    assert at_once(call, "/api/sync") == [False, False]


def test_pages_do_not_wait(call: Call):
    assert at_once(call, "/trips") == [True, True]


def test_nobody_waits_for_ever(call: Call, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(in_turn, "LONGEST_TURN", 0.01)
    assert at_once(call, "/api/sync") == [True, True]


def test_who_waits_lets_another_one_go_on():
    turn, order = Turn(), list[str]()
    waits, done = Event(), Event()

    def wait_for_the_disk() -> None:
        with turn.taken():
            with turn.lent():
                waits.set()
                assert done.wait(5)
            order.append("first")

    def compute() -> None:
        assert waits.wait(5)
        with turn.taken():
            done.set()
            time.sleep(0.05)  # the first one may go on only when this one has ended
            order.append("second")

    with ThreadPoolExecutor(2) as pool:
        for one in (pool.submit(wait_for_the_disk), pool.submit(compute)):
            one.result()
    assert order == ["second", "first"]


def test_who_has_no_turn_lends_none():
    turn = Turn()
    with turn.lent(), turn.taken():
        assert turn.is_held
    assert not turn.is_held
