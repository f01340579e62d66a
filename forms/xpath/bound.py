"""The bound tree: an expression whose names, node-sets and conversions are settled, ready for either twin.

Binding puts every XPath conversion into the tree (`Convert`), so that a back end only writes down what it sees.

The keys of a context stand in one tuple. Inside a predicate it grows to the right: outer keys, then the keys of the
instance that is tried, then its position and the size of the set. Every place in it is known when binding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["string", "number", "boolean", "nodeset", "any"]
Storage = Literal["text", "number", "list", "any", "group"]
"""How the answer lies in the state: str, int or float, list of str, a scalar known only when running, or not at all."""
Form = Literal["text", "number", "boolean", "texts", "numbers", "answer"]


@dataclass(frozen=True)
class Span:
    """The keys `keys[start:stop]` of a context's tuple, or all of it when `whole`."""

    start: int
    stop: int
    whole: bool


@dataclass(frozen=True)
class Level:
    """One step of a node-set that needs work when running.

    `repeat` is the path whose instances are listed, "" when only the node at hand is tried. `index` (1-based, in the
    outer context) picks one instance; `predicates` (boolean) are tried in turn, in the grown context.
    """

    repeat: str
    index: Node | None
    predicates: tuple[Node, ...]


@dataclass(frozen=True)
class Location:
    """Where nodes are: one node when `levels` is empty, with the keys `span`; otherwise a set to enumerate."""

    path: str
    storage: Storage
    span: Span
    levels: tuple[Level, ...]
    width: int
    """Length of the context's tuple where the location is written: where a grown tuple begins."""

    @property
    def is_single(self) -> bool:
        return not self.levels


@dataclass(frozen=True)
class Constant:
    value: str | float | bool
    type: Type


@dataclass(frozen=True)
class Read:
    """The nodes of a location as XPath sees them: a node-set."""

    location: Location
    type: Type = "nodeset"


@dataclass(frozen=True)
class Own:
    """The text that is recorded as answer of the question itself: what once() keeps. It is no dependency."""

    location: Location
    type: Type = "string"


@dataclass(frozen=True)
class Draw:
    """What a place draws by lot: the same whenever the same visit asks. `name` is the place and the number of the draw.

    `span` are the keys of the instance; inside a predicate `step` is the place of the position in the tuple, else -1.
    `length` is what uuid() is asked for, None for a whole UUID or a number.
    """

    name: str
    span: Span
    step: int
    length: Node | None
    type: Type


@dataclass(frozen=True)
class Shuffled:
    """A node-set in the order that belongs to a seed, a number or a text."""

    operand: Read | Union | Rows
    seed: Node
    type: Type = "nodeset"


@dataclass(frozen=True)
class Union:
    locations: tuple[Location, ...]
    type: Type = "nodeset"


@dataclass(frozen=True)
class Rows:
    """Rows of a table: of a choice list, or of a file of the checklist, as instance('table')/root/item[…]/column.

    `predicates` (boolean) are tried in turn; each sees the tuple grown by the row, its position and their count.
    `column` names the node of each row that is meant, None the row itself. `width` as in a Location.
    """

    table: str
    predicates: tuple[Node, ...]
    column: str | None
    width: int
    type: Type = "nodeset"


@dataclass(frozen=True)
class Field:
    """A column of the row that a predicate tries, or of the choice that a choice filter tries.

    The row stands at `place` of the tuple; the choice of a filter is `c` in JavaScript.
    """

    name: str
    place: int
    type: Type = "string"


@dataclass(frozen=True)
class KeyNumber:
    """position() or last() inside a predicate: a number in the context's tuple."""

    place: int
    type: Type = "number"


@dataclass(frozen=True)
class Position:
    """1-based position of a repeat instance among its siblings."""

    repeat: str
    span: Span
    type: Type = "number"


@dataclass(frozen=True)
class Count:
    operand: NodeSet
    type: Type = "number"


@dataclass(frozen=True)
class Convert:
    """XPath's string(), number(), boolean() of an operand, or the lists and the answer that functions take."""

    form: Form
    operand: Node
    type: Type


