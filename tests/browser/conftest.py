"""A real browser against a real server on this machine, for each test with a data folder of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from werkzeug.serving import make_server

from survey.store.people import Person

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    "--disable-quic",
]  # fmt: skip


@pytest.fixture(scope="session")
def player() -> Iterator[Playwright]:
    with sync_playwright() as playing:
        yield playing


@pytest.fixture(scope="session")
def chromium(player: Playwright) -> Iterator[Browser]:
    """The system's Chromium when there is one: playwright cannot download its own everywhere."""
    path = str(CHROMIUM) if CHROMIUM.exists() else None
    browser = player.chromium.launch(executable_path=path, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the application of this test is served."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def enter(chromium: Browser, app: Flask, cast: dict[str, Person], address: str) -> Iterator[Callable[..., Page]]:
    """`enter("lan")` is a page of a new tablet on which Lan is signed in; further arguments go to the tablet."""
    tablets: list[BrowserContext] = []

    def entered(login: str, width: int = 800, height: int = 1280, **options: object) -> Page:
        tablet = chromium.new_context(base_url=address, viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
        tablets.append(tablet)
        client = app.test_client()
        with client.session_transaction() as session:
            session["person"] = cast[login].id
        cookie = client.get_cookie("satcanh")
        assert cookie
        tablet.add_cookies([{"name": "satcanh", "value": cookie.value, "url": address}])
        return tablet.new_page()

    yield entered
    for tablet in tablets:
        tablet.close()
