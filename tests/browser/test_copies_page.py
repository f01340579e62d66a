"""Taking in a copy as people do: choose the file, press the button, read what became of it; scripts are not needed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from survey.database import Database
from survey.store import changes
from survey.store.people import Person
from tests.browser.looking import SCREENS, faults
from tests.copy_world import by, photo, save_copy
from tests.field_world import plan_visit

Enter = Callable[..., Page]


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: dict[str, Person]) -> None:
    plan_visit(db, cast)


def take_in(page: Page, path: Path) -> None:
    page.get_by_label("Tệp bản sao").set_input_files(path)
    page.get_by_role("button", name="Nạp bản sao").click()


def test_a_copy_is_taken_in_without_scripts(enter: Enter, db: Database, cast: dict[str, Person], tmp_path: Path):
    page = enter("lan", java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="Nạp bản sao từ máy").click()
    take_in(page, save_copy(tmp_path, cast["lan"], by(cast["lan"], 1, "/B/B01", "3")))
    expect(page.get_by_role("status")).to_have_text("Đã nạp đủ bản sao.")
    assert changes.answers_of(db, "v1") == {"/B/B01": "3"}


def test_what_was_not_taken_reads_well_on_every_screen(enter: Enter, cast: dict[str, Person], tmp_path: Path):
    lines = by(cast["lan"], 1, "/B/B01", "3"), by(cast["minh"], 2, "/B/B02", "yes"), b"torn"
    path = save_copy(tmp_path, cast["lan"], *lines, photos=[photo(), b"\0 no picture"])
    torn = tmp_path / "torn.zip"
    torn.write_bytes(path.read_bytes()[:200])
    page, wrong = enter("lan"), {}
    page.goto("/sync/copies")
    for file, words in ((path, "Có phần chưa nhận"), (torn, "Không mở được tệp này")):
        take_in(page, file)
        expect(page.locator("main")).to_contain_text(words)
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            wrong |= {f"{words} at {width}": told} if (told := faults(page)) else {}
    assert wrong == {}
