"""The minutes or the report of a visit, drawn and signed in one go and kept in the register."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from survey.assess import submit_visit
from survey.database import Database
from survey.documents.rendering import ask_for, render_here
from survey.documents.signatories import checked
from survey.documents.signing_visit import signed_of_visit
from survey.problems import Problem
from survey.settings import Settings
from survey.store import documents, visits
from survey.store.documents import Wanted
from survey.store.people import Person
from tests.signing_world import configured
from tests.visit_world import plan

BOTH = ("person", "agency")


@pytest.fixture
def signing(db: Database, cast: dict[str, Person], settings: Settings, tmp_path: Path) -> Settings:
    plan(db, cast)
    return replace(settings, **configured(tmp_path), public_address="https://sc.example")


def submit(db: Database, cast: dict[str, Person]) -> None:
    visit = visits.find(db, "v1")
    assert visit
    submit_visit(db, visit, "Chưa đủ", by=cast["minh"].id)


def test_minutes_are_signed_and_kept_under_their_hash_with_their_code(db: Database, signing: Settings):
    content = signed_of_visit(signing, "v1", "minutes", ("person",), "delegation")
    [made] = documents.of_visit(db, "v1", 5)
    assert (made.sha256, made.address) == (hashlib.sha256(content).hexdigest(), f"https://sc.example/d/{made.code}")
    assert [(one.field, one.is_good) for one in checked(content, signing)] == [("sign-delegation-person", True)]
    assert signed_of_visit(signing, "v1", "minutes", ("person",), "delegation") == content


def test_report_is_signed_once_its_visit_is_submitted(db: Database, signing: Settings, cast: dict[str, Person]):
    with pytest.raises(Problem, match="chưa nộp"):
        signed_of_visit(signing, "v1", "report", BOTH, "delegation")
    submit(db, cast)
    content = signed_of_visit(signing, "v1", "report", BOTH, "delegation")
    assert [one.name for one in checked(content, signing)] == ["Nguyễn Minh Tâm", "Bộ Khoa học và Công nghệ"]


def test_agency_does_not_seal_minutes_that_nobody_signed(db: Database, signing: Settings):
    with pytest.raises(Problem) as problem:
        signed_of_visit(signing, "v1", "minutes", ("agency",), "delegation")
    assert (problem.value.code, documents.of_visit(db, "v1", 5)) == ("signing_nobody", [])


def test_report_that_is_given_out_is_sealed_when_its_visit_is_submitted(
    db: Database, signing: Settings, cast: dict[str, Person]
):
    submit(db, cast)
    document = ask_for(db, Wanted("report", visit_id="v1"), signing, page="", by=None)
    render_here(db, document, signing)
    [made] = documents.of_visit(db, "v1", 5)
    content = documents.read_file(signing.data, made.sha256 or "")
    assert [one.field for one in checked(content or b"", signing)] == ["sign-delegation-agency"]


def test_unknown_visit_is_said_to_be_unknown(signing: Settings):
    with pytest.raises(Problem, match="Không tìm thấy buổi làm việc"):
        signed_of_visit(signing, "v9", "minutes", BOTH, "delegation")
