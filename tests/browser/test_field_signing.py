"""Both sides read the minutes and sign them without a network; what is signed is locked until somebody says why not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from survey.database import Database
from survey.signed_minutes import signatures_on
from survey.store.people import Person
from survey.sync.exchange import take_in
from tests.browser.looking import draw
from tests.browser.tablet import listen, make_ready, open_section, save_line, section_shown, until
from tests.field_world import CHECKLIST, plan_visit, sent

Enter = Callable[..., Page]
WRITTEN = [sent(1, "/B/B01", "1"), sent(2, "/B/B02", "no")]


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: dict[str, Person]) -> None:
    plan_visit(db, cast, CHECKLIST)
    take_in(db, cast["lan"], WRITTEN)


@pytest.fixture
def minutes(enter: Enter) -> Page:
    """The minutes on Lan's tablet, which has everything it needs and no network."""
    page = open_section(make_ready(enter("lan")))
    page.context.set_offline(True)
    return open_minutes(page)


def open_minutes(page: Page) -> Page:
    page.goto("/field/vi/minutes/thu/1/full?visit=v1")
    return section_shown(page)


def sign(page: Page, place: str, name: str) -> None:
    box = page.locator(f"[data-sign={place}]")
    box.locator("[name=name]").fill(name)
    draw(page, box.locator("canvas"))
    box.get_by_role("button", name="Ký", exact=True).click()
    expect(box).to_contain_text(f"{name} đã ký lúc")


def test_both_sides_sign_and_the_content_is_locked(minutes: Page, db: Database):
    expect(minutes.locator("[data-sign=delegation] [name=name]")).to_have_value("Nguyễn Văn Minh")
    sign(minutes, "unit", "Lê Thị Hòa")
    expect(minutes.locator("#sign-unit img")).to_have_js_property("complete", True)
    assert minutes.locator(".a4__m").count() > 0  # a draft until everybody has signed
    sign(minutes, "delegation", "Nguyễn Văn Minh")
    expect(minutes.locator(".a4__m")).to_have_count(0)
    expect(minutes.get_by_role("button", name="In bản ký tay")).to_be_hidden()
    found = Axe().run(minutes).response["violations"]
    assert [violation["id"] for violation in found] == []
    sheet = open_section(minutes)
    expect(sheet.locator("#B05 input")).to_be_disabled()
    expect(sheet.locator("[data-part=notices]")).to_contain_text("nội dung được khóa")
    sheet.context.set_offline(False)
    listen(sheet)
    until(sheet, lambda: len(signatures_on(db, "v1").made) == 2)
    assert [(one.name, one.stands) for one in signatures_on(db, "v1").made] == [
        ("Lê Thị Hòa", True), ("Nguyễn Văn Minh", True),
    ]  # fmt: skip


def test_a_copy_to_sign_by_hand_is_printed_without_the_mark_of_a_draft(minutes: Page):
    minutes.evaluate("window.print = () => {}")  # the sheets stay as they go to the printer
    minutes.emulate_media(media="print")
    expect(minutes.locator(".a4__m").first).to_be_visible()
    minutes.locator("[data-action=print-by-hand]").dispatch_event("click")
    expect(minutes.locator(".a4__m").first).to_be_hidden()
    expect(minutes.get_by_text("Dự thảo").first).to_be_hidden()
    minutes.locator("[data-action=print]").dispatch_event("click")
    expect(minutes.locator(".a4__m").first).to_be_visible()


def test_signed_minutes_open_again_with_a_reason_and_are_signed_anew(minutes: Page, db: Database):
    sign(minutes, "unit", "Lê Thị Hòa")
    minutes.get_by_role("button", name="Mở khóa để sửa").click()
    expect(minutes.get_by_text("Ghi lý do trước khi mở khóa.")).to_be_visible()
    minutes.get_by_label("Lý do sửa sau khi ký").fill("Sai số hồ sơ")
    minutes.get_by_role("button", name="Mở khóa để sửa").click()
    expect(minutes.locator("[data-sign=unit]")).to_contain_text("nội dung đã đổi sau đó: cần ký lại")
    expect(minutes.locator("#sign-unit img")).to_have_count(0)
    sheet = open_section(minutes)
    expect(sheet.locator("#B05 input")).to_be_enabled()
    sign(open_minutes(sheet), "unit", "Lê Thị Hòa")
    sheet.context.set_offline(False)
    listen(sheet)
    save_line(sheet, "đã gửi")
    found = signatures_on(db, "v1")
    assert ([one.stands for one in found.made], [one.reason for one in found.reopenings]) == ([True], ["Sai số hồ sơ"])


def test_nobody_signs_what_people_disagree_about_or_a_signature_over_nothing(
    minutes: Page, db: Database, cast: dict[str, Person]
):
    box = minutes.locator("[data-sign=unit]")
    box.get_by_role("button", name="Ký", exact=True).click()
    expect(box).to_contain_text("Ghi họ tên người ký.")
    box.locator("[name=name]").fill("Lê Thị Hòa")
    box.get_by_role("button", name="Ký", exact=True).click()
    expect(box).to_contain_text("Ô ký còn trống.")
    take_in(db, cast["minh"], [sent(8, "/B/B01", "2")])
    minutes.context.set_offline(False)
    listen(minutes)
    expect(minutes.locator("[data-part=stop]")).to_contain_text("Còn 1 câu có hai câu trả lời khác nhau.")
    expect(box.get_by_role("button", name="Ký", exact=True)).to_be_disabled()
