"""A new version of the app comes to a tablet whole or not at all, and never under an open visit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from survey.database import Database
from survey.field import pack
from survey.pages import field_data
from survey.store.people import Person
from tests.browser.tablet import (
    answer,
    caches_of,
    make_ready,
    open_home,
    open_section,
    page_data,
    ready_item,
    section_shown,
    until,
)
from tests.field_world import plan_visit

Enter = Callable[..., Page]


@pytest.fixture
def visit(db: Database, cast: dict[str, Person]) -> None:
    plan_visit(db, cast)


@pytest.fixture
def release(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """`release("next")` brings another version of the app out on the server."""

    def released(version: str) -> None:
        for module in (pack, field_data):
            monkeypatch.setattr(module, "app_version", lambda: version)

    return released


def test_a_new_version_waits_until_somebody_asks_for_it(enter: Enter, visit: None, release: Callable[[str], None]):
    home = make_ready(enter("lan"))
    open_visit = open_section(home.context.new_page())
    before = page_data(open_visit)["app"]
    release("next")
    open_home(home)
    expect(home.locator("[data-part=update]")).to_be_visible()
    home.context.set_offline(True)
    open_visit.get_by_role("link", name="Thông tin chung").first.click()
    expect(section_shown(open_visit).locator("#A02")).to_be_visible()
    answer(open_visit, "A02", "Bà Thảo")
    assert page_data(open_visit)["app"] == before
    assert caches_of(home) == sorted([f"satcanh.{before}", "satcanh.next"])


def test_a_new_version_brings_the_downloaded_checklist_along(enter: Enter, visit: None, release: Callable[[str], None]):
    home = make_ready(enter("lan"))
    release("next")
    open_home(home)
    home.get_by_role("button", name="Cập nhật").click()
    expect(ready_item(home, "Ứng dụng")).to_contain_text("bản next")
    expect(home.locator("[data-part=update]")).to_be_hidden()
    assert caches_of(home) == ["satcanh.next"]
    home.context.set_offline(True)
    for section in ("A", "B"):
        assert page_data(open_section(home, section))["app"] == "next"
    home.get_by_role("link", name="Xem lại").first.click()
    expect(home.get_by_role("heading", name="Kết luận")).to_be_visible()


def test_a_checklist_that_is_gone_from_the_server_does_not_hold_up_the_new_version(
    enter: Enter, visit: None, release: Callable[[str], None]
):
    home = make_ready(enter("lan"))
    release("next")
    home.context.route("**/field/vi/pack/**", lambda route: route.fulfill(status=404, body="<p>not found</p>"))
    open_home(home)
    expect(home.locator("[data-part=update]")).to_be_visible()


def fail_with_500(route: Route) -> None:
    route.fulfill(status=500, body="broken")


def lead_to_sign_in(route: Route) -> None:
    route.fulfill(status=303, headers={"Location": "/login"})


@pytest.mark.parametrize(
    ("fault", "file"),
    [
        (Route.abort, "be-vietnam-pro-700.woff2"),
        (fail_with_500, "be-vietnam-pro-700.woff2"),
        (lead_to_sign_in, "/field/review/"),
    ],
)
def test_a_version_that_cannot_be_fetched_whole_leaves_the_one_before(
    enter: Enter, visit: None, release: Callable[[str], None], fault: Callable[[Route], None], file: str
):
    home = make_ready(enter("lan"))
    before = page_data(home)["app"]
    failed: list[str] = []
    release("next")
    home.context.route(
        f"**{file}*" if file[0] != "/" else f"**{file}**", lambda route: (failed.append(file), fault(route))
    )
    open_home(home)
    until(home, lambda: bool(failed) and not is_installing(home))
    assert caches_of(home) == [f"satcanh.{before}"]
    expect(home.locator("[data-part=update]")).to_be_hidden()
    home.context.unroute_all()
    home.context.set_offline(True)
    assert page_data(open_section(home, "A"))["app"] == before
    home.get_by_role("link", name="Xem lại").first.click()
    expect(home.get_by_role("heading", name="Kết luận")).to_be_visible()


def is_installing(page: Page) -> bool:
    found: bool = page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.installing !== null)")
    return found
