import pytest

from reports.coverage import Cell, Summary, by_province, is_low, segments, step_of, summarize


def cell(code, province, step, score, low=False):
    return Cell(code, province, step, score, low, fictitious=False)


@pytest.mark.parametrize(
    ("scale", "rank", "score", "step"),
    [("lv", 4, 88.0, 4), ("lv", None, 88.0, 0), ("sc", 4, 100.0, 5), ("sc", 4, 80.0, 5), ("sc", 4, 79.9, 4),
     ("sc", 1, 0.0, 1), ("sc", 1, None, 0)],
)  # fmt: skip
def test_steps(scale, rank, score, step):
    assert step_of(scale, rank, score) == step


@pytest.mark.parametrize(("confidence", "low"), [(None, False), (0.59, True), (0.6, False), (1.0, False)])
def test_confidence_below_the_limit_is_low(confidence, low):
    assert is_low(confidence) is low


def test_the_mean_is_of_visited_units_with_a_score():
    cells = [cell("1", "38", 2, 50.0, low=True), cell("2", "38", 3, 70.0), cell("3", "38", 0, None)]
    assert summarize(cells, 166) == Summary(units=166, visited=3, steps={2: 1, 3: 1, 0: 1}, low=1, mean=60.0)


def test_nothing_visited_has_no_mean():
    assert summarize([], 94) == Summary(units=94, visited=0, steps={}, low=0, mean=None)


def test_provinces_without_visits_are_there():
    found = by_province([cell("1", "38", 2, 50.0)], {"38": 166, "48": 94})
    assert {code: (one.visited, one.unvisited) for code, one in found.items()} == {"38": (1, 165), "48": (0, 94)}


def test_segments_run_from_the_best_step_down():
    summary = Summary(units=10, visited=4, steps={4: 1, 2: 2, 0: 1}, low=0, mean=None)
    assert segments(summary, "lv") == [(4, 0.0, 100.0), (2, 100.0, 200.0), (0, 300.0, 100.0)]
