"""The part of a synthesis that a province may read: what its copy of the visit reports shows, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from forms.checklist import Checklist
from reports.facts import Model
from reports.restricted import restricted_in
from reports.synthesis.facts import SectionMean, SynthesisFacts, UnitResult

DIFFICULTIES, TRAINING = "I01", "E14"
"""The questions where a unit names the groups of its difficulties, and the fields in which it wants training."""


class SharedScore(Model):
    """The scores of one visit without what is restricted; `sections` maps names to per cent, None = no score."""

    total: float | None
    rank: int | None
    level: str | None
    completeness: float
    sections: dict[str, float | None]


def shared_copy(facts: SynthesisFacts, scores: Mapping[str, SharedScore]) -> SynthesisFacts:
    """The facts without restricted items, conditions, answers and recommendations, of every version that was used.

    `scores` by visit stand for those of the assessments wherever a restricted item has a share in them, as in the
    province's copy of a visit report: beside one another the two would tell what the hidden item is.
    """
    hidden = hidden_names(facts.checklists)
    codes = hidden_codes(facts.checklists)
    results = [open_result(one, hidden, scores.get(one.visit)) for one in facts.results]
    return facts.model_copy(
        update={
            "copy_for": "province",
            "items": [one for one in facts.items if not one.confidential and one.item not in hidden],
            "proposals": [one for one in facts.proposals if not one.confidential and one.code not in codes],
            "results": results,
            "before": [open_result(one, hidden, scores.get(one.visit)) for one in facts.before],
            "sections": open_sections(facts, scores),
        }
    )


def open_result(result: UnitResult, hidden: frozenset[str], score: SharedScore | None) -> UnitResult:
    """What was found in one unit, without what hangs on restricted questions."""
    own = score.model_dump(exclude={"sections"}) if score else {}
    return result.model_copy(
        update={
            "gates_failed": tuple(name for name in result.gates_failed if name not in hidden),
            "difficulties": {} if DIFFICULTIES in hidden else result.difficulties,
            "training": {} if TRAINING in hidden else result.training,
            **own,
        }
    )


def open_sections(facts: SynthesisFacts, scores: Mapping[str, SharedScore]) -> list[SectionMean]:
    """The means of the sections, those of rescored checklists from the scores that were computed afresh."""
    found: dict[tuple[str, str], list[float]] = {}
    for one in facts.results:
        for section, score in scores[one.visit].sections.items() if one.visit in scores else ():
            if score is not None:
                found.setdefault((one.checklist, section), []).append(score)
    rescored = {one.checklist for one in facts.results if one.visit in scores}
    afresh = [
        SectionMean(checklist=checklist, section=section, mean=sum(known) / len(known), units=len(known))
        for (checklist, section), known in sorted(found.items())
    ]
    return [*(one for one in facts.sections if one.checklist not in rescored), *afresh]


def hidden_names(checklists: Iterable[Checklist]) -> frozenset[str]:
    """The names of the restricted questions and of everything that gives them away."""
    known = ((checklist, restricted_in(checklist)) for checklist in checklists)
    return frozenset(
        node.name for checklist, restricted in known for node in checklist.walk() if restricted.is_hidden(node)
    )


def hidden_codes(checklists: Iterable[Checklist]) -> frozenset[str]:
    """The codes under which something restricted is recommended."""
    known = ((checklist, restricted_in(checklist)) for checklist in checklists)
    return frozenset(
        rule.code
        for checklist, restricted in known
        for number, rule in enumerate(checklist.rules)
        if rule.confidential or number in restricted.rules
    )
