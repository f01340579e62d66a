"""People and their attempts to sign in."""

# ruff: noqa: S608 - the parts of the statements are constants of this module

from __future__ import annotations

import sqlite3

from pydantic import BaseModel, ConfigDict

from survey.clock import new_id, utc_text
from survey.database import Database
from survey.problems import Problem

COLUMNS = "id, login, name, role, duty, province_code, language, active, fictitious"


class Person(BaseModel):
    """Somebody with an account; the password hash never leaves the store."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    login: str
    name: str
    role: str
    duty: str = ""
    province_code: str | None = None
    language: str = "vi"
    active: bool = True
    fictitious: bool = False

    @property
    def initials(self) -> str:
        return initials_of(self.name)

    @property
    def colour(self) -> int:
        return colour_of(self.login)


def initials_of(name: str) -> str:
    """The first letters of the last two words, as Vietnamese names are abbreviated."""
    return "".join(word[0] for word in name.split()[-2:]).upper()


def colour_of(login: str) -> int:
    """A number from 1 to 5 that stays with the person."""
    return sum(place * letter for place, letter in enumerate(login.encode(), 1)) % 5 + 1


def add(
    db: Database,
    login: str,
    name: str,
    role: str,
    password_hash: str,
    *,
    duty: str = "",
    province_code: str | None = None,
    fictitious: bool = False,
) -> Person:
    """A new active account; Problem login_taken when the login is in use."""
    person = Person(
        id=new_id(), login=login, name=name, role=role, duty=duty, province_code=province_code, fictitious=fictitious
    )
    try:
        db.execute(
            """insert into person (id, login, name, role, duty, province_code, language, active, fictitious,
                                   password_hash, created_at)
               values (:id, :login, :name, :role, :duty, :province_code, :language, :active, :fictitious,
                       :password_hash, :created_at)""",
            person.model_dump() | {"password_hash": password_hash, "created_at": utc_text()},
        )
    except sqlite3.IntegrityError as error:
        if "person.login" in str(error):
            raise Problem("login_taken", login=login) from error
        raise
    return person


def find(db: Database, person_id: str) -> Person | None:
    """The active person with this id."""
    return _one(db, "id = :key and active = 1", person_id)


def find_by_login(db: Database, login: str) -> Person | None:
    """The active person with this login, whatever the case it is typed in."""
    return _one(db, "lower(login) = lower(:key) and active = 1", login)


def password_hash_of(db: Database, person_id: str) -> str:
    """The stored Argon2id hash."""
    row = db.execute("select password_hash from person where id = :id", {"id": person_id}).fetchone()
    return str(row[0])


def set_password_hash(db: Database, person_id: str, password_hash: str) -> None:
    """Replace the stored hash."""
    db.execute("update person set password_hash = :hash where id = :id", {"hash": password_hash, "id": person_id})


def set_language(db: Database, person_id: str, language: str) -> None:
    """Remember the language a person chose."""
    db.execute("update person set language = :language where id = :id", {"language": language, "id": person_id})


def listed(db: Database) -> list[Person]:
    """All active people by name."""
    return [Person(**row) for row in db.query(f"select {COLUMNS} from person where active = 1 order by name")]


def able_to_travel(db: Database) -> list[Person]:
    """Active members and leaders by name."""
    return [person for person in listed(db) if person.role in ("member", "leader")]


def record_failure(db: Database, login: str, address: str) -> None:
    """Note a wrong password."""
    db.execute(
        "insert into login_attempt (login, address, at) values (lower(:login), :address, :at)",
        {"login": login, "address": address, "at": utc_text()},
    )


def failures(db: Database, login: str, address: str, since: str) -> tuple[int, int]:
    """Wrong passwords since a moment: for the login, and from the address."""
    row = db.execute(
        """select coalesce(sum(case when login = lower(:login) then 1 else 0 end), 0),
                  coalesce(sum(case when address = :address then 1 else 0 end), 0)
           from login_attempt where at >= :since""",
        {"login": login, "address": address, "since": since},
    ).fetchone()
    return int(row[0]), int(row[1])


def forget_failures(db: Database, login: str, before: str) -> None:
    """After a right password: this login starts afresh, and what is too old to count goes away."""
    db.execute(
        "delete from login_attempt where login = lower(:login) or at < :before", {"login": login, "before": before}
    )


def _one(db: Database, condition: str, key: str) -> Person | None:
    row = db.execute(f"select {COLUMNS} from person where {condition}", {"key": key}).fetchone()
    return Person(**dict(zip(COLUMNS.split(", "), row, strict=True))) if row else None
