"""Photos, recordings and files: taken in by hash, whole or in pieces, shown to those who see the visit."""

from __future__ import annotations

import errno
import io
import os
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from survey.database import Database
from survey.files import evidence
from survey.settings import Settings
from survey.store import attachments, visits
from survey.store.people import Person
from survey.store.pieces import DAYS_KEPT, Unfinished, unfinished_folder
from tests.field_world import plan_visit, sent
from tests.file_samples import hash_of, mp3, open_xml, pdf, picture, wav

MIB = 1024 * 1024


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: dict[str, Person]) -> None:
    plan_visit(db, cast)


def put(
    client: FlaskClient, content: bytes, sha256: str | None = None, visit: str = "v1", **headers: str
) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.put(f"/api/attachments/{sha256 or hash_of(content)}?visit={visit}", data=content, headers=named)


def put_piece(client: FlaskClient, whole: bytes, start: int, end: int, visit: str = "v1") -> TestResponse:
    """Send the bytes from `start` up to, not with, `end`."""
    span = f"bytes {start}-{end - 1}/{len(whole)}"
    return put(client, whole[start:end], hash_of(whole), visit, Content_Range=span)


def ask(client: FlaskClient, whole: bytes, visit: str = "v1") -> TestResponse:
    return put(client, b"", hash_of(whole), visit, Content_Range=f"bytes */{len(whole)}")


def told(response: TestResponse) -> tuple[int, object]:
    """The status, and how much is there, or the code of the problem, or the media type of the whole file."""
    said = response.get_json()
    return response.status_code, said.get("received", said.get("code", said.get("media_type")))


def show(client: FlaskClient, content: bytes, visit: str = "v1", **headers: str) -> TestResponse:
    return client.get(f"/api/attachments/{hash_of(content)}?visit={visit}", headers=headers)


def files_in(settings: Settings) -> list[str]:
    return sorted(path.name for path in (settings.data / "attachments").rglob("*") if path.is_file())


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")])
def test_a_picture_comes_back_as_a_picture_of_its_kind(lan: FlaskClient, kind: str, media_type: str):
    content = picture(kind)
    assert put(lan, content).get_json()["media_type"] == media_type
    shown = show(lan, content)
    assert (shown.mimetype, shown.headers["X-Content-Type-Options"], Image.open(io.BytesIO(shown.data)).size) == (
        media_type,
        "nosniff",
        (40, 20),
    )


def test_sending_again_changes_nothing(lan: FlaskClient, minh: FlaskClient, db: Database, cast: dict[str, Person]):
    content = picture()
    assert put(lan, content).get_json() == put(minh, content).get_json()
    assert [kept.author_id for kept in attachments.attachments_of(db, "v1")] == [cast["lan"].id]


def test_only_the_picture_is_kept(lan: FlaskClient, settings: Settings):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "camera of Lan"
    content = picture("JPEG", exif=exif) + b"<script>alert(1)</script>"
    put(lan, content)
    kept = attachments.place_of(settings.data, hash_of(content)).read_bytes()
    assert (b"camera" in kept, b"script" in kept, Image.open(io.BytesIO(kept)).size) == (False, False, (20, 40))


@pytest.mark.parametrize("content", [b"<html>", picture("GIF"), picture()[:60], b""])
def test_what_is_no_file_that_is_taken_is_refused_whatever_it_is_called(lan: FlaskClient, content: bytes):
    assert told(put(lan, content, Content_Type="image/png")) == (422, "attachment_bad")


def test_a_picture_that_unpacks_to_gigabytes_is_refused(lan: FlaskClient):
    assert put(lan, picture(size=(7_000, 7_000), mode="1")).get_json()["code"] == "attachment_bad"


def test_a_wrong_hash_and_a_large_file_are_refused(lan: FlaskClient, settings: Settings):
    assert put(lan, picture(), sha256="0" * 64).get_json()["code"] == "attachment_hash"
    assert put(lan, picture().ljust(10 * MIB + 1)).get_json()["code"] == "too_large"
    assert put(lan, picture(), sha256="..").status_code == 404
    assert files_in(settings) == []


