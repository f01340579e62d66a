"""A real `satcanh serve` on a demo data folder, and a signed-in browser page in front of it."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--disable-quic",
]  # fmt: skip


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from survey.cli import main; main()", *arguments]


@contextmanager
def running_server(data: Path) -> Iterator[tuple[str, int]]:
    """The address and the process id of a server on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arguments = command("serve", "--port", str(port), "--data", str(data))
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/login")
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(address: str) -> None:
    for _ in range(200):
        try:
            with urlopen(address, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(address)


def resident_mb(pid: int) -> float:
    """Resident memory of a process and those it started, in MB; what they share counts once (Pss)."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return sum(_share_kb(int(one)) for one in (pid, *children)) / 1024


def _share_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("Pss:")).split()[1])


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = str(CHROMIUM) if CHROMIUM.exists() else None
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


def signed_in(chromium: Browser, address: str, data: Path, login: str) -> BrowserContext:
    """A fresh browser context in which a person of the demo is signed in."""
    context = chromium.new_context(viewport={"width": 800, "height": 1280}, locale="vi-VN")
    sign_in_by_hand(context, address, data, login)
    return context


def sign_in_by_hand(context: BrowserContext, address: str, data: Path, login: str) -> None:
    """Sign a person of the demo in as people do."""
    people = json.loads((data / "demo-people.json").read_text("utf-8"))
    password = next(person["password"] for person in people if person["login"] == login)
    page = context.new_page()
    page.goto(f"{address}/login")
    page.fill("[name=login]", login)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{address}/")
    page.close()


def make_demo(data: Path, visits: int) -> None:
    """Fill a data folder as `satcanh demo` does."""
    environment = dict(os.environ)
    subprocess.run(command("demo", "--data", str(data), "--visits", str(visits)), check=True, env=environment)


def visit_of(data: Path, state: str, unit: str = "15271") -> str:
    """The id of the story's visit of a unit in a state."""
    with sqlite3.connect(data / "satcanh.sqlite") as db:
        question = "select id from visit where unit_code = ? and state = ? order by planned_on limit 1"
        return str(db.execute(question, (unit, state)).fetchone()[0])


def fill_address(data: Path, visit: str, section: str) -> str:
    """The checklist page of a section as a tablet opens it."""
    with sqlite3.connect(data / "satcanh.sqlite") as db:
        question = "select checklist_id, checklist_version, scope from visit where id = ?"
        pinned = "/".join(db.execute(question, (visit,)).fetchone())
    return f"/field/vi/fill/{pinned}/{section}?visit={visit}"
