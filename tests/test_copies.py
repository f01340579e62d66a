"""A copy saved on a tablet: taken in as often as one likes, under its authors, and nothing damaged is believed."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import Any

import pytest

from survey.database import Database
from survey.problems import Problem
from survey.settings import Settings
from survey.store import attachments, audit, changes, trips, visits
from survey.store.people import Person
from survey.sync import exchange
from survey.sync.exchange import take_in
from tests.copy_world import NAME, Bring, by, counts, hash_of, photo, problem_of, refused, save_copy, taking_in
from tests.field_world import make_id, plan_visit, sent

Cast = dict[str, Person]


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: Cast) -> None:
    plan_visit(db, cast)


@pytest.fixture
def bring(db: Database, settings: Settings) -> Bring:
    """`bring(path)` as the operator of the server, `bring(path, person)` as that person."""

    return taking_in(db, settings)


def authors(db: Database) -> dict[str, str]:
    return {change.question: change.author for change in changes.changes_of(db, "v1")}


@pytest.mark.parametrize("packed", [True, False])
def test_the_operator_brings_in_everything_under_its_authors(
    bring: Bring, db: Database, cast: Cast, tmp_path: Path, packed: bool
):
    lan, minh = cast["lan"], cast["minh"]
    path = save_copy(
        tmp_path, lan, by(lan, 1, "/B/B01", "3"), by(minh, 2, "/B/B02", "yes"), photos=[photo()], packed=packed
    )
    assert counts(bring(path)) == (2, 0, 0, 1, 0, 0)
    assert authors(db) == {"/B/B01": lan.id, "/B/B02": minh.id}
    assert [kept.author_id for kept in attachments.attachments_of(db, "v1")] == [lan.id]


def test_the_same_copy_again_changes_nothing(bring: Bring, db: Database, cast: Cast, tmp_path: Path):
    path = save_copy(tmp_path, cast["lan"], by(cast["lan"], 1, "/B/B01", "3"), photos=[photo()])
    first, again = bring(path), bring(path)
    assert (counts(first), counts(again)) == ((1, 0, 0, 1, 0, 0), (0, 1, 0, 0, 1, 0))
    (row,) = [entry for entry in audit.of_visit(db, "v1") if entry.action == "copy_taken_in"]
    assert (row.person, row.details) == (None, {"file": NAME, "device": "tablet-1"} | first.counts())


def test_what_is_synced_already_counts_as_known(bring: Bring, db: Database, cast: Cast, tmp_path: Path):
    lan = cast["lan"]
    take_in(db, lan, [sent(1, "/B/B01", "3")])
    path = save_copy(tmp_path, lan, by(lan, 1, "/B/B01", "3"), by(lan, 2, "/B/B02", "no"), by(lan, 2, "/B/B02", "no"))
    assert counts(bring(path)) == (1, 2, 0, 0, 0, 0)
    assert changes.answers_of(db, "v1") == {"/B/B01": "3", "/B/B02": "no"}


def test_a_member_brings_in_own_changes_only(bring: Bring, db: Database, cast: Cast, tmp_path: Path):
    lan, minh = cast["lan"], cast["minh"]
    take_in(db, minh, [sent(3, "/B/B05", 40)])
    lines = by(lan, 1, "/B/B01", "3"), by(minh, 2, "/B/B02", "yes"), by(minh, 3, "/B/B05", 40)
    summary = bring(save_copy(tmp_path, lan, *lines), lan)
    assert (counts(summary), refused(summary)) == ((1, 1, 1, 0, 0, 0), [("changes.jsonl:2", "author_other")])
    (kept,) = changes.refusals_of(db, lan.id)
    assert (kept.id, kept.visit_id, json.loads(kept.body)) == (make_id(2), "v1", lines[1])


def test_the_leader_brings_in_those_of_the_members(bring: Bring, db: Database, cast: Cast, tmp_path: Path):
    lan, minh, stranger = cast["lan"], cast["minh"], cast["stranger"]
    lines = by(lan, 1, "/B/B01", "3"), by(minh, 2, "/B/B02", "yes"), by(stranger, 3, "/B/B05", 40)
    summary = bring(save_copy(tmp_path, lan, *lines), minh)
    assert refused(summary) == [("changes.jsonl:3", "author_unknown")]
    assert authors(db) == {"/B/B01": lan.id, "/B/B02": minh.id}
    assert [entry.person for entry in audit.of_visit(db, "v1") if entry.action == "copy_taken_in"] == [minh.name]


def test_another_leader_on_the_trip_is_a_member_there(bring: Bring, db: Database, cast: Cast, tmp_path: Path):
    trips.set_member(db, "t1", cast["stranger"].id, "")
    path = save_copy(tmp_path, cast["lan"], by(cast["lan"], 1, "/B/B01", "3"))
    assert refused(bring(path, cast["stranger"])) == [("changes.jsonl:1", "author_other")]


@pytest.mark.parametrize("author", ["nobody", "\ud800", "x" * 80, 7, {"id": 1}, "huong", "stranger"])
def test_a_forged_author_is_refused_and_kept_for_the_leader(
    bring: Bring, db: Database, cast: Cast, tmp_path: Path, author: Any
):
    named = cast[author].id if isinstance(author, str) and author in cast else author
    lines = sent(1, "/B/B01", "3", author=named), by(cast["minh"], 2, "/B/B02", "yes")
    path = save_copy(tmp_path, cast["stranger"], *lines)
    first, again = bring(path), bring(path)
    assert (counts(first), refused(first)) == ((1, 0, 1, 0, 0, 0), [("changes.jsonl:1", "author_unknown")])
    assert refused(again) == refused(first)
    assert [json.loads(kept.body) for kept in changes.refusals_of(db, cast["minh"].id)] == [lines[0]]


def test_a_visit_of_others_is_not_found(bring: Bring, db: Database, cast: Cast, tmp_path: Path):
    path = save_copy(tmp_path, cast["stranger"], by(cast["stranger"], 1, "/B/B01", "3"))
    with pytest.raises(Problem, match="Không tìm thấy buổi làm việc"):
        bring(path, cast["stranger"])
    assert changes.changes_of(db, "v1") == []


def test_other_content_under_a_known_id_is_refused(bring: Bring, db: Database, cast: Cast, tmp_path: Path):
    take_in(db, cast["lan"], [sent(1, "/B/B01", "3")])
    summary = bring(save_copy(tmp_path, cast["lan"], by(cast["lan"], 1, "/B/B01", "0")))
    assert (counts(summary), refused(summary)) == ((0, 0, 1, 0, 0, 0), [("changes.jsonl:1", "id_taken")])
    assert changes.answers_of(db, "v1") == {"/B/B01": "3"}


def test_a_visit_submitted_meanwhile_takes_no_more_files(
    bring: Bring, db: Database, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def taken_in_just_before(*sent: Any) -> exchange.Receipt:
        receipt = take_in(*sent)
        visits.mark_submitted(db, "v1", cast["minh"].id, None)
        return receipt

    monkeypatch.setattr(exchange, "take_in", taken_in_just_before)
    summary = bring(save_copy(tmp_path, cast["lan"], by(cast["lan"], 1, "/B/B01", "3"), photos=[photo()]))
    assert (summary.new, [one.code for one in summary.attachments_refused]) == (1, ["visit_submitted"])


def test_a_change_of_another_visit_is_refused_alone(bring: Bring, db: Database, cast: Cast, tmp_path: Path):
    lan = cast["lan"]
    visits.add(db, "v2", "t1", "14797", ("thu", "1"), "2025-08-19", cast["minh"].id)
    take_in(db, lan, [sent(1, "/B/B01", "3", visit="v2")])
    summary = bring(save_copy(tmp_path, lan, by(lan, 1, "/B/B01", "3", visit="v2"), by(lan, 2, "/B/B02", "yes")))
    assert (summary.new, summary.known, refused(summary)) == (1, 0, [("changes.jsonl:1", "other_visit")])


def test_a_submitted_visit_loses_nothing(bring: Bring, db: Database, cast: Cast, tmp_path: Path):
    lan = cast["lan"]
    take_in(db, lan, [sent(1, "/B/B01", "3")])
    visits.mark_submitted(db, "v1", cast["minh"].id, None)
    waiting = by(lan, 2, "/B/B02", "no")
    path = save_copy(tmp_path, lan, by(lan, 1, "/B/B01", "3"), waiting, photos=[photo()])
    summary = bring(path)
    assert (summary.known, refused(summary)) == (
        1,
        [("changes.jsonl:2", "visit_submitted"), (f"attachments/{hash_of(photo())}", "visit_submitted")],
    )
    assert [json.loads(kept.body) for kept in changes.refusals_of(db, lan.id)] == [waiting]
    visits.mark_draft(db, "v1")
    assert counts(bring(path)) == (1, 1, 0, 1, 0, 0)


def test_lines_that_cannot_be_read_are_named_and_the_rest_goes_in(
    bring: Bring, db: Database, cast: Cast, tmp_path: Path
):
    lan = cast["lan"]
    lines = (
        by(lan, 1, "/B/B01", "3"), b'{"id": "torn', b"[" * 100_000, b"\xff\xfe", b"  ", b"x" * 1_100_000,
        by(lan, 2, "/B/B05", "many"), by(lan, 3, "/B/B02", "yes"),
        json.dumps(by(lan, 4, "/B/B06", 1.5)).encode().ljust(600_000) + b"more",
    )  # fmt: skip
    summary = bring(save_copy(tmp_path, lan, *lines, changes=8))
    assert refused(summary) == [
        *((f"changes.jsonl:{number}", "unreadable") for number in (2, 3, 4, 6)), ("changes.jsonl:7", "value_type"),
        ("changes.jsonl:9", "unreadable"),
    ]  # fmt: skip
    assert summary.new == 2
    kept = [json.loads(one.body) for one in changes.refusals_of(db, lan.id)]
    assert (len(kept), '{"id": "torn' in kept) == (6, True)


def test_a_log_longer_than_a_batch_goes_in_whole(
    bring: Bring, db: Database, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    lan, batches = cast["lan"], []
    monkeypatch.setattr(exchange, "take_in", lambda *sent: batches.append(len(sent[2])) or take_in(*sent))
    lines = [by(lan, n, "/B/B05", n % 100, replaces=(n - 1,) if n > 1 else ()) for n in range(1, 2_501)]
    assert counts(bring(save_copy(tmp_path, lan, *lines))) == (2_500, 0, 0, 0, 0, 0)
    assert batches == [1_000, 1_000, 500]
    assert changes.answers_of(db, "v1") == {"/B/B05": 0}


def test_contents_that_promise_more_than_there_is_are_told(bring: Bring, cast: Cast, tmp_path: Path):
    lan = cast["lan"]
    summary = bring(save_copy(tmp_path, lan, by(lan, 1, "/B/B01", "3"), changes=2))
    assert (summary.new, [one.message for one in summary.refused]) == (
        1,
        ["Danh mục ghi 2 câu trả lời, trong bản sao có 1."],
    )


def test_attachments_that_are_not_as_they_were_saved_are_set_aside(
    bring: Bring, db: Database, cast: Cast, tmp_path: Path
):
    good, missing, other, text = photo("red"), photo("blue"), photo("green"), b"\0 no picture"
    unlisted = f"attachments/{'0' * 64}"
    parts = {f"attachments/{hash_of(missing)}": None, f"attachments/{hash_of(other)}": good, unlisted: good}
    path = save_copy(tmp_path, cast["lan"], photos=[missing, other, text, good], parts=parts)
    assert refused(bring(path)) == [
        (f"attachments/{hash_of(missing)}", "part_missing"), (f"attachments/{hash_of(other)}", "part_damaged"),
        (f"attachments/{hash_of(text)}", "attachment_bad"), (unlisted, "part_unlisted"),
    ]  # fmt: skip
    assert [kept.sha256 for kept in attachments.attachments_of(db, "v1")] == [hash_of(good)]


def test_a_file_that_the_folder_has_lost_comes_back(bring: Bring, settings: Settings, cast: Cast, tmp_path: Path):
    path = save_copy(tmp_path, cast["lan"], photos=[photo()])
    bring(path)
    place = attachments.place_of(settings.data, hash_of(photo()))
    place.unlink()
    assert (counts(bring(path)), place.exists()) == ((0, 0, 0, 1, 0, 0), True)


def test_nobody_left_to_take_an_attachment_over(bring: Bring, db: Database, cast: Cast, tmp_path: Path):
    path = save_copy(tmp_path, cast["stranger"], photos=[photo()])
    assert refused(bring(path)) == [(f"attachments/{hash_of(photo())}", "author_unknown")]
    other = save_copy(tmp_path, cast["stranger"], by(cast["lan"], 1, "/B/B01", "3"), photos=[photo()])
    bring(other)
    assert [kept.author_id for kept in attachments.attachments_of(db, "v1")] == [cast["lan"].id]


def test_a_change_without_author_belongs_to_the_holder(bring: Bring, db: Database, cast: Cast, tmp_path: Path):
    bring(save_copy(tmp_path, cast["lan"], sent(1, "/B/B01", "3")), cast["minh"])
    assert authors(db) == {"/B/B01": cast["lan"].id}


def test_what_went_in_before_a_failure_is_in_the_audit_trail(
    bring: Bring, db: Database, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(attachments, "keep_file", full)
    path = save_copy(tmp_path, cast["lan"], by(cast["lan"], 1, "/B/B01", "3"), photos=[photo()])
    assert problem_of(bring, path) == ("disk_full", {})
    assert [entry.details["new"] for entry in audit.of_visit(db, "v1") if entry.action == "copy_taken_in"] == [1]
