import gzip
import json
import re
from dataclasses import replace
from datetime import date
from itertools import accumulate

import pytest

from forms.units import COMMUNE_KINDS, load, valid_on
from reports.locator import Geometry
from reports.map import STEPS, map_parts, packed, page_geometry, world_pixel
from survey.database import transaction
from survey.map.boundaries import SCHEMATIC as GEOMETRY
from survey.map.filters import EVER, MapFilters, quarter_days, read_filters
from survey.problems import Problem
from tests.map_world import geometry_of, unpacked

TODAY = date(2026, 11, 22)
COLUMNS = ("units", "step", "score", "low", "fictitious")


@pytest.fixture
def assessed(db, cast):
    """Hà Trung assessed as level 2 with weak evidence, in a made-up visit of Minh's trip."""
    minh = cast["minh"].id
    with transaction(db):
        db.execute(
            "insert into trip values ('t', '2083/QĐ-BKHCN', '2025-08-10', 'Chuyến', '2025-08-19', '2025-08-20', ?, 1, '', ?)",
            (minh, minh),
        )
        db.execute("insert into trip_member values ('t', ?, '')", (minh,))
        db.execute("insert into checklist_version values ('c', '1', '{}', 'so', x'', '', '', '{}', '', '', null)")
        db.execute(
            "insert into visit values ('v', 't', '15271', 'c', '1', 'full', '2025-08-19', 'submitted', '', ?, null, 1, '', ?)",
            (minh, minh),
        )
        db.execute(
            "insert into assessment values ('v', '15271', '38', 'c', '1', '1', '2025-08-19', '', 54.9, 'support', 2, 1, 0.5,"
            " 54.9, 54.9, '[\"C01\", \"E04\"]', 1, '{}')"
        )
    return db


def test_geometry_has_every_unit_and_province_of_today_once():
    topology = json.loads(GEOMETRY.read_text(encoding="utf-8"))
    drawn = [one["id"] for one in topology["objects"]["units"]["geometries"]]
    units = valid_on(load(), TODAY)
    assert sorted(drawn) == sorted(unit.code for unit in units if unit.kind in COMMUNE_KINDS)
    assert len(topology["objects"]["provinces"]["geometries"]) == 34


@pytest.mark.parametrize(("code", "islets"), [("20333", 15), ("22736", 36)])
def test_archipelagos_are_drawn_as_islets(code, islets):
    units = json.loads(GEOMETRY.read_text(encoding="utf-8"))["objects"]["units"]["geometries"]
    assert len(next(one for one in units if one["id"] == code)["arcs"]) >= islets - 3  # neighbours may touch


def test_geometry_is_small():
    assert len(gzip.compress(GEOMETRY.read_bytes(), 9)) < 200_000


def test_folium_brings_a_map_and_no_file():
    parts = map_parts()
    assert f'id="{parts.name}"' in parts.html
    assert (f"var {parts.name} = L.map(" in parts.script, "://" in parts.html + parts.script) == (True, False)


def test_filters_round_trip_through_the_address():
    spring, autumn = (date(2026, 1, 1), date(2026, 3, 31)), (date(2026, 7, 1), date(2026, 9, 30))
    filters = MapFilters("38", *autumn, "item-C01", bars=True, table=True, earlier=spring, beside=True, sort="-value")
    shaded = MapFilters(shaded=True, heat=True)
    assert [read_filters(one.query()) for one in (filters, shaded)] == [filters, shaded]
    assert read_filters({"province": "38", "period": filters.period, "period2": filters.earlier_period}) == replace(
        MapFilters("38", *autumn), earlier=spring
    )
    assert (read_filters({}), MapFilters().query()) == (MapFilters("", *EVER), {})


def test_a_question_chosen_beside_the_layers_is_the_layer():
    assert read_filters({"layer": "total", "item": "C01 · Số máy tính"}).layer == "item-C01"


def test_provinces_are_shaded_only_on_the_map_of_the_country():
    assert read_filters({"shade": "province", "province": "38"}).shaded is False


@pytest.mark.parametrize(
    "asked",
    [
        {"from": "x"},
        {"province": "3'"},
        {"layer": "a b"},
        {"period": "2025"},
        {"period2": "x_y"},
        {"item": "<b>"},
        {"sort": "a;"},
    ],
)
def test_unreadable_filters_are_refused(asked):
    with pytest.raises(Problem) as found:
        read_filters(asked)
    assert found.value.code == "bad_request"


@pytest.mark.parametrize(
    ("quarter", "days"),
    [(1, (date(2026, 1, 1), date(2026, 3, 31))), (4, (date(2026, 10, 1), date(2026, 12, 31)))],
)
def test_quarters(quarter, days):
    assert quarter_days(2026, quarter) == days


def test_values_are_columns_of_visited_units(assessed, huong):
    found = huong.get("/map/values.json").get_json()
    assert (found["ramp"], found["words"]["2"]) == ("lv", "Cần hỗ trợ có thời hạn")
    assert {name: found[name] for name in COLUMNS} == {
        "units": ["15271"], "step": [2], "score": [54.9], "low": [1], "fictitious": [1]
    }  # fmt: skip


def test_values_of_a_period_without_visits_are_empty(assessed, huong):
    found = huong.get("/map/values.json?from=2026-01-01&layer=total").get_json()
    assert (found["ramp"], [found[name] for name in COLUMNS]) == ("sc", [[], [], [], [], []])


