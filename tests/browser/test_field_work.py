"""What an answer gives a tablet to do: written down at once and alone, sent with others, marked where it changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from survey.database import Database
from survey.store import changes
from survey.store.people import Person
from tests.browser.tablet import Line, answer, open_section, rows, save_line, until
from tests.field_world import plan_visit

Enter = Callable[..., Page]
TAP = "([item, level]) => document.querySelectorAll(`#${item} .level__in`)[level].click()"
TAP_TWO = "() => ['B01', 'B02'].forEach((item) => document.querySelector(`#${item} input`).click())"
HIDE = """() => {
  Object.defineProperty(document, "hidden", { get: () => true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
LISTEN_TO_WRITES = """() => {
  window.writes = [];
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (names, mode, how) {
    if (mode === "readwrite") window.writes.push([[...names], how?.durability]);
    return begin.call(this, names, mode, how);
  };
}"""
LOOK = """() => [...document.querySelectorAll("[data-item]")].map((item) => [
  item.id, item.querySelector("[data-part=mark]").className, item.querySelector("[data-part=gate]")?.className,
  item.querySelector("[data-part=by] span")?.textContent,
])"""


@pytest.fixture
def sheet(enter: Enter, db: Database, cast: dict[str, Person]) -> Page:
    """Section B of the visit, open on Lan's tablet."""
    plan_visit(db, cast)
    return open_section(enter("lan"))


def stop_the_clock(page: Page) -> None:
    """Nothing that waits for a moment happens any more, unless the test lets time pass."""
    page.clock.install()
    page.clock.pause_at("2099-01-01T08:00:00Z")


def answers_of(db: Database) -> dict[str, Any]:
    return changes.answers_of(db, "v1")


def test_what_is_answered_within_a_moment_goes_out_together(sheet: Page, db: Database):
    line = Line(sheet.context)
    sheet.evaluate(TAP_TWO)
    until(sheet, lambda: len(answers_of(db)) == 2)
    assert [len(ids) for ids in line.sent] == [2]


def test_answers_that_wait_for_others_are_sent_when_the_page_is_left(sheet: Page, db: Database):
    stop_the_clock(sheet)
    sheet.evaluate(TAP, ["B01", 2])
    save_line(sheet, "chờ gửi 1")
    assert answers_of(db) == {}
    sheet.evaluate(HIDE)
    until(sheet, lambda: answers_of(db) == {"/B/B01": "2"})
    assert answers_of(db) == {"/B/B01": "2"}


def test_another_answer_to_the_same_question_writes_nothing_but_itself(sheet: Page, cast: dict[str, Person]):
    stop_the_clock(sheet)
    sheet.evaluate(TAP, ["B01", 2])
    save_line(sheet, "chờ gửi 1")
    sheet.clock.run_for(200)
    until(sheet, lambda: rows(sheet, cast["lan"].id, "visits")[0].get("summary", {}).get("begun") is True)
    sheet.evaluate(LISTEN_TO_WRITES)
    sheet.evaluate(TAP, ["B01", 3])
    save_line(sheet, "chờ gửi 2")
    sheet.clock.run_for(200)
    assert sheet.evaluate("window.writes") == [[["changes", "outbox"], "strict"]]


def test_marks_that_taps_left_are_those_of_a_page_opened_anew(sheet: Page):
    for level in (3, 0):
        sheet.evaluate(TAP, ["B01", level])
    answer(sheet, "B05", "140")
    answer(sheet, "B06", "20")
    expect(sheet.locator("#B05 [data-part=mark]")).to_have_class("q__s is-err")
    left = sheet.evaluate(LOOK)
    assert {mark for _, mark, _, _ in left} >= {"q__s is-ok", "q__s is-err", "q__s is-gate", "q__s is-none"}
    save_line(sheet, "đã gửi")
    open_section(sheet)
    expect(sheet.locator("#B05 [data-part=mark]")).to_have_class("q__s is-err")
    assert sheet.evaluate(LOOK) == left


def test_enter_in_a_field_writes_it_and_leaves_the_page_as_it_is(sheet: Page, db: Database):
    sheet.evaluate("window.stayed = true")
    sheet.locator("#B05 input").fill("40")
    sheet.locator("#B05 input").press("Enter")
    until(sheet, lambda: answers_of(db) == {"/B/B05": 40})
    assert answers_of(db) == {"/B/B05": 40}
    assert sheet.evaluate("window.stayed")
