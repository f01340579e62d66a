"""Work that starts an event loop runs wherever it is called from."""

from __future__ import annotations

import asyncio

import pytest

from reports.signing.apart import apart


async def answer() -> int:
    return 42


def test_an_event_loop_can_be_started_while_another_one_runs():
    async def outer() -> int:
        return apart(lambda: asyncio.run(answer()))

    assert apart(lambda: asyncio.run(outer())) == 42  # apart too: a browser test may have left a loop running here


def test_an_error_comes_back():
    with pytest.raises(ZeroDivisionError):
        apart(lambda: 1 // 0)
