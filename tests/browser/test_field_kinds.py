"""The types that few checklists have, on a tablet: filled without a network, they reach the server as what they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from survey.assess import open_visit
from survey.database import Database
from survey.store import changes, visits
from survey.store.people import Person
from tests.browser.looking import arrive_files, draw, on_every_screen
from tests.browser.tablet import listen, make_ready, open_section, until
from tests.field_world import plan_visit
from tests.file_samples import wav, webm
from tests.kinds_world import KINDS

Enter = Callable[..., Page]
HERE = {"latitude": 19.98, "longitude": 105.8, "accuracy": 12}
HASH = re.compile(r"[0-9a-f]{64}")


def fill_times(page: Page) -> None:
    page.locator("#T01 input").fill("07:30")
    page.locator("#T02 input").fill("2025-08-18T09:05")
    page.locator("#T03 input").fill("1986")
    page.locator("#T04 select").select_option("08")
    page.locator("#T04 input").fill("2024")
    page.locator("#T04 input").press("Tab")


def fill_scales(page: Page) -> None:
    page.locator("#N01 input").focus()
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    page.locator("#N02 [data-slide='1']").click(click_count=3, delay=20)
    page.locator("#N03 [data-choice=network] [data-move='-1']").click()
    page.locator("#N03 [data-choice=people] [data-part=handle]").drag_to(
        page.locator("#N03 [data-choice=training]"), target_position={"x": 90, "y": 50}
    )
    page.locator("#N04 input").fill("1.234.567")
    page.locator("#N05 input").fill("2.500,5")
    page.locator("#N05 input").press("Tab")
    page.locator("#N07 [data-choice=other]").click()
    page.locator("#N07_other input").fill("Đường truyền")
    page.locator("#N07_other input").press("Tab")


def fill_pictures(page: Page, folder: Path) -> None:
    film, photo, sound, paper = (folder / name for name in ("quay.webm", "hong.jpg", "ghi.wav", "quyet-dinh.txt"))
    film.write_bytes(webm(b"V_VP9"))
    sound.write_bytes(wav())
    paper.write_text("Quyết định", encoding="utf-8")
    Image.new("RGB", (800, 600), "white").save(photo)
    page.locator("#M01 input[type=file]").set_input_files(film)
    page.locator("#M06 input[type=file]").set_input_files(sound)
    page.locator("#M07 input[type=file]").set_input_files(paper)
    page.locator("#M04 input[type=text]").fill("SC-01")
    page.locator("#M02 [data-draw=open]").click()
    draw(page, page.locator("#M02 canvas"))
    page.locator("#M02 [data-draw=keep]").click()
    expect(page.locator("#M02 .shotbox img")).to_have_js_property("complete", True)
    page.locator("#M03 input[type=file]").set_input_files(photo)
    draw(page, page.locator("#M03 canvas"))
    page.locator("#M03 [data-draw=keep]").click()
    expect(page.locator("#M03 .shotbox img")).to_have_js_property("complete", True)
    page.locator("#M05 .chip").click()


EXPECTED = {
    "/T/T01": "07:30:00",
    "/T/T02": "2025-08-18T09:05:00.000+07:00",
    "/T/T03": "1986-01-01",
    "/T/T04": "2024-08-01",
    "/N/N01": 7,
    "/N/N02": 1,
    "/N/N03": ["network", "money", "training", "people"],
    "/N/N04": 1234567,
    "/N/N05": 2500.5,
    "/N/N07": "other",
    "/N/N07_other": "Đường truyền",
    "/M/M04": "SC-01",
    "/M/M05": "OK",
    "/where": "19.980000 105.800000 0.0 12",
}


def test_every_rare_type_is_filled_without_a_network_and_reaches_the_server(
    enter: Enter, db: Database, cast: dict[str, Person], tmp_path: Path
):
    plan_visit(db, cast, KINDS)
    page = make_ready(
        enter("lan", geolocation=HERE, permissions=["geolocation"], timezone_id="Asia/Ho_Chi_Minh", locale="vi-VN")
    )
    page.context.set_offline(True)
    fill_times(open_section(page, "T"))
    expect(page.locator("[data-place='/T/T05']")).to_contain_text("Người ghi: Trần Thị Lan, bắt đầu ")
    fill_scales(open_section(page, "N"))
    fill_pictures(open_section(page, "M"), tmp_path)
    recording, button = (page.locator(f"#M06 {part}").bounding_box() for part in ("audio", "label.btn"))
    assert recording and button and recording["x"] + recording["width"] <= button["x"]  # neither lies over the other
    page.context.set_offline(False)
    listen(page)
    until(page, lambda: len(changes.answers_of(db, "v1")) == len(EXPECTED) + 5)
    arrive_files(page, db, 5)
    visit = visits.find(db, "v1")
    assert visit and open_visit(db, visit).value("/who", ()) == "Trần Thị Lan"
    found = changes.answers_of(db, "v1")
    files = [found.pop(f"/M/{code}") for code in ("M01", "M02", "M03", "M06", "M07")]
    assert found == EXPECTED and all(HASH.fullmatch(one) for many in files for one in many)


def test_controls_of_rare_types_have_no_barriers(enter: Enter, db: Database, cast: dict[str, Person]):
    plan_visit(db, cast, KINDS)
    page = make_ready(enter("lan"))
    paths = [f"/field/vi/fill/thu/1/full/{section}?visit=v1" for section in "TNM"]
    assert on_every_screen(page, *paths) == {}
