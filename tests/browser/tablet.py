"""A tablet with the field app as tests handle it: made ready, opened at a section, looked into, its line cut at a step."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route, expect

from survey.database import Database
from survey.store import changes

ROWS = """([person, name]) => new Promise((done, failed) => {
  const opening = indexedDB.open(`satcanh.${person}`);
  opening.onerror = () => failed(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction(name).objectStore(name).getAll();
    asked.onsuccess = () => { opening.result.close(); done(asked.result.map(({ blob, small, ...row }) => row)); };
  };
})"""
SHIFTED = """(() => {
  const shift = () => { try { return Number(localStorage.getItem("test.shift")); } catch { return 0; } };
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given) { if (given.length) super(...given); else super(Real.now() + shift()); }
    static now() { return Real.now() + shift(); }
  };
})()"""
DAY_MS = 24 * 60 * 60 * 1000


def open_home(page: Page) -> Page:
    """The home screen, once the app is on the tablet and has said what is ready."""
    page.goto("/field/vi/")
    return home_shown(page)


def home_shown(page: Page) -> Page:
    expect(page.locator("[data-part=ready-count]")).to_have_text(re.compile(r"\d+/\d+"))
    return page


def make_ready(page: Page) -> Page:
    """The home screen after everything for the field was downloaded."""
    open_home(page)
    page.locator("[data-part=download]").click()
    expect(ready_item(page, "Phiếu")).to_have_class(re.compile("is-ok"))
    expect(page.locator("[data-part=download]")).to_be_enabled()
    return page


def ready_item(page: Page, name: str) -> Any:
    return page.locator(".ready__i").filter(has=page.locator(f"b:text-is('{name}')"))


def open_section(page: Page, section: str = "B", visit: str = "v1") -> Page:
    page.goto(f"/field/vi/fill/thu/1/full/{section}?visit={visit}")
    return section_shown(page)


def section_shown(page: Page) -> Page:
    expect(page.locator("html")).to_have_attribute("data-ready", "1")
    return page


def save_line(page: Page, words: str) -> None:
    expect(page.locator("[data-part=save]")).to_contain_text(words)


def answer(page: Page, code: str, text: str) -> None:
    """Type an answer, leave the field, and wait until the tablet has it."""
    box = page.locator(f"#{code} input.input, #{code} input[type=text]").first
    box.fill(text)
    box.press("Tab")
    expect(page.locator(f"#{code} .by")).to_be_visible()


def arrive(page: Page, db: Database, expected: dict[str, Any], visit: str = "v1") -> None:
    """Wait until the server has these answers of the visit and no others."""
    until(page, lambda: changes.answers_of(db, visit) == expected)
    assert changes.answers_of(db, visit) == expected


def until(page: Page, holds: Callable[[], bool], seconds: float = 20) -> None:
    """Let the browser go on until something holds; at the latest for so long."""
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        page.wait_for_timeout(50)


def listen(page: Page) -> None:
    """Let the page ask the server at once, as it does when somebody comes back to it."""
    page.evaluate("window.dispatchEvent(new Event('focus'))")


def rows(page: Page, person: str, name: str) -> list[dict[str, Any]]:
    """What lies in a store of the person's database on the tablet, files without their bytes."""
    found: list[dict[str, Any]] = page.evaluate(ROWS, [person, name])
    return found


def caches_of(page: Page) -> list[str]:
    found: list[str] = page.evaluate("caches.keys()")
    return sorted(found)


def page_data(page: Page) -> dict[str, Any]:
    data: dict[str, Any] = page.evaluate("JSON.parse(document.querySelector('#page-data').textContent)")
    return data


def set_clock(page: Page, days: int) -> None:
    """Show the tablet another time from now on; pages of the tablet were opened after `wear_clock`."""
    page.evaluate("days => localStorage.setItem('test.shift', days)", days * DAY_MS)


def wear_clock(tablet: BrowserContext) -> None:
    """Give the tablet a clock that `set_clock` can set."""
    tablet.add_init_script(SHIFTED)


class Line:
    """The tablet's line to the server: `sent` lists the ids of each call with answers, `fates` says what comes of the next.

    "through", "lost before" (the server never hears of it), "lost after" (it does, the tablet does not hear back).
    """

    def __init__(self, tablet: BrowserContext, *fates: str) -> None:
        self.sent: list[list[str]] = []
        self._fates = list(fates)
        tablet.route("**/api/sync*", self._carry)

    def _carry(self, route: Route) -> None:
        ids = [change["id"] for change in route.request.post_data_json["changes"]]
        fate = self._fates.pop(0) if ids and self._fates else "through"
        if ids:
            self.sent.append(ids)
        if fate == "lost after":
            route.fetch()
        if fate == "through":
            route.continue_()
        else:
            route.abort("connectionreset")
