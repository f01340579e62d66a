"""Commands for the desk: plan a visit, add an account."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from survey.accounts import hash_password
from survey.clock import local_date, new_id
from survey.commands.options import data_option
from survey.database import Database, opened, transaction
from survey.problems import Problem
from survey.settings import Settings
from survey.store import audit, checklists, people, trips, visits
from survey.store.people import Person
from survey.store.trips import Trip
from survey.units.validity import unit_valid_on

ROLES = ["member", "leader", "reviewer", "province", "admin"]
DAY = click.DateTime(["%Y-%m-%d"])


@click.group("visit")
def visit() -> None:
    """Plan visits."""


@click.group("account")
def account() -> None:
    """Manage accounts."""


@visit.command("add", help="Plan a visit and print its id; it joins the person's trip of that day, or opens one.")
@click.option("--unit", required=True, help="Official code of the unit, for example 15271.")
@click.option("--checklist", required=True, help="Id of a published checklist; its latest version is used.")
@click.option("--for", "login", required=True, help="Login of the person who leads or makes the visit.")
@click.option("--date", "day", type=DAY, help="Day of the visit [default: today].")
@click.option("--decision", default="", help="Number of the delegation decision of a new trip.")
@click.option("--core", is_flag=True, help="The short visit: core questions only.")
@data_option
def add_visit(
    unit: str, checklist: str, login: str, day: datetime | None, decision: str, core: bool, data: Path
) -> None:
    on = day.date() if day else local_date(Settings().utc_offset_hours)
    with opened(data) as db, transaction(db):
        person = _person(db, login)
        version = checklists.find_latest(db, checklist)
        if version is None:
            raise Problem("checklist_not_found", id=checklist, version="")
        place = unit_valid_on(db, unit, on)
        if version.unit_kinds and place.kind not in version.unit_kinds:
            raise Problem("unit_not_fitting")
        trip = _trip_on(db, person, on, decision)
        visit_id, scope = new_id(), "core" if core else "full"
        visits.add(
            db, visit_id, trip.id, unit, (version.id, version.version), on.isoformat(), person.id,
            scope=scope, fictitious=trip.fictitious,
        )  # fmt: skip
        audit.record(db, "visit_planned", by=person.id, visit_id=visit_id, trip_id=trip.id)
    click.echo(visit_id)


def _trip_on(db: Database, person: Person, day: date, decision: str) -> Trip:
    """The person's trip that covers the day, or a new one of a single day."""
    on = day.isoformat()
    for trip in trips.travelled_by(db, person.id):
        if trip.starts_on <= on <= trip.ends_on and decision in ("", trip.decision_number):
            return trip
    title = f"Chuyến công tác ngày {day:%d/%m/%Y}"
    trip = Trip(
        id=new_id(), decision_number=decision, decision_date=on, title=title, starts_on=on, ends_on=on,
        leader_id=person.id, leader_name=person.name, fictitious=person.fictitious,
    )  # fmt: skip
    trips.add(db, trip, created_by=person.id)
    return trip


@account.command("add", help="Add an account; asks for the password, or reads it from standard input.")
@click.argument("login")
@click.option("--name", required=True, help="The person's full name.")
@click.option("--role", required=True, type=click.Choice(ROLES))
@click.option("--province", help="Province code of a person with the role province, for example 38.")
@click.option("--duty", default="", help="Position, as papers name it.")
@click.password_option("--password", help="Left out: asked for.")
@data_option
def add_account(login: str, name: str, role: str, province: str | None, duty: str, password: str, data: Path) -> None:
    if len(password) < 10:
        raise click.BadParameter("at least 10 characters", param_hint="--password")
    if role == "province" and not province:
        raise click.BadParameter("a person with the role province needs one", param_hint="--province")
    with opened(data) as db, transaction(db):
        stored = hash_password(password, Settings())
        person = people.add(db, login, name, role, stored, duty=duty, province_code=province)
        audit.record(db, "account_added", by=person.id)
    click.echo(person.login)


def _person(db: Database, login: str) -> Person:
    person = people.find_by_login(db, login)
    if person is None:
        raise Problem("person_not_found", login=login)
    return person
