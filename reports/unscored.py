"""What a copy without numbers says in place of scores and level: how much was looked at, and what was found."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from reports.conclusion import (
    CAUSES,
    Conclusion,
    all_items,
    gates_sentence,
    shortcomings_of_items,
    strengths_of_items,
)
from reports.findings import SectionView
from reports.items import Sheet, code_of
from reports.numbers import count


def unscored_views(sheet: Sheet, views: list[SectionView]) -> list[SectionView]:
    """The sections with a summary in the words of the minutes."""
    return [replace(view, score="", summary=summary(sheet, view)) for view in views]


def summary(sheet: Sheet, view: SectionView) -> Markup:
    """How many items were looked at and how they stand, then the required conditions."""
    say = sheet.wording.say
    groups = {"full": view.full, "partial": view.partial, "weak": view.weak}
    answered = sum(len(items) for items in groups.values())
    applicable = answered + len(view.unanswered)
    if not applicable:
        return say("results.nothing_applies")
    numbers = {name: len(items) for name, items in groups.items()} | {"answered": answered, "applicable": applicable}
    words = {name: count(number, sheet.language) for name, number in numbers.items()}
    codes = ", ".join(item.code for item in view.weak)
    sentence = say("results.section", codes=f" ({codes})" if codes else "", **words)
    return sentence + say("findings.gates", gates=view.gates) if view.gates else sentence


def conclude_unscored(sheet: Sheet, views: list[SectionView]) -> Conclusion:
    """Part IV: what is met, what is not, and which required conditions; neither scores nor the way to more of them."""
    causes = sheet.nodes.get(CAUSES)
    return Conclusion(
        strengths=strengths_of_items(sheet, views),
        shortcomings=shortcomings_of_items(sheet, views),
        failed=[item for item in all_items(views) if item.gate == "failed"],
        causes=sheet.answer(causes) if causes else "",
        sentences=[*missing(sheet), gates_sentence(sheet, views), sheet.wording.say("copy.no_numbers")],
        lift_to="",
        lift=[],
        lift_end=Markup(""),
    )


def missing(sheet: Sheet) -> list[Markup]:
    """What has not been looked at, and why."""
    say, facts = sheet.wording.say, sheet.facts
    codes = list(dict.fromkeys(code_of(path) for path in facts.evaluation.assessment.missing))
    if not codes:
        return []
    found = [say("verdict.missing", count=count(len(codes), sheet.language), codes=", ".join(codes))]
    reason = facts.visit.incomplete_reason
    return [*found, say("verdict.reason", reason=reason)] if reason else found
