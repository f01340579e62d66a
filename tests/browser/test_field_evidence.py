"""What is gathered in a visit without a network: photos, places, signatures, copies, and what was written before."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from survey.database import Database
from survey.settings import Settings
from survey.store import attachments, changes
from survey.store.people import Person
from survey.sync import copies, copy_file
from tests.browser.looking import sign
from tests.browser.tablet import (
    answer,
    arrive,
    listen,
    make_ready,
    open_section,
    rows,
    save_line,
    set_clock,
    until,
    wear_clock,
)
from tests.field_world import plan_visit

Enter = Callable[..., Page]
FILE = """([person, hash]) => new Promise((done, failed) => {
  const opening = indexedDB.open(`satcanh.${person}`);
  opening.onerror = () => failed(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction("files").objectStore("files").get(["v1", hash]);
    asked.onsuccess = () => {
      opening.result.close();
      const reader = new FileReader();
      reader.onload = () => done(reader.result.split(",")[1]);
      reader.readAsDataURL(asked.result.blob);
    };
  };
})"""
COPIED_VISIT = {
    "id": "v1", "unit_code": "15271", "unit_title": "Xã Hà Trung", "planned_on": "2025-08-19",
    "checklist_id": "thu", "checklist_version": "1",
}  # fmt: skip
NOT_FOUND_IN_TIME = """navigator.geolocation.getCurrentPosition = (found, failed, how) => {
  window.askedHow = how;
  setTimeout(() => failed({ code: 3, message: "timeout" }), 10);
}"""


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: dict[str, Person]) -> None:
    plan_visit(db, cast)


@pytest.fixture
def sheet(enter: Enter) -> Page:
    """Section A on Lan's tablet, which has everything it needs and no network."""
    opened = open_section(make_ready(enter("lan")), "A")
    opened.context.set_offline(True)
    return opened


def add_photos(sheet: Page, folder: Path, *colours: str) -> None:
    """Take photos, one of each colour, and wait until they are on the tablet."""
    shots = sheet.locator("#A05 .shotbox")
    before = shots.count()
    files = [folder / f"{colour}.jpg" for colour in colours]
    for colour, file in zip(colours, files, strict=True):
        Image.new("RGB", (400, 300), colour).save(file)
    sheet.locator("#A05 input[type=file]").set_input_files(files)
    expect(shots).to_have_count(before + len(colours))


def is_seen(picture: Locator) -> None:
    until(picture.page, lambda: picture.evaluate("one => one.naturalWidth > 0"))
    assert picture.evaluate("one => one.naturalWidth > 0")


def photo_of_a_camera() -> bytes:
    """A photo of 4000 by 3000 held upright: noise, what is up is red, with the place in its data."""
    held = Image.effect_noise((3000, 4000), 90).convert("RGB")
    held.paste("red", (0, 0, 3000, 800))
    data = Image.Exif()
    data[0x0112] = 6
    data[0x8825] = {1: "N", 2: (19.0, 58.0, 48.0), 3: "E", 4: (105.0, 48.0, 0.0)}
    out = io.BytesIO()
    held.transpose(Image.Transpose.ROTATE_90).save(out, "JPEG", quality=95, exif=data)
    return out.getvalue()


def test_a_photo_is_made_small_upright_and_bare(sheet: Page, db: Database, settings: Settings, cast: dict[str, Person]):
    taken = photo_of_a_camera()
    assert len(taken) > 5_000_000
    sheet.locator("#A05 input[type=file]").set_input_files(
        {"name": "office.jpg", "mimeType": "image/jpeg", "buffer": taken}
    )
    expect(sheet.locator("#A05 .shotbox")).to_have_count(1)
    (row,) = rows(sheet, cast["lan"].id, "files")
    on_tablet = base64.b64decode(sheet.evaluate(FILE, [cast["lan"].id, row["hash"]]))
    assert len(on_tablet) == row["size"] < 600_000
    check_picture(on_tablet)
    sheet.context.set_offline(False)
    save_line(sheet, "đã gửi")
    until(sheet, lambda: bool(attachments.attachments_of(db, "v1")))
    check_picture(attachments.place_of(settings.data, row["hash"]).read_bytes())


