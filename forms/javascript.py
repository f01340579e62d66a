"""Bound expressions as JavaScript text over `s` (state), `k` (keys), `f` (function library) and `c` (tried choice)."""

from __future__ import annotations

from forms.bound import Bound
from forms.closures import Wanted


def to_javascript(bound: Bound, wanted: Wanted = "raw") -> str:
    """One JavaScript expression; `wanted` as in `closures.to_closure`. A choice filter also reads `c`."""
    raise NotImplementedError


def library_files() -> tuple[str, ...]:
    """Names of the files in `twin/` that make up the function library `f`, in the order in which they must be joined."""
    raise NotImplementedError
