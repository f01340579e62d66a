"""What one question looks like at the moment: its value, whether it is asked, required and valid, and its score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forms.answers import Keys
from forms.checklist import Node, Text
from forms.logic.formula import always
from forms.logic.wording import TEXTS, fill

if TYPE_CHECKING:
    from forms.logic.state import State

CHOSEN = ("select_one", "select_multiple", "rank")


def view_question(state: State, path: str, keys: Keys) -> dict[str, Any]:
    """One question as JSON.

    `fault` says why it is not valid: "required", "choice", "filter", "range", "constraint" or "reason" (not applicable
    without reason). `score` is 0..1 or None, `state` None, "na" or "unknown".
    """
    node = state.engine.items[path].node
    value, score = state.value(path, keys), state.result(path, "score", keys)
    relevant, required, fault, noted = state.is_relevant(path, keys), False, None, None
    if relevant:
        required, noted = is_required(state, path, keys), note_of(state, path, keys, score)
        fault = find_fault(state, node, keys, noted, required=required)
    return {
        "relevant": relevant,
        "value": value,
        "required": required,
        "valid": fault is None,
        "message": message_for(state, node, fault, keys) if fault else None,
        "fault": fault,
        "score": 0.0 if score == "unknown" else score if isinstance(score, float) else None,
        "state": noted,
    }


def state_of(state: State, path: str, keys: Keys) -> str | None:
    """ "na" or "unknown" when that was noted, chosen or computed, else None."""
    if not state.is_relevant(path, keys):
        return None
    return note_of(state, path, keys, state.result(path, "score", keys))


def note_of(state: State, path: str, keys: Keys, score: Any) -> str | None:
    """`state_of` a question that is asked and has this score."""
    found = score or state.answer(path, keys, "state")
    return found if isinstance(found, str) else None


def is_required(state: State, path: str, keys: Keys) -> bool:
    required = state.engine.items[path].node.required
    if not required:
        return False
    constant = always(required)
    return bool(state.result(path, "required", keys)) if constant is None else constant


def find_fault(state: State, node: Node, keys: Keys, noted: str | None, *, required: bool) -> str | None:
    path = node.path
    if noted == "na" and needs_reason(state, node, keys):
        return None if state.answer(path, keys, "reason") else "reason"
    value = state.value(path, keys)
    if value is None:
        return "required" if required and noted is None else None
    if node.type in CHOSEN:
        chosen = value if isinstance(value, list) else [value]
        known = state.engine.choices.get(node.choices or "", {})
        if any(name not in known for name in chosen):
            return "choice"
        allowed = state.result(path, "filter", keys)
        if allowed is not None and any(name not in allowed for name in chosen):
            return "filter"
    if node.slider and is_off(node.slider, value):
        return "range"
    return "constraint" if state.result(path, "constraint", keys) is False else None


def is_off(slider: tuple[float, float, float], value: object) -> bool:
    """Whether a number lies beside the steps of its slider; the twins round, so that a billionth does not count."""
    start, end, step = slider
    if isinstance(value, bool) or not isinstance(value, int | float):
        return True
    steps = (value - start) / step
    return not start <= value <= end or abs(steps - round(steps)) > 1e-6


def needs_reason(state: State, node: Node, keys: Keys) -> bool:
    """Whether people said that the item does not apply; an expression that says so needs no reason."""
    if state.answer(node.path, keys, "state") == "na":
        return True
    value = state.value(node.path, keys)
    choices = state.engine.choices.get(node.choices or "", {})
    names = value if isinstance(value, list) else [value]
    return any(isinstance(name, str) and name in choices and choices[name].score == "na" for name in names)


def message_for(state: State, node: Node, fault: str, keys: Keys) -> Text:
    own = {"required": node.required_message, "constraint": node.constraint_message}.get(fault, {})
    return fill(state, {**TEXTS[fault], **{language: words for language, words in own.items() if words}}, keys)