@dataclass(frozen=True)
class Arithmetic:
    """All operands are numbers; more than two only for +."""

    operator: Literal["+", "-", "*", "div", "mod"]
    operands: tuple[Node, ...]
    type: Type = "number"


@dataclass(frozen=True)
class Negate:
    operand: Node
    type: Type = "number"


@dataclass(frozen=True)
class Logic:
    operator: Literal["and", "or"]
    operands: tuple[Node, ...]
    type: Type = "boolean"


@dataclass(frozen=True)
class Compare:
    """Operands are of one known type; `operator` is =, !=, <, <=, > or >= (the last four on numbers only)."""

    operator: str
    left: Node
    right: Node
    type: Type = "boolean"


@dataclass(frozen=True)
class CompareAny:
    """Both operands are lists of texts or of numbers: true when one pair compares true."""

    operator: str
    left: Node
    right: Node
    type: Type = "boolean"


@dataclass(frozen=True)
class CompareScalars:
    """= or != between scalars whose types show only when running."""

    operator: str
    left: Node
    right: Node
    type: Type = "boolean"


@dataclass(frozen=True)
class If:
    condition: Node
    then: Node
    otherwise: Node
    type: Type


@dataclass(frozen=True)
class Coalesce:
    """The first operand that is not the empty text; all are texts."""

    operands: tuple[Node, ...]
    type: Type = "string"


@dataclass(frozen=True)
class Invoke:
    """A function of the library; the arguments have the forms that its entry asks for."""

    name: str
    arguments: tuple[Node, ...]
    type: Type


@dataclass(frozen=True)
class Match:
    """regex(): `pattern` is checked and in the wording that both languages read alike (see `pattern`)."""

    operand: Node
    python: str
    javascript: str
    type: Type = "boolean"


@dataclass(frozen=True)
class Selected:
    """selected() on a question with a list of choices, where no text has to be split."""

    location: Location
    name: Node
    type: Type = "boolean"


@dataclass(frozen=True)
class Label:
    """Label of the answer of a question, from the state; `quoted` are the questions that its choices quote."""

    location: Location
    language: str
    quoted: tuple[Location, ...] = ()
    type: Type = "string"


@dataclass(frozen=True)
class ChoiceName:
    """Label of a computed choice name, from the labels known at publishing.

    Where these quote answers (`quoted`) they are filled as in a text of the question with the keys `span`.
    """

    operand: Node
    labels: tuple[tuple[str, str], ...]
    language: str
    span: Span
    quoted: tuple[Location, ...] = ()
    type: Type = "string"


@dataclass(frozen=True)
class ItemScore:
    """Score of an item in 0..1, or its level in 0..3, NaN when not scored."""

    path: str
    span: Span
    as_level: bool
    type: Type = "number"


@dataclass(frozen=True)
class Overall:
    """A figure of the whole assessment."""

    figure: Literal["total", "lowest_section", "gates_failed"]
    type: Type = "number"


GivenName = Literal["today", "now", "unit_code", "unit_kind"]


@dataclass(frozen=True)
class Given:
    """What comes with the answers: the clock, and the unit that is visited (empty text where there is none)."""

    name: GivenName
    type: Type = "string"


Node = (
    Constant | Read | Own | Draw | Union | Rows | Shuffled | Field | KeyNumber | Position | Count | Convert | Arithmetic
    | Negate | Logic | Compare | CompareAny | CompareScalars | If | Coalesce | Invoke | Match | Selected | Label
    | ChoiceName | ItemScore | Overall | Given
)  # fmt: skip
NodeSet = Read | Union | Rows | Shuffled


@dataclass(frozen=True)
class Bound:
    """A bound expression.

    `references` are the static paths it depends on (questions, repeats it enumerates), `scores` those of items whose
    score it reads; `uses_assessment` says that it reads the total, the lowest section or the failed gates,
    `uses_clock` that it reads today or now. `depth` is the number of keys its context has; a choice filter
    (`is_filter`) also reads the choice that is tried.
    """

    root: Node
    type: Type
    references: frozenset[str]
    scores: frozenset[str]
    uses_assessment: bool
    uses_clock: bool
    depth: int
    is_filter: bool
