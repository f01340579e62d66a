"""The public page of a document: its hash, its date and its unit, and nothing else."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.database import Database
from survey.documents.rendering import render_here
from survey.settings import Settings
from survey.store import documents
from survey.store.documents import Document
from survey.store.people import Person
from tests.document_world import ask, pretend
from tests.visit_world import plan


@pytest.fixture
def given(db: Database, cast: dict[str, Person], settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Document:
    plan(db, cast)
    pretend(monkeypatch)
    render_here(db, ask(db, settings), settings)
    return documents.of_visit(db, "v1", 1)[0]


@pytest.fixture
def anybody(app: Flask) -> FlaskClient:
    return app.test_client()


def text_of(page: str) -> list[str]:
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    parts = re.split(r"<[^>]+>", main[0].replace("<wbr>", "")) if main else []
    return [words for part in parts if (words := part.strip())]


def test_anybody_sees_hash_date_and_unit_and_nothing_else(given: Document, anybody: FlaskClient):
    answer = anybody.get(f"/d/{given.code}")
    assert (answer.status_code, text_of(answer.text)[:9]) == (200, [
        "Kiểm tra tài liệu", "Mã tài liệu", given.code, "Xác nhận", "Tài liệu này do hệ thống lập.",
        "Đơn vị", "Xã Hà Trung, tỉnh Thanh Hóa", "Ngày", "19/08/2025",
    ])  # fmt: skip
    assert text_of(answer.text)[9:11] == ["Mã băm SHA-256 của tệp", given.sha256]


def test_nothing_of_the_visit_is_in_the_page(db: Database, given: Document, anybody: FlaskClient):
    people = [row["name"] for row in db.query("select name from person")]
    trip = ["2083/QĐ-BKHCN", "Làm việc tại Thanh Hóa", "Phiếu nhỏ", "report", "internal", "Báo cáo", "bao-cao"]
    ids = ["v1", "t1", given.id, given.label.data_sha256, given.asked_at, given.file_name]
    page = anybody.get(f"/d/{given.code}").text
    assert [words for words in (*people, *trip, *ids) if re.search(rf"\b{re.escape(words)}\b", page)] == []


def test_the_page_speaks_english(given: Document, anybody: FlaskClient):
    anybody.post("/language", data={"language": "en"})
    assert "Hà Trung Commune, Thanh Hóa Province" in anybody.get(f"/d/{given.code}").text


def test_a_fictitious_document_says_so(db: Database, given: Document, anybody: FlaskClient):
    db.execute("update document set fictitious = 1")
    assert "tài liệu không có giá trị sử dụng" in anybody.get(f"/d/{given.code}").text


def test_search_engines_and_caches_are_kept_out(given: Document, anybody: FlaskClient):
    for path in (f"/d/{given.code}", "/d/2222-2222-2222", "/d/"):
        headers = anybody.get(path).headers
        assert (headers["X-Robots-Tag"], headers["Cache-Control"]) == ("noindex, nofollow", "no-store")
    assert '<meta name="robots" content="noindex, nofollow">' in anybody.get(f"/d/{given.code}").text


@pytest.mark.parametrize("typed", ["2222-2222-2222", "x", "' or 1=1 --", "<script>alert(1)</script>", "a" * 3000])
def test_an_unknown_code_is_told(given: Document, anybody: FlaskClient, typed: str):
    answer = anybody.get("/d/", query_string={"code": typed}, follow_redirects=True)
    assert (answer.status_code, "Không có tài liệu nào với mã này." in answer.text) == (404, True)
    assert "<script>alert" not in answer.text


def test_a_document_that_is_not_finished_is_unknown(db: Database, given: Document, anybody: FlaskClient):
    db.execute("update document set state = 'failed', problem = '{\"code\": \"unexpected\"}'")
    assert anybody.get(f"/d/{given.code}").status_code == 404


def test_a_code_is_found_however_it_was_typed(given: Document, anybody: FlaskClient):
    typed = given.code.lower().replace("-", " ")
    assert anybody.get("/d/", query_string={"code": typed}).location == f"/d/{given.code}"
    assert anybody.get(f"/d/{given.code.lower()}").status_code == 200


def test_guessing_is_stopped_and_signing_in_is_not(app: Flask, given: Document, settings: Settings, minh: FlaskClient):
    client = app.test_client()
    answers = [client.get("/d/2222-2222-2222").status_code for _ in range(settings.address_failures + 1)]
    assert (answers[-2], answers[-1], client.get(f"/d/{given.code}").status_code) == (404, 429, 429)
    other = client.get(f"/d/{given.code}", environ_base={"REMOTE_ADDR": "10.0.0.9"})
    assert other.status_code == 200
    wrong = client.post("/login", data={"login": "minh", "password": "x"})
    assert wrong.status_code == 403


def test_old_guesses_are_forgotten(db: Database, given: Document, anybody: FlaskClient):
    for _ in range(60):
        documents.note_wrong_code(db, "127.0.0.1", "")
    db.execute("update code_attempt set at = '2020-01-01T00:00:00Z'")
    assert [anybody.get(f"/d/{code}").status_code for code in (given.code, "2222-2222-2222")] == [200, 404]
    assert db.execute("select count(*) from code_attempt").fetchone()[0] == 1
