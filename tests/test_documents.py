"""The register of documents: codes, one document for the same data, the queue, and files under their hash."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from survey.database import Database
from survey.store import documents
from survey.store.documents import Document, Failure, Label, Wanted

LABEL = Label("a" * 64, "bao-cao", "Xã Hà Trung", "Hà Trung Commune", "2025-08-19", "05")


def enter(db: Database, number: int = 1, copy: str = "internal") -> Document:
    label = Label(**vars(LABEL) | {"data_sha256": f"{number:064d}"})
    return documents.register(db, Wanted("synthesis", copy), label, page="https://sc.example/d/", by=None)  # type: ignore[arg-type]


def test_codes_are_twelve_signs_that_nobody_takes_for_one_another():
    codes = [documents.new_code() for _ in range(200)]
    assert [
        code for code in codes if not re.fullmatch(r"(?:[2-9A-HJKMNP-TV-Z]{4}-){2}[2-9A-HJKMNP-TV-Z]{4}", code)
    ] == []
    assert len(set(codes)) == 200


@pytest.mark.parametrize("typed", ["7KQ2-M9XA-3HTD", "7kq2m9xa3htd", " 7kq2 m9xa 3htd ", "7KQ-2M9-XA3-HTD"])
def test_a_code_is_read_however_it_was_typed(typed: str):
    assert documents.read_code(typed) == "7KQ2-M9XA-3HTD"


@pytest.mark.parametrize("typed", ["", "7KQ2-M9XA", "7KQ2-M9XA-3HT0", "7KQ2-M9XA-3HTD-2", "' or 1=1 --", "<script>"])
def test_what_is_no_code_is_none(typed: str):
    assert documents.read_code(typed) is None


def test_a_new_document_waits_with_its_code_in_its_address(db: Database):
    found = enter(db)
    assert (found.state, found.progress, found.tries, found.sha256, found.failure) == ("waiting", 0, 0, None, None)
    assert found.address == f"https://sc.example/d/{found.code}"
    assert (found.label.number, found.file_name) == ("05", "bao-cao.pdf")


def test_the_same_data_in_the_same_copy_are_one_document(db: Database):
    first, again, other_copy, other_data = enter(db), enter(db), enter(db, copy="province"), enter(db, 2)
    assert again == first
    assert len({first.code, other_copy.code, other_data.code}) == 3


def test_documents_are_taken_in_the_order_of_asking_and_each_once(db: Database):
    asked = [enter(db, number) for number in (1, 2)]
    db.execute("update document set asked_at = '2020-01-01T00:00:00Z' where id = :id", {"id": asked[1].id})
    waiting = [documents.find(db, document.id) for document in asked]
    assert [documents.count_before(db, document) for document in waiting if document] == [1, 0]
    taken = [documents.take_next(db) for _ in range(3)]
    assert [document and document.id for document in taken] == [asked[1].id, asked[0].id, None]
    assert [documents.somebody_waits(db), len(documents.in_hand(db))] == [False, 2]


def test_the_queue_is_found_without_looking_through_the_register(db: Database):
    document, said = enter(db), []
    db.conn.set_trace_callback(said.append)
    documents.somebody_waits(db)
    documents.count_before(db, document)
    documents.take_next(db)
    documents.in_hand(db)
    db.conn.set_trace_callback(None)
    asked = [statement for statement in said if statement.lstrip().startswith(("select", "update"))]
    plans = [row[3] for statement in asked for row in db.execute(f"explain query plan {statement}")]
    assert len(asked) == 5
    assert [plan for plan in plans if "document" in plan and "INDEX" not in plan] == []


def test_a_document_that_failed_waits_anew_when_it_is_asked_for_again(db: Database):
    failed = documents.take(db, enter(db).id)
    assert failed is not None
    documents.note_failure(db, failed.id, Failure(code="document_crashed", details={"status": 11}))
    told = documents.find(db, failed.id)
    assert told and (told.state, told.failure) == ("failed", Failure(code="document_crashed", details={"status": 11}))
    again = enter(db)
    assert (again.code, again.state, again.tries, again.failure) == (failed.code, "waiting", 0, None)


def test_only_a_finished_document_is_found_by_its_code(db: Database):
    document = enter(db)
    assert documents.find_given_out(db, document.code) is None
    documents.take(db, document.id)
    assert documents.note_ready(db, document.id, "b" * 64, 12)
    found = documents.find_given_out(db, document.code)
    assert found and (found.state, found.progress, found.sha256, found.size) == ("ready", 100, "b" * 64, 12)


def test_the_hash_of_a_document_given_out_never_changes(db: Database):
    document = enter(db)
    documents.take(db, document.id)
    documents.note_ready(db, document.id, "b" * 64, 12)
    documents.ask_anew(db, document.id)
    documents.take(db, document.id)
    assert not documents.note_ready(db, document.id, "c" * 64, 12)
    assert not documents.note_data(db, document.id, LABEL)


def test_the_database_knows_no_finished_document_without_a_hash(db: Database):
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("update document set state = 'ready' where id = :id", {"id": enter(db).id})


def test_a_file_is_given_only_as_it_was_kept(tmp_path: Path):
    known = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"  # of "foo"
    assert documents.read_file(tmp_path, known) is None
    documents.keep_file(tmp_path, known, b"foo")
    assert documents.read_file(tmp_path, known) == b"foo"
    documents.place_of(tmp_path, known).write_bytes(b"fop")
    assert documents.read_file(tmp_path, known) is None
