"""Small checklists for tests: only what the test is about is said, and questions are given as rows."""

from __future__ import annotations

from typing import Any

from forms.checklist import Checklist, Choice, Node
from forms.engine import compile_checklist
from forms.logic.state import State

TODAY = "2025-08-19"
RATES = [Choice(name=str(level), label={"vi": f"Mức {level}"}, score=level / 3) for level in range(4)]
CHOICES = {
    "rate": RATES,
    "yes_no": [Choice(name="yes", label={"vi": "Có"}), Choice(name="no", label={"vi": "Không"})],
    "city": [
        Choice(name="hue", label={"vi": "Huế"}, fields={"of": "centre"}),
        Choice(name="vinh", label={"vi": "Vinh"}, fields={"of": "north"}),
    ],
}


def small_checklist(*rows: dict[str, Any], **facts: Any) -> Checklist:
    """A checklist of questions given as rows; `inside` names the path of the group or repeat they stand in."""
    nodes = [node_of(row, rows) for row in rows if not row.get("inside")]
    plain = {
        "id": "t",
        "version": "1",
        "title": {"vi": "Phiếu"},
        "languages": ["vi", "en"],
        "choices": CHOICES,
        "sections": [],
    }
    return Checklist(**{**plain, "nodes": nodes, **facts})


def node_of(row: dict[str, Any], rows: tuple[dict[str, Any], ...] = ()) -> Node:
    """The node of a row with its children; a whole number unless the row says what it is."""
    path = f"{row.get('inside', '')}/{row['name']}"
    children = [node_of(other, rows) for other in rows if other.get("inside") == path]
    facts = {"type": "integer", "path": path, "row": 0, **row, "children": children}
    facts.pop("inside", None)
    return Node(**facts)


def state_of(*rows: dict[str, Any], answers: dict[str, Any] | None = None, scope: str = "full", **facts: Any) -> State:
    """The state of these answers to a small checklist."""
    return compile_checklist(small_checklist(*rows, **facts)).open(answers or {}, TODAY, scope)
