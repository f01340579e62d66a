"""References and paths of an expression become locations: which keys are known, which instances must be listed.

`${name}` and absolute paths are read as pyxform and the ODK specification read them: repeats that the context shares
stay at the context's instance. A reference to a repeat itself means all its instances. Inside a predicate the node
that is tried counts as context where it shares more repeats than the question does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NoReturn

from forms.xpath.bound import Level, Location, Node, Span
from forms.xpath.expression import Call, Expression, Path, Reference, Step, fail
from forms.xpath.names import Names, Place


@dataclass(frozen=True)
class Scope:
    """A context: its node, and where the keys of that node's repeats stand in the tuple of `width` places.

    While rows of a table are tried, `columns` are their names and `row` is the place of the row in the tuple.
    """

    place: Place
    start: int
    width: int
    outer: Scope | None = None
    columns: frozenset[str] | None = None
    row: int = -1

    def chain(self) -> Iterator[Scope]:
        """This scope and those around it, from the innermost."""
        yield self
        if self.outer:
            yield from self.outer.chain()

    def within(self, place: Place) -> Scope:
        """The scope of a predicate that tries `place`: keys of its instance, position, size of the set."""
        return Scope(place, self.width, self.width + len(place.repeats) + 2, self)

    def trying(self, columns: frozenset[str]) -> Scope:
        """The scope of a predicate that tries a row of a table: the row, position, count of the rows."""
        return Scope(self.place, self.start, self.width + 3, self, columns, self.width)

    def span(self, start: int, count: int) -> Span:
        return Span(start, start + count, start == 0 and count == self.width)


Condition = Callable[[Expression, Scope], Node]
"""Binds a predicate in its own scope to a boolean."""


@dataclass
class Locator:
    """Finds locations in one form; `condition` is the binder's way to bind a predicate."""

    names: Names
    condition: Condition

    def reference(self, reference: Reference, scope: Scope, predicates: tuple[Expression, ...] = ()) -> Walk:
        """The nodes that `${name}` means here."""
        target = self.named(reference)
        return self.contextual(target, {target.path: predicates}, scope)

    def path(self, path: Path, scope: Scope) -> Walk:
        """The nodes of a location path."""
        if path.start == "root":
            return self.absolute(path, scope)
        if path.start == "anywhere":
            return self.anywhere(path, scope)
        if isinstance(path.start, Reference):
            walk = self.reference(path.start, scope, path.predicates)
        else:
            here = scope if path.start == "context" else list(scope.chain())[-1]
            if isinstance(path.start, Call) and path.start.name != "current":
                _not_a_path(path.start)
            walk = Walk(self, scope, here.place, here.start, len(here.place.repeats), [])
        for step in path.steps:
            walk.take(step)
        return walk

    def absolute(self, path: Path, scope: Scope) -> Walk:
        """An absolute path, with or without the form's own name in front."""
        steps = path.steps
        if len(steps) > 1 and steps[0].name in self.names.root and f"/{steps[0].name}" not in self.names.places:
            steps = steps[1:]
        target = self.names.places[""]
        predicates: dict[str, tuple[Expression, ...]] = {}
        for step in steps:
            if step.axis != "child":
                fail("path-unsupported", "Đường dẫn tuyệt đối không được chứa . hoặc ..; hãy dùng ${tên}.",
                     "An absolute path cannot hold . or .. steps; use ${name}.", step.at)  # fmt: skip
            target = self.child(target, step)
            predicates[target.path] = step.predicates
        return self.contextual(target, predicates, scope)

    def anywhere(self, path: Path, scope: Scope) -> Walk:
        """`//name`: the question of that name wherever it lies, read like `${name}`."""
        first, *rest = path.steps
        if first.axis != "child":
            fail("path-unsupported", "Sau // cần tên câu hỏi.", "// needs the name of a question behind it.", first.at)
        walk = self.reference(Reference(first.name, first.at), scope, first.predicates)
        for step in rest:
            walk.take(step)
        return walk

    def contextual(self, target: Place, predicates: dict[str, tuple[Expression, ...]], scope: Scope) -> Walk:
        free = len(target.repeats) - (1 if target.is_repeat else 0)
        for path, tried in predicates.items():
            if tried:
                place = self.names.places[path]
                free = min(free, len(place.repeats) - (1 if place.is_repeat else 0))
        here = max(scope.chain(), key=lambda context: shared(target.repeats[:free], context.place.repeats))
        fixed = shared(target.repeats[:free], here.place.repeats)
        first = self.names.places[target.repeats[fixed - 1]] if fixed else self.names.places[""]
        walk = Walk(self, scope, first, here.start, fixed, [])
        for place in self.below(first, target):
            walk.enter(place, predicates.get(place.path, ()))
        return walk

    def below(self, ancestor: Place, target: Place) -> Iterator[Place]:
        """The places from below `ancestor` down to `target`."""
        names = target.path[len(ancestor.path) :].split("/")[1:]
        path = ancestor.path
        for name in names:
            path += f"/{name}"
            yield self.names.places[path]

    def named(self, reference: Reference) -> Place:
        name = reference.name
        if name.startswith("last-saved#"):
            fail("reference-unsupported", "${last-saved#…} chưa được hỗ trợ.",
                 "${last-saved#…} is not supported yet.", reference.at)  # fmt: skip
        paths = self.names.by_name.get(name, [])
        if not paths:
            _unknown(name, self.names.close_to(name), reference.at)
        if len(paths) > 1:
            fail("name-ambiguous", f"Có {len(paths)} dòng cùng tên “{name}”; hãy đổi tên cho khác nhau.",
                 f"{len(paths)} rows are named “{name}”; give them different names.", reference.at)  # fmt: skip
        return self.names.places[paths[0]]

    def child(self, parent: Place, step: Step) -> Place:
        place = self.names.places.get(f"{parent.path}/{step.name}")
        if place is None:
            _unknown_step(step, self.names.close_to(step.name))
        return place


