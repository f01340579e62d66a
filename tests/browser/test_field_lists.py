"""Choosing from attached lists without a network: a cascade over ten thousand rows, searched, with a bounded page."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask
from playwright.sync_api import Page, expect

from survey.database import Database
from survey.store.people import Person
from tests import field_world
from tests.attached_world import plan_visit
from tests.browser.tablet import home_shown, make_ready, open_section, section_shown

Enter = Callable[..., Page]


def asked(page: Page, name: str) -> Page:
    return page.locator(f"[data-place='/A/{name}']")  # type: ignore[return-value]


def test_a_cascade_over_ten_thousand_rows_works_without_a_network(
    enter: Enter, app: Flask, db: Database, cast: dict[str, Person]
):
    plan_visit(db, cast, app.config["SETTINGS"].data)
    home = make_ready(enter("lan"))
    home.context.set_offline(True)
    home.close()
    page = home.context.new_page()
    page.goto("/field/vi/")
    home_shown(page).get_by_role("link", name=re.compile("Mở phiếu|Làm tiếp")).click()
    section_shown(page)
    asked(page, "A01").get_by_role("radio", name="Thanh Hóa").check()
    expect(asked(page, "dem").locator("output")).to_have_text("3334")
    school = asked(page, "A02")
    school.get_by_role("combobox").fill("dong 99")
    expect(school.locator("[role=option]").first).to_have_text("Trường Đồng 99")
    assert school.locator("[role=option]").count() == 20
    expect(school.locator("[role=listbox] li").last).to_contain_text("Còn")
    school.get_by_role("combobox").press("ArrowDown")
    school.get_by_role("combobox").press("Enter")
    expect(school.locator("[data-part=chosen]")).to_contain_text("Trường Đồng 99")
    expect(asked(page, "may").locator("output")).to_have_text("49")
    assert school.evaluate("(element) => element.words('T00012')") == "Trường Đồng 12"
    assert page.locator("*").count() < 1_500


QUOTING = """
| survey |
| | type | name | label |
| | begin_group | A | Hộ |
| | text | head | Chủ hộ |
| | select_one plot | plot | Thửa nào? |
| | end_group | | |
| choices |
| | list_name | name | label |
""" + "".join(f"| | plot | p{n} | Thửa {n} của ${{head}} |\n" for n in range(300))
QUOTING += "| settings |\n| | form_id | version | form_title |\n| | thu | 1 | Phiếu thử |\n"


def test_a_long_list_tells_the_answers_that_its_choices_quote(enter: Enter, db: Database, cast: dict[str, Person]):
    field_world.plan_visit(db, cast, QUOTING)
    page = open_section(make_ready(enter("lan")), "A")
    asked(page, "head").get_by_role("textbox").first.fill("An")
    plot = asked(page, "plot")
    plot.get_by_role("combobox").fill("thua 17")
    expect(plot.locator("[role=option]").first).to_have_text("Thửa 17 của An")
    plot.locator("[role=option]").first.click()
    expect(plot.locator(".chip b")).to_have_text("Thửa 17 của An")
