"""Who sees what: every role against every kind of page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from survey.assess import submit_visit
from survey.database import Database
from survey.permissions import PERMISSIONS, find_trip_or_404, find_visit_or_404, require
from survey.problems import Problem
from survey.store import visits
from survey.store.people import Person
from tests.visit_world import plan

ROLES = ("lan", "minh", "huong", "thao", "quan", "stranger")

PAGES = {
    "/": (200, 200, 200, 200, 200, 200),
    "/trips": (200, 200, 200, 200, 403, 200),
    "/trips/new": (403, 200, 403, 403, 403, 200),
    "/trips/t1": (200, 200, 200, 404, 403, 404),
    "/trips/t1/units?q=ha": (403, 200, 403, 403, 403, 404),
    "/trips/t1/visits/new?unit=15316": (403, 200, 403, 403, 403, 404),
    "/visits/v1": (200, 200, 200, 404, 403, 404),
    "/visits/unknown": (404, 404, 404, 404, 403, 404),
}

WRITES = {
    "/trips/t1": (403, 422, 403, 403, 403, 404),
    "/trips/t1/members": (403, 422, 403, 403, 403, 404),
    "/trips/t1/visits": (403, 404, 403, 403, 403, 404),
    "/visits/v1/submit": (403, 422, 403, 403, 403, 404),
    "/visits/v1/reopen": (403, 422, 403, 403, 403, 404),
    "/visits/v1/remove": (403, 303, 403, 403, 403, 404),
}


@pytest.mark.parametrize(("path", "expected"), PAGES.items())
def test_pages_by_role(
    db: Database, cast: dict[str, Person], sign_in: Callable[[str], FlaskClient], path: str, expected: tuple[int, ...]
):
    plan(db, cast)
    assert tuple(sign_in(login).get(path).status_code for login in ROLES) == expected


@pytest.mark.parametrize(("path", "expected"), WRITES.items())
def test_writes_by_role(
    db: Database, cast: dict[str, Person], sign_in: Callable[[str], FlaskClient], path: str, expected: tuple[int, ...]
):
    plan(db, cast)
    assert tuple(sign_in(login).post(path).status_code for login in ROLES) == expected


def test_a_province_sees_what_was_submitted_about_its_own_units(db: Database, cast: dict[str, Person]):
    draft, own, other = plan(db, cast, "15286", "15271", "00454")
    for visit in (own, other):
        submit_visit(db, visit, "Chưa đủ", by=cast["minh"].id)
    assert find_visit_or_404(db, own.id, seen_by=cast["thao"]).id == own.id
    assert find_trip_or_404(db, "t1", seen_by=cast["thao"]).id == "t1"
    for hidden in (draft, other):
        with pytest.raises(Problem, match="Không tìm thấy"):
            find_visit_or_404(db, hidden.id, seen_by=cast["thao"])


def test_another_leader_on_the_trip_reads_but_does_not_submit(
    db: Database, cast: dict[str, Person], stranger: FlaskClient
):
    plan(db, cast)
    db.execute("insert into trip_member (trip_id, person_id) values ('t1', :id)", {"id": cast["stranger"].id})
    assert stranger.get("/visits/v1").status_code == 200
    answer = stranger.post("/visits/v1/submit", data={"reason": "x"})
    assert (answer.status_code, visits.find(db, "v1").state) == (403, "draft")
    assert "Chỉ trưởng đoàn" in answer.get_data(as_text=True)


def test_each_permission_belongs_to_somebody():
    assert [name for name, roles in PERMISSIONS.items() if not roles] == []


def test_a_misspelt_permission_fails_at_start():
    with pytest.raises(KeyError):
        require("visit.raed")
