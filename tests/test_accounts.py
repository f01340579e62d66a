"""Signing in and out, the limit on guesses, the language of a person."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey import accounts, clock
from survey.database import Database
from survey.problems import Problem
from survey.settings import Settings
from survey.store import people
from survey.store.people import Person
from tests.conftest import PASSWORD


def sign_in_page(app: Flask, login: str, password: str, target: str = "/") -> tuple[int, str | None]:
    answer = app.test_client().post("/login", data={"login": login, "password": password, "next": target})
    return answer.status_code, answer.location


def test_sign_in_leads_to_the_page_that_was_wanted(app: Flask, cast: dict[str, Person]):
    assert sign_in_page(app, "MINH", PASSWORD, "/trips?q=x") == (303, "/trips?q=x")


@pytest.mark.parametrize(
    "target", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "x", ""]
)
def test_sign_in_never_leads_to_another_site(app: Flask, cast: dict[str, Person], target: str):
    assert sign_in_page(app, "minh", PASSWORD, target) == (303, "/")


@pytest.mark.parametrize(("login", "password"), [("minh", "wrong"), ("nobody", PASSWORD), ("", "")])
def test_wrong_guesses_are_told_the_same(app: Flask, cast: dict[str, Person], login: str, password: str):
    answer = app.test_client().post("/login", data={"login": login, "password": password})
    assert answer.status_code == 403
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in answer.get_data(as_text=True)


def test_too_many_guesses_wait_even_with_the_right_password(app: Flask, cast: dict[str, Person], settings: Settings):
    for _ in range(settings.login_failures):
        sign_in_page(app, "minh", "wrong")
    assert sign_in_page(app, "minh", PASSWORD) == (429, None)
    assert sign_in_page(app, "lan", PASSWORD) == (303, "/")


def test_guesses_from_one_address_count_together(db: Database, cast: dict[str, Person], settings: Settings):
    for number in range(settings.address_failures):
        people.record_failure(db, f"guess-{number}", "10.0.0.1")
    with pytest.raises(Problem, match="Sai mật khẩu nhiều lần"):
        accounts.sign_in(db, "minh", PASSWORD, "10.0.0.1", settings)
    assert accounts.sign_in(db, "minh", PASSWORD, "10.0.0.2", settings) == cast["minh"]


def test_guesses_are_forgotten_after_a_while(
    db: Database, cast: dict[str, Person], settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    for _ in range(settings.login_failures):
        people.record_failure(db, "minh", "10.0.0.1")
    later = datetime.now(UTC) + timedelta(minutes=settings.login_window_minutes + 1)
    monkeypatch.setattr(accounts, "moment", lambda: later)
    assert accounts.sign_in(db, "minh", PASSWORD, "10.0.0.1", settings) == cast["minh"]


def test_signing_out_ends_the_session(minh: FlaskClient):
    minh.post("/logout")
    assert minh.get("/trips").location == "/login?next=/trips"


def test_a_session_lasts_on_with_its_use_and_is_seldom_written_anew(minh: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    def used(hours: float) -> tuple[int, bool]:
        later = start + timedelta(hours=hours)
        monkeypatch.setattr(accounts, "moment", lambda: later)
        monkeypatch.setattr(time, "time", later.timestamp)
        answer = minh.get("/trips")
        return answer.status_code, "Set-Cookie" in answer.headers

    start = clock.moment()
    assert [used(hours) for hours in (0, 0.4, 0.6, 12.5, 12.6, 25)] == [
        (200, True), (200, False), (200, True), (200, True), (200, False), (303, False),
    ]  # fmt: skip


def test_the_tablet_learns_when_its_session_ends(lan: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    signed_in = clock.moment().replace(microsecond=0)
    lan.post("/login", data={"login": "lan", "password": PASSWORD})
    monkeypatch.setattr(accounts, "moment", lambda: signed_in + timedelta(minutes=20))
    until = clock.parse_utc(lan.get("/api/field").get_json()["signed_in_until"])
    assert timedelta(hours=12) <= until - signed_in <= timedelta(hours=12, seconds=5)


def test_a_closed_account_is_out_at_once(minh: FlaskClient, db: Database, cast: dict[str, Person]):
    db.execute("update person set active = 0 where id = :id", {"id": cast["minh"].id})
    assert minh.get("/trips").location == "/login?next=/trips"


def test_the_language_stays_with_the_person(lan: FlaskClient, db: Database, cast: dict[str, Person]):
    answer = lan.post("/language", data={"language": "en", "next": "/trips"})
    assert answer.location == "/trips"
    assert people.find(db, cast["lan"].id).language == "en"
    assert '<html lang="en">' in lan.get("/").get_data(as_text=True)


def test_an_unknown_language_is_refused(lan: FlaskClient, db: Database, cast: dict[str, Person]):
    assert lan.post("/language", data={"language": "xx"}).status_code == 400
    assert people.find(db, cast["lan"].id).language == "vi"


def test_demo_accounts_show_only_in_the_demo(app: Flask, db: Database, settings: Settings):
    people.add(db, "demo", "Nguyễn Thị Thử", "member", accounts.hash_password("x", settings), fictitious=True)
    page = app.test_client().get("/login").get_data(as_text=True)
    app.config["SETTINGS"] = Settings(data=settings.data, demo=True)
    demo_page = app.test_client().get("/login").get_data(as_text=True)
    assert ("Nguyễn Thị Thử" in page, "Nguyễn Thị Thử" in demo_page) == (False, True)


def test_the_secret_is_made_once_and_private(app: Flask, settings: Settings):
    path = settings.data / "secret"
    assert path.stat().st_mode & 0o777 == 0o600
    assert app.secret_key == path.read_text()
    assert len(path.read_text()) == 64


def test_logins_are_unique(db: Database, cast: dict[str, Person]):
    with pytest.raises(Problem) as caught:
        people.add(db, "minh", "Người Khác", "member", "x")
    assert (caught.value.code, caught.value.status) == ("login_taken", 409)


def test_moments_survive_the_database():
    now = datetime(2025, 8, 19, 1, 2, 3, tzinfo=UTC)
    assert clock.parse_utc(clock.utc_text(now)) == now
