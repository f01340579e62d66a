"""The checklist page: who sees it, what it carries, and that a section is complete as HTML."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from survey.database import Database
from survey.store import visits
from survey.store.people import Person
from tests.field_world import plan_visit, sent


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: dict[str, Person]) -> None:
    plan_visit(db, cast)


def page(client: FlaskClient, section: str = "B") -> str:
    response = client.get(f"/visits/v1/fill/{section}")
    assert response.status_code == 200
    return response.get_data(as_text=True)


def data_of(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="page-data">(.*?)</script>', html, re.S)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_a_section_asks_all_its_questions_with_their_choices(lan: FlaskClient):
    html = page(lan)
    assert re.findall(r'<section class="q" id="(\w+)"', html) == ["B01", "B02", "B03", "B04", "B05", "B06"]
    assert re.findall(r'name="B01" value="(\w+)"', html) == ["0", "1", "2", "3"]
    assert "Đủ, đăng nhập thành công tại chỗ" in html
    assert re.search(r'id="B03"[^>]* hidden', html)


def test_the_page_carries_the_answers_that_count(lan: FlaskClient, minh: FlaskClient, cast: dict[str, Person]):
    entries = [sent(1, "/B/B01", "1"), sent(2, "/B/B01", "3", (1,))]
    minh.post("/api/sync", json={"device": "t", "changes": entries})
    data = data_of(page(lan))
    assert data["changes"] == [entries[1] | {"author": cast["minh"].id}]
    assert data["unit_names"] == {"15271": "Xã Hà Trung, tỉnh Thanh Hóa"}
    assert (data["cursor"], data["people"], data["read_only"]) == (2, {cast["minh"].id: "Nguyễn Văn Minh"}, False)


def test_the_page_knows_what_each_section_asks(lan: FlaskClient):
    general = data_of(page(lan))["sections"][0]
    assert general["items"][-1] == {"code": "A07", "paths": [], "repeats": ["/A/A07"]}
    assert general["items"][1] == {"code": "A02", "paths": ["/A/A02"], "repeats": []}


def test_text_of_an_answer_cannot_leave_its_data_block(lan: FlaskClient):
    lan.post("/api/sync", json={"device": "t", "changes": [sent(1, "/A/A02", "</script><script>alert(1)</script>")]})
    html = page(lan, "A")
    assert "<script>alert" not in html
    assert data_of(html)["changes"][0]["value"] == "</script><script>alert(1)</script>"


def test_going_on_leads_to_the_first_open_question(lan: FlaskClient):
    assert lan.get("/visits/v1/fill").location == "/visits/v1/fill/B#B01"


def test_a_submitted_visit_and_a_reviewer_get_a_page_to_read(
    lan: FlaskClient, huong: FlaskClient, db: Database, cast: dict[str, Person]
):
    assert data_of(page(huong))["read_only"] is True
    assert "Tài khoản này chỉ xem" in page(huong)
    visits.mark_submitted(db, "v1", cast["minh"].id, None)
    assert "Buổi làm việc đã nộp" in page(lan)


def test_others_do_not_get_in(stranger: FlaskClient, thao: FlaskClient, quan: FlaskClient, lan: FlaskClient):
    address = "/visits/v1/fill/B"
    assert [client.get(address).status_code for client in (stranger, thao, quan)] == [404, 403, 403]
    assert lan.get("/visits/v1/fill/Z").status_code == 404


def test_a_short_visit_asks_core_questions_only(lan: FlaskClient, db: Database):
    db.execute("update visit set scope = 'core'")
    assert re.findall(r'<section class="q" id="(\w+)"', page(lan)) == ["B01", "B02", "B03"]


def test_scripts_and_modules_are_kept_for_ever_under_their_own_address(lan: FlaskClient):
    addresses = re.findall(r'modulepreload" href="([^"]+)"', page(lan))
    answers = [lan.get(address) for address in addresses]
    assert {
        (answer.status_code, answer.mimetype, "immutable" in answer.headers["Cache-Control"]) for answer in answers
    } == {(200, "text/javascript", True)}
    assert b"export const open" in answers[-1].data


@pytest.mark.parametrize("address", ["/fill/x/page.js", "/checklists/thu/1/page-xx.js", "/checklists/thu/9.js"])
def test_what_is_no_script_is_not_found(lan: FlaskClient, address: str):
    assert lan.get(address).status_code == 404


def test_the_whole_module_is_served_packed_or_plain(lan: FlaskClient):
    plain = lan.get("/checklists/thu/1.js")
    packed = lan.get("/checklists/thu/1.js", headers={"Accept-Encoding": "gzip"})
    assert (plain.headers.get("Content-Encoding"), packed.headers["Content-Encoding"]) == (None, "gzip")
    assert len(packed.data) < len(plain.data)
