"""Official boundaries: borders that two units share stay shared, a faulty file changes nothing, all processes follow."""

from __future__ import annotations

import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from reports.boundaries import LARGEST_PACKED, LARGEST_PAGE, weights_of
from reports.locator import Geometry, Source, ring_numbers
from reports.report import report_html
from survey.cli import main
from survey.clock import local_date
from survey.database import Database, opened
from survey.map.boundaries import SCHEMATIC, Summary, import_boundaries, remove_boundaries
from survey.map.drawn_map import boundaries_shown, geometry_for_locator
from survey.problems import Problem
from survey.settings import Settings
from survey.store import boundaries as store
from survey.store.people import Person
from tests.boundary_world import (
    FOUR,
    OPEN,
    SOUTH,
    WEST,
    WIDE,
    collection,
    every_unit,
    feature,
    four_units,
    quarters,
    square,
)
from tests.map_world import geometry_of
from tests.report_sample import facts

Cast = dict[str, Person]
Import = Callable[..., Summary]
TODAY = local_date(7)


@pytest.fixture
def bring(db: Database, settings: Settings) -> Import:
    """`bring(content)` as the operator of the server; content is what the file says, or its bytes."""

    def brought(content: object, name: str = "ranh-gioi.json", by: str | None = None) -> Summary:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        return import_boundaries(db, settings.data, io.BytesIO(body), name, day=TODAY, by=by)

    return brought


def shown(db: Database, settings: Settings) -> dict[str, Any]:
    used = boundaries_shown(db, settings.data)
    assert used
    found: dict[str, Any] = json.loads(store.place_of(settings.data, used.sha256).read_text(encoding="utf-8"))
    return found


def rings(topology: dict[str, Any], code: str) -> list[set[tuple[float, float]]]:
    country = Geometry(topology)
    return [{(round(x, 4), round(y, 4)) for x, y in ring} for ring in country.rings(country.units[code])]


def upload(client: FlaskClient, content: object, name: str = "C:\\ranh-gioi.json") -> TestResponse:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return client.post("/map/boundaries", data={"boundaries": (io.BytesIO(body), name)})


def test_a_shared_border_is_simplified_once_and_still_shared(bring: Import, db: Database, settings: Settings):
    summary = bring(four_units())
    assert (summary.drawn, len(summary.missing), summary.unknown, summary.recoded) == (4, 3317, [], {})
    topology = shown(db, settings)
    arcs = {one["id"]: {max(n, ~n) for ring in ring_numbers(one) for n in ring} for one in units_of(topology)}
    assert [len(arcs[a] & arcs[b]) for a, b in zip(FOUR, (*FOUR[1:], FOUR[0]), strict=True)] == [1, 0, 1, 0]
    west, south = rings(topology, FOUR[0])[0], rings(topology, FOUR[1])[0]
    border = {(round(WEST + WIDE, 4), round(SOUTH + n * WIDE, 4)) for n in (0, 1)}
    assert border | {(round(WEST + WIDE + 0.005, 4), round(SOUTH + WIDE / 2, 4))} <= west & south


