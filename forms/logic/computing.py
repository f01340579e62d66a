"""How each kind of cell is computed from the answers and from the cells before it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from forms.answers import SPACE, Keys, Value, key_order, read_number
from forms.checklist import COMPUTED, Choice, Node
from forms.logic.plan import Cell, quoting_texts
from forms.logic.wording import fill
from forms.xpath.functions import coercion
from forms.xpath.functions.chance import shuffle

if TYPE_CHECKING:
    from forms.logic.state import State

Score = float | str | None
"""0..1, "na" = not applicable, "unknown" = not shown (counts as 0 and is flagged), None = not yet scored."""

Compute = Callable[[Keys], Any]

MAX_INSTANCES: Final = 1_000
"""Instances a repeat_count may ask for."""


def run_in_repeat(state: State, cell: Cell) -> Callable[[Keys], Any]:
    """The cell's formula. Formulas of a repeat stand inside an instance; its relevance has none yet: an empty key."""
    assert cell.formula
    run = cell.formula.run
    if state.engine.items[cell.path].node.type == "repeat":
        return lambda keys: run(state, (*keys, ""))
    return lambda keys: run(state, keys)


def compute_instances(state: State, cell: Cell) -> Compute:
    """Instances with their positions: those that were added or hold an answer, unless they were removed."""
    if cell.formula:
        count = run_in_repeat(state, cell)
        return lambda keys: {(*keys, str(n)): n for n in range(1, count_of(count(keys)) + 1)}
    path = cell.path

    def compute(keys: Keys) -> dict[Keys, int]:
        found = [k for k, number in state.inside(path, keys).items() if number and state.answer(path, k) is not False]
        found.sort(key=lambda k: key_order(k[-1]))
        return {k: position for position, k in enumerate(found, start=1)}

    return compute


def count_of(number: Any) -> int:
    if not isinstance(number, int | float) or not math.isfinite(number):
        return 0
    return min(max(int(number), 0), MAX_INSTANCES)


def compute_relevance(state: State, cell: Cell) -> Compute:
    run = run_in_repeat(state, cell)
    parent = state.engine.items[cell.path].parent
    if not parent or state.engine.items[parent].guard is None:
        return run
    return lambda keys: state.is_relevant(parent, keys) and run(keys)


def compute_value(state: State, cell: Cell) -> Compute:
    """The answer, or else the default; a calculation comes before any answer."""
    path, node = cell.path, state.engine.items[cell.path].node
    known = state.known(path)
    run = cell.formula.run if cell.formula else None
    always_asked = state.engine.items[path].guard is None and state.is_relevant(path, ())

    def compute(keys: Keys) -> Value:
        if not always_asked and not state.is_relevant(path, keys):
            return None
        if run and (node.calculation or keys not in known):
            return fit(node, run(state, keys))
        return known.get(keys)

    return compute


def fit(node: Node, result: Any) -> Value:
    """A computed answer in the shape of the question's type; a number question has none that is no number."""
    if result is None or result == "":
        return None
    if node.type in ("select_multiple", "rank"):
        return [word for word in SPACE.split(coercion.text(result)) if word]
    if node.type in ("integer", "decimal", "range"):
        return fit_number(node, read_number(result) if isinstance(result, str) else result)
    if node.type in COMPUTED:
        return whole(result) if isinstance(result, float) else result
    text = coercion.text(result)
    return text.rpartition("T")[2] if node.type == "time" else text


def fit_number(node: Node, number: float) -> Value:
    if not math.isfinite(number):
        return None
    return whole(float(math.trunc(number)) if node.type == "integer" else float(number))


def whole(number: float) -> float:
    """A whole number without a fraction, as far as it is exact."""
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def compute_required(state: State, cell: Cell) -> Compute:
    return run_in_repeat(state, cell)


def compute_constraint(state: State, cell: Cell) -> Compute:
    """Whether the answer satisfies its constraint; an empty one does."""
    run = run_in_repeat(state, cell)
    path = cell.path
    return lambda keys: state.value(path, keys) is None or run(keys)


