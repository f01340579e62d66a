"""What the map reads of the latest visit of every unit, one value a layer."""

from __future__ import annotations

from datetime import date

import pytest

from forms.units import load
from survey.database import connect, prepare_data_folder
from survey.store import map as store
from tests.map_world import HA_TRUNG, HAC_THANH, PHU_QUOC, add_commitment, add_item, add_visit, insert

TODAY = date(2026, 11, 22)
EVER = store.Scope(TODAY, date(2000, 1, 1), date(2999, 12, 31))


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """Two visits of Hà Trung and one of Hạc Thành (Thanh Hóa), one of Phú Quốc (An Giang)."""
    prepare_data_folder(folder := tmp_path_factory.mktemp("map"))
    db = connect(folder)
    add_visit(db, "v1", HA_TRUNG, "2025-08-19", rank=2, total=54.9)
    add_visit(
        db, "v2", HA_TRUNG, "2026-03-02", rank=3, total=63.0, completeness=0.9, confidence=0.5, gates_failed=2,
        gates_failed_shared=1, dossiers_per_officer_day=3.5, power_return=2,
    )  # fmt: skip
    add_visit(db, "v3", HAC_THANH, "2025-08-20", rank=None, total=None)
    add_visit(db, "v4", PHU_QUOC, "2025-08-21", province="91", rank=4, total=88.0)
    for visit, score in (("v1", 60.0), ("v2", 71.5), ("v4", 90.0)):
        insert(db, "section_score", visit_id=visit, section="C", score=score, lower=0, upper=100, completeness=1)
    add_item(db, "v2", "C01", 0.75, gate_failed=0)
    add_item(db, "v2", "G05", 0.0, gate_failed=1, secret=1)
    insert(db, "visit_difficulty", visit_id="v2", grp=3, number=2)
    add_commitment(db, "v2", "C01", due="2026-04-01")
    add_commitment(db, "v2", "E04", due="2027-01-01")
    add_commitment(db, "v2", "B06", "objected", due="2026-04-01")
    add_commitment(db, "v2", "I04", due="2026-04-01", secret=1)
    yield db
    db.close()


def values(db, measure, of="", *, secret=False, scope=EVER):
    found = store.latest_values(db, scope, measure, of, with_confidential=secret)
    return {one.code: one.value for one in found}


def test_the_latest_visit_of_each_unit_is_shown(filled):
    assert sorted(store.latest_values(filled, EVER, "total")) == [
        (HAC_THANH, "38", "2025-08-20", None, None, 0.8, 0, None),
        (HA_TRUNG, "38", "2026-03-02", 3, 63.0, 0.5, 0, 63.0),
        (PHU_QUOC, "91", "2025-08-21", 4, 88.0, 0.8, 0, 88.0),
    ]


def test_a_period_shows_the_latest_visit_within_it_both_days_included(filled):
    scope = EVER._replace(start=date(2025, 8, 19), end=date(2025, 8, 19))
    assert values(filled, "total", scope=scope) == {HA_TRUNG: 54.9}


def test_a_section_of_one_province(filled):
    assert values(filled, "section", "C", scope=EVER._replace(province="38")) == {HA_TRUNG: 71.5, HAC_THANH: None}


@pytest.mark.parametrize(
    ("measure", "of", "shared", "whole"),
    [
        ("item", "C01", 75.0, 75.0),
        ("item", "G05", None, 0.0),
        ("gate", "C01", 1, 1),
        ("gate", "G05", None, 0),
        ("gates", "", 1, 2),
        ("completeness", "", 90.0, 90.0),
        ("confidence", "", 50.0, 50.0),
        ("difficulty", "3", 2, 2),
        ("difficulty", "1", None, None),
        ("open", "", 2, 3),
        ("overdue", "", 1, 2),
        ("load", "", 3.5, 3.5),
        ("return", "", None, 2),
        ("section", "Z", None, None),
    ],
)
def test_confidential_answers_count_only_for_those_who_may_read_them(filled, measure, of, shared, whole):
    seen = values(filled, measure, of)[HA_TRUNG], values(filled, measure, of, secret=True)[HA_TRUNG]
    assert seen == (shared, whole)


def test_a_visit_without_commitments_has_no_number_of_them(filled):
    assert (values(filled, "open")[PHU_QUOC], values(filled, "overdue")[PHU_QUOC]) == (None, None)


def test_provinces_count_their_communes(filled):
    counts = store.count_communes(filled, EVER)
    assert (len(counts), counts["38"], sum(counts.values())) == (34, 166, 3321)


def test_periods_begin_with_the_first_visit(filled):
    assert store.first_day(filled) == "2025-08-19"


@pytest.mark.parametrize("measure", store.MEASURES.values(), ids=list(store.MEASURES))
@pytest.mark.parametrize(("before", "way"), [("", store.OWN), (store.SAME, store.FOLLOWED)], ids=["own", "followed"])
def test_every_query_seeks_an_index_for_each_unit(filled, measure, before, way):
    statement = store.LATEST.format(joined=measure.joined, condition=EVER.condition(), **way)
    values = EVER.values() | {"of": "", "confidential": 0}
    plan = filled.execute(f"explain query plan {before} select {measure.value} {statement}", values).fetchall()
    steps = [row[3] for row in plan]
    scanned = {step for step in steps if step.startswith("SCAN")} - {"SCAN same", "SCAN unit_successor"}
    assert (
        scanned == ({"SCAN unit"} if way is store.OWN else set()),
        any("assessment_by_unit" in step for step in steps),
    ) == (True, True)


def test_a_visit_under_an_earlier_code_is_one_of_the_same_unit(filled):
    old, code = filled.execute("select predecessor, code from unit_successor where counts = 1 limit 1").fetchone()
    add_visit(filled, "v5", old, "2025-08-22", province="22", total=70.0)
    assert values(filled, "total", scope=EVER._replace(province="22")) == {code: 70.0}
    filled.execute("update unit_successor set counts = 0 where code = :code", {"code": code})
    assert values(filled, "total", scope=EVER._replace(province="22")) == {}


def test_visits_of_before_a_unit_became_what_it_is_do_not_count(filled):
    filled.execute("update unit set counts_from = '2026-01-01' where code = :code", {"code": HAC_THANH})
    assert HAC_THANH not in values(filled, "total")


def test_every_unit_is_in_the_table(filled):
    assert filled.execute("select count(*) from unit").fetchone()[0] == len(load())
