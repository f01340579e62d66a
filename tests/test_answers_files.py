"""The files of an export: archives piece by piece, sheets that overflow, texts that look like formulas."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from itertools import islice
from tempfile import TemporaryFile

from openpyxl import load_workbook

from reports.answers.rows import instances_of
from reports.answers.tables import Table, cell_of_csv, csv_archive, file_names
from reports.answers.workbook import write_workbook

VISITS, ROOMS = Table("visits", ["id", "text"]), Table("room", ["key"])


def workbook(folder, rows, tables=(VISITS,), **more):
    out = io.BytesIO()
    for _ in write_workbook(out, folder, list(tables), rows, [], about={}, large=False, **more):
        pass
    return load_workbook(out)


def test_a_text_never_becomes_a_formula():
    dangerous = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"]
    assert [cell_of_csv(text) for text in dangerous] == [f"'{text}" for text in dangerous]
    assert [cell_of_csv(cell) for cell in (-1.5, "Hà Trung", True, False, None, date(2025, 8, 19))] == [
        -1.5, "Hà Trung", "true", "false", None, "2025-08-19"
    ]  # fmt: skip


def test_an_archive_begins_before_its_last_row_is_read():
    read = []

    def rows():
        for number in range(20_000):
            read.append(number)
            yield 0, [str(number), f"{number * 7919 % 100_003}" * 12]

    pieces = csv_archive([VISITS], rows(), [], TemporaryFile, large=True)
    begun = b"".join(islice(pieces, 1))
    assert (begun[:2], 0 < len(read) < 20_000) == (b"PK", True)
    body = begun + b"".join(pieces)
    assert len(zipfile.ZipFile(io.BytesIO(body)).read("visits.csv").splitlines()) == 20_001


def test_rows_of_several_tables_may_come_mixed():
    rows = [(0, ["1", "a"]), (1, ["k1"]), (0, ["2", "b"]), (1, ["k2"])]
    body = b"".join(csv_archive([VISITS, ROOMS], rows, [(Table("end", ["x"]), [[1]])], TemporaryFile, large=False))
    found = zipfile.ZipFile(io.BytesIO(body))
    assert {name: found.read(name).decode("utf-8-sig") for name in found.namelist()} == {
        "visits.csv": "id,text\r\n1,a\r\n2,b\r\n", "room.csv": "key\r\nk1\r\nk2\r\n", "end.csv": "x\r\n1\r\n"
    }  # fmt: skip


def test_names_of_files_are_taken_by_every_system():
    assert file_names(["visits", "/A/room", "/a/ROOM", "..", "a:b"]) == [
        "visits.csv", "A-room.csv", "a-ROOM-2.csv", "table.csv", "a-b.csv"
    ]  # fmt: skip


def test_a_full_sheet_goes_on_in_another(tmp_path):
    book = workbook(tmp_path, [(0, [str(n), "x"]) for n in range(5)], most_rows=3)
    assert {page.title: list(page.values) for page in book} == {
        "visits": [("id", "text"), ("0", "x"), ("1", "x")],
        "visits (2)": [("id", "text"), ("2", "x"), ("3", "x")],
        "visits (3)": [("id", "text"), ("4", "x")],
    }


def test_a_workbook_keeps_what_a_cell_of_excel_can_hold(tmp_path):
    book = workbook(tmp_path, [(0, ["=1+1", "á" * 40_000]), (0, [date(1890, 1, 2), "\x07"])])
    [_, first, second] = book["visits"].values
    assert (first[0], len(first[1]), second) == ("=1+1", 32_767, ("1890-01-02", "_x0007_"))


def test_instances_inside_instances_count_for_both_and_keep_their_places():
    view = {"relevant": True}
    found = instances_of({f"/R[{outer}]/S[{inner}]/x": view for outer in "ab" for inner in "kl"})
    assert {repeat: [(one.head, one.parent, one.position) for one in known] for repeat, known in found.items()} == {
        "/R": [("/R[a]", "", 1), ("/R[b]", "", 2)],
        "/R/S": [
            ("/R[a]/S[k]", "/R[a]", 1), ("/R[a]/S[l]", "/R[a]", 2),
            ("/R[b]/S[k]", "/R[b]", 1), ("/R[b]/S[l]", "/R[b]", 2),
        ],
    }  # fmt: skip
