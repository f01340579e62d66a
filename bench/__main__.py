"""Run every measurement in a temporary folder and print the table."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import evening, export, field, form_work, forms, map_page, map_query, pages, reading, report, synthesis
from bench.figures import Figure, machine
from bench.server import browser, fill_address, make_demo, resident_mb, running_server, visit_of

VISITS = 300


def main() -> None:
    # The same release of Python differs by a quarter between two builds: say which one was measured.
    python = f"{platform.python_implementation()} {platform.python_version()} ({Path(sys.executable).resolve()})"
    print(f"{python}, {os.cpu_count()} cores")
    print(f"{'figure':<62}{'median':>10}      {'least–most':>16}   aim")
    print(machine().line())
    with TemporaryDirectory() as folder:
        show(reading.measure)
        data = Path(folder) / "demo"
        make_demo(data, VISITS)
        show(lambda: report.measure(data))
        show(lambda: map_query.measure(Path(folder) / "map"))
        show(lambda: synthesis.measure(Path(folder) / "synthesis"))
        show(lambda: evening.measure(Path(folder)))
        show(lambda: export.measure(data, Path(folder) / "export"))
        show(lambda: form_work.measure(Path(folder) / "form-work"))
        show(lambda: forms.measure(Path(folder) / "forms"))
        show(lambda: measure_server(data))
        show(lambda: field.measure(data))
        drawing = map_page.prepare(data)
        show(lambda: measure_map(data, drawing))
    print(machine().line())


def show(measure: Callable[[], Iterable[Figure]]) -> None:
    for figure in measure():
        print(figure.line(), flush=True)


def measure_server(data: Path) -> list[Figure]:
    """Memory at rest, and the pages a delegation and a minister open."""
    with running_server(data) as (address, pid), browser() as chromium:
        figures = [Figure("Server at rest", resident_mb(pid), "MB", 120)]
        figures += pages.measure_page(
            chromium, address, data, "Map", "/map", {"painted": (1000, 1500), "ready": (None, None)}
        )
        fill = fill_address(data, visit_of(data, "draft"), "C")
        figures += pages.measure_page(chromium, address, data, "Checklist page, commune", fill, {"ready": (400, 1000)})
        context = pages.signed_in(chromium, address, data, "minh")
        size = pages.script_and_style_kb(context, address + fill)
        figures.append(Figure("Checklist page, JS + CSS, gzip", size, "kB", 60))
        figures.append(Figure("Server after these pages", resident_mb(pid), "MB"))
    return figures


def measure_map(data: Path, drawing: str) -> list[Figure]:
    with running_server(data) as (address, _pid), browser() as chromium:
        return map_page.measure(chromium, address, data, drawing)


if __name__ == "__main__":
    main()
