"""Minutes of checklists of any make: server and tablet say the same, whatever is asked, answered and confidential."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.checklist import Checklist, Node
from forms.engine import Engine, compile_checklist
from forms.evaluation import evaluate_state
from forms.log import Change, answers_from
from forms.logic.state import Scope
from forms.module import module_of
from forms.xlsform.reader import read_checklist
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
QUOTING = """
| survey |
| | type | name | label | confidential |
| | begin_group | I | Khó khăn | |
| | text | head-1 | Chủ hộ | |
| | text | secret | Nội dung mật | yes |
| | select_one who | who | Ai trả lời? | |
| | begin_repeat | child | Con | |
| | text | name | Tên | |
| | select_one at | at | Đi học chưa? | |
| | end_repeat | | | |
| | end_group | | | |
| choices |
| | list_name | name | label |
| | who | self | ${head-1} |
| | who | wife | Vợ của ${head-1} (${secret}) |
| | at | yes | ${name} đã đi học |
| | at | no | ${name} chưa đi học |
"""
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


def facts_of(engine: Engine, log: list[Change], scope: Scope) -> ReportFacts:
    """What the server knows of the visit."""
    state = engine.open(answers_from(log), DAY.isoformat(), scope, ABOUT)
    return ReportFacts(
        visit=Visit(id="v1", decision_number="1/QĐ", decision_date=DAY, visited_on=DAY, scope=scope), unit=UNIT, members=[],
        checklist=engine.checklist, answers=answers_from(log), evaluation=Evaluation.model_validate(evaluate_state(state)),
    )  # fmt: skip


@given(st.data())
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_checklist_gives_the_same_minutes_on_the_tablet(data: st.DataObject):
    plans, modules, cases, printed = {}, {}, [], []
    for seed in range(8):
        plain = data.draw(checklists())
        checklist, scope = minuted(plain, seed), data.draw(st.sampled_from(["full", "core"]))
        log = log_of([(moved(question), value) for question, value in data.draw(changes(plain))])
        engine = compile_checklist(checklist)
        facts = facts_of(engine, log, scope)
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


def test_choices_quote_what_was_answered_beside_them_in_both_minutes():
    engine = compile_checklist(read_checklist(QUOTING.encode(), "quoting.md")[0])
    answers = {"/I/head-1": "An", "/I/who": "wife", "/I/secret": "Mật", "/I/child[a]/name": "Bình"}
    answers |= {"/I/child[a]/at": "no", "/I/child[b]/name": "Chi", "/I/child[b]/at": "yes"}
    log = log_of(list(answers.items()))
    case = {
        "plan": "vi",
        "module": "q",
        "facts": on_tablet(),
        "scope": "full",
        "log": shuffled(log, 1),
        "signatures": [],
    }
    plan = minutes_plan(engine.checklist, "vi")
    [paper] = written_on_tablet([case], {"vi": plan}, {"q": module_of(engine)})
    printed = from_html(minutes_html(facts_of(engine, log, "full"), Minutes(), "vi"))
    assert [from_tree(block) for block in paper["blocks"]] == printed
    said = str(printed)
    assert "Vợ của An (…)" in said and "Bình chưa đi học" in said and "Chi đã đi học" in said and "Mật" not in said


def on_tablet() -> dict[str, Any]:
    """What the tablet knows of the visit."""
    found = {language: names_of(UNIT, DAY, language) for language in LANGUAGES}
    names = {language: asdict(named) | {"placed": named.placed} for language, named in found.items()}
    return {
        "planned_on": DAY.isoformat(), "trip": {"decision": "1/QĐ"}, "unit": ABOUT, "unit_code": UNIT.code, "fictitious": False,
        "minutes": {"decided_on": DAY.isoformat(), "names": names},
    }  # fmt: skip
