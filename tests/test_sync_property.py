"""Whatever is lost, repeated or late between tablets and server: once all have met, all hold the same, and nothing is missing."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from forms.log import Change, current_changes
from survey.accounts import hash_password
from survey.database import connect
from survey.pages.sync import since
from survey.settings import Settings
from survey.store import changes, people
from survey.sync import exchange
from survey.sync.messages import Answer, Request
from tests.conftest import CAST
from tests.field_world import make_id, plan_visit
from tests.tablet_model import Tablet

QUESTIONS = ("/B/B05", "/B/B01#note", "/A/A07[k1]")
VALUES: dict[str, list[Any]] = {
    "/B/B05": [None, 1, 2, 140], "/B/B01#note": [None, "một", "hai"], "/A/A07[k1]": [True, False],
}  # fmt: skip
TABLETS = (("lan", 0), ("minh", 0), ("lan", 60 * 24 * 400), ("minh", -60 * 24 * 30))
"""Two of the tablets have clocks that are a year ahead and a month behind."""


class Exchanging(RuleBasedStateMachine):
    """Four tablets of two people, one real database, and a network that loses, repeats and delays."""

    folder: ClassVar[Path]

    @initialize()
    def open(self) -> None:
        self.data = Path(tempfile.mkdtemp(dir=self.folder))
        shutil.copytree(self.folder / "planned", self.data, dirs_exist_ok=True)
        self.db = connect(self.data)
        self.people = {login: people.find_by_login(self.db, login) for login in ("lan", "minh")}
        self.tablets = [Tablet(f"t{n}", login, minutes) for n, (login, minutes) in enumerate(TABLETS)]
        self.accepted: set[str] = set()
        self.kept: list[tuple[Tablet, dict[str, Any]]] = []
        self.late: list[tuple[Tablet, dict[str, Any]]] = []
        self.count = 0

    def call(self, tablet: Tablet, request: dict[str, Any]) -> dict[str, Any]:
        """The server's answer, through JSON both ways."""
        person = self.people[tablet.person]
        assert person
        asked = Request.model_validate_json(json.dumps(request))
        receipt = exchange.take_in(self.db, person, asked.changes)
        visits = exchange.visible(self.db, person, asked.visits)
        found, cursor, more = since(self.db, visits, asked.cursor, receipt, most=3)
        answer = Answer(
            accepted=receipt.accepted, refused=receipt.refused, changes=found, people={}, cursor=cursor, more=more,
            server_time="2025-08-19T02:00:00.000Z",
        )  # fmt: skip
        self.accepted.update(receipt.accepted)
        self.kept.append((tablet, request))
        return dict(json.loads(answer.model_dump_json()))

    @rule(number=st.integers(0, 3), question=st.sampled_from(QUESTIONS), choice=st.integers(0, 9))
    def write(self, number: int, question: str, choice: int) -> None:
        tablet, self.count = self.tablets[number], self.count + 1
        moment = exchange.instant(exchange.moment() + exchange.timedelta(minutes=tablet.minutes))
        value = VALUES[question][choice % len(VALUES[question])]
        change = Change(
            id=make_id(self.count), visit="v1", question=question, value=value, replaces=tablet.seen(question),
            at=moment, device_at=moment, device=tablet.name,
        )  # fmt: skip
        tablet.write(change)

    @rule(number=st.integers(0, 3), most=st.integers(1, 5))
    def meet(self, number: int, most: int) -> None:
        tablet = self.tablets[number]
        tablet.receive(self.call(tablet, tablet.request(most)))

    @rule(number=st.integers(0, 3), most=st.integers(1, 5))
    def lose_the_answer(self, number: int, most: int) -> None:
        tablet = self.tablets[number]
        self.call(tablet, tablet.request(most))

    @rule(number=st.integers(0, 3))
    def lose_the_request(self, number: int) -> None:
        """Nothing comes to the server, but the network may deliver it later."""
        tablet = self.tablets[number]
        self.kept.append((tablet, tablet.request(5)))

    @precondition(lambda self: self.kept)
    @rule(choice=st.integers(0, 99), backwards=st.booleans())
    def repeat_an_old_request(self, choice: int, backwards: bool) -> None:
        """It comes again, perhaps with its changes in another order; its answer goes nowhere."""
        tablet, request = self.kept[choice % len(self.kept)]
        entries = request["changes"][::-1] if backwards else request["changes"]
        self.call(tablet, request | {"changes": entries})

    @rule(number=st.integers(0, 3))
    def answer_comes_late(self, number: int) -> None:
        tablet = self.tablets[number]
        self.late.append((tablet, self.call(tablet, tablet.request(2))))

    @precondition(lambda self: self.late)
    @rule(choice=st.integers(0, 99))
    def late_answer(self, choice: int) -> None:
        tablet, answer = self.late.pop(choice % len(self.late))
        if answer["cursor"] >= tablet.cursor:  # a tablet waits for no answer after it has asked again
            tablet.receive(answer)

    @invariant()
    def nothing_accepted_is_missing(self) -> None:
        if hasattr(self, "db"):
            keys = {("v1", id) for id in self.accepted}
            assert changes.known_of(self.db, keys) == keys

    def teardown(self) -> None:
        if not hasattr(self, "db"):
            return
        for _ in range(2):
            for tablet in self.tablets:
                self.meet_fully(tablet)
        written = {id: change for tablet in self.tablets for id, change in tablet.log.items()}
        log = changes.changes_of(self.db, "v1")
        current = {change.id: (change.at, change.value) for change in current_changes(log)}
        assert [tablet.current() for tablet in self.tablets] == [current] * len(self.tablets)
        assert current.keys() == {change.id for change in current_changes(written.values())}
        assert {change.id for change in log} == written.keys() == {make_id(n) for n in range(1, self.count + 1)}
        self.db.close()
        shutil.rmtree(self.data)

    def meet_fully(self, tablet: Tablet) -> None:
        while True:
            answer = self.call(tablet, tablet.request(1000))
            tablet.receive(answer)
            if not answer["more"]:
                return


def test_everybody_ends_with_the_same_whatever_the_network_does(
    tmp_path: Path, prepared_folder: Path, monkeypatch: pytest.MonkeyPatch
):
    planned = tmp_path / "planned"
    shutil.copytree(prepared_folder, planned)
    db = connect(planned)
    stored = hash_password("-", Settings(password_rounds=1, password_memory_kib=64))
    cast = {
        login: people.add(db, login, name, role, stored, province_code=at) for login, (name, role, at) in CAST.items()
    }
    plan_visit(db, cast)
    db.close()
    monkeypatch.setattr(Exchanging, "folder", tmp_path, raising=False)
    run_state_machine_as_test(
        Exchanging,
        settings=settings(
            max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
