"""Take the README's pictures of a fresh demo: `python -m docs.pictures` (needs Chromium and poppler-utils)."""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from bench.server import browser, make_demo, running_server, signed_in, visit_of

FOLDER = Path(__file__).parent / "pictures"
VISITS = 500
TABLET, DESK = (800, 1280), (1280, 800)


def main() -> None:
    """Every picture, from one data folder."""
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        data = Path(folder)
        make_demo(data, VISITS)
        visit = visit_of(data, "submitted")
        pages = [
            ("fill-800", TABLET, f"/visits/{visit}/fill/C"),
            ("home-800", TABLET, "/"),
            ("visit-1280", DESK, f"/visits/{visit}"),
            ("map-1280", DESK, "/map"),
        ]
        with running_server(data) as (address, _), browser() as chromium:
            context = signed_in(chromium, address, data, "minh")
            page = context.new_page()
            for name, (width, height), path in pages:
                page.set_viewport_size({"width": width, "height": height})
                page.goto(address + path)
                page.wait_for_timeout(2500)
                page.screenshot(path=FOLDER / f"{name}.png")
            picture_field(chromium, address, data)
        picture_report(data, visit)


def picture_field(chromium: Browser, address: str, data: Path) -> None:
    """Two tablets without a network: ready, filled apart, different answers once they are back, what it comes to."""
    visit = visit_of(data, "draft")
    minh, lan = (signed_in(chromium, address, data, login).new_page() for login in ("minh", "lan"))
    for page in (minh, lan):
        page.goto(f"{address}/field/vi/")
        page.locator("[data-part=download]").click()
        page.locator("[data-part=download]:not([disabled])").wait_for(timeout=60_000)
        page.goto(f"{address}/visits/{visit}/fill/B")
        page.locator("html[data-ready='1']").wait_for(state="attached")
        page.context.set_offline(True)
    lan.locator("#B01 .level").nth(3).click()
    minh.locator("#B01 .level").nth(1).click()
    minh.locator("#B02 label").first.click()
    minh.wait_for_timeout(1500)
    minh.screenshot(path=FOLDER / "field-offline-800.png")
    minh.goto(f"{address}/field/vi/")
    minh.wait_for_timeout(2500)
    minh.screenshot(path=FOLDER / "field-home-800.png")
    for page in (lan, minh):
        page.context.set_offline(False)
        page.wait_for_timeout(3000)
    minh.goto(f"{address}/visits/{visit}/fill/B")
    minh.locator("#B01 .two").wait_for()
    minh.locator("#B01 .two").scroll_into_view_if_needed()
    minh.wait_for_timeout(1000)
    minh.screenshot(path=FOLDER / "field-two-800.png")


def picture_report(data: Path, visit: str) -> None:
    """The first two pages of the report, the page with the chart of the conclusion, and the first recommendations."""
    from PIL import Image
    from pypdf import PdfReader

    pdf = data / "report.pdf"
    subprocess.run(["satcanh", "report", visit, "--out", pdf, "--data", data], check=True)
    subprocess.run(["pdftoppm", "-r", "60", "-png", pdf, data / "page"], check=True)
    texts = [page.extract_text() for page in PdfReader(pdf).pages]
    shown = [0, 1, *(next(n for n, text in enumerate(texts) if words in text) for words in ("Từ 0 đến 100", "Bảng 3."))]
    pages = sorted(data.glob("page-*.png"))
    images = [Image.open(pages[number]) for number in shown]
    sheet = Image.new("RGB", (sum(image.width for image in images), images[0].height), "white")
    left = 0
    for image in images:
        sheet.paste(image, (left, 0))
        left += image.width
    sheet.save(FOLDER / "report.png", optimize=True)


if __name__ == "__main__":
    main()
