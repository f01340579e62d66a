"""What both sides agree on: a word on each recommendation, further commitments, who was there; without a network."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from forms.minutes import commitment_key
from survey.assess import assess_visit
from survey.database import Database
from survey.store import changes, visits
from survey.store.people import Person
from survey.sync.exchange import take_in
from tests.browser.tablet import arrive, make_ready, open_section, save_line, section_shown
from tests.field_world import CHECKLIST, plan_visit, sent

Enter = Callable[..., Page]
RULES = """
| recommendations | | | | | | | | |
| | code | questions | when | text::Tiếng Việt (vi) | responsible::Tiếng Việt (vi) | due | priority | confidential |
| | R01 | B01 | item-level(${B01}) <= 1 | Cấp đủ tài khoản cho {don_vi}. | UBND cấp tỉnh | T+15 | high | |
| | R02 | B02 | ${B02} = 'no' | Lập danh sách cập nhật. | UBND cấp xã | T+30 | normal | |
| | R03 | B05 | ${B05} > 50 | Chỉ Bộ được đọc. | Vụ Pháp chế | T+30 | normal | yes |
| | R04 | A07_age | ${A07_age} > 60 | Cử người kế cận ${A07_name}. | UBND cấp xã | T+90 | low | |
"""
WRITTEN = [
    sent(1, "/B/B01", "1"), sent(2, "/B/B02", "no"), sent(3, "/B/B05", 80), sent(4, "/A/A07[x1]", True),
    sent(5, "/A/A07[x1]/A07_name", "Ông Sáu"), sent(6, "/A/A07[x1]/A07_age", 61),
]  # fmt: skip
DECISION = "/minutes/commitment[{}]/commitment_decision"
AGREED = "/minutes/commitment[R01]/commitment_decision"


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: dict[str, Person]) -> None:
    plan_visit(db, cast, CHECKLIST + RULES)
    take_in(db, cast["lan"], WRITTEN)


@pytest.fixture
def agree(enter: Enter) -> Page:
    """The page on Lan's tablet, which has everything it needs and no network."""
    page = open_section(make_ready(enter("lan")))
    page.context.set_offline(True)
    page.get_by_role("link", name="Xem lại").first.click()
    page.get_by_role("link", name="Thống nhất với đơn vị").click()
    return section_shown(page)


def card(page: Page, code: str):
    return page.locator(".rec").filter(has=page.locator(f".rec__m:text-is('{code}')"))


def decide(page: Page, code: str, words: str) -> None:
    card(page, code).get_by_role("radio", name=words, exact=True).check()


def fill(page: Page, field: str, value: str, within: str = "main") -> None:
    control = page.locator(f"{within} [data-field={field}]").first
    control.fill(value)
    control.blur()


def test_the_unit_says_its_word_on_each_recommendation(agree: Page, db: Database, cast: dict[str, Person]):
    expect(agree.locator(".rec__m")).to_have_text(["B01", "B02", "A07_age"])
    expect(agree.locator("main")).not_to_contain_text("Chỉ Bộ được đọc.")
    decide(agree, "B01", "Đồng ý có sửa đổi")
    fill(agree, "commitment_owner", "Sở KH&CN", ".rec:nth-child(1)")
    fill(agree, "commitment_due", "2025-12-31", ".rec:nth-child(1)")
    decide(agree, "B02", "Không đồng ý")
    fill(agree, "commitment_text", "Danh sách do tỉnh lập.", ".rec:nth-child(2)")
    decide(agree, "A07_age", "Đồng ý")
    save_line(agree, "trên máy")
    agree.reload()
    section_shown(agree)
    expect(agree.locator(".agree__n")).to_have_text("1 đồng ý1 có sửa đổi1 không đồng ý0 chưa trao đổi")
    expect(card(agree, "B01").locator("[data-field=commitment_owner]")).to_have_value("Sở KH&CN")
    agree.context.set_offline(False)
    keys = [commitment_key(one) for one in recommended(db)]
    assert keys == ["R01", "R02", "R04-x1"]
    place = "/minutes/commitment[{}]/{}"
    arrive(agree, db, {change["question"]: change["value"] for change in WRITTEN} | {
        AGREED: "changed",
        place.format("R01", "commitment_owner"): "Sở KH&CN",
        place.format("R01", "commitment_due"): "2025-12-31",
        DECISION.format("R02"): "objected",
        place.format("R02", "commitment_text"): "Danh sách do tỉnh lập.",
        DECISION.format("R04-x1"): "agreed",
    })  # fmt: skip


