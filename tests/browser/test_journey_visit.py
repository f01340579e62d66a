"""The main journey: a leader signs in, plans a trip and a visit, fills the commune checklist, submits it, opens it again."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Page, expect

Enter = Callable[..., Page]


def sign_in_by_hand(page: Page, login: str, password: str) -> None:
    page.goto("/trips")
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page).to_have_url(re.compile("/trips$"))


def plan_trip(page: Page) -> None:
    page.goto("/trips/new")
    page.get_by_label("Nội dung chuyến công tác").fill("Làm việc với tỉnh Thanh Hóa")
    page.get_by_label("Số quyết định").fill("3120/QĐ-BKHCN")
    for label in ("Ngày quyết định", "Từ ngày", "Đến ngày"):
        page.get_by_label(label).fill("2026-11-20")
    page.get_by_role("button", name="Lập chuyến").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Làm việc với tỉnh Thanh Hóa")


def plan_visit(page: Page) -> str:
    """Hà Trung on the only day of the trip; returns the address of the visit."""
    page.get_by_label("Tên hoặc mã đơn vị, gõ không dấu cũng được").press_sequentially("ha trung")
    page.get_by_role("link", name="Thêm Xã Hà Trung").click()
    page.get_by_role("button", name="Thêm vào chuyến").click()
    page.get_by_role("link", name="Xã Hà Trung").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xã Hà Trung")
    return urlsplit(page.url).path


def open_section(page: Page, section: str) -> None:
    """Through the office, from any page of the visit."""
    id = re.search(r"(?:visit=|/visits/)([\w-]+)", page.url)
    assert id
    page.goto(f"/visits/{id[1]}/fill/{section}")
    expect(page.locator("html")).to_have_attribute("data-ready", "1")


def sent(page: Page) -> None:
    expect(page.locator("[data-part=save]")).to_contain_text("đã gửi")


def answer_systems(page: Page) -> None:
    """Section B: rubric with a gate, evidence, note, not applicable with its reason, several choices with a follow-up."""
    open_section(page, "B")
    expect(page.locator("[data-live=short]")).to_have_text("0–100")
    page.locator("#B01 .level").nth(1).click()
    expect(page.locator("[data-live=failed]")).to_contain_text("1 chưa đạt")
    page.locator("#B01 [data-facet=evidence]").select_option("seen")
    page.locator("#B01 [data-action=note]").click()
    page.keyboard.type("Có 3 trên 9 tài khoản")
    page.locator("#B02 [data-state=na]").click()
    page.keyboard.type("Tỉnh chưa triển khai")
    expect(page.locator("#B09_times, [data-place='/B/B09_times']").first).to_be_hidden()
    page.locator("#B09 [value=vneid]").check()
    expect(page.locator("[data-place='/B/B09_times']").first).to_be_visible()
    sent(page)


def answer_tools(page: Page) -> None:
    """Section C: a number out of its range tells so and is kept; the panel moves without asking the server."""
    open_section(page, "C")
    before = page.locator("[data-live=short]").inner_text()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    box = page.locator("[data-place='/C/C02'] input").first
    box.fill("140")
    box.press("Tab")
    expect(page.locator("#C02 [data-part=error]")).to_be_visible()
    box.fill("12,5")
    box.press("Tab")
    expect(page.locator("#C02 [data-part=error]")).to_be_hidden()
    expect(page.locator("[data-live=short]")).not_to_have_text(before)
    sent(page)
    assert {path for path in asked if not path.startswith("/field/")} <= {"/api/sync", "/api/field"}


def write_a_proposal(page: Page) -> None:
    open_section(page, "I")
    page.locator("#I07 [data-action=add]").click()
    page.keyboard.type("Cấp thêm máy quét")
    page.keyboard.press("Tab")
    sent(page)


def take_a_photo(page: Page, photo: Path) -> None:
    open_section(page, "H")
    page.locator("#H08 input[type=file]").set_input_files(photo)
    page.locator("#H08 .shot img").scroll_into_view_if_needed()
    expect(page.locator("#H08 .shot img")).to_have_js_property("naturalWidth", 320)
    sent(page)


def everything_is_still_there(page: Page) -> None:
    open_section(page, "B")
    expect(page.locator("#B01 input").nth(1)).to_be_checked()
    expect(page.locator("#B01 [data-facet=evidence]")).to_have_value("seen")
    expect(page.locator("#B01 [data-facet=note]")).to_have_value("Có 3 trên 9 tài khoản")
    expect(page.locator("#B02 [data-facet=reason]")).to_have_value("Tỉnh chưa triển khai")
    expect(page.locator("#B09 [value=vneid]")).to_be_checked()
    open_section(page, "C")
    expect(page.locator("[data-place='/C/C02'] input").first).to_have_value("12,5")
    open_section(page, "I")
    expect(page.locator("#I07 .instance textarea").first).to_have_value("Cấp thêm máy quét")


def submit(page: Page, visit: str) -> None:
    page.goto(visit)
    page.get_by_role("button", name=re.compile("Nộp khi còn")).click()
    expect(page.get_by_role("alert")).to_contain_text("Ghi lý do nộp khi chưa đủ")
    page.get_by_label(re.compile("Lý do nộp khi chưa đủ")).fill("Mất điện từ 10 giờ")
    page.get_by_role("button", name=re.compile("Nộp khi còn")).click()
    expect(page.get_by_role("status")).to_contain_text("Kết quả được khóa")
    expect(page.get_by_text("Lý do: Mất điện từ 10 giờ")).to_be_visible()
    open_section(page, "B")
    expect(page.locator("#B01 input").first).to_be_disabled()


def reopen(page: Page, visit: str) -> None:
    page.goto(visit)
    page.get_by_label("Lý do mở lại").fill("Bổ sung ảnh")
    page.get_by_role("button", name="Mở lại buổi làm việc").click()
    expect(page.get_by_role("status")).to_contain_text("Đã mở lại.")
    open_section(page, "B")
    expect(page.locator("#B01 input").first).to_be_enabled()


def test_from_signing_in_to_the_frozen_result_and_back(enter_demo: Enter, passwords: dict[str, str], tmp_path: Path):
    page = enter_demo("")
    Image.new("RGB", (640, 480), "green").save(tmp_path / "hall.jpg")
    sign_in_by_hand(page, "minh", passwords["minh"])
    plan_trip(page)
    visit = plan_visit(page)
    answer_systems(page)
    answer_tools(page)
    write_a_proposal(page)
    take_a_photo(page, tmp_path / "hall.jpg")
    everything_is_still_there(page)
    submit(page, visit)
    reopen(page, visit)
    everything_is_still_there(page)
