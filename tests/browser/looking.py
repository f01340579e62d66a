"""What is wrong with a page as people meet it: for a screen reader, for a thumb, on a narrow screen."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page

SMALL = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary, textarea")]
  .map(part => part.closest("label") ?? part).filter(part => !part.matches(".skip"))
  .filter(part => { const box = part.getBoundingClientRect(); return box.width > 0 && Math.min(box.width, box.height) < 47.5; })
  .map(part => part.outerHTML.slice(0, 120))"""
AXE = Axe()
ONLY_FAULTS = {"resultTypes": ["violations"]}  # what is in order need not be described: half the time
OF_A_FRAME = {"rules": {"region": {"enabled": False}}}  # the landmarks are those of the page around it


def faults(page: Page | Frame) -> list[str]:
    """What axe says, what is too small for a thumb, what sticks out at the side."""
    options = ONLY_FAULTS | (OF_A_FRAME if isinstance(page, Frame) else {})
    found = AXE.run(page, options=options).response["violations"]  # type: ignore[arg-type]
    told = [f"{fault['id']}: {node['html'][:120]}" for fault in found for node in fault["nodes"]]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return told + page.evaluate(SMALL) + (["wider than the screen"] if wide else [])
