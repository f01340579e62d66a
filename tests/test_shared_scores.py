import pytest

from reports.copies import copy_of
from survey.assess import submit_visit
from survey.documents.report_facts import collect_facts
from survey.documents.synthesis_facts import Asked, collect_synthesis
from survey.shared_scores import shared_scores
from survey.store import visits
from tests import visit_world
from tests.test_synthesis_facts import YEAR
from tests.visit_world import answer, plan

OPEN = "| | select_one muc | B02 | Danh sách cập nhật | Updated list | 1 | | | |"
assert OPEN in visit_world.CHECKLIST


def submitted(db, cast) -> None:
    plan(db, cast, "15271")
    answer(db, cast, "v1", B01="1", B02="3")
    submit_visit(db, visits.find(db, "v1"), "", by=cast["minh"].id)


@pytest.fixture
def secret_item(monkeypatch):
    hidden = OPEN.removesuffix("| |") + "| yes |"
    monkeypatch.setattr(visit_world, "CHECKLIST", visit_world.CHECKLIST.replace(OPEN, hidden))


def test_province_copy_has_the_scores_of_its_copy_of_the_visit_report(db, cast, settings, secret_item):
    submitted(db, cast)
    [full] = collect_synthesis(db, Asked("38", YEAR)).results
    copy = collect_synthesis(db, Asked("38", YEAR, "province"))
    report = copy_of(collect_facts(db, visits.find(db, "v1"), settings.data), "province").evaluation.assessment
    assert (round(full.total, 2), round(copy.results[0].total, 2), copy.results[0].total) == (50.0, 33.33, report.total)
    assert ([one.item for one in copy.items], copy.sections[0].mean) == (["B01"], report.sections["B"].score)


def test_scores_without_a_restricted_item_in_them_stay_as_they_are(db, cast):
    submitted(db, cast)
    assert shared_scores(db, collect_synthesis(db, Asked("38", YEAR)).results) == {}


def test_scores_follow_the_log_of_the_visit(db, cast, secret_item):
    submitted(db, cast)
    [before] = collect_synthesis(db, Asked("38", YEAR, "province")).results
    answer(db, cast, "v1", B01="3")
    [after] = collect_synthesis(db, Asked("38", YEAR, "province")).results
    assert (round(before.total, 2), after.total) == (33.33, 100.0)
