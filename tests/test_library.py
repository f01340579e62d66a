"""The ministry's checklists: complete in both languages, banded as their rubrics say, open to other tools."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from io import BytesIO

import pytest

from forms.assessment import Assessment
from forms.checklist import Checklist, Text
from forms.engine import Engine, compile_checklist
from forms.evaluation import evaluate
from forms.library import library_names, library_source
from forms.xlsform.reader import read_checklist
from forms.xlsform.spreadsheet import export_xlsx

item_code = re.compile(r"[A-J]\d\d")
# What an item can come to: level 0 to 3, "na", "not asked", or None while it is open.
Level = int | str | None


@cache
def checklist(name: str) -> Checklist:
    return read_checklist(library_source(name), f"{name}.md")[0]


@cache
def engine(name: str) -> Engine:
    return compile_checklist(checklist(name))


def assessed(name: str, answers: dict[str, object]) -> Assessment:
    return engine(name).open(answers, "2025-08-19").assessment()


def test_library_holds_the_three_checklists():
    assert list(library_names()) == ["commune", "department", "provincial_centre"]


@pytest.mark.parametrize("name", ["commune", "department", "provincial_centre"])
def test_library_checklists_read_without_warnings(name: str):
    assert [fault.say("en") for fault in read_checklist(library_source(name), f"{name}.md")[1]] == []


def test_commune_has_the_90_items_of_the_survey():
    nodes = [node for node in checklist("commune").walk() if item_code.fullmatch(node.name)]
    by_section = Counter(node.path.split("/")[1] for node in nodes)
    assert by_section == {"A": 6, "B": 9, "C": 10, "D": 9, "E": 15, "F": 11, "G": 7, "H": 8, "I": 8, "J": 7}
    assert len(checklist("commune").rules) == 73


def test_commune_has_the_weights_and_gates_of_the_survey():
    scored = [node for node in checklist("commune").walk() if node.is_scored]
    weights: Counter[str | None] = Counter()
    for node in scored:
        weights[node.section] += int(node.weight)
    assert weights == {"B": 14, "C": 17, "D": 16, "E": 18, "F": 12, "G": 13, "H": 8}
    assert [node.name for node in scored if node.gate] == [
        "B01", "C01", "C04", "C06", "D01", "D05", "E04", "F08", "G04", "G05", "H01",
    ]  # fmt: skip


def words(checklist: Checklist) -> Iterator[tuple[str, Text]]:
    """Every text that a person reads, with a name for it."""
    for node in checklist.walk():
        yield f"{node.name} label", node.label
        for text in (node.hint, node.evidence, node.constraint_message, *node.rubric):
            yield node.name, text or node.label
    for name, choices in checklist.choices.items():
        yield from ((f"{name} {choice.name}", choice.label) for choice in choices)
    for level in checklist.levels:
        yield level.name, level.label
    for rule in checklist.rules:
        yield from ((f"{rule.code} rule", text) for text in (rule.text, rule.responsible, rule.due_text, rule.product))


@pytest.mark.parametrize("name", ["commune", "department", "provincial_centre"])
def test_library_checklists_are_complete_in_both_languages(name: str):
    assert [where for where, text in words(checklist(name)) if not (text.get("vi") and text.get("en"))] == []
    assert set(checklist(name).title) == {"vi", "en"}


@pytest.mark.parametrize(
    ("answers", "item", "level"),
    [
        ({"C01": 20, "E02": 30}, "C01", 0),
        ({"C01": 21, "E02": 30}, "C01", 1),
        ({"C01": 27, "E02": 30}, "C01", 2),
        ({"C01": 30, "E02": 30}, "C01", 3),
        ({"C01": 30, "E02": 30, "C01_counter": 4, "H04_counters": 5}, "C01", 2),
        ({"C01": 3, "E02": 0}, "C01", "na"),
        ({"C01": 30}, "C01", None),
        ({"C02": 50.5}, "C02", 0),
        ({"C02": 50}, "C02", 1),
        ({"C02": 30}, "C02", 2),
        ({"C02": 10}, "C02", 3),
        ({"C03": 0}, "C03", 0),
        ({"C03": 1, "H04_counters": 3}, "C03", 1),
        ({"C03": 1, "H04_counters": 2}, "C03", 2),
        ({"C03": 2, "H04_counters": 2}, "C03", 3),
        ({"C03": 2, "H04_counters": 9}, "C03", 1),
        ({"C03": 2, "H04_counters": 9, "C03_fast": 2}, "C03", 3),
        ({"C03": 2}, "C03", None),
        ({"C05": 19.9}, "C05", 0),
        ({"C05": 20}, "C05", 1),
        ({"C05": 50}, "C05", 2),
        ({"C05": 100}, "C05", 3),
        ({"E01": 100, "E02": 69}, "E02", 0),
        ({"E01": 100, "E02": 70}, "E02", 1),
        ({"E01": 100, "E02": 85}, "E02", 2),
        ({"E01": 20, "E02": 19}, "E02", 3),
        ({"E01": 0, "E02": 2}, "E02", "na"),
        ({"E13": 0}, "E13", 0),
        ({"E13": 1}, "E13", 1),
        ({"E13": 2}, "E13", 2),
        ({"E13": 3}, "E13", 3),
        ({"E15": 0}, "E15", 0),
        ({"E15": 3}, "E15", 1),
        ({"E15": 4}, "E15", 2),
        ({"E15": 7, "E15_active": "no"}, "E15", 2),
        ({"E15": 7, "E15_active": "yes"}, "E15", 3),
        ({"F02": 1000, "F03": 899}, "F03", 0),
        ({"F02": 10, "F03": 9}, "F03", 1),
        ({"F02": 20, "F03": 19}, "F03", 2),
        ({"F02": 50, "F03": 49}, "F03", 3),
        ({"F02": 0, "F03": 0}, "F03", "na"),
        ({"F02": 50}, "F03", None),
        ({"F04": 29.9}, "F04", 0),
        ({"F04": 30}, "F04", 1),
        ({"F05": 50}, "F05", 2),
        ({"F05": 80}, "F05", 3),
        ({"F01": 0, "F05": 0}, "F05", "not asked"),
        ({"F09": 49.9}, "F09", 0),
        ({"F09": 50}, "F09", 1),
        ({"F09": 70}, "F09", 2),
        ({"F09": 90}, "F09", 3),
        ({"F11": 5.1}, "F11", 0),
        ({"F11": 5}, "F11", 1),
        ({"F11": 3}, "F11", 2),
        ({"F11": 1}, "F11", 3),
        ({"H02": ["khong"]}, "H02", 0),
        ({"H02": ["cho"]}, "H02", 0),
        ({"H02": ["cho", "tiepnhan"]}, "H02", 1),
        ({"H02": ["cho", "tiepnhan", "thongtin", "congdan"]}, "H02", 2),
        ({"H02": ["cho", "tiepnhan", "thongtin", "congdan", "luutru"]}, "H02", 3),
        ({"H05": 61}, "H05", 0),
        ({"H05": 60}, "H05", 1),
        ({"H05": 30}, "H05", 2),
        ({"H05": 15}, "H05", 3),
    ],
)
def test_numbers_of_the_commune_band_as_their_rubric_says(answers: dict[str, object], item: str, level: Level):
    score = assessed("commune", answers).items.get(f"/{item[0]}/{item}", "not asked")
    assert (round(3 * score, 9) if isinstance(score, float | int) else score) == level


numbers_of_level = {
    3: {"C01": 30, "E01": 30, "E02": 30, "E03": 1, "C02": 5, "C03": 3, "H04_counters": 3, "C05": 100, "E13": 3, "E15": 7}
    | {"F01": 100, "F02": 100, "F03": 98, "F04": 80, "F05": 80, "F09": 90, "F11": 1, "H05": 15}
    | {"H02": ["thongtin", "tiepnhan", "cho", "congdan", "luutru"]},
    2: {"C01": 81, "E01": 100, "E02": 90, "E03": 1, "C02": 30, "C03": 2, "H04_counters": 4, "C05": 50, "E13": 2, "E15": 4}
    | {"F01": 100, "F02": 100, "F03": 95, "F04": 50, "F05": 50, "F09": 70, "F11": 3, "H05": 30}
    | {"H02": ["thongtin", "tiepnhan", "cho", "congdan"]},
}  # fmt: skip


def answers_of_level(name: str, level: int) -> dict[str, object]:
    """Answers that put every scored item of a checklist at one level."""
    answers: dict[str, object] = {}
    for node in checklist(name).walk():
        if node.is_scored and node.type == "select_one" and node.choices:
            choices = checklist(name).choices[node.choices]
            answers[node.name] = next(c.name for c in choices if c.score == level / 3)
    known = {node.name for node in checklist(name).walk()}
    return answers | {code: value for code, value in numbers_of_level[level].items() if code in known}


@pytest.mark.parametrize(
    ("name", "level", "total", "conclusion"),
    [
        ("commune", 3, 100, "ready"),
        ("commune", 2, 66.67, "improve"),
        ("department", 3, 100, "ready"),
        ("department", 2, 66.67, "improve"),
        ("provincial_centre", 3, 100, "ready"),
        ("provincial_centre", 2, 66.67, "improve"),
    ],
)
def test_same_level_everywhere_gives_its_share_of_100(name: str, level: int, total: float, conclusion: str):
    assessment = assessed(name, answers_of_level(name, level))
    assert assessment.total == pytest.approx(total, abs=0.005)
    assert assessment.level and assessment.level.name == conclusion


@pytest.mark.parametrize("name", ["commune", "department", "provincial_centre"])
def test_library_checklists_open_in_other_tools(name: str):
    # Late: importing pyxform takes more than a second.
    from pyxform.xls2xform import convert

    converted = convert(xlsform=BytesIO(export_xlsx(library_source(name), f"{name}.md")), file_type=".xlsx")
    assert converted.warnings == []


@pytest.mark.parametrize("name", ["commune", "department", "provincial_centre"])
def test_excel_export_holds_the_same_checklist(name: str):
    exported = export_xlsx(library_source(name), f"{name}.md")
    assert read_checklist(exported, f"{name}.xlsx") == (checklist(name), [])


def test_short_visit_is_assessed_on_the_core_items_alone():
    answers = answers_of_level("commune", 3)
    assessment = engine("commune").open(answers, "2025-08-19", "core").assessment()
    assert (len(assessment.items), assessment.total) == (37, pytest.approx(100))


def test_rules_fire_on_what_was_answered():
    answers: dict[str, object] = {"A04": "no", "B07": "partly", "B09": ["vneid"], "D01": "1", "E14": ["shtt"]}
    answers |= {
        "I03": "2",
        "I04": "mot_so",
        "/I/I07[1]/I07_text": "x",
        "J03_real": 0,
        "J03_simulated": 0,
        "J01": ["shtt"],
    }
    fired = evaluate(engine("commune"), {"answers": answers, "today": "2025-08-19"})["recommendations"]
    assert {one["code"]: one["due"]["date"] for one in fired} == {
        "A04": "2025-08-19",
        "B07": "2025-09-18",
        "B09": "2025-09-03",
        "D01": "2025-08-26",
        "E14": None,
        "I04": "2025-08-22",
        "I07": "2025-09-09",
        "J03": "2025-09-03",
    }
