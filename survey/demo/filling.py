"""Fill an empty data folder: people, the library's checklists, the story of Thanh Hóa, and fictitious visits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from forms import units as unit_list
from forms.library import library_names, library_source
from forms.units import Unit
from survey.accounts import hash_password
from survey.clock import local_date
from survey.database import Database, opened, transaction
from survey.demo import story
from survey.demo.people import DemoPerson, with_new_passwords, write_passwords
from survey.demo.writing import DemoVisit, Writer
from survey.problems import Problem
from survey.settings import Settings
from survey.store import checklists, people, trips
from survey.store.people import Person
from survey.store.trips import Trip

FIRST_DAY = date(2026, 5, 4)
SECOND_DAY = date(2026, 8, 10)
LAST_DAY = date(2026, 11, 10)
AGAIN = 8
"""Of so many visits one is a second visit; from SECOND_DAY on, to units that were seen before it."""

BETTER = 0.07
FORM_OF_KIND = {"so": "department", "tinh": "provincial_centre"}


def fill_demo(folder: Path, *, visits: int, seed: int, if_empty: bool = False) -> Iterator[str]:
    """Write the demo, saying what was done line by line; Problem data_folder_in_use when there are visits already."""
    with opened(folder) as db:
        if people.listed(db):
            if if_empty:
                return
            raise Problem("data_folder_in_use", folder=str(folder))
        yield f"Filling {folder} with fictitious data; {visits} visits take about {5 + visits // 12} seconds."
        cast = with_new_passwords()
        with transaction(db):
            known = {person.login: _add_person(db, person) for person in cast}
            for name in library_names():
                checklists.publish(db, library_source(name), f"{name}.md", by=known["quan"].id)
            yield f"{len(cast)} accounts, {len(library_names())} checklists"
            writer = Writer(db, folder, Random(seed), known)
            _tell_story(db, writer, known)
            yield "the visits of 19 August 2025 in Thanh Hóa"
            _scatter(db, writer, known, visits)
            yield f"{visits} fictitious visits"
            write_passwords(folder, cast)  # before the commit: without it the next attempt makes new ones


def _add_person(db: Database, person: DemoPerson) -> Person:
    stored = hash_password(person.password, Settings())
    return people.add(
        db, person.login, person.name, person.role, stored,
        duty=person.duty, province_code=person.province_code, fictitious=True,
    )  # fmt: skip


def _tell_story(db: Database, writer: Writer, known: dict[str, Person]) -> None:
    trip = _open_trip(db, writer, known, story.TITLE, story.DAY, story.DAY, story.DECISION, story.DECISION_DATE)
    writer.write(DemoVisit(trip, _unit(story.DEPARTMENT, story.DAY), "department", story.DAY, 0.62))
    writer.write(DemoVisit(trip, _unit(story.CENTRE, story.DAY), "provincial_centre", story.DAY, 0.9))
    writer.write(DemoVisit(trip, _unit(story.COMMUNE, story.DAY), "commune", story.DAY, 0.6, given=story.HA_TRUNG))
    again = local_date(Settings().utc_offset_hours)
    today = _open_trip(db, writer, known, story.RETURN_TITLE, again, again, story.RETURN_DECISION, again)
    for code in story.RETURN_UNITS:
        writer.plan(DemoVisit(today, _unit(code, again), "commune", again))


def _scatter(db: Database, writer: Writer, known: dict[str, Person], count: int) -> None:
    """Visits all over the country; one in eight is a second one that finds the unit a little better."""
    rng, again = writer.rng, count // AGAIN
    first = _chosen_units(rng, count - again)
    strengths = {unit.province_code: rng.uniform(0.56, 0.93) for unit in first}
    early = [unit for unit, day in _travel(db, writer, known, first, strengths) if day < SECOND_DAY]
    back = sorted(rng.sample(early, min(again, len(early))), key=lambda unit: unit.province_code)
    better = {code: strength + BETTER for code, strength in strengths.items()}
    _travel(db, writer, known, back, better, SECOND_DAY)


def _travel(
    db: Database, writer: Writer, known: dict[str, Person], todo: list[Unit], strengths: dict[str, float],
    since: date = FIRST_DAY,
) -> list[tuple[Unit, date]]:  # fmt: skip
    """Visits of one province a trip, so that a delegation's route stays believable; the days of the visits."""
    rng, found = writer.rng, []
    trip, province = None, ""
    for number, unit in enumerate(todo):
        if trip is None or number % 12 == 0 or unit.province_code != province:
            day = since + timedelta(days=rng.randrange((LAST_DAY - since).days))
            title = f"Khảo sát minh họa {number // 12 + 1}"
            trip = _open_trip(db, writer, known, title, day, day + timedelta(days=2), "00/QĐ-MINHHOA", day)
        province = unit.province_code
        on = date.fromisoformat(trip.starts_on) + timedelta(days=number % 3)
        strength = min(0.98, max(0.05, rng.gauss(strengths[province], 0.1)))
        form = FORM_OF_KIND.get(unit.kind, "commune")
        writer.write(DemoVisit(trip, unit, form, on, strength, incomplete=rng.random() < 0.03))
        found.append((unit, on))
    return found


def _chosen_units(rng: Random, count: int) -> list[Unit]:
    """`count` communes, unevenly over the provinces; a unit comes again only when all have been visited."""
    everywhere = [u for u in unit_list.load() if u.kind in unit_list.COMMUNE_KINDS and u.is_valid_on(FIRST_DAY)]
    everywhere = [unit for unit in everywhere if unit.code != story.COMMUNE]
    share = {unit.province_code: rng.random() ** 1.5 + 0.02 for unit in everywhere}
    chosen: list[Unit] = []
    while len(chosen) < count:
        ranked = sorted(everywhere, key=lambda unit: rng.random() ** (1 / share[unit.province_code]), reverse=True)
        chosen += ranked[: count - len(chosen)]
    return sorted(chosen, key=lambda unit: unit.province_code)


def _open_trip(
    db: Database, writer: Writer, known: dict[str, Person], title: str, start: date, end: date,
    decision: str, decided_on: date,
) -> Trip:  # fmt: skip
    leader = known["minh"]
    trip = Trip(
        id=writer.new_id(), decision_number=decision, decision_date=decided_on.isoformat(), title=title,
        starts_on=start.isoformat(), ends_on=end.isoformat(), leader_id=leader.id, leader_name=leader.name,
        fictitious=True,
    )  # fmt: skip
    trips.add(db, trip, created_by=leader.id)
    trips.set_member(db, trip.id, leader.id, "Trưởng đoàn")
    trips.set_member(db, trip.id, known["lan"].id, "Thành viên, thư ký")
    return trip


def _unit(code: str, day: date) -> Unit:
    return next(unit for unit in unit_list.load() if unit.code == code and unit.is_valid_on(day))