def compute_filter(state: State, cell: Cell) -> Compute:
    """The names of the choices that may be chosen."""
    assert cell.formula
    run, choices = cell.formula.run, state.engine.items[cell.path].node.choices or ""
    found = state.engine.checklist.lists.get(choices)
    rows = state.engine.rows(found.table if found else choices)
    if found is None:
        return lambda keys: [row["name"] for row in rows if run(state, keys, row)]
    name, key = found.value, cell.formula.key
    if key is None:
        return lambda keys: [row[name] for row in rows if run(state, keys, row)]
    column, text, _ = key
    table = state.engine.checklist.tables[found.table]

    def compute(keys: Keys) -> list[str]:
        near = (rows[number] for number in table.rows_with(column, text(state, keys)))
        return [row[name] for row in near if run(state, keys, row)]

    return compute


def compute_order(state: State, cell: Cell) -> Compute:
    """The names of the choices that may be chosen, in the order that belongs to the seed."""
    run, path = run_in_repeat(state, cell), cell.path
    return lambda keys: shuffle(state.allowed(path, keys), run(keys))


def compute_label(state: State, cell: Cell) -> Compute:
    """The texts of the question that quote answers, with those answers."""
    texts = quoting_texts(state.engine.checklist, state.engine.items[cell.path].node)
    return lambda keys: {part: fill(state, text, keys) for part, text in texts.items()}


def compute_score(state: State, cell: Cell) -> Compute:
    """The item's score. What was noted about the item comes before its answer, a formula before the choices' scores.

    A formula is asked only once there is an answer, as comparisons with nothing would score it; items that take no
    answer are always asked.
    """
    path, node = cell.path, state.engine.items[cell.path].node
    choices = state.engine.choices.get(node.choices or "", {})
    states = state.known(path + "#state")
    run = cell.formula.run if cell.formula else None
    takes_answer = node.type not in ("note", *COMPUTED)

    def compute(keys: Keys) -> Score:
        if not state.is_relevant(path, keys):
            return None
        noted = states.get(keys)
        if noted is not None:
            return str(noted)
        value = state.value(path, keys)
        if value is None and takes_answer:
            return None
        chosen = score_of_choices(choices, value)
        if run is None or isinstance(chosen, str):
            return chosen
        return read_score(run(state, keys))

    return compute


def score_of_choices(choices: dict[str, Choice], value: Value) -> Score:
    """The score that choices carry; several chosen add up, to 1 at most."""
    names = value if isinstance(value, list) else [value]
    scores = [choices[name].score for name in names if isinstance(name, str) and name in choices]
    for word in ("na", "unknown"):
        if word in scores:
            return word
    numbers = [float(score) for score in scores if score is not None and not isinstance(score, str)]
    return min(1.0, sum(numbers)) if numbers else None


def read_score(result: Any) -> Score:
    """What a score expression means: 0..1 (kept inside), the words "na" and "unknown", anything else not scored."""
    if result in ("na", "unknown"):
        return str(result)
    if isinstance(result, str):
        result = read_number(result)
    number = float(result) if isinstance(result, int | float) else math.nan
    return min(1.0, max(0.0, number)) if math.isfinite(number) else None


def mean_score(scores: Sequence[Score]) -> Score:
    """The score of an item over its instances: "na" leaves the mean, "unknown" is 0, one unanswered leaves it open."""
    if len(scores) == 1:
        return 0.0 if scores[0] == "unknown" else scores[0]
    applicable = [0.0 if score == "unknown" else score for score in scores if score != "na"]
    if not applicable:
        return "na"
    numbers = [score for score in applicable if isinstance(score, float)]
    return sum_in_order(numbers) / len(numbers) if len(numbers) == len(applicable) else None


def sum_in_order(numbers: Sequence[float]) -> float:
    """A plain sum from left to right: `sum` corrects rounding from Python 3.12 on, which JavaScript does not."""
    total = 0.0
    for number in numbers:
        total += number
    return total


COMPUTE: Final[dict[str, Callable[[State, Cell], Compute]]] = {
    "instances": compute_instances,
    "relevant": compute_relevance,
    "value": compute_value,
    "required": compute_required,
    "constraint": compute_constraint,
    "filter": compute_filter,
    "order": compute_order,
    "label": compute_label,
    "score": compute_score,
}
