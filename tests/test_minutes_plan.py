"""The plan from which a tablet writes the minutes."""

import json
import re

import pytest

from forms.library import library_names, library_source
from forms.xlsform.reader import read_checklist
from reports.minutes_plan import minutes_plan, ranges, sign_ranges
from reports.pdf import printable
from reports.wording import all_words
from tests.minutes_sample import SECRET, secret_checklist
from tests.report_sample import CHECKLIST


def test_nothing_confidential_is_in_the_plan_but_what_to_leave_out():
    plan = minutes_plan(secret_checklist(), "vi")
    assert SECRET not in json.dumps(plan, ensure_ascii=False)
    assert plan["hidden"] == {
        "paths": ["/B/B03", "/B/B09", "/I/I04", "/K"],
        "names": ["B03", "B09", "I04", "I04_a", "K", "K01", "K02"],
        "codes": ["B03", "B09", "I04", "K", "K01", "K02"],
    }


def test_questions_are_told_in_one_language_and_without_what_is_empty():
    assert minutes_plan(CHECKLIST, "en")["nodes"][1] == {
        "type": "group", "name": "B", "path": "/B", "label": "Data systems", "children": [
            {"type": "select_one", "name": "B01", "path": "/B/B01", "label": "Tài khoản riêng (đúng vai trò)", "choices": "levels", "section": "B"},
            {"type": "select_one", "name": "B02", "path": "/B/B02", "label": "Đồng bộ trạng thái hồ sơ", "choices": "levels", "section": "B"},
        ],
    }  # fmt: skip


def test_decrees_carry_their_days_for_the_tablet_to_choose_from():
    found = [(basis["text"][:27], basis["since"], basis["until"]) for basis in minutes_plan(CHECKLIST, "vi")["bases"]]
    assert found == [
        ("Nghị định số 132/2025/NĐ-CP", "2025-07-01", "2027-03-01"),
        ("Nghị định số 133/2025/NĐ-CP", "2025-07-01", "2027-03-01"),
    ]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_word_of_the_minutes_alone_is_in_the_plan(language: str):
    words = minutes_plan(CHECKLIST, language)["words"]
    own = [f"{table}.{entry}" for table in ("minutes", "closing", "commitments") for entry in all_words()[table]]
    assert [key for key in own if key not in words] == []
    assert "general.map" not in words


@pytest.mark.parametrize("name", library_names())
def test_a_plan_is_small_enough_for_every_tablet(name: str):
    checklist, _ = read_checklist(library_source(name), f"{name}.md")
    sizes = [len(json.dumps(minutes_plan(checklist, language))) for language in ("vi", "en")]
    assert max(sizes) < 150_000


def test_signs_of_the_font_are_told_as_ranges():
    assert ranges([1, 2, 3, 7]) == [[1, 3], [7, 7]]
    assert sign_ranges([0x20, 0x21, 0x61]) == "\\u0020-\\u0021\\u0061-\\u0061"
    known = re.compile(f"[{minutes_plan(CHECKLIST, 'vi')['signs']}]+")
    assert [text for text in ("Độc lập ≥ 5", "😀", "中") if known.fullmatch(text)] == ["Độc lập ≥ 5"]
    assert printable("a😀b") == "a\ufffdb"
