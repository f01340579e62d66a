"""The pages of the field app: complete as HTML, without any visit in them, and listed for the tablet that keeps them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from reports.minutes_plan import minutes_plan
from survey.database import Database
from survey.store import checklists
from survey.store.people import Person
from tests.field_world import plan_visit, sent


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: dict[str, Person]) -> None:
    plan_visit(db, cast)


ROOT = "/field/vi/fill/thu/1/full"


def page(client: FlaskClient, section: str = "B", scope: str = "full") -> str:
    response = client.get(f"/field/vi/fill/thu/1/{scope}/{section}")
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


def test_a_page_that_tablets_keep_is_the_same_for_everybody_and_every_visit(lan: FlaskClient, huong: FlaskClient):
    lan.post("/api/sync", json={"device": "t", "changes": [sent(1, "/A/A02", "Bà Hoa")]})
    addresses = (f"{ROOT}/A", "/field/vi/review/thu/1/full", "/field/vi/minutes/thu/1/full")
    kept = [client.get(f"{address}?visit=v1").text for address in addresses for client in (lan, huong)]
    assert kept[::2] == kept[1::2]
    assert not any(word in text for text in kept for word in ("Trần Thị Lan", "Bà Hoa", 'v1"', "15271"))


@pytest.mark.parametrize("address", [f"{ROOT}/A", "/field/vi/", "/field/vi/review/thu/1/full"])
def test_a_page_that_a_tablet_fetches_unseen_leaves_the_news_to_the_next_page_of_the_office(
    lan: FlaskClient, address: str
):
    with lan.session_transaction() as session:
        session["_flashes"] = [("message", "Đã nộp buổi làm việc.")]
    assert ["Đã nộp buổi làm việc." in lan.get(one).text for one in (address, "/visits/v1")] == [False, True]


def test_the_page_knows_what_each_section_asks(lan: FlaskClient):
    general = data_of(page(lan))["sections"][0]
    assert general["items"][-1] == {"code": "A07", "paths": [], "repeats": ["/A/A07"]}
    assert general["items"][1] == {"code": "A02", "paths": ["/A/A02"], "repeats": []}


def test_a_short_visit_asks_core_questions_only(lan: FlaskClient):
    assert re.findall(r'<section class="q" id="(\w+)"', page(lan, scope="core")) == ["B01", "B02", "B03"]


def test_the_office_leads_to_a_visit_at_its_first_open_question(lan: FlaskClient):
    assert lan.get("/visits/v1/fill").location == f"{ROOT}/B?visit=v1#B01"
    assert lan.get("/visits/v1/fill/A").location == f"{ROOT}/A?visit=v1"


def test_others_do_not_get_in(stranger: FlaskClient, thao: FlaskClient, quan: FlaskClient, lan: FlaskClient):
    address = "/visits/v1/fill/B"
    assert [client.get(address).status_code for client in (stranger, thao, quan)] == [404, 403, 403]
    assert [client.get(f"{ROOT}/B").status_code for client in (thao, quan)] == [403, 403]
    assert lan.get("/visits/v1/fill/Z").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        f"{ROOT}/Z", "/field/vi/fill/thu/1/some/B", "/field/vi/fill/thu/9/full/B", "/field/xx/fill/thu/1/full/B",
        "/field/xx/", "/field/vi/review/none/1/full", "/field/vi/pack/thu/9/full.json", "/field/map/99999.svg",
        "/checklists/thu/1/page-xx.js", "/checklists/thu/9.js",
    ],
)  # fmt: skip
def test_what_is_no_page_is_not_found(lan: FlaskClient, address: str):
    assert lan.get(address).status_code == 404


def test_the_pages_are_in_the_language_of_their_address(lan: FlaskClient):
    english = lan.get("/field/en/fill/thu/1/full/B").text
    assert ('<html lang="en"' in english, "Not answered" in english or "Has an updated list" in english) == (True, True)
    assert lan.get("/field/").location == "/field/vi/"


def test_scripts_and_modules_are_kept_for_ever_under_their_own_address(lan: FlaskClient):
    addresses = re.findall(r'modulepreload" href="([^"]+)"', page(lan))
    answers = [lan.get(address) for address in addresses]
    assert {
        (answer.status_code, answer.mimetype, "immutable" in answer.headers["Cache-Control"]) for answer in answers
    } == {(200, "text/javascript", True)}
    assert b"export const open" in answers[-1].data


def test_a_pack_lists_everything_that_its_pages_open(lan: FlaskClient):
    files = lan.get("/field/vi/pack/thu/1/full.json").get_json()["files"]
    own = worker_of(lan)["files"]
    assert {lan.get(file).status_code for file in files} == {200}
    pages = [lan.get(file).text for file in files if lan.get(file).mimetype == "text/html"]
    opened = {
        address
        for text in pages
        for address in re.findall(r'(?:src|href)="(/(?:static|field|checklists)/[^"]+)"', text)
    }
    assert len(pages) == 5
    assert data_of(lan.get("/field/vi/minutes/thu/1/full").text)["urls"]["plan"] in files
    assert {address for address in opened if not address.endswith("/en/")} - {*files, *own} == set()


def test_the_plan_of_the_minutes_comes_in_the_language_of_its_page(lan: FlaskClient, quan: FlaskClient, db: Database):
    address = data_of(lan.get("/field/en/minutes/thu/1/full").text)["urls"]["plan"]
    answer = lan.get(address)
    assert answer.get_json() == json.loads(json.dumps(minutes_plan(checklists.definition_of(db, "thu", "1"), "en")))
    assert (answer.mimetype, "immutable" in answer.headers["Cache-Control"]) == ("application/json", True)
    assert quan.get(address).status_code == 403


def worker_of(client: FlaskClient) -> dict[str, Any]:
    text = client.get("/field/worker.js").text
    found: dict[str, Any] = json.loads(text.partition("const APP = ")[2].partition(";\n")[0])
    return found


def test_the_worker_takes_in_files_that_are_there(lan: FlaskClient):
    worker = worker_of(lan)
    assert {lan.get(file).status_code for file in worker["files"]} == {200}
    assert worker["version"] == data_of(lan.get("/field/vi/").text)["app"]
    assert lan.get("/field/worker.js").headers["Cache-Control"] == "no-cache"


def test_the_manifest_makes_an_app_of_it(lan: FlaskClient):
    manifest = json.loads(lan.get("/field/en/app.webmanifest").text)
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/field/en/", "/field/", "standalone")
    icons = [lan.get(icon["src"]) for icon in manifest["icons"]]
    assert {(icon.status_code, icon.mimetype) for icon in icons} == {(200, "image/png")}


def test_the_whole_module_is_served_packed_or_plain(lan: FlaskClient):
    plain = lan.get("/checklists/thu/1.js")
    packed = lan.get("/checklists/thu/1.js", headers={"Accept-Encoding": "gzip"})
    assert (plain.headers.get("Content-Encoding"), packed.headers["Content-Encoding"]) == (None, "gzip")
    assert len(packed.data) < len(plain.data)
