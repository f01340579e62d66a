"""The page about the exchange says what the program does."""

from __future__ import annotations

import re

from docs.__main__ import SYNC
from docs.sync import render
from survey.sync.exchange import REASONS

PAGE = SYNC.read_text("utf-8")


def test_the_page_is_what_the_models_give():
    assert render() == PAGE  # `make docs` writes it


def test_every_code_has_its_meaning_in_english():
    told = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|$", PAGE, re.MULTILINE))
    assert told.keys() == REASONS.keys()
    assert [code for code, meaning in told.items() if not meaning.isascii()] == []


def test_the_shapes_name_every_field_of_a_change():
    change = PAGE.partition("### Change\n")[2].partition("###")[0]
    fields = re.findall(r'^  "(\w+)": {', change, re.MULTILINE)
    assert fields == ["id", "visit", "question", "value", "replaces", "at", "device_at", "device", "author"]
