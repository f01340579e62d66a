"""The journey over the map: filter it, read it, point at a unit, open it; the table says the same; a keyboard is enough."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Enter = Callable[..., Page]
HA_TRUNG = "15271"


@pytest.fixture
def desk(enter_demo: Enter) -> Page:
    return enter_demo("huong", 1280, 800)


def legend(page: Page) -> dict[str, str]:
    """The words of the legend with their counts."""
    rows = page.get_by_role("list", name="Chú giải").get_by_role("listitem").all()
    return {row.locator(":scope > span").last.inner_text(): row.locator("b").inner_text() for row in rows}


def drawn(page: Page) -> Page:
    expect(page.locator("html")).to_have_attribute("data-ready", "1")
    return page


def test_filters_change_map_legend_and_address(desk: Page):
    desk.goto("/map")
    drawn(desk)
    whole = legend(desk)
    desk.get_by_role("combobox", name="Tỉnh, thành phố").select_option("38")
    expect(desk).to_have_url(re.compile(r"province=38"))
    expect(desk.get_by_role("heading", name="Tỉnh Thanh Hóa", exact=True)).to_be_visible()
    drawn(desk)
    assert int(legend(desk)["Chưa khảo sát"]) < int(whole["Chưa khảo sát"].replace(".", ""))
    desk.get_by_label("Lớp bản đồ").select_option("gates")
    expect(desk).to_have_url(re.compile(r"layer=gates"))
    expect(desk.locator("#map-legend")).to_contain_text("Số điều kiện bắt buộc chưa đạt")
    assert list(legend(desk)) != list(whole)
    desk.get_by_label("Câu hỏi của phiếu").fill(question := desk.locator("#items option").first.get_attribute("value"))
    expect(desk).to_have_url(re.compile(r"layer=item-"))
    expect(desk.locator("#map-legend")).to_contain_text(question)
    desk.go_back()
    expect(desk.locator("#map-legend")).to_contain_text("Số điều kiện bắt buộc chưa đạt")


def test_legend_values_and_table_agree(desk: Page):
    desk.goto("/map?province=38")
    counts = {words: int(count) for words, count in legend(desk).items()}
    values = desk.request.get("/map/values.json?province=38").json()
    desk.get_by_role("link", name="Bảng", exact=True).click()
    rows = desk.locator(".mtable tbody tr")
    expect(rows).to_have_count(166)
    told = {words: rows.filter(has_text=words).count() for words in counts if words != "Độ tin cậy thấp"}
    assert told == {words: count for words, count in counts.items() if words != "Độ tin cậy thấp"}
    assert sum(told.values()) - told["Chưa khảo sát"] == len(values["units"])
    assert HA_TRUNG in values["units"]


def test_pointing_at_a_unit_names_it_and_a_click_opens_its_page(desk: Page):
    desk.goto("/map?province=38")
    canvas = drawn(desk).locator("canvas.cells")
    box = canvas.bounding_box()
    assert box
    desk.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    flag = desk.locator(".flag")
    expect(flag).to_be_visible()
    name = flag.locator("b").inner_text()
    desk.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(desk).to_have_url(re.compile(r"/units/\d{5}$"))
    expect(desk.get_by_role("heading", level=1)).to_have_text(name)


def test_the_list_beside_the_map_is_there_with_the_map_and_without_it(desk: Page):
    desk.goto("/map")
    expect(drawn(desk).get_by_role("row", name="Thanh Hóa")).to_be_visible()
    desk.route("**/map/geometry.bin*", lambda route: route.abort())
    desk.goto("/map")
    expect(desk.get_by_role("alert")).to_contain_text("Không tải được bản đồ")
    expect(desk.get_by_role("row", name="Thanh Hóa")).to_be_visible()


def test_a_keyboard_reaches_a_unit_and_its_visit(desk: Page):
    desk.goto("/map?province=38&view=table")
    link = desk.get_by_role("link", name="Xã Hà Trung")
    link.focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Hà Trung")
    desk.get_by_role("link", name="19/08/2025", exact=True).focus()
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile(r"/visits/"))
    expect(desk.get_by_text("Cần hỗ trợ có thời hạn").first).to_be_visible()


def test_typing_a_name_finds_the_unit(desk: Page):
    desk.goto("/map")
    desk.get_by_label("Tìm xã, phường, đặc khu").press_sequentially("ha trung")
    desk.get_by_role("link", name=re.compile("Hà Trung.*15271")).click()
    expect(desk).to_have_url(re.compile("/units/15271$"))


def test_a_province_has_only_its_own_map(enter_demo: Enter):
    page = enter_demo("thao", 1280, 800)
    page.goto("/map?province=01")
    expect(page.get_by_role("combobox", name="Tỉnh, thành phố").locator("option")).to_have_text(["Thanh Hóa"])