def units_of(topology: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = topology["objects"]["units"]["geometries"]
    return found


def test_small_swings_go_before_large_ones():
    arc = [(0, 0), (10, 2), (20, 0), (30, 300), (40, 0), (50, 1), (60, 0)]
    order = sorted(range(1, 6), key=weights_of(arc).__getitem__)
    assert (set(order[:2]), order[-1]) == ({1, 5}, 3)


def test_a_drawing_that_is_too_large_loses_its_lightest_points(bring: Import, db: Database, settings: Settings):
    country = Geometry(json.loads(SCHEMATIC.read_text(encoding="utf-8")))
    dense = []
    for code, shape in country.units.items():
        parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        places = [[denser(country.ring(ring)) for ring in part] for part in parts]
        dense.append(feature(code, *places, kind="MultiPolygon"))
    summary = bring(collection(*dense))
    assert (summary.drawn, summary.missing) == (3321, [])
    assert (summary.page_size <= LARGEST_PAGE, summary.packed_size <= LARGEST_PACKED) == (True, True)
    drawn = Geometry(shown(db, settings))
    assert (len(drawn.units), len(drawn.provinces)) == (3321, 34)
    assert [code for code in drawn.units if not drawn.rings(drawn.units[code])] == []


def denser(ring: list[tuple[float, float]]) -> list[list[float]]:
    """A ring with three points for each, the new ones a few metres beside its lines the same way for both sides."""
    found = [[round(x, 5), round(y, 5)] for x, y in ring]
    points = [found[0]]
    for (ax, ay), (bx, by) in pairwise(found):
        low, high = sorted(((ax, ay), (bx, by)))
        inner = [[round(low[0] + (high[0] - low[0]) * part + 0.0004, 5), round(low[1] + (high[1] - low[1]) * part, 5)]
                 for part in (1 / 3, 2 / 3)]  # fmt: skip
        points += [*(inner if (ax, ay) == low else inner[::-1]), [bx, by]]
    return points


def test_a_unit_of_a_few_metres_stays_to_be_seen(bring: Import, db: Database, settings: Settings):
    bring(collection(feature(FOUR[0], square(105.8, 20.0, 0.00003))))
    (ring,) = rings(shown(db, settings), FOUR[0])
    assert sorted(ring) == [(105.799, 20.0), (105.8, 19.999), (105.8, 20.001), (105.801, 20.0)]


def test_no_islet_of_truong_sa_is_lost(bring: Import, db: Database, settings: Settings):
    islets = [[square(111 + n / 20, 9, 0.0001)] for n in range(60)]
    bring(collection(feature("22736", *islets, kind="MultiPolygon")))
    assert len(rings(shown(db, settings), "22736")) == 60


def test_topojson_with_transform_keeps_its_shared_border(bring: Import, db: Database, settings: Settings):
    topology = {
        "type": "Topology", "transform": {"scale": [0.01, 0.01], "translate": [105, 19]},
        "arcs": [[[80, 90], [0, 20]], [[80, 110], [-20, 0], [0, -20], [20, 0]], [[80, 110], [20, 0], [0, -20], [-20, 0]]],
        "objects": {
            "provinces": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "id": "38", "arcs": [[1, -3]]}]},
            "communes": {"type": "GeometryCollection", "geometries": [
                {"type": "Polygon", "properties": {"MA_XA": int(FOUR[0])}, "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "id": FOUR[1], "arcs": [[[0, 2]]]},
            ]},
        },
    }  # fmt: skip
    bring(topology)
    west, east = (rings(shown(db, settings), code) for code in FOUR[:2])
    assert west == [{(105.8, 19.9), (105.8, 20.1), (105.6, 20.1), (105.6, 19.9)}]
    assert east == [{(105.8, 19.9), (105.8, 20.1), (106.0, 20.1), (106.0, 19.9)}]


def test_former_codes_become_those_of_today_and_others_are_told(bring: Import):
    summary = bring(
        collection(
            feature("06970", square(107.2, 21.2)), feature("99999", square(107, 21)), feature(4, square(105.8, 21))
        )
    )
    told = summary.drawn, summary.recoded, summary.unknown, "06978" in [unit.code for unit in summary.missing]
    assert told == (2, {"06970": "06978"}, ["99999"], False)


def test_a_faulty_file_leaves_the_map_as_it_was(bring: Import, db: Database, settings: Settings):
    bring(four_units())
    before = boundaries_shown(db, settings.data)
    for content in (collection(feature("99999", square(106, 20))), collection(feature(FOUR[0], OPEN)), b"{"):
        with pytest.raises(Problem):
            bring(content)
    assert boundaries_shown(db, settings.data) == before


def audit_rows(db: Database) -> list[tuple[Any, ...]]:
    rows = db.execute("select person_id, action, details from audit where action like 'boundaries_%' order by seq")
    return [(person, action, json.loads(details)["file"]) for person, action, details in rows]


