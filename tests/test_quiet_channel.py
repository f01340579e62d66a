"""A connection rests while a thread sends on it, and still brings everything over, to slow readers too."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer, create_server

from survey.web.quiet_channel import QuietChannel, sleep_while_others_send

BODY = bytes(range(256)) * 80_000  # more than sockets and buffers of both sides hold


def test_there_is_nothing_to_do_while_a_thread_sends(monkeypatch: pytest.MonkeyPatch):
    asked = []
    monkeypatch.setattr(HTTPChannel, "_flush_some", lambda self, do_close: asked.append(self.writable()))
    channel = QuietChannel.__new__(QuietChannel)
    channel.total_outbufs_len, channel.will_close, channel.close_when_flushed = 5, False, False
    before = channel.writable()
    channel._flush_some()
    assert (before, asked, channel.writable()) == (True, [False], True)


def test_a_failure_while_sending_ends_the_rest(monkeypatch: pytest.MonkeyPatch):
    def fail(self: HTTPChannel, do_close: bool) -> bool:
        raise ConnectionResetError

    monkeypatch.setattr(HTTPChannel, "_flush_some", fail)
    channel = QuietChannel.__new__(QuietChannel)
    channel.total_outbufs_len = 5
    with pytest.raises(ConnectionResetError):
        channel._flush_some()
    assert channel.writable()


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server with such connections that answers with BODY."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Length", str(len(BODY)))])
        return (BODY[start : start + 700_000] for start in range(0, len(BODY), 700_000))

    monkeypatch.setattr(TcpWSGIServer, "channel_class", HTTPChannel)
    sleep_while_others_send()
    server = create_server(answer, host="127.0.0.1", port=0, threads=2)
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    yield int(server.effective_port)
    server.close()


@pytest.mark.parametrize("pause", [0, 0.02])
def test_everything_comes_over(port: int, pause: float):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        received = bytearray()
        while len(received.partition(b"\r\n\r\n")[2]) < len(BODY):
            received += line.recv(1_000_000)
            time.sleep(pause)
    assert bytes(received.partition(b"\r\n\r\n")[2]) == BODY
