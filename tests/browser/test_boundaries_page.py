"""Official boundaries as an administrator brings them in: choose the file, read what became of it, see it on the map."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from survey.database import Database
from survey.store.people import Person
from tests.boundary_world import WIDE, collection, every_unit, feature, save, square
from tests.browser.looking import SCREENS, faults

Enter = Callable[..., Page]


def drawn(page: Page) -> Page:
    expect(page.locator("html")).to_have_attribute("data-ready", "1")
    return page


def flag_at(page: Page, right: float, down: float) -> str | None:
    """What the map names at a place, in parts of its width and height; None = no unit there."""
    box = page.locator("canvas.cells").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * right, box["y"] + box["height"] * down)
    flag = page.locator(".flag")
    return flag.locator("b").inner_text() if flag.is_visible() else None


def test_the_map_shows_what_was_imported_and_the_schematic_again(
    enter: Enter, db: Database, cast: dict[str, Person], tmp_path: Path
):
    everything = every_unit()
    only = [one for one in everything["features"] if one["properties"]["code"] != "15271"]
    path = save(tmp_path / "ranh-gioi.geojson", collection(*only, feature("15271", square(112.5, 20.0, WIDE))))
    page = enter("quan", 1280, 800)
    page.goto("/map")
    page.get_by_role("link", name="Ranh giới trên bản đồ").click()
    page.get_by_label("Tệp ranh giới").set_input_files(path)
    page.get_by_role("button", name="Nhập ranh giới").click()
    expect(page.get_by_role("status")).to_have_text("Mọi đơn vị đều có ranh giới. Bản đồ đã dùng tệp này.")
    page.get_by_role("link", name="Xem bản đồ").click()
    expect(drawn(page).locator(".mdrawn")).to_contain_text("Ranh giới: ranh-gioi.geojson, nhập")
    expect(page.locator(".mdrawn")).not_to_contain_text("sơ đồ", ignore_case=True)
    page.goto("/map?province=38")
    # The largest part of the province is now that square in the sea: the map opens on it and names its only unit.
    assert flag_at(drawn(page), 0.5, 0.5) == "Xã Hà Trung"
    page.goto("/map/boundaries")
    page.get_by_role("button", name="Bỏ ranh giới, dùng lại sơ đồ").click()
    page.goto("/map?province=38")
    expect(drawn(page).locator(".mdrawn")).to_contain_text("Sơ đồ, không phải ranh giới")
    assert flag_at(page, 0.5, 0.5) not in (None, "Xã Hà Trung")


def test_what_is_wrong_with_a_file_reads_well_on_every_screen(
    enter: Enter, db: Database, cast: dict[str, Person], tmp_path: Path
):
    files = {
        "thiếu nhiều đơn vị": save(tmp_path / "a.json", collection(feature("15271", square(105.8, 20)), feature("9", square(106, 20)))),
        "không khép kín": save(tmp_path / "b.json", collection(feature("15271", square(105.8, 20)[:-1]))),
    }  # fmt: skip
    page, wrong = enter("quan"), {}
    page.goto("/map/boundaries")
    for words, path in files.items():
        page.get_by_label("Tệp ranh giới").set_input_files(path)
        page.get_by_role("button", name="Nhập ranh giới").click()
        expect(page.locator(".alert")).to_have_count(1)
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            wrong |= {f"{words} at {width}": told} if (told := faults(page)) else {}
    assert wrong == {}
