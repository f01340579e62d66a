from datetime import date

import pytest

from reports.synthesis.facts import ItemMean, Period, Proposal
from survey.assess import submit_visit
from survey.database import opened, transaction
from survey.documents.synthesis_facts import Asked, collect_synthesis, period_before
from survey.documents.trip_facts import collect_trip
from survey.problems import Problem
from survey.store import trips, visits
from tests.visit_world import answer, plan

YEAR = Period(start=date(2025, 1, 1), end=date(2025, 12, 31))


def submit(db, cast, number: int, reason: str = "", **answers: str) -> None:
    answer(db, cast, f"v{number}", **answers)
    submit_visit(db, visits.find(db, f"v{number}"), reason, by=cast["minh"].id)


@pytest.fixture
def world(db, cast):
    """Two communes of Thanh Hóa submitted, a third one still a draft."""
    plan(db, cast, "15271", "14797", "15316")
    submit(db, cast, 1, B01="1", B02="3", I04="Có")
    submit(db, cast, 2, B01="3", B02="3")
    return db


def test_results_are_the_latest_visits_with_coverage_of_all_units(world):
    facts = collect_synthesis(world, Asked("38", YEAR))
    assert [(one.unit, one.rank, one.gates_failed) for one in facts.results] == [
        ("14797", 4, ()), ("15271", 1, ("B01",)),
    ]  # fmt: skip
    assert (facts.visits, sum(facts.stock["38"].values()), len(facts.units)) == (2, 168, 168)
    assert facts.decisions == ["2083/QĐ-BKHCN"]


def test_items_and_recommendations_are_summed_over_units(world):
    facts = collect_synthesis(world, Asked("", YEAR))
    assert facts.items == [
        ItemMean(checklist="nho", item="B01", mean=2 / 3, units=2, low=1, failed=1),
        ItemMean(checklist="nho", item="B02", mean=1.0, units=2, low=0),
    ]
    assert facts.proposals == [
        Proposal(checklist="nho", code="R01", responsible="Sở KH&CN", units=1, first_due=date(2025, 9, 3)),
        Proposal(checklist="nho", code="R02", responsible="Đoàn công tác", units=1, first_due=date(2025, 8, 19), confidential=True),
    ]  # fmt: skip


def test_province_copy_leaves_confidential_recommendations_out(world):
    facts = collect_synthesis(world, Asked("38", YEAR, "province"))
    assert ([one.code for one in facts.proposals], facts.copy_for) == (["R01"], "province")


def test_real_and_fictitious_visits_are_never_counted_together(world):
    with transaction(world):
        world.execute("update assessment set fictitious = 1 where visit_id = 'v1'")
    facts = collect_synthesis(world, Asked("38", YEAR))
    assert ([one.visit for one in facts.results], facts.fictitious, facts.left_out) == (["v2"], False, 1)
    world.execute("update assessment set fictitious = 1")
    assert [
        collect_synthesis(world, Asked("38", YEAR)).fictitious,
        len(collect_synthesis(world, Asked("38", YEAR)).results),
    ] == [True, 2]


def test_period_without_visits_is_empty_but_an_unknown_area_or_time_is_a_problem(db):
    facts = collect_synthesis(db, Asked("38", YEAR))
    assert (facts.results, facts.visits, facts.checklists, facts.fictitious) == ([], 0, [], False)
    early = Period(start=date(2020, 1, 1), end=date(2020, 12, 31))
    codes = []
    for asked in (Asked("99", YEAR), Asked("", early)):
        with pytest.raises(Problem) as told:
            collect_synthesis(db, asked)
        codes.append(told.value.code)
    assert codes == ["unknown_area", "period_before_units"]


def test_results_of_the_period_before_are_there_to_compare_with(world):
    later = Asked("38", Period(start=date(2025, 9, 1), end=date(2025, 9, 30)))
    facts = collect_synthesis(world, later)
    assert (facts.results, [one.unit for one in facts.before]) == ([], ["14797", "15271"])


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("2026-07-01", "2026-09-30", "2026-04-01", "2026-06-30"),
        ("2026-01-01", "2026-12-31", "2025-01-01", "2025-12-31"),
        ("2026-03-01", "2026-03-31", "2026-02-01", "2026-02-28"),
        ("2026-01-01", "2026-01-31", "2025-12-01", "2025-12-31"),
        ("2026-08-10", "2026-08-19", "2026-07-31", "2026-08-09"),
        ("2026-08-10", "2026-08-10", "2026-08-09", "2026-08-09"),
        ("0001-01-01", "2026-12-30", "0001-01-01", "0001-01-01"),
        ("0001-01-03", "2026-12-31", "0001-01-01", "0001-01-02"),
        ("2026-01-01", "9999-12-31", "0001-01-01", "2025-12-31"),
        ("2026-01-02", "9999-12-31", "0001-01-01", "2026-01-01"),
    ],
)
def test_period_before_is_as_long_and_of_whole_months_where_the_period_is(start, end, first, last):
    period = Period(start=date.fromisoformat(start), end=date.fromisoformat(end))
    assert period_before(period) == Period(start=date.fromisoformat(first), end=date.fromisoformat(last))


def test_trip_holds_submitted_visits_and_names_the_others(world, settings):
    facts = collect_trip(world, trips.find(world, "t1"), settings.data)
    assert [one.facts.unit.code for one in facts.visits] == ["15271", "14797"]
    assert ([one.unit.code for one in facts.planned], facts.fictitious, facts.members[0].is_leader) == (
        ["15316"],
        False,
        True,
    )


def test_trip_of_real_and_fictitious_visits_is_refused(world, settings):
    world.execute("update visit set fictitious = 1 where id = 'v1'")
    with pytest.raises(Problem) as told:
        collect_trip(world, trips.find(world, "t1"), settings.data)
    assert told.value.code == "visits_mixed"


def test_visits_under_an_older_code_of_the_same_unit_count(db, cast):
    plan(db, cast, "06970")
    submit(db, cast, 1, B01="3", B02="3")
    facts = collect_synthesis(db, Asked("22", Period(start=date(2025, 1, 1), end=date(2026, 12, 31))))
    assert [(one.unit, one.visit) for one in facts.results] == [("06978", "v1")]


def test_facts_are_of_one_moment(world, settings, monkeypatch):
    def write_meanwhile(*_):
        with opened(settings.data) as other:
            other.execute("delete from assessment")
        return {}

    monkeypatch.setattr("survey.store.synthesis.difficulties", write_meanwhile)
    facts = collect_synthesis(world, Asked("38", YEAR))
    assert (len(facts.results), [one.units for one in facts.items]) == (2, [2, 2])
