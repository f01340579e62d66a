"""Part IV of the visit report: strengths, shortcomings, causes, the conclusion and what would lift the unit a level."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from forms.checklist import Level
from reports.facts import Improvement
from reports.findings import SectionView, interval
from reports.items import Item, Sheet, code_of
from reports.naming import Names
from reports.numbers import count, decimal, plain

STRONG_SECTION, WEAK_SECTION = 80.0, 60.0
"""Per cent from which a section is named as a strength, and below which as a shortcoming (60 is asked of the best)."""

CAUSES = "I01"
"""The question where the unit names the groups of its difficulties."""


@dataclass(frozen=True)
class Conclusion:
    """Part IV in sentences; `lines` of strengths and shortcomings are empty when nothing was recorded."""

    strengths: list[Markup]
    shortcomings: list[Markup]
    failed: list[Item]
    causes: str
    sentences: list[Markup]
    lift_to: str
    lift: list[Markup]
    lift_end: Markup


def conclude(sheet: Sheet, views: list[SectionView], names: Names) -> Conclusion:
    """The conclusion of the delegation in words, from the assessment alone."""
    assessment = sheet.facts.evaluation.assessment
    causes = sheet.nodes.get(CAUSES)
    target = level_named(sheet, assessment.lift_to)
    return Conclusion(
        strengths=strengths(sheet, views),
        shortcomings=shortcomings(sheet, views),
        failed=[item for item in all_items(views) if item.gate == "failed"],
        causes=sheet.answer(causes) if causes else "",
        sentences=verdict(sheet, views, names),
        lift_to=sheet.pick(target.label) if target else "",
        lift=[improvement(sheet, views, step) for step in assessment.lift],
        lift_end=lift_end(sheet),
    )


def all_items(views: list[SectionView]) -> list[Item]:
    return [item for view in views for group in (view.full, view.partial, view.weak, view.unanswered) for item in group]


def level_named(sheet: Sheet, name: str | None) -> Level | None:
    return next((level for level in sheet.facts.checklist.levels if level.name == name), None)


def strengths(sheet: Sheet, views: list[SectionView]) -> list[Markup]:
    strong = [view for view in views if (view.result.score or 0) >= STRONG_SECTION]
    sections = [sheet.wording.say("strengths.section", title=view.title, score=view.score) for view in strong]
    return sections + strengths_of_items(sheet, views)


def strengths_of_items(sheet: Sheet, views: list[SectionView]) -> list[Markup]:
    """What is met, without a score."""
    say, language = sheet.wording.say, sheet.language
    met = sheet.facts.evaluation.assessment.gates_met
    full = sum(len(view.full) for view in views)
    found = []
    if met:
        found.append(say("strengths.gates", count=count(len(met), language), codes=", ".join(met)))
    if full:
        found.append(say("strengths.full", count=count(full, language)))
    return found


def shortcomings(sheet: Sheet, views: list[SectionView]) -> list[Markup]:
    weak = [view for view in views if view.result.score is not None and view.result.score < WEAK_SECTION]
    sections = [sheet.wording.say("shortcomings.section", title=view.title, score=view.score) for view in weak]
    return sections + shortcomings_of_items(sheet, views)


def shortcomings_of_items(sheet: Sheet, views: list[SectionView]) -> list[Markup]:
    """What is absent or was not shown, without a score."""
    say, language = sheet.wording.say, sheet.language
    found = []
    absent = [item for view in views for item in view.weak if not item.score and item.gate != "failed"]
    if absent:
        codes = ", ".join(item.code for item in absent)
        found.append(say("shortcomings.absent", count=count(len(absent), language), codes=codes))
    flagged = sheet.facts.evaluation.assessment.flagged
    if flagged:
        codes = ", ".join(code_of(path) for path in flagged)
        found.append(say("shortcomings.flagged", count=count(len(flagged), language), codes=codes))
    return found


def verdict(sheet: Sheet, views: list[SectionView], names: Names) -> list[Markup]:
    """The conclusion itself, never without its required conditions and never a level while something is missing."""
    say, assessment = sheet.wording.say, sheet.facts.evaluation.assessment
    level = level_named(sheet, assessment.level)
    if level is None or assessment.total is None:
        sentences = undecided(sheet)
    else:
        total = decimal(assessment.total, sheet.language)
        sentences = [say("verdict.level", body=sentence_start(names.short), level=sheet.pick(level.label), total=total)]
    return [*sentences, gates_sentence(sheet, views), say("verdict.internal")]


def undecided(sheet: Sheet) -> list[Markup]:
    say, language, assessment = sheet.wording.say, sheet.language, sheet.facts.evaluation.assessment
    codes = list(dict.fromkeys(code_of(path) for path in assessment.missing))
    share = decimal(100 * assessment.completeness, language)
    sentences = [say("verdict.undecided", share=share, interval=interval(sheet, assessment.bounds))]
    if codes:
        sentences.append(say("verdict.missing", count=count(len(codes), language), codes=", ".join(codes)))
    if sheet.facts.visit.incomplete_reason:
        sentences.append(say("verdict.reason", reason=sheet.facts.visit.incomplete_reason))
    return sentences


def gates_sentence(sheet: Sheet, views: list[SectionView]) -> Markup:
    say, language, assessment = sheet.wording.say, sheet.language, sheet.facts.evaluation.assessment
    failed, still_open, met = assessment.gates_failed, assessment.gates_open, assessment.gates_met
    figures = {"all": count(len(failed) + len(still_open) + len(met), language)}
    if not (failed or still_open or met):
        return say("verdict.no_gates")
    if not failed and not still_open:
        return say("verdict.gates_met", **figures)
    topics = {item.code: item.topic for item in all_items(views)}
    named = Markup("; ").join(Markup("<b>{}</b> ({})").format(code, topics.get(code, "")) for code in failed)
    parts = [say("verdict.gates_failed", count=count(len(failed), language), named=named, **figures)] if failed else []
    if still_open:
        parts.append(say("verdict.gates_open", count=count(len(still_open), language), codes=", ".join(still_open)))
    return Markup(" ").join(parts)


def improvement(sheet: Sheet, views: list[SectionView], step: Improvement) -> Markup:
    """One thing to do: "C01 (…): từ mức 1 lên mức 2, thêm 1,5 điểm"."""
    language = sheet.language
    topics = {item.code: item.topic for item in all_items(views)}
    figures = {
        "code": step.code,
        "topic": topics.get(step.code, ""),
        "start": plain(round(3 * step.start, 1), language),
        "to": plain(round(3 * step.to, 1), language),
        "gain": decimal(step.gain, language),
    }
    if step.value is None:
        return sheet.wording.say("lift.step", **figures)
    return sheet.wording.say("lift.step_value", value=plain(step.value, language), **figures)


def lift_end(sheet: Sheet) -> Markup:
    """What the total and the required conditions are once all of it is done."""
    assessment = sheet.facts.evaluation.assessment
    if assessment.total is None or not assessment.lift:
        return Markup("")
    total = decimal(assessment.total + sum(step.gain for step in assessment.lift), sheet.language)
    left = [code for code in assessment.gates_failed if code not in {step.code for step in assessment.lift}]
    key = "lift.end_gates_left" if left else "lift.end"
    return sheet.wording.say(key, total=total, codes=", ".join(left))


def sentence_start(text: str) -> str:
    return text[:1].upper() + text[1:]
