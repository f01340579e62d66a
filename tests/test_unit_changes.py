"""What a list of units changes: each case in one small world, and the same list twice changes nothing."""

from __future__ import annotations

from datetime import date

import pytest

from survey.units.changes import Period, Plan, Succession, plan_changes
from survey.units.rows import Entry, Origin
from tests.unit_list_world import known, unit

A, B, C = unit("00001"), unit("00002"), unit("00003")
NEW_YEAR = "2027-01-01"
DAY = date(2027, 1, 1)


def entry(code: str, first: str = NEW_YEAR, *origins: str | Origin, last: str | None = None, **facts: object) -> Entry:
    """A line of the list; origins are whole unless they say otherwise."""
    follows = tuple(one if isinstance(one, Origin) else Origin(one, 1.0) for one in origins)
    return Entry(2, unit(code, first, last, **facts), follows)


def plan(*entries: Entry, follows: tuple[Succession, ...] = (), ends_on: date | None = None) -> Plan:
    return plan_changes(entries, known(A, B, C), follows, ends_on)


def told(found: Plan) -> list[tuple[str, str]]:
    return [(change.category, change.unit.code) for change in found.changes]


def periods(found: Plan) -> dict[tuple[str, str], tuple[str | None, str | None]]:
    """Last day and first counting day by code and first day."""
    return {
        (p.unit.code, str(p.unit.valid_from)): (
            p.unit.valid_to and str(p.unit.valid_to), p.counts_from and str(p.counts_from)
        )
        for p in found.periods
    }  # fmt: skip


def again(found: Plan, *entries: Entry) -> Plan:
    """The same list after its plan was carried out."""
    before = {(p.unit.code, p.unit.valid_from): p for p in [*known(A, B, C), *found.periods]}
    return plan_changes(entries, before.values(), found.successions)


def test_a_commune_that_became_a_ward_goes_on_under_its_code():
    found = plan(entry("00001", kind="phuong"))
    assert told(found) == [("renamed", "00001")]
    assert periods(found) == {("00001", "2025-07-01"): (NEW_YEAR, None), ("00001", NEW_YEAR): (None, None)}
    assert found.successions == []


def test_a_new_code_for_the_same_unit_counts():
    found = plan(entry("00009", NEW_YEAR, "00001"))
    assert told(found) == [("recoded", "00009")]
    assert periods(found) == {("00001", "2025-07-01"): (NEW_YEAR, None), ("00009", NEW_YEAR): (None, NEW_YEAR)}
    assert found.successions == [Succession("00009", DAY, "00001", 1.0, True)]


def test_a_merger_is_a_new_unit_even_under_an_old_code():
    found = plan(entry("00001", NEW_YEAR, "00001", "00002"))
    assert told(found) == [("merged", "00001")]
    expected = {("00001", "2025-07-01"): (NEW_YEAR, None), ("00001", NEW_YEAR): (None, NEW_YEAR)}
    assert periods(found) == expected | {("00002", "2025-07-01"): (NEW_YEAR, None)}
    assert {(one.predecessor, one.counts) for one in found.successions} == {("00001", False), ("00002", False)}


def test_a_unit_that_gives_a_part_away_is_split_with_what_remains():
    lines = entry("00009", NEW_YEAR, Origin("00001", 0.4)), entry("00001", NEW_YEAR, Origin("00001", 0.6))
    found = plan(*lines)
    assert told(found) == [("split", "00001"), ("split", "00009")]
    assert [(one.code, one.share, one.counts) for one in found.successions] == [
        ("00001", 0.6, False), ("00009", 0.4, False)]  # fmt: skip


def test_a_unit_divided_among_two_is_no_more():
    found = plan(entry("00008", NEW_YEAR, Origin("00001", 0.5)), entry("00009", NEW_YEAR, Origin("00001", 0.5)))
    assert told(found) == [("split", "00008"), ("split", "00009")]
    assert periods(found)["00001", "2025-07-01"] == (NEW_YEAR, None)


def test_a_unit_that_lost_a_part_only_goes_on():
    assert ("00001", "2025-07-01") not in periods(plan(entry("00009", NEW_YEAR, Origin("00001", 0.4))))


@pytest.mark.parametrize(
    "lines",
    [
        (entry("00001", kind="phuong"),),
        (entry("00009", NEW_YEAR, "00001"),),
        (entry("00001", NEW_YEAR, "00001", "00002"),),
        (entry("00009", NEW_YEAR, Origin("00001", 0.4)), entry("00001", NEW_YEAR, Origin("00001", 0.6))),
        (entry("00001", "2025-07-01", last=NEW_YEAR),),
        (entry("00001", "2025-07-01", area_km2=12.0),),
    ],
)
def test_the_same_list_twice_changes_nothing(lines: tuple[Entry, ...]):
    found = plan(*lines)
    assert found.changes_something
    second = again(found, *lines)
    assert (second.changes_something, second.changes, second.faults) == (False, [], [])


def test_what_the_list_says_again_later_is_unchanged():
    found = plan(entry("00001"), entry("00002", "2025-07-01"))
    assert (found.unchanged, found.changes_something) == (2, False)


def test_what_the_list_leaves_open_stays():
    found = plan(entry("00001", "2025-07-01", latitude=None, longitude=None, area_km2=11.0))
    assert [change.category for change in found.changes] == ["corrected"]
    assert found.periods == [Period(unit("00001", area_km2=11.0))]


def test_a_complete_list_ends_what_it_lacks_within_its_provinces_and_kinds():
    other = unit("00099", province_code="75", province_name="Đồng Nai")
    office = unit("38.SO", kind="so")
    found = plan_changes([entry("00001"), entry("00002")], known(A, B, C, other, office), [], DAY)
    assert told(found) == [("ended", "00003")]


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        ((entry("00001", kind="phuong"), entry("00001", kind="dac_khu")), ["twice"]),
        ((entry("00009", NEW_YEAR, "00404"),), ["predecessor_unknown"]),
        ((entry("00009", "2025-07-01", "00001"),), ["predecessor_unknown"]),
        ((entry("00008", NEW_YEAR, "00001"), entry("00009", NEW_YEAR, "00001")), ["share"]),
        (
            (entry("00009", "2026-01-01", last="2028-01-01"), entry("00009", "2025-01-01", last="2026-06-01")),
            ["overlap"],
        ),
    ],
)
def test_what_cannot_be_is_refused_by_line(lines: tuple[Entry, ...], codes: list[str]):
    assert [fault.code for fault in plan(*lines).faults] == codes


def test_a_code_that_another_unit_had_long_ago_begins_anew():
    old = unit("00009", "2020-01-01", "2021-01-01")
    found = plan_changes([entry("00009")], known(old), [])
    assert periods(found) == {("00009", NEW_YEAR): (None, NEW_YEAR)}
