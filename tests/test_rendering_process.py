"""The process in which documents are made: whatever befalls one, it is told, and the next one is made."""

from __future__ import annotations

import os
import resource
import signal
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from survey.database import Database, connect
from survey.documents.matter import Stamp
from survey.documents.rendering import ask_for
from survey.documents.rendering_process import Keeper, Nudges, take_up
from survey.settings import Settings
from survey.store import documents
from survey.store.documents import Document, Wanted
from survey.store.people import Person
from tests.document_world import PAGE, Pretended, ask, plainly, pretend
from tests.serving_world import free_port, start_server
from tests.visit_world import plan


@pytest.fixture
def world(db: Database, cast: dict[str, Person], monkeypatch: pytest.MonkeyPatch) -> Pretended:
    plan(db, cast)
    return pretend(monkeypatch)


def keeper(settings: Settings) -> Keeper:
    """One whose renderer ends as soon as nothing waits."""
    return Keeper(replace(settings, render_seconds=1), Nudges(), idle=0)


def states(db: Database, *asked: Document) -> list[tuple[str, str]]:
    found = [documents.find(db, document.id) for document in asked]
    return [(one.state, one.failure.code if one.failure else "") for one in found if one]


def fall(stamp: Stamp) -> bytes:
    os.kill(os.getpid(), signal.SIGTRAP)  # as glib ends a process for which it finds no memory
    return b""


def be_killed(stamp: Stamp) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def leave(stamp: Stamp) -> bytes:
    os._exit(3)


def take_for_ever(stamp: Stamp) -> bytes:
    time.sleep(60)
    return b""


def take_all_memory(stamp: Stamp) -> bytes:
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    return bytes(most)


def test_everything_that_waits_is_made(db: Database, settings: Settings, world: Pretended):
    asked = [ask(db, settings, form=form) for form in ("pdf", "docx", "xlsx")]
    keeping = keeper(settings)
    assert [keeping.turn(), keeping.turn()] == [True, False]
    assert states(db, *asked) == [("ready", "")] * 3


@pytest.mark.parametrize(
    ("draw", "code"),
    [
        (fall, "document_crashed"),
        (leave, "document_crashed"),
        (be_killed, "document_killed"),
        (take_for_ever, "document_timed_out"),
        (take_all_memory, "document_too_large"),
    ],
)
def test_a_document_that_ends_its_renderer_fails_alone(
    db: Database, settings: Settings, world: Pretended, draw: Callable[[Stamp], bytes], code: str
):
    def bad_for_one(stamp: Stamp) -> bytes:
        return draw(stamp) if stamp.code == asked[0].code else plainly(stamp)

    world.draw = bad_for_one
    asked = [ask(db, settings, form=form) for form in ("pdf", "docx")]
    db.execute("update document set asked_at = '2020' where id = :id", {"id": asked[0].id})
    keeping = keeper(settings)
    while keeping.turn():
        pass
    assert states(db, *asked) == [("failed", code), ("ready", "")]


def test_a_renderer_that_died_between_two_documents_leaves_none_behind(
    db: Database, settings: Settings, world: Pretended, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(documents, "take_next", lambda db: os.kill(os.getpid(), signal.SIGKILL))
    asked = ask(db, settings)
    assert keeper(settings).turn()
    assert states(db, asked) == [("waiting", "")]


def test_what_a_command_makes_meanwhile_does_not_fail_with_a_renderer(
    db: Database, settings: Settings, world: Pretended
):
    by_command, waiting = ask(db, settings), ask(db, settings, form="docx")
    documents.take(db, by_command.id)
    world.draw = be_killed
    assert keeper(settings).turn()
    assert states(db, by_command, waiting) == [("rendering", ""), ("failed", "document_killed")]


def test_what_a_power_cut_interrupted_is_taken_up_again(db: Database, settings: Settings, world: Pretended):
    interrupted = ask(db, settings)
    documents.take(db, interrupted.id)
    take_up(db)
    assert states(db, interrupted) == [("waiting", "")]


def test_what_was_interrupted_three_times_is_not_tried_again(db: Database, settings: Settings, world: Pretended):
    interrupted = ask(db, settings)
    for _ in range(3):
        documents.take(db, interrupted.id)
        take_up(db)
    assert states(db, interrupted) == [("failed", "document_interrupted")]


def test_a_trouble_of_the_keeper_itself_leaves_nothing_half_made(
    db: Database, settings: Settings, world: Pretended, monkeypatch: pytest.MonkeyPatch
):
    asked, keeping = ask(db, settings), keeper(settings)
    monkeypatch.setattr("survey.documents.rendering_process.PAUSE", 0)
    world.draw = be_killed
    with monkeypatch.context() as full:
        full.setattr(documents, "note_failure", lambda *_: 1 / 0)  # as on a full disk
        keeping._turn_or_pause()
    assert states(db, asked) == [("waiting", "")]


def test_a_nudge_wakes_and_many_are_one(db: Database, settings: Settings, world: Pretended):
    nudges, document = Nudges(), ask(db, settings)
    for _ in range(70_000):  # more than a pipe holds
        nudges.give(db, document, settings)
    assert nudges.wait(5)
    while nudges.wait(0):
        pass
    assert not nudges.wait(0.01)


def ready_within(folder: Path, document: Document, seconds: float) -> bool:
    end = time.monotonic() + seconds
    with closing(connect(folder)) as db:
        while time.monotonic() < end:
            found = documents.find(db, document.id)
            if found and found.state == "ready":
                return True
            time.sleep(0.1)
    return False


def test_a_server_takes_up_what_lay_there_when_it_starts(db: Database, settings: Settings, cast: dict[str, Person]):
    plan(db, cast)
    interrupted = ask_for(db, Wanted("report", form="xlsx", visit_id="v1"), settings, page=PAGE, by=None)
    documents.take(db, interrupted.id)
    server = start_server(settings.data, free_port(), "--processes", "1")
    try:
        assert ready_within(settings.data, interrupted, 30)
    finally:
        server.terminate()
        server.wait(15)
