"""Pages on which Enketo Core 9.0.1 opens the forms of `bench.form_sample`, built as its own handbook tells."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, Page
from pyxform.xls2xform import convert

from bench.form_sample import SIZES, source_of
from forms.xlsform.spreadsheet import export_xlsx

OURS = Path(__file__).parent
SHEET = "node_modules/enketo-core/src/sass/formhub/formhub.scss"
ELSEWHERE = "/packages/enketo-core/node_modules/"
"""Where a sheet of Enketo looks for what lies in its own repository."""

PAGE = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="stylesheet" href="form.css"><script>window.model = {model};</script></head>
<body><div class="main"><article class="paper">{form}</article></div>
<script src="form.min.js" defer></script></body></html>
"""


def build(folder: Path) -> None:
    """Install Enketo from the npm registry into the folder, and make its script and sheet; CalledProcessError."""
    for name in ("package.json", "form.js", "transform.js"):
        shutil.copy(OURS / name, folder)

    def run(*command: str) -> None:
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    run("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund")
    run("node", "node_modules/esbuild/install.js")
    for name in ("form", "transform"):
        bundle = ("--bundle", "--minify", "--external:libxslt", f"--outfile={name}.min.js")
        run("node_modules/.bin/esbuild", f"{name}.js", *bundle)
    for sheet in (folder / "node_modules/enketo-core/src").rglob("*.scss"):
        text = sheet.read_text("utf-8")
        if ELSEWHERE in text:
            sheet.write_text(text.replace(ELSEWHERE, f"{folder}/node_modules/"), "utf-8")
    run("node_modules/.bin/sass", "--quiet", "--load-path=/", "--style=compressed", SHEET, "form.css")


def write_pages(chromium: Browser, folder: Path) -> None:
    """A page for each size of form, "80.html" and so on, transformed in advance as a server of Enketo does."""
    page = chromium.new_page()
    page.add_script_tag(path=str(folder / "transform.min.js"))
    for questions in SIZES:
        made = transformed(page, folder, questions)
        model = json.dumps(made["model"]).replace("</", "<\\/")
        (folder / f"{questions}.html").write_text(PAGE.format(model=model, form=made["form"]), "utf-8")
    page.close()


def transformed(page: Page, folder: Path, questions: int) -> dict[str, str]:
    workbook = folder / f"{questions}.xlsx"
    workbook.write_bytes(export_xlsx(source_of(questions), "sample.md"))
    made: dict[str, str] = page.evaluate("(xform) => transformed(xform)", convert(str(workbook), validate=False).xform)
    return made


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of these files."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
