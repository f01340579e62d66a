"""What a tablet draws and what once() gives: shown at once, recorded in the log, the same on the server and later on."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from survey.assess import open_visit
from survey.database import Database
from survey.store import changes, visits
from survey.store.people import Person
from tests.browser.tablet import until
from tests.field_world import plan_visit

Enter = Callable[..., Page]
FORM = """
| survey |
| | type | name | label | calculation |
| | begin_group | A | Rút thăm | |
| | integer | houses | Số hộ | |
| | calculate | house | | once(1 + int(random() * ${houses})) |
| | calculate | code | | concat(uuid(6), '-', substr(digest(${houses}, 'SHA-512', 'hex'), 0, 4)) |
| | note | drawn | Hộ thứ ${house}, mã ${code} | |
| | end_group | | | |
| settings |
| | form_id | version | form_title |
| | lots | 1 | Phiếu rút thăm |
"""


def opened(page: Page) -> Page:
    page.goto("/field/vi/fill/lots/1/full/A?visit=v1")
    expect(page.locator("html")).to_have_attribute("data-ready", "1")
    return page


def answer(page: Page, houses: str) -> None:
    page.locator("#houses input").fill(houses)
    page.locator("#houses input").press("Tab")


def test_what_a_tablet_drew_is_recorded_and_stays(enter: Enter, db: Database, cast: dict[str, Person]):
    plan_visit(db, cast, FORM)
    page = opened(enter("lan"))
    answer(page, "4000")
    until(page, lambda: len(changes.answers_of(db, "v1")) == 2)
    visit = visits.find(db, "v1")
    assert visit
    values = [open_visit(db, visit).question(name)["value"] for name in ("house", "code")]
    assert changes.answers_of(db, "v1") == {"/A/houses": 4000, "/A/house": values[0]}
    expect(page.get_by_text(f"Hộ thứ {values[0]}, mã {values[1]}")).to_be_visible()
    answer(page, "3")
    until(page, lambda: changes.answers_of(db, "v1")["/A/houses"] == 3)
    expect(opened(page).get_by_text(f"Hộ thứ {values[0]}, mã {values[1][:6]}")).to_be_visible()