def test_import_and_removal_are_in_the_audit_trail_with_who(
    bring: Import, db: Database, cast: Cast, settings: Settings
):
    quan = cast["quan"].id
    bring(four_units(), by=quan)
    used = boundaries_shown(db, settings.data)
    assert used
    assert (used.file_name, used.units, len(used.missing), used.imported_by) == (
        "ranh-gioi.json",
        4,
        3317,
        cast["quan"].name,
    )
    remove_boundaries(db, by=None)
    assert audit_rows(db) == [
        (quan, "boundaries_imported", "ranh-gioi.json"), (None, "boundaries_removed", "ranh-gioi.json")
    ]  # fmt: skip
    with pytest.raises(Problem, match="sơ đồ"):
        remove_boundaries(db, by=None)


def test_an_import_that_cannot_be_audited_is_not_in_use(bring: Import, db: Database, settings: Settings):
    db.execute("create trigger broken before insert on audit begin select raise(abort, 'no audit'); end")
    with pytest.raises(sqlite3.IntegrityError):
        bring(four_units())
    assert boundaries_shown(db, settings.data) is None


def test_the_map_draws_the_boundaries_and_then_the_schematic_again(quan: FlaskClient, huong: FlaskClient):
    before = geometry_of(huong)
    page = upload(quan, four_units()).get_data(as_text=True)
    assert ("3.317" in page, "Bản đồ đã dùng tệp này" in page) == (True, True)
    drawn, text = geometry_of(huong), huong.get("/map").get_data(as_text=True)
    assert (len(drawn["units"]["schematic"]), drawn["units"]["id"][-4:]) == (3317, sorted(FOUR))
    assert ("Ranh giới: ranh-gioi.json, nhập" in text, "3.317 đơn vị chưa có ranh giới" in text) == (True, True)
    assert "Sơ đồ, không phải ranh giới" not in text
    answer = quan.post("/map/boundaries/remove")
    assert (answer.status_code, answer.location) == (303, "/map/boundaries")
    assert geometry_of(huong) == before
    assert "Sơ đồ, không phải ranh giới" in huong.get("/map").get_data(as_text=True)


def test_an_address_from_before_the_import_does_not_keep_what_it_gets(quan: FlaskClient, huong: FlaskClient):
    old = huong.get("/map/geometry.bin").headers["ETag"].strip('"')
    upload(quan, four_units())
    new = huong.get("/map/geometry.bin").headers["ETag"].strip('"')
    kept = [huong.get(f"/map/geometry.bin?v={v}").headers["Cache-Control"] for v in (old, new)]
    assert kept == ["private, no-cache", "private, max-age=31536000, immutable"]


def test_where_every_unit_has_a_boundary_nothing_says_schematic(quan: FlaskClient, huong: FlaskClient):
    assert "Mọi đơn vị đều có ranh giới." in upload(quan, every_unit()).get_data(as_text=True)
    pages = [huong.get(f"/map{query}").get_data(as_text=True) for query in ("", "?province=38")]
    notes = [page[page.index('class="schematic"') :].partition("</p>")[0] for page in pages]
    assert ["sơ đồ" in note.lower() for note in notes] == [False, False]


