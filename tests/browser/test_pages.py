"""A walk over the desk's pages: plan a visit, submit it, reopen it, the look for the sun, the person menu."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from forms.log import Change
from survey.database import Database
from survey.store import changes, visits
from survey.store.people import Person
from tests.browser.looking import faults
from tests.field_world import DAY, sent
from tests.visit_world import answer, plan

Enter = Callable[..., Page]


def test_a_leader_plans_a_visit_by_typing_a_name(enter: Enter, db: Database, cast: dict[str, Person]):
    plan(db, cast)
    page = enter("minh", 1280, 800)
    page.goto("/trips/t1")
    page.get_by_label("Tên hoặc mã đơn vị, gõ không dấu cũng được").press_sequentially("hac thanh")
    page.get_by_role("link", name="Thêm Phường Hạc Thành").click()
    page.get_by_text("Thứ Tư, 20/08/2025").click()
    page.get_by_role("button", name="Thêm vào chuyến").click()
    expect(page.get_by_role("link", name="Phường Hạc Thành")).to_be_visible()
    assert [(visit.unit_code, visit.planned_on) for visit in visits.of_trip(db, "t1")][1] == ("14797", "2025-08-20")


def test_a_leader_submits_and_reopens(enter: Enter, db: Database, cast: dict[str, Person]):
    plan(db, cast)
    answer(db, cast, B01="3", B02="3", I04="không")
    page = enter("minh")
    page.goto("/visits/v1")
    page.get_by_role("button", name="Nộp buổi làm việc").click()
    expect(page.get_by_role("status")).to_contain_text("Đã nộp. Kết quả được khóa theo phiếu bản 1.")
    page.get_by_label("Lý do mở lại").fill("Thiếu ảnh")
    page.get_by_role("button", name="Mở lại buổi làm việc").click()
    expect(page.get_by_role("status")).to_contain_text("Đã mở lại.")


def test_a_leader_is_led_to_what_people_disagree_on(enter: Enter, db: Database, cast: dict[str, Person]):
    plan(db, cast)
    written = [Change.model_validate(sent(number, "/B/B01", str(number))) for number in (1, 3)]
    changes.append_changes(db, written, f"{DAY}T02:00:01.000Z", author=cast["lan"].id)
    page = enter("minh")
    page.goto("/visits/v1")
    page.get_by_label("Lý do nộp khi chưa đủ").fill("Mất điện")
    page.get_by_role("button", name="Nộp khi còn").click()
    expect(page.get_by_role("alert")).to_have_text(CONFLICT)
    expect(page.get_by_label("Lý do nộp khi chưa đủ")).to_have_value("Mất điện")
    assert faults(page) == []
    page.get_by_role("region", name="Hai câu trả lời khác nhau").get_by_role("link", name="B01").click()
    expect(page.locator("#B01 .answer")).to_have_count(2)


CONFLICT = "Còn 1 câu có hai câu trả lời khác nhau. Chọn một câu ở mỗi nơi rồi nộp."


def test_the_look_for_the_sun_stays_on_the_tablet(enter: Enter, db: Database):
    page = enter("lan")
    page.goto("/")
    page.get_by_role("button", name="Chế độ ngoài nắng").click()
    page.goto("/trips")
    expect(page.locator("html")).to_have_attribute("data-sun", "")
    assert faults(page) == []


def test_the_person_menu_closes_with_escape(enter: Enter, db: Database):
    page = enter("lan", 390, 844)
    page.goto("/")
    page.locator("summary.me").click()
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_hidden()
