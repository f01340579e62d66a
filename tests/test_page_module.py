"""The lean module knows everything but the words that the page has already."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from javascript import run_module

from forms.engine import Engine, compile_checklist
from forms.library import library_source
from forms.module import compile_module
from forms.xlsform.reader import read_checklist
from survey.field.joined_script import joined
from survey.field.page_module import module_for_page
from survey.web import styles

REQUEST = {
    "today": "2025-08-19",
    "answers": {"B01": "1", "E01": 20, "E02": 10, "C01": 6, "C04#state": "na", "H04_counters": 2},
}


@pytest.fixture(scope="module")
def commune() -> Engine:
    return compile_checklist(read_checklist(library_source("commune"), "commune.md")[0])


def evaluated(source: str) -> dict[str, Any]:
    found: dict[str, Any] = run_module(source, f"evaluate({json.dumps(REQUEST)})")
    return found


def test_the_lean_module_decides_like_the_whole_one(commune: Engine):
    whole = evaluated(compile_module(commune.checklist))
    lean = evaluated(gzip.decompress(module_for_page(commune, "test", "vi")).decode())
    assert {path: one | {"message": None} for path, one in lean["questions"].items()} == {
        path: one | {"message": None} for path, one in whole["questions"].items()
    }
    of_the_page = {"level_label": lean["assessment"]["level_label"], "lift_to": None, "lift": []}
    assert lean["assessment"] == whole["assessment"] | of_the_page


def test_what_only_the_review_runs_is_not_sent_to_the_page(commune: Engine):
    lean = gzip.decompress(module_for_page(commune, "test", "vi")).decode()
    assert [name for name in ("class Search", "function unitName") if name in lean] == []
    assert [
        name for name in ("class Search", "function unitName") if name not in compile_module(commune.checklist)
    ] == []


def test_messages_are_there_in_the_language_of_the_page(commune: Engine):
    lean = gzip.decompress(module_for_page(commune, "test", "en")).decode()
    node = next(node for node in commune.checklist.walk() if node.constraint_message)
    assert node.constraint_message["en"] in lean
    assert node.constraint_message["vi"] not in lean


def test_the_lean_module_is_light(commune: Engine):
    assert len(module_for_page(commune, "test", "vi")) < 30_000


def test_scripts_and_styles_of_the_page_stay_below_sixty_kilobytes(commune: Engine):
    static = Path(__file__).parents[1] / "static"
    texts = [
        joined(static / "field", "page"),
        styles.joined(("tokens", "base", "fill")),
        (static / "app.js").read_text("utf-8"),
    ]
    packed = sum(len(gzip.compress(text.encode(), 9)) for text in texts)
    assert packed + len(module_for_page(commune, "test", "vi")) <= 60_000


def test_expressions_take_the_words_of_the_first_language_on_every_page():
    source = (Path(__file__).parent / "forms_of_the_field" / "quoting_choices.md").read_bytes()
    engine = compile_checklist(read_checklist(source, "quoting_choices.md")[0])
    request = {"today": "2025-08-19", "answers": {"head": "An", "asked": "wife"}}
    for language in ("vi", "en"):
        lean = gzip.decompress(module_for_page(engine, f"quoting-{language}", language)).decode()
        found = run_module(lean, f"evaluate({json.dumps(request)})")["questions"]
        assert [found[f"/G/{name}"]["value"] for name in ("spoken", "other")] == ["Vợ hoặc chồng của An"] * 2
