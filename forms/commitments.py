"""What both sides agreed in the minutes of a visit, as rows that can be counted: who, by when, about what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from forms.answers import Value
from forms.minutes import ROOT, commitment_key

PLACE = re.compile(rf"{ROOT}commitment\[(?P<key>[^\]]+)\](?:/commitment_(?P<field>\w+))?")
SIDES = ("delegation", "unit", "department", "other")
DECISIONS = ("agreed", "changed", "objected")

Answers = Mapping[str, Value]


class Commitment(NamedTuple):
    """One commitment. `recommendation` is the code it answers, "" for one of a side's own, which has no `decision`.

    `due` is an ISO day: the one agreed, else that of the recommendation, None when neither says one. `text` and
    `owner` are what was written down, "" where the recommendation stands as it is.
    """

    key: str
    side: str
    recommendation: str
    decision: str
    due: str | None
    text: str
    owner: str
    confidential: bool


def commitments_of(answers: Answers, recommendations: Sequence[tuple[Mapping[str, Any], bool]]) -> list[Commitment]:
    """The commitments that stand in the answers of a visit; each recommendation comes with whether it is confidential.

    One that answers a recommendation counts when the unit has decided about it, one of a side's own when it has words,
    as in the minutes (domain §4.3 V).
    """
    known = _entries(answers)
    found = []
    for made, confidential in recommendations:
        key = commitment_key(made)
        entry = known.pop(key, None)
        if entry and entry.get("decision") in DECISIONS:
            found.append(_commitment(key, entry, "unit", made["code"], made["due"]["date"], confidential=confidential))
    own = ((key, entry) for key, entry in known.items() if _text(entry, "text"))
    return found + [_commitment(key, entry, "unit", "", None, confidential=False) for key, entry in own]


def _entries(answers: Answers) -> dict[str, dict[str, Value]]:
    """What stands in each instance of the commitments, without those that were taken away."""
    found: dict[str, dict[str, Value]] = {}
    for question, value in answers.items():
        place = PLACE.fullmatch(question)
        if place and place["field"]:
            found.setdefault(place["key"], {})[place["field"]] = value
    return {key: entry for key, entry in found.items() if answers.get(f"{ROOT}commitment[{key}]") is not False}


def _commitment(
    key: str, entry: dict[str, Value], side: str, code: str, due: str | None, *, confidential: bool
) -> Commitment:
    said = entry.get("side")
    return Commitment(
        key=key,
        side=said if isinstance(said, str) and said in SIDES else side,
        recommendation=code,
        decision=str(entry["decision"]) if code else "",
        due=_text(entry, "due") or due,
        text=_text(entry, "text"),
        owner=_text(entry, "owner"),
        confidential=confidential,
    )


def _text(entry: Mapping[str, Value], field: str) -> str:
    said = entry.get(field)
    return said.strip() if isinstance(said, str) else ""
