"""What once() computes is recorded as an answer as soon as somebody answers anything: from then on it stays.

Until then it is computed like any other calculation. What is recorded is taken from the tablet that computed it first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.answers import Place, Value, WrongValueError, check_value

if TYPE_CHECKING:
    from forms.logic.state import State


def keep(state: State) -> dict[str, Value]:
    """Record what once() gives now where nothing is recorded yet; the new answers by instance path."""
    found: dict[str, Value] = {}
    for item in state.engine.keeping:
        for keys in state.keys_of(item.repeats):
            place = Place(item.node.path, keys)
            value = state.value(place.path, keys)
            if value is not None and state.answer(place.path, keys) is None and may_be_kept(state, place, value):
                state.write(place, value)
                found[item.instance_path(keys)] = value
    return found


def may_be_kept(state: State, place: Place, value: Value) -> bool:
    """Whether a computed value can be an answer of its question."""
    try:
        return check_value(state.engine.items[place.path].node, value) is not None
    except WrongValueError:
        return False