def recommended(db: Database) -> list[dict[str, object]]:
    visit = visits.find(db, "v1")
    assert visit
    return [one for one in assess_visit(db, visit)["recommendations"] if not one["confidential"]]


def test_commitments_and_people_are_added_and_removed(agree: Page, db: Database, cast: dict[str, Person]):
    agree.get_by_role("button", name="Thêm cam kết của đơn vị").click()
    fill(agree, "commitment_text", "Bố trí phòng tiếp dân.", "[data-part=commitment]")
    agree.get_by_role("button", name="Thêm cả Đoàn công tác").click()
    agree.get_by_role("button", name="Thêm người của đơn vị").click()
    people = agree.locator("[data-part=present] > li")
    expect(people).to_have_count(3)
    fill(agree, "present_name", "Lê Thị Hòa", "[data-part=present] > li:nth-child(3)")
    people.nth(2).get_by_role("button", name="Bỏ mục này").click()
    expect(people).to_have_count(2)
    agree.get_by_role("button", name="Thêm cả Đoàn công tác").click()
    agree.reload()
    section_shown(agree)
    names = people.locator("[data-field=present_name]")
    assert sorted(one.input_value() for one in names.all()) == ["Nguyễn Văn Minh", "Trần Thị Lan"]
    assert people.locator("[data-field=present_role]").first.input_value() in ("leader", "member")
    expect(agree.locator("[data-part=commitment] [data-field=commitment_side]")).to_have_value("unit")


def test_times_and_number_of_copies(agree: Page, db: Database):
    fill(agree, "started_at", "25:00")
    expect(agree.get_by_text("Nhập giờ và phút, ví dụ 08:05.")).to_be_visible()
    fill(agree, "started_at", "8h05")
    expect(agree.locator("[data-field=started_at]")).to_have_value("08:05")
    fill(agree, "ended_at", "1130")
    fill(agree, "copies", "bốn")
    expect(agree.get_by_text("Nhập số từ 1 đến 20.")).to_be_visible()
    fill(agree, "copies", "4")
    expect(agree.get_by_text("Nhập số từ 1 đến 20.")).to_be_hidden()
    fill(agree, "dissent", "Xã đề nghị lùi thời hạn.")
    agree.context.set_offline(False)
    arrive(agree, db, {change["question"]: change["value"] for change in WRITTEN} | {
        "/minutes/started_at": "08:05", "/minutes/ended_at": "11:30", "/minutes/copies": 4,
        "/minutes/dissent": "Xã đề nghị lùi thời hạn.",
    })  # fmt: skip


def test_two_words_on_one_recommendation_stand_side_by_side(agree: Page, db: Database, cast: dict[str, Person]):
    decide(agree, "B01", "Đồng ý")
    take_in(db, cast["minh"], [sent(9, AGREED, "objected")])
    agree.context.set_offline(False)
    two = card(agree, "B01").locator(".agree__two").first
    expect(two).to_contain_text("Hai câu trả lời khác nhau")
    expect(two.get_by_role("button")).to_have_count(2)
    two.get_by_role("button", name="Không đồng ý").click()
    expect(two).to_be_empty()
    save_line(agree, "đã gửi")
    assert changes.answers_of(db, "v1")[AGREED] == "objected"


def test_the_checklist_takes_no_notice_of_the_minutes(agree: Page):
    decide(agree, "B01", "Đồng ý")
    troubles: list[str] = []
    agree.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page = open_section(agree)
    expect(page.locator("#B05 input")).to_have_value("80")
    assert [trouble for trouble in troubles if "minutes" in trouble] == []


@pytest.mark.parametrize("width", [390, 800, 1280])
def test_the_page_can_be_used_by_everybody(agree: Page, width: int):
    agree.set_viewport_size({"width": width, "height": 900})
    decide(agree, "B01", "Đồng ý có sửa đổi")
    agree.get_by_role("button", name="Thêm cam kết của Đoàn").click()
    assert agree.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(agree).response["violations"]
    assert [violation["id"] for violation in found] == []


def test_a_page_is_not_loaded_anew_under_somebody_who_is_on_the_way_to_another(agree: Page):
    agree.context.set_offline(False)
    agree.evaluate(
        """async () => {
          const { renew } = await import("/static/field/dom.js");
          document.querySelector("header a").click();
          setTimeout(renew);
        }"""
    )
    agree.wait_for_url("**/field/vi/")
