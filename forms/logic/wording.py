"""Words around answers: labels of what was answered, placeholders filled, and what is wrong with an answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from forms.answers import ATTACHED, Keys, Value
from forms.checklist import PLACEHOLDER, Node, Text
from forms.xpath.functions.coercion import number_text as spell_number

if TYPE_CHECKING:
    from forms.logic.state import State

TEXTS: Final[dict[str, Text]] = {
    "required": {"vi": "Câu này cần được trả lời.", "en": "This question needs an answer."},
    "constraint": {
        "vi": "Câu trả lời nằm ngoài mức phiếu cho phép. Hãy kiểm tra lại.",
        "en": "The checklist does not allow this answer. Please check it.",
    },
    "choice": {"vi": "Lựa chọn này không có trong danh sách.", "en": "This choice is not on the list."},
    "filter": {"vi": "Lựa chọn này không còn phù hợp.", "en": "This choice no longer fits."},
    "range": {"vi": "Chọn một số trên thang đo.", "en": "Choose a number of the scale."},
    "reason": {"vi": "Cần nêu lý do không áp dụng.", "en": "Say why this does not apply."},
    "na": {"vi": "Không áp dụng", "en": "Not applicable"},
    "unknown": {"vi": "Không biết, không cho xem được", "en": "Not known or not shown"},
    "unanswered": {"vi": "Chưa trả lời", "en": "Not answered"},
}
"""Wordings that both twins use, by what they say."""

ISO_DATE: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T|\Z)", re.ASCII)
CLOCK: Final = re.compile(r"\d{2}:\d{2}", re.ASCII)
MOMENTS: Final = ("date", "time", "dateTime", "start", "end")


def label_of_answer(state: State, path: str, keys: Keys, language: str) -> str:
    """What was answered, in words: labels of choices joined by commas, text as it is, "" when empty."""
    item = state.engine.items.get(path)
    value = state.value(path, keys) if item else None
    if item is None or value is None:
        return ""
    node = item.node
    if node.type == "select_one_from_file" and state.unit and state.unit.get("code") == value:
        return str(state.unit.get("name", value))
    if node.type in (*ATTACHED, "signature"):
        return str(len(value)) if isinstance(value, list) else "1"
    names = value if isinstance(value, list) else [value]
    return ", ".join(label_of_one(state, node, name, language, keys) for name in names)


def label_of_one(state: State, node: Node, value: Value, language: str, keys: Keys) -> str:
    choice = state.engine.choices.get(node.choices or "", {}).get(str(value))
    if choice:
        return fill_words(state, in_language(choice.label, language) or choice.name, keys, language)
    if node.type in MOMENTS and isinstance(value, str):
        return moment_text(node, value, language)
    if isinstance(value, int | float):
        return number_text(value, language)
    return str(value)


def moment_text(node: Node, value: str, language: str) -> str:
    """A day, a time or both: "19/08/2025", "08/2025", "10:30", "10:30 19/08/2025"; in English as ISO 8601 has them."""
    if node.type == "time":
        return value[:5] if CLOCK.match(value) else value
    match = ISO_DATE.match(value)
    if not match or (node.type == "date" and len(value) > len("2025-08-19")):
        return value
    parts = match.groups()[: {"year": 1, "month": 2}.get(node.precision, 3)]
    day = "/".join(reversed(parts)) if language == "vi" else "-".join(parts)
    return " ".join(filter(None, (value[11:16], day) if language == "vi" else (day, value[11:16])))


def number_text(number: float, language: str) -> str:
    """A number in a sentence: "0,93" in Vietnamese, "0.93" in English."""
    text = spell_number(number)
    return text.replace(".", ",") if language == "vi" else text


def in_language(text: Text, language: str) -> str:
    """The wording in a language, else in any."""
    return text.get(language) or next((words for words in text.values() if words), "")


def answer_in_words(state: State, path: str, keys: Keys) -> Text:
    """What was answered or noted about a question, in every language of the checklist."""
    noted = state.answer(path, keys, "state") or (None if state.value(path, keys) is not None else "unanswered")
    if isinstance(noted, str):
        return dict(TEXTS[noted])
    return {language: label_of_answer(state, path, keys, language) for language in state.engine.checklist.languages}


def fill(state: State, text: Text, keys: Keys) -> Text:
    """A text with each `${name}` replaced by the label of its answer; from outside a repeat by all its answers."""
    return {
        language: fill_words(state, words, keys, language) if "${" in words else words
        for language, words in text.items()
    }


def fill_words(state: State, words: str, keys: Keys, language: str) -> str:
    """`fill` for one language. Choices never quote questions whose choices quote, so this comes to an end."""
    if "${" not in words:
        return words

    def answer_to(name: str) -> str:
        path = state.engine.formulas.path_of(name)
        if path is None:
            return ""
        item = state.engine.items[path]
        own = [k for k in state.keys_of(item.repeats) if agrees(k, keys)]
        return ", ".join(filter(None, (label_of_answer(state, path, k, language) for k in own)))

    return PLACEHOLDER.sub(lambda match: answer_to(match[1]), words)


def agrees(one: Keys, other: Keys) -> bool:
    """Whether two places lie in the same instances as far as both lie in any."""
    return all(a == b for a, b in zip(one, other, strict=False))
