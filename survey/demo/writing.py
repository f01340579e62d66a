"""Write fictitious visits the way delegations do: every answer a change of the log, then submitted and assessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from uuid import UUID

from forms.log import Change, Value
from forms.units import Unit
from survey.assess import submit_visit
from survey.database import Database
from survey.demo import pictures
from survey.demo.agreeing import agreed_answers
from survey.demo.invention import Inventor
from survey.store import attachments, changes, checklists, visits
from survey.store.attachments import Attachment
from survey.store.people import Person
from survey.store.trips import Trip

MORNING = time(8, 0)
HANOI = timedelta(hours=7)
UNREACHED = {"F", "G", "H", "I", "J"}
INTERRUPTED = "Đơn vị phải họp đột xuất (minh họa)."


@dataclass(frozen=True)
class DemoVisit:
    """What a fictitious visit is about; `given` are answers by question name that are not made up."""

    trip: Trip
    unit: Unit
    form: str
    day: date
    strength: float = 0.5
    given: Mapping[str, Value] = field(default_factory=dict)
    incomplete: bool = False


class Writer:
    """Writes visits into one database, with one source of chance."""

    def __init__(self, db: Database, folder: Path, rng: Random, people: dict[str, Person]) -> None:
        self.db, self.folder, self.rng, self.people = db, folder, rng, people
        self.versions = {version.id: version for version in checklists.list_latest(db)}
        self.files = {sha256(data).hexdigest(): data for data in (*pictures.scenes(), pictures.signature())}
        for name, data in self.files.items():
            attachments.keep_file(folder, name, data)

    def new_id(self) -> str:
        return str(UUID(int=self.rng.getrandbits(128), version=4))

    def plan(self, demo: DemoVisit) -> str:
        """A visit without answers; its id."""
        version, visit_id = self.versions[demo.form], self.new_id()
        visits.add(
            self.db, visit_id, demo.trip.id, demo.unit.code, (version.id, version.version), demo.day.isoformat(),
            self.people["minh"].id, fictitious=True,
        )  # fmt: skip
        return visit_id

    def write(self, demo: DemoVisit) -> str:
        """A visit with its answers in the log, submitted by the leader; its id."""
        visit_id = self.plan(demo)
        for name, data in self.files.items():
            self._attach(visit_id, name, len(data), demo.day)
        answers = self._answers(demo)
        if demo.incomplete:
            answers = {path: value for path, value in answers.items() if path.split("/")[1] not in UNREACHED}
        self._log(visit_id, demo.day, answers)
        found = visits.find(self.db, visit_id)
        if found is not None:
            reason = INTERRUPTED if demo.incomplete else ""
            evening = f"{demo.day.isoformat()}T10:00:00Z"
            submit_visit(self.db, found, reason, by=self.people["minh"].id, at=evening)
        return visit_id

    def _attach(self, visit_id: str, name: str, size: int, day: date) -> None:
        attachment = Attachment(
            sha256=name, visit_id=visit_id, media_type="image/png", size=size, name="minh-hoa.png",
            author_id=self.people["lan"].id, received_at=f"{day.isoformat()}T04:00:00Z",
        )  # fmt: skip
        attachments.add_attachment(self.db, attachment)

    def _answers(self, demo: DemoVisit) -> dict[str, Value]:
        version = self.versions[demo.form]
        engine = checklists.engine_of(self.db, version.id, version.version)
        unit = {
            "code": demo.unit.code, "kind": demo.unit.kind, "name": demo.unit.name,
            "latitude": str(demo.unit.latitude or ""), "longitude": str(demo.unit.longitude or ""),
        }  # fmt: skip
        inventor = Inventor(engine, self.rng, demo.strength, demo.day, unit)
        answers = inventor.answers(list(self.files), dict(demo.given))
        return answers if demo.incomplete else answers | agreed_answers(inventor.state, self.rng)

    def _log(self, visit_id: str, day: date, answers: dict[str, Value]) -> None:
        """One change an answer, some seconds apart, by the two people of the delegation in turn."""
        at = datetime.combine(day, MORNING, UTC) - HANOI
        for number, (question, value) in enumerate(answers.items()):
            at += timedelta(seconds=self.rng.randint(15, 80))
            person = self.people["minh" if number % 3 == 0 else "lan"]
            moment = at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
            change = Change(
                id=self._change_id(at), visit=visit_id, question=question, value=value, at=moment, device_at=moment,
                device=f"demo-{person.login}", author=person.id,
            )  # fmt: skip
            changes.append_change(self.db, change, moment)

    def _change_id(self, at: datetime) -> str:
        """A UUIDv7 of the fictitious moment (RFC 9562: 48 bits of milliseconds, then version, variant and chance)."""
        bits = int(at.timestamp() * 1000) << 80 | self.rng.getrandbits(80)
        bits = bits & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62
        return str(UUID(int=bits))
