"""Runs an ES module: in node (on the PATH, or the one that Playwright brings), otherwise in headless Chromium."""

from __future__ import annotations

import json
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import playwright
from playwright.sync_api import sync_playwright

import forms
from forms.xpath.javascript import library_names, on_demand

chromium = "/usr/bin/chromium"
flags = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--no-first-run", "--disable-quic"]  # fmt: skip
import_blob = """async (source) => {
  const url = URL.createObjectURL(new Blob([source], {type: "text/javascript"}));
  return (await import(url)).result;
}"""


def run_module(source: str, call: str) -> Any:
    """The JSON value of the expression `call`, which may use every top-level name of the module."""
    text = f"{source}\nexport const result = JSON.stringify(await ({call}));\n"
    node = find_node()
    return json.loads(run_in_node(text, node) if node else run_in_chromium(text))


def find_node() -> str | None:
    bundled = Path(playwright.__file__).parent / "driver" / "node"
    return shutil.which("node") or (str(bundled) if bundled.exists() else None)


def run_in_node(text: str, node: str) -> str:
    script = f"{text}process.stdout.write(result);"
    done = subprocess.run([node, "--input-type=module"], input=script, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def run_in_chromium(text: str) -> str:
    # In a thread of its own: Playwright's loop of a browser test may be running in this one.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(evaluate_in_chromium, text).result()


def evaluate_in_chromium(text: str) -> str:
    path = chromium if Path(chromium).exists() else None
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=flags)
        try:
            result: str = browser.new_page().evaluate(import_blob, text)
        finally:
            browser.close()
    return result


def joined(files: list[Path]) -> str:
    """ES modules as one: import lines and the word export dropped, as in the module of a checklist."""
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    return "\n".join(line.removeprefix("export ") for line in lines if not line.startswith("import "))


@cache
def function_library() -> str:
    """The function library `f` of compiled expressions, whole."""
    functions = Path(forms.__file__).parent / "twin" / "functions"
    return joined([functions / name for name in (*library_names, *on_demand)])
