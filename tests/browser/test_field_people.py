"""Whose tablet it is: signing out loses nothing, leaves nothing behind, and ready means ready."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from survey.database import Database
from survey.store import changes, trips, visits
from survey.store.people import Person
from survey.store.trips import Trip
from tests.browser import conftest
from tests.browser.tablet import (
    answer,
    arrive,
    make_ready,
    open_home,
    open_section,
    ready_item,
    rows,
    save_line,
    section_shown,
    set_clock,
    until,
    wear_clock,
)
from tests.conftest import PASSWORD
from tests.field_world import DAY, plan_visit

Enter = Callable[..., Page]
PERSISTED = "Object.defineProperty(navigator.storage, 'persisted', { value: async () => true })"


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: dict[str, Person]) -> None:
    plan_visit(db, cast)


@pytest.fixture
def home(enter: Enter) -> Page:
    """Lan's home screen with everything downloaded."""
    return make_ready(enter("lan"))


def write_unsent(page: Page, code: str = "B05", text: str = "40") -> None:
    """An answer that stays on the tablet because the server takes none; home again."""
    page.context.route("**/api/sync*", refuse_for_now)
    answer(open_section(page), code, text)
    save_line(page, "chờ gửi")
    open_home(page)


def refuse_for_now(route: Route) -> None:
    route.fulfill(status=503, body="busy")


def press_sign_out(page: Page) -> None:
    page.get_by_text("Tài khoản", exact=True).locator("xpath=..").click()
    page.get_by_role("button", name="Đăng xuất", exact=True).click()


def databases(page: Page) -> list[str]:
    found: list[str] = page.evaluate("indexedDB.databases().then((all) => all.map(({ name }) => name))")
    return sorted(found)


def test_signing_out_with_unsent_answers_is_refused_and_lists_them(home: Page, cast: dict[str, Person]):
    write_unsent(home)
    press_sign_out(home)
    dialog = home.get_by_role("dialog")
    expect(dialog).to_contain_text("Chưa đăng xuất được: những thứ sau sẽ mất.")
    expect(dialog.get_by_role("listitem")).to_contain_text("Xã Hà Trung · 1 câu, 0 tệp chỉ có trên máy này")
    expect(dialog.get_by_role("button", name="Đăng xuất, dọn máy này")).to_be_disabled()
    assert [row["value"] for row in rows(home, cast["lan"].id, "changes")] == [40]


def test_signing_out_is_allowed_once_a_copy_is_saved(home: Page):
    write_unsent(home)
    press_sign_out(home)
    dialog = home.get_by_role("dialog")
    with home.expect_download():
        dialog.get_by_role("button", name="Lưu bản sao ra tệp").click()
    expect(dialog).to_contain_text("Bản sao đã lưu ra tệp. Đăng xuất sẽ dọn máy này")
    dialog.get_by_role("button", name="Đăng xuất, dọn máy này").click()
    expect(home).to_have_url(re.compile("/login$"))
    assert databases(home) == []


def test_a_copy_from_before_the_last_answer_is_no_leave_whatever_the_clock_says(enter: Enter):
    page = enter("lan")
    wear_clock(page.context)
    make_ready(page)
    write_unsent(page)
    with page.expect_download():
        page.get_by_role("button", name="Lưu bản sao ra tệp").click()
    set_clock(page, -2)
    write_unsent(page, "B06", "2")
    press_sign_out(page)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("listitem")).to_contain_text("2 câu, 0 tệp chỉ có trên máy này")
    expect(dialog.get_by_role("button", name="Đăng xuất, dọn máy này")).to_be_disabled()


def test_what_another_tab_writes_meanwhile_is_not_lost(home: Page, cast: dict[str, Person]):
    home.context.route("**/api/sync*", refuse_for_now)
    other = open_section(home.context.new_page())
    press_sign_out(home)
    leave = home.get_by_role("button", name="Đăng xuất, dọn máy này")
    expect(leave).to_be_enabled()
    answer(other, "B05", "40")
    save_line(other, "chờ gửi 1")
    leave.click()
    expect(home.get_by_role("dialog")).to_contain_text("Chưa đăng xuất được")
    assert [row["value"] for row in rows(home, cast["lan"].id, "changes")] == [40]


