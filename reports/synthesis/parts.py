"""The rows of the synthesis in words of one language: what its tables say, taken from the figures alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from forms.checklist import Level, Rule, Text
from forms.units import begin_small, english_name, province_title, sort_key
from reports.bodies import body_key
from reports.dates import short_date
from reports.items import code_of, topic
from reports.numbers import count, decimal
from reports.synthesis.counts import Advice, Body, Counts, Coverage, choice_label, question_of
from reports.synthesis.facts import Group, ItemMean, SynthesisFacts
from reports.wording import Wording

PLACEHOLDER = re.compile(r"\$\{\w+\}(?: \$\{\w+\})*")
MOST_ADVICE, MOST_BODIES = 8, 14
"""Measures of one body, and bodies, that are printed; the Excel tables hold all."""

UNIT_WORDS: dict[Group, Text] = {
    "commune": {"vi": "các xã, phường, đặc khu", "en": "the communes, wards and special zones"},
    "so": {"vi": "Sở Khoa học và Công nghệ", "en": "the departments"},
    "tinh": {"vi": "Trung tâm Phục vụ hành chính công", "en": "the centres"},
}
"""What stands for the unit in a recommendation that goes to many."""

Row = list[str]


@dataclass(frozen=True)
class ItemRow:
    """An item of a group as a line of a table."""

    code: str
    topic: str
    mean: str
    units: str
    low: str
    failed: str
    failed_share: str


@dataclass(frozen=True)
class AdviceRow:
    """One measure that a body is asked to carry out."""

    text: str
    codes: str
    basis: str
    cooperating: str
    due: str
    product: str
    units: str
    confidential: bool


@dataclass(frozen=True)
class BodyRows:
    """A responsible body with its measures; `left` counts those that are not printed."""

    title: str
    rows: list[AdviceRow]
    left: int


class Words:
    """The figures of one synthesis put into words of one language."""

    def __init__(self, facts: SynthesisFacts, wording: Wording) -> None:
        self.facts, self.wording, self.language = facts, wording, wording.language
        self.counts = Counts(facts)
        self.say = wording.plain

    def pick(self, text: Text) -> str:
        return text.get(self.language) or text.get("vi") or next(iter(text.values()), "")

    def number(self, value: float | None, places: int = 1) -> str:
        """A number with fixed places; a dash where there is none, so that nothing unknown looks like 0."""
        return "–" if value is None else decimal(value, self.language, places)

    def whole(self, number: int) -> str:
        """A count as it stands in a table."""
        return decimal(number, self.language, 0)

    def many(self, number: int) -> str:
        """A count as it stands in a sentence."""
        return count(number, self.language)

    def share(self, part: int, whole: int) -> str:
        return self.number(100 * part / whole if whole else None)

    def day(self, day: date | None) -> str:
        return short_date(day, self.language) if day else "–"

    def province(self, code: str, *, in_sentence: bool = False) -> str:
        """A province with its kind on the last day of the period."""
        unit = next(one for one in self.facts.provinces if one.province_code == code)
        if self.language == "en":
            return english_name(unit, self.facts.period.end)
        title = province_title(code, unit.province_name, self.facts.period.end)
        return begin_small(title) if in_sentence else title

    @property
    def area(self) -> str:
        """The area as it stands in a sentence: "tại tỉnh Thanh Hóa", "trên cả nước"."""
        if self.facts.area is None:
            return self.say("synthesis.in_nation")
        province = self.province(self.facts.area.province_code, in_sentence=True)
        return self.say("synthesis.in_province", province=province)

    @property
    def area_title(self) -> str:
        return self.say("synthesis.nation") if self.facts.area is None else self.province(self.facts.area.province_code)

    def levels(self, group: Group) -> list[Level]:
        """The levels of a group, the best first, in the newest wording."""
        forms = self.counts.forms(group)
        return sorted(forms[0].levels, key=lambda level: -level.rank) if forms else []

    def level_words(self, group: Group) -> dict[int, str]:
        return {level.rank: self.pick(level.label) for level in self.levels(group)}

    def coverage_rows(self) -> list[Row]:
        """Each kind of unit: how many, visited, share, undecided, mean."""
        rows = [[self.say(f"kind.{kind}"), *self.coverage_cells(known)] for kind, known in self.counts.by_kind.items()]
        whole = self.counts.whole
        share = self.number(whole.share)
        return [*rows, [self.say("coverage.all"), self.whole(whole.units), self.whole(whole.visited), share, "", ""]]

    def coverage_cells(self, known: Coverage) -> Row:
        undecided = self.whole(known.levels.get(0, 0)) if known.visited else "–"
        return [
            self.whole(known.units), self.whole(known.visited), self.number(known.share), undecided,
            self.number(known.mean),
        ]  # fmt: skip

    def province_rows(self) -> list[Row]:
        """Each province by name: units, visited, share, levels 4 to 1, undecided, mean."""
        return [self.province_row(code) for code in self.province_order()]

    def province_order(self) -> list[str]:
        ordered = sorted(self.facts.provinces, key=lambda one: sort_key(one.province_name))
        return [one.province_code for one in ordered]

    def province_row(self, code: str) -> Row:
        known = self.counts.by_province[code]
        levels = [self.whole(known.levels.get(rank, 0)) if known.visited else "–" for rank in (4, 3, 2, 1, 0)]
        cells = [self.whole(known.units), self.whole(known.visited), self.number(known.share)]
        return [self.province_name(code), *cells, *levels, self.number(known.mean)]

    def province_name(self, code: str) -> str:
        """The bare name, as tables have it."""
        return next(one.province_name for one in self.facts.provinces if one.province_code == code)

    @property
    def asking(self) -> int:
        """The units that want any training."""
        return sum(bool(one.training) for one in self.facts.results)

    def level_sentence(self, group: Group) -> str:
        """What a group came to, in one sentence."""
        known, name = self.counts.by_group[group], self.say(f"kind.{group}")
        scored = sum(one.total is not None for one in self.counts.of_group(group))
        if not scored:
            return self.say("outcome.levels_none", group=name, visited=self.many(known.visited))
        ranks = [*self.level_words(group).items(), (0, begin_small(self.say("coverage.no_data")))]
        parts = [
            self.level_count(words, number, known) for rank, words in ranks if (number := known.levels.get(rank, 0))
        ]
        figures = {"mean": self.number(known.mean), "scored": self.many(scored), "levels": "; ".join(parts)}
        return self.say("outcome.levels_sentence", group=name, **figures)

    def level_count(self, level: str, number: int, known: Coverage) -> str:
        share = self.share(number, known.visited)
        return self.say("outcome.level_count", level=level, count=self.many(number), share=share)

    def item_row(self, group: Group, item: ItemMean) -> ItemRow:
        node = question_of(self.counts.forms(group), item.item)
        label = PLACEHOLDER.sub("…", self.pick(node.label)) if node else item.item
        return ItemRow(
            code=code_of(item.item),
            topic=topic(label),
            mean=self.number(3 * item.mean, 2),
            units=self.whole(item.units),
            low=self.share(item.low, item.units),
            failed="" if item.failed is None else self.whole(item.failed),
            failed_share="" if item.failed is None else self.share(item.failed, item.units),
        )

    def section_title(self, group: Group, name: str) -> str:
        sections = (one for form in self.counts.forms(group) for one in form.sections)
        found = next((one for one in sections if one.name == name), None)
        return f"{name}. {self.pick(found.label)}" if found else name

    def field(self, name: str) -> str:
        return self.pick(choice_label(self.facts.checklists, "E14", name))

    def body_rows(self) -> list[BodyRows]:
        """The bodies that are asked most often with what they are asked most often."""
        return [self.rows_of_body(body, MOST_ADVICE) for body in self.counts.bodies[:MOST_BODIES]]

    def rows_of_body(self, body: Body, most: int) -> BodyRows:
        title = self.say("advice.body", name=self.body_name(body), count=self.many(len(body.advice)))
        rows = [self.advice_row(one) for one in body.advice[:most]]
        return BodyRows(title, rows, max(0, len(body.advice) - most))

    def body_name(self, body: Body) -> str:
        """A body in the language of the document; checklists name it in both, the register in Vietnamese."""
        if self.language == "vi":
            return body.name
        codes = {(one.checklist, one.code) for one in body.advice}
        rules = (rule for form in self.facts.checklists for rule in form.rules if (form.id, rule.code) in codes)
        named = [rule.responsible for rule in rules if rule.responsible.get(self.language)]
        fitting = [text[self.language] for text in named if body_key(text.get("vi", "")) == body.key]
        return min(fitting, key=len) if fitting else body.name

    def advice_row(self, one: Advice) -> AdviceRow:
        rule = self.rule(one)
        group = next((group for group in self.counts.groups if one.checklist in self.counts.checklists_of(group)), None)
        unit = self.pick(UNIT_WORDS[group or "commune"])

        def words(text: Text) -> str:
            return PLACEHOLDER.sub("…", self.pick(text)).replace("{don_vi}", unit)

        return AdviceRow(
            text=words(rule.text) if rule else one.code,
            codes=one.code,
            basis=rule.legal_basis if rule else "",
            cooperating=words(rule.cooperating) if rule else "",
            due=self.day(one.first_due),
            product=words(rule.product) if rule else "",
            units=self.whole(one.units),
            confidential=one.confidential,
        )

    def rule(self, one: Advice) -> Rule | None:
        forms = (form for form in self.facts.checklists if form.id == one.checklist)
        return next((rule for form in forms for rule in form.rules if rule.code == one.code), None)
