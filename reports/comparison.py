"""What has changed since the last visit to the same unit, and how far the two can be compared."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from reports import bars
from reports.charts import Picture, picture, total_text
from reports.conclusion import level_named
from reports.dates import long_date
from reports.facts import Earlier
from reports.findings import SectionView
from reports.items import Sheet
from reports.numbers import decimal


@dataclass(frozen=True)
class ChangeRow:
    """A section then and now; `difference` and `picture` are missing where one of the two has no score."""

    name: str
    earlier: str
    now: str
    difference: str
    picture: Picture | None
    is_total: bool = False


@dataclass(frozen=True)
class Change:
    """The whole comparison; `sentences` say when the last visit was, what came of it and what differs in method."""

    sentences: list[Markup]
    rows: list[ChangeRow]


def change_since(sheet: Sheet, views: list[SectionView]) -> Change | None:
    """The change since the last visit; None when there was none, or nothing in it can be compared."""
    earlier = sheet.facts.earlier
    if earlier is None or not sheet.facts.shows_numbers:
        return None
    rows = [section_row(sheet, view, earlier) for view in views]
    if earlier.total is not None:
        rows.append(total_row(sheet, earlier))
    if not any(row.picture for row in rows):
        return None
    return Change([told(sheet, earlier), *cautions(sheet, earlier)], rows)


def section_row(sheet: Sheet, view: SectionView, earlier: Earlier) -> ChangeRow:
    result = view.result
    now = result.score if result.applicable and result.answered >= result.applicable else None
    return change_row(sheet, f"{view.name}. {view.title}", earlier.sections.get(view.name), now, view.score)


def total_row(sheet: Sheet, earlier: Earlier) -> ChangeRow:
    assessment = sheet.facts.evaluation.assessment
    name, words = sheet.wording.plain("verdict.total"), total_text(sheet, assessment)
    return change_row(sheet, name, earlier.total, assessment.total, words, is_total=True)


def change_row(
    sheet: Sheet, name: str, earlier: float | None, now: float | None, words: str, is_total: bool = False
) -> ChangeRow:
    then = "–" if earlier is None else decimal(earlier, sheet.language)
    if earlier is None or now is None:
        return ChangeRow(name, then, words, "–", None, is_total)
    alt = sheet.wording.plain("chart.then_now", earlier=then, now=words)
    drawn = picture(bars.pair(earlier, now, bars.FULL), alt)
    return ChangeRow(name, then, words, difference(now - earlier, sheet.language), drawn, is_total)


def difference(points: float, language: str) -> str:
    """Points gained or lost with their sign: "+2,1", "−0,4", "0,0"."""
    words = decimal(abs(points), language)
    if words == decimal(0, language):
        return words
    return f"+{words}" if points > 0 else f"\N{MINUS SIGN}{words}"


def told(sheet: Sheet, earlier: Earlier) -> Markup:
    """When the last visit was and how it ended."""
    say, date = sheet.wording.say, long_date(earlier.visited_on, sheet.language)
    if earlier.total is None:
        return say("change.last", date=date)
    total, level = decimal(earlier.total, sheet.language), level_named(sheet, earlier.level)
    if level is None:
        return say("change.last_total", date=date, total=total)
    return say("change.last_level", date=date, total=total, level=sheet.pick(level.label))


def cautions(sheet: Sheet, earlier: Earlier) -> list[Markup]:
    """Why the two visits may not be comparable."""
    say, facts = sheet.wording.say, sheet.facts
    found = []
    if earlier.checklist_version != facts.checklist.version:
        found.append(say("change.version", version=earlier.checklist_version, now=facts.checklist.version))
    if earlier.formula_version != facts.formula_version:
        found.append(say("change.formula", formula=earlier.formula_version, now=facts.formula_version))
    return found
