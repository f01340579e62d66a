"""Only one page takes a large body, and a larger one is refused before it comes in."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel

from survey.web.large_body import take_larger_body
from tests.serving_world import free_port, start_server


@pytest.fixture(autouse=True)
def _larger(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HTTPChannel, "parser_class", HTTPChannel.parser_class)
    take_larger_body("/sync/copies", 1_000)


def answered(head: str) -> int | None:
    """The status of the refusal, or None while the server waits for the body."""
    parser = HTTPChannel.parser_class(Adjustments(max_request_body_size=100))
    parser.received(f"{head}\r\nHost: x\r\n\r\n".encode())
    return parser.error.code if parser.error else None


@pytest.mark.parametrize(
    ("path", "length", "status"),
    [
        ("POST /sync/copies", 999, None),
        ("POST /sync/copies?x=1", 999, None),
        ("POST /sync/copies", 1_000, 413),
        ("PUT /sync/copies", 999, 413),
        ("POST /sync/copies/more", 999, 413),
        ("POST /api/sync", 99, None),
        ("POST /api/sync", 999, 413),
    ],
)
def test_the_limit_of_a_page(path: str, length: int, status: int | None):
    assert answered(f"{path} HTTP/1.1\r\nContent-Length: {length}") == status


@pytest.mark.parametrize(("path", "status"), [("/sync/copies", None), ("/api/sync", 413)])
def test_a_body_without_a_length_is_cut_off_at_the_limit(path: str, status: int | None):
    parser = HTTPChannel.parser_class(Adjustments(max_request_body_size=100))
    parser.received(f"POST {path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
    parser.received(b"80\r\n" + b"x" * 128 + b"\r\n")
    assert (parser.error.code if parser.error else None) == status


def test_the_server_takes_a_copy_and_refuses_two_gigabytes_at_once(tmp_path: Path):
    port = free_port()
    server = start_server(tmp_path / "data", port)
    try:
        copy, bomb, sync = (
            announced(port, path, size)
            for path, size in (("/sync/copies", 100 << 20), ("/sync/copies", 2 << 30), ("/api/sync", 100 << 20))
        )
        assert (copy, bomb, sync) == ("", "413 Request Entity Too Large", "413 Request Entity Too Large")
    finally:
        server.terminate()
        server.wait()


def announced(port: int, path: str, length: int) -> str:
    """What the server says to a body of this length that never comes; nothing when it would wait for it."""
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(head.encode())
        line.shutdown(socket.SHUT_WR)
        return line.recv(1_000).decode().partition("\r\n")[0].removeprefix("HTTP/1.1 ")
