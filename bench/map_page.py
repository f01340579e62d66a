"""The map of the country in Chromium slowed four times, every unit assessed: painted, another layer, size of a layer.

With SATCANH_BENCH_BOUNDARIES the true boundaries of that file are drawn, else the schematic.
"""

from __future__ import annotations

import gzip
import os
import subprocess
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench.figures import Figure, from_runs
from bench.map_query import fill
from bench.pages import measure_page
from bench.server import command, signed_in
from survey.database import opened

UNITS = 3321
LAYERS = ("gates", "C", "load", "difficulty-3", "overdue", "completeness", "total")
ASK = """layer => new Promise(done => {
  performance.clearMarks();
  const choice = document.getElementById("f-layer");
  choice.value = layer;
  const start = performance.now();
  const look = () => {
    const [mark] = performance.getEntriesByName("changed");
    if (mark) done(mark.startTime - start); else setTimeout(look, 20);
  };
  choice.dispatchEvent(new Event("change", { bubbles: true }));
  look();
})"""


def prepare(data: Path) -> str:
    """Assess every unit in a folder of the demo; what the map draws, in words."""
    with opened(data) as db:
        fill(db, UNITS)
    if file := os.environ.get("SATCANH_BENCH_BOUNDARIES"):
        subprocess.run(
            command("boundaries", "import", "--data", str(data), file), check=True, stdout=subprocess.DEVNULL
        )
    return "true boundaries" if file else "schematic"


def measure(chromium: Browser, address: str, data: Path, drawing: str) -> list[Figure]:
    """Milliseconds until the map is painted and until another layer is, and kB of a layer on its way."""
    name = f"Map, {UNITS} assessed, {drawing}"
    context = signed_in(chromium, address, data, "huong")
    page = context.new_page()
    page.goto(f"{address}/map")
    page.locator("html[data-ready='1']").wait_for(state="attached")
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    changes = [_change(page, layer) for layer in (*LAYERS, *LAYERS)]
    sizes = [_kilobytes(page, address, query) for query in ("layer=C&heat=1", "layer=C&compare=side&from2=2025-01-01")]
    context.close()
    return [
        *measure_page(chromium, address, data, name, "/map", {"painted": (None, 1500)}),
        from_runs(f"{name}: another layer, CPU ×4", changes, "ms", 300),
        Figure(f"{name}: data of a layer, gzip", max(sizes), "kB", 60),
    ]


def _change(page: Page, layer: str) -> float:
    page.wait_for_timeout(1500)
    return float(page.evaluate(ASK, layer))


def _kilobytes(page: Page, address: str, query: str) -> float:
    return len(gzip.compress(page.request.get(f"{address}/map/values.json?{query}").body())) / 1000
