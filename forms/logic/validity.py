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
    relevant = state.is_relevant(path, keys)
    fault = find_fault(state, node, keys) if relevant else None
    score = state.result(path, "score", keys)
    return {
        "relevant": relevant,
        "value": state.value(path, keys),
        "required": relevant and is_required(state, path, keys),
        "valid": fault is None,
        "message": message_for(state, node, fault, keys) if fault else None,
        "fault": fault,
        "score": 0.0 if score == "unknown" else score if isinstance(score, float) else None,
        "state": state_of(state, path, keys),
    }


def state_of(state: State, path: str, keys: Keys) -> str | None:
    """ "na" or "unknown" when that was noted, chosen or computed, else None."""
    if not state.is_relevant(path, keys):
        return None
    found = state.result(path, "score", keys) or state.answer(path, keys, "state")
    return found if isinstance(found, str) else None


def is_required(state: State, path: str, keys: Keys) -> bool:
    required = state.engine.items[path].node.required
    if not required:
        return False
    constant = always(required)
    return bool(state.result(path, "required", keys)) if constant is None else constant


def find_fault(state: State, node: Node, keys: Keys) -> str | None:
    path = node.path
    found = state_of(state, path, keys)
    if found == "na" and needs_reason(state, node, keys):
        return None if state.answer(path, keys, "reason") else "reason"
    value = state.value(path, keys)
    if value is None:
        return "required" if found is None and is_required(state, path, keys) else None
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
