"""A checklist as its author brings it in: dropped, repaired, tried out, published; each page looked at with axe."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from survey.database import Database
from survey.store import checklists
from survey.store.people import Person
from tests.browser.looking import ONLY_FAULTS, faults
from tests.field_world import plan_visit
from tests.publishing_world import FAULTY, NEXT

Enter = Callable[..., Page]
DROP = """([form, source]) => {
  const dropped = new DataTransfer();
  dropped.items.add(new File([source], "thu.md"));
  document.querySelector(form).dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
}"""


def drop(page: Page, source: str) -> None:
    with page.expect_navigation():
        page.evaluate(DROP, [".js-drop", source])


def seen(page: Page) -> dict[str, list[str]]:
    """What is wrong with the page as it stands, by width; axe looks once."""
    wrong = {}
    for width, axe in ((390, None), (1280, ONLY_FAULTS)):
        page.set_viewport_size({"width": width, "height": 844})
        wrong |= {f"{page.url} at {width}": told} if (told := faults(page, axe=axe)) else {}
    return wrong


def test_what_was_chosen_is_told_in_the_language_of_the_page(enter: Enter):
    page = enter("quan", 1280, 800)
    page.goto("/publishing/")
    told = page.locator(".filed__n")
    expect(told).to_have_text("Chưa chọn tệp nào")
    page.get_by_label("Tải phiếu lên").set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": b"x"} for name in ("thu.md", "a.csv")]
    )
    expect(told).to_have_text("thu.md, a.csv")


def test_an_author_repairs_tries_and_publishes(enter: Enter, db: Database, cast: dict[str, Person]):
    plan_visit(db, cast)
    page = enter("quan", 1280, 800)
    page.goto("/publishing/")
    wrong = seen(page)
    drop(page, FAULTY.replace("| thu | 1 |", "| thu | 2 |"))
    expect(page.locator(".is-faulty").first).to_contain_text("dat")
    wrong |= seen(page)
    drop(page, NEXT.replace("| B01 | 3 |", "| B01 | 4 |"))
    expect(page.get_by_text("điểm không so sánh được")).to_be_visible()
    wrong |= seen(page)
    page.get_by_role("link", name="Xem thử như trên máy").click()
    expect(page.locator(".ask__h")).to_be_in_viewport()
    page.locator(".rail__a[data-section=B]").click()
    expect(page.locator("[data-live=figure]")).to_have_text("0–100")
    page.locator("#B01 label", has_text="Một phần").click()
    expect(page.locator("[data-live=figure]")).to_have_text("25–50")
    wrong |= seen(page)
    assert page.evaluate("indexedDB.databases().then(found => found.map(({ name }) => name))") == []
    page.get_by_role("link", name="Thôi xem thử").first.click()
    page.get_by_role("button", name="Công bố bản 2").click()
    expect(page.get_by_text("Đã công bố thu bản 2.")).to_be_visible()
    page.get_by_role("link", name="1 buổi đang dùng bản cũ").click()
    wrong |= seen(page)
    leader = enter("minh", 1280, 800)
    leader.goto("/visits/v1/move")
    wrong |= seen(leader)
    assert ([one.version for one in checklists.list_versions(db)], wrong) == (["2", "1"], {})
