"""The review of a visit and its progress, from the evaluate JSON."""

from __future__ import annotations

import pytest

from forms.engine import compile_checklist
from forms.evaluation import evaluate
from forms.xlsform.reader import read_checklist
from survey.field.outline import outline_of
from survey.overview import GateRow, MissingSection, Overview, overview_of
from survey.progress import measure, place_of
from tests.visit_world import CHECKLIST

checklist = read_checklist(CHECKLIST.encode(), "nho.md")[0]


def overview(answers: dict[str, str], *, with_confidential: bool = True) -> Overview:
    result = evaluate(compile_checklist(checklist), {"answers": answers, "today": "2025-08-19"})
    return overview_of(checklist, result, with_confidential=with_confidential)


def test_without_enough_data_there_is_an_interval_and_no_level():
    end = overview({"B02": "3"}).conclusion
    assert (end.rank, end.total, end.low, end.high, end.open) == (None, None, 25.0, 100.0, ["B01"])


def test_gates_come_failed_first_with_the_question():
    assert overview({"B01": "1"}).gates == [GateRow("B01", checklist.node("/B/B01").label, "B", False)]


def test_lift_says_the_wording_to_reach_and_the_total_then():
    lift = overview({"B01": "1", "B02": "2"}).lift
    (step,) = lift.steps
    assert (step.code, step.start, step.to, step.wording, step.due) == (
        "B01",
        1.0,
        3.0,
        {"vi": "Đủ", "en": "All"},
        "2025-09-03",
    )
    assert (lift.rank, round(lift.total, 1), round(step.gain, 1)) == (4, 91.7, 50.0)


def test_missing_questions_are_grouped_by_section():
    label = checklist.sections[0].label
    assert overview({"B02": "1"}).missing == [MissingSection("B", label, ["B01"])]


def test_recommendations_know_their_place_and_their_gate():
    (rec,) = overview({"B01": "0", "B02": "3"}).recommendations
    assert (rec["margin"], rec["section"], rec["is_gate"], rec["due"]["date"]) == ("B01", "B", True, "2025-09-03")


@pytest.mark.parametrize(("allowed", "codes"), [(True, ["R02"]), (False, [])])
def test_confidential_recommendations_are_for_those_who_may(allowed: bool, codes: list[str]):
    found = overview({"B01": "3", "B02": "3", "I04": "có"}, with_confidential=allowed)
    assert [rec["code"] for rec in found.recommendations] == codes


def test_progress_counts_items_by_section_and_names_the_next_question():
    state = compile_checklist(checklist).open({"B01": "3"}, "2025-08-19")
    progress = measure(state, outline_of(checklist), is_begun=True)
    counted = [(section.name, section.answered, section.applicable) for section in progress.sections]
    assert counted[0] == ("B", 1, 3)
    assert (progress.next_section, progress.next_code) == ("B", "B02")


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/B/B01", ("B", "B01")),
        ("/A/A05/A05_phone", ("A", "A05")),
        ("/J/J02[k]/J02_name", ("J", "J02")),
        ("/A/group/A07", ("A", "A07")),
        ("/alone", ("0", "alone")),
    ],
)
def test_place_of_a_path(path: str, place: tuple[str, str]):
    assert place_of(path) == place
