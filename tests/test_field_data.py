"""What the field app asks the server for: the visits of a person, one visit with its log, the units."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from survey.assess import submit_visit
from survey.database import Database
from survey.store import checklists, trips, visits
from survey.store.people import Person
from survey.store.trips import Trip
from survey.sync.exchange import take_in
from tests.field_world import plan_visit, sent


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: dict[str, Person]) -> None:
    plan_visit(db, cast)
    db.execute("update visit set planned_on = '2099-08-19' where id = 'v1'")


def listed(client: FlaskClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/api/field").get_json()["visits"]
    return found


def test_the_list_names_the_person_and_the_visits_of_the_own_trips(lan: FlaskClient, stranger: FlaskClient):
    answer = lan.get("/api/field").get_json()
    assert (answer["person"]["name"], answer["person"]["initials"], answer["person"]["edits"]) == (
        "Trần Thị Lan",
        "TL",
        True,
    )
    (visit,) = answer["visits"]
    assert (visit["id"], visit["unit_title"], visit["checklist"]) == (
        "v1", "Xã Hà Trung", {"id": "thu", "version": "1", "scope": "full"},
    )  # fmt: skip
    assert (visit["read_only"], visit["earlier"], visit["progress"]["begun"]) == ("", None, False)
    assert visit["unit_names"] == {"15271": "Xã Hà Trung, tỉnh Thanh Hóa"}
    assert listed(stranger) == []


def test_a_visit_brings_what_its_minutes_say_of_decision_and_unit(lan: FlaskClient):
    minutes = listed(lan)[0]["minutes"]
    assert (minutes["decided_on"], {language: names["placed"] for language, names in minutes["names"].items()}) == (
        "2025-08-19",
        {
            "vi": "UBND xã Hà Trung, tỉnh Thanh Hóa",
            "en": "the People's Committee of Hà Trung Commune, Thanh Hóa Province",
        },
    )


@pytest.mark.parametrize("login", ["huong", "thao", "quan"])
def test_only_delegations_have_a_tablet(login: str, request: pytest.FixtureRequest):
    client: FlaskClient = request.getfixturevalue(login)
    assert [client.get(address).status_code for address in ("/api/field", "/api/field/units", "/field/vi/")] == [
        403
    ] * 3


def test_nobody_signed_in_gets_nothing(app: Any):
    client = app.test_client()
    assert [
        client.get(address).status_code for address in ("/api/field", "/api/field/units", "/api/field/visits/v1")
    ] == [401] * 3


def test_one_visit_comes_with_its_whole_log(lan: FlaskClient, minh: FlaskClient, cast: dict[str, Person]):
    entries = [sent(1, "/B/B01", "1"), sent(2, "/B/B01", "3", (1,))]
    minh.post("/api/sync", json={"device": "t", "changes": entries})
    answer = lan.get("/api/field/visits/v1").get_json()
    assert answer["changes"] == [entry | {"author": cast["minh"].id} for entry in entries]
    assert (answer["cursor"], answer["people"]) == (2, {cast["minh"].id: "Nguyễn Văn Minh"})


def test_a_visit_is_hidden_from_strangers_and_shown_to_a_reviewer(
    huong: FlaskClient, stranger: FlaskClient, thao: FlaskClient
):
    answers = [client.get("/api/field/visits/v1") for client in (huong, stranger, thao)]
    assert [answer.status_code for answer in answers] == [200, 404, 403]
    assert answers[0].get_json()["visit"]["read_only"] == "Tài khoản này chỉ xem, không điền phiếu."


def test_a_submitted_visit_says_why_it_is_locked_in_the_language_asked_for(
    lan: FlaskClient, db: Database, cast: dict[str, Person]
):
    visits.mark_submitted(db, "v1", cast["minh"].id, None)
    (visit,) = lan.get("/api/field?lang=en").get_json()["visits"]
    assert visit["read_only"] == "This visit is submitted and cannot be changed. The leader can reopen it."


def test_the_visit_before_comes_with_what_was_recommended_and_agreed_then(
    lan: FlaskClient, db: Database, cast: dict[str, Person]
):
    minh = cast["minh"].id
    trips.add(db, Trip(id="t0", decision_number="0/QĐ", decision_date="2025-01-01", title="Trước", starts_on="2025-01-05",
                       ends_on="2025-01-05", leader_id=minh), created_by=minh)  # fmt: skip
    version = checklists.list_latest(db)[0]
    visits.add(db, "v0", "t0", "15271", (version.id, version.version), "2025-01-05", minh)
    earlier = visits.find(db, "v0")
    assert earlier
    place = "/minutes/commitment[x]/commitment_"
    said = {"text": "Công khai danh mục.", "side": "unit", "due": "2025-03-01"}
    take_in(
        db, cast["minh"], [sent(n, place + name, value, visit="v0") for n, (name, value) in enumerate(said.items(), 1)]
    )
    submit_visit(db, earlier, "lý do", by=minh)
    agreed = said | {"owner": "", "recommended": {}, "responsible": {}}
    assert listed(lan)[-1]["earlier"] == {
        "day": "2025-01-05", "total": None, "level": "Chưa đủ dữ liệu để kết luận", "rank": None, "gates_failed": [],
        "recommendations": [], "commitments": [agreed], "fictitious": False,
    }  # fmt: skip


def test_all_units_of_today_are_there_to_be_searched(lan: FlaskClient):
    answer = lan.get("/api/field/units").get_json()
    assert ["15271", "xa", "Xã Hà Trung, tỉnh Thanh Hóa", "38"] in answer["units"]
    assert len(answer["units"]) == 3321 + 2 * 34


def test_nothing_is_taken_in_under_another_name(lan: FlaskClient, cast: dict[str, Person]):
    address = f"/api/sync?as={cast['minh'].id}"
    answer = lan.post(address, json={"device": "t", "changes": [sent(1, "/B/B01", "3")]})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "other_person")
    assert lan.get("/api/field/visits/v1").get_json()["changes"] == []
