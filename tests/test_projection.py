"""What is read out of a result for the map and the synthesis: whole rows, and confidential ones marked."""

from __future__ import annotations

import pytest

from forms.checklist import Choice, Rule, Section
from forms.evaluation import evaluate_state
from forms.projection import Facts, ItemScore, Projection, Recommended, project
from tests.small_checklists import RATES, state_of

RATE = {"type": "select_one", "choices": "rate", "section": "B", "weight": 1}
PICK = {"type": "select_multiple", "choices": "pick"}
FORM = (
    {"name": "B01", **RATE, "gate": 2 / 3},
    {"name": "G05", **RATE, "gate": 2 / 3, "confidential": True},
    {"name": "B02", **RATE},
    {"name": "I01", **PICK},
    {"name": "E14", **PICK},
    {"name": "E14_people"},
    {"name": "I04", "type": "select_one", "choices": "pick"},
    {"name": "F01"},
    {"name": "F02"},
    {"name": "F03"},
    {"name": "F01_from", "type": "date"},
    {"name": "F01_to", "type": "date"},
    {"name": "H04_officers"},
)
NAMES = ("hatang", "theche", "nhanluc", "kinhphi", "shtt", "tanso", "mot_so")
RULES = [
    Rule(code="R1", questions=["B01"], when="item-level(${B01}) <= 1", text={"vi": "Cấp tài khoản"}, due="T+15"),
    Rule(code="R2", questions=["G05"], when="item-level(${G05}) <= 1", text={"vi": "Máy riêng"}, priority="high"),
]
FACTS = {
    "choices": {"rate": RATES, "pick": [Choice(name=name, label={"vi": name}) for name in NAMES]},
    "sections": [Section(name="B", label={"vi": "B"}, weight=1)],
    "rules": RULES,
}
UNANSWERED = Facts(0, 0, None, None, None, None, None)


def projected(**answers: object) -> Projection:
    said = {f"/{name}": value for name, value in answers.items()}
    state = state_of(*FORM, answers=said, **FACTS)
    return project(state.engine.checklist, evaluate_state(state))


def test_open_and_not_applicable_items_have_no_row():
    answers = {"B01": "1", "B02#state": "na", "B02#reason": "không có"}
    assert projected(**answers).items == [ItemScore("B01", 1 / 3, gate_failed=True, confidential=False)]


def test_items_tell_gates_and_confidential_questions():
    assert projected(B01="2", G05="3", B02="0").items == [
        ItemScore("B01", 2 / 3, gate_failed=False, confidential=False),
        ItemScore("G05", 1.0, gate_failed=False, confidential=True),
        ItemScore("B02", 0.0, gate_failed=None, confidential=False),
    ]


def test_what_finds_its_reason_in_a_confidential_question_is_confidential():
    assert projected(B01="0", G05="0").recommendations == [
        Recommended("R2", "R2", "", "high", None, mends_gate=True, confidential=True),
        Recommended("R1", "R1", "", "normal", "2025-09-03", mends_gate=True, confidential=False),
    ]


def test_confidential_gates_are_left_out_of_the_shared_count():
    assert projected(B01="0", G05="0").facts == UNANSWERED._replace(gates_failed=2, gates_failed_shared=1)


@pytest.mark.parametrize(
    ("named", "groups"),
    [
        (["hatang", "theche", "nhanluc"], {1: 1, 2: 0, 3: 2, 4: 0}),
        (["kinhphi"], {1: 0, 2: 0, 3: 0, 4: 0}),
        (None, {}),
    ],
    ids=["two of one group", "of none of the four groups", "not asked"],
)
def test_difficulties_are_counted_by_the_four_groups(named, groups):
    assert projected(I01=named).difficulties == groups


def test_training_needs_by_field():
    assert projected(E14=["shtt", "tanso"], E14_people=5).training == {"shtt": 5, "tanso": 5}


def test_a_visit_without_answers_has_no_figures():
    assert projected() == Projection([], [], {}, {}, UNANSWERED)


@pytest.mark.parametrize(
    ("officers", "last", "load"),
    [(5, "2025-08-15", 900 / 5 / 46), (0, "2025-08-15", None), (5, "2025-06-30", None), (5, None, None)],
    ids=["46 days, both ends included", "nobody on duty", "an end before the start", "no end"],
)
def test_dossiers_per_officer_and_calendar_day(officers, last, load):
    answers = {"F01": 900, "H04_officers": officers, "F01_from": "2025-07-01", "F01_to": last}
    assert projected(**answers).facts.dossiers_per_officer_day == load


def test_figures_of_dossiers_and_the_signal_are_kept():
    found = projected(F01=10, F02=8, F03=7, I04="mot_so").facts
    assert found == UNANSWERED._replace(received=10, resolved=8, on_time=7, power_return=2)
