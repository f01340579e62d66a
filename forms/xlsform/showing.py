"""Reads how a question is shown and what sets it: guidance, appearance, and the questions that trigger it."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, Final

from forms.checklist import COMPUTED, Checklist, Node, quoted_names
from forms.logic.plan import quoting_choices
from forms.xlsform.cells import yes_words
from forms.xlsform.columns import Line
from forms.xlsform.diagnosis import Diagnosis, suggestion

REFERENCE: Final = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
SELECTS: Final = ("select_one", "select_multiple", "select_one_from_file", "select_multiple_from_file")
NUMBERS: Final = ("integer", "decimal")

APPEARANCES: Final[dict[str, tuple[str, ...]]] = {
    r"minimal|autocomplete|search|likert|label|list|list-nolabel|quick|quickcompact(-\d+)?": SELECTS,
    r"columns(-\d+|-pack)?|compact(-\d+)?|horizontal|horizontal-compact": SELECTS,
    r"multiline|numbers": ("text",),
    r"thousands-sep": (*NUMBERS, "text"),
    r"no-calendar|year|month-year": ("date", "dateTime", "datetime"),
    r"signature|draw|annotate|new|new-front": ("image", "signature"),
    r"picker|rating|vertical|no-ticks|distress": ("range", *NUMBERS),
    r"field-list": ("group", "repeat"),
    r"table-list": ("group",),
}
"""The appearances that mean something here, by pattern, with the types they are for; w1 to w10 are for all."""
WIDTH: Final = re.compile(r"w([1-9]|10)")
searched: Final = re.compile(r"\bsearch\s*\(")
"""How an appearance takes choices from a file; the word alone is another name of `autocomplete`."""


def is_disabled(line: Line) -> bool:
    """Whether the row is switched off, as if it did not stand there."""
    return line.text("disabled").lower() in yes_words


def read_showing(line: Line, type_name: str, diagnosis: Diagnosis) -> dict[str, Any]:
    """The fields of a node that say how it is shown; a triggered calculation is none that is always up to date."""
    check_appearance(line, type_name, diagnosis)
    found: dict[str, Any] = {"guidance_hint": line.words("guidance_hint")}
    if line.text("trigger"):
        found |= {"trigger": read_trigger(line, type_name, diagnosis), "triggered": line.logic("calculation")}
        found["calculation"] = None
    return found


def check_appearance(line: Line, type_name: str, diagnosis: Diagnosis) -> None:
    """Mention what has no effect here; what would bring an answer from another program is refused."""
    place = ("survey", line.number, line.header("appearance"))
    text = line.looks
    if re.match(r"(ex|printer|intent):", text):
        diagnosis.refuse("appearance_external", *place, text=text)
    elif not searched.search(text):
        for word in text.split():
            if not is_known(word, type_name):
                diagnosis.warn("appearance_without_effect", *place, name=word, type=type_name)


def is_known(word: str, type_name: str) -> bool:
    """Whether this appearance means something for a question of this type."""
    fitting = (pattern for pattern, types in APPEARANCES.items() if type_name in types)
    return bool(WIDTH.fullmatch(word)) or any(re.fullmatch(pattern, word) for pattern in fitting)


def read_trigger(line: Line, type_name: str, diagnosis: Diagnosis) -> list[str]:
    """The names of the questions whose change sets this one: "${a}" or "${a}, ${b}"."""
    text, place = line.text("trigger"), ("survey", line.number, line.header("trigger"))
    if type_name in ("group", "repeat", "note"):
        diagnosis.refuse("column_not_for_type", *place, type=type_name)
    if REFERENCE.sub("", text).replace(",", "").strip():
        diagnosis.refuse("trigger_invalid", *place, text=text)
    return REFERENCE.findall(text)


def check_triggers(checklist: Checklist, diagnosis: Diagnosis) -> None:
    """Each trigger is one question that somebody answers."""
    nodes = {node.name: node for node in checklist.walk()}
    names = Counter(node.name for node in checklist.walk())
    for node in checklist.walk():
        for name in node.trigger:
            place = ("survey", node.row, "trigger")
            if not names[name]:
                diagnosis.refuse("reference_unknown", *place, name=name, **suggestion(name, names))
            elif names[name] > 1:
                diagnosis.refuse("reference_ambiguous", *place, name=name)
            elif not takes_answer(nodes[name]):
                diagnosis.refuse("trigger_not_answered", *place, name=name, type=nodes[name].type)


def check_quoting_choices(checklist: Checklist, diagnosis: Diagnosis) -> None:
    """A choice quotes no question whose choices quote in turn: that could go round."""
    nodes = {node.name: node for node in checklist.walk()}
    for choices in checklist.choices.values():
        for choice in choices:
            for name in quoted_names([choice.label]):
                if name in nodes and quoting_choices(checklist, nodes[name]):
                    diagnosis.refuse("choice_quotes_choice", "choices", choice.row, "label", name=name)


def takes_answer(node: Node) -> bool:
    """Whether an answer of somebody, or one that was triggered, can stand in this row."""
    return node.type not in ("group", "repeat", "note") and (node.type not in COMPUTED or bool(node.trigger))
