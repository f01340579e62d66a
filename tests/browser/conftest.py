"""A real browser against a real server on this machine: one of each a run, and a tablet of its own for each person."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright
from waitress.server import create_server

from survey.app import create_app
from survey.database import opened
from survey.demo.filling import fill_demo
from survey.demo.people import read_passwords
from survey.demo.story import DECISION, RETURN_DECISION
from survey.settings import Settings
from survey.store import people, visit_list
from survey.store.people import Person
from survey.store.visit_list import ListedVisit, Wanted

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    "--disable-quic", "--disable-gpu",
]  # fmt: skip
PATIENCE = 20_000  # ms; machines that test are slow, and a wait that is not needed costs nothing
expect.set_options(timeout=PATIENCE)

Enter = Callable[..., Page]


class Stage:
    """What the server of the run serves: the application that a test has put here, or nothing, like a server restarting."""

    def __init__(self) -> None:
        self.app: WSGIApplication | None = None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if self.app is not None:
            return self.app(environ, start_response)
        start_response("503 Service Unavailable", [("Content-Type", "text/plain")])
        return [b"restarting"]


@pytest.fixture(scope="session")
def player() -> Iterator[Playwright]:
    with sync_playwright() as playing:
        yield playing


@pytest.fixture(scope="session")
def chromium(player: Playwright) -> Iterator[Browser]:
    """The system's Chromium: playwright cannot download its own everywhere."""
    if not CHROMIUM.exists():
        pytest.fail(f"The browser tests need Chromium at {CHROMIUM}: run `apt-get install chromium`.", pytrace=False)
    browser = player.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def stage() -> Stage:
    return Stage()


@pytest.fixture(scope="session")
def host(stage: Stage) -> Iterator[str]:
    """Where the one server of the run listens, on a port that the system chose."""
    server = create_server(stage, host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.task_dispatcher.shutdown()  # the thread itself ends with the run: it sleeps until somebody calls


@pytest.fixture
def address(app: Flask, stage: Stage, host: str) -> Iterator[str]:
    """Where the application of this test is served."""
    stage.app = app
    yield host
    stage.app = None


@pytest.fixture
def enter(chromium: Browser, app: Flask, cast: dict[str, Person], address: str) -> Iterator[Enter]:
    """`enter("lan")` is a page of a new tablet on which Lan is signed in; further arguments go to the tablet."""
    yield from entering(chromium, app, cast, address)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application on the demo's data: the story and forty fictitious visits. Tests add to it, none takes away."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    list(fill_demo(folder, visits=40, seed=1))
    return create_app(Settings(data=folder, demo=True))


@pytest.fixture(scope="session")
def story(demo: Flask) -> dict[str, ListedVisit]:
    """The two visits of Hà Trung in the demo: the one that was submitted and the one still to be filled."""
    with opened(demo.config["SETTINGS"].data) as db:
        minh = people.find_by_login(db, "minh")
        assert minh
        found = visit_list.list_visits(db, minh, Wanted(words="ha trung")).visits
    return {
        visit.state: visit
        for visit in found
        if visit.unit_code == "15271" and visit.decision_number in (DECISION, RETURN_DECISION)
    }


@pytest.fixture
def enter_demo(chromium: Browser, demo: Flask, stage: Stage, host: str) -> Iterator[Enter]:
    """Like `enter`, on the demo's data; `enter_demo("")` is a tablet on which nobody is signed in."""
    folder = demo.config["SETTINGS"].data
    with opened(folder) as db:
        cast = {person.login: person for person in people.listed(db)}
    stage.app = demo
    yield from entering(chromium, demo, cast, host)
    stage.app = None


@pytest.fixture
def passwords(demo: Flask) -> dict[str, str]:
    """The demo's passwords by login."""
    return {person.login: person.password for person in read_passwords(demo.config["SETTINGS"].data)}


def entering(browser: Browser, app: Flask, cast: dict[str, Person], address: str) -> Iterator[Enter]:
    """Open tablets as they are asked for, and close them all in the end."""
    tablets: list[BrowserContext] = []

    def entered(login: str, width: int = 800, height: int = 1280, **options: Any) -> Page:
        tablet = browser.new_context(base_url=address, viewport={"width": width, "height": height}, **options)
        tablet.set_default_timeout(PATIENCE)
        tablets.append(tablet)
        if login:
            sign_in(tablet, app, cast[login].id, address)
        return tablet.new_page()

    yield entered
    for tablet in tablets:
        tablet.close()


def sign_in(tablet: BrowserContext, app: Flask, person_id: str, address: str) -> None:
    """Give the tablet the session of a person; signing in by hand is one journey's business."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["person"] = person_id
    cookie = client.get_cookie("satcanh")
    assert cookie
    tablet.add_cookies([{"name": "satcanh", "value": cookie.value, "url": address}])
