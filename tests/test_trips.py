"""Planning: a trip under a decision, its delegation, its units, and the list of visits."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from survey.assess import submit_visit
from survey.database import Database
from survey.entries import TripEntry, VisitEntry, read_entry
from survey.store import trips, visit_list, visits
from survey.store.people import Person
from survey.store.visit_list import Wanted
from tests.visit_world import DAY, answer, plan

DECISION = {
    "decision_number": "3120/QĐ-BKHCN",
    "decision_date": "2026-11-16",
    "title": "Làm việc với tỉnh Thanh Hóa",
    "starts_on": "2026-11-24",
    "ends_on": "2026-11-26",
}


def text(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status
    return answer.get_data(as_text=True)


def listed(db: Database, person: Person, **wanted: str) -> list[str]:
    return [visit.id for visit in visit_list.list_visits(db, person, Wanted(**wanted)).visits]


def test_plan_trip_makes_its_leader_the_first_member(minh: FlaskClient, db: Database, cast: dict[str, Person]):
    answered = minh.post("/trips/new", data=DECISION)
    (trip,) = trips.travelled_by(db, cast["minh"].id)
    assert (answered.status_code, answered.location) == (303, f"/trips/{trip.id}")
    assert trip.model_dump(include=set(DECISION)) == DECISION
    assert [(member.name, member.duty) for member in trips.members(db, trip.id)] == [("Nguyễn Văn Minh", "Trưởng đoàn")]


def test_plan_trip_keeps_what_was_typed_and_says_what_is_wrong(
    minh: FlaskClient, db: Database, cast: dict[str, Person]
):
    answered = minh.post("/trips/new", data=DECISION | {"ends_on": "2026-11-20", "title": " "})
    page = answered.get_data(as_text=True)
    assert answered.status_code == 422
    assert "Ngày kết thúc phải từ ngày bắt đầu trở đi." in page or "Nhập nội dung cho ô này." in page
    assert 'value="3120/QĐ-BKHCN"' in page
    assert trips.travelled_by(db, cast["minh"].id) == []


def test_entries_read_dates_as_people_type_them():
    entry, errors = read_entry(TripEntry, DECISION | {"starts_on": "4/11/2026", "ends_on": "05.11.2026"})
    assert errors == {}
    assert (entry.starts_on.isoformat(), entry.ends_on.isoformat()) == ("2026-11-04", "2026-11-05")


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"starts_on": "31/02/2026"}, {"starts_on": "Nhập ngày, ví dụ 24/11/2026."}),
        ({"title": "  "}, {"title": "Nhập nội dung cho ô này."}),
        ({"title": "x" * 301}, {"title": "Rút ngắn nội dung này."}),
        ({"ends_on": "2026-11-01"}, {"ends_on": "Ngày kết thúc phải từ ngày bắt đầu trở đi."}),
    ],
)
def test_entries_say_what_is_wrong_beside_the_field(wrong: dict[str, str], expected: dict[str, str]):
    assert read_entry(TripEntry, DECISION | wrong) == (None, expected)


def test_entries_of_visits_know_two_scopes():
    typed = {"unit": "15271", "checklist": "nho 1", "planned_on": DAY, "scope": "half"}
    assert read_entry(VisitEntry, typed) == (None, {"scope": "Chọn một mục trong danh sách."})


def test_change_trip_corrects_the_decision(minh: FlaskClient, db: Database, cast: dict[str, Person]):
    plan(db, cast)
    minh.post("/trips/t1", data=DECISION)
    assert trips.find(db, "t1").decision_number == "3120/QĐ-BKHCN"


def test_members_come_with_a_duty_and_go(minh: FlaskClient, db: Database, cast: dict[str, Person]):
    plan(db, cast)
    minh.post("/trips/t1/members", data={"person": cast["stranger"].id, "duty": "Chuyên gia"})
    minh.post(f"/trips/t1/members/{cast['lan'].id}/remove")
    found = [(member.name, member.duty) for member in trips.members(db, "t1")]
    assert found == [("Nguyễn Văn Minh", "Trưởng đoàn"), ("Phạm Người Lạ", "Chuyên gia")]


def test_the_leader_stays_and_reviewers_do_not_travel(minh: FlaskClient, db: Database, cast: dict[str, Person]):
    plan(db, cast)
    assert minh.post(f"/trips/t1/members/{cast['minh'].id}/remove").status_code == 400
    assert minh.post("/trips/t1/members", data={"person": cast["huong"].id}).status_code == 422
    assert len(trips.members(db, "t1")) == 2


def test_units_are_found_as_people_type(minh: FlaskClient, db: Database, cast: dict[str, Person]):
    plan(db, cast)
    page = text(minh, "/trips/t1/units?q=hac thanh")
    assert "Phường Hạc Thành" in page
    assert "/trips/t1/visits/new?unit=14797" in page
    assert "đã có trong chuyến" in text(minh, "/trips/t1?q=15271")


def test_plan_visit_pins_the_checklist_version(minh: FlaskClient, db: Database, cast: dict[str, Person]):
    plan(db, cast)
    page = text(minh, "/trips/t1/visits/new?unit=14797")
    assert "Phiếu nhỏ" in page
    typed = {"unit": "14797", "checklist": "nho 1", "planned_on": "2025-08-20", "scope": "core"}
    assert minh.post("/trips/t1/visits", data=typed).location == "/trips/t1"
    visit = visits.of_trip(db, "t1")[-1]
    assert (visit.unit_title, visit.checklist_id, visit.checklist_version, visit.scope, visit.planned_on) == (
        "Phường Hạc Thành", "nho", "1", "core", "2025-08-20",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "status", "words"),
    [
        ({"unit": "15271"}, 409, "Đơn vị này đã có trong chuyến công tác."),
        ({"unit": "99999"}, 404, "Không tìm thấy đơn vị có mã 99999."),
        ({"unit": "38.SO"}, 422, "Phiếu này không dùng cho loại đơn vị đã chọn."),
        ({"checklist": "khac 9"}, 404, "Không tìm thấy phiếu khac bản 9."),
        ({"planned_on": "2025-09-01"}, 422, "Ngày làm việc nằm ngoài thời gian của chuyến công tác."),
        ({"planned_on": "x"}, 422, "Nhập ngày, ví dụ 24/11/2026."),
    ],
)
def test_plan_visit_refuses_what_does_not_fit(
    minh: FlaskClient, db: Database, cast: dict[str, Person], wrong: dict[str, str], status: int, words: str
):
    plan(db, cast)
    typed = {"unit": "14797", "checklist": "nho 1", "planned_on": DAY, "scope": "full"} | wrong
    answered = minh.post("/trips/t1/visits", data=typed)
    assert (answered.status_code, words in answered.get_data(as_text=True)) == (status, True)
    assert len(visits.of_trip(db, "t1")) == 1


def test_an_unanswered_visit_can_be_taken_off(minh: FlaskClient, db: Database, cast: dict[str, Person]):
    plan(db, cast, "15271", "15286")
    answer(db, cast, B01="3")
    assert minh.post("/visits/v1/remove").status_code == 409
    assert minh.post("/visits/v2/remove").status_code == 303
    assert [visit.id for visit in visits.of_trip(db, "t1")] == ["v1"]


def test_list_shows_each_person_their_visits(db: Database, cast: dict[str, Person]):
    _draft, own, other = plan(db, cast, "15286", "15271", "00454")
    for visit in (own, other):
        submit_visit(db, visit, "Chưa đủ", by=cast["minh"].id)
    seen = {login: listed(db, cast[login]) for login in ("lan", "minh", "huong", "thao", "stranger")}
    everything = ["v1", "v2", "v3"]
    assert seen == {"lan": everything, "minh": everything, "huong": everything, "thao": ["v2"], "stranger": []}


def test_list_searches_and_filters(db: Database, cast: dict[str, Person]):
    _hoat_giang, ha_trung, _dong_anh = plan(db, cast, "15286", "15271", "00454")
    answer(db, cast, "v2", B01="3", B02="3", I04="không")
    submit_visit(db, ha_trung, "", by=cast["minh"].id)
    huong = cast["huong"]
    assert listed(db, huong, words="ha trung") == ["v2"]
    assert listed(db, huong, words="Đông Anh") == ["v3"]
    assert listed(db, huong, words="2083 minh") == ["v1", "v2", "v3"]
    assert listed(db, huong, words="2083/QĐ minh") == ["v1", "v2", "v3"]
    assert listed(db, huong, words="không-có%") == []
    assert listed(db, huong, province="38") == ["v1", "v2"]
    assert listed(db, huong, state="submitted") == ["v2"]
    assert listed(db, huong, level="4") == ["v2"]
    assert listed(db, huong, level="none") == ["v1", "v3"]


def test_list_page_counts_states_and_names_the_level(huong: FlaskClient, db: Database, cast: dict[str, Person]):
    visit, _draft = plan(db, cast, "15271", "15286")
    answer(db, cast, B01="3", B02="2")
    submit_visit(db, visit, "", by=cast["minh"].id)
    page = text(huong, "/trips")
    assert "2 buổi làm việc" in page
    assert "Sẵn sàng</span>" in page
    assert "91,7" in page


def test_list_turns_pages(db: Database, cast: dict[str, Person], monkeypatch: pytest.MonkeyPatch):
    plan(db, cast, "15271", "15286", "00454")
    monkeypatch.setattr(visit_list, "PAGE_SIZE", 2)
    found = visit_list.list_visits(db, cast["minh"], Wanted(page=9))
    assert ([visit.id for visit in found.visits], found.page, found.pages) == (["v3"], 2, 2)
