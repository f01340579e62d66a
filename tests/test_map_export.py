"""The view of the map as CSV, Excel workbook and GeoJSON."""

from __future__ import annotations

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from survey.map.export import cell_of_csv
from tests.map_world import HA_TRUNG, see_units


@pytest.fixture
def seen(db, app):
    return see_units(db)


def test_people_of_a_province_export_their_own_only(seen, thao):
    rows = csv.DictReader(io.StringIO(thao.get("/map/export.csv?province=91").data.decode("utf-8-sig")))
    assert {row["Mã tỉnh"] for row in rows} == {"38"}


def test_csv_holds_every_unit_withcell_of_csv_numbers(seen, huong):
    text = huong.get("/map/export.csv?layer=total").data.decode("utf-8-sig")
    rows = {row["Mã"]: row for row in csv.DictReader(io.StringIO(text))}
    assert len(rows) == 3321
    assert rows[HA_TRUNG] == {
        "Mã": HA_TRUNG, "Tên": "Xã Hà Trung", "Mã tỉnh": "38", "Tỉnh, thành phố": "Thanh Hóa",
        "Ngày làm việc": "2026-03-02", "Tổng điểm": "60 đến dưới 80", "Giá trị": "66.9",
        "Độ tin cậy thấp": "không", "Dữ liệu minh họa": "không",
    }  # fmt: skip
    assert rows["15316"]["Tổng điểm"] == "Chưa khảo sát"


def test_workbook_shows_the_provinces_where_they_are_shaded(seen, huong):
    book = load_workbook(io.BytesIO(huong.get("/map/export.xlsx?shade=province&layer=total").data))
    rows = list(book["Bản đồ"].values)
    assert (len(rows), rows[0][:4]) == (35, ("Mã", "Tên", "Số đơn vị", "Đã khảo sát"))
    assert next(row for row in rows if row[0] == "38") == (
        "38",
        "Tỉnh Thanh Hóa",
        166,
        2,
        "40 đến dưới 60",
        53.45,
        0,
        "không",
    )
    assert ("Lớp bản đồ", "Tổng điểm") in list(book["Thông tin"].values)


def test_geojson_holds_the_shapes_of_the_view(seen, huong):
    found = json.loads(huong.get("/map/export.geojson?province=38&layer=total").data)
    of = {one["properties"]["code"]: one for one in found["features"]}
    ring = of[HA_TRUNG]["geometry"]["coordinates"][0]
    assert (len(of), of[HA_TRUNG]["properties"]["value"], ring[0] == ring[-1]) == (166, 66.9, True)
    assert all(104 < x < 107 and 18 < y < 22 for x, y in ring)


def test_a_text_never_becomes_a_formula_of_a_spreadsheet():
    assert [cell_of_csv(value) for value in ("=1+1", "-x", "Hà Trung", -1.5, True, None)] == [
        "'=1+1", "'-x", "Hà Trung", -1.5, "có", None
    ]  # fmt: skip


def test_files_of_two_periods_hold_both(seen, huong):
    address = "/map/export.csv?province=38&layer=total&compare=side&from2=2025-01-01&to2=2025-12-31&from=2026-01-01"
    rows = csv.DictReader(io.StringIO(huong.get(address).data.decode("utf-8-sig")))
    found = next(row for row in rows if row["Mã"] == HA_TRUNG)
    assert (found["Giá trị"], found["Giá trị kỳ so sánh"]) == ("66.9", "54.9")


def test_files_speak_the_language_of_the_person(seen, huong):
    huong.post("/language", data={"language": "en"})
    head = huong.get("/map/export.csv?layer=gates").data.decode("utf-8-sig").splitlines()[0]
    assert head.startswith("Code,Name,Province code")
