"""Every page on three screens: nothing for axe to say, large enough for a thumb, no wider than the screen."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from survey.store.visit_list import ListedVisit
from tests.browser.looking import faults, on_every_screen

Enter = Callable[..., Page]
DESK = ["/", "/trips", "/trips/new", "/nothing", "/units/15271", "/units/search?q=ha+trung", "/sync/copies"]
MAP = ["/map", "/map?province=38&bars=1", "/map?view=table", "/map?province=38&view=table&layer=C"]


def test_desk(enter_demo: Enter):
    assert on_every_screen(enter_demo("minh"), *DESK) == {}


def test_desk_of_reviewer_and_administrator(enter_demo: Enter):
    assert on_every_screen(enter_demo("huong"), "/") | on_every_screen(enter_demo("quan"), "/") == {}


def test_the_door(enter_demo: Enter):
    assert on_every_screen(enter_demo(""), "/login", "/visits/nothing") == {}


def test_problems(enter_demo: Enter):
    assert on_every_screen(enter_demo("thao"), "/trips/new", "/map?layer=Q", "/visits/nothing") == {}


def test_map(enter_demo: Enter):
    assert on_every_screen(enter_demo("huong"), *MAP) == {}


def test_trip_and_visits(enter_demo: Enter, story: dict[str, ListedVisit]):
    submitted, draft = story["submitted"], story["draft"]
    new = f"/trips/{draft.trip_id}/visits/new?unit=14797"
    paths = (f"/trips/{draft.trip_id}?q=ha", new, f"/visits/{draft.id}", f"/visits/{submitted.id}")
    assert on_every_screen(enter_demo("minh"), *paths) == {}


def test_in_the_sun_and_in_english(enter_demo: Enter, story: dict[str, ListedVisit]):
    page = enter_demo("lan")
    page.goto("/")
    page.get_by_role("button", name="Chế độ ngoài nắng").click()
    page.request.post("/language", form={"language": "en"}, headers={"Sec-Fetch-Site": "same-origin"})
    wrong = {}
    for path in (
        f"/visits/{story['draft'].id}/fill/E",
        f"/visits/{story['submitted'].id}",
        "/map?province=38&view=table",
    ):
        page.goto(path)
        expect(page.locator("html[data-sun]")).to_have_attribute("lang", "en")
        wrong |= {path: told} if (told := faults(page)) else {}
    assert wrong == {}
