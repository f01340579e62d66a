"""What the filters of the map come to: cells, differences, provinces, weights, and who may see what."""

from __future__ import annotations

from datetime import date

import pytest

from tests.map_world import HA_TRUNG, HAC_THANH, PHU_QUOC, see_units

EARLIER = "from2=2025-01-01&to2=2025-12-31&from=2026-01-01"


@pytest.fixture
def seen(db, app):
    return see_units(db)


def values(client, query=""):
    return client.get(f"/map/values.json?{query}").get_json()


def steps(client, query):
    found = values(client, query)
    return dict(zip(found["units"], zip(found["step"], found["score"], strict=True), strict=True))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {HA_TRUNG: (3, 66.9), HAC_THANH: (1, 40.0), PHU_QUOC: (4, 88.0)}),
        ("layer=gates", {HA_TRUNG: (1, 0), HAC_THANH: (1, 0), PHU_QUOC: (1, 0)}),
        ("layer=difficulty-1", {HA_TRUNG: (1, 1), HAC_THANH: (2, 0), PHU_QUOC: (0, None)}),
        ("layer=overdue", {HA_TRUNG: (2, 1), HAC_THANH: (0, None), PHU_QUOC: (0, None)}),
        ("layer=load", {HA_TRUNG: (5, 8.0), HAC_THANH: (2, 2.0), PHU_QUOC: (0, None)}),
        ("layer=confidence", {HA_TRUNG: (5, 80.0), HAC_THANH: (5, 80.0), PHU_QUOC: (5, 80.0)}),
    ],
)
def test_layers_have_steps_and_values(seen, quan, query, expected):
    assert steps(quan, query) == expected


def test_days_count_from_the_latest_visit_until_today(seen, quan, monkeypatch):
    monkeypatch.setattr("survey.pages.map.local_date", lambda _offset: date(2026, 4, 1))
    assert steps(quan, "layer=days&province=38") == {HA_TRUNG: (1, 30), HAC_THANH: (1, 29)}


def test_overload_is_the_load_beside_that_of_neighbours(seen, quan, monkeypatch):
    monkeypatch.setattr(
        "survey.pages.map.neighbours_of", lambda _drawn: {HA_TRUNG: (HAC_THANH,), HAC_THANH: (HA_TRUNG,)}
    )
    assert steps(quan, "layer=overload&province=38") == {HA_TRUNG: (1, 4.0), HAC_THANH: (5, 0.25)}


def test_a_difference_needs_both_periods(seen, quan):
    found = steps(quan, f"layer=total&{EARLIER}")
    assert found == {HA_TRUNG: (5, 12.0), HAC_THANH: (0, None), PHU_QUOC: (0, None)}


def test_a_difference_of_levels_shows_the_points_gained(seen, quan):
    found = values(quan, f"province=38&{EARLIER}")
    assert (found["ramp"], found["signed"], found["step"], found["score"]) == ("df", True, [0, 4], [None, 12.0])


def test_two_periods_stand_beside_each_other(seen, quan):
    found = values(quan, f"layer=total&compare=side&{EARLIER}")
    assert (found["units"], found["other"]["units"]) == ([HAC_THANH, HA_TRUNG], [HA_TRUNG, PHU_QUOC])
    assert found["captions"] == ["01/01/2026 – …", "Năm 2025"]


def test_days_are_not_compared(seen, quan):
    assert "other" not in values(quan, f"layer=days&compare=side&{EARLIER}")


def test_provinces_are_shaded_by_the_mean_of_visited_units(seen, quan):
    found = values(quan, "shade=province")
    assert (found["ramp"], found["provinces"]) == (
        "sc",
        {"units": ["38", "91"], "step": [3, 5], "score": [53.5, 88.0], "low": [0, 0], "fictitious": [0, 0],
         "visited": [2, 1], "all": [166, 102]},
    )  # fmt: skip


def test_shaded_provinces_of_two_periods_have_their_own_means(seen, quan):
    found = values(quan, f"shade=province&layer=total&compare=side&{EARLIER}")
    assert (found["provinces"]["score"], found["other"]["provinces"]["score"]) == ([53.5], [54.9, 88.0])
    legend = quan.get(f"/map/around?shade=province&layer=total&compare=side&{EARLIER}").text
    assert ('<b class="num">1 | 1</b>' in legend, '<b class="num">1 | 0</b>' in legend) == (True, True)


@pytest.mark.parametrize(
    ("layer", "weights"), [("total", [0.6, 0.33, 0.12]), ("level", [1.0, 0.33, 0.0]), ("load", [0.25, 1.0, 0.0])]
)
def test_weakness_weighs_from_0_to_1(seen, quan, layer, weights):
    assert values(quan, f"heat=1&layer={layer}")["weight"] == weights


def test_signals_are_for_those_who_may_read_confidential_answers(seen, huong, quan, thao):
    assert steps(huong, "layer=return&from=2026-01-01") == {HA_TRUNG: (3, 2), HAC_THANH: (0, None)}
    for address in ("/map", "/map/values.json", "/map/around", "/map/export.csv", "/map/export.geojson"):
        assert [one.get(f"{address}?layer=return").status_code for one in (quan, thao)] == [403, 403]


def test_the_choice_of_layers_hides_what_is_confidential(seen, huong, thao):
    assert ["trả lại quyền" in one.get("/map").text for one in (huong, thao)] == [True, False]


def test_the_table_is_sorted_as_the_address_asks(seen, huong):
    def order(query):
        page = huong.get(f"/map?province=38&view=table&{query}").text
        return page.index("/units/15271") < page.index("/units/14797")

    assert [order(f"sort={sort}") for sort in ("-value", "value", "code", "-day")] == [True, False, False, False]
    assert 'aria-sort="descending"' in huong.get("/map?province=38&view=table&sort=-value").text
