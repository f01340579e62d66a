"""The pages that move visits to a new version: who may, what they tell, and that nobody sees an answer there."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from survey.database import Database
from survey.store import checklists, visits
from survey.store.people import Person
from survey.sync import exchange
from tests.field_world import plan_visit, sent
from tests.publishing_world import shown, words_of
from tests.test_moving import NEXT

Cast = dict[str, Person]


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: Cast) -> None:
    plan_visit(db, cast)
    checklists.publish(db, NEXT.encode(), "thu.md", by=None)
    exchange.take_in(db, cast["lan"], [sent(1, "/A/A02", "Bà Thảo"), sent(2, "/A/A03", "2025-08-19")])


def version_of(db: Database) -> Any:
    visit = visits.find(db, "v1")
    return visit and visit.checklist_version


def test_the_leader_sees_what_moves_and_moves_it(minh: FlaskClient, db: Database):
    assert "Phiếu đã có bản 2" in shown(minh, "/visits/v1")
    page = shown(minh, "/visits/v1/move")
    assert "/A/A02 → /B/A02" in page and "bản mới không có câu này" in page and "B07 Câu mới" in page
    assert minh.post("/visits/v1/move", data={"version": "2"}).status_code == 303
    after = shown(minh, "/visits/v1")
    assert version_of(db) == "2" and "Không thuộc bản phiếu này 1" in after and "1 → 2" in after


def test_the_same_request_again_changes_nothing(minh: FlaskClient, db: Database):
    codes = [minh.post("/visits/v1/move", data={"version": "2"}).status_code for _ in range(2)]
    assert (codes, db.execute("select count(*) from visit_move").fetchone()[0]) == ([303, 303], 1)
    assert minh.get("/visits/v1/move").status_code == 303


@pytest.mark.parametrize(
    ("login", "code"), [("lan", 403), ("huong", 403), ("thao", 403), ("quan", 403), ("stranger", 404)]
)
def test_only_the_leader_of_the_trip_moves_a_visit(sign_in, db: Database, login: str, code: int):
    client = sign_in(login)
    codes = (
        client.get("/visits/v1/move").status_code,
        client.post("/visits/v1/move", data={"version": "2"}).status_code,
    )
    assert (codes, version_of(db)) == ((code, code), "1")


def test_an_unknown_version_is_refused(minh: FlaskClient, db: Database):
    assert minh.post("/visits/v1/move", data={"version": "<script>"}).status_code == 404
    assert version_of(db) == "1"


def test_a_page_left_open_takes_no_visit_back(minh: FlaskClient, quan: FlaskClient, db: Database):
    minh.post("/visits/v1/move", data={"version": "2"})
    for client, address in ((minh, "/visits/v1/move"), (quan, "/publishing/checklists/thu/drafts")):
        late = client.post(address, data={"version": "1"})
        assert (late.status_code, "nay là bản 2" in words_of(late), version_of(db)) == (409, True, "2")


def test_the_administrator_moves_all_without_seeing_an_answer(quan: FlaskClient, db: Database):
    page = quan.get("/publishing/checklists/thu/drafts").get_data(as_text=True)
    assert "15271" in page and "Bà Thảo" not in page
    done = quan.post("/publishing/checklists/thu/drafts", data={"version": "2"}, follow_redirects=True)
    assert "Mọi buổi đang làm đều theo bản mới nhất" in words_of(done) and version_of(db) == "2"


def test_a_signed_visit_stays_and_is_counted(quan: FlaskClient, db: Database, cast: Cast):
    exchange.take_in(db, cast["lan"], [sent(9, "/minutes/signature[unit]/signature_name", "Bà Thảo")])
    done = quan.post("/publishing/checklists/thu/drafts", data={"version": "2"}, follow_redirects=True)
    assert "1 buổi giữ bản cũ: Biên bản" in done.get_data(as_text=True) and version_of(db) == "1"
    assert "đã ký" in words_of(done)


@pytest.mark.parametrize("login", ["lan", "minh", "huong", "thao"])
def test_nobody_else_moves_all(sign_in, login: str):
    client = sign_in(login)
    assert [
        client.get("/publishing/checklists/thu/drafts").status_code,
        client.post("/publishing/checklists/thu/drafts").status_code,
    ] == [403, 403]


def test_an_unknown_checklist_has_no_drafts(quan: FlaskClient):
    assert quan.get("/publishing/checklists/none/drafts").status_code == 404


def test_a_tablet_is_told_of_the_move(lan: FlaskClient, minh: FlaskClient):
    minh.post("/visits/v1/move", data={"version": "2"})
    facts = lan.get("/api/field").get_json()["visits"][0]
    assert (facts["checklist"]["version"], facts["moved"]) == ("2", ["1"])
