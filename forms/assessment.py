"""The assessment of a visit: item, section and total scores, gates, completeness, bounds, confidence and level.

Nothing is rounded here. Sums run in the order of the sheet, so that both twins reach the same last digit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from forms.answers import Keys
from forms.checklist import Level
from forms.logic.computing import mean_score, sum_in_order
from forms.logic.plan import Item
from forms.logic.undecided import Undecided

if TYPE_CHECKING:
    from forms.logic.state import State

EVIDENCE_FACTORS: Final = {"seen": 1.0, "photo": 1.0, "document": 0.7, "statement": 0.4, "none": 0.0}
TOLERANCE: Final = 1e-9
"""Below this, differences come from binary fractions, not from answers."""


class Entry(NamedTuple):
    """One scored item that applies: its score in 0..1, None while unanswered, and the weight it has in its section.

    An item of which a required answer has yet to decide whether it is asked counts as unanswered.
    """

    item: Item
    section: str
    weight: float
    score: float | None
    evidence: float = 0.0

    @property
    def gate_is_failed(self) -> bool:
        return self.score is not None and self.would_fail_gate(self.score)

    def would_fail_gate(self, score: float) -> bool:
        gate = self.item.node.gate
        return gate is not None and score < gate - TOLERANCE


@dataclass(frozen=True)
class SectionFigures:
    """One section: `worth` is what its answered items reach, Σ w·s; `answered_weight` and `total_weight` are Σ w."""

    name: str
    weight: float
    worth: float
    answered_weight: float
    total_weight: float
    answered: int
    applicable: int

    @property
    def least(self) -> float:
        return self.worth / self.total_weight

    @property
    def most(self) -> float:
        return (self.worth + (self.total_weight - self.answered_weight)) / self.total_weight

    @property
    def completeness(self) -> float:
        return self.answered_weight / self.total_weight

    @property
    def score(self) -> float | None:
        """D = Σ w·s / Σ w, None while an applicable item is unanswered."""
        return self.least if self.answered == self.applicable else None


@dataclass
class Assessment:
    """What the answers of a visit amount to (method: weighted means of item scores, see DESIGN of the checklist).

    `items` holds for each scored item that is asked its score, None while unanswered, or "na".
    """

    state: State
    items: dict[str, float | str | None]
    entries: list[Entry]
    sections: list[SectionFigures]
    missing: list[str]
    flagged: list[str]

    @cached_property
    def total(self) -> float | None:
        """C = Σ W·D / Σ W in 0..100; None while an applicable item is unanswered or when nothing is scored."""
        complete = self.sections and all(section.score is not None for section in self.sections)
        return self.bounds[0] if complete else None

    @cached_property
    def bounds(self) -> tuple[float, float]:
        """The total if every unanswered item came out worst, and best."""
        least = weighted_mean([(s.weight, s.least) for s in self.sections])
        most = weighted_mean([(s.weight, s.most) for s in self.sections])
        return (100 * (0.0 if least is None else least), 100 * (1.0 if most is None else most))

    @cached_property
    def completeness(self) -> float:
        """K in 0..1: the share of the weights that is answered; bounds are 100·(1 - K) apart."""
        return weighted_mean([(s.weight, s.completeness) for s in self.sections]) or 0.0

    @cached_property
    def confidence(self) -> float | None:
        """E in 0..1: how well the answers are evidenced, weighted like the total; None before the first answer."""
        shares = {section.name: section.weight / section.total_weight for section in self.sections}
        answered = [entry for entry in self.entries if entry.score is not None]
        return weighted_mean([(shares[entry.section] * entry.weight, entry.evidence) for entry in answered])

    @cached_property
    def gates_failed(self) -> list[str]:
        return [entry.item.node.name for entry in self.gates if entry.gate_is_failed]

    @property
    def gates(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.item.node.gate is not None]

    @property
    def total_for_rules(self) -> float | None:
        return None if self.total is None else settle(self.total)

    @property
    def lowest_for_rules(self) -> float | None:
        scores = [section.score for section in self.sections]
        known = [score for score in scores if score is not None]
        return settle(100 * min(known)) if known and len(known) == len(scores) else None

    @cached_property
    def level(self) -> Level | None:
        """The first level whose condition holds; None while the total is not known."""
        if self.total is None:
            return None
        return next((level for level, when in self.state.engine.level_rules if when.run(self.state, ())), None)

    def to_json(self) -> dict[str, Any]:
        """The assessment without what would lift it, as `evaluate` prints it."""
        level = self.level
        return {
            "total": self.total,
            "level": level and level.name,
            "level_label": level and level.label,
            "rank": level and level.rank,
            "sections": {section.name: section_json(section) for section in self.sections},
            "items": self.items,
            "gates_failed": self.gates_failed,
            "gates_open": [entry.item.node.name for entry in self.gates if entry.score is None],
            "gates_met": [
                entry.item.node.name for entry in self.gates if entry.score is not None and not entry.gate_is_failed
            ],
            "completeness": self.completeness,
            "bounds": list(self.bounds),
            "missing": self.missing,
            "confidence": self.confidence,
            "flagged": self.flagged,
        }


def assess(state: State) -> Assessment:
    """Assess the answers of a state."""
    items: dict[str, float | str | None] = {}
    entries = []
    undecided = Undecided(state)
    for item in state.engine.scored:
        path = item.node.path
        places = state.keys_of(item.repeats)
        asked = [keys for keys in places if state.is_relevant(path, keys) or undecided.is_undecided(item, keys)]
        if not asked:
            continue
        score = mean_score([state.result(path, "score", keys) for keys in asked])
        items[path] = score
        if not isinstance(score, str):
            evidence = mean_evidence(state, path, asked) if score is not None else 0.0
            entries.append(Entry(item, item.node.section or "", item.node.weight, score, evidence))
    return Assessment(state, items, entries, sum_up(state, entries), find_missing(state), find_flagged(state))


def mean_evidence(state: State, path: str, asked: list[Keys]) -> float:
    applicable = [keys for keys in asked if len(asked) == 1 or state.result(path, "score", keys) != "na"]
    factors = [EVIDENCE_FACTORS.get(str(state.answer(path, keys, "evidence")), 0.0) for keys in applicable]
    return sum(factors) / len(factors)


def sum_up(state: State, entries: list[Entry]) -> list[SectionFigures]:
    """The figures of every scored section in which an item applies, in the order of the checklist."""
    weights = {section.name: section.weight for section in state.engine.checklist.sections if section.weight > 0}
    by_section: dict[str, list[Entry]] = {name: [] for name in weights}
    for entry in entries:
        if entry.section in by_section:
            by_section[entry.section].append(entry)
    return [section_figures(name, weights[name], found) for name, found in by_section.items() if found]


def section_figures(name: str, weight: float, entries: list[Entry]) -> SectionFigures:
    answered = [(entry.weight, entry.score) for entry in entries if entry.score is not None]
    return SectionFigures(
        name=name,
        weight=weight,
        worth=sum_in_order([w * s for w, s in answered]),
        answered_weight=sum_in_order([w for w, _ in answered]),
        total_weight=sum_in_order([entry.weight for entry in entries]),
        answered=len(answered),
        applicable=len(entries),
    )


def section_json(section: SectionFigures) -> dict[str, Any]:
    return {
        "score": None if section.score is None else 100 * section.score,
        "weight": section.weight,
        "completeness": section.completeness,
        "bounds": [100 * section.least, 100 * section.most],
        "answered": section.answered,
        "applicable": section.applicable,
    }


def weighted_mean(pairs: list[tuple[float, float]]) -> float | None:
    """Σ weight·value / Σ weight, None without weight."""
    weight = sum_in_order([weight for weight, _ in pairs])
    return sum_in_order([weight * value for weight, value in pairs]) / weight if weight > 0 else None


def settle(figure: float) -> float:
    """A figure as level rules see it, free of the dust of binary fractions: 65 stays 65."""
    return math.floor(figure * 1e9 + 0.5) / 1e9


def find_missing(state: State) -> list[str]:
    """Instance paths of what still needs an answer: scored items without score, required questions left empty."""
    missing = []
    for path, item, is_scored in state.engine.wanted:
        for keys in state.keys_of(item.repeats):
            if state.is_relevant(path, keys):
                lacks = state.result(path, "score", keys) is None if is_scored else state.lacks_required(path, keys)
                if lacks:
                    missing.append(item.instance_path(keys))
    return missing


def find_flagged(state: State) -> list[str]:
    """Instance paths of what the unit did not know or show."""
    return [
        item.instance_path(keys)
        for path, item in state.may_be_unknown()
        for keys in state.keys_of(item.repeats)
        if state.state_of(path, keys) == "unknown"
    ]
