"""Minutes of checklists of any make: server and tablet say the same, whatever is asked, answered and confidential."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.checklist import Checklist, Node
from forms.engine import compile_checklist
from forms.evaluation import evaluate_state
from forms.log import Change, answers_from
from forms.module import module_of
from reports.facts import Evaluation, ReportFacts, Visit
from reports.minutes import minutes_html
from reports.minutes_facts import Minutes
from reports.minutes_plan import minutes_plan
from reports.naming import names_of
from reports.wording import LANGUAGES
from tests.paper_world import from_html, from_tree, logged, shuffled, written_on_tablet
from tests.random_checklists import changes, checklists
from tests.report_sample import UNIT

DAY = date(2025, 8, 19)
ABOUT = {"code": UNIT.code, "kind": UNIT.kind, "name": UNIT.name}
PARTS = {"B": "I", "C": "J"}
"""Parts of the random checklists that take the places of difficulties and guidance, for which minutes have a part."""


def renamed(node: Node, chance: Random) -> Node:
    """The question below a part of the minutes, now and then confidential or personal."""
    steps = node.path.split("/")
    path = "/".join([steps[0], PARTS.get(steps[1], steps[1]), *steps[2:]])
    return node.model_copy(update={
        "path": path, "name": path.rpartition("/")[2], "children": [renamed(child, chance) for child in node.children],
        "confidential": node.type != "group" and chance.random() < 0.15, "personal": chance.random() < 0.1,
    })  # fmt: skip


def minuted(checklist: Checklist, seed: int) -> Checklist:
    nodes = [renamed(node, Random(seed)) for node in checklist.nodes]
    return checklist.model_copy(update={"nodes": nodes, "id": f"random-{seed}"})


def log_of(steps: list[tuple[str, Any]]) -> list[Change]:
    """The steps as changes, each of which replaces the one before it."""
    found: list[Change] = []
    for number, (question, value) in enumerate(steps):
        made = logged("v1", number, question, value, "lan")
        before = [change.id for change in found if change.question == question]
        found.append(made.model_copy(update={"replaces": before}))
    return found


def moved(question: str) -> str:
    head, part, rest = question[:1], question[1:2], question[2:]
    return head + PARTS.get(part, part) + rest


@given(st.data())
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_checklist_gives_the_same_minutes_on_the_tablet(data: st.DataObject):
    plans, modules, cases, printed = {}, {}, [], []
    for seed in range(8):
        plain = data.draw(checklists())
        checklist, scope = minuted(plain, seed), data.draw(st.sampled_from(["full", "core"]))
        log = log_of([(moved(question), value) for question, value in data.draw(changes(plain))])
        engine = compile_checklist(checklist)
        state = engine.open(answers_from(log), DAY.isoformat(), scope, ABOUT)
        facts = ReportFacts(
            visit=Visit(id="v1", decision_number="1/QĐ", decision_date=DAY, visited_on=DAY, scope=scope), unit=UNIT,
            members=[], checklist=checklist, answers=answers_from(log), evaluation=Evaluation.model_validate(evaluate_state(state)),
        )  # fmt: skip
        modules[checklist.id] = module_of(engine)
        for language in LANGUAGES:
            plans[f"{checklist.id}-{language}"] = minutes_plan(checklist, language)
            printed.append(from_html(minutes_html(facts, Minutes(), language)))
            cases.append({
                "plan": f"{checklist.id}-{language}", "module": checklist.id, "facts": on_tablet(), "scope": scope,
                "log": shuffled(log, seed), "signatures": [],
            })  # fmt: skip
    composed = [[from_tree(block) for block in paper["blocks"]] for paper in written_on_tablet(cases, plans, modules)]
    assert composed == printed


def on_tablet() -> dict[str, Any]:
    """What the tablet knows of the visit."""
    found = {language: names_of(UNIT, DAY, language) for language in LANGUAGES}
    names = {language: asdict(named) | {"placed": named.placed} for language, named in found.items()}
    return {
        "planned_on": DAY.isoformat(), "trip": {"decision": "1/QĐ"}, "unit": ABOUT, "unit_code": UNIT.code, "fictitious": False,
        "minutes": {"decided_on": DAY.isoformat(), "names": names},
    }  # fmt: skip
