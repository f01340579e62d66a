"""What goes wrong around an exchange: hostile shapes, wrong clocks, checklists that change, lost answers, long pages."""

from __future__ import annotations

import gzip
import json
import sqlite3
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from forms.log import Change
from survey.assess import submit_visit
from survey.database import Database
from survey.migrations import MIGRATIONS
from survey.pages import sync
from survey.store import changes, checklists, visits
from survey.store.people import Person
from survey.sync import exchange
from survey.sync.exchange import take_in
from survey.sync.messages import Answer
from tests.field_world import CHECKLIST, DAY, make_id, plan_visit, sent

NOW = datetime(2025, 8, 19, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: dict[str, Person]) -> None:
    plan_visit(db, cast)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "moment", lambda: NOW)


def post(client: FlaskClient, *entries: Any, **more: Any) -> dict[str, Any]:
    response = client.post("/api/sync", json={"device": "t", "changes": list(entries)} | more)
    assert response.status_code == 200, response.text
    Answer.model_validate_json(response.data)
    return response.get_json()


def codes(answer: dict[str, Any]) -> list[str]:
    return [refusal["code"] for refusal in answer["refused"]]


def at(moment: datetime) -> dict[str, str]:
    text = exchange.instant(moment)
    return {"at": text, "device_at": text}


# Shapes


def test_an_id_twice_in_one_call_is_one_change(lan: FlaskClient, db: Database):
    first, other = sent(1, "/B/B01", "3"), sent(1, "/B/B01", "2")
    answer = post(lan, first, first, other)
    assert (answer["accepted"], codes(answer)) == ([make_id(1), make_id(1)], ["id_taken"])
    assert changes.answers_of(db, "v1") == {"/B/B01": "3"}


def test_an_id_belongs_to_its_visit(lan: FlaskClient, db: Database, cast: dict[str, Person]):
    visits.add(db, "v2", "t1", "15274", ("thu", "1"), DAY, cast["minh"].id)
    assert post(lan, sent(1, "/B/B01", "3"), sent(1, "/B/B01", "2", visit="v2"))["refused"] == []
    assert (changes.answers_of(db, "v1"), changes.answers_of(db, "v2")) == ({"/B/B01": "3"}, {"/B/B01": "2"})


@pytest.mark.parametrize(
    "question",
    [
        "/B/B05\n",
        "/B/B05#note\n",
        "/A/A07[k]\n",
        "B05",
        "/B05",
        "//B/B05",
        "/B/B05#",
        "/A[k]/A07/A07_age",
        "/A/A07/A07_age[k]",
    ],
)
def test_a_question_has_one_spelling(lan: FlaskClient, question: str):
    assert codes(post(lan, sent(1, question, 5)))[0] in ("question_unknown", "unreadable")


@pytest.mark.parametrize(
    "moment",
    ["2025-13-01T00:00:00.000Z", "2025-08-32T00:00:00.000Z", "2025-08-19T24:00:00.000Z", "٢٠٢٥-08-19T02:00:00.000Z"],
)
def test_a_moment_that_no_clock_shows_is_unreadable(lan: FlaskClient, moment: str):
    assert codes(post(lan, sent(1, "/B/B01", "3") | {"at": moment})) == ["unreadable"]


@pytest.mark.parametrize("depth", [*range(150, 1000, 50), *range(900, 1000, 3), 100_000])
def test_deep_nesting_never_breaks_the_server(lan: FlaskClient, depth: int):
    change = json.dumps(sent(1, "/B/B01", "@")).replace('"@"', "[" * depth + "]" * depth)
    body = f'{{"device": "t", "changes": [{change}, {json.dumps(sent(2, "/B/B02", "yes"))}]}}'
    response = lan.post("/api/sync", data=body, content_type="application/json")
    assert (response.status_code, response.get_json().get("accepted")) in [(200, [make_id(2)]), (400, None)]


def test_halves_of_characters_anywhere_harm_only_their_own_change(lan: FlaskClient):
    for name in ("id", "visit", "question", "value", "device", "author"):
        wrong = json.dumps(sent(1, "/B/B01#note", "x") | {name: "@"}).replace('"@"', '"\\ud800"')
        body = f'{{"device": "t", "changes": [{wrong}, {json.dumps(sent(2, "/B/B02", "yes"))}]}}'
        response = lan.post("/api/sync", data=body, content_type="application/json")
        assert (response.get_json()["accepted"], len(codes(response.get_json()))) == ([make_id(2)], 1), name


@pytest.mark.parametrize(
    "text", ['{"visits": ["\\ud800"]}', '{"visits": ["\\u0000"]}', '{"cursor": 1e309}', '{"cursor": NaN}']
)
def test_an_odd_request_gets_an_answer(lan: FlaskClient, text: str):
    response = lan.post("/api/sync", data=text[:-1] + ', "device": "t"}', content_type="application/json")
    assert response.status_code in (200, 400)


