"""A visit moves to a new version of its checklist while a tablet is away with answers to the old one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from survey.checklists.moving import move_visit
from survey.database import Database
from survey.field import pack
from survey.problems import Problem
from survey.store import changes, checklists
from survey.store.people import Person
from survey.sync import exchange
from tests.browser.tablet import answer, make_ready, open_home, open_section, section_shown, until
from tests.field_world import plan_visit, sent
from tests.test_moving import NEXT

Enter = Callable[..., Page]


@pytest.fixture
def withheld(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """`withheld(True)` keeps what a tablet needs of a checklist from it, `withheld(False)` gives it out again."""
    given = pack.checklist_files

    def listed(*named: Any) -> list[str]:
        raise Problem("disk_full")

    return lambda yes: monkeypatch.setattr(pack, "checklist_files", listed if yes else given)


def test_answers_to_the_old_version_find_their_place_and_the_tablet_gets_the_new_one(
    enter: Enter, db: Database, cast: dict[str, Person], withheld: Callable[[bool], None]
):
    plan_visit(db, cast)
    for number, login in enumerate(("lan", "minh"), start=1):  # a disagreement about what the new version does not ask
        exchange.take_in(db, cast[login], [sent(number, "/A/A03", f"2025-08-{number:02d}")])
    home = make_ready(enter("lan"))
    home.context.set_offline(True)
    page = open_section(home.context.new_page(), "A")
    answer(page, "A02", "Bà Thảo")
    checklists.publish(db, NEXT.encode(), "thu.md", by=None)
    move_visit(db, "v1", "2", by=cast["minh"].id)
    withheld(True)
    home.context.set_offline(False)
    open_home(home)
    until(home, lambda: changes.answers_of(db, "v1").get("/B/A02") == "Bà Thảo")
    expect(home.locator(".fact", has_text="sẽ chuyển sang bản 2")).to_be_visible()
    expect(home.locator(".btn--go", has_text="Làm tiếp mục A")).to_have_attribute(
        "href", re.compile("/fill/thu/1/full/A")
    )
    withheld(False)
    open_home(home)
    expect(home.locator(".fact", has_text="từ bản 1 sang bản 2")).to_be_visible()
    home.context.set_offline(True)
    page.goto("/field/vi/fill/thu/2/full/B?visit=v1")
    expect(section_shown(page).locator("#A02 input")).to_have_value("Bà Thảo")
    expect(page.locator("[data-part=progress]")).to_have_text(re.compile("1 trong"))


def test_a_tablet_that_has_not_heard_of_the_move_opens_the_new_version(
    enter: Enter, db: Database, cast: dict[str, Person]
):
    plan_visit(db, cast)
    page = open_section(enter("lan"), "A")
    answer(page, "A03", "2025-08-19")
    until(page, lambda: "/A/A03" in changes.answers_of(db, "v1"))
    checklists.publish(db, NEXT.encode(), "thu.md", by=None)
    move_visit(db, "v1", "2", by=cast["minh"].id)
    page.goto("/visits/v1/fill/B")
    expect(section_shown(page).locator("#B07")).to_be_visible()
