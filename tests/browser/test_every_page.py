"""Every page on three screens: nothing for axe to say, large enough for a thumb, no wider than the screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from survey.database import opened
from survey.store import trips, visit_list
from survey.store.visit_list import ListedVisit
from tests.browser.looking import faults

Enter = Callable[..., Page]
SCREENS = [(390, 844), (800, 1280), (1280, 800)]
SECTIONS = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"]

DESK = ["/", "/trips", "/trips/new", "/nothing", "/units/15271", "/units/search?q=ha+trung"]
MAP = ["/map", "/map?province=38&bars=1", "/map?view=table", "/map?province=38&view=table&layer=C"]


@pytest.fixture(scope="session")
def story(demo: Flask) -> dict[str, ListedVisit]:
    """Two visits of the demo: one that was submitted and one still to be filled."""
    with opened(demo.config["SETTINGS"].data) as db:
        of_unit = [
            id
            for (id,) in db.execute(
                "select trip_id from visit where unit_code = '15271' order by planned_on"
            ).fetchall()
        ]
        found = [visit for trip in of_unit if trips.find(db, trip) for visit in visit_list.visits_of_trip(db, trip)]
    of_state = {visit.state: visit for visit in found if visit.unit_code == "15271"}
    assert set(of_state) == {"submitted", "draft"}
    return of_state


def on_every_screen(page: Page, *paths: str) -> dict[str, list[str]]:
    """What is wrong, by path and width; the page is loaded once and then gets narrower or wider."""
    wrong = {}
    for path in paths:
        page.goto(path)
        if "/fill/" in path:
            expect(page.locator("html")).to_have_attribute("data-ready", "1")
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            if told := faults(page):
                wrong[f"{path} at {width}"] = told
    return wrong


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


def test_inside_the_frame_of_the_map(enter_demo: Enter):
    page = enter_demo("huong")
    page.goto("/map?province=38")
    expect(page.frame_locator("iframe").locator("html")).to_have_attribute("data-ready", "1")
    assert faults(page.frames[1]) == []


def test_trip_and_visits(enter_demo: Enter, story: dict[str, ListedVisit]):
    submitted, draft = story["submitted"], story["draft"]
    new = f"/trips/{draft.trip_id}/visits/new?unit=14797"
    paths = (f"/trips/{draft.trip_id}?q=ha", new, f"/visits/{draft.id}", f"/visits/{submitted.id}")
    assert on_every_screen(enter_demo("minh"), *paths) == {}


@pytest.mark.parametrize("section", SECTIONS)
def test_section_of_the_commune_checklist(enter_demo: Enter, story: dict[str, ListedVisit], section: str):
    assert on_every_screen(enter_demo("lan"), f"/visits/{story['draft'].id}/fill/{section}") == {}


def test_answers_that_were_submitted(enter_demo: Enter, story: dict[str, ListedVisit]):
    paths = [f"/visits/{story['submitted'].id}/fill/{section}" for section in ("C", "I", "J")]
    assert on_every_screen(enter_demo("huong"), *paths) == {}


def test_in_the_sun_and_in_english(enter_demo: Enter, story: dict[str, ListedVisit]):
    page = enter_demo("lan")
    page.goto("/")
    page.get_by_role("button", name="Chế độ ngoài nắng").click()
    page.request.post("/language", form={"language": "en"}, headers={"Sec-Fetch-Site": "same-origin"})
    page.goto(f"/visits/{story['draft'].id}/fill/E")
    expect(page.locator("html")).to_have_attribute("data-sun", "")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert (
        on_every_screen(
            page,
            f"/visits/{story['draft'].id}/fill/E",
            f"/visits/{story['submitted'].id}",
            "/map?province=38&view=table",
        )
        == {}
    )
