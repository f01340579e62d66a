"""What is recommended to a unit: rules that fired, filled with its answers, with due dates and the findings behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from forms.answers import Keys
from forms.checklist import Rule, Text
from forms.logic.plan import Item
from forms.logic.wording import agrees, answer_in_words, fill

if TYPE_CHECKING:
    from forms.logic.state import State, Unit

DUE: Final = re.compile(r"^T\+(\d{1,4})(w?)$")
PRIORITIES: Final = ("high", "normal", "low")
UNIT_WORDS: Final[dict[str, Text]] = {
    "xa": {"vi": "xã {}", "en": "{} Commune"},
    "phuong": {"vi": "phường {}", "en": "{} Ward"},
    "dac_khu": {"vi": "đặc khu {}", "en": "{} Special Zone"},
    "": {"vi": "đơn vị", "en": "the unit"},
}
"""How a unit is named inside a sentence, by kind; other kinds go by their name."""


def recommend(state: State) -> list[dict[str, Any]]:
    """The recommendations as JSON: failed gates first, then by priority, then in the order of the sheet.

    Rules that come to the same words are one recommendation with the findings of all, unless one is confidential.
    """
    found: dict[tuple[object, ...], dict[str, Any]] = {}
    places: dict[tuple[object, ...], dict[tuple[str, Keys], None]] = {}
    for rule, items, keys in fired(state):
        text = name_unit(fill(state, rule.text, keys), state.unit)
        same = (rule.confidential, *text.values())
        if same not in found:
            found[same] = describe(state, rule, keys, text)
        places.setdefault(same, {}).update(dict.fromkeys(find(state, items, keys)))
    for same, made in found.items():
        made["findings"] = describe_findings(state, list(places[same]))
    failed = set(state.assessment().gates_failed)
    return sorted(found.values(), key=lambda made: (not touches(made, failed), PRIORITIES.index(made["priority"])))


def fired(state: State) -> Iterator[tuple[Rule, list[Item], Keys]]:
    """Each rule whose condition holds, with the items of its questions; unasked questions rest.

    Once, or for each instance that its first question has.
    """
    for rule, when, items in state.engine.rules:
        for keys in state.keys_of(items[0].repeats) if items else [()]:
            asked = not items or state.is_relevant(items[0].node.path, keys)
            if asked and when.run(state, keys):
                yield rule, items, keys


def describe(state: State, rule: Rule, keys: Keys, text: Text) -> dict[str, Any]:
    return {
        "code": rule.code,
        "text": text,
        "responsible": name_unit(fill(state, rule.responsible, keys), state.unit),
        "cooperating": name_unit(fill(state, rule.cooperating, keys), state.unit),
        "due": {"date": due_date(rule.due, state.today), "text": rule.due_text},
        "priority": rule.priority,
        "legal_basis": rule.legal_basis,
        "product": name_unit(fill(state, rule.product, keys), state.unit),
        "confidential": rule.confidential,
        "findings": [],
    }


def find(state: State, items: list[Item], keys: Keys) -> list[tuple[str, Keys]]:
    """Where a recommendation finds its reasons: of each question of the rule, the instances that are asked."""
    findings = []
    for item in items:
        path = item.node.path
        near = [k for k in state.keys_of(item.repeats) if agrees(k, keys) and state.is_relevant(path, k)]
        findings += [(path, k) for k in near]
    return findings


def describe_findings(state: State, places: list[tuple[str, Keys]]) -> list[dict[str, Any]]:
    """The first finding, which is what the recommendation is about, and the others as far as they were answered."""
    told = [place for number, place in enumerate(places) if number == 0 or is_answered(state, *place)]
    return [finding(state, state.engine.items[path], keys) for path, keys in told]


def is_answered(state: State, path: str, keys: Keys) -> bool:
    noted = state.answer(path, keys, "state") is not None
    return noted or state.value(path, keys) is not None or state.result(path, "score", keys) is not None


def finding(state: State, item: Item, keys: Keys) -> dict[str, Any]:
    path = item.node.path
    return {
        "question": item.instance_path(keys),
        "code": item.node.name,
        "label": fill(state, item.node.label, keys),
        "answer": answer_in_words(state, path, keys),
        "score": state.item_score(path, keys),
    }


def touches(recommendation: dict[str, Any], failed: set[str]) -> bool:
    """Whether it mends a gate that failed."""
    return any(finding["code"] in failed for finding in recommendation["findings"])


def name_unit(text: Text, unit: Unit | None) -> Text:
    """A text with `{don_vi}` replaced by the unit's name."""
    return {
        language: words.replace("{don_vi}", unit_name(unit, language)) if "{don_vi}" in words else words
        for language, words in text.items()
    }


def unit_name(unit: Unit | None, language: str) -> str:
    """The unit inside a sentence: "xã Hà Trung", "Hà Trung Commune"; without a unit "đơn vị", "the unit"."""
    language = "en" if language == "en" else "vi"
    if not unit or not unit.get("name"):
        return UNIT_WORDS[""][language]
    name = str(unit["name"])
    words = UNIT_WORDS.get(str(unit.get("kind") or "-"))
    if words is None:
        return name
    prefix = words["vi"].replace("{}", "")
    bare = name[len(prefix) :] if name.lower().startswith(prefix) else name
    return words[language].replace("{}", bare)


@lru_cache(maxsize=4096)
def due_date(due: str, today: str) -> str | None:
    """The day "T+15" (calendar days) or "T+3w" (working days, Monday to Friday) after today, as ISO text."""
    match = DUE.match(due.strip())
    if not match:
        return None
    day, number = date.fromisoformat(today), int(match[1])
    if not match[2]:
        return (day + timedelta(days=number)).isoformat()
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < 5
    return day.isoformat()
