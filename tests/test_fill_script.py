"""The scripts of the checklist page joined to one."""

import re
from pathlib import Path

import pytest

from survey.fill_script import joined

FILES = {
    "page": 'import { shown, Log } from "./log.js";\n// a comment\nexport const start = () => shown(new Log());\n',
    "log": 'import { say } from "./words.js";\nexport class Log {}\nexport const shown = (log) => say(log);\n',
    "words": "/** A comment. */\nconst own = 1;\nexport async function say() { return own; }\n",
    "alone": "export const unused = 1;\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / f"{name}.js").write_text(text)
    return tmp_path


def test_each_file_comes_once_after_those_it_imports_from(folder: Path):
    assert joined(folder, "page").splitlines() == [
        "const $words = (() => {", "const own = 1;", "async function say() { return own; }", "return { say };", "})();",
        "const $log = (() => {", "const { say } = $words;", "class Log {}", "const shown = (log) => say(log);",
        "return { Log, shown };", "})();",
        "const $page = (() => {", "const { shown, Log } = $log;", "const start = () => shown(new Log());",
        "return { start };", "})();",
    ]  # fmt: skip


def test_a_missing_file_is_not_left_out_silently(folder: Path):
    (folder / "words.js").unlink()
    with pytest.raises(FileNotFoundError):
        joined(folder, "page")


def test_the_scripts_of_the_page_keep_to_the_form_that_can_be_joined():
    scripts = Path(__file__).parents[1] / "static/fill"
    text = joined(scripts, "page")
    assert re.findall(r"^(?:import|export)\b.*", text, re.MULTILINE) == []
    assert {path.stem for path in scripts.glob("*.js")} == set(re.findall(r"^const \$(\w+) =", text, re.MULTILINE))
