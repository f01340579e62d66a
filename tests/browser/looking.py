"""What is wrong with a page as people meet it: for a screen reader, for a thumb, on a narrow screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from survey.database import Database
from survey.store import attachments

SMALL = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary, textarea")]
  .map(part => part.closest("label") ?? part).filter(part => !part.matches(".skip"))
  .filter(part => { const box = part.getBoundingClientRect(); return box.width > 0 && Math.min(box.width, box.height) < 47.5; })
  .map(part => part.outerHTML.slice(0, 120))"""
SCREENS = [(390, 844), (800, 1280), (1280, 800)]
OUTERMOST = (390, 1280)
"""Widths at which axe looks: what a page shows in between stands on one of them too, and axe takes longest of all."""
AXE = Axe()
ONLY_FAULTS = {"resultTypes": ["violations"]}  # what is in order need not be described: half the time
COLOURS_SEEN = {**ONLY_FAULTS, "rules": {"color-contrast": {"enabled": False}}}
"""For a page whose colours were looked at on another width: contrast takes axe longer than all its other rules."""


def faults(page: Page, *, axe: dict[str, Any] | None = ONLY_FAULTS) -> list[str]:
    """What axe says when it is given options, what is too small for a thumb, what sticks out at the side."""
    page.wait_for_load_state()  # a link has been followed: without its styles every page is too wide
    found = AXE.run(page, options=axe).response["violations"] if axe else []
    told = [f"{fault['id']}: {node['html'][:120]}" for fault in found for node in fault["nodes"]]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return told + page.evaluate(SMALL) + (["wider than the screen"] if wide else [])


def on_every_screen(page: Page, *paths: str, axe_at: Sequence[int] = OUTERMOST) -> dict[str, list[str]]:
    """What is wrong, by path and width; the page is loaded once and then gets narrower or wider."""
    wrong = {}
    for path in paths:
        look_at(page, path)
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            options = (ONLY_FAULTS if width == axe_at[0] else COLOURS_SEEN) if width in axe_at else None
            if told := faults(page, axe=options):
                wrong[f"{path} at {width}"] = told
    return wrong


def look_at(page: Page, path: str) -> None:
    """Open a page and wait for what its scripts show."""
    page.goto(path)
    if "/fill/" in path or path.startswith("/field/") or page.locator("#map-config").count():
        expect(page.locator("html")).to_have_attribute("data-ready", "1")


def draw(page: Page, pad: Locator) -> None:
    """A stroke on the pad of a signature."""
    pad.scroll_into_view_if_needed()
    pad.hover(position={"x": 40, "y": 40})
    page.mouse.down()
    pad.hover(position={"x": 160, "y": 90})
    page.mouse.up()


def sign(page: Page, question: Locator) -> None:
    """A stroke on the pad of a signature, and the button that keeps it."""
    draw(page, question.locator("canvas"))
    question.locator("[data-action=sign]").click()
    expect(question.locator("img")).to_have_js_property("naturalWidth", 900)


def arrive_files(page: Page, db: Database, number: int) -> None:
    """Files follow their answers, so that the server has them a moment later."""
    for _ in range(100):
        if len(attachments.attachments_of(db, "v1")) == number:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{number} files did not arrive")
