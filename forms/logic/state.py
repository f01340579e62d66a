"""The live state of one visit's answers under the logic of its checklist.

Values of questions that are not relevant count as empty but come back. Constraints are not checked on empty answers.
After a change only the cells that read what changed are computed again, in the order of the plan.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from forms.answers import Keys, Place, UnknownNameError, Value, WrongValueError, check_facet, check_value
from forms.checklist import Text
from forms.logic.computing import COMPUTE, mean_score
from forms.logic.plan import Cell, Item
from forms.logic.validity import is_required, state_of, view_question
from forms.logic.wording import fill_words, label_of_answer
from forms.xpath.functions.coercion import text as spell_text

if TYPE_CHECKING:
    from forms.assessment import Assessment
    from forms.engine import Engine

Scope = Literal["full", "core"]
Unit = Mapping[str, Any]
"""What the logic knows of the unit: code, name, kind."""

T = TypeVar("T")
KeySet = set[Keys]
Paths = set[str]
Stale = dict[int, KeySet | None]
"""Cells to be computed: for these keys, or for every instance (None)."""


class State:
    """The answers of one visit under the logic of its checklist, kept up to date by `set`."""

    def __init__(
        self,
        engine: Engine,
        answers: Mapping[str, object],
        today: str,
        scope: Scope,
        unit: Unit | None,
        now: str | None,
        seed: str = "",
    ) -> None:
        self.engine = engine
        self.plan = engine.plan
        self.today = today
        self.now = now or f"{today}T00:00:00"
        self.seed = seed
        self.unit = unit
        self.unit_code = str((unit or {}).get("code") or "")
        self.unit_kind = str((unit or {}).get("kind") or "")
        self.version = 0
        self._left_out = engine.not_core if scope == "core" else frozenset[str]()
        self._answers: dict[str, dict[Keys, Value]] = {}
        self._inside: dict[str, dict[Keys, dict[Keys, int]]] = {}
        self._results: list[dict[Keys, Any]] = [{} for _ in self.plan.cells]
        self._values = {path: self._results[cell] for path, cell in self.plan.values}
        self._all_keys: dict[str, list[Keys]] = {}
        self._assessment: Assessment | None = None
        self._take_in(answers)
        for cell in self.plan.cells:
            compute, results = COMPUTE[cell.kind](self, cell), self._results[cell.index]
            for keys in self.keys_of(cell.repeats):
                results[keys] = compute(keys)

    def set(self, reference: str, value: object) -> Paths:
        """Write one answer and compute what follows.

        Returns the instance paths of everything whose value, relevance, validity, label, choices or score changed;
        the path of a repeat without key when its instances changed.
        """
        place = self.engine.locate(reference)
        checked = self._check(reference, place, value)
        return self.write(place, checked)

    def write(self, place: Place, value: Value) -> Paths:
        """`set` for a place and value that have been checked."""
        if not self._store(place, value):
            return set()
        self.version += 1
        self._assessment = None
        changed = self._propagate(self._seeds(place))
        item = self.engine.items[place.path]
        paths = {item.instance_path(place.keys)}
        for index, keys in changed.items():
            paths |= self._paths_of(self.plan.cells[index], keys)
        return paths

    def follow(self, reference: str) -> dict[str, Value]:
        """Set what this answer triggers, and record what once() gives; the new answers by instance path, to be kept."""
        from forms.logic.keeping import keep  # late: both build on the state
        from forms.logic.trigger import follow

        return follow(self, self.engine.locate(reference)) | keep(self)

    def instance_name(self) -> str:
        """What the answers call this visit, "" when the checklist does not say or nothing is answered."""
        name = self.engine.instance_name
        found = name.run(self, ()) if name else None
        return "" if found is None else spell_text(found)

    def answer(self, path: str, keys: Keys = (), facet: str = "") -> Value:
        """What was answered, relevant or not; with a facet, what was noted about it."""
        return self._answers.get(f"{path}#{facet}" if facet else path, {}).get(keys)

    def known(self, name: str) -> dict[Keys, Value]:
        """The answers to a static path, or path#facet, by keys; the live record, not a copy."""
        return self._answers.setdefault(name, {})

    def inside(self, repeat: str, keys: Keys) -> dict[Keys, int]:
        """How many answers lie in each instance ever touched, of a repeat under these parent keys."""
        return self._inside.get(repeat, {}).get(keys, {})

    def answers(self) -> dict[str, Value]:
        """Every answer by instance path, facets included, those of irrelevant questions too."""
        found = {}
        for name, by_keys in self._answers.items():
            path, _, facet = name.partition("#")
            for keys, value in by_keys.items():
                place = self.engine.items[path].instance_path(keys)
                found[f"{place}#{facet}" if facet else place] = value
        return found

    # What formulas may ask (see closures.State)

    def value(self, path: str, keys: Keys) -> Value:
        results = self._values.get(path)
        return results.get(keys) if results is not None else None

    def instances(self, repeat: str, keys: Keys) -> list[Keys]:
        if not self.is_relevant(repeat, keys):
            return []
        return list(self._results[self.plan.index[repeat, "instances"]].get(keys, ()))

    def position(self, repeat: str, keys: Keys) -> int:
        siblings: dict[Keys, int] = self._results[self.plan.index[repeat, "instances"]].get(keys[:-1], {})
        return siblings.get(keys, 0)

    def rows(self, table: str) -> Sequence[Mapping[str, str]]:
        return self.engine.rows(table)

    def rows_with(self, table: str, column: str, text: str) -> Sequence[int]:
        return self.engine.rows_with(table, column, text)

    def label(self, path: str, keys: Keys, language: str | None = None) -> str | None:
        return label_of_answer(self, path, keys, language or self.engine.checklist.languages[0])

    def filled(self, words: str, keys: Keys, language: str) -> str:
        return fill_words(self, words, keys, language)

    def item_score(self, path: str, keys: Keys) -> float | None:
        """Of one instance, or from outside its repeat the mean over the instances in which it is asked."""
        repeats = self.engine.items[path].repeats
        asked = [keys]
        if len(keys) < len(repeats):
            near = (own for own in self.keys_of(repeats) if own[: len(keys)] == keys)
            asked = [own for own in near if self.is_relevant(path, own)]
        score = mean_score([self.result(path, "score", own) for own in asked])
        return score if isinstance(score, float) else None

    def total(self) -> float | None:
        return self.assessment().total_for_rules

    def lowest_section(self) -> float | None:
        return self.assessment().lowest_for_rules

    def gates_failed(self) -> int:
        return len(self.assessment().gates_failed)

    # What pages and documents ask

    def assessment(self) -> Assessment:
        """Scores, gates, completeness and level of the answers as they are."""
        if self._assessment is None:
            from forms.assessment import assess  # late: assessment builds on the state

            self._assessment = assess(self)
        return self._assessment

    def is_relevant(self, path: str, keys: Keys) -> bool:
        """Whether a node is asked, for the instance with these keys."""
        if path in self._left_out:
            return False
        guard = self.plan.guards.get(path)
        return guard is None or bool(self._results[guard[0]].get(keys[: guard[1]], False))

    def is_left_out(self, path: str) -> bool:
        """Whether the scope of the visit leaves this question out."""
        return path in self._left_out

    def state_of(self, path: str, keys: Keys) -> str | None:
        """Whether an item does not apply ("na") or was not known or shown ("unknown")."""
        return state_of(self, path, keys)

    def may_be_unknown(self) -> list[tuple[str, Item]]:
        """The items that are scored or have something noted about them: only such can be unknown."""
        scored = self.plan.scores
        noted = {name.partition("#")[0] for name in self._answers if name.endswith("#state")}
        return [(path, item) for path, item in self.plan.items.items() if path in scored or path in noted]

    def lacks_required(self, path: str, keys: Keys) -> bool:
        """Whether a required answer is still missing; what does not apply or is not known counts as answered."""
        empty = self.value(path, keys) is None and self.state_of(path, keys) is None
        return empty and is_required(self, path, keys)

    def question(self, reference: str) -> dict[str, Any]:
        """One question as it stands: relevant, value, required, valid, message, fault, score, state."""
        place = self.engine.locate(reference)
        return view_question(self, place.path, place.keys)

    def choices(self, reference: str) -> list[str]:
        """The names of the choices that may be chosen, in the order of the list, or in the one that was drawn."""
        place = self.engine.locate(reference)
        drawn: list[str] | None = self.result(place.path, "order", place.keys)
        return self.allowed(place.path, place.keys) if drawn is None else list(drawn)

    def allowed(self, path: str, keys: Keys) -> list[str]:
        """The names of the choices that the filter leaves, in the order of the list."""
        filtered: list[str] | None = self.result(path, "filter", keys)
        if filtered is not None:
            return list(filtered)
        return list(self.engine.choices.get(self.engine.items[path].node.choices or "", {}))

    def wording(self, reference: str) -> tuple[Text, Text]:
        """Label and hint of a question with their placeholders filled."""
        place = self.engine.locate(reference)
        node = self.engine.items[place.path].node
        filled: dict[str, Text] = self.result(place.path, "label", place.keys) or {}
        return filled.get("label", node.label), filled.get("hint", node.hint)

    def suppose(self, place: Place, value: Value, look: Callable[[], T]) -> T:
        """What `look` sees if this were the answer; nothing stays changed."""
        known, version, assessment = self.known(place.path), self.version, self._assessment
        was_there, before = place.keys in known, known.get(place.keys)
        self.write(place, value)
        try:
            return look()
        finally:
            self.write(place, before)
            if not was_there:
                del known[place.keys]
                self._propagate(self._seeds(place))
            self.version, self._assessment = version, assessment

    def next_step(self, reference: str) -> dict[str, Any] | None:
        """The least change of a scored number that reaches the next level: value, delta, to; None without one."""
        from forms.next_step import next_step  # late, as above

        place = self.engine.locate(reference)
        return next_step(self, place.path, place.keys)

    def result(self, path: str, kind: str, keys: Keys) -> Any:
        """The result of a cell: of kind "score" None, "na", "unknown" or 0..1; None when there is no such cell."""
        index = self.plan.index.get((path, kind))  # type: ignore[arg-type]
        return None if index is None else self._results[index].get(keys)

    def results_of(self, path: str, kind: str) -> dict[Keys, Any]:
        """The results of a cell by keys, {} when there is no such cell; the live record, not a copy."""
        index = self.plan.index.get((path, kind))  # type: ignore[arg-type]
        return {} if index is None else self._results[index]

    def keys_of(self, repeats: tuple[str, ...]) -> list[Keys]:
        """The keys of every instance inside these repeats, in order."""
        if not repeats:
            return [()]
        innermost = repeats[-1]
        if innermost not in self._all_keys:
            instances = self._results[self.plan.index[innermost, "instances"]]
            self._all_keys[innermost] = [k for outer in self.keys_of(repeats[:-1]) for k in instances.get(outer, ())]
        return self._all_keys[innermost]

    def _check(self, reference: str, place: Place, value: object) -> Value:
        try:
            if place.facet:
                return check_facet(place.facet, value)
            return check_value(self.engine.items[place.path].node, value)
        except WrongValueError as error:
            error.question = reference
            raise

    def _take_in(self, answers: Mapping[str, object]) -> None:
        unknown: dict[str, list[str]] = {}
        wrong: list[WrongValueError] = []
        for reference, value in answers.items():
            try:
                place = self.engine.locate(reference)
                self._store(place, self._check(reference, place, value))
            except UnknownNameError as error:
                unknown |= error.names
            except WrongValueError as error:
                wrong.append(error)
        if unknown:
            raise UnknownNameError(unknown)
        if wrong:
            wrong[0].more = wrong[1:]
            raise wrong[0]

    def _store(self, place: Place, value: Value) -> bool:
        """Keep an answer; False when it says what was known. None stays: an emptied question has no default."""
        name, keys = f"{place.path}#{place.facet}" if place.facet else place.path, place.keys
        kept = self.known(name)
        before = kept.get(keys)
        if before == value and keys in kept:
            return False
        kept[keys] = value
        if keys:
            self._count_inside(place, (value is not None) - (before is not None))
        return True

    def _count_inside(self, place: Place, more: int) -> None:
        """Count an answer more or less in each instance that it lies in."""
        repeats = (*self.engine.items[place.path].repeats, place.path)
        for depth in range(1, len(place.keys) + 1):
            siblings = self._inside.setdefault(repeats[depth - 1], {}).setdefault(place.keys[: depth - 1], {})
            siblings[place.keys[:depth]] = siblings.get(place.keys[:depth], 0) + more

    def _seeds(self, place: Place) -> Stale:
        item = self.engine.items[place.path]
        index = self.plan.index
        repeats = (*item.repeats, place.path)[: len(place.keys)]
        seeds: Stale = {index[repeat, "instances"]: {place.keys[:depth]} for depth, repeat in enumerate(repeats)}
        own = {"": "value", "state": "score"}.get(place.facet)
        if own and (place.path, own) in index:
            seeds[index[place.path, own]] = {place.keys}  # type: ignore[index]
        return seeds

    def _propagate(self, seeds: Stale) -> dict[int, KeySet]:
        """Compute stale cells and what reads them; returns the keys whose result changed, by cell."""
        stale, heap, changed = dict(seeds), sorted(seeds), dict[int, KeySet]()
        while heap:
            index = heapq.heappop(heap)
            differing = self._refresh(self.plan.cells[index], stale.pop(index))
            if not differing:
                continue
            changed[index] = differing
            for fed, shared in self.plan.feeds[index]:
                if fed not in stale:
                    heapq.heappush(heap, fed)
                self._mark(stale, fed, shared, differing)
        return changed

    def _mark(self, stale: Stale, fed: int, shared: int, changed: KeySet) -> None:
        before = stale.get(fed, set())
        if not shared or before is None:
            stale[fed] = None
            return
        repeats = self.plan.cells[fed].repeats
        heads = {keys[:shared] for keys in changed}
        if len(repeats) > shared:
            heads = {keys for keys in self.keys_of(repeats) if keys[:shared] in heads}
        stale[fed] = before | heads

    def _refresh(self, cell: Cell, stale: KeySet | None) -> KeySet:
        results = self._results[cell.index]
        compute = COMPUTE[cell.kind](self, cell)
        known = self.keys_of(cell.repeats)
        wanted = known if stale is None else [keys for keys in known if keys in stale]
        differing = KeySet()
        for keys in wanted:
            result = compute(keys)
            if keys not in results or results[keys] != result:
                results[keys] = result
                differing.add(keys)
        if stale is None and len(results) > len(known):
            gone = results.keys() - set(known)
            for keys in gone:
                del results[keys]
            differing |= gone
        if differing and cell.kind == "instances":
            self._all_keys.clear()
        return differing

    def _paths_of(self, cell: Cell, changed: KeySet) -> Paths:
        paths = {self.engine.items[cell.path].instance_path(keys) for keys in changed}
        if cell.kind == "relevant":
            depth = len(cell.repeats)
            for item in self.engine.items.values():
                if item.guard == cell.path and item.is_question:
                    inside = (keys for keys in self.keys_of(item.repeats) if keys[:depth] in changed)
                    paths.update(map(item.instance_path, inside))
        return paths
