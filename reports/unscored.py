"""What a copy without numbers says in place of scores and level: how much was looked at, and what was found."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from reports.conclusion import CAUSES, Conclusion, all_items, gates_sentence
from reports.findings import SectionView
from reports.items import Sheet, code_of
from reports.numbers import count

LEVEL_HEADINGS = {key: key for key in ("full", "partial", "weak", "noted", "not_applicable")}
PLAIN_HEADINGS = LEVEL_HEADINGS | {key: f"{key}_plain" for key in ("full", "partial", "weak")}
"""What stands above the items of a section: with the levels of the rubric, or in words alone."""


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
        strengths=strengths(sheet, views),
        shortcomings=shortcomings(sheet, views),
        failed=[item for item in all_items(views) if item.gate == "failed"],
        causes=sheet.answer(causes) if causes else "",
        sentences=[*missing(sheet), gates_sentence(sheet, views), sheet.wording.say("copy.no_numbers")],
        lift_to="",
        lift=[],
        lift_end=Markup(""),
    )


def strengths(sheet: Sheet, views: list[SectionView]) -> list[Markup]:
    """Required conditions that are met, and how many items leave nothing to be desired."""
    say, met = sheet.wording.say, sheet.facts.evaluation.assessment.gates_met
    full = sum(len(view.full) for view in views)
    found = [say("strengths.gates", count=count(len(met), sheet.language), codes=", ".join(met))] if met else []
    return [*found, say("strengths.full_plain", count=count(full, sheet.language))] if full else found


def shortcomings(sheet: Sheet, views: list[SectionView]) -> list[Markup]:
    """What is absent, and what was not shown."""
    absent = [item.code for view in views for item in view.weak if not item.score and item.gate != "failed"]
    flagged = [code_of(path) for path in sheet.facts.evaluation.assessment.flagged]
    return [
        sheet.wording.say(f"shortcomings.{key}_plain", count=count(len(codes), sheet.language), codes=", ".join(codes))
        for key, codes in (("absent", absent), ("flagged", flagged))
        if codes
    ]


def missing(sheet: Sheet) -> list[Markup]:
    """What has not been looked at, and why."""
    say, facts = sheet.wording.say, sheet.facts
    codes = list(dict.fromkeys(code_of(path) for path in facts.evaluation.assessment.missing))
    if not codes:
        return []
    found = [say("verdict.missing", count=count(len(codes), sheet.language), codes=", ".join(codes))]
    reason = facts.visit.incomplete_reason
    return [*found, say("verdict.reason", reason=reason)] if reason else found
