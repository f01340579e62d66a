"""What people and machines do to the server that nobody wished for: a clear answer each time, and nothing is lost."""

from __future__ import annotations

import errno
import json
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import ImageFile
from waitress.server import create_server

from survey.app import create_app
from survey.assess import submit_visit
from survey.database import Connections, Database, connect
from survey.settings import Settings
from survey.store import attachments, changes, visits
from survey.store.people import Person
from tests.field_world import CHECKLIST, make_id, plan_visit, sent
from tests.test_attachments import picture, put

SCRIPT = "<script>alert(1)</script>"
RULES_OF_A_VISIT = [
    ("GET", "/visits/{}"), ("GET", "/visits/{}/fill"), ("GET", "/visits/{}/fill/A"), ("GET", "/visits/{}/report.pdf"),
    ("GET", "/visits/{}/report.pdf?copy=province"), ("GET", "/visits/{}/minutes.pdf"),
    ("POST", "/visits/{}/numbers/report"), ("POST", "/visits/{}/submit"), ("POST", "/visits/{}/reopen"), ("POST", "/visits/{}/remove"),
    ("GET", "/api/field/visits/{}"), ("GET", f"/api/attachments/{'0' * 64}?visit={{}}"),
    ("PUT", f"/api/attachments/{'0' * 64}?visit={{}}"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: dict[str, Person]) -> None:
    plan_visit(db, cast, CHECKLIST.replace("Phiếu thử", f"Phiếu {SCRIPT}"))


def post(client: FlaskClient, *entries: Any) -> dict[str, Any]:
    answer: dict[str, Any] = client.post("/api/sync", json={"device": "t", "changes": list(entries)}).get_json()
    return answer


@pytest.mark.parametrize(("method", "address"), RULES_OF_A_VISIT)
def test_a_stranger_cannot_tell_a_visit_from_none(stranger: FlaskClient, method: str, address: str):
    seen = {id: stranger.open(address.format(id), method=method) for id in ("v1", "nobody")}
    assert [answer.status_code for answer in seen.values()] == [404, 404]
    pages = {answer.text.replace(address.format(id), "") for id, answer in seen.items()}
    assert len(pages) == 1


@pytest.mark.parametrize("login", ["stranger", "huong", "thao", "quan"])
def test_nobody_answers_for_others(login: str, sign_in: Callable[[str], FlaskClient], db: Database):
    post(sign_in(login), sent(1, "/B/B01", "3"))
    assert changes.changes_of(db, "v1") == []


@pytest.mark.parametrize(
    "text", ["NaN", "1e309", "-Infinity", "1" + "0" * 400, '"\\ud800"', '"\\u0000"', "[" * 900 + "]" * 900]
)
@pytest.mark.parametrize("question", ["/B/B05", "/B/B06", "/B/B03", "/B/B01#note"])
def test_values_that_are_none_are_refused_and_kept_aside(
    lan: FlaskClient, db: Database, cast: dict[str, Person], question: str, text: str
):
    change = json.dumps(sent(1, question, "VALUE")).replace('"VALUE"', text)
    body = f'{{"device": "t", "changes": [{change}, {json.dumps(sent(2, "/B/B01", "3"))}]}}'
    answer = lan.post("/api/sync", data=body, content_type="application/json").get_json()
    assert (answer["accepted"], [one["code"] for one in answer["refused"]]) == ([make_id(2)], ["value_type"])
    assert [kept.id for kept in changes.refusals_of(db, cast["lan"].id)] == [make_id(1)]


def test_a_very_long_text_is_refused_and_a_long_one_kept(lan: FlaskClient, db: Database):
    answer = post(lan, sent(1, "/B/B01#note", "ă" * 20_000), sent(2, "/B/B02#note", "ă" * 20_001))
    assert (answer["accepted"], len(answer["refused"])) == ([make_id(1)], 1)
    assert lan.get("/visits/v1").status_code == 200


def test_markup_is_shown_as_text_everywhere(lan: FlaskClient, minh: FlaskClient, db: Database, cast: dict[str, Person]):
    db.execute("update person set name = :name, duty = :name where login = 'lan'", {"name": SCRIPT})
    db.execute("update trip set title = :text, decision_number = :text", {"text": SCRIPT})
    post(lan, sent(1, "/A/A02", SCRIPT), sent(2, "/B/B01#note", f"</script>{SCRIPT}"), sent(3, "/A/A07[k]", True))
    visit = visits.find(db, "v1")
    assert visit
    submit_visit(db, visit, SCRIPT, by=cast["minh"].id)
    search = f"?q={SCRIPT}"
    paths = ("/", f"/trips{search}", f"/trips/t1{search}", "/visits/v1", "/visits/v1/fill/A", "/visits/v1/fill/B",
             "/units/15271", f"/units/search{search}", "/map", "/login?next=" + SCRIPT)  # fmt: skip
    pages = {path: minh.get(path, follow_redirects=True).text for path in paths}
    assert [path for path, page in pages.items() if "<script>alert" in page] == []


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "https:evil",
        "/\t/evil.example",
        "javascript:alert(1)",
        "https://evil.example",
    ],
)
def test_signing_in_leads_to_no_other_site(app: Flask, cast: dict[str, Person], target: str):
    typed = {"login": "minh", "password": "mat-khau-thu", "next": target}
    assert app.test_client().post("/login", data=typed).location == "/"