def check_picture(content: bytes) -> None:
    """At most 2,000 px, portrait, what is up is red, and nothing of the camera in it."""
    assert b"Exif" not in content
    with Image.open(io.BytesIO(content)) as picture:
        assert dict(picture.getexif()) == {}
        width, height = picture.size
        assert (max(width, height) <= 2000, width * 4, height * 3) == (True, height * 3, height * 3)
        red, green, _ = picture.convert("RGB").getpixel((width // 2, height // 20))
        assert (red > 200, green < 60) == (True, True)


def test_photos_and_their_captions_are_there_after_a_restart_without_network(sheet: Page, db: Database, tmp_path: Path):
    add_photos(sheet, tmp_path, "green", "blue")
    for index, words in enumerate(("Trụ sở", "Bộ phận Một cửa")):
        box = sheet.locator("#A05 .shotbox input").nth(index)
        box.fill(words)
        box.press("Tab")
    open_section(sheet, "A")
    expect(sheet.locator("#A05 .shotbox input").nth(0)).to_have_value("Trụ sở")
    expect(sheet.locator("#A05 .shotbox input").nth(1)).to_have_value("Bộ phận Một cửa")
    for index in (0, 1):
        is_seen(sheet.locator("#A05 .shot img").nth(index))
    hashes = sheet.locator("#A05 .shotbox").evaluate_all("all => all.map((one) => one.dataset.hash)")
    sheet.context.set_offline(False)
    captions = {f"/A/A05#caption.{hashes[0]}": "Trụ sở", f"/A/A05#caption.{hashes[1]}": "Bộ phận Một cửa"}
    arrive(sheet, db, {"/A/A05": hashes} | captions)


def test_photos_of_two_tablets_are_all_kept(sheet: Page, enter: Enter, db: Database, tmp_path: Path):
    minh = open_section(enter("minh"), "A")
    minh.context.set_offline(True)
    add_photos(sheet, tmp_path, "green", "blue")
    add_photos(minh, tmp_path, "red")
    minh.context.set_offline(False)
    save_line(minh, "đã gửi")
    sheet.context.set_offline(False)
    sheet.get_by_role("button", name="Giữ cả hai").click()
    expect(sheet.locator("#A05 .two")).to_have_count(0)
    expect(sheet.locator("#A05 .shotbox")).to_have_count(3)
    save_line(sheet, "đã gửi")
    listen(minh)
    expect(minh.locator("#A05 .shotbox")).to_have_count(3)
    until(sheet, lambda: len(attachments.attachments_of(db, "v1")) == 3)
    sent = sorted(one.sha256 for one in attachments.attachments_of(db, "v1"))
    assert sorted(changes.answers_of(db, "v1")["/A/A05"]) == sent
    open_section(sheet, "A")
    for index in range(3):
        is_seen(sheet.locator("#A05 .shot img").nth(index))


def test_a_signature_is_kept_without_network(sheet: Page, db: Database):
    sign(sheet, sheet.locator("#A06"))
    open_section(sheet, "A")
    expect(sheet.locator("#A06 img")).to_have_js_property("naturalWidth", 900)
    sheet.context.set_offline(False)
    until(sheet, lambda: bool(attachments.attachments_of(db, "v1")))
    (kept,) = attachments.attachments_of(db, "v1")
    assert (changes.answers_of(db, "v1"), kept.media_type) == ({"/A/A06": kept.sha256}, "image/png")


def test_a_place_says_how_exact_it_is_and_stays(enter: Enter):
    place = {"latitude": 19.98, "longitude": 105.8, "accuracy": 12}
    sheet = open_section(make_ready(enter("lan", geolocation=place, permissions=["geolocation"])), "A")
    sheet.context.set_offline(True)
    sheet.locator("#A04 [data-action=locate]").click()
    for _ in range(2):
        expect(sheet.locator("#A04 [data-part=accuracy]")).to_have_text("Sai số khoảng 12 m.")
        expect(sheet.locator("#A04 input")).to_have_value("19.98000, 105.80000")
        open_section(sheet, "A")


def test_a_place_that_may_not_be_asked_for_can_be_typed(sheet: Page, cast: dict[str, Person]):
    sheet.locator("#A04 [data-action=locate]").click()
    expect(sheet.locator("#A04 [data-part=accuracy]")).to_have_text(
        "Chưa lấy được vị trí. Ra chỗ thoáng rồi thử lại, hoặc nhập vĩ độ, kinh độ."
    )
    answer(sheet, "A04", "19,98 105,8")
    assert [row["value"] for row in rows(sheet, cast["lan"].id, "changes")] == ["19.98 105.8 0 0"]


def test_a_place_is_searched_for_a_limited_time(sheet: Page):
    sheet.evaluate(NOT_FOUND_IN_TIME)
    sheet.locator("#A04 [data-action=locate]").click()
    expect(sheet.locator("#A04 [data-part=accuracy]")).to_contain_text("Chưa lấy được vị trí.")
    assert sheet.evaluate("window.askedHow") == {"enableHighAccuracy": True, "timeout": 20_000}


def test_a_copy_without_network_holds_everything(sheet: Page, cast: dict[str, Person], tmp_path: Path):
    answer(sheet, "A02", "Bà Thảo")
    add_photos(sheet, tmp_path, "green", "blue")
    copy = save_copy(sheet, tmp_path)
    with zipfile.ZipFile(copy) as archive:
        assert archive.testzip() is None
        contents, names = json.loads(archive.read("copy.json")), archive.namelist()
        log = [json.loads(line) for line in archive.read("changes.jsonl").splitlines()]
    assert log == rows(sheet, cast["lan"].id, "changes")
    files = rows(sheet, cast["lan"].id, "files")
    assert re.fullmatch(r"t-[0-9a-f-]{36}", contents.pop("device"))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", contents.pop("made_at"))
    assert contents == {
        "format": "satcanh-copy",
        "version": 1,
        "person": {"id": cast["lan"].id, "name": "Trần Thị Lan"},
        "visit": COPIED_VISIT,
        "changes": len(log),
        "attachments": [{"sha256": file["hash"], "media_type": "image/jpeg", "size": file["size"]} for file in files],
    }
    assert names == ["copy.json", "changes.jsonl", *(f"attachments/{file['hash']}" for file in files)]


def save_copy(sheet: Page, folder: Path) -> Path:
    """Save a copy from the review of the visit; gives where it lies."""
    sheet.get_by_role("link", name="Xem lại").first.click()
    with sheet.expect_download() as download:
        sheet.get_by_role("button", name="Lưu bản sao ra tệp").click()
    assert re.fullmatch(r"satcanh-15271-2025-08-19-\d{14}\.zip", download.value.suggested_filename)
    download.value.save_as(folder / "copy.zip")
    return folder / "copy.zip"


def test_a_copy_brings_everything_to_the_server_once(
    sheet: Page, db: Database, settings: Settings, cast: dict[str, Person], tmp_path: Path
):
    answer(sheet, "A02", "Bà Thảo")
    add_photos(sheet, tmp_path, "green", "blue")
    saved = save_copy(sheet, tmp_path)
    written = len(rows(sheet, cast["lan"].id, "changes"))
    assert take_in(db, settings, saved) == {"new": written, "attachments_new": 2}
    assert take_in(db, settings, saved) == {"known": written, "attachments_known": 2}
    sheet.context.set_offline(False)
    open_section(sheet, "A")
    save_line(sheet, "đã gửi")
    assert len(changes.changes_of(db, "v1")) == written
    assert rows(sheet, cast["lan"].id, "outbox") == []


def take_in(db: Database, settings: Settings, saved: Path) -> dict[str, int]:
    """What became of a copy that the operator brings in, without the zeros."""
    with saved.open("rb") as file, copy_file.opened_copy(file) as copy:
        counts = copies.take_in_copy(db, settings.data, copy, saved.name, None).counts()
    return {name: count for name, count in counts.items() if count}


def test_undo_takes_back_one_change_after_the_other(sheet: Page, db: Database):
    open_section(sheet, "B")
    for code, text in (("B05", "40"), ("B05", "55"), ("B06", "2")):
        answer(sheet, code, text)
        expect(sheet.locator(f"#{code} input")).to_have_value(text)
    undo = sheet.locator("[data-part=undo]")
    undo.click()
    expect(sheet.locator("#B06 input")).to_have_value("")
    expect(sheet.locator("[data-part=undone]")).to_have_text("Đã hoàn tác câu B06.")
    undo.click()
    expect(sheet.locator("#B05 input")).to_have_value("40")
    sheet.context.set_offline(False)
    arrive(sheet, db, {"/B/B05": 40, "/B/B06": None})
    assert sorted(str(change.value) for change in changes.changes_of(db, "v1")) == ["2", "40", "40", "55", "None"]


def test_undo_goes_by_what_replaced_what_and_not_by_the_clock(enter: Enter, cast: dict[str, Person]):
    sheet = enter("lan")
    wear_clock(sheet.context)
    open_section(make_ready(sheet)).context.set_offline(True)
    answer(sheet, "B05", "40")
    set_clock(sheet, -2)
    answer(sheet, "B05", "55")
    expect(sheet.locator("#B05 input")).to_have_value("55")
    undo = sheet.locator("[data-part=undo]")
    undo.click()
    expect(sheet.locator("#B05 input")).to_have_value("40")
    undo.click()
    expect(sheet.locator("#B05 input")).to_have_value("")


def test_undo_takes_nothing_of_others_away(sheet: Page, enter: Enter):
    open_section(sheet)
    answer(sheet, "B05", "40")
    sheet.context.set_offline(False)
    save_line(sheet, "đã gửi")
    minh = open_section(enter("minh"))
    answer(minh, "B05", "70")
    save_line(minh, "đã gửi")
    listen(sheet)
    expect(sheet.locator("#B05 input")).to_have_value("70")
    sheet.locator("[data-part=undo]").click()
    expect(sheet.locator("[data-part=undone]")).to_have_text("Không còn thay đổi nào của máy này để hoàn tác.")
    expect(sheet.locator("#B05 input")).to_have_value("70")


def test_the_history_lists_who_wrote_what_when_and_on_which_tablet(sheet: Page, enter: Enter, db: Database):
    minh = open_section(enter("minh"))
    answer(minh, "B05", "40")
    save_line(minh, "đã gửi")
    sheet.context.set_offline(False)
    expect(open_section(sheet).locator("#B05 input")).to_have_value("40")
    sheet.context.set_offline(True)
    answer(sheet, "B05", "55")
    expect(sheet.locator("#B05 .by")).to_contain_text("Trần Thị Lan")
    sheet.locator("#B05 [data-action=history]").click()
    dialog = sheet.get_by_role("dialog", name="Lịch sử câu B05")
    entries = [re.sub(r"\s+", " ", text) for text in dialog.get_by_role("listitem").all_inner_texts()]
    lans, minhs = (one.evaluate("JSON.parse(localStorage['satcanh.device']).slice(-4)") for one in (sheet, minh))
    assert [re.sub(r"\d\d:\d\d", "giờ", text) for text in entries] == [
        f"giờ · Trần Thị Lan · máy {lans} 55đang tính",
        f"giờ · Nguyễn Văn Minh · máy {minhs} 40",
    ]