def test_a_submitted_visit_takes_no_more_files(lan: FlaskClient, db: Database, cast: dict[str, Person]):
    visits.mark_submitted(db, "v1", cast["minh"].id, None)
    assert told(put(lan, picture())) == (409, "visit_submitted")
    assert told(put_piece(lan, pdf(), 0, 20)) == (409, "visit_submitted")
    assert told(ask(lan, pdf())) == (409, "visit_submitted")


def test_a_file_that_an_answer_names_comes_late(lan: FlaskClient, db: Database, cast: dict[str, Person]):
    photo, plan, quoted = picture(), pdf(), picture(size=(9, 9))
    named = [sent(1, "/A/A05", [hash_of(photo), hash_of(plan)]), sent(2, "/A/A02", f'xem "{hash_of(quoted)}"')]
    lan.post("/api/sync", json={"device": "tablet-1", "changes": named})
    visits.mark_submitted(db, "v1", cast["minh"].id, None)
    assert told(put(lan, photo)) == (200, "image/png")
    assert [told(put_piece(lan, plan, *part)) for part in ((0, 20), (20, len(plan)))] == [
        (202, 20),
        (200, "application/pdf"),
    ]
    assert told(put(lan, quoted)) == (409, "visit_submitted")


def test_an_answer_of_another_visit_opens_nothing(lan: FlaskClient, db: Database, cast: dict[str, Person]):
    visits.add(db, "v2", "t1", "15274", ("thu", "1"), "2025-08-19", cast["minh"].id)
    lan.post("/api/sync", json={"device": "t", "changes": [sent(1, "/A/A05", [hash_of(picture())], visit="v2")]})
    visits.mark_submitted(db, "v1", cast["minh"].id, None)
    assert told(put(lan, picture())) == (409, "visit_submitted")


def test_who_sees_a_picture(lan: FlaskClient, huong: FlaskClient, thao: FlaskClient, stranger: FlaskClient):
    content = picture()
    put(lan, content)
    assert [show(client, content).status_code for client in (lan, huong, thao, stranger)] == [200, 200, 403, 404]
    assert [put(client, content).status_code for client in (huong, stranger)] == [403, 404]
    assert show(lan, picture("WEBP")).get_json()["code"] == "attachment_not_found"


def test_a_file_comes_in_pieces(lan: FlaskClient, settings: Settings):
    whole = wav()
    assert told(ask(lan, whole)) == (202, 0)
    assert told(put_piece(lan, whole, 0, 700)) == (202, 700)
    assert told(ask(lan, whole)) == (202, 700)
    assert put_piece(lan, whole, 700, len(whole)).get_json() == {
        "sha256": hash_of(whole),
        "media_type": "audio/wav",
        "size": len(whole),
    }
    assert told(ask(lan, whole)) == told(put_piece(lan, whole, 0, 700)) == (200, "audio/wav")
    assert (files_in(settings), show(lan, whole).data == whole) == ([hash_of(whole)], True)


def test_a_piece_that_does_not_continue_says_where_to_go_on(lan: FlaskClient):
    whole = wav()
    put_piece(lan, whole, 0, 700)
    assert [told(put_piece(lan, whole, *part)) for part in ((0, 700), (701, 900), (300, 800))] == [(409, 700)] * 3
    assert put_piece(lan, whole, 0, 700).get_json()["code"] == "piece_out_of_place"
    assert told(put_piece(lan, whole, 700, len(whole))) == (200, "audio/wav")


def test_a_picture_in_pieces_is_written_anew(lan: FlaskClient):
    whole = picture("JPEG") + b"<script>alert(1)</script>"
    put_piece(lan, whole, 0, 100)
    assert told(put_piece(lan, whole, 100, len(whole))) == (200, "image/jpeg")
    assert (b"script" in show(lan, whole).data, show(lan, whole).mimetype) == (False, "image/jpeg")