def test_signing_out_leaves_nothing_of_the_person_on_the_tablet(home: Page, cast: dict[str, Person]):
    assert databases(home) == [f"satcanh.{cast['lan'].id}"]
    other = open_section(home.context.new_page())
    press_sign_out(home)
    home.get_by_role("button", name="Đăng xuất, dọn máy này").click()
    expect(home).to_have_url(re.compile("/login$"))
    until(home, lambda: databases(home) == [])
    assert databases(home) == []
    left = home.evaluate("JSON.stringify({ ...localStorage })")
    assert cast["lan"].id not in left and cast["lan"].name not in left
    kept = home.evaluate(IN_CACHES)
    assert [address for address, text in kept if cast["lan"].name in text or cast["lan"].id in text] == []
    other.close()


IN_CACHES = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.push([request.url, await (await cache.match(request)).text()]);
  }
  return found;
}"""


def test_signing_out_without_network_is_put_off(home: Page, cast: dict[str, Person]):
    home.context.set_offline(True)
    press_sign_out(home)
    home.get_by_role("button", name="Đăng xuất, dọn máy này").click()
    expect(home.get_by_role("dialog")).to_contain_text(
        "Không có mạng nên chưa đăng xuất được. Dữ liệu vẫn còn trên máy."
    )
    assert [row["id"] for row in rows(home, cast["lan"].id, "visits")] == ["v1"]


def test_signing_out_in_the_office_with_unsent_answers_leads_to_the_field_app(home: Page, cast: dict[str, Person]):
    write_unsent(home)
    home.goto("/")
    home.locator(".js-menu summary.me").click()
    home.get_by_role("button", name="Đăng xuất", exact=True).click()
    expect(home).to_have_url(re.compile("/field/vi/#sign-out$"))
    expect(home.get_by_role("dialog")).to_contain_text("1 câu, 0 tệp chỉ có trên máy này")
    assert [row["value"] for row in rows(home, cast["lan"].id, "changes")] == [40]


def test_signing_out_in_the_office_clears_the_tablet_too(home: Page):
    home.goto("/")
    home.locator(".js-menu summary.me").click()
    home.get_by_role("button", name="Đăng xuất", exact=True).click()
    expect(home).to_have_url(re.compile("/login$"))
    assert databases(home) == []


@pytest.fixture
def lans_trip(db: Database, cast: dict[str, Person]) -> None:
    """A second trip with the visit v2, on which Lan goes and Minh does not."""
    leader = cast["stranger"].id
    days = {"decision_date": DAY, "starts_on": DAY, "ends_on": DAY}
    trips.add(db, Trip(id="t2", decision_number="2/QĐ", title="Nghệ An", leader_id=leader, **days), created_by=leader)
    trips.set_member(db, "t2", cast["lan"].id, "")
    visits.add(db, "v2", "t2", "17329", ("thu", "1"), DAY, leader)


def visits_on(page: Page, person: Person) -> list[str]:
    return [row["id"] for row in rows(page, person.id, "visits")]


def test_on_one_tablet_minh_sees_nothing_of_lan(
    enter: Enter, lans_trip: None, app: Flask, cast: dict[str, Person], address: str
):
    page = make_ready(enter("lan"))
    write_unsent(page)
    expect(page.locator("[data-part=visits] article")).to_have_count(2)
    conftest.sign_in(page.context, app, cast["minh"].id, address)
    page.goto("/field/vi/")
    expect(page.locator("[data-part=person]")).to_have_text("Nguyễn Văn Minh")
    expect(page.locator("[data-part=visits] article")).to_have_count(1)
    expect(open_section(page).locator("#B05 input")).to_have_value("")
    open_section(page, visit="v2")
    expect(page.locator("main")).to_contain_text("Không tìm thấy buổi làm việc này.")
    assert (visits_on(page, cast["lan"]), visits_on(page, cast["minh"])) == (["v1", "v2"], ["v1"])
    assert rows(page, cast["minh"].id, "outbox") == []


def test_the_list_of_somebody_else_takes_nothing_off_lans_tablet(
    enter: Enter, lans_trip: None, app: Flask, cast: dict[str, Person], address: str
):
    page = open_home(enter("lan", service_workers="block"))
    conftest.sign_in(page.context, app, cast["minh"].id, address)
    watcher = page.context.new_page()
    watcher.goto("/favicon.ico")
    asked: list[Route] = []
    page.route("**/field/vi/", lambda route: hold_from_the_second(route, asked))
    page.goto("/field/vi/", wait_until="commit")
    until(watcher, lambda: len(asked) == 2)
    watcher.wait_for_timeout(500)  # the page is to load again as Minh's; until then it leaves Lan's store alone
    assert visits_on(watcher, cast["lan"]) == ["v1", "v2"]
    asked[1].continue_()
    expect(page.locator("[data-part=person]")).to_have_text("Nguyễn Văn Minh")


def hold_from_the_second(route: Route, asked: list[Route]) -> None:
    asked.append(route)
    if len(asked) == 1:
        route.continue_()


def test_lan_finds_everything_again_after_somebody_else(home: Page, app: Flask, cast: dict[str, Person], address: str):
    write_unsent(home)
    conftest.sign_in(home.context, app, cast["stranger"].id, address)
    home.goto("/field/vi/")
    expect(home.locator("[data-part=person]")).to_have_text("Phạm Người Lạ")
    expect(home.locator("[data-part=empty]")).to_be_visible()
    assert (visits_on(home, cast["lan"]), visits_on(home, cast["stranger"])) == (["v1"], [])
    conftest.sign_in(home.context, app, cast["lan"].id, address)
    home.goto("/field/vi/")
    expect(home.locator("[data-part=visits]")).to_contain_text("chờ gửi: 1 câu, 0 tệp")
    expect(open_section(home).locator("#B05 input")).to_have_value("40")


def test_who_signs_in_from_lans_open_visit_does_not_work_in_her_name(home: Page, db: Database, cast: dict[str, Person]):
    write_unsent(home)
    home.wait_for_load_state("networkidle")  # an answer on its way would bring the cookie back
    home.context.clear_cookies()
    home.context.unroute_all()
    open_section(home).get_by_role("link", name="phiên làm việc đã hết").click()
    sign_in_by_hand(home, "minh")
    expect(section_shown(home).locator("#B05 input")).to_have_value("")
    answer(home, "B06", "2")
    save_line(home, "đã gửi")
    assert {change.value: change.author for change in changes.changes_of(db, "v1")} == {2: cast["minh"].id}
    home.wait_for_load_state("networkidle")
    home.context.clear_cookies()
    answer(home, "B06", "3")
    home.get_by_role("link", name="phiên làm việc đã hết").click()
    sign_in_by_hand(home, "lan")
    expect(section_shown(home).locator("#B05 input")).to_have_value("40")
    arrive(home, db, {"/B/B05": 40, "/B/B06": 2})


def sign_in_by_hand(page: Page, login: str) -> None:
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page).to_have_url(re.compile("/field/"))


def test_the_ready_panel_counts_and_leaves_nothing_out(enter: Enter):
    page = enter("lan")
    page.context.add_init_script(PERSISTED)
    open_home(page)
    expect(page.locator("[data-part=verdict]")).to_have_text("Còn 3 việc trước khi đi")
    expect(page.locator("[data-part=ready-count]")).to_have_text("7/10")
    page.locator("[data-part=download]").click()
    expect(page.locator("[data-part=verdict]")).to_have_text("Sẵn sàng, mở được khi mất mạng")
    expect(page.locator("[data-part=ready-count]")).to_have_text("10/10")
    assert page.locator(".ready__i b").all_text_contents() == [
        "Ứng dụng", "Phiếu", "Câu trả lời đã có", "Danh mục đơn vị", "Kết quả và kiến nghị lần trước", "Bản đồ vị trí và chuyến đi",
        "Đăng nhập", "Đồng hồ", "Bộ nhớ được giữ lâu dài", "Chỗ trống",
    ]  # fmt: skip


def test_memory_that_the_browser_may_clear_is_not_called_ready(home: Page):
    item = ready_item(home, "Bộ nhớ được giữ lâu dài")
    expect(item).to_have_class(re.compile("is-warn"))
    expect(item).to_contain_text("cài ra màn hình chính rồi tải lại")
    expect(home.locator("[data-part=verdict]")).to_have_text("Còn 1 việc trước khi đi")


FILES = {
    "Phiếu": "/field/vi/fill/thu/1/full/B",
    "Bản đồ vị trí và chuyến đi": "/field/map/15271.svg",
    "Ứng dụng": "/static/fonts/be-vietnam-pro-700.woff2",
}


@pytest.mark.parametrize("item", FILES)
def test_one_file_that_is_gone_is_missing_until_it_is_downloaded_again(enter: Enter, item: str):
    page = enter("lan")
    page.context.add_init_script(PERSISTED)
    make_ready(page)
    assert page.evaluate(FORGET, FILES[item])
    open_home(page)
    expect(ready_item(page, item)).to_have_class(re.compile("is-warn"))
    expect(page.locator("[data-part=verdict]")).to_have_text("Còn 1 việc trước khi đi")
    page.locator("[data-part=download]").click()
    expect(page.locator("[data-part=verdict]")).to_have_text("Sẵn sàng, mở được khi mất mạng")


FORGET = "async (file) => (await caches.open((await caches.keys())[0])).delete(file)"