def test_a_running_process_follows_what_another_one_imports(huong: FlaskClient, settings: Settings, tmp_path: Path):
    assert "Sơ đồ, không phải ranh giới" in huong.get("/map").get_data(as_text=True)
    path = tmp_path / "tinh.geojson"
    path.write_text(json.dumps(four_units()), encoding="utf-8")
    command = [sys.executable, "-c", "from survey.cli import main; main()", "boundaries", "import", str(path)]
    done = subprocess.run([*command, "--data", str(settings.data)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[0] == "4 đơn vị có ranh giới, 3317 đơn vị chưa có, 0 mã không rõ"
    assert "Ranh giới: tinh.geojson" in huong.get("/map").get_data(as_text=True)
    assert geometry_of(huong)["units"]["id"][-4:] == sorted(FOUR)


def test_without_the_file_of_the_drawing_the_map_shows_the_schematic(
    bring: Import, huong: FlaskClient, settings: Settings
):
    bring(four_units())
    for path in (settings.data / "boundaries").iterdir():
        path.unlink()
    assert "Sơ đồ, không phải ranh giới" in huong.get("/map").get_data(as_text=True)
    assert len(geometry_of(huong)["units"]["id"]) == 3321


def test_the_locator_map_follows_and_says_where_its_lines_come_from(bring: Import, db: Database, settings: Settings):
    assert geometry_for_locator(db, settings).source_of(FOUR[0]) is None
    bring(four_units())
    country = geometry_for_locator(db, settings)
    source = country.source_of(FOUR[0])
    assert source
    assert (source.file, source.day, country.source_of("00004")) == ("ranh-gioi.json", TODAY, None)
    west = min(x for x, _ in country.rings(country.units[FOUR[0]])[0])
    assert west == pytest.approx(WEST)


def test_a_report_names_the_file_under_its_locator_map_in_place_of_the_schematic():
    topology = json.loads(SCHEMATIC.read_text(encoding="utf-8"))
    used = Source("tinh.geojson", date(2026, 11, 23)), Source("tinh.geojson", TODAY, frozenset({"15271"}))
    pages = [report_html(facts(), "vi", Geometry(topology, source)) for source in (*used, None)]
    captions = [page.partition("<figcaption>")[2].partition("</figcaption>")[0] for page in pages]
    assert ["(ranh giới theo tệp tinh.geojson, nhập ngày 23/11/2026)" in captions[0], "sơ đồ" in captions[0]] == [
        True,
        False,
    ]
    assert ["(sơ đồ, không dùng để xác định địa giới)" in caption for caption in captions[1:]] == [True, True]


@pytest.mark.parametrize("path", ["/map/boundaries", "/map/boundaries/remove"])
def test_others_than_administrators_may_not(path: str, sign_in: Callable[[str], FlaskClient], db: Database):
    logins = ("lan", "minh", "huong", "thao", "stranger")
    assert [sign_in(login).post(path).status_code for login in logins] == [403] * 5
    assert audit_rows(db) == []


def test_whoever_is_not_signed_in_learns_nothing(app: Any):
    client = app.test_client()
    answers = client.get("/map/boundaries"), client.post("/map/boundaries"), client.post("/map/boundaries/remove")
    assert [answer.status_code for answer in answers] == [303, 401, 401]


def test_only_administrators_are_shown_the_way(quan: FlaskClient, huong: FlaskClient):
    assert ['href="/map/boundaries"' in client.get("/map").get_data(as_text=True) for client in (quan, huong)] == [
        True,
        False,
    ]


def test_the_page_tells_what_is_wrong_and_keeps_the_status(quan: FlaskClient):
    answer = upload(quan, collection(feature(FOUR[0], OPEN)))
    assert (answer.status_code, f"{FOUR[0]}: đường ranh giới không khép kín" in answer.get_data(as_text=True)) == (
        422,
        True,
    )
    answers = quan.post("/map/boundaries"), quan.post("/map/boundaries/remove")
    assert [(one.status_code, 'role="alert"' in one.get_data(as_text=True)) for one in answers] == [
        (422, True),
        (409, True),
    ]


def test_an_upload_of_two_gigabytes_is_refused_before_it_comes_in(quan: FlaskClient):
    answer = quan.post(
        "/map/boundaries",
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(2**31)},
    )
    assert (answer.status_code, "Tệp lớn hơn 100 MB" in answer.get_data(as_text=True)) == (413, True)


def test_the_command_goes_back_to_the_schematic(settings: Settings, bring: Import):
    bring(four_units(), name="tinh.geojson")
    command = ["boundaries", "remove", "--data", str(settings.data)]
    first, again = (CliRunner().invoke(main, command) for _ in range(2))
    assert (first.exit_code, first.output) == (0, "Đã bỏ ranh giới của tệp tinh.geojson; bản đồ dùng lại sơ đồ.\n")
    assert again.exit_code == 1
    with opened(settings.data) as db:
        assert boundaries_shown(db, settings.data) is None


def test_quarters_share_their_borders():
    first, second = (set(map(tuple, quarters()[code])) for code in FOUR[:2])
    assert len(first & second) == 41
