"""A form with every appearance: as it is shown, filled, and looked at by axe; and what a trigger does on a tablet."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from survey.database import Database
from survey.store import changes
from survey.store.people import Person
from tests.browser.looking import SCREENS, on_every_screen
from tests.browser.tablet import until
from tests.field_world import plan_visit

Enter = Callable[..., Page]
FORM = Path(__file__).parents[1] / "forms_of_the_field" / "appearances.md"
ADDRESS = "/field/vi/fill/looks/1/full/{}?visit=v1"


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: dict[str, Person]) -> None:
    plan_visit(db, cast, FORM.read_text("utf-8"))


def opened(page: Page, section: str, language: str = "vi") -> Page:
    page.goto(ADDRESS.format(section).replace("/vi/", f"/{language}/"))
    expect(page.locator("html")).to_have_attribute("data-ready", "1")
    return page


def photograph(page: Page, name: str) -> None:
    if folder := os.environ.get("SATCANH_PICTURES"):
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def fill_in(page: Page) -> None:
    """One answer to each control that an appearance brings."""
    page.locator("#who input").fill("Lan")
    page.locator("#who input").press("Tab")
    page.locator("#province summary").click()
    page.locator("#province input[type=search]").fill("quang nin")
    page.locator("#province").get_by_label("Quảng Ninh").click()
    page.locator("#opinion").get_by_label("Rất tốt").click()
    page.locator("#born input").fill("5/3/1990")
    page.locator("#born input").press("Tab")


def test_appearances_are_filled_and_triggers_followed(enter: Enter, db: Database):
    page = opened(enter("lan"), "A")
    fill_in(page)
    expect(page.locator("#greeting input")).to_have_value("Xin chào Lan")
    expect(page.get_by_text("Đã ghi: Xin chào Lan")).to_be_visible()
    expect(page.locator("#opinion h3")).to_contain_text("Lan đánh giá dịch vụ")
    expect(page.locator("#person")).to_contain_text("Chỉ có Lan")
    expect(page.locator("#province summary")).to_have_text("Quảng Ninh")
    assert page.locator("#settled input").first.is_disabled()
    answers = {"who": "Lan", "greeting": "Xin chào Lan", "province": "qn", "opinion": "5", "born": "1990-03-05"}
    expected = {f"/A/{name}": value for name, value in answers.items()}
    until(page, lambda: changes.answers_of(db, "v1") == expected)
    assert changes.answers_of(db, "v1") == expected
    photograph(page, "a")


def test_every_appearance_is_in_order_on_every_screen(enter: Enter):
    page = enter("lan")
    addresses = [ADDRESS.format(section) for section in "ABC"]
    assert on_every_screen(page, *addresses, axe_at=(1280,)) == {}
    for section in "BC":
        photograph(opened(page, section), section.lower())
    head, row = (page.locator(f"#{name}").bounding_box() for name in ("men", "women"))
    assert head and row and head["y"] == row["y"]
