"""The house rules that can be measured: sizes, names, and the one direction of imports."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
MODULES = sorted(path for folder in ("forms", "reports", "survey") for path in (ROOT / folder).rglob("*.py"))
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager", "service"}
MAY_IMPORT = {"forms": {"forms"}, "reports": {"forms", "reports"}, "survey": {"forms", "reports", "survey"}}
NOT_IN_PURE = {"flask", "sqlite3", "sqlite_utils", "os", "socket", "urllib.request"}


def imported_names(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


def function_sizes(path: Path) -> list[tuple[int, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        (node.end_lineno - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.name}")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.end_lineno
    ]


def test_imports_go_one_way():
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in MODULES
        for name in imported_names(path)
        if (top := name.split(".")[0]) in MAY_IMPORT and top not in MAY_IMPORT[path.relative_to(ROOT).parts[0]]
    ]
    assert wrong == []


def test_forms_and_reports_stay_pure():
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in MODULES
        if path.relative_to(ROOT).parts[0] != "survey"
        for name in imported_names(path)
        if name in NOT_IN_PURE
    ]
    assert wrong == []


def test_forms_and_reports_read_no_clock():
    clock = re.compile(r"\b(datetime\.now|date\.today|time\.time|utcnow|monotonic)\(")
    wrong = [
        f"{path.relative_to(ROOT)}"
        for path in MODULES
        if path.relative_to(ROOT).parts[0] != "survey" and clock.search(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_modules_stay_within_400_lines_and_have_a_first_sentence():
    texts = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in MODULES}
    assert [name for name, text in texts.items() if len(text.splitlines()) > 400] == []
    assert [name for name, text in texts.items() if text.strip() and not ast.get_docstring(ast.parse(text))] == []


def test_functions_fit_on_a_screen():
    sizes = [size for path in MODULES for size in function_sizes(path)]
    assert [name for lines, name in sizes if lines > 60] == []
    assert median(lines for lines, _ in sizes) <= 12


def test_modules_are_named_after_their_job():
    assert [str(path) for path in MODULES if path.stem in FORBIDDEN_NAMES] == []


def test_templates_stay_within_80_lines_without_inline_script_or_style():
    inline = re.compile(r"<script(?![^>]*\b(src|type=\"application/json\"))|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    pages = sorted((ROOT / "survey" / "templates").rglob("*.html"))
    assert pages
    assert [page.name for page in pages if len(page.read_text(encoding="utf-8").splitlines()) > 80] == []
    assert [page.name for page in pages if inline.search(page.read_text(encoding="utf-8"))] == []


def test_nothing_we_serve_loads_from_another_host():
    loads = re.compile(
        r"(?:src=|<link[^>]+href=)[\"']https?://|url\(\s*[\"']?https?://|import\s+[^;]*[\"']https?://", re.IGNORECASE
    )
    files = [
        p
        for folder in ("static", "survey/templates")
        for p in (ROOT / folder).rglob("*")
        if p.suffix in {".html", ".css", ".js"}
    ]
    assert files
    assert [str(p.relative_to(ROOT)) for p in files if loads.search(p.read_text(encoding="utf-8"))] == []
