"""How soon pages can be used in Chromium, at full speed and with the processor slowed four times."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Response

from bench.figures import Figure, from_runs
from bench.server import signed_in

RUNS = 7


def ready_ms(context: BrowserContext, address: str, slow: int) -> float:
    """Milliseconds from the start of the navigation until the page says that it is ready."""
    page = context.new_page()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slow})
    page.goto(address)
    page.locator("html[data-ready='1']").wait_for(state="attached")
    moment = page.evaluate("() => performance.getEntriesByName('ready')[0].startTime")
    page.close()
    return float(moment)


def measure_page(
    chromium: Browser,
    address: str,
    data: Path,
    name: str,
    path: str,
    aims: tuple[float, float],
) -> list[Figure]:
    """Ready times with an empty cache (a new context a run), at ×1 and ×4."""
    figures = []
    for slow, aim in zip((1, 4), aims, strict=True):
        values = []
        for _ in range(RUNS):
            context = signed_in(chromium, address, data, "minh")
            values.append(ready_ms(context, address + path, slow))
            context.close()
        figures.append(from_runs(f"{name} ready, CPU ×{slow}", values, "ms", aim))
    return figures


def script_and_style_kb(context: BrowserContext, address: str) -> float:
    """kB of JavaScript and CSS that a page loads, as the server sends them (gzip)."""
    page, sizes = context.new_page(), []
    page.on("response", _collect(sizes))
    page.goto(address)
    page.locator("html[data-ready='1']").wait_for(state="attached")
    page.close()
    return sum(sizes) / 1000


def _collect(sizes: list[int]) -> Callable[[Response], None]:
    def note(response: Response) -> None:
        kind = response.headers.get("content-type", "")
        if "javascript" in kind or "css" in kind:
            sizes.append(int(response.headers["content-length"]))

    return note
