"""What the names of an expression mean at one place of a checklist."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from forms.bound import Bound
from forms.checklist import Checklist
from forms.expression import Expression


@dataclass
class Names:
    """What expressions may refer to: every question, group and repeat of a checklist."""

    @classmethod
    def of(cls, checklist: Checklist) -> Names:
        raise NotImplementedError


def bind(
    tree: Expression,
    names: Names,
    context: str,
    *,
    fields: Collection[str] | None = None,
    assessment: bool = True,
) -> Bound:
    """Bind a tree at the static path `context` ("" = outside every question); raises ExpressionError.

    The context of a repeat is one of its instances. `fields` are the columns of the choice list when the expression
    is a choice filter: bare names are columns then. With `assessment` false, total(), lowest-section() and
    gates-failed() are refused (they belong to levels and recommendations).
    """
    raise NotImplementedError
