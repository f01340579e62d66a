"""Runs an ES module: in node when it is on the PATH, otherwise in headless Chromium."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

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
    if shutil.which("node"):
        return json.loads(run_in_node(text))
    return json.loads(run_in_chromium(text))


def run_in_node(text: str) -> str:
    done = subprocess.run(
        ["node", "--input-type=module"], input=f"{text}process.stdout.write(result);", capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def run_in_chromium(text: str) -> str:
    from playwright.sync_api import sync_playwright

    path = chromium if Path(chromium).exists() else None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
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
    """The function library `f` of compiled expressions."""
    import forms
    from forms.javascript import library_files

    return joined([Path(forms.__file__).parent / "twin" / name for name in library_files()])