def test_unchanged_values_are_not_sent_again(assessed, huong):
    tag = huong.get("/map/values.json").headers["ETag"]
    answer = huong.get("/map/values.json", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data) == (304, b"")


def test_geometry_travels_compressed_and_is_kept(huong):
    version = huong.get("/map/geometry.bin").headers["ETag"].strip('"')
    answer = huong.get(f"/map/geometry.bin?v={version}", headers={"Accept-Encoding": "gzip"})
    assert len(unpacked(gzip.decompress(answer.data))["units"]["id"]) == 3321
    assert (answer.headers["Content-Encoding"], "immutable" in answer.headers["Cache-Control"]) == ("gzip", True)
    assert len(geometry_of(huong)["provinces"]["id"]) == 34


def test_the_file_of_the_geometry_holds_the_same():
    geometry = page_geometry(json.loads(GEOMETRY.read_bytes()))
    found = unpacked(packed(geometry))
    x, y = found["corner"]
    places = [*accumulate(geometry["points"][::2])], [*accumulate(geometry["points"][1::2])]
    assert (found["points"][::2], found["points"][1::2]) == ([n - x for n in places[0]], [n - y for n in places[1]])
    objects = [*geometry["units"]["polygons"], *geometry["provinces"]["polygons"]]
    rings = [ring for polygons in objects for polygon in polygons for ring in polygon]
    assert found["columns"] == {
        "lengths": geometry["lengths"], "polygons": [len(one) for one in objects],
        "rings": [len(polygon) for polygons in objects for polygon in polygons],
        "arcs": [len(ring) for ring in rings], "numbers": [number for ring in rings for number in ring],
    }  # fmt: skip
    assert (found["units"]["name"], found["provinces"]["id"]) == (
        geometry["units"]["name"],
        geometry["provinces"]["id"],
    )


def test_geometry_of_the_page_has_the_points_of_the_topology():
    topology = json.loads(GEOMETRY.read_bytes())
    country, geometry = Geometry(topology), page_geometry(topology)
    steps, x, y = iter(geometry["points"]), 0, 0
    for number, length in enumerate(geometry["lengths"]):
        for point in country.arc(number):
            x, y = x + next(steps), y + next(steps)
            assert (x / STEPS, y / STEPS) == pytest.approx(world_pixel(*point), abs=0.5001 / STEPS)
        assert length == len(country.arcs[number])
    assert (next(steps, None), geometry["units"]["province"].count("38")) == (None, 166)


@pytest.mark.parametrize(
    ("degrees", "pixels"), [((-180, 85.05112878), (0, 0)), ((0, 0), (128, 128)), ((90, 0), (192, 128))]
)
def test_world_is_256_pixels_wide(degrees, pixels):
    assert world_pixel(*degrees) == pytest.approx(pixels, abs=1e-6)


def test_page_shows_coverage_and_says_that_the_data_is_made_up(assessed, huong):
    page = huong.get("/map").text
    assert ("1/3.321 đơn vị đã khảo sát" in page, "Dữ liệu minh họa" in page) == (True, True)


def test_table_of_a_province_holds_every_unit(assessed, huong):
    page = huong.get("/map?province=38&view=table").text
    table = page[page.index('class="mtable"') : page.index('id="map-legend"')]
    assert (table.count('href="/units/'), table.count("Chưa khảo sát"), "54,9" in table) == (166, 165, True)


@pytest.mark.parametrize(
    "address",
    ["/map?province=99", "/map?layer=Q", "/map?from=yesterday", "/map/values.json?layer=%3Cb%3E", "/map?layer=item-X9",
     "/map/around?layer=gate-", "/map/export.csv?province=99"],
)  # fmt: skip
def test_bad_filters_are_answered_with_400(huong, address):
    assert (huong.get(address).status_code, "Traceback" in huong.get(address).text) == (400, False)


def test_people_of_a_province_see_their_own_only(assessed, thao):
    assert "Tỉnh Thanh Hóa" in thao.get("/map?province=01").text
    assert thao.get("/map/values.json?province=01").get_json()["units"] == ["15271"]


@pytest.mark.parametrize(
    "address",
    ["/map", "/map/around", "/map/values.json", "/map/geometry.bin", "/map/folium.js", "/map/export.geojson"],
)
def test_nobody_sees_the_map_without_signing_in(app, address):
    answer = app.test_client().get(address)
    assert (answer.status_code, "/login" in answer.headers["Location"]) == (303, True)


def test_page_runs_its_own_files_and_no_inline_script(huong):
    answer = huong.get("/map?province=38")
    inline = re.findall(r"<script(?![^>]*(?: src=|application/json))[^>]*>", answer.text)
    assert (inline, "style=" in answer.text) == ([], False)
    assert re.search("unsafe|nonce", answer.headers["Content-Security-Policy"]) is None
    outside = re.findall(r'(?:src|href)="(?!/|#)[^"]*"', answer.text)
    assert ('href="/map/values.json?province=38"' in answer.text, outside) == (True, [])


def test_script_of_folium_makes_the_map_that_the_page_names(huong):
    page = huong.get("/map").text
    config = json.loads(re.search(r'id="map-config">(.*?)</script>', page)[1])
    answer = huong.get(config["folium"])
    assert (answer.mimetype, f"var {config['map']} = L.map(" in answer.text) == ("text/javascript", True)
    assert (f'id="{config["map"]}"' in page, "immutable" in answer.headers["Cache-Control"]) == (True, True)


def test_table_needs_no_script_of_the_map(huong):
    assert "leaflet" not in huong.get("/map?view=table").text
