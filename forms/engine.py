"""The engine: a checklist compiled once, from which the state of any visit's answers is opened."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from forms.answers import FACETS, Place, UnknownNameError, parse_place, takes_facet
from forms.checklist import UNASKED, Checklist, Choice, Level, Node, Rule
from forms.logic.formula import Formula, Formulas, choice_row
from forms.logic.plan import Item, Plan, plan_checklist
from forms.logic.state import Scope, State, Unit
from forms.logic.trigger import Trigger, triggers_of


class Engine:
    """A checklist with its logic compiled; it holds no answers and may be shared."""

    def __init__(self, checklist: Checklist) -> None:
        self.checklist = checklist
        self.formulas = Formulas(checklist)
        self.plan: Plan = plan_checklist(checklist, self.formulas)
        self.items: dict[str, Item] = self.plan.items
        self.choices: dict[str, dict[str, Choice]] = {
            name: {choice.name: choice for choice in checklist.choices_of(name)}
            for name in (*checklist.choices, *checklist.lists)
        }
        self._rows: dict[str, list[dict[str, str]]] = {}
        self.scored = [item for item in self.items.values() if item.node.is_scored]
        self.wanted = [(p, item, item.node.is_scored) for p, item in self.items.items() if wants_answer(item.node)]
        self.not_core = frozenset(p for p, item in self.items.items() if belongs_to_full_scope(item))

    @cached_property
    def level_rules(self) -> list[tuple[Level, Formula]]:
        """The levels, best first, with the condition of each."""
        return [(level, self.formulas.compile(level.when, "", "when")) for level in self.checklist.levels]

    @cached_property
    def rules(self) -> list[tuple[Rule, Formula, list[Item]]]:
        """The recommendation rules with condition and the items of their questions; the first says where they stand."""
        compiled = []
        for rule in self.checklist.rules:
            paths = [self.formulas.path_of(name) or "" for name in rule.questions]
            items = [self.items[path] for path in paths if path in self.items]
            compiled.append((rule, self.formulas.compile(rule.when, paths[0] if paths else "", "when"), items))
        return compiled

    @cached_property
    def triggers(self) -> dict[str, list[Trigger]]:
        """The questions that are set when the answer to another changes, by its path."""
        return triggers_of(self)

    @cached_property
    def keeping(self) -> list[Item]:
        """The questions whose calculation is recorded as an answer."""
        return [item for item in self.items.values() if item.node.keeps_answer]

    @cached_property
    def instance_name(self) -> Formula | None:
        """What a visit is called after its answers."""
        source = self.checklist.instance_name
        return self.formulas.compile(source, "", "value") if source else None

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of a choice list or of an attached table, as filters and instance() read them."""
        if name not in self._rows:
            table = self.checklist.tables.get(name)
            listed = self.checklist.choices.get(name, [])
            self._rows[name] = table.records() if table else [choice_row(choice) for choice in listed]
        return self._rows[name]

    def rows_with(self, name: str, column: str, text: str) -> Sequence[int]:
        """The numbers of the rows with this text in a column: by an index for a table, else by looking."""
        table = self.checklist.tables.get(name)
        if table:
            return table.rows_with(column, text)
        return [number for number, row in enumerate(self.rows(name)) if row.get(column, "") == text]

    def open(
        self,
        answers: Mapping[str, object],
        today: str,
        scope: Scope = "full",
        unit: Unit | None = None,
        now: str | None = None,
        seed: str = "",
    ) -> State:
        """The state of these answers (reference → JSON value) on that day; what is drawn by lot depends on `seed`.

        Raises UnknownNameError for references that belong to nothing, WrongValueError for values of a wrong type.
        """
        return State(self, answers, today, scope, unit, now, seed)

    def locate(self, reference: str) -> Place:
        """The place of a reference (`C01`, `/C/C01#note`, `/J/J02[k]/name`); UnknownNameError when there is none."""
        place = self._places.get(reference) or self._locate_instance(reference)
        if place is None:
            raise UnknownNameError({reference: self.close_names(reference)})
        return place

    def close_names(self, reference: str) -> list[str]:
        """How to write the known questions that resemble a reference, the closest first."""
        known = {item.node.name.lower(): item for item in self.items.values() if item.is_question}
        last = reference.partition("#")[0].rpartition("/")[2].partition("[")[0].lower()
        found = [known[name] for name in difflib.get_close_matches(last, known, n=3)]
        return [item.instance_path(("1",) * len(item.repeats)) if item.repeats else item.node.name for item in found]

    @cached_property
    def _places(self) -> dict[str, Place]:
        """The places outside repeats by every name they go by."""
        return dict(self._static_places())

    def _static_places(self) -> Iterable[tuple[str, Place]]:
        for path, item in self.items.items():
            if item.repeats or not item.is_question:
                continue
            names = [path] + ([item.node.name] if self.formulas.path_of(item.node.name) else [])
            for name in names:
                yield name, Place(path)
                yield from ((f"{name}#{facet}", Place(path, (), facet)) for facet in FACETS)

    def _locate_instance(self, reference: str) -> Place | None:
        place = parse_place(reference)
        path = place and (place.path if place.path in self.items else self.formulas.path_of(place.path))
        if not place or not path:
            return None
        item = self.items[path]
        is_instance = item.node.type == "repeat" and not place.facet
        fits = len(place.keys) == len(item.repeats) + is_instance and (is_instance or item.is_question)
        return Place(path, place.keys, place.facet) if fits and takes_facet(item.node, place.facet) else None


def compile_checklist(checklist: Checklist) -> Engine:
    """Compile a checklist; raises CircularLogicError or ExpressionError."""
    return Engine(checklist)


def wants_answer(node: Node) -> bool:
    """Whether it is missed while it is empty."""
    return node.is_scored or bool(node.required)


def belongs_to_full_scope(item: Item) -> bool:
    """Whether the short visit leaves this question out."""
    return item.is_question and not item.core and item.node.type not in UNASKED
