"""What a tablet needs to write the minutes itself: all that is the same in every visit with one checklist version.

The words, the open part of the checklist and the rules of the document go to the tablet as data; its scripts
(`static/field/minutes.js`) fill in what the visit found. Of confidential matters it knows only what to leave out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, get_args

from forms.checklist import UNASKED, Checklist, Node, Text
from reports import coaching
from reports.annexes import OPINIONS
from reports.bases import BASES
from reports.dates import ENGLISH_MONTHS, VIETNAMESE_DAY, VIETNAMESE_TIME
from reports.findings import FULL, GOOD
from reports.ink import BLUE, PAPER
from reports.items import CONSENT, COUNTED, NOT_IN_WORDS, SILENT
from reports.minutes_facts import Decision, Role
from reports.minutes_parts import NUMBERS, SIDES, role_names
from reports.naming import ACADEMIC_TITLES
from reports.open_copy import always_hidden_codes, hidden_names, open_nodes
from reports.pdf import BLANK, UNSEEN, font_signs
from reports.wording import Wording, all_words

WORDS = {
    "minutes": (), "attendance": (), "results": (), "commitments": (), "attached": (), "closing": (), "answer": (),
    "head": ("ministry", "delegation", "nation", "motto"),
    "mark": ("draft", "fictitious", "none"),
    "general": ("basis_decision",),
    "findings": ("note",),
    "coaching": ("counts",),
    "strengths": ("title", "gates", "full"),
    "shortcomings": ("title", "gate", "absent", "flagged"),
    "verdict": ("no_gates", "gates_met", "gates_failed", "gates_open"),
    "opinions": ("intro",),
    "proposals": ("number", "responsible", "due"),
    "signature": ("to", "to_legal"),
}  # fmt: skip
"""The tables of the wording that the minutes draw from, and which entries of each; all of them when none is named."""


def minutes_plan(checklist: Checklist, language: str) -> dict[str, Any]:
    """The plan of the minutes of every visit with this checklist, in "vi" or "en", as JSON data."""
    nodes = {node.name: node for node in checklist.walk()}
    return {
        "language": language,
        "words": dict(words(language)),
        "title": picked(checklist.title, language),
        "version": checklist.version,
        "sections": [
            {"name": section.name, "title": picked(section.label, language)}
            for section in checklist.sections
            if section.weight > 0
        ],
        "nodes": [node_data(node, language) for node in open_nodes(checklist.nodes)],
        "choices": choices(checklist, language),
        "consent": nodes[CONSENT].path if CONSENT in nodes else None,
        "hidden": hidden(checklist),
        "bases": list(bases(language)),
        "dates": {"months": ENGLISH_MONTHS, "day": VIETNAMESE_DAY, "time": VIETNAMESE_TIME},
        "roles": sorted(role_names()),
        "titles": ACADEMIC_TITLES.pattern,
        "unseen": UNSEEN.pattern,
        "signs": BLANK + sign_ranges(font_signs()),
        "rules": rules(),
        "ink": {"colour": BLUE, "paper": PAPER},
    }


def words(language: str) -> Iterator[tuple[str, str]]:
    """Keys as `Wording` knows them with their texts."""
    wording = Wording(language)
    for table, chosen in WORDS.items():
        for entry in chosen or all_words()[table]:
            yield f"{table}.{entry}", wording.raw(f"{table}.{entry}")


def picked(text: Text, language: str) -> str:
    """The wording in the language of the document, else in Vietnamese, else in any."""
    return text.get(language) or text.get("vi") or next(iter(text.values()), "")


def node_data(node: Node, language: str) -> dict[str, Any]:
    """A question or group that the unit may read; what is false or empty is left out."""
    found = {
        "type": node.type,
        "name": node.name,
        "path": node.path,
        "label": picked(node.label, language),
        "choices": node.choices,
        "precision": node.precision,
        "section": node.section if node.is_scored else None,
        "personal": node.personal,
        "children": [node_data(child, language) for child in node.children],
    }
    return {name: value for name, value in found.items() if value}


def choices(checklist: Checklist, language: str) -> dict[str, list[list[str]]]:
    """The lists of choices of open questions: names with labels."""
    used = {node.choices for part in open_nodes(checklist.nodes) for node in part.walk()}
    return {
        name: [[choice.name, picked(choice.label, language)] for choice in listed]
        for name, listed in checklist.choices.items()
        if name in used
    }


def hidden(checklist: Checklist) -> dict[str, list[str]]:
    """What has to be left out of results and recommendations: paths and names of questions, and codes."""
    return {
        "paths": [node.path for node in checklist.walk() if node.confidential],
        "names": sorted(hidden_names(checklist)),
        "codes": sorted(always_hidden_codes(checklist)),
    }


def bases(language: str) -> Iterator[dict[str, Any]]:
    """The decrees that minutes cite, each with the days of its validity."""
    for basis in BASES:
        if basis.is_decree:
            until = basis.until.isoformat() if basis.until else None
            yield {"text": picked(basis.text, language), "since": basis.since.isoformat(), "until": until}


def sign_ranges(codes: Iterable[int]) -> str:
    """Signs as ranges of a regular expression that JavaScript reads: "\\u0020-\\u007e"."""
    return "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in ranges(codes))


def ranges(codes: Iterable[int]) -> list[list[int]]:
    """Sorted numbers as pairs of first and last: 1, 2, 3, 7 → [[1, 3], [7, 7]]."""
    found: list[list[int]] = []
    for code in codes:
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return found


def rules() -> dict[str, Any]:
    """What decides about parts and types of questions, under the names that the scripts use."""
    return {
        "silent": SILENT,
        "unasked": UNASKED,
        "not_in_words": NOT_IN_WORDS,
        "counted": COUNTED,
        "numbers": NUMBERS,
        "full": FULL,
        "good": GOOD,
        "sides": SIDES,
        "attendance_roles": get_args(Role),
        "decisions": get_args(Decision),
        "coaching": {
            "part": coaching.PART,
            "officers": coaching.OFFICERS,
            "before": coaching.BEFORE,
            "after": coaching.AFTER,
        },
        "opinions": OPINIONS,
    }
