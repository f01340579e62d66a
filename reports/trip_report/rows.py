"""What the visits of a trip have in common, as rows of words: results, sections, strengths, weak items, commitments."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from markupsafe import Markup

from forms.checklist import Rule
from reports.bodies import body_key, body_names
from reports.coaching import counts
from reports.conclusion import CAUSES, all_items, level_named
from reports.dates import short_date
from reports.facts import Recommendation
from reports.findings import SectionView, interval, section_views
from reports.items import Item, Sheet, unstopped
from reports.minutes_parts import agreed, recommended
from reports.naming import Names, names_of
from reports.numbers import count, decimal
from reports.synthesis.parts import PLACEHOLDER
from reports.trip_report.facts import TripVisit
from reports.wording import Wording

COLUMNS = 5
"""Units beside one another in one table of sections."""

MOST_SHARED = 15
"""Items that are named as shared strengths or weaknesses."""

GOOD_SHARE, WEAK_SHARE = 2 / 3, 1 / 2
FULL, LOW = 1 - 1e-9, 1 / 2
"""Item scores of level 3, and below which an item is at level 0 or 1."""

Row = list[str]


@dataclass(frozen=True)
class Shared:
    """An item that many units have in common: in how many of those where it applies."""

    code: str
    topic: str
    units: int
    of: int


@dataclass(frozen=True)
class Side:
    """Units with one checklist side by side: a column each, a row for each section and the total."""

    title: str
    columns: list[str]
    rows: list[Row]


@dataclass(frozen=True)
class Measure:
    """One measure of a responsible body, for all units in which it was recommended."""

    text: str
    codes: str
    basis: str
    units: str
    cooperating: str
    due: str
    product: str
    confidential: bool


class Visited:
    """One visit of the trip in words of one language."""

    def __init__(self, visit: TripVisit, wording: Wording) -> None:
        self.visit, self.facts = visit, visit.facts
        self.sheet = Sheet(visit.facts, wording)
        self.assessment = visit.facts.evaluation.assessment

    @cached_property
    def names(self) -> Names:
        return names_of(self.facts.unit, self.facts.visit.visited_on, self.sheet.language)

    @cached_property
    def views(self) -> list[SectionView]:
        return section_views(self.sheet, frozenset())

    @cached_property
    def items(self) -> list[Item]:
        return all_items(self.views)

    @property
    def day(self) -> str:
        return short_date(self.facts.visit.visited_on, self.sheet.language)

    @property
    def level(self) -> str:
        """The level in words, or that there is none yet."""
        found = level_named(self.sheet, self.assessment.level)
        return self.sheet.pick(found.label) if found else self.sheet.wording.plain("trip_table.undecided")

    @property
    def total(self) -> str:
        """The total, or its bounds while something is missing."""
        total = self.assessment.total
        bounds = interval(self.sheet, self.assessment.bounds)
        return bounds if total is None else decimal(total, self.sheet.language)

    @property
    def gates(self) -> str:
        return ", ".join(self.assessment.gates_failed) or "–"

    @property
    def causes(self) -> str:
        node = self.sheet.nodes.get(CAUSES)
        return unstopped(self.sheet.answer(node)) if node else ""

    @property
    def coached(self) -> Markup:
        return counts(self.sheet)

    def row(self) -> Row:
        """Unit, day, level, total, conditions not met, completeness."""
        complete = decimal(100 * self.assessment.completeness, self.sheet.language, 0)
        return [self.names.title, self.day, self.level, self.total, self.gates, complete]


def sides(visited: Iterable[Visited]) -> list[Side]:
    """The units of each checklist side by side, at most `COLUMNS` in a table."""
    groups: dict[str, list[Visited]] = {}
    for one in visited:
        groups.setdefault(one.facts.checklist.id, []).append(one)
    return [
        side(group[start : start + COLUMNS])
        for group in groups.values()
        for start in range(0, len(group), COLUMNS)
    ]  # fmt: skip


def side(group: list[Visited]) -> Side:
    sheet = group[0].sheet
    scores = [{view.name: view.score for view in one.views} for one in group]
    titles = {view.name: f"{view.name}. {view.title}" for one in group for view in one.views}
    rows = [[title, *(known.get(name, "–") for known in scores)] for name, title in titles.items()]
    total = [sheet.wording.plain("verdict.total"), *(one.total for one in group)]
    return Side(sheet.pick(sheet.facts.checklist.title), [one.names.title for one in group], [*rows, total])


def shared(visited: list[Visited], fits: Callable[[float], bool], share: float) -> list[Shared]:
    """The items whose score fits in at least a share of the units where they apply, two units at least.

    Those in the most units come first; items of different checklists are never taken together.
    """
    known: dict[tuple[str, str], list[Item]] = {}
    for one in visited:
        for item in one.items:
            if item.score is not None and item.state != "na":
                known.setdefault((one.facts.checklist.id, item.path), []).append(item)
    found = [
        Shared(items[-1].code, items[-1].topic, sum(fits(item.score or 0) for item in items), len(items))
        for items in known.values()
        if len(items) > 1
    ]
    kept = [one for one in found if one.units and one.units >= share * one.of]
    return sorted(kept, key=lambda one: (-one.units / one.of, -one.of, one.code))


def strengths(visited: list[Visited]) -> list[Shared]:
    return shared(visited, lambda score: score >= FULL, GOOD_SHARE)


def weaknesses(visited: list[Visited]) -> list[Shared]:
    return shared(visited, lambda score: score < LOW, WEAK_SHARE)


def failed_gates(visited: list[Visited]) -> list[tuple[str, str, list[str]]]:
    """Code and topic of each condition that some unit does not meet, with these units; the most frequent first."""
    found: dict[str, tuple[str, list[str]]] = {}
    for one in visited:
        for item in one.items:
            if item.gate == "failed":
                found.setdefault(item.code, (item.topic, []))[1].append(one.names.title)
    rows = [(code, topic, units) for code, (topic, units) in found.items()]
    return sorted(rows, key=lambda row: (-len(row[2]), row[0]))


def commitment_rows(visited: Iterable[Visited]) -> list[tuple[str, list[Row]]]:
    """What was agreed in each unit: text, decision of the unit, side, owner, due."""
    found = []
    for one in visited:
        made = one.visit.commitments
        rows = []
        for entry, row in zip(made, agreed(one.sheet, made), strict=True):
            source = recommended(one.sheet, entry)
            text = one.sheet.pick(source.text) if source else row.text
            code = f" ({row.code})" if row.code else ""
            words = f" “{' '.join(row.own_words)}”" if row.own_words and entry.recommendation else ""
            decision = row.decision if entry.decision else "–"
            rows.append([f"{text}{code}{words}", decision, row.side, row.owner, row.due])
        if rows:
            found.append((one.names.title, rows))
    return found


def measures(visited: list[Visited]) -> list[tuple[str, list[Measure]]]:
    """What each responsible body should do, spelling variants of it together; the body with the most comes first.

    A measure that several checklists word alike is one.
    """
    known: dict[str, dict[tuple[str, str], list[tuple[Visited, Recommendation]]]] = {}
    written = []
    for one in visited:
        for made in one.facts.evaluation.recommendations:
            body = made.responsible.get("vi", "")
            written.append(body)
            rule = rule_of(one, made)
            place = (made.code, (rule.text if rule else made.text).get("vi", ""))
            known.setdefault(body_key(body), {}).setdefault(place, []).append((one, made))
    names = body_names(written)
    rows = [
        (name_of_body(key, names[key], group), [measure(entries, len(visited)) for entries in group.values()])
        for key, group in known.items()
        if key
    ]
    return sorted(rows, key=lambda row: (-len(row[1]), row[0]))


def name_of_body(
    key: str, name: str, group: dict[tuple[str, str], list[tuple[Visited, Recommendation]]]
) -> str:  # fmt: skip
    """The plain Vietnamese name, or the shortest wording in the language of the document."""
    entries = [entry for found in group.values() for entry in found]
    language = entries[0][0].sheet.language
    if language == "vi":
        return name
    return min((made.responsible.get(language, name) for _, made in entries), key=len)


def measure(entries: list[tuple[Visited, Recommendation]], everywhere: int) -> Measure:
    """A recommendation made in one or more of the `everywhere` units of the trip."""
    (first, made), pick = entries[0], entries[0][0].sheet.pick
    language = first.sheet.language
    days: list[date] = [one.due.day for _, one in entries if one.due.day]
    return Measure(
        text=for_many(entries),
        codes=made.code,
        basis=made.legal_basis,
        units=units_of(entries, everywhere),
        cooperating=pick(made.cooperating),
        due=short_date(min(days), language) if days else pick(made.due.text),
        product=pick(made.product),
        confidential=any(one.confidential for _, one in entries),
    )


def for_many(entries: list[tuple[Visited, Recommendation]]) -> str:
    """The words of a recommendation; where they differ from unit to unit, those of the rule for all of them."""
    sheet, made = entries[0][0].sheet, entries[0][1]
    texts = {sheet.pick(one.text) for _, one in entries}
    rule = rule_of(entries[0][0], made)
    if len(texts) == 1 or rule is None:
        return sheet.pick(made.text)
    named = PLACEHOLDER.sub("…", sheet.pick(rule.text))
    return named.replace("{don_vi}", sheet.wording.plain("trip_table.the_units"))


def rule_of(one: Visited, made: Recommendation) -> Rule | None:
    """The first rule of the checklist with the code of a recommendation."""
    return next((rule for rule in one.facts.checklist.rules if rule.code == made.code), None)


def units_of(entries: list[tuple[Visited, Recommendation]], everywhere: int) -> str:
    """The units of a recommendation by name, or that it is all of them."""
    names = dict.fromkeys(one.names.title for one, _ in entries)
    if len(names) < max(2, everywhere):
        return ", ".join(names)
    wording = entries[0][0].sheet.wording
    return wording.plain("trip_table.all_units", count=count(len(names), wording.language))


def in_share(wording: Wording, found: list[Shared]) -> list[Markup]:
    """Shared items as lines, as many as are printed, and how many more there are."""
    language = wording.language
    lines = [
        wording.say("shared_finding.item", topic=one.topic, code=one.code, count=one.units, all=one.of)
        for one in found[:MOST_SHARED]
    ]
    left = len(found) - MOST_SHARED
    return [*lines, wording.say("shared_finding.more", count=count(left, language))] if left > 0 else lines
