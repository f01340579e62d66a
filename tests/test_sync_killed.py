"""A server that is killed again and again in the middle of its work: what it once accepted is there."""

from __future__ import annotations

import http.client
import json
import os
import signal
import sqlite3
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from flask.testing import FlaskClient

from survey.database import FILE_NAME, Database
from survey.settings import Settings
from tests.field_world import make_id, plan_visit, sent
from tests.serving_world import children_of, free_port, start_server

CALLS = 200
KILLS = 10


@dataclass
class Killed:
    """A server on a data folder, what was accepted by it, and a way to end it like a power cut ends a program."""

    data: Path
    cookie: str
    port: int = field(default_factory=free_port)
    accepted: set[str] = field(default_factory=set)

    def start(self) -> None:
        self.process: subprocess.Popen[bytes] = start_server(self.data, self.port)
        self.workers = children_of(self.process.pid)

    def kill(self) -> None:
        for pid in (self.process.pid, *self.workers):
            os.kill(pid, signal.SIGKILL)

    def call(self, body: bytes) -> bool:
        """Whether an answer came."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request("POST", "/api/sync", body, {"Cookie": f"satcanh={self.cookie}", "Accept-Encoding": "identity"})
            answer = json.loads(line.getresponse().read())
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()
        assert answer["refused"] == []
        self.accepted.update(answer["accepted"])
        return True

    def missing(self) -> set[str]:
        """What was accepted and is not in the database; the database itself must be whole."""
        with sqlite3.connect(self.data / FILE_NAME) as db:
            assert db.execute("pragma integrity_check").fetchone() == ("ok",)
            return self.accepted - {id for (id,) in db.execute("select id from change")}


def bodies(rng: Random) -> list[bytes]:
    made, count = [], 0
    for _ in range(CALLS):
        entries = []
        for _ in range(rng.randint(1, 60)):
            count += 1
            old = (rng.randint(1, count - 1),) if count > 1 and rng.random() < 0.3 else ()
            entries.append(sent(count, "/B/B01#note", "ghi chú " * rng.randint(1, 60), old))
        made.append(json.dumps({"device": "t", "cursor": 2**62, "changes": entries}).encode())
    return made


def test_nothing_accepted_is_lost_when_the_server_is_killed(
    lan: FlaskClient, db: Database, cast: dict[str, object], settings: Settings
):
    plan_visit(db, cast)  # type: ignore[arg-type]
    db.close()
    cookie = lan.get_cookie("satcanh")
    assert cookie
    rng, server = Random(5), Killed(settings.data, cookie.value)
    waiting = bodies(rng)
    deadly = set(rng.sample(range(1, CALLS), KILLS))
    unanswered = 0
    server.start()
    for number, body in enumerate(waiting):
        if number in deadly:
            threading.Timer(rng.uniform(0, 0.012), server.kill).start()
        while not server.call(body):  # the same call again, as a tablet does
            unanswered += 1
            server.process.wait(10)
            assert server.missing() == set()
            server.start()
    server.kill()
    server.process.wait(10)
    every = {make_id(n) for n in range(1, sum(len(json.loads(body)["changes"]) for body in waiting) + 1)}
    assert (server.missing(), server.accepted) == (set(), every)
    assert unanswered >= KILLS // 2
