"""Photos and signatures: taken in by hash, written anew, shown to those who see the visit."""

from __future__ import annotations

import hashlib
import io

import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from survey.database import Database
from survey.settings import Settings
from survey.store import attachments, visits
from survey.store.people import Person
from tests.field_world import plan_visit


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: dict[str, Person]) -> None:
    plan_visit(db, cast)


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else 0).save(out, kind, **options)
    return out.getvalue()


def put(client: FlaskClient, content: bytes, sha256: str | None = None, visit: str = "v1") -> TestResponse:
    name = sha256 or hashlib.sha256(content).hexdigest()
    return client.put(f"/api/attachments/{name}?visit={visit}", data=content)


def show(client: FlaskClient, content: bytes, visit: str = "v1") -> TestResponse:
    return client.get(f"/api/attachments/{hashlib.sha256(content).hexdigest()}?visit={visit}")


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
    kept = attachments.place_of(settings.data, hashlib.sha256(content).hexdigest()).read_bytes()
    assert (b"camera" in kept, b"script" in kept, Image.open(io.BytesIO(kept)).size) == (False, False, (20, 40))


@pytest.mark.parametrize("content", [b"<html>", b"GIF89a", picture("GIF"), picture()[:60], b""])
def test_what_is_no_picture_is_refused(lan: FlaskClient, content: bytes):
    assert put(lan, content).get_json()["code"] == "attachment_bad"


def test_a_picture_that_unpacks_to_gigabytes_is_refused(lan: FlaskClient):
    assert put(lan, picture(size=(7_000, 7_000), mode="1")).get_json()["code"] == "attachment_bad"


def test_a_wrong_hash_and_a_large_file_are_refused(lan: FlaskClient, settings: Settings):
    assert put(lan, picture(), sha256="0" * 64).get_json()["code"] == "attachment_hash"
    assert put(lan, b"x" * (10 * 1024 * 1024 + 1)).get_json()["code"] == "too_large"
    assert put(lan, picture(), sha256="..").status_code == 404
    assert list((settings.data / "attachments").rglob("*.*")) == []


def test_a_submitted_visit_takes_no_more_files(lan: FlaskClient, db: Database, cast: dict[str, Person]):
    visits.mark_submitted(db, "v1", cast["minh"].id, None)
    assert put(lan, picture()).get_json()["code"] == "visit_submitted"


def test_who_sees_a_picture(lan: FlaskClient, huong: FlaskClient, thao: FlaskClient, stranger: FlaskClient):
    content = picture()
    put(lan, content)
    assert [show(client, content).status_code for client in (lan, huong, thao, stranger)] == [200, 200, 403, 404]
    assert [put(client, content).status_code for client in (huong, stranger)] == [403, 404]
    assert show(lan, picture("WEBP")).get_json()["code"] == "attachment_not_found"
