"""Runs a script apart from any page: in node, otherwise in a headless Chromium; without both a message says so."""

from __future__ import annotations

import html
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from forms.faults import Told

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--dump-dom",
)  # fmt: skip
SECONDS = 120
PAGE = """<!doctype html><meta charset="utf-8"><body><pre></pre><script type="module">
{script}
document.querySelector("pre").textContent = answer;
</script>"""


@dataclass
class NoScriptEngineError(Told):
    """Neither node nor Chromium is there, or the script did not come to its end; `text` by language."""

    text: dict[str, str]

    def __str__(self) -> str:
        return self.text["en"]


MISSING = {
    "vi": "Cần node hoặc Chromium để chạy bản JavaScript; hãy cài một trong hai, hoặc dùng --engine python.",
    "en": "The JavaScript engine needs node or Chromium; install one of them, or use --engine python.",
}


def answer_of(script: str) -> str:
    """What the script leaves in its constant `answer`; NoScriptEngineError when nothing can run it."""
    node = shutil.which("node")
    if node:
        return run([node, "--input-type=module"], f"{script}\nprocess.stdout.write(answer);\n")
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not browser:
        raise NoScriptEngineError(MISSING)
    return in_browser(browser, script)


def in_browser(browser: str, script: str) -> str:
    """The answer as a page of the browser shows it: `</` in a script would end it."""
    with TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(PAGE.format(script=script.replace("</", "<\\/")), encoding="utf-8")
        shown = run([browser, *FLAGS, f"--user-data-dir={folder}/profile", page.as_uri()])
    return html.unescape(shown.partition("<pre>")[2].partition("</pre>")[0])


def run(command: list[str], text: str = "") -> str:
    """The output of a program; NoScriptEngineError with the last lines of its complaint when it fails."""
    # No shell, and the program was found by its own name on the path.
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603
    if done.returncode:
        complaint = "\n".join(done.stderr.splitlines()[-8:])
        raise NoScriptEngineError({"vi": f"Bản JavaScript không chạy được:\n{complaint}",
                                   "en": f"The JavaScript engine failed:\n{complaint}"})  # fmt: skip
    return done.stdout
