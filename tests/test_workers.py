"""The processes behind `satcanh serve`: a dead one is replaced, all stop together, none outlives its parent."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.serving_world import children_of, free_port, start_server


@pytest.fixture
def server(tmp_path: Path, prepared_folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = free_port()
    process = start_server(prepared_folder, port)
    yield process, port
    process.kill()
    process.wait()


def eventually(true: Callable[[], bool]) -> bool:
    """Whether it becomes true within some seconds."""
    end = time.monotonic() + 15
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def status(port: int) -> int:
    with urlopen(f"http://127.0.0.1:{port}/login", timeout=10) as answer:
        return int(answer.status)


def test_a_dead_worker_is_replaced_and_the_others_go_on(server: tuple[subprocess.Popen[bytes], int]):
    process, port = server
    before = children_of(process.pid)
    time.sleep(2)  # a worker that dies young is replaced more slowly
    os.kill(before[0], signal.SIGKILL)
    assert status(port) == 200
    assert eventually(lambda: len(set(children_of(process.pid)) - set(before)) == 1)
    assert (len(children_of(process.pid)), status(port)) == (len(before), 200)


def test_all_stop_when_told(server: tuple[subprocess.Popen[bytes], int]):
    process, port = server
    workers = children_of(process.pid)
    process.send_signal(signal.SIGTERM)
    assert (process.wait(15), any(is_alive(pid) for pid in workers)) == (0, False)
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=1)


def test_no_worker_outlives_its_parent(server: tuple[subprocess.Popen[bytes], int]):
    process, _ = server
    workers = children_of(process.pid)
    process.kill()
    assert eventually(lambda: not any(is_alive(pid) for pid in workers))


def test_an_address_in_use_is_told_in_a_sentence(tmp_path: Path, prepared_folder: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        arguments = ["serve", "--port", str(taken.getsockname()[1]), "--data", str(prepared_folder)]
        command = [sys.executable, "-c", "from survey.cli import main; main()", *arguments]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stderr.strip().splitlines()[-1][:17]) == (1, "Error: 127.0.0.1:")
