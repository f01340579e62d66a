"""The figures of a synthesis: coverage, levels, means of visited units, weak items, needs, what has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from forms.checklist import Checklist, Node, Text, unquoted
from reports.bodies import body_key, body_names
from reports.synthesis.facts import GROUPS, KINDS, Group, ItemMean, SectionMean, SynthesisFacts, UnitResult, group_of

WEAKEST = 10
"""Items that are named as the weakest of a group."""

DIFFICULTY_GROUPS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Coverage:
    """Some units: how many there are, how many were visited, at which level (0 = undecided), with which mean total."""

    units: int
    visited: int
    levels: dict[int, int]
    mean: float | None

    @property
    def share(self) -> float | None:
        """Visited of all, in per cent; None where there are no units."""
        return 100 * self.visited / self.units if self.units else None


@dataclass(frozen=True)
class Change:
    """This period beside the one before; `then` and `now` are the means of the `both` units visited in both."""

    before: Coverage
    now: Coverage
    both: int
    mean_then: float | None
    mean_now: float | None
    risen: int
    fallen: int


@dataclass(frozen=True)
class Need:
    """One field of training: how many units want it, by province."""

    field: str
    units: int
    provinces: dict[str, int]


@dataclass(frozen=True)
class Advice:
    """What one body should do under one code: in how many units, the first day due."""

    checklist: str
    code: str
    units: int
    first_due: date | None
    confidential: bool


@dataclass(frozen=True)
class Body:
    """A responsible body with what it is asked to do, the most frequent first."""

    key: str
    name: str
    advice: list[Advice]

    @property
    def times(self) -> int:
        return sum(one.units for one in self.advice)


def covered(results: Iterable[UnitResult], units: int) -> Coverage:
    """The coverage of some units by results of theirs; the mean is of those with a total, unvisited are no 0."""
    known = list(results)
    totals = [one.total for one in known if one.total is not None]
    levels = dict(Counter(one.rank or 0 for one in known))
    return Coverage(units, len(known), levels, mean(totals))


def fifth(score: float | None) -> int:
    """The fifth of a score, 1 to 5 (60 belongs to 60–80); 0 without a score."""
    return 0 if score is None else min(5, int(score // 20) + 1)


def mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None


class Counts:
    """All figures of one synthesis, each computed when it is asked for."""

    def __init__(self, facts: SynthesisFacts) -> None:
        self.facts = facts

    def of_group(self, group: Group, results: list[UnitResult] | None = None) -> list[UnitResult]:
        known = self.facts.results if results is None else results
        return [one for one in known if group_of(one.kind) == group]

    def stock(self, fits: Callable[[str], bool], province: str | None = None) -> int:
        """How many units of fitting kinds there are, in one province or in all."""
        places = [self.facts.stock.get(province, {})] if province else list(self.facts.stock.values())
        return sum(number for kinds in places for kind, number in kinds.items() if fits(kind))

    @cached_property
    def groups(self) -> list[Group]:
        """The groups with a visited unit."""
        return [group for group in GROUPS if self.of_group(group)]

    @cached_property
    def by_kind(self) -> dict[str, Coverage]:
        """Every kind of unit there is in the area."""
        found: dict[str, Coverage] = {}
        for kind in KINDS:
            units = self.stock(lambda name, kind=kind: name == kind)  # type: ignore[misc]
            visited = [one for one in self.facts.results if one.kind == kind]
            if units or visited:
                found[kind] = covered(visited, units)
        return found

    @cached_property
    def by_group(self) -> dict[Group, Coverage]:
        return {group: self.coverage_of(group) for group in GROUPS}

    def coverage_of(self, group: Group) -> Coverage:
        return covered(self.of_group(group), self.stock(in_group(group)))

    @cached_property
    def whole(self) -> Coverage:
        """All kinds together: for coverage alone, as their scores are not compared."""
        return covered(self.facts.results, self.stock(lambda _: True))

    @cached_property
    def by_province(self) -> dict[str, Coverage]:
        """The communes, wards and special zones of each province."""
        found = self.of_group("commune")
        return {
            one.province_code: covered(
                [result for result in found if result.province == one.province_code],
                self.stock(in_group("commune"), one.province_code),
            )
            for one in self.facts.provinces
        }

    def step_of_province(self, province: str) -> int | None:
        """The fifth of its mean in which a province is drawn; None without a visited unit, 0 without any total."""
        known = self.by_province[province]
        return fifth(known.mean) if known.visited else None

    def sections(self, group: Group) -> list[SectionMean]:
        """The sections of the checklist of a group, in its order."""
        known = {one.section: one for one in self.facts.sections if one.checklist in self.checklists_of(group)}
        order = [section.name for checklist in self.forms(group) for section in checklist.sections if section.weight]
        return [known[name] for name in dict.fromkeys(order) if name in known]

    def checklists_of(self, group: Group) -> set[str]:
        return {one.checklist for one in self.of_group(group)}

    def forms(self, group: Group) -> list[Checklist]:
        """The checklist of a group in every version that was used, the newest first."""
        return [one for one in self.facts.checklists if one.id in self.checklists_of(group)]

    def items(self, group: Group) -> list[ItemMean]:
        """All items of a group, the weakest first."""
        known = [one for one in self.facts.items if one.checklist in self.checklists_of(group)]
        return sorted(known, key=lambda one: (one.mean, -one.units, one.item))

    def weakest(self, group: Group) -> list[ItemMean]:
        """The items with the lowest means, as far as anything is missing in them."""
        return [one for one in self.items(group) if one.mean < 1][:WEAKEST]

    def gates(self, group: Group) -> list[ItemMean]:
        """The required conditions of a group, those that fail most often first."""
        known = [one for one in self.items(group) if one.failed is not None]
        return sorted(known, key=lambda one: (-(one.failed or 0) / one.units, one.item))

    @property
    def has_gates(self) -> bool:
        """Whether any item is a required condition."""
        return any(one.failed is not None for one in self.facts.items)

    @cached_property
    def asked(self) -> int:
        """The visited units that were asked about their difficulties."""
        return sum(bool(one.difficulties) for one in self.facts.results)

    def difficulties(self, province: str | None = None) -> dict[int, int]:
        """How many units named a difficulty of each group of CĐ 111/CĐ-TTg; a unit counts once in a group."""
        known = [one for one in self.facts.results if province in (None, one.province)]
        return {group: sum(one.difficulties.get(group, 0) > 0 for one in known) for group in DIFFICULTY_GROUPS}

    @cached_property
    def needs(self) -> list[Need]:
        """The fields in which units want training, the most wanted first."""
        wanted: dict[str, Counter[str]] = {}
        for one in self.facts.results:
            for field in one.training:
                wanted.setdefault(field, Counter())[one.province] += 1
        needs = [Need(field, places.total(), dict(places)) for field, places in wanted.items()]
        return sorted(needs, key=lambda need: (-need.units, need.field))

    def people(self, province: str | None = None) -> int:
        """The people to be trained; a unit says one number for all its fields, which counts once."""
        known = (one for one in self.facts.results if one.training and province in (None, one.province))
        return sum(max(one.training.values()) for one in known)

    @cached_property
    def bodies(self) -> list[Body]:
        """The responsible bodies, each under one name, the one that is asked most often first."""
        names = body_names(one.responsible for one in self.facts.proposals)
        found = [Body(key, name, self.advice(key)) for key, name in names.items() if key]
        return sorted(found, key=lambda body: (-body.times, body.name))

    def advice(self, key: str) -> list[Advice]:
        """What one body is asked to do, spelling variants of it together, and what several checklists word alike."""
        known: dict[tuple[str, str], Advice] = {}
        for one in self.facts.proposals:
            if body_key(one.responsible) == key:
                place = (one.code, self.rule_texts.get((one.checklist, one.code), one.checklist))
                other = known.get(place)
                days = [day for day in (one.first_due, other.first_due if other else None) if day]
                known[place] = Advice(
                    checklist=other.checklist if other else one.checklist,
                    code=one.code,
                    units=one.units + (other.units if other else 0),
                    first_due=min(days, default=None),
                    confidential=one.confidential or bool(other and other.confidential),
                )
        return sorted(known.values(), key=lambda one: (-one.units, one.checklist, one.code))

    @cached_property
    def rule_texts(self) -> dict[tuple[str, str], str]:
        """Checklist and code → the Vietnamese wording of the rule in the newest version."""
        found: dict[tuple[str, str], str] = {}
        for form in self.facts.checklists:
            for rule in form.rules:
                found.setdefault((form.id, rule.code), rule.text.get("vi", ""))
        return found

    @cached_property
    def change(self) -> Change:
        """The communes, wards and special zones now and in the period before."""
        now, before = self.of_group("commune"), self.of_group("commune", self.facts.before)
        then = {one.unit: one for one in before}
        both = [(then[one.unit], one) for one in now if one.unit in then]
        pairs = [(old.total, new.total) for old, new in both if old.total is not None and new.total is not None]
        ranks = [(old.rank, new.rank) for old, new in both if old.rank and new.rank]
        stock = self.stock(in_group("commune"))
        return Change(
            before=covered(before, stock),
            now=covered(now, stock),
            both=len(pairs),
            mean_then=mean([old for old, _ in pairs]),
            mean_now=mean([new for _, new in pairs]),
            risen=sum(new > old for old, new in ranks),
            fallen=sum(new < old for old, new in ranks),
        )


def in_group(group: Group) -> Callable[[str], bool]:
    """Whether a kind belongs to a group."""
    return lambda kind: (kind if kind in ("so", "tinh") else "commune") == group


def question_of(forms: list[Checklist], name: str) -> Node | None:
    """A question by its name in the newest version that has it."""
    return next((node for form in forms for node in form.walk() if node.name == name), None)


def choice_label(forms: list[Checklist], question: str, choice: str) -> Text:
    """The wording of a choice in the newest version that has it; the choice itself when none has."""
    for form in forms:
        node = question_of([form], question)
        for one in form.choices_of(node.choices) if node else []:
            if one.name == choice:
                return unquoted(one.label)
    return {"vi": choice}
