"""What `or_other` behind a select adds, as other tools do: a choice "other" of the list, and a text that asks which."""

from __future__ import annotations

from typing import Any

from forms.checklist import Choice, Node

OTHER = {"vi": "Khác", "en": "Other"}
WHICH = {"vi": "Ghi rõ nội dung khác", "en": "Specify other."}


def add_other(choices: list[Choice]) -> None:
    """Put the choice "other" at the end of a list that has none; every question with this list offers it."""
    if choices and all(choice.name != "other" for choice in choices):
        languages = dict.fromkeys(language for choice in choices for language in choice.label)
        label = {language: OTHER.get(language, OTHER["en"]) for language in languages}
        choices.append(Choice(name="other", label=label, row=choices[-1].row))


def which_other(asked: dict[str, Any]) -> Node:
    """The text behind the select with these fields; asked while "other" is chosen."""
    facts = {name: asked[name] for name in ("row", "core", "confidential", "personal")}
    return Node(
        type="text",
        name=f"{asked['name']}_other",
        path=f"{asked['path']}_other",
        label={language: WHICH.get(language, WHICH["en"]) for language in asked["label"]},
        relevant=f"selected(../{asked['name']}, 'other')",
        **facts,
    )
