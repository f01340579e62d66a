"""The scores of a shared copy summed from those of the items it shows, where nothing else of the logic is needed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from typing import Any, cast

from forms.answers import Keys
from forms.assessment import Assessment, Entry, section_json, sum_up
from forms.engine import Engine
from forms.logic.formula import Formula
from forms.logic.state import State

ASKED = re.compile(r"\bs\b(?:\.(\w+))?")
KNOWN = {"total", "lowestSection", "gatesFailed", "itemScore"}
"""What a formula asks a state for, and what of it `Totals` can answer."""


class Totals:
    """What the rules of the levels may ask when they read nothing but the scores as a whole."""

    def __init__(self, engine: Engine, items: Mapping[str, float | str | None]) -> None:
        """`items` are the scores of the items that are asked, by path; of those, the engine's own count."""
        self.engine = engine
        known = [item for item in engine.scored if not isinstance(items.get(item.node.path, ""), str)]
        entries = [
            Entry(item, item.node.section or "", item.node.weight, cast(float | None, items[item.node.path]))
            for item in known
        ]
        self._items = items
        state = cast(State, self)
        self.assessment = Assessment(state, {}, entries, sum_up(state, entries), [], [])

    def total(self) -> float | None:
        return self.assessment.total_for_rules

    def item_score(self, path: str, keys: Keys) -> float | None:
        score = self._items.get(path)
        return score if isinstance(score, float) else None

    def lowest_section(self) -> float | None:
        return self.assessment.lowest_for_rules

    def gates_failed(self) -> int:
        return len(self.assessment.gates_failed)


def can_be_summed(engine: Engine, hidden: Set[str]) -> bool:
    """Whether the scores of the items that are shown stay what they are without the hidden answers, and decide alone.

    `engine` is that of the copy, in which nothing hidden counts.
    """
    return hidden.isdisjoint(behind_scores(engine)) and all(
        asks_totals_only(engine, rule) for _, rule in engine.level_rules
    )


def behind_scores(engine: Engine) -> set[str]:
    """The paths of everything that has a share in what the scored items score, or in whether they are asked."""
    plan = engine.plan
    ahead = [plan.index.get((item.node.path, kind)) for item in engine.scored for kind in ("value", "score")]
    ahead += [plan.index[item.guard, "relevant"] for item in engine.scored if item.guard]
    seen: set[int] = set()
    while ahead:
        cell = ahead.pop()
        if cell is not None and cell not in seen:
            seen.add(cell)
            ahead += plan.cells[cell].needs
    return {plan.cells[cell].path for cell in seen}


def asks_totals_only(engine: Engine, rule: Formula) -> bool:
    """Whether the rule of a level asks for scores alone; what it asks for, its other twin spells out."""
    scored = {item.node.path for item in engine.scored}
    return set(ASKED.findall(rule.javascript())) <= KNOWN and rule.bound.scores <= scored


def summed(engine: Engine, items: Mapping[str, float | str | None]) -> dict[str, Any]:
    """Total, level, completeness and sections as in `evaluate`, from the scores of the items that were asked."""
    found = Totals(engine, items).assessment
    level = found.level
    return {
        "total": found.total,
        "level": level and level.name,
        "level_label": level and level.label,
        "completeness": found.completeness,
        "sections": {section.name: section_json(section) for section in found.sections},
        "items": items,
    }
