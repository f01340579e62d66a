"""The map of a trip on a tablet without a network: the units, where each visit stands, and a tap that opens one."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from survey.database import Database
from survey.store import visits
from survey.store.people import Person
from tests.browser.looking import faults
from tests.browser.tablet import home_shown, make_ready, ready_item, save_line, section_shown
from tests.field_world import DAY, plan_visit

Enter = Callable[..., Page]


def away(page: Page) -> Page:
    """The home screen in a new page of the tablet, which has left the network."""
    tablet = page.context
    tablet.set_offline(True)
    page.close()
    page = tablet.new_page()
    page.goto("/field/vi/")
    return page


def test_the_map_of_a_trip_without_a_network(enter: Enter, db: Database, cast: dict[str, Person]):
    plan_visit(db, cast)
    visits.add(db, "v2", "t1", "14797", ("thu", "1"), DAY, cast["minh"].id)
    page = make_ready(enter("lan"))
    expect(ready_item(page, "Bản đồ vị trí và chuyến đi")).to_have_class(re.compile("is-ok"))
    page = away(page)
    trip = home_shown(page).locator("[data-part=trip]")
    expect(trip.locator(".tripm__m.is-planned")).to_have_count(2)
    expect(trip.locator(".tripl li").filter(has_text="Xã Hà Trung")).to_contain_text("Chưa làm")
    trip.locator("g[data-code='15271'] circle").click()
    expect(section_shown(page)).to_have_url(re.compile(r"/fill/thu/1/full/B\?visit=v1"))
    section_shown(page).locator("#B01 .level").nth(1).click()
    save_line(page, "chờ gửi 1")
    page.goto("/field/vi/")
    entry = home_shown(page).locator(".tripl li").filter(has_text="Xã Hà Trung")
    expect(entry).to_contain_text("Đang làm, còn câu chờ gửi")
    expect(page.locator("path[data-code='15271']")).to_have_attribute("fill", "url(#trip-fill-begun)")
    assert faults(page) == []
    page.context.set_offline(False)
    page.get_by_role("button", name="Gửi và nhận ngay").click()
    expect(entry).to_contain_text("Đang làm, đã gửi hết")
