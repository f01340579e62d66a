from datetime import date

import pytest

from forms.units import load
from survey.database import connect, prepare_data_folder
from survey.store import map as store

TODAY = date(2026, 11, 22)
EVER = store.Scope(TODAY, date(2000, 1, 1), date(2999, 12, 31))


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """Two visits of Hà Trung and one of Hạc Thành (Thanh Hóa), one of Phú Quốc (An Giang)."""
    prepare_data_folder(folder := tmp_path_factory.mktemp("map"))
    db = connect(folder)
    db.execute("pragma foreign_keys = off")
    for visit, unit, province, day, rank, total, section in (
        ("v1", "15271", "38", "2025-08-19", 2, 54.9, 60.0),
        ("v2", "15271", "38", "2026-03-02", 3, 63.0, 71.5),
        ("v3", "14797", "38", "2025-08-20", None, None, None),
        ("v4", "31078", "91", "2025-08-21", 4, 88.0, 90.0),
    ):
        values = {"visit": visit, "unit": unit, "province": province, "day": day, "rank": rank, "total": total}
        db.execute(
            "insert into assessment (visit_id, unit_code, province_code, checklist_id, checklist_version, formula_version,"
            " visited_on, computed_at, total, rank, completeness, confidence, lower, upper, fictitious, result)"
            " values (:visit, :unit, :province, 'commune', '1', '1', :day, '', :total, :rank, 1, 0.5, 0, 100, 1, '{}')",
            values,
        )
        db.execute(
            "insert into section_score values (:visit, 'C', :score, 0, 100, 1)", {"visit": visit, "score": section}
        )
    yield db
    db.close()


def shown(results):
    return sorted((one.code, one.visit_id, one.rank, one.score) for one in results)


def test_the_latest_visit_of_each_unit_is_shown(filled):
    assert shown(store.latest_results(filled, EVER)) == [
        ("14797", "v3", None, None), ("15271", "v2", 3, 63.0), ("31078", "v4", 4, 88.0)
    ]  # fmt: skip


def test_a_period_shows_the_latest_visit_within_it_both_days_included(filled):
    scope = EVER._replace(start=date(2025, 8, 19), end=date(2025, 8, 19))
    assert shown(store.latest_results(filled, scope)) == [("15271", "v1", 2, 54.9)]


def test_a_province_and_a_section(filled):
    results = store.latest_section_results(filled, EVER._replace(province="38"), "C")
    assert shown(results) == [("14797", "v3", None, None), ("15271", "v2", 3, 71.5)]


def test_a_section_that_no_visit_has_gives_no_score(filled):
    assert {one.score for one in store.latest_section_results(filled, EVER, "Z")} == {None}


def test_provinces_count_their_communes(filled):
    counts = store.count_communes(filled, EVER)
    assert (len(counts), counts["38"], sum(counts.values())) == (34, 166, 3321)


def test_periods_begin_with_the_first_visit(filled):
    assert store.first_day(filled) == "2025-08-19"


def test_the_query_seeks_the_index_for_each_unit(filled):
    statement = store.LATEST.format(joined="", condition=EVER.condition())
    plan = filled.execute(f"explain query plan select shown.rank {statement}", EVER.values()).fetchall()
    steps = [row[3] for row in plan]
    assert [step.split(" (")[0] for step in steps if step.startswith("SEARCH") and "assessment_by_unit" in step] == [
        step.split(" (")[0] for step in steps if step.startswith("SEARCH")
    ]


def test_every_unit_is_in_the_table(filled):
    assert filled.execute("select count(*) from unit").fetchone()[0] == len(load())
