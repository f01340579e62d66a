import re

from reports.patterns import PATTERNS, filled, hatching, inner_point

SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
HOLE = [(2.0, 2.0), (8.0, 2.0), (8.0, 8.0), (2.0, 8.0)]


def test_hatching_stays_inside_the_shape_and_out_of_its_holes():
    assert hatching([SQUARE], 0, 5) == "M0.0 5.0L10.0 5.0M0.0 10.0L10.0 10.0"
    assert hatching([SQUARE, HOLE], 0, 5) == "M0.0 5.0L2.0 5.0M8.0 5.0L10.0 5.0M0.0 10.0L10.0 10.0"


def test_every_step_has_a_pattern_of_its_own():
    for patterns in PATTERNS.values():
        drawn = [filled([SQUARE], pattern) for pattern in patterns.values()]
        assert len(set(drawn)) == len(drawn)


def test_unvisited_is_plain_grey_and_never_like_a_step():
    for patterns in PATTERNS.values():
        assert [step for step, pattern in patterns.items() if pattern == patterns["unvisited"]] == ["unvisited"]
        assert len(re.findall("<path", filled([SQUARE], patterns["unvisited"]))) == 1


def test_inner_point_lies_in_the_widest_stretch_of_the_largest_ring():
    bent = [(0.0, 0.0), (20.0, 0.0), (20.0, 10.0), (18.0, 10.0), (18.0, 2.0), (0.0, 2.0)]
    x, y = inner_point([SQUARE[:2], bent])
    assert (18 < x < 20, y) == (True, 5.0)


def test_shape_without_points_draws_nothing():
    assert filled([[(1.0, 1.0)]], PATTERNS["lv"][4]) == ""
