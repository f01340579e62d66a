"""What a list of units changes in the known history: which periods begin, end or are corrected, and who follows whom.

Nothing is written here. A unit goes on under its code unless the list names its predecessors; a predecessor counts as
the same unit only one to one: it passed on whole, to this unit alone, and this unit follows nobody else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal, NamedTuple

from forms.units import COMMUNE_KINDS, Unit
from survey.units.rows import Entry, Origin, RowFault

Category = Literal["new", "renamed", "recoded", "merged", "split", "ended", "corrected"]
CATEGORIES: tuple[Category, ...] = ("new", "renamed", "recoded", "merged", "split", "ended", "corrected")

WHOLE = 0.999
"""Shares are written with few digits: a third three times is a whole."""

ONE_DAY = timedelta(days=1)


class Period(NamedTuple):
    """A unit during one period, and the first day whose visits count for it (None = every visit under its code)."""

    unit: Unit
    counts_from: date | None = None


class Succession(NamedTuple):
    """`code` follows `predecessor` from that day with a share of it; `counts`: the same unit under another code."""

    code: str
    since: date
    predecessor: str
    share: float
    counts: bool


class Change(NamedTuple):
    """One thing that the list changes; `before` is the period that ends or is corrected, None for a new unit."""

    category: Category
    unit: Unit
    before: Unit | None
    origins: tuple[Origin, ...] = ()


@dataclass
class Plan:
    """What applying a list would do; with faults nothing may be applied."""

    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    faults: list[RowFault] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    successions: list[Succession] = field(default_factory=list)

    @property
    def changes_something(self) -> bool:
        return bool(self.periods or self.successions)

    def of(self, category: Category) -> list[Change]:
        return [change for change in self.changes if change.category == category]

    def counts(self) -> dict[str, int]:
        found = {category: len(self.of(category)) for category in CATEGORIES}
        return found | {"unchanged": self.unchanged, "faults": len(self.faults)}


def plan_changes(
    entries: Sequence[Entry], known: Iterable[Period], follows: Iterable[Succession], ends_on: date | None = None
) -> Plan:
    """Compare a list with what is known. `ends_on`: units of its provinces and kinds that it lacks end on that day."""
    planner = Planner(known, follows)
    for entry in sorted(entries, key=lambda one: (one.unit.valid_from, one.unit.code)):
        planner.take(entry)
    for entry in entries:
        planner.follow(entry)
    planner.end_predecessors()
    if ends_on is not None:
        planner.end_missing([entry.unit for entry in entries], ends_on)
    return planner.plan()


class Planner:
    """The history on its way from what is known to what the list says."""

    def __init__(self, known: Iterable[Period], follows: Iterable[Succession]) -> None:
        self.before = {(period.unit.code, period.unit.valid_from): period for period in known}
        self.known_follows = {(one.code, one.since, one.predecessor): one for one in follows}
        self.lines: dict[str, list[Unit]] = defaultdict(list)
        for code, _first in sorted(self.before):
            self.lines[code].append(self.before[code, _first].unit)
        self.follows: dict[tuple[str, date], dict[str, float]] = defaultdict(dict)
        self.heirs: dict[tuple[str, date], dict[str, float]] = defaultdict(dict)
        for one in self.known_follows.values():
            self._note(one.code, one.since, Origin(one.predecessor, one.share))
        self.found = Plan()
        self.seen: dict[tuple[str, date], int] = {}
        self.stated_ends: dict[tuple[str, date], date | None] = {}
        self.entries: dict[tuple[str, date], Entry] = {}

    def take(self, entry: Entry) -> None:
        """Fit the unit of a line into the periods of its code."""
        key = (entry.unit.code, entry.unit.valid_from)
        if key in self.seen:
            self._refuse(entry, "code", "twice", str(self.seen[key]))
            return
        self.seen[key] = entry.line
        self.stated_ends[key] = entry.unit.valid_to
        line = self.lines[entry.unit.code]
        around = next((unit for unit in line if unit.is_valid_on(entry.unit.valid_from)), None)
        stated = (
            around
            and around.valid_from < entry.unit.valid_from
            and self.stated_ends.get((around.code, around.valid_from))
        )
        if around and stated:
            self._refuse(entry, "valid_from", "overlap", around.valid_from.isoformat())
        elif around is None:
            self._insert(entry, line)
        elif around.valid_from == entry.unit.valid_from or not self._begins_anew(entry, around):
            self._replace(line, around, with_known(entry.unit, around))
        else:
            self._replace(line, around, around.model_copy(update={"valid_to": entry.unit.valid_from}))
            last = entry.unit.valid_to or around.valid_to
            line.append(with_known(entry.unit, around).model_copy(
                update={"valid_from": entry.unit.valid_from, "valid_to": last}))  # fmt: skip
        line.sort(key=lambda unit: unit.valid_from)
        self._check_line(entry, line)

    def _begins_anew(self, entry: Entry, around: Unit) -> bool:
        is_other = naming(entry.unit) != naming(around)
        return is_other or follows_somebody(entry)

    def _insert(self, entry: Entry, line: list[Unit]) -> None:
        after = [unit.valid_from for unit in line if unit.valid_from > entry.unit.valid_from]
        last = entry.unit.valid_to or (min(after) if after else None)
        line.append(entry.unit.model_copy(update={"valid_to": last}))

    def _replace(self, line: list[Unit], old: Unit, new: Unit) -> None:
        line[line.index(old)] = new

    def _check_line(self, entry: Entry, line: list[Unit]) -> None:
        for one, other in pairwise(line):
            if one.valid_to is None or one.valid_to > other.valid_from:
                self._refuse(entry, "valid_from", "overlap", other.valid_from.isoformat())

    def follow(self, entry: Entry) -> None:
        """Note whom the unit of a line follows; each of them must have been there the day before."""
        code, since = entry.unit.code, entry.unit.valid_from
        if not follows_somebody(entry):
            return
        for origin in entry.origins:
            if not any(unit.is_valid_on(since - ONE_DAY) for unit in self.lines.get(origin.code, [])):
                self._refuse(entry, "predecessors", "predecessor_unknown", origin.code)
            self._note(code, since, origin)
            if self._passed_on(origin.code, since) > 2 - WHOLE:
                self._refuse(entry, "predecessors", "share", origin.code)
        self.entries[code, since] = entry

    def _note(self, code: str, since: date, origin: Origin) -> None:
        self.follows[code, since][origin.code] = origin.share
        self.heirs[origin.code, since][code] = origin.share

    def _passed_on(self, predecessor: str, since: date) -> float:
        """How much of a unit went to others, and to itself, on a day."""
        return sum(self.heirs[predecessor, since].values())

    def end_predecessors(self) -> None:
        """A unit that passed on whole to others is no more, unless it follows itself or the list begins it anew."""
        for (code, since), entry in self.entries.items():
            for origin in entry.origins:
                goes_on = origin.code == code or (origin.code, since) in self.seen
                if not goes_on and self._passed_on(origin.code, since) >= WHOLE:
                    self._end(origin.code, since)

    def _end(self, code: str, day: date) -> None:
        line = self.lines[code]
        for unit in [one for one in line if one.is_valid_on(day) and one.valid_from < day]:
            self._replace(line, unit, unit.model_copy(update={"valid_to": day}))

    def end_missing(self, listed: list[Unit], day: date) -> None:
        """End what a complete list lacks, within the provinces and the kinds that it speaks of."""
        codes = {unit.code for unit in listed}
        groups = {(unit.province_code, unit.kind in COMMUNE_KINDS) for unit in listed}
        for code, line in list(self.lines.items()):
            last = line[-1]
            if code not in codes and (last.province_code, last.kind in COMMUNE_KINDS) in groups:
                self._end(code, day)

    def plan(self) -> Plan:
        """What is different now from what was known."""
        for line in self.lines.values():
            counts_from: date | None = None
            before: Unit | None = None
            for unit in line:
                counts_from = self._counts_from(unit, before, counts_from)
                self._tell(Period(unit, counts_from), before)
                before = unit
        self.found.unchanged = len(self.seen) - len(
            {c.unit.code for c in self.found.changes} & {c for c, _ in self.seen}
        )
        self.found.successions = [one for one in self._successions() if self.known_follows.get(one[:3]) != one]
        order = {category: place for place, category in enumerate(CATEGORIES)}
        self.found.changes.sort(key=lambda one: (order[one.category], one.unit.province_code, one.unit.code))
        self.found.faults.sort(key=lambda one: one.line)
        return self.found

    def _counts_from(self, unit: Unit, before: Unit | None, inherited: date | None) -> date | None:
        """Visits under this code before a day stand for another unit: one that it follows, or that had the code."""
        if (unit.code, unit.valid_from) in self.follows:
            return unit.valid_from
        if before is None:
            return None
        return inherited if before.valid_to == unit.valid_from else unit.valid_from

    def _tell(self, period: Period, before: Unit | None) -> None:
        unit = period.unit
        old = self.before.get((unit.code, unit.valid_from))
        origins = self._new_origins(unit)
        if old == period and not origins:
            return
        if old != period:
            self.found.periods.append(period)
        category = self._category(unit, old.unit if old else None, before, origins)
        if category:
            self.found.changes.append(Change(category, unit, old.unit if old else before, origins))

    def _new_origins(self, unit: Unit) -> tuple[Origin, ...]:
        key = (unit.code, unit.valid_from)
        entry = self.entries.get(key)
        if entry is None or all((*key, origin.code) in self.known_follows for origin in entry.origins):
            return ()
        return entry.origins

    def _category(
        self, unit: Unit, old: Unit | None, before: Unit | None, origins: tuple[Origin, ...]
    ) -> Category | None:
        """What a period of the new history is called; None for one that only makes room for the next."""
        if origins:
            if len(origins) > 1:
                return "merged"
            return "recoded" if self._is_same(unit.code, unit.valid_from, origins[0].code) else "split"
        if old is None:
            return "renamed" if before and before.valid_to == unit.valid_from else "new"
        if facts(old) != facts(unit):
            return "corrected"
        makes_room = any(other.valid_from == unit.valid_to for other in self.lines[unit.code])
        followed = unit.valid_to is not None and bool(self.heirs[unit.code, unit.valid_to])
        return "ended" if old.valid_to != unit.valid_to and not makes_room and not followed else None

    def _is_same(self, code: str, since: date, predecessor: str) -> bool:
        """Whether the predecessor is the same unit under another code."""
        origins = self.follows[code, since]
        heirs = self.heirs[predecessor, since]
        ends = not any(unit.is_valid_on(since) for unit in self.lines[predecessor])
        return len(origins) == 1 and len(heirs) == 1 and ends and origins[predecessor] >= WHOLE and code != predecessor

    def _successions(self) -> list[Succession]:
        return [
            Succession(code, since, predecessor, share, self._is_same(code, since, predecessor))
            for (code, since), origins in sorted(self.follows.items())
            for predecessor, share in sorted(origins.items())
        ]

    def _refuse(self, entry: Entry, column: str, code: str, value: str) -> None:
        self.found.faults.append(RowFault(entry.line, column, code, value))


def follows_somebody(entry: Entry) -> bool:
    """Whether a line names others, or itself in part; a unit that goes on whole follows nobody."""
    return any(origin.code != entry.unit.code or origin.share < WHOLE for origin in entry.origins)


def naming(unit: Unit) -> tuple[str, ...]:
    """What makes a unit another one by its name: a change of it begins a new period."""
    return unit.kind, unit.name, unit.province_code, unit.province_name


def facts(unit: Unit) -> tuple[object, ...]:
    """Everything but the days."""
    return (*naming(unit), unit.latitude, unit.longitude, unit.area_km2)


def with_known(said: Unit, known: Unit) -> Unit:
    """The known period with what the list says of it; what the list leaves open stays."""
    place = said if said.latitude is not None else known
    update = {
        "kind": said.kind, "name": said.name, "province_code": said.province_code,
        "province_name": said.province_name, "latitude": place.latitude, "longitude": place.longitude,
        "area_km2": said.area_km2 if said.area_km2 is not None else known.area_km2,
        "valid_to": said.valid_to or known.valid_to,
    }  # fmt: skip
    return known.model_copy(update=update)
