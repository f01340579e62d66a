"""Part II of the visit report: what each scored section of the checklist found, in sentences made from the answers."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from forms.checklist import Checklist, Node, Section
from reports.blocks import Table, lines, tables
from reports.facts import SectionResult
from reports.items import Item, Sheet
from reports.numbers import count, decimal, plain

FULL, GOOD = 1 - 1e-9, 2 / 3 - 1e-9
"""Item scores of level 3 and level 2 of the rubric."""


@dataclass(frozen=True)
class SectionView:
    """One scored section: its figures as text and its items by what they mean for the unit."""

    name: str
    title: str
    weight: str
    result: SectionResult
    score: str
    gates: Markup
    summary: Markup
    full: list[Item]
    partial: list[Item]
    weak: list[Item]
    unanswered: list[Item]
    not_applicable: list[Item]
    noted: list[Item]
    tables: list[Table]


def section_views(sheet: Sheet, in_annex: frozenset[str]) -> list[SectionView]:
    """The scored sections of the checklist in its order; questions of `in_annex` are shown there, not here."""
    checklist = sheet.facts.checklist
    sections = [section for section in checklist.sections if section.weight > 0]
    return [section_view(sheet, section, group_of(checklist, section), in_annex) for section in sections]


def group_of(checklist: Checklist, section: Section) -> Node:
    """The top-level group of a section; one is made of what stands outside every group."""
    name, children = section.name, checklist.nodes_of(section.name)
    return Node(type="group", name=name, path=f"/{name}", row=0, label=section.label, children=children)


def section_view(sheet: Sheet, section: Section, group: Node, in_annex: frozenset[str]) -> SectionView:
    result = sheet.facts.evaluation.assessment.sections.get(section.name) or SectionResult(weight=section.weight)
    items = sheet.scored(section.name)
    done = [item for item in items if item.score is not None and item.state != "na"]
    gates = gates_in_words(sheet, items)
    return SectionView(
        name=section.name,
        title=sheet.pick(section.label),
        weight=plain(section.weight, sheet.language),
        result=result,
        score=score_text(sheet, result),
        gates=gates,
        summary=summary(sheet, result, gates),
        full=[item for item in done if at_least(item, FULL)],
        partial=[item for item in done if at_least(item, GOOD) and not at_least(item, FULL)],
        weak=[item for item in done if not at_least(item, GOOD)],
        unanswered=[item for item in items if item.score is None and item.state != "na"],
        not_applicable=[item for item in items if item.state == "na"],
        noted=[item for item in lines(sheet, group) if not item.weight and (item.note or item.code not in in_annex)],
        tables=tables(sheet, group, in_annex),
    )


def at_least(item: Item, score: float) -> bool:
    return item.score is not None and item.score >= score


def score_text(sheet: Sheet, result: SectionResult) -> str:
    """The score, the interval while something is missing, or a dash when nothing applies."""
    if not result.applicable:
        return "–"
    if result.score is None or result.answered < result.applicable:
        return interval(sheet, result.bounds)
    return decimal(result.score, sheet.language)


def interval(sheet: Sheet, bounds: tuple[float, float]) -> str:
    return "–".join(decimal(bound, sheet.language) for bound in bounds)


def summary(sheet: Sheet, result: SectionResult, gates: Markup) -> Markup:
    say, language = sheet.wording.say, sheet.language
    if not result.applicable:
        return say("findings.nothing_applies")
    figures = {"answered": count(result.answered, language), "applicable": count(result.applicable, language)}
    if result.answered < result.applicable or result.score is None:
        low, high = (decimal(bound, language) for bound in result.bounds)
        sentence = say("findings.interval", low=low, high=high, **figures)
    else:
        sentence = say("findings.score", score=decimal(result.score, language), **figures)
    return sentence + say("findings.gates", gates=gates) if gates else sentence


def gates_in_words(sheet: Sheet, items: list[Item]) -> Markup:
    """What the gates say: "C04, C06 đạt; C01 chưa đạt", what is not met in bold; empty without required conditions."""
    parts = []
    for state in ("met", "failed", "open"):
        codes = ", ".join(item.code for item in items if item.gate == state)
        if codes:
            parts.append(sheet.wording.say(f"gates.{state}", codes=codes))
    return Markup("; ").join(parts)