def test_a_packed_bomb_costs_little_memory(lan: FlaskClient):
    bomb = gzip.compress(b" " * 500_000_000, 9, mtime=0)
    tracemalloc.start()
    response = lan.post(
        "/api/sync", data=bomb, headers={"Content-Encoding": "gzip", "Content-Type": "application/json"}
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (response.get_json()["code"], peak < 40_000_000) == ("too_large", True)


def test_fifty_megabytes_are_refused(lan: FlaskClient):
    body = b'{"device": "t", "changes": ["' + b"x" * 50_000_000 + b'"]}'
    assert lan.post("/api/sync", data=body, content_type="application/json").get_json()["code"] == "too_large"


def test_a_call_may_replace_more_ids_than_one_statement_carries(db: Database, cast: dict[str, Person]):
    db.conn.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 32_766)  # the least of all versions in use
    replaced = [[make_id(10_000 + 100 * n + m) for m in range(100)] for n in range(1, 901)]
    entries = [sent(n, "/B/B05", n) | {"replaces": ids} for n, ids in enumerate(replaced, 1)]
    assert len(take_in(db, cast["lan"], entries).accepted) == 900
    assert len(changes.awaited_of(db, [("v1", make_id(n)) for n in range(10_000, 101_000)])) == 90_000


def test_what_is_nested_too_deeply_to_be_kept_is_named(lan: FlaskClient, db: Database, cast: dict[str, Person]):
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    receipt = take_in(db, cast["lan"], [sent(1, "/B/B01", deep), sent(2, "/B/B02", "yes")])
    assert (receipt.accepted, [refusal["code"] for refusal in receipt.refused]) == ([make_id(2)], ["value_type"])
    assert [kept.body for kept in changes.refusals_of(db, cast["lan"].id)] == ['"nested too deeply"']


def test_the_fast_and_the_slow_way_say_the_same(lan: FlaskClient, db: Database):
    entries = [sent(1, "/B/B01", "3"), sent(2, "/B/B99", "3"), sent(3, "/B/B05", "many"), sent(4, "/B/B05", 5, (4,))]
    fast = post(lan, *entries)
    slow = post(lan, *entries, None)
    assert slow["accepted"] == fast["accepted"] == [make_id(1)]
    assert codes(fast) == ["question_unknown", "value_type", "circle"]
    assert codes(slow) == [*codes(fast), "unreadable"]


# Clocks


@pytest.mark.usefixtures("clock")
def test_a_clock_that_is_years_ahead_makes_no_answer_unbeatable(lan: FlaskClient, minh: FlaskClient, db: Database):
    ahead = sent(1, "/B/B05", 1) | at(NOW + timedelta(days=4000))
    answer = post(lan, ahead)
    taken = ahead | {"at": exchange.instant(NOW)}
    assert [change | {"author": ""} for change in answer["changes"]] == [taken | {"author": ""}]
    post(minh, sent(2, "/B/B05", 2) | at(NOW + timedelta(minutes=4)))
    assert changes.answers_of(db, "v1") == {"/B/B05": 2}


@pytest.mark.usefixtures("clock")
def test_a_retimed_change_is_the_same_however_it_comes_again(lan: FlaskClient, db: Database):
    ahead = sent(1, "/B/B05", 1) | at(NOW + timedelta(days=9))
    post(lan, ahead)
    corrected = ahead | {"at": exchange.instant(NOW)}
    again = post(lan, ahead, corrected)
    assert (again["accepted"], again["refused"]) == ([make_id(1), make_id(1)], [])
    assert [change["at"] for change in again["changes"]] == [corrected["at"]]
    assert codes(post(lan, ahead | {"device_at": corrected["at"]})) == ["id_taken"]


@pytest.mark.usefixtures("clock")
def test_a_clock_set_back_loses_nothing_and_keeps_what_it_replaces(lan: FlaskClient, db: Database):
    post(lan, sent(1, "/B/B05", 1) | at(NOW))
    post(lan, sent(2, "/B/B05", 2, (1,)) | at(NOW - timedelta(days=30)))
    assert changes.answers_of(db, "v1") == {"/B/B05": 2}
    post(lan, sent(3, "/B/B05", 3) | at(NOW - timedelta(days=60)))
    assert changes.answers_of(db, "v1") == {"/B/B05": 2}
    assert len(changes.changes_of(db, "v1")) == 3


# Replacing


