"""An evening: 3,000 tablets come back into the network and send 100 changes each, through a real server.

The tablets run in a process of their own on the same cores, with requests made and packed before: what is measured is
the server, but it has not all cores for itself.
"""

from __future__ import annotations

import gzip
import json
import pickle
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from statistics import median, quantiles
from uuid import UUID

from bench.figures import Figure, timed
from bench.server import resident_mb, running_server
from bench.tablets import Call, Line, wire
from forms.library import library_source
from survey.app import create_app
from survey.database import Database, opened, transaction
from survey.demo.invention import Inventor
from survey.settings import Settings
from survey.store import checklists, people, trips, visits
from survey.store.checklists import Version
from survey.store.trips import Trip

TABLETS = 3_000
CHANGES = 100  # of each tablet
VISITS = 4  # of a trip
CONNECTIONS = 16
DAY = "2026-05-04"
START = 1_777_860_000_000  # that day in milliseconds
PATTERNS = 40  # different fillings of the checklist
NOTE = "Đã xem trên màn hình; danh sách cập nhật đến hết tháng trước, còn thiếu hai cán bộ mới chuyển về."
PICTURES = [f"{number:064x}" for number in range(3)]
IDLE_VISITS = 50


@dataclass(frozen=True)
class Evening:
    """A data folder with its people and trips, and the requests of their tablets in no particular order."""

    data: Path
    requests: list[bytes]


def measure(folder: Path) -> list[Figure]:
    """Everybody on a trip of their own, then delegations of five whose tablets also fetch what the others wrote."""
    figures = _one_evening(folder / "alone", 1, "3,000 tablets × 100 changes", (33_000, 150, 250))
    figures += _one_evening(folder / "together", 5, "  the same, and the changes of four colleagues", (None, None, 250))
    return figures + measure_idle(folder / "idle")


def _one_evening(
    data: Path, delegation: int, name: str, aims: tuple[float | None, float | None, float | None]
) -> list[Figure]:
    evening = prepare(data, TABLETS, delegation)
    with running_server(data) as (address, pid):
        seconds, calls = send(data, int(address.rpartition(":")[2]), evening.requests)
        memory = resident_mb(pid)
    p95 = quantiles([call.ms for call in calls], n=20)[-1]
    return [
        Figure(name, kept(data) / seconds, "/s", aims[0], more_is_better=True),
        Figure("  p95 of a call", p95, "ms", aims[1]),
        Figure("  calls that failed, changes that are missing", errors(calls) + lost(data), "", 0),
        Figure("  memory of the server afterwards", memory, "MB", aims[2]),
    ]


def kept(data: Path) -> int:
    """How many changes the database holds, with their authors."""
    with sqlite3.connect(data / "satcanh.sqlite") as db:
        return int(db.execute("select count(*) from change join person on person.id = author_id").fetchone()[0])


def lost(data: Path) -> int:
    return TABLETS * CHANGES - kept(data)


def errors(calls: list[Call]) -> int:
    """Calls without an answer in which everything was accepted."""
    return sum(1 for call in calls if call.status != 200 or len(answer_of(call)["accepted"]) != CHANGES)


def answer_of(call: Call) -> dict[str, list[object]]:
    packed = call.body[:2] == b"\x1f\x8b"
    return json.loads(gzip.decompress(call.body) if packed else call.body)  # type: ignore[no-any-return]


def measure_idle(data: Path) -> list[Figure]:
    """A tablet of somebody with fifty visits asks and there is nothing new."""
    evening = prepare(data, 5, 5, visits_of_trip=IDLE_VISITS)
    with running_server(data) as (address, _):
        port = int(address.rpartition(":")[2])
        send(data, port, evening.requests)
        head, _, _ = evening.requests[0].partition(b"\r\n\r\n")
        cookie = head.decode().partition("satcanh=")[2].split("\r\n")[0]
        request, line = wire(cookie, _packed("t-0", [], kept(data))), Line(port)
        spans = timed(lambda: line.call(request), 200)
        size = len(line.call(request)[1])
    return [
        Figure(f"Nothing new for a person with {IDLE_VISITS} visits: answer", size / 1000, "kB", 2),
        Figure("  answered in", median(spans), "ms", 10, min(spans), max(spans)),
    ]


