"""What of a checklist stays in the full copy: confidential and personal questions and all that follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass

from forms.checklist import PLACEHOLDER, Checklist, Node, Rule
from forms.engine import Engine
from forms.logic.formula import Formula
from forms.logic.plan import Cell
from reports.facts import ReportFacts

TELLING = frozenset({"relevant", "value", "instances", "filter", "score"})
"""Cells by which a question gives away what another was answered: whether it is asked, what it says, what it offers."""

QUOTING = frozenset({"value", "score"})
"""The same where only the words matter: that somebody was named may be known, the name may not."""


@dataclass(frozen=True)
class Restricted:
    """The paths of the restricted questions, groups and repeats, and what restricts the rules of the checklist."""

    checklist: Checklist
    paths: frozenset[str]
    rules: frozenset[int]
    decides_level: bool

    def is_hidden(self, node: Node) -> bool:
        return node.path in self.paths

    @property
    def touches_scores(self) -> bool:
        """Whether a score or the level would be another without what is restricted."""
        return self.decides_level or any(node.is_scored and self.is_hidden(node) for node in self.checklist.walk())

    def marked(self, facts: ReportFacts) -> ReportFacts:
        """The facts with everything restricted marked as confidential, which is what keeps it out of an open copy."""
        rules = [
            rule.model_copy(update={"confidential": True}) if number in self.rules else rule
            for number, rule in enumerate(self.checklist.rules)
        ]
        nodes = self.renewed(self.checklist.nodes, {"confidential": True})
        return facts.model_copy(
            update={"checklist": self.checklist.model_copy(update={"nodes": nodes, "rules": rules})}
        )

    def unweighted(self) -> Checklist:
        """The checklist in which nothing restricted counts."""
        return self.checklist.model_copy(update={"nodes": self.renewed(self.checklist.nodes, {"weight": 0.0})})

    def renewed(self, nodes: Iterable[Node], changes: dict[str, object]) -> list[Node]:
        return [
            node.model_copy(
                update={"children": self.renewed(node.children, changes), **(changes if self.is_hidden(node) else {})}
            )
            for node in nodes
        ]


def restricted_in(checklist: Checklist) -> Restricted:
    """What of a checklist stays in the full copy, with what gives it away."""
    engine = Engine(checklist)
    confidential = {node.path for node in checklist.walk() if node.confidential}
    hidden = spread(engine, confidential, TELLING) | spread(engine, about_people(checklist), QUOTING)
    return Restricted(
        checklist=checklist,
        paths=frozenset(hidden),
        rules=frozenset(
            number for number, (rule, when, _) in enumerate(engine.rules) if tells(engine, rule, when, hidden)
        ),
        decides_level=any(reads(when, hidden) for _, when in engine.level_rules),
    )


def about_people(checklist: Checklist) -> set[str]:
    """The paths of personal questions and drawn signatures, and of repeats in which each row is about one person."""
    found = {node.path for node in checklist.walk() if node.personal or node.type == "signature"}
    repeats = (node for node in checklist.walk() if node.type == "repeat")
    return found | {repeat.path for repeat in repeats if any(node.personal for node in repeat.walk())}


def spread(engine: Engine, paths: Set[str], kinds: Set[str]) -> set[str]:
    """The paths, everything inside them, and every question of which a cell of those kinds reads one of them."""
    hidden = inside(engine, paths)
    while True:
        reading = {cell.path for cell in engine.plan.cells if cell.kind in kinds and needs(engine, cell, hidden)}
        if reading <= hidden:
            return hidden
        hidden |= inside(engine, reading)


def inside(engine: Engine, paths: Set[str]) -> set[str]:
    return {path for path in engine.items if any(f"{path}/".startswith(f"{outer}/") for outer in paths)}


def needs(engine: Engine, cell: Cell, hidden: Set[str]) -> bool:
    return any(engine.plan.cells[number].path in hidden for number in cell.needs)


def reads(formula: Formula, hidden: Set[str]) -> bool:
    return not hidden.isdisjoint(formula.bound.references | formula.bound.scores)


def tells(engine: Engine, rule: Rule, when: Formula, hidden: Set[str]) -> bool:
    """Whether a rule is about something hidden, rests on it, or puts it into its words."""
    texts = (rule.text, rule.responsible, rule.cooperating, rule.product, rule.due_text)
    quoted = {name for text in texts for words in text.values() for name in PLACEHOLDER.findall(words)}
    paths = {engine.formulas.path_of(name) for name in (*rule.questions, *quoted)}
    return not hidden.isdisjoint(path for path in paths if path) or reads(when, hidden)
