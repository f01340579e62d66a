"""The checklist page with 80, 300 and 1,000 questions, beside the best of the other engines on the same forms.

Ours opens one section of 20 questions as a page of its own, while its logic runs over the whole checklist; theirs show
all questions in one page. So there are also figures of going through all sections, which is what a delegation does.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from bench import form_sample, pages
from bench.field import slow_down
from bench.figures import Figure, from_runs, ninety_fifth
from bench.server import browser, fill_address, running_server, signed_in

RUNS = 5
TAPS = 40  # in each of three sections
LINK = {"latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 1_600_000 / 8}
RATES = (1, 4)


class Reference(NamedTuple):
    """What Enketo 9.0.1 was measured to need for the same form: ms at ×1 and ×4, MB; and what is aimed at here."""

    ready: tuple[float, float]
    tap: tuple[float, float]
    memory: float
    ready_aim: tuple[float, float]
    tap_aim: tuple[float, float]
    memory_aim: float


ENKETO_KB = 291
SIZE_AIMS = {80: 60, 300: 60}
ENKETO = {
    80: Reference((404, 1136), (4.5, 18.8), 78, (202, 568), (1.5, 6.3), 78),
    300: Reference((523, 1542), (6.7, 33.1), 100, (261, 771), (2.2, 11), 100),
    1_000: Reference((926, 3149), (19.7, 72.2), 160, (309, 1050), (4, 16), 100),
}
ENKETO_ON_LINK = 2400

TAP = """async ([choices, hidden, taps]) => {
  const isFree = (one) => !one.checked && !one.closest(hidden);
  const inputs = () => [...document.querySelectorAll(choices)].filter(isFree);
  const times = [];
  for (let n = 0; n < taps; n += 1) {
    const free = inputs();
    const input = free[(n * 7) % free.length];
    const start = performance.now();
    input.click();
    times.push(performance.now() - start);
    await new Promise((rest) => setTimeout(rest, 60));
  }
  return times;
}"""
"""What a click changes in the questions is in the page when it returns: values, questions that come and go, errors."""

LEVELS = (".level__in", "[hidden]")
"""What is tapped, and what holds those that are not asked."""

FILL = """async () => {
  let taps = 0;
  for (const group of document.querySelectorAll(".levels, .chips")) {
    const input = group.querySelector("input:not(:checked)");
    if (!input || group.closest("[hidden]")) continue;
    input.click();
    taps += 1;
  }
  await new Promise((rest) => setTimeout(rest, 100));
  return taps;
}"""


def measure(folder: Path) -> Iterator[Figure]:
    """The figures of all sizes, one after the other; the data folder is made for them."""
    visits = form_sample.prepare(folder)
    fills = {one: fill_address(folder, visit, "S01") for one, visit in visits.items()}
    with running_server(folder) as (address, _):
        memory = {size: _memory(folder, address, address + fills[size, False]) for size in form_sample.SIZES}
        with browser() as chromium:
            for size in form_sample.SIZES:
                yield from _opening(chromium, folder, address, address + fills[size, False], size)
                enketo = ENKETO[size]
                beside = f"Enketo {enketo.memory:g}"
                yield Figure("  renderer memory", memory[size], "MB", enketo.memory_aim, beside=beside)
                yield from _tapping(chromium, folder, address, address + fills[size, True], size)
            yield from _on_link(chromium, folder, address, address + fills[300, False])
            yield from _going_through(chromium, folder, address, address + fills[1_000, False])


def _opening(chromium: Browser, data: Path, address: str, fill: str, questions: int) -> list[Figure]:
    """Size and moment of being ready on the first opening, with nothing kept from before."""
    reference = ENKETO[questions]
    context = signed_in(chromium, address, data, "minh")
    size = pages.script_and_style_kb(context, fill)
    context.close()
    name = f"{questions:,} questions: JS + CSS, gzip"
    figures = [Figure(name, size, "kB", SIZE_AIMS.get(questions), beside=f"Enketo {ENKETO_KB}")]
    for place, slow in enumerate(RATES):
        runs = [_ready(chromium, data, address, fill, slow) for _ in range(RUNS)]
        beside = f"Enketo {reference.ready[place]:,}"
        figures.append(from_runs(f"  section ready, CPU ×{slow}", runs, "ms", reference.ready_aim[place], beside))
    return figures


def _ready(
    chromium: Browser, data: Path, address: str, fill: str, slow: int, link: dict[str, float] | None = None
) -> float:
    context = signed_in(chromium, address, data, "minh")
    found = pages.moments(context, fill, slow, link or {})
    context.close()
    return found["ready"]


def _memory(data: Path, address: str, fill: str) -> float:
    """MB of the renderer that shows the page, in a browser of its own."""
    with browser() as chromium:
        page = opened(signed_in(chromium, address, data, "minh"), fill)
        page.wait_for_timeout(1000)
        return renderer_mb(chromium)


def renderer_mb(chromium: Browser) -> float:
    """Resident memory (Pss) of the largest renderer."""
    found: Any = chromium.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    renderers = [one["id"] for one in found["processInfo"] if one["type"] == "renderer"]
    return max(_pss_kb(pid) for pid in renderers) / 1024


def _pss_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended meanwhile
        return 0
    return int(next(line for line in lines if line.startswith("Pss:")).split()[1])


def opened(context: BrowserContext, fill: str) -> Page:
    page = context.new_page()
    page.goto(fill)
    page.locator("html[data-ready='1']").wait_for(state="attached")
    return page


def _tapping(chromium: Browser, data: Path, address: str, fill: str, questions: int) -> list[Figure]:
    """From a tap to the questions in the page, in a visit in which everything is answered; and all that follows."""
    reference = ENKETO[questions]
    figures = []
    for place, slow in enumerate(RATES):
        times, work = taps(signed_in(chromium, address, data, "minh"), fill, questions, slow)
        beside = f"Enketo {reference.tap[place]:g}"
        name = f"  tap to DOM, p95, CPU ×{slow}"
        figures.append(ninety_fifth(name, times, "ms", reference.tap_aim[place], beside))
        figures.append(from_runs("    all work that follows a tap: panel, disk, sending", work, "ms"))
    return figures


def taps(context: BrowserContext, fill: str, questions: int, slow: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each tap in the first, a middle and the last section; of the main thread per tap, by section."""
    sections = questions // 20
    times, work = list[float](), list[float]()
    for number in (1, sections // 2, sections):
        page = context.new_page()
        slow_down(context, page, slow)
        page.goto(fill.replace("/S01?", f"/S{number:02d}?"))
        page.wait_for_timeout(pages.WATCH_MS)
        session = context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})  # whatever else runs on this machine
        page.evaluate(TAP, [*LEVELS, 5])
        before = metric(session, "TaskDuration")
        times += page.evaluate(TAP, [*LEVELS, TAPS])
        page.wait_for_timeout(500)
        work.append((metric(session, "TaskDuration") - before) * 1000 / TAPS)
        page.close()
    context.close()
    return times, work


