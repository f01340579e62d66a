"""A journey over the checklist page: fill, lose the network, disagree, sign, with a keyboard, without an axe fault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from survey.database import Database
from survey.store import attachments, changes, visits
from survey.store.people import Person
from tests.browser.looking import arrive_files, faults, sign
from tests.field_world import plan_visit

Enter = Callable[..., Page]


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: dict[str, Person]) -> None:
    plan_visit(db, cast)


def open_section(page: Page, section: str) -> Page:
    page.goto(f"/visits/v1/fill/{section}")
    expect(page.locator("html")).to_have_attribute("data-ready", "1")
    return page


def saved(page: Page) -> None:
    expect(page.locator("[data-part=save]")).to_contain_text("đã gửi")


def arrive(page: Page, db: Database, expected: dict[str, Any]) -> None:
    """The last of several answers may still be on its way when the page says that those before it are sent."""
    for _ in range(50):
        if changes.answers_of(db, "v1") == expected:
            break
        page.wait_for_timeout(100)
    assert changes.answers_of(db, "v1") == expected
    saved(page)


def test_answers_are_saved_at_once_and_move_the_score(enter: Enter, db: Database):
    page = open_section(enter("lan"), "B")
    page.locator("#B01 .level").nth(1).click()
    expect(page.locator("#B01 [data-part=gate]")).to_have_text("Điều kiện bắt buộc · chưa đạt")
    expect(page.locator("[data-live=short]")).to_have_text("25–50")
    page.get_by_label("Một phần", exact=True).check()
    expect(page.locator("[data-live=short]")).to_have_text("41,7")
    arrive(page, db, {"/B/B01": "1", "/B/B02": "partly"})


def test_logic_works_without_a_round_trip(enter: Enter):
    page = open_section(enter("lan"), "B")
    page.context.set_offline(True)
    expect(page.locator("#B03")).to_be_hidden()
    page.get_by_label("Không", exact=True).check()
    expect(page.locator("#B03")).to_be_visible()
    page.locator("#B05 input").fill("140")
    page.locator("#B05 input").press("Tab")
    expect(page.locator("#B05 [data-part=error]")).to_have_text("Nhập số từ 0 đến 100.")
    page.locator("#B04 [value=dvc]").check()
    page.locator("#B04 [value=khong]").check()
    expect(page.locator("#B04 [value=dvc]")).not_to_be_checked()


def test_without_network_answers_wait_and_survive_a_restart(enter: Enter, db: Database):
    page = open_section(enter("lan"), "B")
    page.context.set_offline(True)
    page.locator("#B01 .level").nth(3).click()
    expect(page.locator("[data-part=save]")).to_contain_text("chờ gửi 1")
    assert changes.answers_of(db, "v1") == {}
    page.context.set_offline(False)
    open_section(page, "B")
    expect(page.locator("#B01 input").nth(3)).to_be_checked()
    expect(page.locator("#B01 .by")).to_contain_text("Trần Thị Lan")
    expect(page.locator("[data-part=save]")).not_to_contain_text("chờ gửi")
    assert changes.answers_of(db, "v1") == {"/B/B01": "3"}


def test_not_applicable_asks_why_and_a_note_is_kept(enter: Enter, db: Database):
    page = open_section(enter("lan"), "B")
    page.locator("#B01 [data-state=na]").click()
    expect(page.locator("#B01 [data-part=error]")).to_be_visible()
    page.keyboard.type("Chưa triển khai")
    page.locator("#B01 [data-action=note]").click()
    page.keyboard.type("Xem lại sau")
    page.keyboard.press("Tab")
    expect(page.locator("#B01 [data-part=error]")).to_be_hidden()
    told = {"#state": "na", "#reason": "Chưa triển khai", "#note": "Xem lại sau"}
    arrive(page, db, {f"/B/B01{facet}": value for facet, value in told.items()})


def test_two_tablets_that_disagree_show_both_answers_until_one_is_chosen(enter: Enter, db: Database):
    lan, minh = open_section(enter("lan"), "B"), open_section(enter("minh"), "B")
    lan.context.set_offline(True)
    lan.locator("#B01 .level").nth(2).click()
    minh.locator("#B01 .level").nth(3).click()
    saved(minh)
    lan.context.set_offline(False)
    expect(lan.locator("#B01 .two")).to_be_visible()
    expect(lan.locator(".gt--two")).to_have_count(1)
    assert faults(lan) == []
    lan.get_by_role("button", name="Chọn câu này Đủ, đăng nhập thành công tại chỗ").click()
    expect(lan.locator("#B01 .two")).to_have_count(0)
    saved(lan)
    assert changes.answers_of(db, "v1") == {"/B/B01": "3"}


def test_what_is_being_typed_is_not_overwritten(enter: Enter, db: Database):
    lan, minh = open_section(enter("lan"), "A"), open_section(enter("minh"), "A")
    lan.locator("#A02 input").press_sequentially("Nguyễn Thị")
    minh.locator("#A02 input").fill("Bà Thảo")
    minh.locator("#A02 input").press("Tab")
    saved(minh)
    lan.locator("#A02 input").press_sequentially(" Hoa")
    lan.locator("#A02 input").press("Tab")
    saved(lan)
    assert "Nguyễn Thị Hoa" in [change.value for change in changes.changes_of(db, "v1")]


def test_repeats_grow_shrink_and_come_back(enter: Enter, db: Database):
    page = open_section(enter("lan"), "A")
    for name in ("Lê An", "Vũ Bình"):
        page.locator("#A07 [data-action=add]").click()
        page.keyboard.type(name)
        page.keyboard.press("Tab")
    expect(page.locator("#A07 .instance")).to_have_count(2)
    page.locator("#A07 .instance").first.get_by_role("button", name="Bỏ").click()
    expect(page.locator("#A07 .instance")).to_have_count(1)
    page.get_by_role("button", name="Hoàn tác", exact=True).click()
    expect(page.locator("#A07 .instance input").first).to_have_value("Lê An")
    saved(page)
    names = [value for question, value in sorted(changes.answers_of(db, "v1").items()) if question.endswith("name")]
    assert names == ["Lê An", "Vũ Bình"]


def test_photo_signature_and_place(enter: Enter, db: Database, tmp_path: Path):
    place = {"latitude": 19.98, "longitude": 105.8, "accuracy": 12}
    page = open_section(enter("lan", geolocation=place, permissions=["geolocation"]), "A")
    page.locator("#A04 [data-action=locate]").click()
    expect(page.locator("#A04 [data-part=accuracy]")).to_have_text("Sai số khoảng 12 m.")
    Image.new("RGB", (3000, 1500), "green").save(tmp_path / "office.jpg")
    page.locator("#A05 input[type=file]").set_input_files(tmp_path / "office.jpg")
    expect(page.locator("#A05 .shot img")).to_have_js_property("naturalWidth", 320)
    sign(page, page.locator("#A06"))
    saved(page)
    arrive_files(page, db, 2)
    answers = changes.answers_of(db, "v1")
    hashes = [*answers["/A/A05"], answers["/A/A06"]]
    assert answers["/A/A04"] == "19.980000 105.800000 0.0 12"
    assert sorted(hashes) == sorted(kept.sha256 for kept in attachments.attachments_of(db, "v1"))


def test_a_submitted_visit_is_only_shown(enter: Enter, db: Database, cast: dict[str, Person]):
    visits.mark_submitted(db, "v1", cast["minh"].id, None)
    page = open_section(enter("lan"), "B")
    expect(page.get_by_text("Buổi làm việc đã nộp")).to_be_visible()
    expect(page.locator("#B01 input").first).to_be_disabled()


def test_a_keyboard_is_enough(enter: Enter, db: Database):
    page = open_section(enter("lan"), "B")
    page.locator("#B01 input").first.focus()
    for key in ("ArrowDown", "ArrowDown", "Delete", "ArrowDown"):
        page.keyboard.press(key)
    expect(page.locator("#B01 input:checked")).to_have_count(1)
    saved(page)


@pytest.mark.parametrize(("width", "height"), [(320, 640), (390, 844), (800, 1280), (1280, 800)])
@pytest.mark.parametrize("section", ["A", "B"])
def test_the_page_has_no_axe_fault_and_fits(enter: Enter, width: int, height: int, section: str):
    page = open_section(enter("lan", width=width, height=height), section)
    if section == "A":
        page.locator("#A07 [data-action=add]").click()
    else:
        page.locator("#B01 .level").nth(1).click()
    assert faults(page) == []