def test_pieces_of_two_people_and_two_visits_do_not_mix(
    lan: FlaskClient, minh: FlaskClient, db: Database, cast: dict[str, Person], settings: Settings
):
    visits.add(db, "v2", "t1", "15274", ("thu", "1"), "2025-08-19", cast["minh"].id)
    whole, folder = wav(), unfinished_folder(settings.data)
    put_piece(lan, whole, 0, 700)
    assert [told(ask(minh, whole)), told(ask(lan, whole, visit="v2"))] == [(202, 0), (202, 0)]
    put_piece(minh, whole, 0, 100)
    put_piece(lan, whole, 0, 300, visit="v2")
    assert sorted(path.stat().st_size for path in folder.iterdir()) == [100, 300, 700]
    assert all(re.fullmatch(rf"{hash_of(whole)}\.[0-9a-f]{{32}}", path.name) for path in folder.iterdir())
    put_piece(lan, whole, 700, len(whole))
    assert told(ask(minh, whole)) == (200, "audio/wav")
    assert [path.stat().st_size for path in folder.iterdir()] == [300]


def test_a_file_whose_last_piece_came_twice_at_once_is_there(
    lan: FlaskClient, db: Database, cast: dict[str, Person], settings: Settings
):
    put(lan, wav())
    visit = visits.find(db, "v1")
    assert visit is not None
    taken_meanwhile = Unfinished(settings.data, hash_of(wav()), "v1", cast["lan"].id)
    assert evidence.finish(db, taken_meanwhile, visit).media_type == "audio/wav"


def test_pieces_that_come_to_another_file_are_dropped(lan: FlaskClient, settings: Settings):
    whole, name = wav(), hash_of(b"another")
    put(lan, whole[:700], name, Content_Range=f"bytes 0-699/{len(whole)}")
    last = put(lan, whole[700:], name, Content_Range=f"bytes 700-{len(whole) - 1}/{len(whole)}")
    assert (told(last), files_in(settings)) == ((422, "attachment_hash"), [])
    assert told(put(lan, b"", name, Content_Range=f"bytes */{len(whole)}")) == (202, 0)


def test_pieces_of_a_file_that_is_not_taken_are_dropped(lan: FlaskClient, settings: Settings):
    whole = b"<html>" + bytes(100)
    put_piece(lan, whole, 0, 50)
    assert told(put_piece(lan, whole, 50, len(whole))) == (422, "attachment_bad")
    assert files_in(settings) == []


@pytest.mark.parametrize(
    ("span", "length"),
    [("bytes 0-1048575/2147483648", MIB), ("bytes 0-2147483647/2147483648", 2048 * MIB), (None, 2048 * MIB)],
)
def test_a_file_larger_than_the_limit_is_refused_before_it_is_read(lan: FlaskClient, span: str | None, length: int):
    class Untouched:
        def read(self, size: int = -1) -> bytes:
            raise AssertionError("the body was read")

    body = {"wsgi.input": Untouched(), "CONTENT_LENGTH": str(length)}
    said = {"Content-Range": span} if span else {}
    name = f"/api/attachments/{'0' * 64}?visit=v1"
    assert told(lan.put(name, environ_overrides=body, headers=said)) == (413, "too_large")


def test_a_file_as_large_as_the_limit_may_come(lan: FlaskClient):
    asked = [put(lan, b"", "0" * 64, Content_Range=f"bytes */{25 * MIB + more}") for more in (0, 1)]
    assert [told(answer) for answer in asked] == [(202, 0), (413, "too_large")]


@pytest.mark.parametrize(
    "span",
    [
        "bytes 5-3/20",
        "bytes 0-20/20",
        "bytes 0-3/*",
        "bytes */0",
        "bytes */*",
        "items 0-3/20",
        "bytes 0-3",
        "x",
        "bytes ٠-٣/٩",
    ],
)
def test_a_range_that_cannot_be_is_refused(lan: FlaskClient, span: str):
    assert told(put(lan, b"abcd", "0" * 64, Content_Range=span)) == (400, "bad_request")


def test_a_piece_of_another_length_than_announced_is_not_kept(lan: FlaskClient):
    whole = wav()
    shorter = put(lan, whole[:90], hash_of(whole), Content_Range=f"bytes 0-99/{len(whole)}")
    longer = put(lan, whole[:110], hash_of(whole), Content_Range=f"bytes 0-99/{len(whole)}")
    assert [told(shorter), told(longer), told(ask(lan, whole))] == [(400, "bad_request"), (413, "too_large"), (202, 0)]


def test_more_than_the_file_has_cannot_be_its_beginning(lan: FlaskClient):
    name = hash_of(b"x")
    put(lan, b"abcdef", name, Content_Range="bytes 0-5/20")
    assert told(put(lan, b"", name, Content_Range="bytes */4")) == (202, 0)
    assert told(put(lan, b"", name, Content_Range="bytes */20")) == (202, 0)