@pytest.mark.parametrize(
    "path",
    ["/trips?page=99999999999999999999", "/trips?page=-1", "/trips?q=%00%22*(", "/units/search?q=%22%20NEAR(", "/units/search?q=%ff",
     "/map?from=0001-01-01&to=9999-12-31", "/trips/t1?q=%00", "/map?%ff%00%22"],
)  # fmt: skip
def test_odd_questions_get_a_page(minh: FlaskClient, path: str):
    assert (minh.get(path).status_code, "Báo mã" in minh.get(path).text) == (200, False)


def test_a_trip_of_ten_thousand_years_stays_usable(minh: FlaskClient):
    typed = {
        "title": SCRIPT,
        "decision_number": "1",
        "decision_date": "0001-01-01",
        "starts_on": "0001-01-01",
        "ends_on": "9999-12-31",
    }
    page = minh.post("/trips/new", data=typed, follow_redirects=True).text
    assert ("&lt;script&gt;" in page, SCRIPT in page) == (True, False)


def test_a_session_outlives_the_server(settings: Settings, minh: FlaskClient):
    cookie = minh.get_cookie("satcanh")
    assert cookie
    again = create_app(settings).test_client()
    again.set_cookie("satcanh", cookie.value)
    assert again.get("/visits/v1").status_code == 200


def test_a_session_that_ended_costs_no_answer(app: Flask, lan: FlaskClient, db: Database):
    change = sent(1, "/B/B01", "3")
    assert post(app.test_client(), change)["code"] == "not_signed_in"
    assert post(lan, change)["accepted"] == [make_id(1)]


def test_half_a_picture_is_refused_even_after_a_report(lan: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # importing WeasyPrint does this
    assert put(lan, picture(size=(400, 400))[:200]).get_json()["code"] == "attachment_bad"


def test_a_full_disk_is_told_and_the_log_stays_whole(
    lan: FlaskClient, db: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    post(lan, sent(1, "/B/B01", "3"))
    pages = db.execute("pragma page_count").fetchone()[0]

    def connect_full(connections: Connections) -> Database:
        full = connect(settings.data)
        full.execute(f"pragma max_page_count = {pages}")
        return full

    monkeypatch.setattr(Connections, "take", connect_full)
    told = lan.post(
        "/api/sync", json={"device": "t", "changes": [sent(n, "/B/B03", "ă" * 15_000) for n in range(2, 40)]}
    )
    assert (told.status_code, told.get_json()["code"]) == (507, "disk_full")
    assert changes.answers_of(db, "v1") == {"/B/B01": "3"}
    assert db.execute("pragma integrity_check").fetchone()[0] == "ok"
    monkeypatch.undo()
    assert post(lan, sent(2, "/B/B02", "no"))["accepted"] == [make_id(2)]


def test_a_full_disk_leaves_no_half_file(
    lan: FlaskClient, db: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    def no_room(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", no_room)
    told = put(lan, picture())
    assert (told.status_code, told.get_json()["code"]) == (507, "disk_full")
    assert [path for path in (settings.data / "attachments").rglob("*") if path.is_file()] == []
    assert attachments.attachments_of(db, "v1") == []


def test_a_server_that_cannot_get_its_turn_says_so(lan: FlaskClient, db: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("survey.database.LONGEST_WAIT", 0)
    db.conn.execute("begin immediate")
    told = lan.post("/api/sync", json={"device": "t", "changes": [sent(1, "/B/B01", "3")]})
    db.conn.rollback()
    assert (told.status_code, told.get_json()["code"]) == (503, "server_busy")
    monkeypatch.undo()
    assert post(lan, sent(1, "/B/B01", "3"))["accepted"] == [make_id(1)]


@pytest.fixture
def port(app: Flask, settings: Settings) -> Iterator[int]:
    """The application behind the server that the product is served with."""
    server = create_server(
        app, host="127.0.0.1", port=0, threads=2, max_request_body_size=settings.max_request_mb << 20
    )
    threading.Thread(target=server.run, daemon=True).start()
    yield server.effective_port
    server.task_dispatcher.shutdown()


def answered(port: int, head: str, chunk: bytes = b"", times: int = 0) -> str:
    """The first line of the answer to a request that is still being sent, or goes on and on."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(head.encode())
        try:
            for _ in range(times):
                line.sendall(chunk)
        except OSError:
            pass  # the server had enough and hung up
        try:
            return line.recv(200).decode().partition("\r\n")[0]
        except ConnectionError:
            return "hung up"


def test_two_gigabytes_are_not_even_read(port: int):
    head = f"PUT /api/attachments/{'0' * 64}?visit=v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 2147483648\r\n\r\n"
    assert answered(port, head, b"x" * 65536, 4).split()[1:2] == ["413"]


def test_a_body_without_end_is_cut_off(port: int):
    head = f"PUT /api/attachments/{'0' * 64}?visit=v1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    assert answered(port, head, chunk, 1000) in ("HTTP/1.1 413 Request Entity Too Large", "hung up")
