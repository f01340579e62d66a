"""The review of a visit, ready to be shown: conclusion with its conditions, sections, gates, lift, recommendations.

Everything comes from the `evaluate` JSON and the checklist; nothing is computed here that the assessment should know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forms.checklist import Checklist, Node, Text, unquoted
from survey.progress import place_of

WEAK_EVIDENCE = 0.6


@dataclass(frozen=True)
class Conclusion:
    """`rank` and `label` are None while the data are not enough; then `low`–`high` is all that can be said."""

    rank: int | None
    label: Text | None
    total: float | None
    low: float
    high: float
    failed: list[str]
    open: list[str]
    met: list[str]
    completeness: float
    confidence: float | None

    @property
    def gates(self) -> int:
        return len(self.failed) + len(self.open) + len(self.met)

    @property
    def is_doubtful(self) -> bool:
        return self.confidence is not None and self.confidence < WEAK_EVIDENCE


@dataclass(frozen=True)
class SectionRow:
    name: str
    label: Text
    weight: float
    score: float | None
    low: float
    high: float
    answered: int
    applicable: int
    failed: list[str]


@dataclass(frozen=True)
class GateRow:
    """`met` is None while the question has no answer."""

    code: str
    label: Text
    section: str
    met: bool | None


@dataclass(frozen=True)
class Step:
    """One improvement: from and to in levels of the rubric (0 to 3), the wording to reach, points gained."""

    code: str
    label: Text
    section: str
    start: float
    to: float
    wording: Text | None
    value: Any
    gain: float
    responsible: Text | None
    due: str | None


@dataclass(frozen=True)
class Stair:
    """A level of the checklist as a stair of the drawing: where the unit is, and where it would be."""

    rank: int
    label: Text
    is_here: bool
    is_next: bool


@dataclass(frozen=True)
class Lift:
    steps: list[Step]
    rank: int
    label: Text
    total: float


@dataclass(frozen=True)
class MissingSection:
    name: str
    label: Text
    codes: list[str]


@dataclass(frozen=True)
class Overview:
    conclusion: Conclusion
    stairs: list[Stair]
    sections: list[SectionRow]
    gates: list[GateRow]
    lift: Lift | None
    recommendations: list[dict[str, Any]]
    missing: list[MissingSection]
    weak: list[str]
    is_scored: bool

    @property
    def missing_count(self) -> int:
        return sum(len(section.codes) for section in self.missing)


def overview_of(checklist: Checklist, result: Mapping[str, Any], *, with_confidential: bool) -> Overview:
    """Everything the page of a visit shows; without confidential questions for those who may not read them."""
    nodes = {node.name: node for node in checklist.walk()}
    hidden = set() if with_confidential else {name for name, node in nodes.items() if node.confidential}
    assessment = result["assessment"]
    recommendations = [
        entry for entry in result["recommendations"] if with_confidential or not _is_confidential(entry, hidden)
    ]
    return Overview(
        conclusion=_conclusion(checklist, assessment),
        stairs=_stairs(checklist, assessment),
        sections=_sections(checklist, assessment, nodes),
        gates=_gates(assessment, nodes),
        lift=_lift(checklist, assessment, nodes, recommendations),
        recommendations=[_with_place(entry, assessment) for entry in recommendations],
        missing=_missing(checklist, assessment, hidden),
        weak=[place_of(path)[1] for path in assessment["flagged"]],
        is_scored=checklist.is_scored,
    )


def _is_confidential(entry: Mapping[str, Any], hidden: set[str]) -> bool:
    return bool(entry["confidential"]) or any(finding["code"] in hidden for finding in entry["findings"])


def _conclusion(checklist: Checklist, assessment: Mapping[str, Any]) -> Conclusion:
    label = next((level.label for level in checklist.levels if level.name == assessment["level"]), None)
    return Conclusion(
        rank=assessment["rank"] if label else None,
        label=label,
        total=assessment["total"],
        low=assessment["bounds"][0],
        high=assessment["bounds"][1],
        failed=assessment["gates_failed"],
        open=assessment["gates_open"],
        met=assessment["gates_met"],
        completeness=assessment["completeness"],
        confidence=assessment["confidence"],
    )


def _stairs(checklist: Checklist, assessment: Mapping[str, Any]) -> list[Stair]:
    """The levels from the least to the best; nothing to draw while there is no conclusion."""
    if assessment["level"] is None:
        return []
    here, ahead = assessment["level"], assessment["lift_to"]
    return [
        Stair(level.rank, level.label, level.name == here, level.name == ahead) for level in reversed(checklist.levels)
    ]


def _sections(checklist: Checklist, assessment: Mapping[str, Any], nodes: Mapping[str, Node]) -> list[SectionRow]:
    labels = {section.name: section.label for section in checklist.sections}
    failed = [(code, nodes[code].section) for code in assessment["gates_failed"] if code in nodes]
    return [
        SectionRow(
            name=name,
            label=labels.get(name, {"vi": name}),
            weight=score["weight"],
            score=score["score"],
            low=score["bounds"][0],
            high=score["bounds"][1],
            answered=score["answered"],
            applicable=score["applicable"],
            failed=[code for code, section in failed if section == name],
        )
        for name, score in assessment["sections"].items()
    ]


def _gates(assessment: Mapping[str, Any], nodes: Mapping[str, Node]) -> list[GateRow]:
    states: tuple[tuple[str, bool | None], ...] = (("gates_failed", False), ("gates_open", None), ("gates_met", True))
    return [
        GateRow(code, nodes[code].label, place_of(nodes[code].path)[0], met)
        for kind, met in states
        for code in assessment[kind]
        if code in nodes
    ]


def _lift(
    checklist: Checklist,
    assessment: Mapping[str, Any],
    nodes: Mapping[str, Node],
    recommendations: list[dict[str, Any]],
) -> Lift | None:
    target = next((level for level in checklist.levels if level.name == assessment["lift_to"]), None)
    if target is None or not assessment["lift"] or assessment["total"] is None:
        return None
    steps = [_step(checklist, entry, nodes[entry["code"]], recommendations) for entry in assessment["lift"]]
    return Lift(steps, target.rank, target.label, assessment["total"] + sum(step.gain for step in steps))


def _step(checklist: Checklist, entry: Mapping[str, Any], node: Node, recommendations: list[dict[str, Any]]) -> Step:
    asked = next((r for r in recommendations if any(f["code"] == node.name for f in r["findings"])), None)
    return Step(
        code=node.name,
        label=unquoted(node.label),
        section=place_of(node.path)[0],
        start=round(3 * entry["from"], 2),
        to=round(3 * entry["to"], 2),
        wording=_wording_of(checklist, node, entry["to"]),
        value=entry.get("value"),
        gain=entry["gain"],
        responsible=asked["responsible"] if asked else None,
        due=asked["due"]["date"] if asked else None,
    )


def _wording_of(checklist: Checklist, node: Node, score: float) -> Text | None:
    """What the rubric says at a score: the choice with it, or the level's wording of a numeric item."""
    for choice in checklist.choices.get(node.choices or "", []):
        if isinstance(choice.score, (int, float)) and abs(choice.score - score) < 1e-6:
            return unquoted(choice.label)
    level = round(3 * score)
    return node.rubric[level] if level < len(node.rubric) else None


def _missing(checklist: Checklist, assessment: Mapping[str, Any], hidden: set[str]) -> list[MissingSection]:
    labels = {section.name: section.label for section in checklist.sections}
    by_section: dict[str, list[str]] = {}
    for path in assessment["missing"]:
        section, code = place_of(path)
        if code not in hidden and code not in by_section.setdefault(section, []):
            by_section[section].append(code)
    return [MissingSection(name, labels.get(name, checklist.title), codes) for name, codes in by_section.items()]


def _with_place(entry: dict[str, Any], assessment: Mapping[str, Any]) -> dict[str, Any]:
    """The recommendation with the code in its margin, its section, and whether a required condition failed."""
    first = next(iter(entry["findings"]), None)
    codes = {finding["code"] for finding in entry["findings"]}
    return entry | {
        "margin": first["code"] if first else "",
        "section": place_of(first["question"])[0] if first else "",
        "is_gate": bool(codes & set(assessment["gates_failed"])),
    }
