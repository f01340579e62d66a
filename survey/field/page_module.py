"""The checklist's ES module as its page needs it: the logic whole, but only the texts that are not in the page itself.

The page shows labels, hints and rubrics as HTML and no recommendations; without them the module weighs a third.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Set
from functools import lru_cache
from importlib.resources import files

from forms.checklist import Checklist, Choice, Node, Text
from forms.engine import Engine
from forms.module import HEADER, compile_module, strip
from survey.checklists.tables import loader, tables_apart
from survey.field.outline import MOST_IN_PAGE

REVIEW = {
    "lift.js": "const liftToNextLevel = () => ({ lift_to: null, lift: [] });",
    "recommendation.js": "const recommendations = { recommend: () => [] };",
}
"""Files of the engine that the page of questions never asks, with what stands in their place there."""

QUOTED = re.compile(r"\$\{\s*([^}\s]+)\s*\}")


def module_for_page(engine: Engine, sha256: str, language: str) -> bytes:
    """The lean module of a version in one language, as gzip; compiled once and kept under the hash of its source."""
    kept = _kept_module(sha256, language)
    if not kept:
        apart = tables_apart(engine.checklist)
        text = compile_module(lean(engine.checklist, language), apart).removeprefix(HEADER) + loader(engine.checklist)
        kept.append(gzip.compress(without_review(text).encode(), 9, mtime=0))
    return kept[0]


def without_review(module: str) -> str:
    """A module's text with the parts of the engine that only the review runs replaced by what they give for nothing."""
    for name, instead in REVIEW.items():
        module = module.replace(strip(files("forms").joinpath("twin", name).read_text("utf-8")), instead)
    return module


@lru_cache(maxsize=32)
def _kept_module(sha256: str, language: str) -> list[bytes]:
    return []


def lean(checklist: Checklist, language: str) -> Checklist:
    """The checklist without recommendations, and with the texts that scripts show in one language only."""
    spoken = {language}
    quoted = {name for node in checklist.walk() for name in quotes(node)}
    quoted |= {name for found in checklist.choices.values() for choice in found for name in quoted_by(choice)}
    sources = [source for node in checklist.walk() for source in expressions(node)]
    if any("choice-name" in source or "instance(" in source for source in sources):
        # Expressions take the words of the first language, whichever the page is in.
        shown, spoken = set(checklist.choices), {checklist.languages[0], language}
    else:
        shown = {node.choices or "" for node in checklist.walk() if node.name in quoted}
        shown |= {name for name, found in checklist.choices.items() if any(map(quoted_by, found))}
    shown |= {name for name, found in checklist.choices.items() if len(found) > MOST_IN_PAGE}
    choices = {
        name: [one.model_copy(update={"label": spoken_in(one.label, spoken) if name in shown else {}}) for one in found]
        for name, found in checklist.choices.items()
    }
    levels = [level.model_copy(update={"label": in_one(level.label, language)}) for level in checklist.levels]
    nodes = [lean_node(node, language) for node in checklist.nodes]
    return checklist.model_copy(update={"nodes": nodes, "choices": choices, "levels": levels, "rules": [], "title": {}})


def lean_node(node: Node, language: str) -> Node:
    """The node and those inside it; label and hint stay only where they quote answers."""
    quoting = bool(quotes(node))
    texts = {
        "label": in_one(node.label, language) if quoting else {},
        "hint": in_one(node.hint, language) if quoting else {},
        "guidance_hint": in_one(node.guidance_hint, language) if quoting else {},
        "required_message": in_one(node.required_message, language),
        "constraint_message": in_one(node.constraint_message, language),
    }
    bare = {"evidence": {}, "rubric": [], "legal_basis": "", "appearance": "", "media": {}}
    return node.model_copy(update=texts | bare | {"children": [lean_node(child, language) for child in node.children]})


def quotes(node: Node) -> list[str]:
    """The names of the questions that a node's texts quote."""
    texts = (node.label, node.hint, node.guidance_hint)
    return [name for text in texts for words in text.values() for name in QUOTED.findall(words)]


def quoted_by(choice: Choice) -> list[str]:
    """The names of the questions that a choice's label quotes."""
    return [name for words in choice.label.values() for name in QUOTED.findall(words)]


def expressions(node: Node) -> list[str]:
    sources = (
        node.relevant, node.required, node.constraint, node.calculation, node.default, node.score, node.choice_filter,
        node.repeat_count, node.triggered,
    )  # fmt: skip
    return [source for source in sources if source]


def in_one(text: Text, language: str) -> Text:
    """The text in this language, or whatever there is."""
    return spoken_in(text, {language})


def spoken_in(text: Text, languages: Set[str]) -> Text:
    """The text in these languages, or whatever there is."""
    return {code: words for code, words in text.items() if code in languages} if text.keys() >= languages else text
