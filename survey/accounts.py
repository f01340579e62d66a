"""Signing in: Argon2id, a limit on wrong guesses by login and by address, and who the session belongs to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Flask, Response, current_app, g, request, session

from survey.clock import moment, utc_text
from survey.database import Connections, Database, transaction
from survey.problems import Problem
from survey.settings import Settings
from survey.store import audit, people
from survey.store.people import Person
from survey.web.app_assets import ASSETS

WITHOUT_PERSON = {*ASSETS, "accounts.show_favicon"}


@lru_cache(maxsize=4)
def _hasher(rounds: int, memory_kib: int) -> PasswordHasher:
    return PasswordHasher(time_cost=rounds, memory_cost=memory_kib)


@lru_cache(maxsize=4)
def _nobodys_hash(rounds: int, memory_kib: int) -> str:
    return _hasher(rounds, memory_kib).hash("nobody")


def hash_password(password: str, settings: Settings) -> str:
    """An Argon2id hash with the cost of the settings."""
    return _hasher(settings.password_rounds, settings.password_memory_kib).hash(password)


def check_password(stored: str, password: str, settings: Settings) -> bool:
    """Whether the password belongs to the stored hash."""
    try:
        return _hasher(settings.password_rounds, settings.password_memory_kib).verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def sign_in(db: Database, login: str, password: str, address: str, settings: Settings) -> Person:
    """The person behind a login and password.

    Problem too_many_attempts or wrong_password; the answer takes as long and says the same whether the login exists.
    """
    since = utc_text(moment() - timedelta(minutes=settings.login_window_minutes))
    by_login, by_address = people.failures(db, login, address, since)
    if by_login >= settings.login_failures or by_address >= settings.address_failures:
        raise Problem("too_many_attempts", minutes=settings.login_window_minutes)
    person = people.find_by_login(db, login)
    cost = settings.password_rounds, settings.password_memory_kib
    stored = people.password_hash_of(db, person.id) if person else _nobodys_hash(*cost)
    if not check_password(stored, password, settings) or person is None:
        people.record_failure(db, login, address)
        raise Problem("wrong_password")
    with transaction(db):
        people.forget_failures(db, login, since)
        if _hasher(*cost).check_needs_rehash(stored):
            people.set_password_hash(db, person.id, hash_password(password, settings))
        audit.record(db, "signed_in", by=person.id)
    return person


def start_session(person: Person) -> None:
    """Sign the person in on this device; nothing of an earlier session survives but the chosen language."""
    language = session.get("language")
    session.clear()
    session["person"] = person.id
    if language:
        session["language"] = language
    session.permanent = True
    session["used"] = int(moment().timestamp())


def note_use() -> None:
    """A session lasts on from its use, written down once in a 24th of its hours.

    With each answer the cookie would be written anew, and one that comes late, fetched in the background, would bring
    back a session that has been signed out meanwhile, or take the news from the next page.
    """
    now = moment()
    if now - _last_use() > _lasts() / 24:
        session["used"] = int(now.timestamp())


def signed_in_until() -> datetime:
    """When the session ends if it is not used any more."""
    return _last_use() + _lasts()


def _last_use() -> datetime:
    return datetime.fromtimestamp(session.get("used", 0), UTC)


def _lasts() -> timedelta:
    found: timedelta = current_app.config["PERMANENT_SESSION_LIFETIME"]
    return found


def open_request() -> None:
    """Give the request its database connection and its person (None when nobody is signed in)."""
    if request.endpoint in WITHOUT_PERSON:
        return
    g.db = current_app.extensions["connections"].take()
    person_id = session.get("person")
    g.person = people.find(g.db, person_id) if person_id else None
    if g.person:
        note_use()


def note_trouble(response: Response) -> Response:
    """After an answer that tells of trouble, a statement may still be open on the connection."""
    g.had_trouble = response.status_code >= 400
    return response


def refuse_other_person() -> None:
    """A tablet sends in the name of one person; another who has signed in meanwhile must not become the author."""
    sender = request.args.get("as")
    if sender and g.get("person") and g.person.id != sender:
        raise Problem("other_person")


def close_request(error: BaseException | None) -> None:
    db = g.pop("db", None)
    if db is None:
        return
    if error is None and not g.pop("had_trouble", True):
        current_app.extensions["connections"].give_back(db)
    else:
        db.close()


def register_accounts(app: Flask) -> None:
    app.extensions["connections"] = Connections(app.config["SETTINGS"].data)
    app.before_request(open_request)
    app.before_request(refuse_other_person)
    app.after_request(note_trouble)
    app.teardown_request(close_request)
