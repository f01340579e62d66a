"""How soon pages can be used in Chromium, at full speed and with the processor slowed four times."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from playwright.sync_api import Browser, BrowserContext, Response

from bench.figures import Figure, from_runs
from bench.server import signed_in

RUNS = 9
SETTLE_MS = 700
"""A tab that has just been opened is busy with itself; people come to a page in one that is at rest."""

WATCH_MS = 2000

MOMENTS = """() => [
  performance.getEntriesByType("mark").map(({name, startTime}) => [name, startTime]),
  performance.getEntriesByName("first-contentful-paint")[0].startTime,
]"""

Aims = tuple[float | None, float | None]  # at full speed, slowed four times


def moments(
    context: BrowserContext,
    address: str,
    slow: int,
    link: Mapping[str, float] = MappingProxyType({}),
    watch_ms: int = WATCH_MS,
) -> dict[str, float]:
    """Milliseconds from the start of the navigation to each mark that the page sets, but not before it can be seen.

    `link` is what Chromium emulates of a network: latency (ms), downloadThroughput and uploadThroughput (bytes/s).
    """
    page = context.new_page()
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slow})
    if link:
        session.send("Network.emulateNetworkConditions", {"offline": False, **link})
    page.wait_for_timeout(SETTLE_MS)
    page.goto(address)
    page.wait_for_timeout(watch_ms)  # asking the page meanwhile whether it is ready would keep it from becoming so
    page.locator("html[data-ready='1']").wait_for(state="attached")
    marks, seen = page.evaluate(MOMENTS)
    page.close()
    return {name: max(moment, seen) for name, moment in marks}


def measure_page(
    chromium: Browser, address: str, data: Path, name: str, path: str, aims: dict[str, Aims]
) -> list[Figure]:
    """The marks of a page with an empty cache (a new context a run), at ×1 and ×4; `aims` by mark."""
    figures = []
    for place, slow in enumerate((1, 4)):
        runs = []
        for _ in range(RUNS):
            context = signed_in(chromium, address, data, "minh")
            runs.append(moments(context, address + path, slow))
            context.close()
        for mark, aim in aims.items():
            figures.append(from_runs(f"{name} {mark}, CPU ×{slow}", [run[mark] for run in runs], "ms", aim[place]))
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
