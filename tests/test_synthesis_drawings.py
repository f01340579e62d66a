import re
from xml.etree import ElementTree

from reports.patterns import PATTERNS
from reports.raster import png_of_svg
from reports.synthesis.drawings import level_chart
from reports.synthesis.map import Entry, nation_map, province_map
from survey.map.drawn_map import schematic_geometry

LEGEND = [Entry(4, "Sẵn sàng", "1"), Entry("unvisited", "Chưa khảo sát", "165")]
WORDS = {"hoang_sa": "Quần đảo Hoàng Sa", "truong_sa": "Quần đảo Trường Sa"}


def fills(svg: str) -> list[str]:
    return re.findall(r'<path d="M[^"]*" fill="([^"]*)" fill-rule', svg.partition('width="452" height')[0])


def test_units_not_visited_are_grey_and_visited_ones_have_the_pattern_of_their_level():
    drawn = fills(province_map(schematic_geometry(), "38", {"15271": 4}, LEGEND))
    assert (len(drawn), drawn.count(PATTERNS["lv"][4].fill), drawn.count(PATTERNS["lv"]["unvisited"].fill)) == (
        166,
        1,
        165,
    )


def test_nation_shows_both_archipelagos_and_a_number_in_each_province():
    svg = nation_map(schematic_geometry(), {"38": 5}, {"38": 30, "46": 12}, LEGEND, WORDS)
    texts = ["".join(node.itertext()) for node in ElementTree.fromstring(svg).iter() if node.tag.endswith("text")]
    assert texts[:4] == ["Quần đảo Hoàng Sa", "Quần đảo Trường Sa", "30", "12"]


def test_provinces_with_an_archipelago_show_it_in_a_corner():
    assert "Trường Sa" in province_map(schematic_geometry(), "56", {}, LEGEND)
    assert province_map(schematic_geometry(), "00", {}, LEGEND) == ""


def test_parts_of_a_bar_are_as_long_as_their_share():
    svg = level_chart([("Xã", {4: 3, 1: 1})], [Entry(4, "Sẵn sàng", "")])
    widths = [float(width) for width in re.findall(r'<rect [^>]*width="([\d.]+)" height="15"', svg)]
    assert widths == [210.0, 70.0]


def test_long_lines_of_a_legend_have_a_column_to_themselves():
    short = level_chart([], [Entry(4, "Sẵn sàng", ""), Entry(1, "Cần hỗ trợ", "")])
    long = level_chart(
        [], [Entry(4, "Ready, meets requirements equal to those of the ministry", ""), Entry(1, "x", "")]
    )
    assert [len(set(re.findall(r'<text x="([\d.]+)"', svg))) for svg in (short, long)] == [2, 1]


def test_drawings_can_be_turned_into_pictures_for_word():
    svg = province_map(schematic_geometry(), "38", {"15271": 0, "14797": 2}, LEGEND)
    picture, width = png_of_svg(svg, [])
    assert (picture[:4], round(width)) == (b"\x89PNG", 160)