def test_a_circle_over_several_calls_is_refused(lan: FlaskClient, minh: FlaskClient, db: Database):
    post(lan, sent(1, "/B/B05", 1, (2,)))
    post(minh, sent(3, "/B/B05", 3, (1,)))
    assert codes(post(minh, sent(2, "/B/B05", 2, (3,)))) == ["circle"]
    assert changes.answers_of(db, "v1") == {"/B/B05": 3}


def test_what_comes_in_the_wrong_order_is_taken_in(lan: FlaskClient, minh: FlaskClient, db: Database):
    post(lan, sent(3, "/B/B05", 3, (2,)))
    assert post(minh, sent(2, "/B/B05", 2, (1,)), sent(1, "/B/B05", 1))["refused"] == []
    assert changes.answers_of(db, "v1") == {"/B/B05": 3}


def test_a_circle_within_one_call_is_refused(lan: FlaskClient):
    answer = post(lan, sent(1, "/B/B05", 1, (2,)), sent(2, "/B/B05", 2, (3,)), sent(3, "/B/B05", 3, (1,)))
    assert (answer["accepted"], codes(answer)) == ([make_id(1), make_id(2)], ["circle"])


# What happens meanwhile

BESIDE = pytest.mark.parametrize("beside", [[], [None]], ids=["all right", "one unreadable"])


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Has something happen once between deciding about the changes of a call and writing them."""
    rows_of = changes.rows_of

    def happen(what: Callable[[], object]) -> None:
        def decided(*asked: Any) -> Any:
            monkeypatch.setattr(changes, "rows_of", rows_of)
            what()
            return rows_of(*asked)

        monkeypatch.setattr(changes, "rows_of", decided)

    return happen


@BESIDE
def test_a_visit_submitted_between_reading_and_writing_takes_nothing(
    db: Database, cast: dict[str, Person], meanwhile: Any, beside: list[Any]
):
    meanwhile(lambda: visits.mark_submitted(db, "v1", cast["minh"].id, None))
    receipt = take_in(db, cast["lan"], [sent(1, "/B/B01", "3"), *beside])
    assert receipt.refused[0]["code"] == "visit_submitted"
    assert changes.changes_of(db, "v1") == []


@BESIDE
def test_the_same_change_brought_by_another_meanwhile_is_there_once(
    db: Database, cast: dict[str, Person], meanwhile: Any, beside: list[Any]
):
    change = Change(**sent(1, "/B/B01", "3"), author=cast["minh"].id)
    meanwhile(lambda: changes.append_change(db, change, "2025-08-19T03:00:00Z"))
    receipt = take_in(db, cast["lan"], [sent(1, "/B/B01", "3"), *beside])
    assert (receipt.accepted, receipt.first) == ([make_id(1)], None)
    assert [change.author for change in changes.changes_of(db, "v1")] == [cast["minh"].id]


@BESIDE
@pytest.mark.parametrize("before", [[], [sent(3, "/B/B05", 3, (1,))]], ids=["at once", "over a third"])
def test_a_circle_that_another_closes_meanwhile_is_refused(
    db: Database, cast: dict[str, Person], meanwhile: Any, before: list[Any], beside: list[Any]
):
    take_in(db, cast["minh"], before)
    other = sent(2, "/B/B05", 2, (3,) if before else (1,))
    receipts = []
    meanwhile(lambda: receipts.append(take_in(db, cast["minh"], [other])))
    receipt = take_in(db, cast["lan"], [sent(1, "/B/B05", 1, (2,)), *beside])
    assert (receipts[0].refused, receipt.refused[0]["code"]) == ([], "circle")


def test_what_is_known_and_what_is_new_come_together(lan: FlaskClient, db: Database):
    post(lan, sent(1, "/B/B01", "3"))
    answer = post(lan, sent(1, "/B/B01", "3"), sent(2, "/B/B02", "yes"))
    assert (answer["accepted"], answer["refused"]) == ([make_id(1), make_id(2)], [])
    assert changes.answers_of(db, "v1") == {"/B/B01": "3", "/B/B02": "yes"}


def test_a_refusal_is_kept_once_whatever_it_came_with(lan: FlaskClient, db: Database, cast: dict[str, Person]):
    wrong = sent(1, "/B/B99", "3")
    post(lan, wrong)
    post(lan, None, dict(reversed(wrong.items())))
    kept = [json.loads(refusal.body) for refusal in changes.refusals_of(db, cast["lan"].id)]
    assert sorted(kept, key=str) == sorted([wrong, None], key=str)


def test_a_checklist_published_during_the_trip_changes_no_visit(
    lan: FlaskClient, db: Database, cast: dict[str, Person]
):
    post(lan, sent(1, "/B/B05", 1))
    newer = CHECKLIST.replace("| thu | 1 |", "| thu | 2 |").replace("| integer | B05 |", "| text | B05 |")
    checklists.publish(db, newer.encode(), "thu.md", by=cast["quan"].id)
    answer = post(lan, sent(2, "/B/B05", 2), sent(3, "/B/B05", "text"))
    assert (answer["accepted"], codes(answer)) == ([make_id(2)], ["value_type"])


def test_an_answer_to_a_submitted_visit_waits_until_it_is_open_again(
    lan: FlaskClient, db: Database, cast: dict[str, Person]
):
    visit = visits.find(db, "v1")
    assert visit
    submit_visit(db, visit, "mất điện", by=cast["minh"].id)
    assert codes(post(lan, sent(1, "/B/B01", "3"))) == ["visit_submitted"]
    visits.mark_draft(db, "v1")
    assert post(lan, sent(1, "/B/B01", "3"))["accepted"] == [make_id(1)]


def test_who_has_left_the_delegation_learns_and_writes_nothing(lan: FlaskClient, db: Database, cast: dict[str, Person]):
    post(lan, sent(1, "/B/B01", "3"))
    db.execute("delete from trip_member where person_id = :lan", {"lan": cast["lan"].id})
    answer = post(lan, sent(2, "/B/B01", "2"), visits=None)
    assert (codes(answer), answer["changes"]) == (["visit_not_found"], [])


@BESIDE
def test_a_failure_while_writing_leaves_nothing_half_written(
    lan: FlaskClient, db: Database, monkeypatch: pytest.MonkeyPatch, beside: list[Any]
):
    def no_room(*written: Any) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(changes, "await_changes", no_room)  # after the log
    batch = [sent(1, "/B/B01", "3", (9,)), *beside]
    assert lan.post("/api/sync", json={"device": "t", "changes": batch}).status_code == 500
    assert changes.changes_of(db, "v1") == []
    monkeypatch.undo()
    assert post(lan, sent(1, "/B/B01", "3"))["accepted"] == [make_id(1)]


# Pages


def collect(client: FlaskClient) -> tuple[list[str], int]:
    """All changes of the signed-in person, and how many calls that took."""
    found, cursor, calls = [], 0, 0
    while True:
        answer = post(client, cursor=cursor)
        found += [change["id"] for change in answer["changes"]]
        cursor, calls = answer["cursor"], calls + 1
        if not answer["more"]:
            return found, calls


@pytest.mark.parametrize(
    ("most", "size", "calls"), [(3, 10**6, 3), (4, 10**6, 2), (100, 30, 2), (100, 10, 4), (100, 1, 8)]
)
def test_pages_end_by_number_and_by_length(
    lan: FlaskClient, minh: FlaskClient, monkeypatch: pytest.MonkeyPatch, most: int, size: int, calls: int
):
    post(lan, *(sent(n, "/B/B05", n) for n in range(1, 9)))
    monkeypatch.setattr(sync, "PAGE", most)
    monkeypatch.setattr(sync, "PAGE_SIZE", size)
    assert collect(minh) == ([make_id(n) for n in range(1, 9)], calls)


def test_what_is_sent_with_a_page_still_to_come_gets_lost_nowhere(
    lan: FlaskClient, minh: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    post(lan, *(sent(n, "/B/B05", n) for n in range(1, 4)))
    monkeypatch.setattr(sync, "PAGE", 2)
    answer = post(minh, sent(4, "/B/B05", 4))
    assert ([change["id"] for change in answer["changes"]], answer["more"]) == ([make_id(1), make_id(2)], True)
    rest = post(minh, cursor=answer["cursor"])
    assert ([change["id"] for change in rest["changes"]], rest["more"]) == ([make_id(3), make_id(4)], False)


def test_an_older_database_is_brought_along(tmp_path: Any, db: Database, cast: dict[str, Person]):
    old = sqlite3.connect(tmp_path / "old.sqlite", isolation_level=None)
    old.executescript(MIGRATIONS[0][1])
    insert = "insert into change (id, visit_id, question, replaces, at, device_at, device, author_id, received_at) values (?, 'v', '/q', ?, '', '', '', '', '')"
    old.execute(insert, ["a", '["b", "c"]'])
    old.execute(insert, ["b", "[]"])
    for body in ("1", "2"):
        old.execute("insert into refused_change values ('', '', '', 'p', 'circle', '', ?, '')", [body])
    old.executescript(MIGRATIONS[1][1])
    assert old.execute("select visit_id, id from awaited_change").fetchall() == [("v", "c")]
    assert old.execute("select seq, id, replaces from change").fetchall() == [(1, "a", '["b", "c"]'), (2, "b", "[]")]
    assert old.execute("select count(distinct digest), count(*) from refused_change").fetchone() == (2, 2)
    old.close()
