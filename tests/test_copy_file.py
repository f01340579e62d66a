"""A copy that is torn, forged or too large is told apart and never fills the memory."""

from __future__ import annotations

import random
import struct
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest

from survey.database import Database
from survey.problems import Problem
from survey.settings import Settings
from survey.store import changes
from survey.store.people import Person
from survey.sync import copy_file
from tests.copy_world import NAME, Bring, by, counts, hash_of, photo, problem_of, refused, save_copy, taking_in
from tests.field_world import plan_visit

Cast = dict[str, Person]


@pytest.fixture
def bring(db: Database, settings: Settings, cast: Cast) -> Bring:
    plan_visit(db, cast)
    return taking_in(db, settings)


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