def metric(session: CDPSession, name: str) -> float:
    found: Any = session.send("Performance.getMetrics")
    return float(next(one["value"] for one in found["metrics"] if one["name"] == name))


def _on_link(chromium: Browser, data: Path, address: str, fill: str) -> list[Figure]:
    """A slow link: the first opening of 300 questions, and whether a tap ever waits for it."""
    runs = [_ready(chromium, data, address, fill, 1, LINK) for _ in range(RUNS)]
    context = signed_in(chromium, address, data, "minh")
    page = opened(context, fill)
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", {"offline": False, **LINK})
    times = page.evaluate(TAP, [*LEVELS, TAPS])
    context.close()
    beside = f"Enketo {ENKETO_ON_LINK:,}"
    return [
        from_runs("300 questions on a link of 1.6 Mbit/s, 150 ms: ready", runs, "ms", 1000, beside),
        ninety_fifth("  tap to DOM on it, p95", times, "ms", ENKETO[300].tap_aim[0]),
    ]


def _going_through(chromium: Browser, data: Path, address: str, fill: str) -> list[Figure]:
    """Answering every section of 1,000 questions in one tab, and what the first section weighs before and after."""
    context = signed_in(chromium, address, data, "minh")
    page = context.new_page()
    before, ready, taps = _weigh(page, fill), list[float](), 0
    for number in range(1, 51):
        page.goto(fill.replace("/S01?", f"/S{number:02d}?"))
        page.locator("html[data-ready='1']").wait_for(state="attached")
        ready.append(page.evaluate("performance.getEntriesByName('ready')[0].startTime"))
        taps += page.evaluate(FILL)
    after = _weigh(page, fill)
    context.close()
    return [
        ninety_fifth("1,000 questions, going through 50 sections: each ready, p95", ready[1:], "ms"),
        from_runs("  the median section", ready[1:], "ms"),
        Figure(f"  JavaScript heap grown by, after {taps:,} taps", after - before, "MB", 2),
    ]


def _weigh(page: Page, fill: str) -> float:
    """MB of the JavaScript heap with the first section open, after collecting what nobody holds."""
    page.goto(fill)
    page.locator("html[data-ready='1']").wait_for(state="attached")
    page.wait_for_timeout(1500)
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    found = metric(session, "JSHeapUsedSize") / 1e6
    session.detach()
    return found


def main() -> None:
    """`python -m bench.forms`: these figures alone."""
    with TemporaryDirectory() as folder:
        for figure in measure(Path(folder)):
            print(figure.line(), flush=True)


if __name__ == "__main__":
    main()
