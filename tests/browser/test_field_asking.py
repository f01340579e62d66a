"""What other answers decide on a tablet: how often a counted repeat stands there, and whether a section asks at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from survey.database import Database
from survey.store.people import Person
from tests.browser.tablet import open_section
from tests.field_world import plan_visit

Enter = Callable[..., Page]
ROSTER = Path(__file__).parents[1] / "forms_of_the_field" / "household_roster.md"
ASKS_LATER = """
| survey |
| | type        | name | label  | relevant   |
| | begin_group | A    | Phần A |            |
| | integer     | A01  | Số máy |            |
| | end_group   |      |        |            |
| | begin_group | B    | Phần B |            |
| | text        | B01  | Hiệu   | ${A01} > 1 |
| | end_group   |      |        |            |
| settings |
| | form_id | version | form_title |
| | thu     | 1       | Thử        |
"""


def test_a_counted_repeat_stands_as_often_as_the_answer_says_and_its_words_quote(
    enter: Enter, db: Database, cast: dict[str, Person]
):
    plan_visit(db, cast, ROSTER.read_text("utf-8").replace("| roster | 1 |", "| thu | 1 |"))
    page = open_section(enter("lan"), "L")
    expect(page.get_by_text("hiện chưa có lần nào")).to_be_visible()
    fill(open_section(page, "H"), "size", "1")
    open_section(page, "L")
    for name, value in (("name", "Hoa"), ("age", "30")):
        fill(page, name, value)
    page.locator("[data-place$='/sex'] .chip", has_text="Nữ").click()
    fill(page, "ever", "1")
    expect(page.locator("[data-place$='/child'] > .field__l")).to_have_text("Con của Hoa")
    expect(page.locator(".repeat [data-action=add], .repeat [data-action=remove]")).to_have_count(0)
    expect(page.locator(".counted").first).to_be_hidden()


def fill(page: Page, name: str, value: str) -> None:
    box = page.locator(f"[data-place$='/{name}'] input").first
    box.fill(value)
    box.press("Tab")


def test_a_section_that_asks_nothing_yet_says_so(enter: Enter, db: Database, cast: dict[str, Person]):
    plan_visit(db, cast, ASKS_LATER)
    page = open_section(enter("lan"), "B")
    expect(page.get_by_text("Mục này chưa có câu nào phải hỏi.")).to_be_visible()
    fill(open_section(page, "A"), "A01", "2")
    expect(open_section(page, "B").locator("#B01")).to_be_visible()
    expect(page.get_by_text("Mục này chưa có câu nào phải hỏi.")).to_be_hidden()
