"""Exchanging changes: idempotent, one by one, by the right people only; a hostile body harms nobody."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from forms.log import Change
from survey.database import Database
from survey.store import changes, visits
from survey.store.people import Person
from survey.sync.exchange import broken_rules
from tests.field_world import make_id, plan_visit, sent


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: dict[str, Person]) -> None:
    plan_visit(db, cast)


def exchange(client: FlaskClient, *entries: Any, cursor: int = 0, **more: Any) -> dict[str, Any]:
    response = client.post("/api/sync", json={"device": "tablet-1", "cursor": cursor, "changes": list(entries)} | more)
    assert response.status_code == 200, response.get_data(as_text=True)
    return response.get_json()


def post(client: FlaskClient, body: bytes, **headers: str) -> TestResponse:
    return client.post("/api/sync", data=body, headers={"Content-Type": "application/json"} | headers)


def codes(answer: dict[str, Any]) -> list[str]:
    return [refusal["code"] for refusal in answer["refused"]]


def test_an_answer_goes_into_the_log_with_the_signed_in_person_as_author(
    lan: FlaskClient, db: Database, cast: dict[str, Person]
):
    answer = exchange(lan, sent(1, "/B/B01", "3", author="somebody-else"))
    assert answer.pop("server_time").endswith("Z")
    assert answer == {"accepted": [make_id(1)], "refused": [], "changes": [], "people": {}, "cursor": 1, "more": False}
    assert changes.changes_of(db, "v1") == [Change(**sent(1, "/B/B01", "3"), author=cast["lan"].id)]


def test_what_a_call_brought_comes_back_only_when_its_answer_was_lost(lan: FlaskClient, cast: dict[str, Person]):
    exchange(lan, sent(1, "/B/B01", "3"))
    again = exchange(lan, sent(1, "/B/B01", "3"))
    lan_id = cast["lan"].id
    assert (again["changes"], again["cursor"]) == ([sent(1, "/B/B01", "3", author=lan_id)], 1)
    assert again["people"] == {lan_id: "Trần Thị Lan"}


def test_sending_again_is_accepted_again_and_changes_nothing(lan: FlaskClient, minh: FlaskClient, db: Database):
    exchange(lan, sent(1, "/B/B01", "3"))
    assert exchange(lan, sent(1, "/B/B01", "3"))["accepted"] == [make_id(1)]
    assert exchange(minh, sent(1, "/B/B01", "3"))["accepted"] == [make_id(1)]
    assert len(changes.changes_of(db, "v1")) == 1


def test_the_same_id_with_other_content_is_refused_and_kept_aside(
    lan: FlaskClient, db: Database, cast: dict[str, Person]
):
    exchange(lan, sent(1, "/B/B01", "3"))
    other = sent(1, "/B/B01", "2")
    assert codes(exchange(lan, other)) == ["id_taken"]
    (kept,) = changes.refusals_of(db, cast["lan"].id)
    assert (kept.id, kept.visit_id, kept.code, json.loads(kept.body)) == (make_id(1), "v1", "id_taken", other)
    assert changes.answers_of(db, "v1") == {"/B/B01": "3"}


def test_colleagues_get_each_others_changes_from_their_cursor(lan: FlaskClient, minh: FlaskClient):
    exchange(lan, sent(1, "/B/B01", "3"))
    exchange(lan, sent(2, "/B/B02", "yes"))
    answer = exchange(minh, sent(3, "/B/B05", 40), cursor=1)
    assert ([change["id"] for change in answer["changes"]], answer["cursor"]) == ([make_id(2)], 3)
    assert exchange(minh, cursor=3, visits=["v1"])["changes"] == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"visit": "nowhere"}, "visit_not_found"),
        ({"question": "/B/B99"}, "question_unknown"),
        ({"question": "/A/A07/A07_name"}, "question_unknown"),
        ({"question": "/B/B01#colour"}, "question_unknown"),
        ({"question": "/B"}, "question_unknown"),
        ({"question": "/B/B05", "value": "many"}, "value_type"),
        ({"question": "/B/B05", "value": 2.5}, "value_type"),
        ({"question": "/B/B04", "value": "dvc"}, "value_type"),
        ({"question": "/B/B01", "value": {"a": 1}}, "value_type"),
        ({"question": "/B/B01#state", "value": "perhaps"}, "value_type"),
        ({"question": "/A/A02", "value": "nul \0"}, "value_type"),
        ({"question": "/A/A05", "value": ["not-a-hash"]}, "value_type"),
        ({"id": "1"}, "unreadable"),
        ({"at": "yesterday"}, "unreadable"),
        ({"role": "admin"}, "unreadable"),
        ({"replaces": [make_id(7)]}, "circle"),
    ],
)
def test_a_wrong_change_is_refused_and_the_rest_goes_through(lan: FlaskClient, wrong: dict[str, Any], code: str):
    answer = exchange(lan, sent(1, "/B/B02", "yes"), sent(7, "/B/B01", "3") | wrong, sent(8, "/B/B05", 40))
    assert (answer["accepted"], codes(answer)) == ([make_id(1), make_id(8)], [code])


@pytest.mark.parametrize("raw", [None, 7, "text", [], {"id": 5}, {"id": "\ud800\0"}])
def test_something_that_is_no_change_is_refused_and_kept(
    lan: FlaskClient, db: Database, cast: dict[str, Person], raw: Any
):
    assert codes(exchange(lan, raw)) == ["unreadable"]
    assert [json.loads(kept.body) for kept in changes.refusals_of(db, cast["lan"].id)] == [raw]


@pytest.mark.parametrize("number", ["NaN", "1e309", "-Infinity", "9" * 30])
def test_numbers_that_are_none_are_refused(lan: FlaskClient, number: str):
    body = json.dumps({"device": "t", "changes": [sent(1, "/B/B06", "@")]}).replace('"@"', number)
    assert codes(post(lan, body.encode()).get_json()) == ["value_type"]


def test_a_value_outside_its_constraint_is_accepted_and_flagged(lan: FlaskClient, db: Database):
    answer = exchange(
        lan,
        sent(1, "/B/B05", 140),
        sent(2, "/A/A07[k1]", True),
        sent(3, "/A/A07[k1]/A07_age", 140),
        sent(4, "/B/B06", 1.5),
    )
    assert answer["refused"] == []
    visit = visits.find(db, "v1")
    assert visit
    assert broken_rules(db, visit) == [make_id(1), make_id(3)]
    exchange(lan, sent(5, "/B/B05", 40, (1,)))
    assert broken_rules(db, visit) == [make_id(3)]


def test_two_tablets_make_a_conflict_that_both_keep(lan: FlaskClient, minh: FlaskClient, db: Database):
    exchange(lan, sent(1, "/B/B01", "3"))
    exchange(minh, sent(2, "/B/B01", "2"))
    exchange(lan, sent(3, "/B/B01", "2", (1, 2)))
    assert changes.answers_of(db, "v1") == {"/B/B01": "2"}


def test_a_submitted_visit_takes_nothing_new_but_what_it_has(lan: FlaskClient, db: Database, cast: dict[str, Person]):
    exchange(lan, sent(1, "/B/B01", "3"))
    visits.mark_submitted(db, "v1", cast["minh"].id, None)
    answer = exchange(lan, sent(1, "/B/B01", "3"), sent(2, "/B/B02", "no"))
    assert (answer["accepted"], codes(answer)) == ([make_id(1)], ["visit_submitted"])


def test_others_learn_nothing(stranger: FlaskClient, huong: FlaskClient, thao: FlaskClient, lan: FlaskClient, app: Any):
    exchange(lan, sent(1, "/B/B01", "3"))
    answer = exchange(stranger, sent(2, "/B/B01", "0"), visits=["v1"])
    assert (codes(answer), answer["changes"]) == (["visit_not_found"], [])
    assert [post(client, b"{}").status_code for client in (huong, thao)] == [403, 403]
    assert post(app.test_client(), b"{}").get_json()["code"] == "not_signed_in"


def test_a_packed_body_is_unpacked(lan: FlaskClient):
    body = json.dumps({"device": "t", "changes": [sent(1, "/B/B01", "3")]}).encode()
    assert post(lan, gzip.compress(body, mtime=0), **{"Content-Encoding": "gzip"}).get_json()["accepted"] == [
        make_id(1)
    ]


@pytest.mark.parametrize(
    ("body", "packed", "code"),
    [
        (b"{", False, "bad_request"),
        (b"[" * 200_000, False, "bad_request"),
        (b'{"device": "t", "cursor": -1}', False, "bad_request"),
        (b'{"device": "t", "changes": ' + json.dumps([None] * 1001).encode() + b"}", False, "too_large"),
        (b" " * (8 * 1024 * 1024 + 1), False, "too_large"),
        (gzip.compress(b" " * 200_000_000, mtime=0), True, "too_large"),
        (b"no gzip", True, "bad_request"),
        (gzip.compress(b"{}", mtime=0)[:-4], True, "bad_request"),
    ],
    ids=["torn", "nested", "cursor", "many", "large", "bomb", "unpacked", "cut"],
)
def test_a_hostile_body_is_refused_as_a_whole(lan: FlaskClient, body: bytes, packed: bool, code: str):
    response = post(lan, body, **({"Content-Encoding": "gzip"} if packed else {}))
    assert response.get_json()["code"] == code
