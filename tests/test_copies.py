"""A copy saved on a tablet: taken in as often as one likes, under its authors, and nothing damaged is believed."""

from __future__ import annotations

import errno
import json
import random
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from survey import copy_file, exchange
from survey.copies import Summary, take_in_copy
from survey.copy_file import opened_copy
from survey.database import Database
from survey.exchange import take_in
from survey.problems import Problem
from survey.settings import Settings
from survey.store import attachments, audit, changes, trips, visits
from survey.store.people import Person
from tests.copy_world import NAME, by, hash_of, photo, save_copy
from tests.field_world import make_id, plan_visit, sent

Cast = dict[str, Person]
Bring = Callable[..., Summary]


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: Cast) -> None:
    plan_visit(db, cast)


@pytest.fixture
def bring(db: Database, settings: Settings) -> Bring:
    """`bring(path)` as the operator of the server, `bring(path, person)` as that person."""

    def brought(path: Path, person: Person | None = None) -> Summary:
        with path.open("rb") as file, opened_copy(file) as copy:
            return take_in_copy(db, settings.data, copy, path.name, person)

    return brought


def counts(summary: Summary) -> tuple[int, int, int, int, int, int]:
    """New, known and refused answers, then the same for attachments."""
    return (
        summary.new, summary.known, len(summary.refused),
        summary.attachments_new, summary.attachments_known, len(summary.attachments_refused),
    )  # fmt: skip


def refused(summary: Summary) -> list[tuple[str, str]]:
    return [(one.place, one.code) for one in summary.all_refused]


def authors(db: Database) -> dict[str, str]:
    return {change.question: change.author for change in changes.changes_of(db, "v1")}


def problem_of(bring: Bring, path: Path) -> tuple[str, dict[str, object]]:
    with pytest.raises(Problem) as raised:
        bring(path)
    return raised.value.code, raised.value.details


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


def test_a_flipped_byte_in_an_attachment_costs_only_that_one(bring: Bring, cast: Cast, tmp_path: Path):
    photos = [photo("red"), photo("blue")]
    path = save_copy(tmp_path, cast["lan"], by(cast["lan"], 1, "/B/B01", "3"), photos=photos, packed=False)
    raw = bytearray(path.read_bytes())
    raw[raw.index(photos[0]) + 30] ^= 1
    path.write_bytes(raw)
    summary = bring(path)
    assert (counts(summary), refused(summary)[0][1]) == ((1, 0, 0, 1, 0, 1), "part_damaged")


def test_no_line_of_a_damaged_log_is_believed(bring: Bring, db: Database, cast: Cast, tmp_path: Path):
    path = save_copy(tmp_path, cast["lan"], by(cast["lan"], 1, "/B/B01", "3"), packed=False)
    path.write_bytes(path.read_bytes().replace(b'"value": "3"', b'"value": "2"'))
    assert problem_of(bring, path) == ("copy_part_damaged", {"part": "changes.jsonl"})
    assert changes.changes_of(db, "v1") == []


@pytest.mark.parametrize(
    ("parts", "code", "part"),
    [
        ({"../evil": b"x"}, "copy_foreign_part", "../evil"),
        ({"attachments/../../evil": b"x"}, "copy_foreign_part", "attachments/../../evil"),
        ({"/etc/passwd": b"x"}, "copy_foreign_part", "/etc/passwd"),
        ({"attachments/photo.jpg": b"x"}, "copy_foreign_part", "attachments/photo.jpg"),
        ({"readme\n.txt": b"x"}, "copy_foreign_part", "readme?.txt"),
        ({"copy.json": None}, "copy_part_missing", "copy.json"),
        ({"changes.jsonl": None}, "copy_part_missing", "changes.jsonl"),
        ({"copy.json": b"{"}, "copy_part_damaged", "copy.json"),
        ({"copy.json": b"[" * 100_000}, "copy_part_damaged", "copy.json"),
        ({"copy.json": b'{"version": 1}'}, "copy_part_damaged", "copy.json"),
        ({"copy.json": b" " * (1024 * 1024 + 1)}, "copy_part_damaged", "copy.json"),
    ],
)
def test_parts_that_do_not_belong_or_are_not_there(
    bring: Bring, cast: Cast, tmp_path: Path, parts: dict[str, bytes | None], code: str, part: str
):
    path = save_copy(tmp_path, cast["lan"], by(cast["lan"], 1, "/B/B01", "3"), parts=parts)
    assert problem_of(bring, path) == (code, {"part": part})
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize(
    "other", [{"surplus": 1}, {"format": "other"}, {"version": "1"}, {"version": True}, {"version": 0},
              {"made_at": "yesterday"}, {"changes": -1}, {"visit": {"id": "v1"}}, {"attachments": [{"sha256": "../x"}]}],
)  # fmt: skip
def test_contents_of_another_shape_are_refused(bring: Bring, cast: Cast, tmp_path: Path, other: dict[str, Any]):
    path = save_copy(tmp_path, cast["lan"], **other)
    assert problem_of(bring, path) == ("copy_part_damaged", {"part": "copy.json"})


