"""The plan of a checklist: the cells of its logic, what each one reads, and the order in which they are computed.

A cell is one kind of result of one question: its value, its relevance, its score. Inside a repeat it has one result
for each instance. Both twins compute by the same plan.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal, NamedTuple

from forms.checklist import COMPUTED, Checklist, Node, Text, quoted_names
from forms.faults import Told
from forms.logic.formula import Formula, Formulas, always
from forms.xpath.bound import Bound

Kind = Literal["instances", "relevant", "value", "required", "constraint", "filter", "order", "label", "score"]
Spot = tuple[str, Kind]

CONTAINERS: Final = ("group", "repeat")


@dataclass(frozen=True)
class Item:
    """What the plan knows of a node: `repeats` encloses it from the outside in, `guard` decides its relevance.

    `pieces` are the parts of its path between the places for repeat keys. `core` is inherited from groups.
    """

    node: Node
    parent: str
    repeats: tuple[str, ...]
    guard: str | None
    pieces: tuple[str, ...]
    core: bool

    @property
    def is_question(self) -> bool:
        return self.node.type not in CONTAINERS

    def instance_path(self, keys: tuple[str, ...]) -> str:
        """The path with keys: "/J/J02[k]/name"; one key more than enclosing repeats names an instance of a repeat."""
        if not keys:
            return self.node.path
        parts = [piece + f"[{key}]" for piece, key in zip(self.pieces, keys, strict=False)]
        return "".join(parts) + "".join(self.pieces[len(keys) :])


@dataclass(frozen=True)
class Cell:
    """One cell. `needs` are cells of lower index; a change of any instance of a `wide` one concerns all of mine."""

    index: int
    path: str
    kind: Kind
    repeats: tuple[str, ...]
    needs: tuple[int, ...]
    wide: frozenset[int]
    formula: Formula | None


class Feed(NamedTuple):
    """A cell that reads another; only instances with the same first `shared` keys are concerned (0 = all)."""

    cell: int
    shared: int


@dataclass
class Draft:
    """A cell that has no place in the order yet."""

    spot: Spot
    formula: Formula | None = None
    needs: dict[Spot, bool] = field(default_factory=dict)

    def reads(self, spot: Spot, *, wide: bool = False) -> None:
        self.needs[spot] = self.needs.get(spot, False) or wide


@dataclass
class CircularLogicError(Told):
    """Results that wait for one another; `paths` is the way round, from a question back to itself.

    `spots` are the cells on that way that somebody wrote: one expression of the circle each.
    """

    paths: list[str]
    spots: list[Spot] = field(default_factory=list)

    def __str__(self) -> str:
        return self.say("en")

    def say(self, language: str = "vi") -> str:
        """The way round, after the words for it."""
        words = {"vi": "Lô-gic đi vòng tròn", "en": "Circular logic"}
        return f"{words.get(language, words['en'])}: {' → '.join(self.paths)}"


@dataclass(frozen=True)
class Plan:
    """Items by path in the order of the sheet, and cells in the order of computing."""

    items: dict[str, Item]
    cells: tuple[Cell, ...]
    index: dict[Spot, int]

    @cached_property
    def feeds(self) -> list[list[Feed]]:
        """For each cell, the cells that read it."""
        feeds: list[list[Feed]] = [[] for _ in self.cells]
        for cell in self.cells:
            for need in cell.needs:
                shared = count_shared(self.cells[need].repeats, cell.repeats)
                feeds[need].append(Feed(cell.index, 0 if need in cell.wide else shared))
        return feeds

    @cached_property
    def values(self) -> list[tuple[str, int]]:
        """The path of each question with the cell of its value."""
        return [(path, cell) for (path, kind), cell in self.index.items() if kind == "value"]

    @cached_property
    def scores(self) -> set[str]:
        """The paths of the items that have a score."""
        return {path for path, kind in self.index if kind == "score"}

    @cached_property
    def guards(self) -> dict[str, tuple[int, int]]:
        """Of each node that may not be asked, the cell that decides it and in how many repeats that lies."""
        guarded = ((path, self.index[item.guard, "relevant"]) for path, item in self.items.items() if item.guard)
        return {path: (cell, len(self.cells[cell].repeats)) for path, cell in guarded}

    def reached_alone(self, path: str) -> tuple[int, ...] | None:
        """The cells through which score and constraint of a question read its answer, these two included, in order.

        None when one of them reads it in another instance than its own: then more than these would have to be computed.
        """
        spots: list[Spot] = [(path, "score"), (path, "constraint")]
        seen, ahead = set[int](), [self.index[spot] for spot in spots if spot in self.index]
        while ahead:
            number = ahead.pop()
            if number not in seen:
                seen.add(number)
                ahead.extend(self.cells[number].needs)
        moved, found = {self.index[path, "value"]}, list[int]()
        for number in sorted(seen):
            cell = self.cells[number]
            if moved.isdisjoint(cell.needs):
                continue
            if cell.kind == "instances" or cell.repeats != self.items[path].repeats or not moved.isdisjoint(cell.wide):
                return None
            moved.add(number)
            found.append(number)
        return tuple(found)

    @cached_property
    def deciders(self) -> dict[str, list[str]]:
        """For each node with a condition, the questions whose answers its condition reads, through calculations too."""
        conditions = (cell for cell in self.cells if cell.kind == "relevant")
        return {cell.path: list(self._answers_read(cell)) for cell in conditions}

    def _answers_read(self, cell: Cell) -> Iterator[str]:
        """Each once, and each cell between looked at once: calculations may read each other in very many ways."""
        seen, ahead = set[int](), list(reversed(cell.needs))
        while ahead:
            number = ahead.pop()
            if number in seen:
                continue
            seen.add(number)
            need = self.cells[number]
            if need.kind == "score" or (need.kind == "value" and self.items[need.path].node.type in COMPUTED):
                ahead.extend(reversed(need.needs))
            elif need.kind == "value":
                yield need.path


def count_shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many of the outermost repeats are the same."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def plan_checklist(checklist: Checklist, formulas: Formulas) -> Plan:
    """The plan of a checklist; raises CircularLogicError, and ExpressionError for logic that cannot be bound."""
    items = {item.node.path: item for node in checklist.nodes for item in place_items(node)}
    drafts = Drafting(checklist, items, formulas).draft_all()
    order = sort_drafts(drafts)
    index = {spot: number for number, spot in enumerate(order)}
    cells = tuple(finish(drafts[spot], index, items) for spot in order)
    return Plan(items, cells, index)


def quoting_texts(checklist: Checklist, node: Node) -> dict[str, Text]:
    """The texts of a question that quote answers: "label", "hint", "guidance_hint" and "choice:NAME"."""
    own = {"label": node.label, "hint": node.hint, "guidance_hint": node.guidance_hint}
    return {part: text for part, text in own.items() if quotes(text)} | quoting_choices(checklist, node)


def quoting_choices(checklist: Checklist, node: Node) -> dict[str, Text]:
    choices = checklist.choices.get(node.choices or "", ())
    return {f"choice:{choice.name}": choice.label for choice in choices if quotes(choice.label)}


def quotes(text: Text) -> bool:
    return any("${" in words for words in text.values())


def place_items(node: Node, parent: Item | None = None) -> Iterator[Item]:
    above = parent.repeats if parent else ()
    inside_repeat = parent is not None and parent.node.type == "repeat"
    repeats = (*above, parent.node.path) if parent and inside_repeat else above
    guard = node.path if node.relevant else parent.guard if parent else None
    core = node.core or (parent.core if parent else False)
    item = Item(node, parent.node.path if parent else "", repeats, guard, cut(node, repeats), core)
    yield item
    for child in node.children:
        yield from place_items(child, item)


def cut(node: Node, repeats: tuple[str, ...]) -> tuple[str, ...]:
    """The path cut after each repeat; a repeat itself is cut at its end, where the key of an instance stands."""
    ends = [len(path) for path in repeats] + ([len(node.path)] if node.type == "repeat" else [])
    starts = [0, *ends]
    return tuple(node.path[start:end] for start, end in zip(starts, [*ends, len(node.path)], strict=True))


@dataclass
class Drafting:
    """Drafts the cells of every node."""

    checklist: Checklist
    items: dict[str, Item]
    formulas: Formulas
    drafts: dict[Spot, Draft] = field(default_factory=dict)

    def draft_all(self) -> dict[Spot, Draft]:
        scored = [path for path, item in self.items.items() if self.has_score(item.node)]
        for item in self.items.values():
            self.draft_node(item)
        for path in scored:
            self.draft_score(self.items[path])
        for draft in self.drafts.values():
            draft.needs = {spot: wide for spot, wide in draft.needs.items() if spot in self.drafts}
        return self.drafts

    def draft_node(self, item: Item) -> None:
        node = item.node
        if node.type == "repeat":
            self.draft(item, "instances", node.repeat_count, node.path)
        if node.relevant:
            self.draft(item, "relevant", node.relevant, node.path)
        if item.is_question and node.type != "note":
            self.draft_question(item)
        if texts := quoting_texts(self.checklist, node):
            self.draft_label(self.draft(item, "label"), texts)

    def draft_label(self, draft: Draft, texts: dict[str, Text]) -> None:
        """Texts are filled anew when a question that they quote changes, or one that its choices quote."""
        for name in quoted_names(texts.values()):
            path = self.formulas.path_of(name)
            self.read_path(draft, path)
            inner = self.items[path].node if path in self.items else None
            for deeper in quoted_names(quoting_choices(self.checklist, inner).values() if inner else ()):
                self.read_path(draft, self.formulas.path_of(deeper))

    def draft_question(self, item: Item) -> None:
        node = item.node
        value = self.draft(item, "value", node.calculation or node.default, node.path)
        if item.guard:
            value.reads((item.guard, "relevant"))
        if node.required and always(node.required) is None:
            self.draft(item, "required", node.required, node.path)
        if node.constraint:
            self.draft(item, "constraint", node.constraint, node.path).reads((node.path, "value"))
        if node.choice_filter and node.choices:
            self.draft(item, "filter", node.choice_filter, node.path)
        if node.randomize and node.choices:
            self.draft(item, "order", node.seed or "uuid()", node.path).reads((node.path, "filter"))

    def draft_score(self, item: Item) -> None:
        node = item.node
        draft = self.draft(item, "score", node.score, node.path)
        draft.needs.pop((node.path, "score"), None)
        draft.reads((node.path, "value"))
        if item.guard:
            draft.reads((item.guard, "relevant"))

    def draft(self, item: Item, kind: Kind, source: str | None = None, context: str = "") -> Draft:
        choices = item.node.choices if kind == "filter" else None
        formula = self.formulas.compile(source, context, kind, choices) if source else None
        draft = Draft((item.node.path, kind), formula)
        self.drafts[draft.spot] = draft
        for repeat in item.repeats:
            draft.reads((repeat, "instances"), wide=True)
        parent = self.items.get(item.parent)
        if kind == "relevant" and parent and parent.guard:
            draft.reads((parent.guard, "relevant"))
        if draft.formula:
            self.read_references(draft, draft.formula.bound)
        return draft

    def read_references(self, draft: Draft, bound: Bound) -> None:
        enumerated = {path for path in bound.references if self.is_repeat(path)}
        for path in sorted(bound.references | bound.scores):
            self.read_path(draft, path, enumerated, score=path in bound.scores)

    def read_path(
        self, draft: Draft, path: str | None, enumerated: Set[str] = frozenset(), score: bool = False
    ) -> None:
        item = self.items.get(path or "")
        if path is None or item is None:
            return
        wide = not enumerated.isdisjoint((*item.repeats, path))
        if item.node.type == "repeat":
            draft.reads((path, "instances"), wide=True)
            if item.guard:
                draft.reads((item.guard, "relevant"), wide=True)
        elif (path, "value") != draft.spot:
            draft.reads((path, "value"), wide=wide)
        if score and path != draft.spot[0]:
            draft.reads((path, "score"), wide=wide)
            self.read_mean(draft, item)

    def read_mean(self, draft: Draft, item: Item) -> None:
        """From outside its repeat a score is the mean over the instances in which the item is asked."""
        outside = set(item.repeats) - set(self.items[draft.spot[0]].repeats)
        for repeat in sorted(outside):
            draft.reads((repeat, "instances"), wide=True)
        if outside and item.guard:
            draft.reads((item.guard, "relevant"), wide=True)

    def is_repeat(self, path: str) -> bool:
        return path in self.items and self.items[path].node.type == "repeat"

    def has_score(self, node: Node) -> bool:
        choices = self.checklist.choices.get(node.choices or "", [])
        return bool(node.score) or any(choice.score is not None for choice in choices)


def sort_drafts(drafts: dict[Spot, Draft]) -> list[Spot]:
    """Every cell after those it needs, otherwise in the order of the sheet; raises CircularLogicError."""
    place = {spot: number for number, spot in enumerate(drafts)}
    spots = list(drafts)
    feeds: dict[Spot, list[Spot]] = {spot: [] for spot in drafts}
    waiting = {spot: len(draft.needs) for spot, draft in drafts.items()}
    for spot, draft in drafts.items():
        for need in draft.needs:
            feeds[need].append(spot)
    ready = [place[spot] for spot, count in waiting.items() if not count]
    order = []
    while ready:
        spot = spots[heapq.heappop(ready)]
        order.append(spot)
        for fed in feeds[spot]:
            waiting[fed] -= 1
            if not waiting[fed]:
                heapq.heappush(ready, place[fed])
    if len(order) < len(drafts):
        raise find_circle(drafts, set(drafts) - set(order))
    return order


def find_circle(drafts: dict[Spot, Draft], stuck: set[Spot]) -> CircularLogicError:
    spot = next(spot for spot in drafts if spot in stuck)
    way: dict[Spot, int] = {}
    while spot not in way:
        way[spot] = len(way)
        spot = next(need for need in drafts[spot].needs if need in stuck)
    circle = list(way)[way[spot] :]
    paths = [path for path, _ in [*circle, spot]]
    short = [path for number, path in enumerate(paths) if number in (0, len(paths) - 1) or path != paths[number - 1]]
    return CircularLogicError(short, [spot for spot in circle if drafts[spot].formula or spot[1] == "label"])


def finish(draft: Draft, index: dict[Spot, int], items: dict[str, Item]) -> Cell:
    path, kind = draft.spot
    return Cell(
        index=index[draft.spot],
        path=path,
        kind=kind,
        repeats=items[path].repeats,
        needs=tuple(sorted(index[need] for need in draft.needs)),
        wide=frozenset(index[need] for need, wide in draft.needs.items() if wide),
        formula=draft.formula,
    )
