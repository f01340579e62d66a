"""The pages of documents: asking, waiting, having; who may have which; and the numbers that a leader gives out."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey.assess import submit_visit
from survey.database import Database
from survey.problems import Problem
from survey.store import audit, document_numbers, documents, visits
from survey.store.people import Person
from tests.document_world import Pretended, pretend
from tests.visit_world import plan

ROLES = ("lan", "minh", "huong", "thao", "quan", "stranger")
ASK = "/visits/v1/documents"


@pytest.fixture
def world(db: Database, cast: dict[str, Person], monkeypatch: pytest.MonkeyPatch) -> Pretended:
    plan(db, cast)
    return pretend(monkeypatch)


@pytest.fixture
def slow(app: Flask) -> None:
    """Documents are made by another process, which has not come round to it."""
    app.extensions["make_document"] = lambda db, document, settings: None


def submit(db: Database, cast: dict[str, Person]) -> None:
    visit = visits.find(db, "v1")
    assert visit
    submit_visit(db, visit, "Chưa đủ", by=cast["minh"].id)


def asked(client: FlaskClient, what: str = "report.internal.pdf") -> str:
    """The address of the document that was asked for."""
    answer = client.post(ASK, data={"document": what, "language": "vi"})
    assert answer.status_code == 303
    return answer.location


def words(answer: TestResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def test_a_document_is_asked_for_and_had(world: Pretended, minh: FlaskClient):
    address = asked(minh)
    assert "Tài liệu đã sẵn sàng." in words(minh.get(address))
    answer = minh.get(f"{address}/file")
    assert (answer.status_code, answer.mimetype, answer.data[:7]) == (200, "application/pdf", b"%PDF of")
    assert {name: answer.headers[name] for name in ("Content-Disposition", "Cache-Control")} == {
        "Content-Disposition": 'inline; filename="bao-cao-15271-ha-trung-2025-08-19.pdf"',
        "Cache-Control": "private, no-store",
    }


def test_asking_again_leads_to_the_same_document(world: Pretended, minh: FlaskClient, lan: FlaskClient):
    assert asked(minh) == asked(lan)


def test_the_page_that_waits_asks_for_its_fragment_and_works_without_it(
    world: Pretended, slow: None, minh: FlaskClient
):
    address = asked(minh)
    page, fragment = minh.get(address).text, minh.get(f"{address}/progress").text
    assert f'hx-get="{address}/progress" hx-trigger="every 1s" hx-swap="outerHTML"' in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert fragment.strip() in page
    assert (minh.get(f"{address}/file").status_code, minh.get(f"{address}/file").location) == (303, address)


def test_the_address_of_a_report_leads_to_where_it_is_waited_for_and_then_to_the_file(
    world: Pretended, slow: None, app: Flask, minh: FlaskClient
):
    waiting = minh.get("/visits/v1/report.pdf?copy=commune")
    assert (waiting.status_code, waiting.location) == (303, asked(minh, "report.commune.pdf"))
    del app.extensions["make_document"]
    assert minh.get("/visits/v1/report.pdf?copy=commune").data.startswith(b"%PDF of")


def test_the_fragment_tells_each_state_and_then_asks_no_more(
    world: Pretended, slow: None, db: Database, minh: FlaskClient
):
    first, second = asked(minh), asked(minh, "report.internal.docx")
    db.execute("update document set asked_at = '2020-01-01T00:00:00Z' where form = 'pdf'")
    assert "Đang chờ, trước đó còn 1 tài liệu" in words(minh.get(f"{second}/progress"))
    db.execute("update document set state = 'rendering', progress = 40 where form = 'pdf'")
    fragment = minh.get(f"{first}/progress").text
    assert ("Đang lập tài liệu" in fragment, 'width="40' in fragment) == (True, True)
    db.execute("""update document set state = 'failed', problem = '{"code": "document_timed_out"}'""")
    fragment = minh.get(f"{first}/progress").text
    assert ("Lập tài liệu quá lâu" in fragment, "Lập lại" in fragment, "hx-get" in fragment) == (True, True, False)


def test_a_document_that_failed_can_be_made_again(world: Pretended, slow: None, db: Database, minh: FlaskClient):
    address = asked(minh)
    db.execute("""update document set state = 'failed', problem = '{"code": "document_timed_out"}'""")
    answer = minh.post(f"{address}/again")
    assert (answer.status_code, answer.location, "Đang chờ" in minh.get(address).text) == (303, address, True)


def test_a_file_that_is_gone_is_made_again(world: Pretended, db: Database, minh: FlaskClient, app: Flask):
    address = asked(minh)
    given = documents.find(db, address.rpartition("/")[2])
    assert given and given.sha256
    documents.place_of(app.config["SETTINGS"].data, given.sha256).unlink()
    assert minh.get(f"{address}/file").location == address
    assert (asked(minh), minh.get(f"{address}/file").status_code) == (address, 200)


@pytest.mark.parametrize("what", ["", "report", "report.internal", "report.internal.exe", "trip_report.internal.pdf",
                                  "report.secret.pdf", "<script>.internal.pdf", "report.internal.pdf.pdf"])  # fmt: skip
def test_what_is_no_document_is_refused(world: Pretended, minh: FlaskClient, what: str):
    assert minh.post(ASK, data={"document": what}).status_code == 400


def test_who_may_ask_for_which_copy(
    world: Pretended, db: Database, cast: dict[str, Person], sign_in: Callable[[str], FlaskClient]
):
    submit(db, cast)
    wanted = ("minutes.internal.pdf", "report.internal.pdf", "report.commune.pdf", "report.province.pdf")
    answers = {
        what: tuple(sign_in(login).post(ASK, data={"document": what}).status_code for login in ROLES)
        for what in wanted[1:]
    }
    refused = sign_in("thao").post(ASK, data={"document": wanted[0]}).status_code
    assert (refused, answers) == (403, {
        "report.internal.pdf": (303, 303, 303, 403, 403, 404),
        "report.commune.pdf": (303, 303, 303, 403, 403, 404),
        "report.province.pdf": (303, 303, 303, 303, 403, 404),
    })  # fmt: skip


def test_a_province_has_nothing_of_a_draft(world: Pretended, thao: FlaskClient):
    assert thao.post(ASK, data={"document": "report.province.pdf"}).status_code == 404


def test_who_may_open_a_document_that_another_asked_for(
    world: Pretended, db: Database, cast: dict[str, Person], sign_in: Callable[[str], FlaskClient]
):
    submit(db, cast)
    minh = sign_in("minh")
    for what, thao in (("report.internal.pdf", 403), ("report.province.pdf", 200)):
        address = asked(minh, what)
        for part in ("", "/progress", "/file"):
            seen = tuple(sign_in(login).get(address + part).status_code for login in ROLES)
            assert seen == (200, 200, 200, thao, 403, 404)


def test_an_unknown_document_is_told_like_an_unknown_page(world: Pretended, minh: FlaskClient):
    assert minh.get("/documents/nothing").status_code == 404


def test_the_visit_offers_what_each_may_have(
    world: Pretended, db: Database, cast: dict[str, Person], minh: FlaskClient, thao: FlaskClient
):
    submit(db, cast)
    offered = [re.findall(r'name="document" value="([^"]+)"', one.get("/visits/v1").text) for one in (minh, thao)]
    copies = [
        f"report.{copy}.{form}" for copy in ("internal", "province", "commune") for form in ("pdf", "docx", "xlsx")
    ]
    assert [[what for what in one if what.startswith("report")] for one in offered] == [copies, copies[3:6]]
    assert ["minutes.internal.pdf" in one for one in offered] == [True, False]


def test_the_visit_lists_what_was_given_out_to_those_who_may_have_it(
    world: Pretended, db: Database, cast: dict[str, Person], minh: FlaskClient, thao: FlaskClient
):
    submit(db, cast)
    made = [asked(minh, f"report.{copy}.pdf") for copy in ("internal", "province")]
    listed = [set(re.findall(r"/documents/[0-9a-f-]{36}", one.get("/visits/v1").text)) for one in (minh, thao)]
    assert listed == [set(made), {made[1]}]


def test_a_visit_with_a_document_can_be_taken_off_and_the_document_stays_confirmed(
    world: Pretended, db: Database, minh: FlaskClient
):
    address = asked(minh)
    code = db.execute("select code from document").fetchone()[0]
    assert minh.post("/visits/v1/remove").status_code == 303
    assert [minh.get(path).status_code for path in ("/visits/v1", address, f"/d/{code}")] == [404, 404, 200]


def give(client: FlaskClient, kind: str, number: str, day: str = "2025-08-21", visit: str = "v1") -> TestResponse:
    return client.post(f"/visits/{visit}/numbers/{kind}", data={f"number-{kind}": number, f"issued_on-{kind}": day})


def test_the_leader_gives_a_number_and_the_trail_tells_of_it(db: Database, world: Pretended, minh: FlaskClient):
    answer = give(minh, "minutes", "5")
    assert (answer.status_code, answer.location) == (303, "/visits/v1#documents")
    assert {
        kind: (given.printed, given.issued_on.isoformat())
        for kind, given in document_numbers.given_to(db, "v1").items()
    } == {"minutes": ("05", "2025-08-21")}
    assert [(entry.action, entry.details) for entry in audit.of_visit(db, "v1")] == [
        ("number_given", {"kind": "minutes", "number": "05", "issued_on": "2025-08-21"})
    ]
    assert "Số: 05/BB-ĐCT" in minh.get("/visits/v1").text


@pytest.mark.parametrize(("number", "day"), [("0", "2025-08-21"), ("-1", "2025-08-21"), ("a", "2025-08-21"),
                                             ("12345", "2025-08-21"), ("", "2025-08-21"), ("5", "2025-02-30"), ("5", "")])  # fmt: skip
def test_what_is_no_number_or_day_is_told_and_kept(
    world: Pretended, db: Database, minh: FlaskClient, number: str, day: str
):
    answer = give(minh, "report", number, day)
    assert (answer.status_code, "Nhập số từ 1 đến 9999" in answer.text) == (422, True)
    assert (f'value="{number}"' in answer.text, document_numbers.given_to(db, "v1")) == (True, {})


def test_a_number_is_given_once_in_a_year_of_a_decision(db: Database, cast: dict[str, Person], minh: FlaskClient):
    plan(db, cast, "15271", "15286")
    given = [give(minh, "minutes", "5"), give(minh, "minutes", "5", visit="v2"), give(minh, "report", "5", visit="v2"),
             give(minh, "minutes", "5", "2026-01-02", visit="v2"), give(minh, "minutes", "6")]  # fmt: skip
    assert [answer.status_code for answer in given] == [303, 409, 303, 303, 303]
    assert "Số 05 đã dùng trong năm 2025 theo quyết định này." in given[1].text


def test_only_the_leader_of_the_trip_gives_numbers(
    world: Pretended, db: Database, sign_in: Callable[[str], FlaskClient]
):
    db.execute("insert into trip_member (trip_id, person_id) select 't1', id from person where login = 'stranger'")
    answers = tuple(give(sign_in(login), "minutes", "5").status_code for login in ROLES)
    assert answers == (403, 303, 403, 403, 403, 403)
    forms = ["Cấp số" in sign_in(login).get("/visits/v1").text for login in ("lan", "minh", "stranger")]
    assert forms == [False, True, False]


def test_each_problem_of_a_document_has_its_wording():
    codes = ("document_timed_out", "document_killed", "document_too_large", "document_interrupted", "document_changed")
    assert all(Problem(code).message for code in codes)
