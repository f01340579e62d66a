"""Attached files become tables of text, or faults that name file, row and column."""

from __future__ import annotations

import pytest

from forms.tables import Table
from forms.xlsform.attached_tables import read_table
from forms.xlsform.diagnosis import Diagnosis


def table(name: str, content: str | bytes) -> Table | None:
    return read_table(name, content.encode() if isinstance(content, str) else content, Diagnosis())


def faults(name: str, content: str | bytes) -> list[tuple[str, int, str]]:
    diagnosis = Diagnosis()
    read_table(name, content.encode() if isinstance(content, str) else content, diagnosis)
    assert {fault.sheet for fault in diagnosis.errors} <= {name}
    return [(fault.code, fault.row, fault.column) for fault in diagnosis.errors]


def test_csv_is_read_with_or_without_mark_and_with_any_separator():
    expected = Table(file="a.csv", columns=["name", "label"], rows=[["38", "Thanh Hóa"], ["01", ""]])
    for text in ("name,label\n38,Thanh Hóa\n01,\n", "\ufeffname;label\r\n38;Thanh Hóa\r\n01\r\n;\r\n\r\n", "name\tlabel\n38\tThanh Hóa\n01"):  # fmt: skip
        assert table("a.csv", text) == expected


def test_csv_cells_that_look_like_formulas_are_text():
    found = table("a.csv", 'name,label\n=1+1,"=HYPERLINK(""http://x"")"\n+2,@sum\n')
    assert found and found.rows == [["=1+1", '=HYPERLINK("http://x")'], ["+2", "@sum"]]


def test_geojson_features_become_rows_with_their_place():
    text = """{"type": "FeatureCollection", "features": [
      {"type": "Feature", "id": 7, "properties": {"title": "Bưu cục", "open": true, "staff": 3, "note": null},
       "geometry": {"type": "Point", "coordinates": [105.8, 19.8, 12]}},
      {"type": "Feature", "properties": {"id": "b", "title": "Tuyến"},
       "geometry": {"type": "LineString", "coordinates": [[105, 19], [106, 20]]}},
      {"type": "Feature", "id": "c", "properties": {}, "geometry": null}]}"""
    found = table("d.geojson", text)
    assert found and found.columns == ["id", "geometry", "title", "open", "staff", "note"]
    assert found.rows == [
        ["7", "19.8 105.8 12 0", "Bưu cục", "true", "3", ""],
        ["b", "19 105 0 0; 20 106 0 0", "Tuyến", "", "", ""],
        ["c", "", "", "", "", ""],
    ]


def test_xml_elements_become_rows():
    found = table("h.xml", "<houses><house><name>1</name><label>A &amp; B</label></house><house><name>2</name></house></houses>")  # fmt: skip
    assert found == Table(
        file="h.xml", columns=["name", "label"], rows=[["1", "A & B"], ["2", ""]], path="houses/house"
    )


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.csv", b"", ("file_empty", 0, "")),
        ("a.csv", "name,label\n", ("file_without_rows", 0, "")),
        ("a.csv", "name,label\n1,Hà".encode("utf-16"), ("not_utf8", 0, "")),
        ("a.csv", "name,label\n1,Hà".encode("cp1258", "replace"), ("not_utf8", 0, "")),
        ("a.csv", b"PK\x03\x04\x00\x00", ("not_utf8", 0, "")),
        ("a.csv", "name,label\n1,A\n2,B,C\n", ("cell_without_header", 3, "C")),
        ("a.csv", "name,,label\n1,2,3\n", ("file_column_unnamed", 1, "B")),
        ("a.csv", "name,label,name\n1,2,3\n", ("header_twice", 1, "name")),
        ("a.csv", 'name,label\n1,"open\n', ("csv_broken", 2, "")),
        ("a.csv", "name\n" + "x\n" * 20_001, ("too_many_rows", 20_002, "")),
        ("a.csv", ",".join(f"c{n}" for n in range(201)) + "\n1\n", ("too_many_columns", 1, "")),
        ("a.csv", "name\n" + "x" * 20_001, ("cell_too_long", 2, "")),
        ("a.csv", b"x" * 10_000_001, ("file_too_large", 0, "")),
        ("d.geojson", "{", ("geojson_broken", 0, "")),
        ("d.geojson", "[" * 100_000, ("geojson_broken", 0, "")),
        ("d.geojson", '{"type": "Feature"}', ("geojson_not_features", 0, "")),
        ("d.geojson", '{"type":"FeatureCollection","features":[{"properties":{"a":[1]},"geometry":null}]}', ("geojson_nested", 2, "a")),
        ("d.geojson", '{"type":"FeatureCollection","features":[{"geometry":{"type":"Point","coordinates":[200,1]}}]}', ("geojson_geometry_unusable", 2, "geometry")),
        ("h.xml", "<root><item></root>", ("xml_broken", 1, "")),
        ("h.xml", '<!DOCTYPE r [<!ENTITY a "x">]><root><item><name>&a;</name></item></root>', ("xml_declares", 0, "")),
        ("h.xml", "<root><item><name><b>1</b></name></item></root>", ("xml_not_table", 2, "b")),
        ("h.xml", '<root><item id="1"><name>1</name></item></root>', ("xml_not_table", 1, "item")),
        ("h.xml", "<root><item><name>1</name><name>2</name></item></root>", ("xml_column_twice", 2, "name")),
        ("h.xml", "<a>" * 100_000, ("xml_not_table", 2, "a")),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(name: str, content: str | bytes, expected: tuple[str, int, str]):
    assert faults(name, content)[0] == expected


def test_rows_are_found_by_an_index():
    found = Table(file="a.csv", columns=["k", "v"], rows=[["1", "a"], ["2", "b"], ["1", "c"]])
    assert (found.rows_with("k", "1"), found.find("v", "k", "1"), found.find("v", "k", "9")) == ([0, 2], "a", "")
