import re

import pytest

from reports.drawings import Bar, Legend, alternative, broken, row_name, score_chart
from reports.locator import Geometry, locator_map
from tests.report_sample import UNIT

LEGEND = Legend(gates="Điều kiện:", met="đạt", failed="chưa đạt", open="chưa xác định", bounds="còn mở")
WORDS = {"country": "Việt Nam", "hoang_sa": "Quần đảo Hoàng Sa", "truong_sa": "Quần đảo Trường Sa"}
SQUARE = {"type": "Polygon", "arcs": [[0]]}
TINY = {
    "transform": {"scale": [0.01, 0.01], "translate": [105, 19]},
    "arcs": [[[0, 0], [100, 0], [0, 100], [-100, 0], [0, -100]]],
    "objects": {
        "units": {"geometries": [{"id": "15271", "properties": {"province": "38"}} | SQUARE]},
        "provinces": {"geometries": [{"id": "38"} | SQUARE]},
    },
}


def texts(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_chart_writes_every_value_and_gate_in_words():
    bars = [Bar("B. Dữ liệu", 66.7, 66.7, "66,7", [("B01", "failed")]), Bar("Tổng", 66.7, 66.7, "66,7", [], True)]
    axis = ["0", "25", "50", "75", "100"]
    expected = [*axis, "66,7", "B01", "66,7", "Điều kiện:", "chưa đạt"]
    assert texts(score_chart(bars, LEGEND)) == expected


def test_chart_hatches_what_is_still_open_and_explains_it():
    svg = score_chart([Bar("B", 40, 70, "40–70", [])], LEGEND)
    assert texts(svg)[-1] == "còn mở"
    assert svg.count('stroke-width=".6"') == 2  # the bar and the legend


@pytest.mark.parametrize(("state", "fill"), [("met", "#fff"), ("failed", "#000")])
def test_gates_differ_without_colour(state, fill):
    svg = score_chart([Bar("B", 1, 1, "1", [("B01", state)])], LEGEND)
    assert f'a5.5 5.5 0 0 1 11 0v9z" fill="{fill}"' in svg


def test_labels_break_between_words():
    assert broken("Điều kiện làm việc tại Trung tâm", 18) == ["Điều kiện làm việc", "tại Trung tâm"]


def test_a_long_name_of_a_row_ends_in_dots():
    names = [row_name(Bar(label, 0, 0, "", [])) for label in ("B. Dữ liệu", "C. " + "cơ sở dữ liệu " * 9)]
    assert (names[0], len(names[1]), names[1][1][-2:]) == (["B. Dữ liệu"], 2, " …")


def test_chart_has_the_same_figures_in_words():
    bars = [Bar("B. Dữ liệu", 66.7, 66.7, "66,7", []), Bar("Tổng", 40, 70, "40,0–70,0", [])]
    assert alternative(bars) == "B. Dữ liệu 66,7; Tổng 40,0–70,0"


def test_locator_names_country_archipelagos_province_and_unit():
    svg = locator_map(Geometry(TINY), UNIT, "Xã Hà Trung", "Tỉnh Thanh Hóa", WORDS)
    names = ["Quần đảo Hoàng Sa", "Quần đảo Trường Sa", "Việt Nam", "Tỉnh Thanh Hóa", "Xã Hà Trung"]
    assert texts(svg) == names


def test_geometry_walks_arcs_backwards_and_in_degrees():
    ring = Geometry(TINY).rings({"type": "Polygon", "arcs": [[-1]]})
    assert ring == [[(105, 19), (105, 20), (106, 20), (106, 19), (105, 19)]]
