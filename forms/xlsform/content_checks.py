"""Checks a checklist that was read: scores have a source, texts a wording, placeholders a question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator

from forms.checklist import UNASKED, Checklist, Node, Text
from forms.xlsform.diagnosis import Diagnosis, suggestion
from forms.xlsform.showing import check_quoting_choices, check_triggers

reference_in_text = re.compile(r"\$\{\s*([^}]*?)\s*\}")
placeholder_in_text = re.compile(r"(?<!\$)\{([^{}]*)\}")
filled = {
    "survey": ("label", "hint", "guidance_hint", "required_message", "constraint_message"),
    "choices": ("label",),
    "recommendations": ("text", "responsible", "cooperating", "product"),
}
"""The columns whose placeholders are filled with answers; elsewhere they would be shown as they are."""
item_function = re.compile(r"item-(?:score|level)\(\s*\$\{\s*([^}\s]+)\s*\}")


def check_content(checklist: Checklist, reserved: Collection[str], diagnosis: Diagnosis) -> None:
    """Everything that needs the whole checklist but no expression; `reserved` names are not free for its groups."""
    check_names(checklist, reserved, diagnosis)
    check_scores(checklist, diagnosis)
    check_lists(checklist, diagnosis)
    check_texts(checklist, diagnosis)
    check_triggers(checklist, diagnosis)
    check_quoting_choices(checklist, diagnosis)


def check_names(checklist: Checklist, reserved: Collection[str], diagnosis: Diagnosis) -> None:
    """Answers of other forms of the same visit are filed under the reserved names."""
    for node in checklist.nodes:
        if node.name in reserved:
            diagnosis.refuse("name_reserved", "survey", node.row, "name", name=node.name)


def check_scores(checklist: Checklist, diagnosis: Diagnosis) -> None:
    """Weights, gates and score sources belong together; scored sections have items and a conclusion."""
    items = [node for node in checklist.walk() if node.is_scored]
    for node in checklist.walk():
        if node.gate is not None and not node.weight:
            diagnosis.refuse("gate_without_score", "survey", node.row, "gate", name=node.name)
    for node in items:
        check_score_source(node, checklist, diagnosis)
    for section in checklist.sections:
        if section.weight > 0 and all(node.section != section.name for node in items):
            diagnosis.warn("section_without_items", "sections", 0, "", name=section.name)
    if items and not checklist.levels:
        diagnosis.warn("levels_missing", "levels")


def check_score_source(node: Node, checklist: Checklist, diagnosis: Diagnosis) -> None:
    """A weighted item has a score expression or is chosen from a list in which every choice is scored."""
    if node.score:
        return
    choices = checklist.choices.get(node.choices or "", [])
    if node.type != "select_one" or all(choice.score is None for choice in choices):
        diagnosis.refuse("score_missing", "survey", node.row, "score", name=node.name)
        return
    for choice in choices:
        if choice.score is None:
            diagnosis.refuse("choice_without_score", "choices", choice.row, "score",
                             name=choice.name, list=node.choices, question=node.name)  # fmt: skip


def check_lists(checklist: Checklist, diagnosis: Diagnosis) -> None:
    """Mention lists and scores that nothing uses."""
    used = {node.choices for node in checklist.walk()}
    expressions = [level.when for level in checklist.levels] + [rule.when for rule in checklist.rules]
    expressions += [node.score or "" for node in checklist.walk()]
    asked = {name for expression in expressions for name in item_function.findall(expression)}
    scoring = {node.choices for node in checklist.walk() if node.is_scored or node.name in asked}
    for name, choices in checklist.choices.items():
        if name not in used:
            diagnosis.warn("list_unused", "choices", choices[0].row, "list_name", list=name)
        elif name not in scoring and any(choice.score is not None for choice in choices):
            diagnosis.warn("choice_score_unused", "choices", choices[0].row, "score", list=name)


def check_texts(checklist: Checklist, diagnosis: Diagnosis) -> None:
    """Every question has a label; texts exist in every language and name only questions that exist."""
    names = Counter(node.name for node in checklist.walk())
    for node in checklist.nodes:
        if not node.label and node.type == "group":
            diagnosis.warn("section_without_label", "survey", node.row, "label", name=node.name)
    for node in checklist.walk():
        if not node.label and node.type not in ("group", "repeat", *UNASKED):
            diagnosis.refuse("label_missing", "survey", node.row, "label", name=node.name)
    for sheet, row, name, column, text in wordings(checklist):
        for language in checklist.languages:
            if text and language not in text:
                diagnosis.warn("translation_missing", sheet, row, column, name=name, language=language,
                               target=header_of(column, language))  # fmt: skip
        for words in text.values():
            check_references(words, sheet, row, column, names, diagnosis)


def header_of(column: str, language: str) -> str:
    """The header under which a text stands in a language."""
    spoken = {"vi": "Tiếng Việt (vi)", "en": "English (en)"}.get(language, language)
    return f"{'translated_title' if column == 'form_title' else column}::{spoken}"


def check_references(words: str, sheet: str, row: int, column: str, names: Counter[str], diagnosis: Diagnosis) -> None:
    """Each ${name} in a text is one question of the survey; {don_vi} in a recommendation is the unit's name."""
    for name in reference_in_text.findall(words):
        if column not in filled.get(sheet, ()):
            diagnosis.refuse("reference_not_filled", sheet, row, column, name=name)
        elif not names[name]:
            diagnosis.refuse("reference_unknown", sheet, row, column, name=name, **suggestion(name, names))
        elif names[name] > 1:
            diagnosis.refuse("reference_ambiguous", sheet, row, column, name=name)
    for name in placeholder_in_text.findall(words) if sheet == "recommendations" else ():
        if name != "don_vi" or column not in filled[sheet]:
            diagnosis.refuse("placeholder_unknown", sheet, row, column, name=name)


def wordings(checklist: Checklist) -> Iterator[tuple[str, int, str, str, Text]]:
    """Every text of the checklist: sheet, row, name of what it belongs to, column, wording by language."""
    yield "settings", 2, checklist.id, "form_title", checklist.title
    for node in checklist.walk():
        columns = ("label", "hint", "guidance_hint", "evidence", "required_message", "constraint_message")
        for column in columns:
            yield "survey", node.row, node.name, column, getattr(node, column)
        for score, text in enumerate(node.rubric):
            yield "survey", node.row, node.name, f"rubric_{score}", text
    for choices in checklist.choices.values():
        for choice in choices:
            yield "choices", choice.row, choice.name, "label", choice.label
    for level in checklist.levels:
        yield "levels", level.row, level.name, "label", level.label
    for rule in checklist.rules:
        for column in ("text", "responsible", "cooperating", "due_text", "product"):
            yield "recommendations", rule.row, rule.code, column, getattr(rule, column)
