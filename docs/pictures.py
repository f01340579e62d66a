"""Take the README's pictures of a fresh demo: `python -m docs.pictures` (needs Chromium and poppler-utils)."""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

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
        picture_report(data, visit)


def picture_report(data: Path, visit: str) -> None:
    """The first two pages of the report, the page with the chart of the conclusion, and the first recommendations."""
    from PIL import Image
    from pypdf import PdfReader

    pdf = data / "report.pdf"
    subprocess.run(["satcanh", "report", visit, "--out", pdf, "--data", data], check=True)
    subprocess.run(["pdftoppm", "-r", "60", "-png", pdf, data / "page"], check=True)
    texts = [page.extract_text() for page in PdfReader(pdf).pages]
    shown = [0, 1, *(next(n for n, text in enumerate(texts) if words in text) for words in ("Hình 2.", "Bảng 2."))]
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
