"""The scripts of the checklist page joined to one."""

import re
from pathlib import Path

import pytest

from survey.checklists.preview import STAND_INS
from survey.field.joined_script import joined

FIRST = ("page", "home", "review", "agree", "minutes_page", "later", "kinds", "looks")
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


@pytest.mark.parametrize("first", FIRST)
def test_the_scripts_of_the_app_keep_to_the_form_that_can_be_joined(first: str):
    text = joined(Path(__file__).parents[1] / "static/field", first)
    assert re.findall(r"^(?:import|export)\b.*", text, re.MULTILINE) == []


def test_every_script_of_the_app_is_used():
    scripts = Path(__file__).parents[1] / "static/field"
    used = {name for first in FIRST for name in names_in(joined(scripts, first))}
    used |= {*names_in(joined(scripts, "preview", STAND_INS)), *STAND_INS.values()}
    assert {path.stem for path in scripts.glob("*.js")} == used | {"worker"}


def names_in(text: str) -> set[str]:
    return set(re.findall(r"^const \$(\w+) =", text, re.MULTILINE))
