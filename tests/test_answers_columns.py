"""The columns of an export: united over versions, called by names that are clear."""

from __future__ import annotations

import re
from pathlib import Path

from forms.checklist import FileList
from forms.tables import Table
from reports.answers.cells import Writing, cell_of
from reports.answers.columns import Parts, layouts_of
from reports.answers.words import CALLED, INSTANCE, PARTS, VISIT
from tests.small_checklists import small_checklist

PLAIN = Parts()


def names(*versions, hidden=None, parts=PLAIN):
    found = layouts_of(versions, hidden or {}, {"state"}, "vi", parts)
    return {layout.name: [column.name for column in layout.columns] for layout in found}


def test_what_only_an_older_version_has_follows_what_stood_before_it_there():
    newer = small_checklist({"name": "a"}, {"name": "c"}, {"name": "d"}, version="2")
    older = small_checklist({"name": "old"}, {"name": "a"}, {"name": "b"}, {"name": "d"})
    assert names(newer, older) == {"visits": ["old", "a", "b", "c", "d"]}


def test_a_name_that_is_not_clear_stands_as_its_path():
    twice = small_checklist(
        {"name": "A", "type": "group"}, {"name": "x", "inside": "/A"}, {"name": "B", "type": "group"},
        {"name": "x", "inside": "/B"}, {"name": "state"}, {"name": "y"},
    )  # fmt: skip
    assert names(twice) == {"visits": ["/A/x", "/B/x", "/state", "y"]}


def test_a_question_that_moved_into_a_repeat_stands_in_both_tables():
    newer = small_checklist({"name": "R", "type": "repeat"}, {"name": "x", "inside": "/R"}, version="2")
    older = small_checklist({"name": "x"})
    assert names(newer, older) == {"visits": ["x"], "R": ["x"]}


def test_hidden_questions_and_tables_of_nothing_else_have_no_columns():
    form = small_checklist({"name": "R", "type": "repeat"}, {"name": "x", "inside": "/R"}, {"name": "y"})
    assert names(form, hidden={"1": {"/R/x"}}) == {"visits": ["y"]}


def test_places_choices_and_scores_are_split():
    form = small_checklist(
        {"name": "at", "type": "geopoint"}, {"name": "many", "type": "select_multiple", "choices": "yes_no"},
        {"name": "R", "type": "repeat"}, {"name": "s", "inside": "/R", "weight": 1, "section": "B"},
        sections=[{"name": "B", "label": {}, "weight": 1}],
    )  # fmt: skip
    assert names(form, parts=Parts(scores=True, choices=True)) == {
        "visits": [
            "at#latitude", "at#longitude", "at#altitude", "at#accuracy", "many", "many/yes", "many/no",
            "B#section", "s#score",
        ],
        "R": ["s", "s#score"],
    }  # fmt: skip


def test_answers_of_every_kind_are_written_as_stored_or_in_words():
    rows = {
        "one": ("select_one", "yes_no", "yes", "yes", "Có"),
        "ranked": ("rank", "city", ["vinh", "hue"], "vinh hue", "Vinh; Huế"),
        "seen": ("acknowledge", None, "OK", "OK", "Đã đọc, đồng ý"),
        "at": ("time", None, "08:30:00", "08:30:00", "08:30:00"),
        "moment": ("dateTime", None, "2025-08-19T08:00:00.000+07:00") + ("2025-08-19T08:00:00.000+07:00",) * 2,
        "scale": ("range", None, 2.5, 2.5, 2.5),
        "film": ("video", None, ["a" * 64, "b" * 64], "a" * 64 + " " + "b" * 64, "a" * 64 + " " + "b" * 64),
        "odd": ("select_one", "yes_no", "maybe", "maybe", "maybe"),
        "nothing": ("calculate", None, float("nan"), None, None),
    }
    form = small_checklist(*({"name": name, "type": kind, "choices": of} for name, (kind, of, *_) in rows.items()))
    found = {column.name: column for column in layouts_of([form], {}, set(), "vi", PLAIN)[0].columns}
    for name, (_, _, value, stored, words) in rows.items():
        view = {"relevant": True, "value": value}
        cells = [cell_of(found[name], "1", view, Writing(form, language), str) for language in (None, "vi")]
        assert (name, cells) == (name, [stored, words])


def test_choices_from_an_attached_file_have_their_words():
    table = Table(file="kho.csv", columns=["code", "ten"], rows=[["k1", "Kho một"], ["k2", "Kho hai"]])
    lists = {"kho.csv": FileList(table="kho", value="code", label={"vi": "ten"})}
    form = small_checklist(
        {"name": "x", "type": "select_multiple", "choices": "kho.csv"}, tables={"kho": table}, lists=lists
    )
    column = layouts_of([form], {}, set(), "vi", PLAIN)[0].columns[0]
    view = {"relevant": True, "value": ["k2", "k1"]}
    assert cell_of(column, "1", view, Writing(form, "vi"), str) == "Kho hai; Kho một"
    assert names(form, parts=Parts(choices=True)) == {"visits": ["x", "x/k1", "x/k2"]}


def test_every_column_about_visits_rows_and_changes_is_told():
    document = (Path(__file__).parents[1] / "docs" / "checklists.md").read_text("utf-8")
    section = document.partition("## Taking the answers out\n")[2].partition("\n## ")[0]
    told = {*re.findall(r"[`#](\w+)`", section), *re.findall(r"\w+", section)}
    assert {*VISIT, *CALLED, *INSTANCE, *PARTS} - {"choice", "item", "section"} - told == set()
