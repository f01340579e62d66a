"""The page that takes in copies: whose changes, how large a file, and what it says when something is wrong."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from survey.database import Database
from survey.problems import CATALOGUE
from survey.settings import Settings
from survey.store import audit, changes, visits
from survey.store.people import Person
from tests.copy_world import NAME, by, photo, save_copy
from tests.field_world import plan_visit, sent

Cast = dict[str, Person]
NOWHERE = {
    "id": "v9",
    "unit_code": "15271",
    "unit_title": "",
    "checklist_id": "",
    "checklist_version": "",
    "planned_on": "",
}
FORM = 'enctype="multipart/form-data"'


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: Cast) -> None:
    plan_visit(db, cast)


def upload(client: FlaskClient, path: Path, **headers: str) -> TestResponse:
    with path.open("rb") as file:
        return client.post("/sync/copies", data={"copy": (file, path.name)}, headers=headers)


def table(answer: TestResponse) -> list[list[str]]:
    """New, known, not taken: of answers, then of files."""
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", answer.get_data(as_text=True))
    return [re.findall(r'<td class="n">(.*?)</td>', row) for row in rows]


def words(answer: TestResponse) -> str:
    return unescape(answer.get_data(as_text=True))


def test_a_copy_is_taken_in_and_then_known(lan: FlaskClient, db: Database, cast: Cast, tmp_path: Path):
    path = save_copy(tmp_path, cast["lan"], by(cast["lan"], 1, "/B/B01", "3"), photos=[photo()])
    first, again = upload(lan, path), upload(lan, path)
    assert (table(first), table(again)) == ([["1", "0", "0"], ["1", "0", "0"]], [["0", "1", "0"], ["0", "1", "0"]])
    assert ("Đã nạp đủ bản sao." in words(first), "đã có đủ mọi thứ" in words(again)) == (True, True)
    assert changes.answers_of(db, "v1") == {"/B/B01": "3"}


def test_a_member_is_told_what_was_not_taken(lan: FlaskClient, cast: Cast, tmp_path: Path):
    path = save_copy(
        tmp_path, cast["lan"], by(cast["lan"], 1, "/B/B01", "3"), by(cast["minh"], 2, "/B/B02", "yes"), b"torn"
    )
    answer = upload(lan, path)
    assert table(answer)[0] == ["1", "0", "2"]
    assert "/B/B02 · changes.jsonl:2" in words(answer)
    assert "changes.jsonl:3" in words(answer)
    assert "Có phần chưa nhận" in words(answer)


def test_the_leader_brings_in_the_whole_delegation(minh: FlaskClient, cast: Cast, tmp_path: Path):
    path = save_copy(tmp_path, cast["lan"], by(cast["lan"], 1, "/B/B01", "3"), by(cast["minh"], 2, "/B/B02", "yes"))
    assert table(upload(minh, path))[0] == ["2", "0", "0"]
    assert "Nạp bản sao từ máy · Nguyễn Văn Minh" in re.sub("<.*?>", "", words(minh.get("/visits/v1")))


def test_many_refusals_stay_one_page(lan: FlaskClient, db: Database, cast: Cast, tmp_path: Path):
    visits.mark_submitted(db, "v1", cast["minh"].id, None)
    path = save_copy(tmp_path, cast["lan"], *(by(cast["lan"], n, "/B/B05", n) for n in range(1, 31)))
    page = words(upload(lan, path))
    assert (page.count("Buổi làm việc đã nộp"), page.count("changes.jsonl:"), "và 10 phần nữa" in page) == (1, 20, True)


def test_names_from_the_file_are_shown_as_text(lan: FlaskClient, cast: Cast, tmp_path: Path):
    evil = sent(1, "/<script>alert(1)</script>", "3")
    page = upload(lan, save_copy(tmp_path, cast["lan"], evil)).get_data(as_text=True)
    assert ("<script>alert" in page, "&lt;script&gt;alert" in page) == (False, True)


def test_a_bad_file_leaves_the_form_with_the_reason(lan: FlaskClient, cast: Cast, tmp_path: Path):
    path = save_copy(tmp_path, cast["lan"])
    path.write_bytes(path.read_bytes()[:-30])
    answer = upload(lan, path)
    assert answer.status_code == 422
    assert CATALOGUE["copy_unreadable"].message in words(answer)
    assert FORM in words(answer)


@pytest.mark.parametrize("data", [{}, {"copy": "text"}, {"other": "x"}])
def test_no_file_is_told(lan: FlaskClient, data: dict[str, str]):
    answer = lan.post("/sync/copies", data=data, content_type="multipart/form-data")
    assert (answer.status_code, CATALOGUE["copy_missing"].message in words(answer)) == (422, True)


def test_a_form_sent_without_choosing_is_told(lan: FlaskClient):
    answer = post_parts(lan, 'name="copy"; filename=""')
    assert (answer.status_code, CATALOGUE["copy_missing"].message in words(answer)) == (422, True)


def test_a_form_of_many_parts_or_long_fields_is_cut_off(lan: FlaskClient):
    answers = (
        post_parts(lan, *(f'name="copy"; filename="{n}.zip"' for n in range(6))),
        post_parts(lan, 'name="other"', content=b"x" * 600_000),
    )
    assert [(answer.status_code, FORM in words(answer)) for answer in answers] == [(413, True), (413, True)]


def test_only_the_name_of_the_file_is_kept(lan: FlaskClient, db: Database, cast: Cast, tmp_path: Path):
    path = save_copy(tmp_path, cast["lan"], by(cast["lan"], 1, "/B/B01", "3"))
    with path.open("rb") as file:
        lan.post("/sync/copies", data={"copy": (file, f"/home/lan/{NAME}")})
    assert [entry.details["file"] for entry in audit.of_visit(db, "v1") if entry.action == "copy_taken_in"] == [NAME]


def post_parts(client: FlaskClient, *heads: str, content: bytes = b"") -> TestResponse:
    """A form written by hand, with the same content in every part."""
    parts = [f"--x\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + content + b"\r\n" for head in heads]
    return client.post(
        "/sync/copies", data=b"".join(parts) + b"--x--\r\n", content_type="multipart/form-data; boundary=x"
    )


def test_a_stranger_learns_nothing(stranger: FlaskClient, db: Database, cast: Cast, tmp_path: Path):
    answer = upload(stranger, save_copy(tmp_path, cast["lan"], by(cast["lan"], 1, "/B/B01", "3")))
    unknown = upload(stranger, save_copy(tmp_path, cast["lan"], visit=NOWHERE))
    assert (answer.status_code, CATALOGUE["visit_not_found"].message in words(answer)) == (404, True)
    assert (unknown.status_code, words(unknown)) == (404, words(answer))
    assert changes.changes_of(db, "v1") == []


def test_others_may_not_bring_in_copies(
    huong: FlaskClient, thao: FlaskClient, quan: FlaskClient, cast: Cast, tmp_path: Path
):
    path = save_copy(tmp_path, cast["lan"])
    clients = (huong, thao, quan)
    assert [client.get("/sync/copies").status_code for client in clients] == [403, 403, 403]
    assert [upload(client, path).status_code for client in clients] == [403, 403, 403]


def test_a_write_from_another_site_is_refused(lan: FlaskClient, db: Database, cast: Cast, tmp_path: Path):
    path = save_copy(tmp_path, cast["lan"], by(cast["lan"], 1, "/B/B01", "3"))
    assert upload(lan, path, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert changes.changes_of(db, "v1") == []


def test_two_gigabytes_are_refused_before_they_come(lan: FlaskClient):
    answer = lan.post(
        "/sync/copies", content_type="multipart/form-data; boundary=x", environ_overrides={"CONTENT_LENGTH": str(2**31)}
    )
    assert answer.status_code == 413
    assert "Tệp lớn hơn 300 MB" in words(answer)
    assert FORM in words(answer)


def test_the_limit_holds_for_this_page_alone(app: Flask, lan: FlaskClient, settings: Settings, tmp_path: Path):
    app.config["SETTINGS"] = replace(settings, max_copy_mb=14)
    path = tmp_path / "large.zip"
    path.write_bytes(bytes(13 << 20))
    assert upload(lan, path).status_code == 422  # beyond the 12 MB of other pages: read, and no ZIP file
    path.write_bytes(bytes(15 << 20))
    assert upload(lan, path).status_code == 413
    assert lan.post("/api/sync", data=bytes(13 << 20)).status_code == 413


def test_the_file_lies_in_the_data_folder_and_is_gone_afterwards(
    lan: FlaskClient, settings: Settings, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    large = {f"attachments/{'0' * 64}": bytes(2_000_000)}
    path = save_copy(tmp_path, cast["lan"], photos=[photo()], parts=large, packed=False)
    boundary, body = encode_multipart({"copy": FileStorage(path.open("rb"), path.name)})
    before = {*settings.data.iterdir()}
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    answer = lan.post("/sync/copies", data=body, content_type=f"multipart/form-data; boundary={boundary}")
    assert (table(answer)[1], {*settings.data.iterdir()}) == (["1", "0", "1"], before)


def test_the_page_stands_on_the_home_page(lan: FlaskClient, huong: FlaskClient):
    assert ['href="/sync/copies"' in words(client.get("/")) for client in (lan, huong)] == [True, False]
    assert (lan.get("/sync/copies").status_code, "tối đa 300 MB" in words(lan.get("/sync/copies"))) == (200, True)
