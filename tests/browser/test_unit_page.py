"""The page of a unit opened down to an answer, step by step without loading it anew, on every screen."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from survey.store.visit_list import ListedVisit
from tests.browser.looking import on_every_screen

Enter = Callable[..., Page]


def test_from_a_score_to_its_answer_and_back(enter_demo: Enter, story: dict[str, ListedVisit]):
    page = enter_demo("huong")
    page.goto("/units/15271")
    page.locator(".into").first.click()
    page.locator("#into-B").click()
    expect(page.locator("#into-B")).to_be_focused()
    page.locator("#scores").get_by_role("link", name=re.compile("xem câu trả lời B01")).click()
    expect(page.locator("#answer-h")).to_be_in_viewport()
    expect(page).to_have_url(re.compile(f"visit={story['submitted'].id}&section=B&item=/B/B01"))
    deepest = page.url
    page.go_back()
    expect(page.locator("#answer-h")).to_have_count(0)
    expect(page.locator("#items-h")).to_be_visible()
    assert on_every_screen(page, deepest) == {}


def test_the_import_of_a_list_on_every_screen(enter_demo: Enter):
    assert on_every_screen(enter_demo("quan"), "/units/import") == {}