def test_a_later_version_is_told_apart_from_damage(bring: Bring, cast: Cast, tmp_path: Path):
    path = save_copy(tmp_path, cast["lan"], version=2, surplus="of version 2")
    assert problem_of(bring, path) == ("copy_newer", {"version": 2})


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.9, 0.999])
def test_a_torn_file_is_refused(bring: Bring, cast: Cast, tmp_path: Path, kept: float):
    path = save_copy(tmp_path, cast["lan"], by(cast["lan"], 1, "/B/B01", "3"), photos=[photo()])
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])
    assert problem_of(bring, path) == ("copy_unreadable", {})


def test_the_same_name_twice_and_a_locked_part_are_refused(bring: Bring, cast: Cast, tmp_path: Path):
    path = save_copy(tmp_path, cast["lan"])
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("changes.jsonl", b"{}")
    assert problem_of(bring, path) == ("copy_foreign_part", {"part": "changes.jsonl"})
    raw = bytearray(save_copy(tmp_path, cast["lan"]).read_bytes())
    raw[raw.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(raw)
    assert problem_of(bring, path) == ("copy_part_damaged", {"part": "copy.json"})


def test_a_bomb_is_refused_before_it_goes_off(
    bring: Bring, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    large = b" " * (copy_file.LARGEST_LOG + 1)
    path = save_copy(tmp_path, cast["lan"], parts={"changes.jsonl": large})
    del large
    tracemalloc.start()
    assert problem_of(bring, path) == ("copy_part_damaged", {"part": "changes.jsonl"})
    assert tracemalloc.get_traced_memory()[1] < 4_000_000
    tracemalloc.stop()
    monkeypatch.setattr(copy_file, "LARGEST_COPY", 50_000_000)
    assert problem_of(bring, path) == ("copy_too_large", {"limit": 47})


def test_an_attachment_that_unpacks_to_gigabytes_is_set_aside(bring: Bring, cast: Cast, tmp_path: Path):
    large = b" " * (copy_file.LARGEST_FILE + 1)
    summary = bring(save_copy(tmp_path, cast["lan"], photos=[large]))
    assert refused(summary) == [(f"attachments/{hash_of(large)}", "part_too_large")]


def test_a_forged_list_of_parts_does_not_fill_the_memory(bring: Bring, cast: Cast, tmp_path: Path):
    path = save_copy(tmp_path, cast["lan"])
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 3, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"x"
    listed = entry * 500_000
    path.write_bytes(listed + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, len(listed), 0, 0))
    del listed
    tracemalloc.start()
    assert problem_of(bring, path) == ("copy_unreadable", {})
    assert tracemalloc.get_traced_memory()[1] < 4_000_000
    tracemalloc.stop()


def test_a_file_beyond_two_gigabytes_is_refused_unread(bring: Bring, tmp_path: Path):
    path = tmp_path / NAME
    with path.open("wb") as file:
        file.truncate(2 * 1024**3 + 1)  # a hole: takes no room on the disk
    assert problem_of(bring, path) == ("copy_too_large", {"limit": 2048})


def test_a_hundred_photos_are_in_memory_one_at_a_time(bring: Bring, cast: Cast, tmp_path: Path):
    noise = random.Random(1)
    photos = [noise.randbytes(300_000) for _ in range(100)]
    path = save_copy(tmp_path, cast["lan"], photos=photos, packed=False)
    del photos
    tracemalloc.start()
    assert counts(bring(path)) == (0, 0, 0, 0, 0, 100)
    assert tracemalloc.get_traced_memory()[1] < 4_000_000
    tracemalloc.stop()


def test_bytes_changed_anywhere_never_surprise(bring: Bring, cast: Cast, tmp_path: Path):
    lines = by(cast["lan"], 1, "/B/B01", "3"), by(cast["lan"], 2, "/B/B02", "yes")
    whole = save_copy(tmp_path, cast["lan"], *lines, photos=[photo()]).read_bytes()
    chance, path, told = random.Random(7), tmp_path / NAME, set()
    for _ in range(400):
        raw = bytearray(whole)
        for _ in range(chance.randint(1, 3)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        path.write_bytes(raw)
        try:
            told |= {code for _, code in refused(bring(path))}
        except Problem as problem:
            told.add(problem.code)
    assert {"copy_unreadable", "copy_part_damaged", "copy_foreign_part"} <= told


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