def test_a_full_disk_keeps_what_was_there(lan: FlaskClient, settings: Settings, monkeypatch: pytest.MonkeyPatch):
    def no_room(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    whole = wav()
    put_piece(lan, whole, 0, 700)
    monkeypatch.setattr("os.fsync", no_room)
    assert told(put_piece(lan, whole, 700, 900)) == (507, "disk_full")
    assert told(ask(lan, whole)) == (202, 700)
    monkeypatch.undo()
    assert told(put_piece(lan, whole, 700, len(whole))) == (200, "audio/wav")


def test_a_file_that_only_lacked_room_at_its_end_is_finished_later(
    lan: FlaskClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    def no_room(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    whole = wav()
    put_piece(lan, whole, 0, 700)
    monkeypatch.setattr("survey.store.attachments.keep_file", no_room)
    assert told(put_piece(lan, whole, 700, len(whole))) == (507, "disk_full")
    monkeypatch.undo()
    assert told(ask(lan, whole)) == (200, "audio/wav")
    assert files_in(settings) == [hash_of(whole)]


def test_pieces_that_nobody_goes_on_with_are_given_up(lan: FlaskClient, minh: FlaskClient, settings: Settings):
    put_piece(lan, wav(), 0, 700)
    put_piece(minh, wav(), 0, 300)
    old = next(path for path in unfinished_folder(settings.data).iterdir() if path.stat().st_size == 700)
    long_ago = old.stat().st_mtime - (DAYS_KEPT * 24 * 3600 + 60)
    os.utime(old, (long_ago, long_ago))
    put_piece(lan, pdf(), 0, 20)
    assert sorted(path.stat().st_size for path in unfinished_folder(settings.data).iterdir()) == [20, 300]


def test_a_file_lies_on_the_disk_before_it_is_answered_for(
    lan: FlaskClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    written: list[Path] = []
    monkeypatch.setattr("os.fsync", lambda descriptor: written.append(Path(f"/proc/self/fd/{descriptor}").readlink()))
    whole, folder = wav(), settings.data.resolve() / "attachments"
    put_piece(lan, whole, 0, 700)
    assert [path.parent for path in written] == [folder / "unfinished"]
    written.clear()
    put(lan, pdf())
    own = folder / hash_of(pdf())[:2]
    assert [path.parent if path.suffix == ".part" else path for path in written] == [own, own, folder]


def test_a_file_that_was_lost_from_the_disk_is_taken_again(lan: FlaskClient, settings: Settings):
    put(lan, pdf())
    attachments.place_of(settings.data, hash_of(pdf())).unlink()
    assert told(show(lan, pdf())) == (404, "attachment_not_found")
    assert told(ask(lan, pdf())) == (202, 0)
    put(lan, pdf())
    assert show(lan, pdf()).data == pdf()


@pytest.mark.parametrize(
    ("content", "disposition", "kind"),
    [
        (picture(), "inline", "png"),
        (picture("JPEG"), "inline", "jpg"),
        (mp3(), "inline", "mp3"),
        (pdf(), "attachment", "pdf"),
        (open_xml(), "attachment", "docx"),
        ("Ghi chép".encode(), "attachment", "txt"),
    ],
)
def test_only_pictures_and_sound_are_shown_in_the_page(lan: FlaskClient, content: bytes, disposition: str, kind: str):
    put(lan, content)
    headers = show(lan, content).headers
    assert headers["Content-Disposition"] == f'{disposition}; filename="{hash_of(content)[:12]}.{kind}"'
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_sound_is_given_in_ranges(lan: FlaskClient):
    put(lan, wav())
    part = show(lan, wav(), Range="bytes=100-199")
    assert (part.status_code, part.data, part.mimetype) == (206, wav()[100:200], "audio/wav")
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(wav())}"
    assert show(lan, wav()).headers["Accept-Ranges"] == "bytes"


def test_who_may_send_pieces(huong: FlaskClient, thao: FlaskClient, stranger: FlaskClient):
    assert [ask(client, wav()).status_code for client in (huong, thao, stranger)] == [403, 403, 404]
