"""Many tablets that send what they have written, as cheaply as can be: requests made before, connections kept open.

Run as a process of its own beside the server: `python -m bench.tablets PORT FILE CONNECTIONS` reads pickled requests
from FILE and writes to FILE.answers how long everything took and what became of each call.
"""

from __future__ import annotations

import pickle
import socket
import sys
import threading
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

CALLS_OF_A_LINE = 8  # then it is closed: tablets come and go


@dataclass(frozen=True)
class Call:
    """One call; status 0 when no answer came."""

    ms: float
    status: int
    body: bytes


def wire(cookie: str, body: bytes) -> bytes:
    """The request of one tablet as it goes over the line; `body` is gzip."""
    head = (
        "POST /api/sync HTTP/1.1\r\nHost: satcanh\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
        f"Accept-Encoding: gzip\r\nCookie: satcanh={cookie}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Line:
    """A connection that is kept open for some calls."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.calls = 0

    def call(self, request: bytes) -> tuple[int, bytes]:
        """Status and packed body of the answer; OSError when the server hangs up."""
        self.calls += 1
        self.socket.sendall(request)
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _, body = received.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n", 1)[0])
        parts, have = [body], len(body)
        while have < length:
            parts.append(self._more())
            have += len(parts[-1])
        return int(head.split(b" ", 2)[1]), b"".join(parts)

    def _more(self) -> bytes:
        received = self.socket.recv(262_144)
        if not received:
            raise ConnectionError("the server hung up")
        return received


def send_all(port: int, requests: list[bytes], connections: int) -> tuple[float, list[Call]]:
    """Seconds for everything, and each call in the order of its end."""
    waiting, calls = deque(requests), list[Call]()
    threads = [threading.Thread(target=_send, args=(port, waiting, calls)) for _ in range(connections)]
    began = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return perf_counter() - began, calls


def _send(port: int, waiting: deque[bytes], calls: list[Call]) -> None:
    line = Line(port)
    while waiting:
        try:
            request = waiting.popleft()
        except IndexError:
            return
        began = perf_counter()
        try:
            if line.calls == CALLS_OF_A_LINE:
                line.socket.close()
                line = Line(port)
            status, body = line.call(request)
        except OSError:
            status, body = 0, b""
            line = Line(port)
        calls.append(Call((perf_counter() - began) * 1000, status, body))


def main() -> None:
    port, path, connections = int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    seconds, calls = send_all(port, pickle.loads(path.read_bytes()), connections)
    done = (seconds, [(call.ms, call.status, call.body) for call in calls])  # plain: this module is __main__ here
    path.with_suffix(".answers").write_bytes(pickle.dumps(done))


if __name__ == "__main__":
    main()
