"""Collects what a synthesis is made of, province by province; what it says about it is the synthesis's matter."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from forms.checklist import Checklist
from forms.units import Unit
from reports.synthesis.copies import shared_copy
from reports.synthesis.facts import Copy, ItemMean, Period, Proposal, SectionMean, SynthesisFacts, UnitResult
from survey.database import Database, one_moment
from survey.language import format_date
from survey.problems import Problem
from survey.shared_scores import shared_scores
from survey.store import checklists, synthesis, units
from survey.store.synthesis import Advised, ItemSum, Latest, SectionSum, Span


@dataclass(frozen=True)
class Asked:
    """Which synthesis: a province code, "" for the nation, and a period."""

    area: str
    period: Period
    copy_for: Copy = "internal"

    @property
    def before(self) -> Period:
        """The period to compare with."""
        return period_before(self.period)


def collect_synthesis(db: Database, asked: Asked) -> SynthesisFacts:
    """The facts of one synthesis as they are now; Problem unknown_area, period_before_units.

    Real visits only, as soon as there is one in the area and period; else the fictitious ones, and the facts say so.
    """
    with one_moment(db):
        facts = all_facts(db, asked)
        if asked.copy_for == "internal":
            return facts
        return shared_copy(facts, shared_scores(db, [*facts.results, *facts.before]))


def all_facts(db: Database, asked: Asked) -> SynthesisFacts:
    """The facts with everything in them, whoever may read them."""
    end = asked.period.end
    provinces = provinces_of(db, asked.area, end)
    counted = [synthesis.count_visits(db, _span(one, asked.period, end)) for one in provinces]
    real, fictitious = (sum(pair[place] for pair in counted) for place in (0, 1))
    is_fictitious = not real and fictitious > 0
    sums = Sums()
    for one in provinces:
        sums.add(db, one.province_code, _span(one, asked.period, end, fictitious=is_fictitious))
        before = synthesis.latest_visits(db, _span(one, asked.before, end, fictitious=is_fictitious))
        sums.before += [unit_result(latest, one.province_code) for latest in before]
    return SynthesisFacts(
        area=provinces[0] if asked.area else None,
        period=asked.period,
        earlier=asked.before,
        fictitious=is_fictitious,
        visits=fictitious if is_fictitious else real,
        left_out=0 if is_fictitious else fictitious,
        provinces=provinces,
        units=units_of(db, asked.area, end),
        stock={code: kinds for code, kinds in synthesis.count_units(db, end).items() if asked.area in ("", code)},
        results=sums.results,
        before=sums.before,
        sections=sums.section_means(),
        items=sums.item_means(),
        proposals=sums.proposals(),
        decisions=sorted(sums.decisions),
        checklists=forms_of(db, [*sums.results, *sums.before]),
        formulas=sorted(sums.formulas),
    )


def _span(province: Unit, period: Period, day: date, *, fictitious: bool = False) -> Span:
    return Span(province.province_code, day, period.start, period.end, fictitious)


def provinces_of(db: Database, area: str, day: date) -> list[Unit]:
    """The province with this code, or all for ""; Problem unknown_area, period_before_units for a day without any."""
    known = units.list_provinces(db, day)
    if not known:
        raise Problem("period_before_units", day=format_date(day))
    found = [one for one in known if area in ("", one.province_code)]
    if not found:
        raise Problem("unknown_area", code=area[:10])
    return found


def units_of(db: Database, area: str, day: date) -> list[Unit]:
    """The units of a province that are visited; none are named for the nation."""
    return [*units.list_communes(db, area, day), *units.provincial_bodies(db, area, day)] if area else []


def period_before(period: Period) -> Period:
    """The period of the same length that ends the day before; whole months are compared with as many whole months.

    Where time as computers reckon it begins, it is as long as it can be.
    """
    start, end, day = period.start, period.end, timedelta(days=1)
    if start - date.min <= end - start:
        return Period(start=date.min, end=max(start - date.min, day) - day + date.min)
    if start.day == 1 and (end == date.max or (end + day).day == 1):
        months = 12 * (end.year - start.year) + end.month - start.month + 1
        first = start.year * 12 + start.month - 1 - months
        return Period(start=date(max(first // 12, 1), first % 12 + 1, 1), end=start - day)
    return Period(start=start - (end - start) - day, end=start - day)


class Sums:
    """Results of the provinces so far, and sums over all of them."""

    def __init__(self) -> None:
        self.results: list[UnitResult] = []
        self.before: list[UnitResult] = []
        self.sections: list[SectionSum] = []
        self.items: list[ItemSum] = []
        self.advice: list[Advised] = []
        self.decisions: set[str] = set()
        self.formulas: set[str] = set()

    def add(self, db: Database, province: str, span: Span) -> None:
        """Add the latest visits of one province."""
        found = synthesis.latest_visits(db, span)
        visits = [one.visit for one in found]
        named, wanted = synthesis.difficulties(db, visits), synthesis.training(db, visits)
        self.results += [
            unit_result(one, province, difficulties=named.get(one.visit, {}), training=wanted.get(one.visit, {}))
            for one in found
        ]
        self.sections += synthesis.section_sums(db, visits)
        self.items += synthesis.item_sums(db, visits)
        self.advice += synthesis.advice(db, visits)
        self.decisions |= set(synthesis.decisions(db, visits))
        self.formulas |= {one.formula for one in found}

    def section_means(self) -> list[SectionMean]:
        found: dict[tuple[str, str], tuple[float, int]] = {}
        for one in self.sections:
            total, units_ = found.get((one.checklist, one.section), (0.0, 0))
            found[one.checklist, one.section] = (total + one.total, units_ + one.units)
        return [
            SectionMean(checklist=checklist, section=section, mean=total / number, units=number)
            for (checklist, section), (total, number) in sorted(found.items())
        ]

    def item_means(self) -> list[ItemMean]:
        found: dict[tuple[str, str], ItemSum] = {}
        for one in self.items:
            known = found.get((one.checklist, one.item))
            found[one.checklist, one.item] = _joined(known, one) if known else one
        return [
            ItemMean(
                checklist=one.checklist, item=one.item, mean=one.total / one.units, units=one.units, low=one.low,
                failed=one.failed, confidential=bool(one.confidential),
            )
            for _, one in sorted(found.items())
        ]  # fmt: skip

    def proposals(self) -> list[Proposal]:
        found: dict[tuple[str, str, str, bool], tuple[int, str | None]] = {}
        for one in self.advice:
            place = (one.checklist, one.code, one.responsible, bool(one.confidential))
            number, due = found.get(place, (0, None))
            days = [day for day in (due, one.first_due) if day]
            found[place] = (number + one.units, min(days, default=None))
        return [
            Proposal(
                checklist=checklist, code=code, responsible=body, confidential=hidden, units=number,
                first_due=date.fromisoformat(due) if due else None,
            )
            for (checklist, code, body, hidden), (number, due) in sorted(found.items())
        ]  # fmt: skip


def _joined(one: ItemSum, other: ItemSum) -> ItemSum:
    failed = None if one.failed is None and other.failed is None else (one.failed or 0) + (other.failed or 0)
    return ItemSum(
        one.checklist, one.item, one.confidential or other.confidential, one.total + other.total,
        one.units + other.units, one.low + other.low, failed,
    )  # fmt: skip


def unit_result(one: Latest, province: str, **found: Any) -> UnitResult:
    return UnitResult(
        visit=one.visit, unit=one.unit, name=one.name, kind=one.kind, province=province, visited_on=one.visited_on,
        checklist=one.checklist, version=one.version, scope=one.scope, rank=one.rank, level=one.level, total=one.total,
        completeness=one.completeness, confidence=one.confidence, gates_failed=tuple(json.loads(one.gates_failed)),
        **found,
    )  # fmt: skip


def forms_of(db: Database, results: Iterable[UnitResult]) -> list[Checklist]:
    """Every version of a checklist that was used, the one published last first."""
    used = {(one.checklist, one.version) for one in results}
    known = [version for version in checklists.list_versions(db) if (version.id, version.version) in used]
    return [checklists.definition_of(db, version.id, version.version) for version in known]
