"""The charts of the visit report: tables with a small picture in each row, so that every figure is text as well."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from reports import bars
from reports.annexes import dossier_rates
from reports.coaching import AFTER, proficiency
from reports.copies import RULES
from reports.facts import Assessment
from reports.findings import SectionView, interval
from reports.items import Sheet
from reports.numbers import count, decimal, plain
from reports.pdf import data_url

FEWEST_PEOPLE = 3
"""From so many officials on, their levels say nothing about one of them to whoever may not see their names."""


@dataclass(frozen=True)
class Picture:
    """An image address, and in words what it shows."""

    source: str
    alt: str


@dataclass(frozen=True)
class ScoreRow:
    """A section with its score and its required conditions; empty texts where the total has none."""

    name: str
    weight: str
    score: str
    picture: Picture
    answered: str
    gates: Markup
    is_total: bool = False


def picture(svg: str, alt: str) -> Picture:
    return Picture(data_url("image/svg+xml", svg.encode()), alt)


def score_rows(sheet: Sheet, views: list[SectionView]) -> list[ScoreRow]:
    """One row for each section, then the total."""
    return [*(section_row(sheet, view) for view in views), total_row(sheet, views)]


def section_row(sheet: Sheet, view: SectionView) -> ScoreRow:
    result = view.result
    is_complete = result.score is not None and result.answered >= result.applicable
    low, high = (result.score or 0.0, result.score or 0.0) if is_complete else result.bounds
    return ScoreRow(
        name=f"{view.name}. {view.title}",
        weight=view.weight,
        score=view.score,
        picture=picture(bars.bar(low, high if result.applicable else low), view.score),
        answered=f"{result.answered}/{result.applicable}",
        gates=view.gates or sheet.wording.say("gates.none"),
    )


def total_row(sheet: Sheet, views: list[SectionView]) -> ScoreRow:
    assessment, language, say = sheet.facts.evaluation.assessment, sheet.language, sheet.wording.say
    low, high = assessment.bounds if assessment.total is None else (assessment.total, assessment.total)
    met = len(assessment.gates_met)
    gates = met + len(assessment.gates_failed) + len(assessment.gates_open)
    score = total_text(sheet, assessment)
    return ScoreRow(
        name=sheet.wording.plain("verdict.total"),
        weight=plain(sum(view.result.weight for view in views), language),
        score=score,
        picture=picture(bars.bar(low, high, is_total=True), score),
        answered=f"{sum(v.result.answered for v in views)}/{sum(v.result.applicable for v in views)}",
        gates=say("gates.met", codes=f"{count(met, language)}/{count(gates, language)}")
        if gates
        else say("gates.none"),
        is_total=True,
    )


def total_text(sheet: Sheet, assessment: Assessment) -> str:
    """The total, or the interval in which it lies."""
    if assessment.total is None:
        return interval(sheet, assessment.bounds)
    return decimal(assessment.total, sheet.language)


def has_open_bounds(sheet: Sheet, views: list[SectionView]) -> bool:
    """Whether a picture has a hatched part, which has to be explained."""
    return sheet.facts.evaluation.assessment.total is None or any(
        view.result.answered < view.result.applicable for view in views
    )


@dataclass(frozen=True)
class LevelRow:
    """A level of proficiency with how many officials had it before and after."""

    name: str
    before: str
    after: str
    picture: Picture


def level_rows(sheet: Sheet) -> list[LevelRow]:
    """Levels 0 to 3; empty when nobody was coached, or too few for a copy without names."""
    pairs = proficiency(sheet)
    fewest = 1 if RULES[sheet.facts.copy_for].people else FEWEST_PEOPLE
    if len(pairs) < fewest:
        return []
    names = level_names(sheet)
    before, after = ([pair[place] for pair in pairs] for place in (0, 1))
    return [
        level_row(sheet, names[level], before.count(level), after.count(level), len(pairs)) for level in sorted(names)
    ]


def level_row(sheet: Sheet, name: str, before: int, after: int, most: int) -> LevelRow:
    first, last = (count(number, sheet.language) for number in (before, after))
    alt = sheet.wording.plain("chart.before_after", before=first, after=last)
    return LevelRow(name, first, last, picture(bars.pair(before, after, most), alt))


def level_names(sheet: Sheet) -> dict[int, str]:
    """What the checklist calls levels 0 to 3 of proficiency; their numbers alone where the copy lacks the question."""
    node = sheet.nodes.get(AFTER)
    known = sheet.facts.checklist.choices.get(node.choices or "", []) if node else []
    plain_names = {level: sheet.wording.plain("chart.level", level=level) for level in range(4)}
    return plain_names | {int(c.name): f"{c.name}. {sheet.pick(c.label)}" for c in known if c.name.isdigit()}


@dataclass(frozen=True)
class RateRow:
    """A rate in per cent."""

    name: str
    rate: str
    picture: Picture


def rate_rows(sheet: Sheet) -> list[RateRow]:
    """What the figures of the dossiers come to; empty when there are none."""
    return [
        RateRow(name, words := decimal(rate, sheet.language, 2), picture(bars.bar(rate, rate), f"{words}%"))
        for name, rate in dossier_rates(sheet)
    ]
