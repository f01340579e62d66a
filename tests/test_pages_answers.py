"""The pages that take answers out: who may, what is chosen, the file, and downloads that nobody waits for any more."""

from __future__ import annotations

import errno
import json
import os
import re

import pytest

from survey.answers import sending
from survey.answers.export import Export
from tests.answers_world import ANSWERS, HA_TRUNG, HAC_THANH, plan, tables, visit

FILE = "/answers/thu/file"


@pytest.fixture
def answered(db, cast):
    """A submitted visit and a draft in Thanh Hóa, and one of Đồng Tháp that is fictitious."""
    plan(db, cast)
    visit(db, cast, "v1", HA_TRUNG, ANSWERS)
    visit(db, cast, "v2", HAC_THANH, {"/B/pc": 3}, draft=True)
    visit(db, cast, "v3", "28249", {"/B/pc": 3}, fictitious=True)


def rows_of(answer):
    assert answer.status_code == 200, answer.text
    return tables(answer.data)["visits.csv"]


def test_a_reviewer_takes_out_the_full_copy(answered, huong):
    rows = rows_of(huong.get(f"{FILE}?form=csv&copy=internal"))
    assert [(row["visit_id"], row["who"]) for row in rows] == [("v1", "Lê Văn Tám"), ("v2", ""), ("v3", "")]


def test_a_province_has_what_was_submitted_about_its_units_whatever_it_asks_for(answered, thao):
    rows = rows_of(thao.get(f"{FILE}?province=80&state=draft"))
    assert [row["visit_id"] for row in rows] == ["v1"]
    assert thao.get(f"{FILE}?copy=internal").status_code == 403


def test_delegations_and_administrators_take_nothing_out(answered, minh, lan, quan, app):
    assert [client.get(FILE).status_code for client in (minh, lan, quan)] == [403, 403, 403]
    assert app.test_client().get(FILE).headers["Location"].startswith("/login")


def test_every_file_is_written_into_the_audit_trail(answered, db, cast, huong):
    huong.get(f"{FILE}?form=json&copy=internal&more=history&province=38")
    [row] = list(db.query("select person_id, details from audit where action = 'answers_exported'"))
    told = json.loads(row["details"])
    assert (row["person_id"], told["checklist"], told["visits"], told["internal"]) == (cast["huong"].id, "thu", 2, True)
    assert (told["form"], told["history"], told["scope"]["province"]) == ("json", True, "38")


def test_the_file_is_named_after_what_it_holds(answered, huong):
    answer = huong.get(f"{FILE}?form=geojson&province=38")
    assert re.fullmatch(
        r'attachment; filename="tra-loi-thu-38-dung-chung-\d{4}-\d\d-\d\d\.geojson"',
        answer.headers["Content-Disposition"],
    )
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("application/geo+json", "private, no-store")


def test_what_cannot_be_asked_for_is_refused(answered, huong):
    asked = {
        "form=pdf": 400, "from=2026-02-30": 422, "from=2026-02-02&to=2026-02-01": 422, "more=passwords": 400,
        "form=geojson&place=who": 422, "province=%27": 400, "version=9&form=json": 200, "language=../../x": 400,
    }  # fmt: skip
    assert {query: huong.get(f"{FILE}?{query}").status_code for query in asked} == asked


def test_an_unknown_checklist_is_not_found(answered, huong):
    assert [huong.get(f"/answers/{name}").status_code for name in ("nope", "nope/file", "nope/count")] == [404] * 3


def test_the_page_offers_what_there_is_and_counts_it(answered, huong, thao):
    page, own = huong.get("/answers/thu").text, thao.get("/answers/thu").text
    assert ('value="internal"' in page, 'value="internal"' in own) == (True, False)
    assert ('name="province"' in page, 'name="province"' in own) == (True, False)
    assert '<option value="A06">A06 · Vị trí</option>' in page
    counted = re.sub(r"<[^>]+>|\s+", " ", huong.get("/answers/thu/count?fictitious=real").text)
    assert " ".join(counted.split()) == "2 buổi làm việc Đã nộp: 1 · Nháp: 1"


def test_the_list_leads_to_each_checklist(answered, huong, lan):
    assert 'href="/answers/thu"' in huong.get("/answers").text
    assert lan.get("/answers").status_code == 403


def test_every_table_of_a_file_is_of_the_moment_of_its_begin(answered, db, cast, huong, monkeypatch):
    monkeypatch.setattr("reports.answers.tables.PORTION", 0)  # else the first piece of such a small file is the last
    answer = huong.get(f"{FILE}?form=csv&more=history", buffered=False)
    visit(db, cast, "v4", "15316", {"/B/pc": 1})
    found = tables(answer.data)
    assert {row["visit_id"] for row in found["history.csv"]} == {row["visit_id"] for row in found["visits.csv"]}


def test_a_download_that_is_broken_off_ends_the_work_and_gives_its_turn_back(answered, huong):
    left = [huong.get(f"{FILE}?form=csv") for _ in range(sending.AT_ONCE)]
    assert huong.get(FILE).status_code == 503
    for answer in left:
        answer.close()
    assert huong.get(FILE).status_code == 200


def test_pieces_end_when_nobody_waits_for_them():
    made, ended = [], []

    def pieces():
        try:
            for number in range(100):
                made.append(number)
                yield b"x"
        finally:
            ended.append(True)

    assert (list(sending.while_awaited(pieces(), lambda: len(made) > 3)), len(made), ended) == ([b"x"] * 3, 4, [True])


def test_a_workbook_that_the_disk_cannot_take_is_refused_at_once(answered, huong, monkeypatch):
    monkeypatch.setattr(sending, "RESERVE", 1 << 60)
    answer = huong.get(f"{FILE}?form=xlsx")
    assert (answer.status_code, "không đủ chỗ" in answer.text) == (507, True)


def test_a_browser_that_is_gone_before_the_file_begins_ends_the_work(answered, huong, settings):
    answer = huong.get(f"{FILE}?form=xlsx", environ_overrides={"waitress.client_disconnected": lambda: True})
    assert (answer.data, list(settings.data.glob("export-*"))) == (b"", [])


def test_what_goes_wrong_before_the_first_piece_is_said(answered, huong, monkeypatch):
    def failing(self, folder):
        yield b""
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Export, "pieces", failing)
    answers = [huong.get(f"{FILE}?form=xlsx") for _ in range(sending.AT_ONCE + 1)]
    assert [(answer.status_code, "hết chỗ trên đĩa" in answer.text) for answer in answers] == [(507, True)] * 3


def test_what_a_killed_process_left_behind_is_taken_away(answered, huong, settings):
    left, fresh = settings.data / "export-left", settings.data / "export-fresh"
    for folder in (left, fresh):
        folder.mkdir()
        (folder / "rows").write_text("x")
    os.utime(left, (0, 0))
    assert huong.get(f"{FILE}?form=xlsx").status_code == 200
    assert (left.exists(), fresh.exists()) == (False, True)
