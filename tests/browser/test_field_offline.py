"""A day without a network: two tablets are made ready, filled, closed, opened again, and agree once they are back."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from survey.database import Database
from survey.store import changes, visits
from survey.store.people import Person
from survey.sync.exchange import take_in
from tests.browser.tablet import (
    answer,
    arrive,
    home_shown,
    make_ready,
    open_home,
    open_section,
    rows,
    save_line,
    section_shown,
    until,
)
from tests.field_world import plan_visit, sent

Enter = Callable[..., Page]


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: dict[str, Person]) -> None:
    plan_visit(db, cast)


@pytest.fixture
def lan(enter: Enter) -> Page:
    """The home screen of Lan's tablet, ready for the field."""
    return make_ready(enter("lan"))


@pytest.fixture
def minh(enter: Enter) -> Page:
    return make_ready(enter("minh"))


def open_from_home(tablet: BrowserContext, section: str) -> Page:
    """A new page of the tablet: the home screen, the visit, and a section of it, by the links that people follow."""
    page = tablet.new_page()
    page.goto("/field/vi/")
    home_shown(page).get_by_role("link", name=re.compile("Mở phiếu|Làm tiếp")).click()
    section_shown(page).locator(f".rail__a[data-section={section}]").click()
    expect(page).to_have_url(re.compile(f"/full/{section}\\?"))
    return section_shown(page)


def restart_without_network(home: Page, section: str) -> Page:
    """The tablet leaves the network, its page is closed, and a section is opened anew."""
    tablet = home.context
    tablet.set_offline(True)
    home.close()
    return open_from_home(tablet, section)


def back_in_reach(page: Page) -> None:
    page.context.set_offline(False)
    expect(page.locator("[data-part=save]")).not_to_contain_text("chờ gửi")
    save_line(page, "đã gửi")


def choose_level(page: Page, level: int) -> None:
    page.locator("#B01 .level").nth(level).click()
    expect(page.locator("#B01 .by")).to_be_visible()


def log_of(db: Database, cast: dict[str, Person]) -> set[tuple[str, str, object]]:
    """Who wrote what, in the log of the server."""
    names = {person.id: login for login, person in cast.items()}
    return {(names[one.author], one.question, one.value) for one in changes.changes_of(db, "v1")}


def fill_apart(lan: Page, minh: Page) -> tuple[Page, Page]:
    """Without a network Lan and Minh fill different questions and disagree on B01."""
    here, there = restart_without_network(lan, "A"), restart_without_network(minh, "B")
    answer(here, "A02", "Bà Hoa")
    here.locator(".rail__a[data-section=B]").click()
    choose_level(section_shown(here), 1)
    choose_level(there, 3)
    answer(there, "B05", "55")
    return here, there


def show_review(page: Page, gate: str) -> None:
    """The review, and back, without a network."""
    page.get_by_role("link", name="Xem lại").first.click()
    expect(section_shown(page).get_by_role("heading", name="Kết luận")).to_be_visible()
    expect(page.locator("[data-part=gates]")).to_contain_text(gate)
    page.go_back()
    section_shown(page)


def submit(page: Page) -> None:
    page.goto("/visits/v1")
    page.get_by_label(re.compile("Lý do nộp khi chưa đủ")).fill("Mất điện")
    page.get_by_role("button", name=re.compile("Nộp khi còn")).click()


def test_two_tablets_without_network_lose_nothing_and_agree_in_the_end(
    lan: Page, minh: Page, db: Database, cast: dict[str, Person]
):
    lan, minh = fill_apart(lan, minh)
    show_review(lan, "B01 Tài khoản chưa đạt")
    show_review(minh, "B01 Tài khoản đạt")
    assert log_of(db, cast) == set()
    back_in_reach(lan)
    back_in_reach(minh)
    written = {("lan", "/A/A02", "Bà Hoa"), ("lan", "/B/B01", "1"), ("minh", "/B/B01", "3"), ("minh", "/B/B05", 55)}
    assert log_of(db, cast) == written
    for page in (lan, minh):
        expect(open_section(page).locator("#B01 .answer")).to_have_count(2)
    submit(minh)
    expect(minh.get_by_role("alert")).to_contain_text("Còn 1 câu có hai câu trả lời khác nhau.")
    minh.get_by_role("link", name="B01", exact=True).first.click()
    section_shown(minh).get_by_role("button", name="Chọn câu này Một phần công chức có tài khoản").click()
    chosen = written | {("minh", "/B/B01", "1")}
    until(minh, lambda: log_of(db, cast) == chosen)
    assert log_of(db, cast) == chosen
    for page in (lan, minh):
        expect(open_section(page).locator("#B01 input").nth(1)).to_be_checked()
        expect(page.locator(".two")).to_have_count(0)
    submit(minh)
    expect(minh.get_by_role("status")).to_contain_text("Đã nộp. Kết quả được khóa")
    visit = visits.find(db, "v1")
    assert visit
    agreed = {"/A/A02": "Bà Hoa", "/B/B01": "1", "/B/B05": 55}
    assert (visit.state, changes.answers_of(db, "v1")) == ("submitted", agreed)


def tap(page: Page) -> None:
    page.locator("#B01 .level").nth(3).click()


def type_text(page: Page) -> None:
    page.locator("#B06 input").press_sequentially("12,5")


def close(page: Page) -> None:
    page.close()


def end_process(page: Page) -> None:
    """The process that draws the page ends as when the machine runs out of memory: nothing of the page runs any more."""
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash", wait_until="commit", timeout=5_000)
    page.close()


@pytest.mark.parametrize(
    ("act", "end", "expected"),
    [(tap, close, {"/B/B01": "3"}), (type_text, close, {"/B/B06": 12.5}), (tap, end_process, {"/B/B01": "3"})],
)
def test_what_was_entered_right_before_the_tab_died_is_there(
    lan: Page, db: Database, act: Callable[[Page], None], end: Callable[[Page], None], expected: dict[str, object]
):
    page = restart_without_network(lan, "B")
    tablet = page.context
    act(page)
    end(page)
    again = open_section(tablet.new_page())
    save_line(again, "chờ gửi 1")
    back_in_reach(again)
    arrive(again, db, expected)


def test_without_network_a_day_asks_for_nothing_but_the_exchange(lan: Page):
    failed: list[str] = []
    lan.context.on("requestfailed", lambda request: failed.append(urlsplit(request.url).path))
    page = restart_without_network(lan, "A")
    answer(page, "A02", "Bà Hoa")
    page.locator(".rail__a[data-section=B]").click()
    choose_level(section_shown(page), 1)
    show_review(page, "B01 Tài khoản chưa đạt")
    page.get_by_role("link", name="Về màn hình chính").click()
    expect(page.locator("[data-part=visits] img")).to_have_js_property("complete", True)
    assert page.locator("[data-part=visits] img").evaluate("img => img.naturalWidth") > 0
    assert {path for path in failed if not path.startswith("/api/")} == set()
    assert "/api/sync" in failed  # what fails is seen at all


def test_a_visit_whose_log_has_not_come_yet_opens_with_its_answers(enter: Enter, db: Database, cast: dict[str, Person]):
    take_in(db, cast["lan"], [sent(1, "/B/B01", "1")])
    page = enter("lan")
    page.context.route("**/api/sync*", lambda route: route.abort())
    open_home(page)
    assert [visit["id"] for visit in rows(page, cast["lan"].id, "visits")] == ["v1"]
    expect(open_section(page).locator("#B01 input").nth(1)).to_be_checked()
