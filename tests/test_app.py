"""The application as a whole: nothing without signing in, headers on every answer, problems instead of tracebacks."""

from __future__ import annotations

import logging
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.database import Database
from survey.problems import CATALOGUE
from survey.settings import Settings, settings_from
from survey.web.app_assets import ASSETS, STATIC
from survey.web.styles import tightened


def test_pages_ask_to_sign_in_and_come_back(app: Flask):
    answer = app.test_client().get("/trips?q=ha+trung")
    assert (answer.status_code, answer.location) == (303, "/login?next=/trips?q%3Dha%2Btrung")


def test_every_page_but_the_door_needs_a_person(app: Flask, db: Database):
    client = app.test_client()
    public = {"/login", "/language", "/logout", "/favicon.ico", "/d/", "/d/<code>"}
    own = "home_script kinds_script later_script looks_script script whole_script worker manifest"
    scripts = {*ASSETS, *(f"field.show_{name}" for name in own.split())}  # code without data
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint not in scripts and rule.rule not in public]
    for rule in rules:
        path = re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule)
        path = path.replace("<path:", "<").replace("<", "").replace(">", "")
        method = "GET" if "GET" in (rule.methods or ()) else sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})[0]
        assert client.open(path, method=method).status_code in (303, 401), f"{method} {path}"


def test_every_answer_carries_the_strict_policy(app: Flask, db: Database):
    headers = app.test_client().get("/login").headers
    assert "script-src 'self'; style-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_writes_from_other_sites_are_refused(minh: FlaskClient, headers: dict[str, str]):
    answer = minh.post("/logout", headers=headers)
    assert answer.status_code == 403
    assert minh.get("/").status_code == 200


def test_writes_from_own_pages_pass(minh: FlaskClient):
    assert minh.post("/logout", headers={"Sec-Fetch-Site": "same-origin"}).location == "/login"


def test_an_unexpected_error_shows_a_number_and_no_traceback(
    app: Flask, db: Database, caplog: pytest.LogCaptureFixture
):
    app.view_functions["accounts.show_login"] = lambda: {}["secret of the program"]
    with caplog.at_level(logging.ERROR):
        answer = app.test_client().get("/login")
    reference = caplog.records[0].getMessage().split()[2]
    page = answer.get_data(as_text=True)
    assert answer.status_code == 500
    assert reference in page
    assert "secret of the program" not in page


def test_programs_get_problems_as_json(minh: FlaskClient):
    answer = minh.get("/api/nothing")
    assert answer.status_code == 404
    assert answer.get_json() == {"code": "not_found", "message": CATALOGUE["not_found"].message}


@pytest.mark.parametrize("kind", ["/static/styles/tokens-base-home.css", "/static/app.js"])
def test_files_with_a_fingerprint_stay_in_the_cache_without_signing_in(app: Flask, db: Database, kind: str):
    page = app.test_client().get("/login").get_data(as_text=True)
    address = kind + page.split(kind)[1].split('"')[0]
    answer = app.test_client().get(address, headers={"Accept-Encoding": "gzip"})
    assert "?v=" in address
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Encoding"] == "gzip"


def test_a_style_sheet_travels_without_what_only_people_read():
    sheet = "/* Why. */\n.a > .b:hover,\n.c { color: red;\n  margin: calc(1px + 2px) 0; }\n@media (min-width: 5em) { .d { top: 0; } }\n"
    assert tightened(sheet) == (
        ".a > .b:hover,\n.c{color:red;margin:calc(1px + 2px) 0;}@media (min-width:5em){.d{top:0;}}"
    )


def test_style_sheets_come_joined_in_their_order(app: Flask, db: Database):
    sheets = [tightened((STATIC / "css" / f"{name}.css").read_text("utf-8")) for name in ("tokens", "fill")]
    assert app.test_client().get("/static/styles/tokens-fill.css").get_data(as_text=True) == "\n".join(sheets)


@pytest.mark.parametrize("names", ["nothing", "tokens-nothing", "..", "-"])
def test_sheets_that_are_not_there_are_not_found(app: Flask, db: Database, names: str):
    assert app.test_client().get(f"/static/styles/{names}.css").status_code == 404


def test_settings_come_from_the_environment():
    found = settings_from({"SATCANH_DEMO": "1", "SATCANH_SESSION_HOURS": "3", "OTHER": "x"})
    assert found == Settings(demo=True, session_hours=3)
