"""What lifts a unit one level: the fewest improved items that satisfy the next better level, each improved least.

Rules are read only through their conditions, which are asked about supposed item scores. They may depend on the total,
the lowest section, the failed gates and single items, and must not get worse when a score gets better. Under that
premise only the largest gains of each section need be tried among items that the rule does not single out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, product
from typing import TYPE_CHECKING, Any, Final

from forms.answers import Keys, Value
from forms.assessment import TOLERANCE, Entry, SectionFigures, settle, weighted_mean
from forms.checklist import Level
from forms.logic.computing import sum_in_order
from forms.logic.formula import Formula
from forms.next_step import nearest_answer

if TYPE_CHECKING:
    from forms.logic.state import State

RUBRIC: Final = (0.0, 1 / 3, 2 / 3, 1.0)
MAX_COMBINATIONS: Final = 4096
"""Ways to choose among gates and singled-out items that are tried; beyond that the answer may not be the smallest."""

Scores = list[float]


@dataclass(frozen=True, eq=False)
class Candidate:
    """An item that can improve, to each of `steps` (rising, above its score).

    What follows is told of the last step, `reach`: its `gain` in points of the total, its `rise` in weighted score of
    its section, and whether it mends the item's gate. `section` is the section's place among those assessed.
    """

    index: int
    section: int
    path: str
    steps: tuple[float, ...]
    gain: float
    rise: float
    mends_gate: bool

    @property
    def reach(self) -> float:
        return self.steps[-1]

    @property
    def order(self) -> tuple[float, int]:
        """Larger gain first, then the order of the sheet."""
        return (-self.gain, self.index)


class Supposed:
    """A state as formulas see it, with other item scores and what they amount to (see closures.State)."""

    def __init__(self, state: State, scores: dict[str, float], figures: tuple[float, float, int]) -> None:
        self.state = state
        self.today = state.today
        self.now = state.now
        self.scores = scores
        self.figures = figures

    def value(self, path: str, keys: Keys) -> Value:
        return self.state.value(path, keys)

    def instances(self, repeat: str, keys: Keys) -> list[Keys]:
        return self.state.instances(repeat, keys)

    def position(self, repeat: str, keys: Keys) -> int:
        return self.state.position(repeat, keys)

    def label(self, path: str, keys: Keys, language: str | None = None) -> str | None:
        return self.state.label(path, keys, language)

    def item_score(self, path: str, keys: Keys) -> float | None:
        return self.scores[path] if path in self.scores else self.state.item_score(path, keys)

    def total(self) -> float | None:
        return self.figures[0]

    def lowest_section(self) -> float | None:
        return self.figures[1]

    def gates_failed(self) -> int:
        return self.figures[2]


def lift_to_next_level(state: State) -> tuple[Level | None, list[dict[str, Any]]]:
    """The next better level and the improvements that reach it, largest gain first; (None, []) when there is none.

    Each improvement: question (path), code, from and to (0..1), gain (points of the total), and for a number also
    `value`, the nearest answer that reaches it.
    """
    target = next_better(state)
    if target is None:
        return None, []
    level, when = target
    search = Search(state, when)
    chosen = search.smallest()
    if chosen is None:
        return None, []
    return level, [describe(state, search, candidate, to) for candidate, to in search.least(chosen)]


def next_better(state: State) -> tuple[Level, Formula] | None:
    level = state.assessment().level
    rules = state.engine.level_rules
    place = next((number for number, (known, _) in enumerate(rules) if known is level), 0)
    return rules[place - 1] if place else None


@dataclass
class Search:
    """Finds the fewest candidates that satisfy a condition when raised as far as they can be."""

    state: State
    when: Formula

    @cached_property
    def entries(self) -> list[Entry]:
        return self.state.assessment().entries

    @cached_property
    def sections(self) -> list[SectionFigures]:
        return self.state.assessment().sections

    @cached_property
    def failed(self) -> int:
        return len(self.state.assessment().gates_failed)

    @cached_property
    def shares(self) -> dict[str, float]:
        """Points of the total that one unit of weight is worth, by section."""
        whole = sum_in_order([section.weight for section in self.sections])
        return {section.name: 100 * section.weight / whole / section.total_weight for section in self.sections}

    @cached_property
    def candidates(self) -> list[Candidate]:
        places = {section.name: place for place, section in enumerate(self.sections)}
        found = []
        for index, entry in enumerate(self.entries):
            score = entry.score or 0.0
            steps = tuple(step for step in attainable(self.state, entry) if step > score + TOLERANCE)
            if steps and entry.section in places:
                mends = entry.gate_is_failed and not entry.would_fail_gate(steps[-1])
                gain, rise = self.gain(entry, steps[-1]), entry.weight * (steps[-1] - score)
                path = entry.item.node.path
                found.append(Candidate(index, places[entry.section], path, steps, gain, rise, mends))
        return sorted(found, key=lambda candidate: candidate.order)

    def gain(self, entry: Entry, to: float) -> float:
        return self.shares[entry.section] * entry.weight * (to - (entry.score or 0.0))

    def holds(self, raised: Iterable[tuple[Candidate, float]]) -> bool:
        """Whether the condition is met once these items have these scores."""
        worth, failed, scores = list(self.worth), self.failed, {}
        for candidate, score in raised:
            entry = self.entries[candidate.index]
            worth[candidate.section] += entry.weight * (score - (entry.score or 0.0))
            failed -= entry.gate_is_failed and not entry.would_fail_gate(score)
            scores[candidate.path] = score
        return self.is_met(worth, failed, scores)

    def reaches(self, chosen: Iterable[Candidate]) -> bool:
        """Whether the condition is met once these are raised as far as they can be."""
        worth, failed, scores = list(self.worth), self.failed, {}
        for candidate in chosen:
            worth[candidate.section] += candidate.rise
            failed -= candidate.mends_gate
            if candidate.path in self.when.bound.scores:
                scores[candidate.path] = candidate.reach
        return self.is_met(worth, failed, scores)

    def is_met(self, worth: list[float], failed: int, scores: dict[str, float]) -> bool:
        """Whether the condition is met by sections of this worth, this number of failed gates and these scores."""
        reached = [reached / section.total_weight for section, reached in zip(self.sections, worth, strict=True)]
        total = weighted_mean(list(zip(self.weights, reached, strict=True))) or 0.0
        supposed = Supposed(self.state, scores, (settle(100 * total), settle(100 * min(reached)), failed))
        return bool(self.when.run(supposed, ()))

    @cached_property
    def worth(self) -> list[float]:
        return [section.worth for section in self.sections]

    @cached_property
    def weights(self) -> list[float]:
        return [section.weight for section in self.sections]

    def smallest(self) -> list[Candidate] | None:
        """The fewest candidates; among equally many those with the larger gain, then those first in the sheet."""
        if not self.reaches(self.candidates):
            return None
        combinations = self.combinations()
        if combinations is None:
            return self.greedy()
        best: list[Candidate] | None = None
        for special in combinations:
            if best and len(special) > len(best):
                break
            found = self.complete(special, len(best) if best else len(self.candidates))
            if found is not None and (best is None or rank(found) < rank(best)):
                best = found
        return best

    def combinations(self) -> list[list[Candidate]] | None:
        """Choices among the items that the rule singles out, few first; None when there are too many.

        Gates that only count are exchangeable within a section: of each section the largest gains are taken. Choices
        that mend too few of them are left out.
        """
        groups = [[[], [c]] for c in self.singled_out] + [prefixes(group) for group in by_section(self.gates)]
        number = 1
        for group in groups:
            number *= len(group)
        if number > MAX_COMBINATIONS:
            return None
        choices = (list(chain.from_iterable(choice)) for choice in product(*groups))
        return sorted((chosen for chosen in choices if count_mended(chosen) >= self.fewest_mended), key=rank)

    @cached_property
    def fewest_mended(self) -> int:
        """How many gates must be mended at least, whatever else improves; with fewer nothing has to be tried."""
        worth, scores = list(self.worth), {}
        for candidate in self.candidates:
            worth[candidate.section] += candidate.rise
            scores[candidate.path] = candidate.reach
        most = count_mended([*self.singled_out, *self.gates])
        return next((n for n in range(most) if self.is_met(worth, self.failed - n, scores)), most)

    @cached_property
    def singled_out(self) -> list[Candidate]:
        return [c for c in self.candidates if c.path in self.when.bound.scores]

    @cached_property
    def gates(self) -> list[Candidate]:
        counted = "gates-failed" in self.when.source
        return [c for c in self.candidates if counted and c.mends_gate and c not in self.singled_out]

    @cached_property
    def plain(self) -> list[Candidate]:
        special = {c.index for c in (*self.singled_out, *self.gates)}
        return [c for c in self.candidates if c.index not in special]

    def complete(self, special: list[Candidate], limit: int) -> list[Candidate] | None:
        """These, and the fewest plain candidates that satisfy the condition, if that makes no more than `limit`."""
        least, most = 0, min(len(self.plain), limit - len(special))
        found = self.with_plain(special, most)
        if found is None:
            return None
        while least < most:
            middle = (least + most) // 2
            fewer = self.with_plain(special, middle)
            if fewer is None:
                least = middle + 1
            else:
                most, found = middle, fewer
        return found

    def with_plain(self, special: list[Candidate], number: int) -> list[Candidate] | None:
        """A selection of that many plain candidates beside the special ones that satisfies the condition."""
        tried = None
        for needed in self.floors(special, number) if "lowest-section" in self.when.source else [[]]:
            held = set(needed)
            rest = [c for c in self.plain if c not in held]
            plain = sorted([*needed, *rest[: number - len(needed)]], key=lambda c: c.order)
            if plain != tried and self.reaches([*special, *plain]):
                return [*special, *plain]
            tried = plain
        return None

    def floors(self, special: list[Candidate], number: int) -> Iterator[list[Candidate]]:
        """For each height that sections can be brought to, rising, the fewest plain candidates that bring them all."""
        heights = self.heights(special)
        for floor in sorted({height for _, reached in heights for height in reached}):
            needed: list[Candidate] = []
            for group, reached in heights:
                count = next((n for n, height in enumerate(reached) if height >= floor - TOLERANCE), None)
                if count is None:
                    return
                needed += group[:count]
            if len(needed) > number:
                return
            yield needed

    def heights(self, special: list[Candidate]) -> list[tuple[list[Candidate], list[float]]]:
        """For each section its plain candidates, largest gain first, and its score after none, one, two … of them."""
        found = []
        for place, section in enumerate(self.sections):
            group = [candidate for candidate in self.plain if candidate.section == place]
            raised = sum_in_order([one.rise for one in special if one.section == place])
            reached = [section.least + raised / section.total_weight]
            for candidate in group:
                reached.append(reached[-1] + candidate.rise / section.total_weight)
            found.append((group, reached))
        return found

    def greedy(self) -> list[Candidate]:
        """Enough candidates by gain, then without those that turn out superfluous."""
        chosen: list[Candidate] = []
        for candidate in self.candidates:
            if self.reaches(chosen):
                break
            chosen.append(candidate)
        for candidate in reversed(list(chosen)):
            without = [other for other in chosen if other is not candidate]
            if self.reaches(without):
                chosen = without
        return chosen

    def least(self, chosen: list[Candidate]) -> list[tuple[Candidate, float]]:
        """Each improvement as small as the condition allows, the smallest gain first, so that large ones stay."""
        raised = {candidate.index: (candidate, candidate.reach) for candidate in chosen}
        for candidate in sorted(chosen, key=lambda c: c.order, reverse=True):
            for step in candidate.steps:
                trial = {**raised, candidate.index: (candidate, step)}
                if self.holds(trial.values()):
                    raised = trial
                    break
        return sorted(
            raised.values(), key=lambda pair: (-self.gain(self.entries[pair[0].index], pair[1]), pair[0].index)
        )


def attainable(state: State, entry: Entry) -> list[float]:
    """The scores an item can have: those of its choices, or the four levels of a rubric."""
    node = entry.item.node
    choices = state.engine.choices.get(node.choices or "", {})
    scores = {float(c.score) for c in choices.values() if c.score is not None and not isinstance(c.score, str)}
    return sorted(scores) if scores and not node.score else list(RUBRIC)


def rank(chosen: list[Candidate]) -> tuple[int, float, list[int]]:
    """Sorts selections: few first, then large gain, then the order of the sheet."""
    indexes = sorted(candidate.index for candidate in chosen)
    return (len(chosen), -settle(sum_in_order([candidate.gain for candidate in chosen])), indexes)


def count_mended(candidates: list[Candidate]) -> int:
    return sum(candidate.mends_gate for candidate in candidates)


def by_section(candidates: list[Candidate]) -> list[list[Candidate]]:
    groups: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(candidate.section, []).append(candidate)
    return list(groups.values())


def prefixes(group: list[Candidate]) -> list[list[Candidate]]:
    return [group[:count] for count in range(len(group) + 1)]


def describe(state: State, search: Search, candidate: Candidate, to: float) -> dict[str, Any]:
    entry = search.entries[candidate.index]
    node = entry.item.node
    found = {
        "question": node.path,
        "code": node.name,
        "from": entry.score,
        "to": to,
        "gain": search.gain(entry, to),
    }
    nearest = nearest_answer(state, node.path, (), to) if not entry.item.repeats else None
    return {**found, "value": nearest} if nearest is not None else found
