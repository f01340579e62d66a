"""The document for authors names what the code knows, and its example is a checklist."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from forms.checklist import type_names
from forms.engine import compile_checklist
from forms.xlsform.column_names import plain, translated
from forms.xlsform.reader import read_checklist
from forms.xpath.calls import SPECIAL
from forms.xpath.functions import FUNCTIONS

DOCUMENT = (Path(__file__).parents[1] / "docs" / "checklists.md").read_text("utf-8")
EXAMPLE = DOCUMENT.partition("```\n")[2].partition("```")[0]


def part(heading: str) -> str:
    """The text below a heading up to the next one."""
    return re.split(r"^#+ ", DOCUMENT.partition(f"# {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def test_every_column_is_told():
    rows = {sheet: "".join(re.findall(r"^\|([^|]*)\|", part(sheet), re.MULTILINE)) for sheet in plain}
    told = {sheet: set(re.findall(r"`([\w-]+)`", row)) for sheet, row in rows.items()}
    assert told == {sheet: {*plain[sheet], *translated[sheet]} for sheet in plain}


def test_every_function_is_told():
    table = "".join(line for line in part("Expressions").splitlines() if line.startswith("|"))
    assert set(re.findall(r"`([\w:-]+)\(\)`", table)) == {*FUNCTIONS, *SPECIAL}


def test_every_type_is_told():
    told = set(re.findall(r"[\w-]+", part("Types")))
    assert {name for name in get_args(type_names) if name not in told} - {"group", "repeat"} == set()


def test_the_example_is_a_checklist_without_warnings():
    checklist, warnings = read_checklist(EXAMPLE.encode(), "example.md")
    assert warnings == []
    answers = {"A02": 10, "C01": 8, "C02": "yes", "C03": "2"}
    assessment = compile_checklist(checklist).open(answers, "2025-08-19").assessment()
    assert (round(assessment.total, 2), assessment.gates_failed, assessment.level.name) == (66.67, [], "not")
