"""Signing in and out, and the language of the pages."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Blueprint, current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from survey import accounts
from survey.language import LANGUAGES
from survey.problems import Problem
from survey.store import people

bp = Blueprint("accounts", __name__)


@bp.get("/login")
def show_login() -> ResponseReturnValue:
    target = _own_page(request.args.get("next"))
    if g.person:
        return redirect(target, 303)
    return _login_page(target)


@bp.post("/login")
def log_in() -> ResponseReturnValue:
    target = _own_page(request.form.get("next"))
    login, password = request.form.get("login", "").strip()[:200], request.form.get("password", "")[:1000]
    settings = current_app.config["SETTINGS"]
    try:
        person = accounts.sign_in(g.db, login, password, request.remote_addr or "", settings)
    except Problem as problem:
        return _login_page(target, login, problem), problem.status
    accounts.start_session(person)
    return redirect(_naming(person.id, target), 303)


@bp.post("/logout")
def log_out() -> ResponseReturnValue:
    session.clear()
    return redirect(url_for(".show_login"), 303)


@bp.post("/language")
def choose_language() -> ResponseReturnValue:
    language = request.form.get("language", "")
    if language not in LANGUAGES:
        raise Problem("bad_request")
    session["language"] = language
    if g.person:
        people.set_language(g.db, g.person.id, language)
    return redirect(_own_page(request.form.get("next")), 303)


@bp.get("/favicon.ico")
def show_favicon() -> ResponseReturnValue:
    return current_app.send_static_file("favicon.svg")


def _login_page(target: str, login: str = "", problem: Problem | None = None) -> str:
    settings = current_app.config["SETTINGS"]
    return render_template(
        "accounts/login.html",
        target=target,
        login=login,
        problem=problem,
        demo_people=[person for person in people.listed(g.db) if person.fictitious] if settings.demo else [],
    )


def _naming(person_id: str, target: str) -> str:
    """The target; a page of the field app, which tablets keep and which names nobody, learns who has signed in."""
    parts = urlsplit(target)
    if not parts.path.startswith("/field/"):
        return target
    asked = [(name, value) for name, value in parse_qsl(parts.query) if name != "as"]
    return parts._replace(query=urlencode([*asked, ("as", person_id)])).geturl()


def _own_page(target: str | None) -> str:
    """Where to go next: a path of this site and nothing else (no open redirect)."""
    parts = urlsplit(target or "")
    own = target and not parts.scheme and not parts.netloc and target.startswith("/") and "\\" not in target
    if not own or target is None or target.startswith(("//", "/login", "/logout", "/language")):
        return url_for("home.show_today")
    return target
