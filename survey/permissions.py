"""Who may do what: permissions by role, and which visits and trips a person can see at all.

A person who may not know that a visit exists gets 404; one who sees it but lacks the right gets 403.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from survey.database import Database
from survey.language import gettext
from survey.language import mark as _
from survey.problems import Problem
from survey.store import trips, visits
from survey.store.people import Person
from survey.store.trips import Trip
from survey.store.visits import Visit

P = ParamSpec("P")

EVERYBODY = frozenset({"member", "leader", "reviewer", "province", "admin"})
DELEGATION = frozenset({"member", "leader"})

PERMISSIONS: dict[str, frozenset[str]] = {
    "home.read": EVERYBODY,
    "map.read": EVERYBODY,
    "unit.read": EVERYBODY,
    "checklist.read": EVERYBODY,
    "trip.read": DELEGATION | {"reviewer", "province"},
    "trip.plan": frozenset({"leader"}),
    "visit.read": DELEGATION | {"reviewer", "province"},
    "visit.edit": DELEGATION,
    "visit.submit": frozenset({"leader"}),
    "visit.reopen": frozenset({"leader"}),
    "report.read": DELEGATION | {"reviewer"},
    "report.read.province": DELEGATION | {"reviewer", "province"},
    "synthesis.read": DELEGATION | {"reviewer", "province"},
    "report.number": frozenset({"leader"}),
    "confidential.read": DELEGATION | {"reviewer"},
    "answers.export": frozenset({"reviewer", "province"}),
    "checklist.publish": frozenset({"admin"}),
    "account.manage": frozenset({"admin"}),
    "boundaries.manage": frozenset({"admin"}),
    "units.manage": frozenset({"admin"}),
}


ROLE_NAMES = {
    "member": _("Thành viên đoàn"),
    "leader": _("Trưởng đoàn"),
    "reviewer": _("Soát xét của Bộ"),
    "province": _("Theo dõi của tỉnh"),
    "admin": _("Quản trị"),
}


def role_name(role: str) -> str:
    """The role in the words of the pages."""
    return gettext(ROLE_NAMES[role])


def may(person: Person | None, permission: str) -> bool:
    """Whether the role of a signed-in person carries a permission."""
    return person is not None and person.role in PERMISSIONS[permission]


def require(
    permission: str,
) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """Let only signed-in people with the permission into a view; others sign in first or get 403."""
    PERMISSIONS[permission]  # a misspelt permission fails at start, not at the first request

    def decorate(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            if g.person is None:
                return _ask_to_sign_in()
            if not may(g.person, permission):
                raise Problem("not_allowed")
            return view(*args, **kwargs)

        return guarded

    return decorate


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.method != "GET" or request.path.startswith("/api/"):
        raise Problem("not_signed_in")
    return redirect(url_for("accounts.show_login", next=request.full_path.rstrip("?")), 303)


def find_visit_or_404(db: Database, visit_id: str, seen_by: Person) -> Visit:
    """The visit, when the person may know of it."""
    visit = visits.find(db, visit_id)
    if visit is None or not sees_visit(db, seen_by, visit):
        raise Problem("visit_not_found")
    return visit


def find_trip_or_404(db: Database, trip_id: str, seen_by: Person) -> Trip:
    """The trip, when the person may know of it."""
    trip = trips.find(db, trip_id)
    if trip is None or not sees_trip(db, seen_by, trip):
        raise Problem("trip_not_found")
    return trip


def sees_visit(db: Database, person: Person, visit: Visit) -> bool:
    """Members and leaders: their own trips; reviewers: all; a province: what was submitted about its units."""
    if person.role == "reviewer":
        return True
    if person.role == "province":
        return visit.state == "submitted" and visit.province_code == person.province_code
    return person.role in DELEGATION and trips.travels_on(db, visit.trip_id, person.id)


def sees_trip(db: Database, person: Person, trip: Trip) -> bool:
    """Like visits: a province sees a trip when it sees one of its visits."""
    if person.role == "reviewer":
        return True
    if person.role == "province":
        return any(sees_visit(db, person, visit) for visit in visits.of_trip(db, trip.id))
    return person.role in DELEGATION and trips.travels_on(db, trip.id, person.id)


def leads(person: Person, leader_id: str) -> bool:
    """Whether this person is the leader of that very trip."""
    return person.role == "leader" and person.id == leader_id


def ensure_leads(person: Person, leader_id: str) -> None:
    """Problem not_the_leader for everybody but the leader of the trip."""
    if not leads(person, leader_id):
        raise Problem("not_the_leader")


def ensure_draft(visit: Visit) -> None:
    """Problem visit_submitted when the answers are frozen."""
    if visit.state != "draft":
        raise Problem("visit_submitted")
