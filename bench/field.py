"""How soon the field app can be used without a network, and how soon a tap is on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import BrowserContext, Page, sync_playwright

from bench.figures import Figure, from_runs
from bench.pages import SETTLE_MS, WATCH_MS
from bench.server import CHROMIUM, FLAGS, running_server, sign_in_by_hand, visit_of

RUNS = 7
MANY = 50
TAPS = 40

CLONE = """async ([visit, copies]) => {
  const { openStore } = await import("/static/field/store.js");
  const { personHere } = await import("/static/field/tablet.js");
  const { makeId } = await import("/static/field/log.js");
  const store = await openStore(personHere().id);
  const { visit: entry, changes } = await store.load(visit);
  for (let n = 0; n < copies; n += 1) {
    const id = `copy-${n}`;
    await store.note(id, { ...entry, id, facts: { ...entry.facts, id } });
    await store.settle({ changes: changes.map((change) => ({ ...change, id: makeId(), visit: id })) });
  }
  store.close();
  return changes.length;
}"""

FILL = """async () => {
  let taps = 0;
  for (const group of document.querySelectorAll(".levels, .seg")) {
    const input = group.querySelector("input");
    if (!input || group.closest("[hidden]")) continue;
    input.click();
    taps += 1;
  }
  return taps;
}"""

TAP = """async (taps) => {
  const line = document.querySelector("[data-part=save]");
  const inputs = [...document.querySelectorAll(".level__in")].filter((input) => !input.closest("[hidden]"));
  const times = [];
  for (let n = 0; n < taps; n += 1) {
    const input = inputs.filter((one) => !one.checked)[n % 5];
    const saved = new Promise((done) => {
      let writing = false;
      const look = new MutationObserver(() => {
        const state = line.firstElementChild.className;
        if (state.includes("is-wait")) writing = true;
        else if (writing && state.includes("is-done")) { look.disconnect(); done(performance.now()); }
      });
      look.observe(line, { childList: true });
    });
    const start = performance.now();
    input.click();
    times.push((await saved) - start);
    await new Promise((rest) => setTimeout(rest, 60));
  }
  return times;
}"""


@contextmanager
def tablet(folder: Path) -> Iterator[BrowserContext]:
    """A browser that keeps what it has on the disk, started anew: nothing of the app is in memory."""
    with sync_playwright() as playing:
        context = playing.chromium.launch_persistent_context(
            str(folder), executable_path=str(CHROMIUM), args=FLAGS, viewport={"width": 800, "height": 1280}
        )
        yield context
        context.close()


def get_ready(folder: Path, address: str, data: Path, visit: str) -> str:
    """Download everything as a person would, and answer a good part of the visit; gives the page's address."""
    with tablet(folder) as context:
        sign_in_by_hand(context, address, data, "minh")
        page = context.new_page()
        page.goto(f"{address}/field/vi/")
        page.locator("[data-part=download]").click()
        page.locator("[data-part=download]:not([disabled])").wait_for(timeout=60_000)
        for section in "BCDEFGHIJ":
            page.goto(f"{address}/visits/{visit}/fill/{section}")
            page.locator("html[data-ready='1']").wait_for(state="attached")
            page.evaluate(FILL)
            page.wait_for_timeout(400)
        return page.url.replace("/J?", "/C?")


def cold_start(folder: Path, address: str, slow: int) -> float:
    """Milliseconds from the start of the navigation to the mark `ready`: a browser started anew, without a network."""
    with tablet(folder) as context:
        context.set_offline(True)
        page = context.new_page()
        slow_down(context, page, slow)
        page.wait_for_timeout(SETTLE_MS)
        page.goto(address)
        page.wait_for_timeout(WATCH_MS)
        page.locator("html[data-ready='1']").wait_for(state="attached")
        return float(page.evaluate("performance.getEntriesByName('ready')[0].startTime"))


def slow_down(context: BrowserContext, page: Page, rate: int) -> None:
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})


def tap_times(folder: Path, address: str) -> list[float]:
    with tablet(folder) as context:
        context.set_offline(True)
        page = context.new_page()
        page.goto(address)
        page.wait_for_timeout(WATCH_MS)
        found: list[float] = page.evaluate(TAP, TAPS)
        return found


def clone_visits(folder: Path, address: str, visit: str) -> int:
    """Put copies of a visit onto the tablet; gives how many changes each has."""
    with tablet(folder) as context:
        page = context.new_page()
        page.goto(f"{address}/field/vi/")
        page.locator("html[data-ready='1']").wait_for(state="attached")
        changes: int = page.evaluate(CLONE, [visit, MANY - 1])
        return changes


def measure(data: Path) -> list[Figure]:
    """Cold start with one visit and with fifty, at ×1 and ×4; from a tap to the disk."""
    visit = visit_of(data, "draft")
    with running_server(data) as (address, _), TemporaryDirectory() as name:
        folder = Path(name)
        page = get_ready(folder, address, data, visit)
        few = [cold_start(folder, page, 1) for _ in range(RUNS)]
        slow = [cold_start(folder, page, 4) for _ in range(RUNS)]
        taps = tap_times(folder, page)
        changes = clone_visits(folder, address, visit)
        many = [cold_start(folder, page, 1) for _ in range(RUNS)]
    one = from_runs("Field app, offline cold start to the first answer, CPU ×1", few, "ms", 700)
    fifty = from_runs(f"  with {MANY} visits of {changes} changes on the tablet", many, "ms")
    return [
        one,
        from_runs("  CPU ×4", slow, "ms", 2000),
        fifty,
        Figure("  times as long as with the demo's visits", fifty.value / one.value, "x", 1.3),
        from_runs(f"From a tap to the disk of the tablet, {TAPS} taps", taps, "ms", 30),
    ]
