"""The page about the documents names what the code knows."""

from __future__ import annotations

import json
import re
from pathlib import Path

from forms.projection import DIFFICULTY_GROUPS
from reports.copies import RULES
from reports.synthesis.counts import WEAKEST
from reports.synthesis.data import KIND as SYNTHESIS
from reports.synthesis.data import synthesis_data
from reports.synthesis.parts import MOST_ADVICE, MOST_BODIES
from reports.trip_report.document import KIND as TRIP
from reports.trip_report.rows import COLUMNS, MOST_SHARED
from reports.visit_data import KIND as VISIT
from reports.wording import Wording
from survey.documents.making import MAKINGS
from survey.store.documents import KINDS
from tests.synthesis_sample import facts

PAGE = (Path(__file__).parents[1] / "docs" / "reports.md").read_text("utf-8")


def rows(heading: str) -> dict[str, list[str]]:
    """The cells of the table below a heading, by the words of the first one."""
    part = re.split(r"^#+ ", PAGE.partition(f"# {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    found = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("| `")
    ]
    return {cells[0].strip("`"): cells[1:] for cells in found}


def test_every_kind_is_told_with_its_forms_and_copies():
    told = rows("Documents: what each holds, and how each figure in it is computed")
    assert {kind: [cell.split(", ") for cell in told[kind][2:4]] for kind in KINDS} == {
        kind: [list(MAKINGS[kind].forms), list(MAKINGS[kind].copies)] for kind in KINDS
    }


def test_every_copy_is_told_with_its_rule():
    told = rows("Copies")
    assert told.keys() == RULES.keys()
    assert {copy: (cells[0] != "left out", cells[3] == "yes") for copy, cells in told.items()} == {
        copy: (rule.confidential, rule.fingerprint) for copy, rule in RULES.items()
    }


def test_data_files_are_named_with_all_that_they_hold():
    assert [f"`{kind}`" in PAGE for kind in (VISIT, TRIP, SYNTHESIS)] == [True] * 3
    held = json.loads(synthesis_data(facts(), Wording("vi")).content)
    assert [name for name in held if f"`{name}`" not in PAGE] == []


def test_numbers_of_the_page_are_those_of_the_code():
    assert f"the {WEAKEST} items with the lowest mean" in PAGE
    assert f"The {MOST_BODIES} bodies asked most often with {MOST_ADVICE} measures each" in PAGE
    assert f"at most {COLUMNS} units in a table" in PAGE and f"at most {MOST_SHARED} are printed" in PAGE


def test_difficulties_stand_under_their_group():
    told = re.search(r"17 July 2025\): (.*?);", PAGE)[1]
    groups = {int(number): re.findall(r"`(\w+)`", names) for number, names in re.findall(r"\((\d)\) ([^(]*)", told)}
    assert {name: number for number, names in groups.items() for name in names} == DIFFICULTY_GROUPS