def prepare(data: Path, tablets: int, delegation: int, visits_of_trip: int = VISITS) -> Evening:
    """Write people, trips and visits; pack what each tablet will send."""
    rng = Random(7)
    app = create_app(Settings(data=data))
    sign = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    with opened(data) as db, transaction(db):
        author = people.add(db, "admin", "Quản trị", "admin", "-")
        version = checklists.publish(db, library_source("commune"), "commune.md", by=author.id)
        patterns = fillings(db, version, rng)
        requests = []
        for number in range(0, tablets, delegation):
            members, planned = _trip(db, number, delegation, visits_of_trip, version)
            for place, person in enumerate(members):
                share = rng.choice(patterns)[place * 20 :]
                name = f"t-{number + place}"
                body = _packed(name, _changes(rng, name, planned[place % len(planned)], share))
                requests.append(wire(sign.dumps({"person": person}), body))
    rng.shuffle(requests)
    return Evening(data, requests)


def _trip(db: Database, number: int, size: int, count: int, version: Version) -> tuple[list[str], list[str]]:
    """One delegation with its visits: the ids of its people, the leader first, and of its visits."""
    roles = ["leader"] + ["member"] * (size - 1)
    members = [people.add(db, f"p{number + n}", f"Người {number + n}", role, "-").id for n, role in enumerate(roles)]
    trip = Trip(
        id=f"trip-{number}", decision_number="1/QĐ", decision_date=DAY, title=f"Chuyến {number}", starts_on=DAY,
        ends_on=DAY, leader_id=members[0],
    )  # fmt: skip
    trips.add(db, trip, created_by=members[0])
    for member in members:
        trips.set_member(db, trip.id, member, "")
    planned = []
    for place in range(count):
        planned.append(str(UUID(int=Random(number * 10 + place).getrandbits(128), version=4)))
        visits.add(db, planned[-1], trip.id, f"{10000 + place}", (version.id, version.version), DAY, members[0])
    return members, planned


def fillings(db: Database, version: Version, rng: Random) -> list[list[tuple[str, object]]]:
    """Answers to the whole checklist as the demo makes them up, with notes here and there."""
    engine = checklists.engine_of(db, version.id, version.version)
    unit = {"code": "15271", "kind": "xa", "name": "Hà Trung", "latitude": "20", "longitude": "105"}
    made = []
    for _ in range(PATTERNS):
        answers = Inventor(engine, rng, rng.random(), date.fromisoformat(DAY), unit).answers(PICTURES, {})
        filling: list[tuple[str, object]] = []
        for path, value in answers.items():
            filling.append((path, value))
            if path.endswith("#evidence") and rng.random() < 0.2:
                filling.append((path.replace("#evidence", "#note"), NOTE[: rng.randint(20, len(NOTE))]))
        made.append(filling)
    return made


def _changes(rng: Random, tablet: str, visit: str, share: list[tuple[str, object]]) -> list[dict[str, object]]:
    """What one tablet wrote within hours; every fifth change corrects the one before."""
    made: list[dict[str, object]] = []
    at = START + rng.randrange(8 * 3600_000)
    for number in range(CHANGES):
        at += rng.randint(5_000, 60_000)
        before = made[-1] if number % 5 == 4 else None
        question, value = (before["question"], before["value"]) if before else share[number % len(share)]
        time = f"{DAY}T{(at - START) // 3600_000 % 24:02d}:{at // 60_000 % 60:02d}:{at // 1000 % 60:02d}.000Z"
        change = {"id": _id(rng, at), "visit": visit, "question": question, "value": value}
        replaced = [before["id"]] if before else []
        made.append(change | {"replaces": replaced, "at": time, "device_at": time, "device": tablet})
    return made


def _id(rng: Random, at: int) -> str:
    bits = at << 80 | rng.getrandbits(80)
    return str(UUID(int=bits & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62))


def _packed(tablet: str, changes: list[dict[str, object]], cursor: int = 0) -> bytes:
    sent = {"device": tablet, "cursor": cursor, "visits": None, "changes": changes}
    return gzip.compress(json.dumps(sent, ensure_ascii=False).encode(), 6, mtime=0)


def send(folder: Path, port: int, requests: list[bytes]) -> tuple[float, list[Call]]:
    """Let a process of its own send these; seconds, and each call."""
    bodies = folder / "requests.pickle"
    bodies.write_bytes(pickle.dumps(requests))
    arguments = ["-m", "bench.tablets", str(port), str(bodies), str(CONNECTIONS)]
    subprocess.run([sys.executable, *arguments], check=True)
    seconds, calls = pickle.loads(bodies.with_suffix(".answers").read_bytes())
    return seconds, [Call(*call) for call in calls]
