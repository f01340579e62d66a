"""Lists of units from a file: what is refused, what is applied as a whole, and what an administrator sees before."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey.cli import main
from survey.database import Database
from survey.migrations import UNIT_HISTORY
from survey.problems import Problem
from survey.settings import Settings
from survey.store import unit_history, units
from survey.units.intake import apply_list, look_at_list
from tests.unit_list_world import APRIL, HEADER, listed, workbook

NEW_YEAR = date(2027, 1, 1)
MERGER = "15271,Hà Trung,xa,38,,,,,2027-01-01,,15271; 14797"


def upload(client: FlaskClient, body: bytes, name: str = "don-vi.csv", **fields: str) -> TestResponse:
    return client.post("/units/import", data={"units": (io.BytesIO(body), name), **fields})


def apply(client: FlaskClient, page: str) -> TestResponse:
    found = {
        name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("sha256", "digest", "name", "ends_on")
    }
    return client.post("/units/import/apply", data={name: match[1] for name, match in found.items() if match})


def rows(db: Database) -> list[Any]:
    return [tuple(row) for row in db.execute("select * from unit order by code, valid_from").fetchall()]


def test_the_changes_of_april_2026_are_known_already(db: Database):
    """Ba Chẽ has a new code, and communes of the city of Đồng Nai became wards."""
    look = look_at_list(db, listed(APRIL), "thang-4.csv")
    assert (look.plan.counts()["unchanged"], look.plan.changes_something) == (3, False)


def test_a_database_from_before_learns_who_follows_whom(db: Database):
    for statement in (
        "drop table unit_successor",
        "drop table unit_import",
        "alter table unit drop column counts_from",
    ):
        db.execute(statement)
    db.conn.executescript(UNIT_HISTORY)
    day = date(2026, 11, 1)
    assert units.recoded_units(db, day) == {"06970": "06978"}
    assert [one.code for one in unit_history.line_of(db, "06978", day)] == ["06978", "06970"]


def test_the_changes_of_april_2026_as_a_list_into_what_was_before(db: Database):
    db.execute("delete from unit where valid_from = '2026-04-30' and code in ('06978', '25270', '26425')")
    db.execute("update unit set valid_to = null where code in ('06970', '25270', '26425')")
    db.execute("delete from unit_successor")
    look = apply_list(db, listed(APRIL), "thang-4.csv", by=None)
    assert {name: n for name, n in look.plan.counts().items() if n} == {"renamed": 2, "recoded": 1}
    assert units.recoded_units(db, NEW_YEAR) == {"06970": "06978"}
    found = units.find_unit(db, "26425", date(2026, 4, 29)), units.find_unit(db, "26425", date(2026, 4, 30))
    assert [one.kind for one in found if one] == ["xa", "phuong"]


def test_a_list_applied_twice_leaves_one_trace(db: Database):
    for _time in range(2):
        apply_list(db, listed(MERGER), "sap-nhap.csv", by=None)
    (action, details), *more = db.execute("select action, details from audit").fetchall()
    assert (action, json.loads(details)["units"]["merged"], more) == ("units_imported", 1, [])
    assert len(unit_history.last_imports(db)) == 1


def test_a_faulty_list_changes_nothing(db: Database):
    before = rows(db)
    with pytest.raises(Problem, match=r"còn dòng có lỗi \(3\)"):
        apply_list(db, listed(f"{MERGER}\n9x,Sai,xa,38,,,,,2027-01-01,,"), "sai.csv", by=None)
    assert rows(db) == before


def test_a_list_that_fails_half_way_changes_nothing(db: Database):
    before = rows(db)
    db.execute("create trigger full before insert on unit_import begin select raise(abort, 'full'); end")
    with pytest.raises(Exception, match="full"):
        apply_list(db, listed(MERGER), "sap-nhap.csv", by=None)
    assert rows(db) == before


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ("1527x,Hà Trung,xa,38,,,,,2027-01-01,,", "code", "code"),
        ("75.SO,Sở,so,38,,,,,2027-01-01,,", "code", "code"),
        ("15271,<script>,xa,38,,,,,2027-01-01,,", "name", "name"),
        ('15271,"=HYPERLINK(""x"")",xa,38,,,,,2027-01-01,,', "name", "name"),
        ("15271,Hà Trung,thị trấn,38,,,,,2027-01-01,,", "kind", "kind"),
        ("15271,Hà Trung,xa,99,,,,,2027-01-01,,", "province_code", "province"),
        ("15271,Hà Trung,xa,38,Nghệ An,,,,2027-01-01,,", "province_name", "province_differs"),
        ("15271,Hà Trung,xa,38,,105.8,20.0,,2027-01-01,,", "latitude", "place"),
        ("15271,Hà Trung,xa,38,,20,,,2027-01-01,,", "latitude", "half_place"),
        ("15271,Hà Trung,xa,38,,,,1e9,2027-01-01,,", "area_km2", "number"),
        ("15271,Hà Trung,xa,38,,,,-3,2027-01-01,,", "area_km2", "area"),
        ("15271,Hà Trung,xa,38,,,,,2027-02-30,,", "valid_from", "day"),
        ("15271,Hà Trung,xa,38,,,,,2027-01-01,2026-01-01,", "valid_to", "days"),
        ("15271,Hà Trung,xa,38,,,,,2027-01-01,,06970:2", "predecessors", "predecessor"),
        (",Hà Trung,xa,38,,,,,2027-01-01,,", "code", "missing"),
    ],
)
def test_a_wrong_cell_is_named_by_line_and_column(db: Database, line: str, column: str, code: str):
    faults = look_at_list(db, listed(line), "sai.csv").plan.faults
    assert [(one.line, one.column, one.code) for one in faults] == [(2, column, code)]


def test_names_with_their_kind_and_codes_without_zeros_are_understood(db: Database):
    header = "Mã đơn vị,Tên đơn vị,Loại,Mã tỉnh,Hiệu lực từ,Mã cũ"
    look = look_at_list(db, f"{header}\n6978,Xã Ba Chẽ,Xã,22,30/04/2026,6970\n".encode(), "danh-muc.csv")
    assert (look.plan.counts()["unchanged"], look.plan.faults) == (1, [])


def test_a_workbook_says_the_same_as_a_text(db: Database):
    book = workbook(("15271", "Hà Trung", "xa", "38", "", "", "", "", "2027-01-01", "", "15271; 14797"))
    changes = [look_at_list(db, body, "a").plan.changes for body in (book, listed(MERGER))]
    assert changes[0] == changes[1]


def test_numbers_and_dates_of_a_workbook_are_understood(db: Database):
    book = workbook((6978, "Ba Chẽ", "xa", 22, "Quảng Ninh", 21.2528, 107.252, 332.68, NEW_YEAR, None, None))
    look = look_at_list(db, book, "a.xlsx")
    assert (look.plan.counts()["unchanged"], look.plan.faults, look.plan.changes_something) == (1, [], False)


def test_a_new_province_is_known_by_its_own_line(db: Database):
    lines = "02,Tỉnh Mới,province,02,Mới,,,,2027-01-01,,\n99001,Xa,xa,02,,,,,2027-01-01,,"
    assert look_at_list(db, listed(lines), "tinh.csv").plan.counts()["new"] == 2
    nameless = look_at_list(db, listed(lines.replace(",Mới,", ",,")), "tinh.csv").plan.faults
    assert [one.code for one in nameless] == ["province", "province"]


def test_an_upload_that_is_too_large_is_refused_as_a_page(quan: FlaskClient):
    refused = upload(quan, b"x" * 9_000_000)
    assert (refused.status_code, "Tệp lớn hơn 8 MB nên không nhận." in refused.text) == (413, True)


def test_formulas_of_a_workbook_are_not_believed(db: Database):
    row = ('="15"&"271"', "Hà Trung", "xa", "38", "", "", "", "", "2027-01-01", "", "")
    faults = look_at_list(db, workbook(row), "a.xlsx").plan.faults
    assert [(one.line, one.column, one.code) for one in faults] == [(2, "A", "formula")]


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<a>" + b" " * 30_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"\xff\xfe\x00", "units_not_text"), (b"PK\x03\x04", "units_unreadable"), (b"", "units_columns"),
        (b"code,name\n1,2\n", "units_columns"), (HEADER.encode(), "units_empty"), (b"x" * 9_000_000, "units_too_large"),
        (f"{HEADER},code\n1\n".encode(), "units_unreadable"), (f"{HEADER}\n{'1,' * 300}\n".encode(), "units_unreadable"),
        (listed("15271\n" * 12_001), "units_too_many"), (bomb(), "units_unreadable"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_is_refused_as_a_whole(db: Database, body: bytes, code: str):
    with pytest.raises(Problem) as refused:
        look_at_list(db, body, "a.csv")
    assert refused.value.code == code


def test_the_page_shows_before_it_applies(quan: FlaskClient, db: Database):
    before = rows(db)
    page = upload(quan, listed(MERGER)).text
    assert "14797, 15271 → 15271 Xã Hà Trung" in page or "15271, 14797 → 15271 Xã Hà Trung" in page
    assert rows(db) == before
    assert apply(quan, page).status_code == 303
    assert "Đã áp dụng danh mục: 1 thay đổi." in quan.get("/units/import").text
    by = db.execute("select imported_by is not null from unit_import").fetchone()[0]
    assert by == 1


def test_what_was_shown_is_what_is_applied(quan: FlaskClient, db: Database):
    page = upload(quan, listed(MERGER)).text
    apply_list(db, listed("15271,Hà Trung,phuong,38,,,,,2026-12-01,,"), "khac.csv", by=None)
    refused = apply(quan, page)
    assert (refused.status_code, "đã đổi sau khi xem thử" in refused.text) == (409, True)
    assert units.find_unit(db, "14797", NEW_YEAR).valid_to is None  # type: ignore[union-attr]


def test_a_complete_list_asks_for_its_day(quan: FlaskClient, db: Database):
    line = "06978,Ba Chẽ,xa,22,,,,,2026-04-30,,"
    assert "Hết hiệu lực" not in upload(quan, listed(line)).text.split("<form")[0]
    page = upload(quan, listed(line), ends_on="2027-01-01").text
    assert apply(quan, page).status_code == 303
    assert [one.code for one in units.list_communes(db, "22", NEW_YEAR)] == ["06978"]


def test_a_list_with_markup_in_its_name_is_shown_as_text(quan: FlaskClient):
    page = upload(quan, listed("x,y,z,38,,,,,<script>,,"), "<script>.csv").text
    assert ("<script>.csv" in page, "“&lt;script&gt;” không phải ngày" in page) == (False, True)


def test_only_administrators_are_shown_the_way(quan: FlaskClient, huong: FlaskClient):
    shown = [["/units/import" in client.get(path).text for path in ("/map", "/units/search", "/units/15271")]
             for client in (quan, huong)]  # fmt: skip
    assert shown == [[True] * 3, [False] * 3]


@pytest.mark.parametrize("login", ["lan", "minh", "huong", "thao"])
def test_others_may_not(sign_in: Any, login: str):
    client = sign_in(login)
    statuses = client.get("/units/import").status_code, upload(client, listed(MERGER)).status_code
    assert statuses == (403, 403)


@pytest.mark.parametrize("sha256", ["", "../../satcanh.sqlite", "0" * 64])
def test_a_list_that_was_never_shown_is_not_applied(quan: FlaskClient, sha256: str):
    data = {"sha256": sha256, "digest": "0" * 64, "name": "a", "ends_on": ""}
    assert quan.post("/units/import/apply", data=data).status_code in (400, 409)


def test_every_unit_of_the_country_is_read_quickly(db: Database):
    communes = units.list_all_communes(db, date(2026, 11, 1))
    lines = "\n".join(f"{90_000 + n},{u.name},{u.kind},{u.province_code},,,,,2027-01-01,,{u.code}"
                      for n, u in enumerate(communes))  # fmt: skip
    look = apply_list(db, listed(lines), "tat-ca.csv", by=None)
    assert (look.plan.counts()["recoded"], len(units.recoded_units(db, NEW_YEAR))) == (3321, 3322)


def test_the_command_says_what_it_did(settings: Settings, tmp_path: Any, db: Database):
    file = tmp_path / "sap-nhap.csv"
    file.write_bytes(listed(MERGER))
    command = ["units", "import", str(file), "--data", str(settings.data)]
    tried, done = (CliRunner().invoke(main, [*command, *more]) for more in (["--dry-run"], []))
    assert [run.exit_code for run in (tried, done)] == [0, 0]
    assert "Xem thử: chưa ghi gì." in tried.output
    assert done.output.splitlines()[1].startswith("Sáp nhập: 15271, 14797 → 15271 Xã Hà Trung, Thanh Hóa")
    assert len(unit_history.line_of(db, "15271", NEW_YEAR)) == 3


def test_the_command_refuses_a_faulty_list(settings: Settings, tmp_path: Any):
    file = tmp_path / "sai.csv"
    file.write_bytes(listed("9x,Sai,xa,38,,,,,2027-01-01,,"))
    run = CliRunner().invoke(main, ["units", "import", str(file), "--data", str(settings.data)])
    assert (run.exit_code, "Dòng 2, cột code: mã “9X” không đúng dạng" in run.output) == (1, True)
