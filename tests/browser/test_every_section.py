"""Every section of the commune checklist on three screens: large enough for a thumb, no wider; on a tablet axe looks too."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from survey.store.visit_list import ListedVisit
from tests.browser.looking import on_every_screen

Enter = Callable[..., Page]


def test_sections_of_the_commune_checklist(enter_demo: Enter, story: dict[str, ListedVisit]):
    paths = [f"/visits/{story['draft'].id}/fill/{section}" for section in "ABCDEFGHIJ"]
    assert on_every_screen(enter_demo("lan"), *paths, axe_at=(800,)) == {}


def test_answers_that_were_submitted(enter_demo: Enter, story: dict[str, ListedVisit]):
    paths = [f"/visits/{story['submitted'].id}/fill/{section}" for section in ("C", "J")]
    assert on_every_screen(enter_demo("huong"), *paths, axe_at=(800,)) == {}
