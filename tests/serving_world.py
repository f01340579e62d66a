"""A real `satcanh serve` in processes of its own."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_server(data: Path, port: int, *options: str) -> subprocess.Popen[bytes]:
    """A server that answers already."""
    arguments = ["serve", "--port", str(port), "--data", str(data), *options]
    command = [sys.executable, "-c", "from survey.cli import main; main()", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(600):
        try:
            with urlopen(f"http://127.0.0.1:{port}/login", timeout=5):
                return process
        except OSError:
            time.sleep(0.05)
    process.kill()
    raise TimeoutError("the server does not answer")


def children_of(pid: int) -> list[int]:
    """The processes that this one started and that have not ended."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
