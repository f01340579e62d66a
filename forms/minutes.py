"""The form of the minutes: what both sides write down and sign besides the checklist.

Its answers lie in the log of the visit, below a root that no checklist may use, whatever checklist the visit has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from forms.answers import Value
from forms.engine import Engine, compile_checklist
from forms.log import Change, answers_from
from forms.xlsform.reader import read_checklist

NAME = "minutes"
ROOT = f"/{NAME}/"
SOURCE = Path(__file__).with_suffix(".md")

INSTANCE = re.compile(r"\[([^\]]*)\]")
NOT_OF_KEYS = re.compile(r"[^0-9A-Za-z_-]")

PLACE = re.compile(rf"{ROOT}(?P<name>\w+)\[(?P<key>[^\]]+)\](?:/(?P<field>\w+))?")

Answers = Mapping[str, Value]
Entry = dict[str, Any]


@cache
def minutes_engine() -> Engine:
    """The form, compiled once."""
    return compile_checklist(read_checklist(SOURCE.read_bytes(), SOURCE.name, reserved=())[0])


def commitment_key(recommendation: Mapping[str, Any]) -> str:
    """The instance of the commitments that answers a recommendation (of `evaluate`), the same on every tablet.

    The code of its rule; where a rule fires for each instance of a repeat, with the key of the instance.
    """
    findings = recommendation["findings"]
    keys = INSTANCE.findall(findings[0]["question"]) if findings else []
    return NOT_OF_KEYS.sub("-", "-".join([recommendation["code"], *keys]))[:64]


def is_of_minutes(question: str) -> bool:
    """Whether a question of the log belongs to the minutes and not to the checklist."""
    return question.startswith(ROOT)


def answers_of_checklist(answers: Answers) -> dict[str, Value]:
    """The answers of a visit without those of its minutes."""
    return {question: value for question, value in answers.items() if not is_of_minutes(question)}


def answers_of_minutes(answers: Answers) -> dict[str, Value]:
    """The answers of a visit that belong to its minutes."""
    return {question: value for question, value in answers.items() if is_of_minutes(question)}


def entries_of(log: Iterable[Change], name: str) -> dict[str, Entry]:
    """The instances of a repeat by key, in the order in which they were begun: what stands in each field."""
    ordered = sorted(log, key=Change.recency)
    places = [match for change in ordered if (match := PLACE.fullmatch(change.question)) and match["name"] == name]
    found: dict[str, Entry] = {match["key"]: {} for match in places}
    said = answers_from(ordered)
    for match in places:
        if match["field"]:
            found[match["key"]][match["field"].removeprefix(f"{name}_")] = said[match[0]]
    return {key: entry for key, entry in found.items() if said.get(f"{ROOT}{name}[{key}]") is not False}
