"""Documents asked for and made: one for the same data, kept under their hash, and clear words when one fails."""

from __future__ import annotations

import errno
import hashlib
from datetime import date
from typing import Any

import pytest

from reports.pdf import PrintingUnavailableError
from survey.database import Database
from survey.documents.making import MAKINGS
from survey.documents.matter import Stamp
from survey.documents.rendering import ask_for, render_here
from survey.problems import Problem
from survey.settings import Settings
from survey.store import audit, document_numbers, documents, visits
from survey.store.document_numbers import Given
from survey.store.documents import Document, Failure, Wanted
from survey.store.people import Person
from tests.document_world import PAGE, Pretended, ask, pretend
from tests.visit_world import plan


@pytest.fixture
def world(db: Database, cast: dict[str, Person], monkeypatch: pytest.MonkeyPatch) -> Pretended:
    plan(db, cast)
    return pretend(monkeypatch)


def make(db: Database, settings: Settings, document: Document) -> Document:
    render_here(db, document, settings)
    made = documents.find(db, document.id)
    assert made is not None
    return made


def test_a_document_is_kept_under_its_hash_with_its_code_inside(db: Database, settings: Settings, world: Pretended):
    made = make(db, settings, ask(db, settings))
    content = f"%PDF of {made.code} at {PAGE}{made.code}".encode()
    assert (made.state, made.sha256, made.size) == ("ready", hashlib.sha256(content).hexdigest(), len(content))
    assert documents.read_file(settings.data, made.sha256 or "") == content


def test_making_a_document_is_in_the_audit_trail(db: Database, settings: Settings, world: Pretended):
    made = make(db, settings, ask(db, settings))
    assert [(entry.action, entry.details) for entry in audit.of_visit(db, "v1")] == [
        ("document_made", {"code": made.code, "kind": "report", "copy": "internal", "form": "pdf", "language": "vi",
                           "sha256": made.sha256}),
    ]  # fmt: skip


def test_the_same_data_give_the_same_document(db: Database, settings: Settings, world: Pretended):
    made = make(db, settings, ask(db, settings))
    assert ask(db, settings) == made


@pytest.mark.parametrize("other", [{"form": "docx"}, {"copy": "province"}, {"language": "en"}])
def test_another_form_copy_or_language_is_another_document(
    db: Database, settings: Settings, world: Pretended, other: dict[str, str]
):
    assert ask(db, settings, **other).code != ask(db, settings).code


def test_other_data_give_another_document(db: Database, settings: Settings, world: Pretended):
    first = ask(db, settings)
    world.values["answer"] = 2
    assert ask(db, settings).code != first.code


def test_data_that_change_while_a_document_waits_are_in_it(db: Database, settings: Settings, world: Pretended):
    waiting = ask(db, settings)
    world.values["answer"] = 2
    made = make(db, settings, waiting)
    assert (made.state, made.code, ask(db, settings)) == ("ready", waiting.code, made)


def test_data_that_have_a_document_already_are_not_made_twice(db: Database, settings: Settings, world: Pretended):
    made = make(db, settings, ask(db, settings))
    world.values["answer"] = 2
    waiting = ask(db, settings)
    world.values["answer"] = 1
    assert make(db, settings, waiting).failure == Failure(code="document_changed")
    assert ask(db, settings) == made


def test_a_lost_file_is_made_again_byte_for_byte(db: Database, settings: Settings, world: Pretended):
    made = make(db, settings, ask(db, settings))
    documents.place_of(settings.data, made.sha256 or "").unlink()
    again = ask(db, settings)
    assert (again.state, again.code) == ("waiting", made.code)
    assert make(db, settings, again).sha256 == made.sha256
    assert documents.read_file(settings.data, made.sha256 or "")


def test_a_lost_file_of_data_that_changed_is_not_replaced_by_another(
    db: Database, settings: Settings, world: Pretended
):
    made = make(db, settings, ask(db, settings))
    documents.place_of(settings.data, made.sha256 or "").unlink()
    waiting = ask(db, settings)
    world.values["answer"] = 2
    after = make(db, settings, waiting)
    assert (after.failure, after.sha256, after.label) == (Failure(code="document_changed"), made.sha256, made.label)


def test_a_kind_has_no_form_that_is_not_in_its_table(db: Database, settings: Settings, world: Pretended):
    with pytest.raises(Problem, match="Không tìm thấy"):
        ask(db, settings, form="odt")


class Failing:
    def __init__(self, error: Exception) -> None:
        self.error = error

    def __call__(self, stamp: Stamp) -> bytes:
        raise self.error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Problem("unit_not_found", code="99999"), "unit_not_found"),
        (PrintingUnavailableError(), "report_unavailable"),
        (MemoryError(), "document_too_large"),
        (OSError(errno.ENOSPC, "full"), "disk_full"),
        (ZeroDivisionError(), "unexpected"),
    ],
)
def test_what_went_wrong_is_told_and_nothing_else_fails(
    db: Database, settings: Settings, world: Pretended, error: Exception, code: str
):
    well, world.draw = world.draw, Failing(error)
    failed = make(db, settings, ask(db, settings))
    assert failed.failure is not None
    assert (failed.state, failed.failure.code) == ("failed", code)
    assert Problem(failed.failure.code, **failed.failure.details).message
    world.draw = well
    assert make(db, settings, ask(db, settings)).state == "ready"


def test_a_document_that_was_given_up_half_made_is_made_when_it_is_asked_for_again(
    db: Database, settings: Settings, world: Pretended
):
    documents.take(db, ask(db, settings).id)
    assert ask(db, settings).state == "rendering"
    db.execute("update document set taken_at = '2020-01-01T00:00:00Z'")
    assert make(db, settings, ask(db, settings)).state == "ready"


def test_how_far_the_making_is_can_be_told_on_the_way(db: Database, settings: Settings, world: Pretended):
    seen: list[Any] = []

    def draw(stamp: Stamp) -> bytes:
        for percent in (None, 40):
            if percent:
                stamp.tell(percent)
            seen.extend(document.progress for document in documents.in_hand(db))
        return b"%PDF"

    world.draw = draw
    make(db, settings, ask(db, settings))
    assert seen == [15, 40]


def test_number_and_day_given_out_go_into_the_minutes(
    db: Database, settings: Settings, world: Pretended, cast: dict[str, Person]
):
    visit = visits.find(db, "v1")
    assert visit
    document_numbers.give(db, visit, "minutes", Given(5, date(2025, 8, 21)), by=cast["minh"].id)
    matter = MAKINGS["minutes"].gather(db, Wanted("minutes", visit_id="v1"), settings)
    assert (matter.number, matter.values["record"]["number"], matter.dated) == ("05", "05", date(2025, 8, 21))


def test_minutes_of_a_visit_are_the_same_file_when_they_are_made_twice(
    db: Database, settings: Settings, world: Pretended
):
    wanted = Wanted("minutes", visit_id="v1")
    first = make(db, settings, ask_for(db, wanted, settings, page=PAGE, by=None))
    documents.place_of(settings.data, first.sha256 or "").unlink()
    again = make(db, settings, ask_for(db, wanted, settings, page=PAGE, by=None))
    assert (again.state, again.sha256) == ("ready", first.sha256)
