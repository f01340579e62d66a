"""Publishing: the same bytes again are the same version, other bytes are refused, a version is compiled once."""

from __future__ import annotations

import pytest

from forms.faults import ChecklistError
from survey.database import Database
from survey.problems import Problem
from survey.store import checklists
from survey.store.people import Person
from tests.visit_world import CHECKLIST

SECOND = CHECKLIST.replace("| nho | 1 |", "| nho | 2 |")


def test_publish_keeps_source_definition_and_module(db: Database, cast: dict[str, Person]):
    version = checklists.publish(db, CHECKLIST.encode(), "nho.md", by=cast["quan"].id)
    assert (version.id, version.version, version.title["vi"], version.unit_kinds) == (
        "nho",
        "1",
        "Phiếu nhỏ",
        ["xa", "phuong"],
    )
    assert checklists.source_of(db, "nho", "1") == CHECKLIST.encode()
    assert "export" in checklists.module_of(db, "nho", "1")
    assert checklists.definition_of(db, "nho", "1").sections[0].name == "B"


def test_publish_the_same_bytes_again_changes_nothing(db: Database):
    first = checklists.publish(db, CHECKLIST.encode(), "nho.md", by=None)
    assert checklists.publish(db, CHECKLIST.encode(), "nho.md", by=None) == first
    assert checklists.list_versions(db) == [first]


def test_publish_other_bytes_under_the_same_version_is_refused(db: Database):
    checklists.publish(db, CHECKLIST.encode(), "nho.md", by=None)
    with pytest.raises(Problem) as caught:
        checklists.publish(db, CHECKLIST.replace("Tài khoản", "Tài khoản mới").encode(), "nho.md", by=None)
    assert caught.value.code == "version_differs"
    assert checklists.source_of(db, "nho", "1") == CHECKLIST.encode()


def test_publish_a_faulty_source_keeps_nothing(db: Database):
    with pytest.raises(ChecklistError):
        checklists.publish(db, CHECKLIST.replace("${B01}", "${B99}").encode(), "nho.md", by=None)
    assert checklists.list_versions(db) == []


def test_new_visits_use_the_version_published_last(db: Database):
    checklists.publish(db, SECOND.encode(), "nho.md", by=None)
    checklists.publish(db, CHECKLIST.encode(), "nho.md", by=None)
    db.execute("update checklist_version set published_at = '2025-01-01T00:00:00Z' where version = '1'")
    assert [(version.id, version.version) for version in checklists.list_latest(db)] == [("nho", "2")]
    assert checklists.find_latest(db, "nho").version == "2"


def test_a_version_is_compiled_once(db: Database):
    checklists.publish(db, CHECKLIST.encode(), "nho.md", by=None)
    assert checklists.engine_of(db, "nho", "1") is checklists.engine_of(db, "nho", "1")


def test_a_version_fits_the_kinds_it_names(db: Database):
    version = checklists.publish(db, CHECKLIST.encode(), "nho.md", by=None)
    assert [version.fits(kind) for kind in ("xa", "so")] == [True, False]


def test_an_unknown_version_is_a_problem(db: Database):
    with pytest.raises(Problem, match="Không tìm thấy phiếu khac bản 9"):
        checklists.engine_of(db, "khac", "9")
