"""The ministry's weights and gates give the check figures of the method."""

from __future__ import annotations

from functools import cache

import pytest

from forms.checklist import Node
from forms.engine import Engine, compile_checklist
from forms.library import library_source
from forms.xlsform.reader import read_checklist
from tests.small_checklists import RATES, TODAY, state_of


@cache
def commune() -> Engine:
    """The commune checklist with every scored item asked plainly for its level."""
    source = read_checklist(library_source("commune"), "commune.md")[0]
    nodes = [plain(node) for node in source.walk() if node.is_scored]
    return compile_checklist(source.model_copy(update={"nodes": nodes, "choices": {"rate": RATES}, "rules": []}))


def plain(node: Node) -> Node:
    kept = {name: getattr(node, name) for name in ("name", "weight", "gate", "section")}
    return Node(type="select_one", path=f"/{node.name}", row=node.row, choices="rate", **kept)


def answers(level: int, gates: int | None = None) -> dict[str, str]:
    items = [item.node for item in commune().scored]
    return {node.name: str(level if gates is None or node.gate is None else gates) for node in items}


@pytest.mark.parametrize(
    ("given", "total", "level", "failed"),
    [
        (answers(3), 100.0, "ready", 0),
        (answers(2), 66.67, "meets", 0),
        (answers(1), 33.33, "not_yet", 11),
        (answers(3, gates=0), 68.75, "not_yet", 11),
    ],
    ids=["all 3", "all 2", "all 1", "gates 0, the rest 3"],
)
def test_check_figures_of_the_method(given, total, level, failed):
    assessment = commune().open(given, TODAY).assessment()
    assert (round(assessment.total, 2), len(assessment.gates_failed)) == (total, failed)
    assert assessment.level.rank == {"ready": 4, "meets": 3, "not_yet": 1}[level]


def test_total_of_full_marks_is_exactly_100():
    assessment = commune().open(answers(3), TODAY).assessment()
    assert (assessment.total, assessment.bounds, assessment.completeness) == (100.0, (100.0, 100.0), 1.0)


def test_bounds_are_as_far_apart_as_the_answers_are_incomplete():
    half = dict(list(answers(2).items())[::2])
    assessment = commune().open(half, TODAY).assessment()
    low, high = assessment.bounds
    assert (assessment.total, assessment.level) == (None, None)
    assert high - low == pytest.approx(100 * (1 - assessment.completeness))


def test_a_checklist_without_scores_has_no_total():
    assessment = state_of().assessment()
    assert (assessment.total, assessment.level, assessment.bounds, assessment.completeness) == (
        None,
        None,
        (0.0, 100.0),
        0.0,
    )
