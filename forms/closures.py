"""Bound expressions as Python closures over a state and the keys of an instance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, Protocol

from forms.bound import Bound

Keys = tuple[str, ...]
Value = str | int | float | bool | list[str] | None
Wanted = Literal["raw", "boolean", "string", "number", "answer"]


class State(Protocol):
    """What an expression may ask of the answers of a visit."""

    @property
    def today(self) -> str: ...
    @property
    def now(self) -> str: ...
    def value(self, path: str, keys: Keys) -> Value: ...
    def instances(self, repeat: str, keys: Keys) -> list[Keys]: ...
    def position(self, repeat: str, keys: Keys) -> int: ...
    def label(self, path: str, keys: Keys, language: str) -> str | None: ...
    def item_score(self, path: str, keys: Keys) -> float | str | None: ...
    def total(self) -> float | None: ...
    def lowest_section(self) -> float | None: ...
    def gates_failed(self) -> int: ...


def to_closure(bound: Bound, wanted: Wanted = "raw") -> Callable[[State, Keys], object]:
    """The closure of an expression.

    `wanted` converts as XPath does: "boolean" for conditions, "string", "number", "answer" for what a calculation
    stores (text, number or None: empty text and NaN are None, truth is "true" or "false", 3.0 is 3); "raw" leaves
    str, float, bool, or for a node-set the list of its node values.
    """
    raise NotImplementedError


def to_filter(bound: Bound) -> Callable[[State, Keys, Mapping[str, str]], bool]:
    """The closure of a choice filter; its third argument holds name, label and the further columns of a choice."""
    raise NotImplementedError
