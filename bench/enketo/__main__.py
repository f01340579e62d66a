"""Run both pages by turns, so that they find the machine in one state, and print how much of Enketo's time ours takes.

It needs node, npm and the npm registry, which nothing else here does.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, BrowserContext

from bench import form_sample, forms, pages
from bench.enketo.building import build, served, write_pages
from bench.field import slow_down
from bench.figures import Figure, machine
from bench.server import browser, fill_address, running_server, signed_in

RUNS = 9
TAPS = 120
LONGEST_MS = 8_000
"""Until Enketo has opened the longest form on a slow processor."""

AIMS = {80: (1 / 2, 1 / 3), 300: (1 / 2, 1 / 3), 1_000: (1 / 3, 1 / 3)}
"""How much of Enketo's time it may take until a page is ready, and from a tap to the questions in it."""

FILL = """async () => {
  for (const question of document.querySelectorAll("fieldset.question")) {
    const choices = question.querySelectorAll("input[type=radio], input[type=checkbox]");
    if (choices.length && !question.closest(".disabled")) choices[2].click();
  }
  for (const input of document.querySelectorAll("input[type=number]")) {
    input.value = 7;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}"""
LEVELS = ("fieldset.question input[type=radio]", ".disabled")
"""What is tapped in Enketo, and what holds those that are not asked."""


def main() -> None:
    if not shutil.which("npm"):
        sys.exit("npm is needed to install Enketo.")
    print(machine().line())
    with TemporaryDirectory() as place:
        folder, data = Path(place) / "enketo", Path(place) / "forms"
        folder.mkdir()
        build(folder)
        for figure in measure(folder, data):
            print(figure.line(), flush=True)
    print(machine().line())


def measure(folder: Path, data: Path) -> Iterator[Figure]:
    visits = form_sample.prepare(data)
    with running_server(data) as (address, _), served(folder) as theirs, browser() as chromium:
        write_pages(chromium, folder)
        for size in form_sample.SIZES:
            empty, answered = (address + fill_address(data, visits[size, done], "S01") for done in (False, True))
            for slow in forms.RATES:
                yield ready(chromium, data, empty, f"{theirs}/{size}.html", slow, size)
            for slow in forms.RATES:
                yield tapped(chromium, data, answered, f"{theirs}/{size}.html", slow, size)


def ready(chromium: Browser, data: Path, ours: str, theirs: str, slow: int, size: int) -> Figure:
    """Milliseconds until both can be seen and used, on the first opening, by turns."""
    watch_ms = LONGEST_MS if size > 300 else 3_000

    def run(context: BrowserContext, page: str) -> float:
        moment = pages.moments(context, page, slow, watch_ms=watch_ms)["ready"]
        context.close()
        return moment

    address = ours.partition("/field")[0]
    found = [(run(signed_in(chromium, address, data, "minh"), ours), run(fresh(chromium), theirs)) for _ in range(RUNS)]
    ours_ms, theirs_ms = (median(times) for times in zip(*found, strict=True))
    return beside(f"{size:,} questions: ready, CPU ×{slow}", ours_ms, theirs_ms, AIMS[size][0])


def tapped(chromium: Browser, data: Path, ours: str, theirs: str, slow: int, size: int) -> Figure:
    """What 95 of 100 taps stay below, from the tap to the questions in the page, in a form that is filled."""
    mine, _ = forms.taps(signed_in(chromium, ours.partition("/field")[0], data, "minh"), ours, size, slow)
    context = fresh(chromium)
    page = context.new_page()
    page.goto(theirs)
    page.locator("html[data-ready='1']").wait_for(state="attached")
    page.evaluate(FILL)
    slow_down(context, page, slow)
    page.evaluate(forms.TAP, [*LEVELS, 5])
    ours_ms, theirs_ms = (quantiles(times, n=20)[-1] for times in (mine, page.evaluate(forms.TAP, [*LEVELS, TAPS])))
    context.close()
    return beside(f"{size:,} questions: tap to DOM, p95, CPU ×{slow}", ours_ms, theirs_ms, AIMS[size][1])


def fresh(chromium: Browser) -> BrowserContext:
    return chromium.new_context(viewport={"width": 800, "height": 1280}, locale="vi-VN")


def beside(name: str, ours: float, theirs: float, aim: float) -> Figure:
    return Figure(name, ours / theirs, "", round(aim, 2), beside=f"{ours:.4g} : {theirs:.4g} ms")


if __name__ == "__main__":
    main()
