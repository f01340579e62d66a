"""Documents in a real browser: waited for, found by their code, compared with a file on the reader's own device."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from survey.database import Database
from survey.documents.rendering import render_here
from survey.settings import Settings
from survey.store import documents
from survey.store.people import Person
from tests.browser.looking import faults, on_every_screen
from tests.document_world import pretend
from tests.visit_world import plan

Enter = Callable[..., Page]


@pytest.fixture
def waiting(app: Flask, db: Database, cast: dict[str, Person], enter: Enter, monkeypatch: pytest.MonkeyPatch) -> Page:
    """Minh before the report that he asked for, which nobody makes yet."""
    plan(db, cast)
    pretend(monkeypatch)
    app.extensions["make_document"] = lambda *_: None
    page = enter("minh")
    page.goto("/visits/v1")
    page.get_by_role("button", name="PDF, Báo cáo kết quả, bản nội bộ").click()
    expect(page.get_by_text("Đang chờ đến lượt")).to_be_visible()
    return page


def make(db: Database, settings: Settings) -> documents.Document:
    document = documents.take_next(db)
    assert document
    db.execute("update document set state = 'waiting'")
    render_here(db, document, settings)
    found = documents.find(db, document.id)
    assert found and found.sha256
    return found


def test_the_page_that_waits_shows_the_document_as_soon_as_it_is_made(waiting: Page, db: Database, settings: Settings):
    wrong = faults(waiting)
    made = make(db, settings)
    expect(waiting.get_by_role("link", name="Mở tài liệu")).to_be_visible()
    assert (wrong, on_every_screen(waiting, waiting.url, f"/d/{made.code}", "/d/2222-2222-2222")) == ([], {})


def test_a_file_is_compared_with_its_hash_and_never_sent(waiting: Page, db: Database, settings: Settings, enter: Enter):
    made = make(db, settings)
    content = documents.read_file(settings.data, made.sha256 or "")
    page, sent = enter(""), []

    def note(route: Route) -> None:
        sent.append(route.request.url)
        route.continue_()

    page.goto(f"/d/{made.code}")
    page.route("**/*", note)
    for file, words in ((content, "Giống hệt: đúng là tệp đã lập."), (b"%PDF", "Khác: tệp này không phải tệp đã lập")):
        page.get_by_label("Chọn tệp trên máy này").set_input_files(
            {"name": "a.pdf", "mimeType": "", "buffer": file or b""}
        )
        expect(page.get_by_role("status").locator("p:visible")).to_contain_text(words)
    assert [url for url in sent if "/static/" not in url] == []