@dataclass
class Walk:
    """A location under way: the node reached, the keys known so far, the levels to list."""

    locator: Locator
    scope: Scope
    place: Place
    start: int
    count: int
    levels: list[Level]

    def take(self, step: Step) -> None:
        if step.axis == "child":
            self.enter(self.locator.child(self.place, step), step.predicates)
        elif step.axis == "parent":
            self.leave(step.at)

    def enter(self, place: Place, predicates: tuple[Expression, ...] = (), index: Node | None = None) -> None:
        """Go down to a child; a repeat is listed, predicates are tried on what is there."""
        self.place = place
        inner = self.scope.within(place)
        conditions = tuple(self.locator.condition(predicate, inner) for predicate in predicates)
        if place.is_repeat:
            self.levels.append(Level(place.path, index, conditions))
        elif conditions:
            self.levels.append(Level("", None, conditions))

    def leave(self, at: int) -> None:
        if not self.place.path:
            fail("path-above-form", "Đường dẫn .. đi ra ngoài phiếu; hãy bớt một ..",
                 "The path goes above the form; remove one ..", at)  # fmt: skip
        if self.place.is_repeat:
            if self.levels:
                fail("path-unsupported", "Không thể dùng .. sau một repeat đã liệt kê; hãy dùng ${tên}.",
                     "A .. step after a listed repeat is not supported; use ${name}.", at)  # fmt: skip
            self.count -= 1
        self.place = self.locator.names.places[self.place.path.rpartition("/")[0]]

    @property
    def is_instance(self) -> bool:
        """Whether this is one known instance of a repeat."""
        return self.place.is_repeat and not self.levels

    @property
    def span(self) -> Span:
        return self.scope.span(self.start, self.count)

    def location(self) -> Location:
        return Location(self.place.path, self.place.storage, self.span, tuple(self.levels), self.scope.width)


def shared(left: tuple[str, ...], right: tuple[str, ...]) -> int:
    """How many repeats two places have in common, from the outermost."""
    count = 0
    while count < min(len(left), len(right)) and left[count] == right[count]:
        count += 1
    return count


def _unknown(name: str, close: list[str], at: int) -> NoReturn:
    hint_vi = f" Có phải ${{{'}, ${'.join(close)}}}?" if close else " Hãy kiểm tra cột name của trang survey."
    hint_en = f" Did you mean ${{{'}, ${'.join(close)}}}?" if close else " Check column name of sheet survey."
    fail("name-unknown", f"Không có câu hỏi tên “{name}”.{hint_vi}", f"No question is named “{name}”.{hint_en}", at)


def _unknown_step(step: Step, close: list[str]) -> NoReturn:
    """A bare word: mostly a text without its quotes or a function without its brackets."""
    name = step.name
    if name in ("true", "false", "today", "now"):
        fail("name-unknown", f"Hãy viết {name}() với dấu ngoặc.", f"Write {name}() with brackets.", step.at)
    if close:
        _unknown(name, close, step.at)
    fail("name-unknown", f"Không có câu hỏi tên “{name}”. Chuỗi cần dấu nháy: '{name}'.",
         f"No question is named “{name}”. A text needs quotes: '{name}'.", step.at)  # fmt: skip


def _not_a_path(call: Call) -> NoReturn:
    fail("path-unsupported", f"Không thể viết đường dẫn sau {call.name}(…).",
         f"A path after {call.name}(…) is not supported.", call.at)  # fmt: skip
