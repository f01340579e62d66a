"""What goes wrong while a checklist is filled: the tab, the session, the server, the network, the tablet's storage."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from survey.app import create_app
from survey.database import Database
from survey.pages import sync
from survey.settings import Settings
from survey.store import changes
from survey.store.people import Person
from tests.browser.conftest import Stage
from tests.browser.looking import arrive_files
from tests.conftest import PASSWORD
from tests.field_world import plan_visit

Enter = Callable[..., Page]


@pytest.fixture
def sheet(enter: Enter, db: Database, cast: dict[str, Person]) -> Page:
    """Section B of the visit, open on Lan's tablet."""
    plan_visit(db, cast)
    return open_section(enter("lan"))


def open_section(page: Page, section: str = "B") -> Page:
    page.goto(f"/visits/v1/fill/{section}")
    expect(page.locator("html")).to_have_attribute("data-ready", "1")
    return page


FULL = """() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...given) {
    if (this.name === "changes") throw new DOMException("no room", "QuotaExceededError");
    return put.apply(this, given);
  };
}"""
"""A tablet whose storage takes no more answers."""


def save_line(page: Page, words: str) -> None:
    expect(page.locator("[data-part=save]")).to_contain_text(words)


def test_a_tab_that_dies_right_after_an_answer_loses_nothing(sheet: Page, db: Database):
    tablet = sheet.context
    tablet.set_offline(True)
    sheet.locator("#B01 .level").nth(3).click()
    sheet.close()
    tablet.set_offline(False)
    again = open_section(tablet.new_page())
    expect(again.locator("#B01 input").nth(3)).to_be_checked()
    save_line(again, "đã gửi")
    expect(again.locator("#B01 .by")).to_contain_text("Trần Thị Lan")


def test_a_session_that_ends_keeps_the_answers_until_the_next(sheet: Page, db: Database):
    sheet.context.clear_cookies()
    sheet.locator("#B01 .level").nth(2).click()
    sheet.get_by_role("link", name="phiên làm việc đã hết: đăng nhập lại để gửi").click()
    sheet.get_by_label("Tên đăng nhập").fill("lan")
    sheet.get_by_label("Mật khẩu").fill(PASSWORD)
    sheet.get_by_role("button", name="Đăng nhập").click()
    expect(sheet).to_have_url(re.compile(r"/full/B\?visit=v1$"))
    expect(sheet.locator("#B01 input").nth(2)).to_be_checked()
    expect(sheet.locator("[data-part=save]")).not_to_contain_text("chờ gửi")
    assert changes.answers_of(db, "v1") == {"/B/B01": "2"}


def test_a_server_that_restarts_gets_the_answers_afterwards(
    sheet: Page, db: Database, settings: Settings, stage: Stage
):
    stage.app = None
    sheet.locator("#B01 .level").nth(1).click()
    save_line(sheet, "máy chủ chưa nhận, sẽ gửi lại")
    stage.app = create_app(settings)
    save_line(sheet, "đã gửi")
    assert changes.answers_of(db, "v1") == {"/B/B01": "1"}


def test_back_and_forward_show_what_was_answered_last(sheet: Page, db: Database):
    box = sheet.locator("#B05 input")
    for typed in ("40", "55"):
        box.fill(typed)
        box.press("Tab")
    save_line(sheet, "đã gửi")
    sheet.get_by_role("link", name="Thông tin chung").last.click()
    expect(sheet.locator("#A02")).to_be_visible()
    sheet.go_back()
    expect(sheet.locator("html")).to_have_attribute("data-ready", "1")
    expect(box).to_have_value("55")
    sheet.go_forward()
    expect(sheet.locator("#A02")).to_be_visible()
    assert changes.answers_of(db, "v1") == {"/B/B05": 55}


def test_two_tabs_of_one_tablet_do_not_disagree(sheet: Page, db: Database):
    other = open_section(sheet.context.new_page())
    sheet.locator("#B01 .level").nth(1).click()
    expect(other.locator("#B01 input").nth(1)).to_be_checked()
    other.locator("#B01 .level").nth(2).click()
    save_line(other, "đã gửi")
    expect(sheet.locator("#B01 input").nth(2)).to_be_checked()
    expect(other.locator(".two")).to_have_count(0)
    assert changes.answers_of(db, "v1") == {"/B/B01": "2"}


def test_a_full_tablet_says_so_and_sends_all_the_same(sheet: Page, db: Database):
    sheet.evaluate(FULL)
    sheet.context.set_offline(True)
    sheet.locator("#B01 .level").nth(1).click()
    save_line(sheet, "Máy hết chỗ")
    save_line(sheet, "chờ gửi 1")
    sheet.context.set_offline(False)
    save_line(sheet, "đã gửi")
    assert changes.answers_of(db, "v1") == {"/B/B01": "1"}


def test_more_than_the_server_takes_at_once_goes_in_parts(sheet: Page, db: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sync, "LARGEST_BODY", 900)
    sheet.context.set_offline(True)
    for code, level in (("B05", "1"), ("B06", "2")):
        sheet.locator(f"#{code} input").fill(level)
        sheet.locator(f"#{code} input").press("Tab")
    sheet.locator("#B01 .level").nth(1).click()
    save_line(sheet, "chờ gửi 3")
    sheet.context.set_offline(False)
    save_line(sheet, "đã gửi")
    assert changes.answers_of(db, "v1") == {"/B/B05": 1, "/B/B06": 2, "/B/B01": "1"}


def test_a_photo_without_network_is_kept_and_sent_afterwards(sheet: Page, tmp_path: Path, db: Database):
    open_section(sheet, "A")
    Image.new("RGB", (40, 30)).save(tmp_path / "office.jpg")
    (tmp_path / "torn.jpg").write_bytes(b"no picture")
    sheet.context.set_offline(True)
    sheet.locator("#A05 input[type=file]").set_input_files(tmp_path / "office.jpg")
    expect(sheet.locator("#A05 .shotbox")).to_contain_text("chờ gửi")
    expect(sheet.locator("#A05 .shot img")).to_have_js_property("naturalWidth", 40)
    sheet.locator("#A05 input[type=file]").set_input_files(tmp_path / "torn.jpg")
    expect(sheet.locator("#A05 [data-part=sending]")).to_have_text("Tệp chưa lưu được. Không đọc được ảnh này.")
    sheet.context.set_offline(False)
    arrive_files(sheet, db, 1)
