from datetime import date

from reports.synthesis.counts import Advice, Change, Counts, Coverage, Need, fifth
from reports.synthesis.facts import Proposal
from tests.synthesis_sample import EMPTY, FORM, RESULTS, facts, nation, result


def test_mean_is_of_visited_units_with_a_total_and_coverage_stands_beside_it():
    counts = Counts(facts())
    assert counts.by_kind == {
        "xa": Coverage(2, 1, {2: 1}, 66.0),
        "phuong": Coverage(1, 1, {0: 1}, None),
        "so": Coverage(1, 0, {}, None),
    }
    assert (counts.whole.share, counts.by_group["commune"]) == (50.0, Coverage(3, 2, {2: 1, 0: 1}, 66.0))


def test_unvisited_provinces_have_no_step_and_those_without_a_total_step_0():
    counts = Counts(nation())
    undecided = Counts(nation(results=RESULTS[1:]))
    assert [counts.step_of_province(code) for code in ("38", "46")] == [4, None]
    assert undecided.step_of_province("38") == 0


def test_fifths_begin_at_their_lower_end():
    assert [fifth(score) for score in (None, 0, 19.9, 20, 60, 79.9, 80, 100)] == [0, 1, 1, 2, 4, 4, 5, 5]


def test_weakest_items_are_those_with_the_lowest_mean_and_something_missing():
    assert [one.item for one in Counts(facts()).weakest("commune")] == ["B01"]


def test_gates_are_the_items_that_can_fail_the_most_frequent_first():
    assert [(one.item, one.failed, one.units) for one in Counts(facts()).gates("commune")] == [("B01", 1, 2)]


def test_difficulties_count_a_unit_once_in_a_group():
    counts = Counts(facts())
    assert (counts.asked, counts.difficulties(), counts.difficulties("46")) == (
        2, {1: 2, 2: 0, 3: 1, 4: 0}, {1: 0, 2: 0, 3: 0, 4: 0},
    )  # fmt: skip


def test_people_to_be_trained_count_once_for_all_fields_of_a_unit():
    both = result("15271", 66.0, 2, training={"shtt": 5, "cds": 5})
    counts = Counts(facts(results=[both]))
    assert (counts.people(), counts.needs) == (5, [Need("cds", 1, {"38": 1}), Need("shtt", 1, {"38": 1})])


def test_spellings_of_a_body_are_folded_into_one():
    [body] = Counts(facts()).bodies
    assert (body.name, body.times) == ("Vụ Pháp chế", 3)
    assert body.advice == [
        Advice("tiny", "B01", 2, date(2026, 9, 3), False), Advice("tiny", "B03", 1, None, True),
    ]  # fmt: skip


def test_one_code_under_two_spellings_is_one_measure():
    again = Proposal(checklist="tiny", code="B01", responsible="Vụ Pháp chế", units=1, first_due=date(2026, 8, 1))
    [body] = Counts(facts(proposals=[facts().proposals[0], again])).bodies
    assert body.advice == [Advice("tiny", "B01", 3, date(2026, 8, 1), False)]


def test_change_compares_the_units_visited_in_both_periods():
    assert Counts(facts()).change == Change(
        before=Coverage(3, 1, {1: 1}, 60.0), now=Coverage(3, 2, {2: 1, 0: 1}, 66.0), both=1, mean_then=60.0,
        mean_now=66.0, risen=1, fallen=0,
    )  # fmt: skip


def test_period_without_visits_counts_units_and_nothing_else():
    counts = Counts(facts(**EMPTY))
    assert (counts.groups, counts.bodies, counts.needs, counts.asked) == ([], [], [], 0)
    assert counts.by_group["commune"] == Coverage(3, 0, {}, None)


def test_a_measure_that_two_checklists_word_alike_is_one():
    twin = FORM.model_copy(update={"id": "twin"})
    proposals = [facts().proposals[0], facts().proposals[0].model_copy(update={"checklist": "twin", "units": 4})]
    [body] = Counts(facts(checklists=[FORM, twin], proposals=proposals)).bodies
    assert [(one.checklist, one.code, one.units) for one in body.advice] == [("tiny", "B01", 6)]
