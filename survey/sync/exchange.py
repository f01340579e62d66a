"""Taking in what a device sends: every change is checked alone, refused ones are kept, the rest goes into the log."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from pydantic import ValidationError

from forms.log import Change, Key, closes_a_circle
from forms.logic.state import State
from forms.logic.validity import view_question
from forms.minutes import is_of_minutes
from survey.assess import open_minutes, open_visit
from survey.checklists.moving import Late, late_for
from survey.clock import moment, utc_text
from survey.database import Database, transaction
from survey.language import gettext
from survey.language import mark as _
from survey.permissions import may, sees_visit
from survey.store import changes, visits
from survey.store.changes import Refusal, Rows, changes_adapter
from survey.store.moves import put_aside
from survey.store.people import Person
from survey.store.visit_access import VisitAccess, access_to, ids_of_person
from survey.store.visits import Visit
from survey.sync.answer_checks import AnswerChecks, checks_of
from survey.sync.group_commit import group_commit

REASONS = {
    "unreadable": _("Không đọc được câu trả lời này."),
    "visit_not_found": _("Không tìm thấy buổi làm việc của câu trả lời này."),
    "not_allowed": _("Tài khoản này không được điền buổi làm việc đó."),
    "visit_submitted": _("Buổi làm việc đã nộp nên không nhận thêm câu trả lời. Trưởng đoàn có thể mở lại."),
    "question_unknown": _("Phiếu của buổi làm việc này không có câu hỏi đó."),
    "value_type": _("Giá trị không đúng kiểu của câu hỏi."),
    "id_taken": _("Mã của câu trả lời này đã thuộc về một câu trả lời khác."),
    "circle": _("Câu trả lời này thay thế chính nó qua các câu khác."),
}
"""Why a change is refused: stable codes and their wording."""

LONGEST_ID = 80
CLOCK_SLACK = timedelta(minutes=5)
"""A change may say that it was made so much later than now; beyond that it counts as made now."""


@dataclass
class Receipt:
    """What became of each change that was sent, by id; `refused` holds id, code and message.

    `first` and `last` are the sequence numbers of what was added; `retimed` are those of the added changes that
    count from another moment than the device said.
    """

    accepted: list[str] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)
    first: int | None = None
    last: int | None = None
    retimed: list[Change] = field(default_factory=list)


@dataclass
class Asked:
    """What was asked of the database before anything was decided; `number` is that of the log's newest change.

    `present` are ids that are in the log; `awaited` are those that other changes replace although they were not there
    when the others came: only such a change can close a circle.
    """

    number: int
    access: dict[str, VisitAccess]
    known: dict[Key, Change]
    present: set[Key]
    awaited: set[Key]


@dataclass
class Batch:
    """The changes of one call, and what becomes of each."""

    db: Database
    person: Person
    now: datetime
    access: dict[str, VisitAccess]
    known: dict[Key, Change]
    present: set[Key]
    awaited: set[Key]
    added: list[Change] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    receipt: Receipt = field(default_factory=Receipt)
    _visits: dict[str, AnswerChecks | str] = field(default_factory=dict)
    _logs: dict[tuple[str, str], list[Change]] = field(default_factory=dict)
    _late: dict[Key, Late] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.latest = instant(self.now + CLOCK_SLACK)
        self.missing: set[Key] = set()

    def take(self, raw: object, change: Change | str) -> None:
        """Add one change to the log, or refuse it and keep it aside; a text instead of a change is why it must be."""
        if isinstance(change, str):
            self._refuse(raw, change)
            return
        key = change.key
        known = self.known.get(key)
        code = self._fault(change, known)
        if code is not None:
            self._refuse(change.model_dump(exclude_unset=True), code)
            return
        self.receipt.accepted.append(change.id)
        if known is None:
            self._add(change, key)

    def _fault(self, change: Change, known: Change | None) -> str | None:
        """Why the change cannot be taken in; None for one that is new and right, or known already."""
        opened = self._visits.get(change.visit) or self._open(change.visit)
        if isinstance(opened, str):
            return opened
        if known:
            return None if known.says_the_same_as(change) else "id_taken"
        if self.access[change.visit].state != "draft":
            return "visit_submitted"
        fault = opened.fault(change.question, change.value)
        if fault and (late := late_for(self.db, change)):
            fault, self._late[change.key] = None, late
        return fault or ("circle" if change.replaces and self._closes_a_circle(change) else None)

    def _open(self, visit_id: str) -> AnswerChecks | str:
        """The rules of a visit's checklist, or the code why this person cannot add to it."""
        visit = self.access.get(visit_id)
        opened: AnswerChecks | str
        if visit is None or not (visit.travels or visible(self.db, self.person, [visit_id])):
            opened = "visit_not_found"
        else:
            opened = checks_of(self.db, visit) if may(self.person, "visit.edit") else "not_allowed"
        self._visits[visit_id] = opened
        return opened

    def _closes_a_circle(self, change: Change) -> bool:
        if change.id in change.replaces:
            return True
        if change.key not in self.awaited:
            return False
        place = (change.visit, change.question)
        if place not in self._logs:
            added = [one for one in self.added if (one.visit, one.question) == place]
            self._logs[place] = changes.changes_of_question(self.db, *place) + added
        return closes_a_circle(change, self._logs[place])

    def _add(self, change: Change, key: Key) -> None:
        if change.at > self.latest:
            change = change.model_copy(update={"at": instant(self.now), "author": self.person.id})
            self.receipt.retimed.append(change)
        self.known[key] = change
        self.present.add(key)
        self.added.append(change)
        if self._logs and (change.visit, change.question) in self._logs:
            self._logs[change.visit, change.question].append(change)
        if change.replaces:
            missing = replaced_by(change) - self.present
            self.missing |= missing
            self.awaited |= missing
        if late := self._late.get(key):
            self.added += late.copies
            self.receipt.retimed += late.copies  # the device does not have these

    def _refuse(self, raw: object, code: str) -> None:
        message = gettext(REASONS[code])
        sent = raw if isinstance(raw, dict) else {}
        named = {name: printable(sent.get(name)) for name in ("id", "device", "visit")}
        self.receipt.refused.append({"id": named["id"], "code": code, "message": message})
        refusal = Refusal(
            id=named["id"], device=named["device"], visit_id=named["visit"], author_id=self.person.id, code=code,
            message=message, body=kept_text(raw), received_at=utc_text(self.now),
        )  # fmt: skip
        self.refusals.append(refusal)

    def packed(self) -> Rows:
        """What is to be added, ready to be written: others wait while it is, so that it is made before."""
        return changes.rows_of(self.added, utc_text(self.now), self.person.id)

    def write(self, db: Database, rows: Rows) -> None:
        """Put into the database what was decided; `rows` are those of `packed`."""
        if self.refusals:
            changes.keep_refusals(db, self.refusals)
        if not self.added:
            return
        self.receipt.last = changes.append_rows(db, rows)
        self.receipt.first = self.receipt.last - len(self.added) + 1  # nobody else writes meanwhile
        if self.missing:
            changes.await_changes(db, self.missing)
        for (visit, _id), late in self._late.items():
            put_aside(db, visit, late.aside)


class NotNewError(Exception):
    """Something about these changes must be asked of the database first."""


def take_in(db: Database, person: Person, sent: Sequence[object]) -> Receipt:
    """Write what can be accepted, once, in one transaction; the author is always the signed-in person.

    `sent` holds changes as they came, or as `Change` where they have been read already.
    """
    if not sent:
        return Receipt()
    read = read_changes(sent)
    found = [change for change in read if isinstance(change, Change)]
    try:
        if len(found) == len(read):
            return take_in_new(db, person, found)
    except (NotNewError, sqlite3.IntegrityError):  # the log has one of them, for instance
        pass
    return take_in_checked(db, person, sent, read)


def take_in_new(db: Database, person: Person, new: Sequence[Change]) -> Receipt:
    """As it nearly always is: all is right, new to the log, and awaited by nobody; else NotNewError or IntegrityError.

    The database says whether it is new by itself while it writes, instead of being asked about each change before.
    """
    now = moment()
    keys = {change.key for change in new}
    access = access_to(db, person.id, {change.visit for change in new})
    if not are_right(db, person, new, access, instant(now + CLOCK_SLACK)) or replaces_later(new, keys):
        raise NotNewError
    replaced = {key for change in new if change.replaces for key in replaced_by(change)} - keys
    missing = replaced - changes.known_of(db, replaced)
    rows = changes.rows_of(new, utc_text(now), person.id)
    receipt = Receipt([change.id for change in new])

    def write(db: Database) -> None:
        if changes.awaits_any(db, access) or access_to(db, person.id, access) != access:
            raise NotNewError
        receipt.last = changes.append_rows(db, rows)
        receipt.first = receipt.last - len(new) + 1  # nobody else writes meanwhile
        if missing:
            changes.await_changes(db, missing)

    group_commit.write(db, write)
    return receipt


def are_right(db: Database, person: Person, new: Sequence[Change], access: dict[str, VisitAccess], latest: str) -> bool:
    """Whether the person may fill these visits, and each change could be an answer and was made by `latest`."""
    if not may(person, "visit.edit"):
        return False
    rules = {id: checks_of(db, visit) for id, visit in access.items() if visit.travels and visit.state == "draft"}
    for change in new:
        checks = rules.get(change.visit)
        if checks is None or change.at > latest or checks.fault(change.question, change.value):
            return False
    return True


def replaces_later(new: Sequence[Change], keys: Collection[Key]) -> bool:
    """Whether a change replaces one that comes after it, or itself: then there may be a circle."""
    seen: set[Key] = set()
    for change in new:
        if change.replaces and not replaced_by(change).intersection(keys) <= seen:
            return True
        seen.add(change.key)
    return False


def take_in_checked(db: Database, person: Person, sent: Sequence[object], read: list[Change | str]) -> Receipt:
    """Whatever came: the database is asked about each change first.

    Decided before the transaction, so that others wait only for the writing, and again within it when the log or
    the visits have moved on so that something else might be right.
    """
    asked = ask(db, person, read)
    batch = decide(db, person, sent, read, asked)
    rows = batch.packed()
    with transaction(db):
        if is_stale(db, person, read, asked):
            batch = decide(db, person, sent, read, ask(db, person, read))
            rows = batch.packed()
        batch.write(db, rows)
    return batch.receipt


def read_changes(sent: Sequence[object]) -> list[Change | str]:
    """Each change as its author sent it, or the code why it cannot be read; all at once when all can be."""
    try:
        return list(changes_adapter.validate_python(sent))
    except ValidationError:
        return [read_change(raw) for raw in sent]


def read_change(raw: object) -> Change | str:
    """One change, or "value_type" or "unreadable"."""
    try:
        return Change.model_validate(raw)
    except ValidationError as error:
        about_value = any(problem["loc"][:1] == ("value",) for problem in error.errors(include_url=False))
        return "value_type" if about_value else "unreadable"


def ask(db: Database, person: Person, read: list[Change | str]) -> Asked:
    """What the database knows of these changes: asked once for all of them."""
    found = [change for change in read if isinstance(change, Change)]
    replacing = [change for change in found if change.replaces]
    number = changes.last_of_all(db)  # first: what comes later than this is looked for again
    known = changes.find_changes(db, [change.key for change in found])
    replaced = {key for change in replacing for key in replaced_by(change)} - {change.key for change in found}
    present = known.keys() | changes.known_of(db, replaced)
    awaited = changes.awaited_of(db, [change.key for change in replacing])
    return Asked(number, access_to(db, person.id, {change.visit for change in found}), known, present, awaited)


def replaced_by(change: Change) -> set[Key]:
    """What a change replaces, in its own visit."""
    return {(change.visit, old) for old in change.replaces}


def decide(db: Database, person: Person, sent: Sequence[object], read: list[Change | str], asked: Asked) -> Batch:
    """What becomes of each change."""
    batch = Batch(db, person, moment(), asked.access, dict(asked.known), set(asked.present), set(asked.awaited))
    for raw, change in zip(sent, read, strict=True):
        batch.take(raw, change)
    return batch


def is_stale(db: Database, person: Person, read: list[Change | str], asked: Asked) -> bool:
    """Whether something else might be decided now; where circles are possible at all, always."""
    found = [change for change in read if isinstance(change, Change)]
    replacing = [change.key for change in found if change.replaces]
    return bool(
        asked.awaited
        or changes.awaited_of(db, replacing)
        or changes.came_since(db, asked.number, [change.key for change in found])
        or access_to(db, person.id, asked.access.keys()) != asked.access
    )


def broken_rules(db: Database, visit: Visit) -> list[str]:
    """The ids of the changes that show in a visit although their value breaks a rule of the checklist, by time.

    Such a value is accepted all the same: work in the field is never lost to validation.
    """
    state, minutes = open_visit(db, visit), open_minutes(db, visit)
    shown = {change.question: change for change in reversed(changes.counting_of(db, visit.id))}
    given = (change for change in shown.values() if change.value is not None)
    broken = [c for c in given if not is_valid(minutes if is_of_minutes(c.question) else state, c.question)]
    return [change.id for change in sorted(broken, key=Change.recency)]


def is_valid(state: State, question: str) -> bool:
    """Whether an answer keeps the rules; facets and instances of repeats have none of their own."""
    place = state.engine.locate(question)
    item = state.engine.items[place.path]
    if place.facet or not item.is_question or place.keys not in state.keys_of(item.repeats):
        return True
    return bool(view_question(state, place.path, place.keys)["valid"])


def instant(at: datetime) -> str:
    """A moment as changes carry it: in UTC with milliseconds."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def printable(value: object) -> str:
    """What a device called something, short and fit for the database whatever it was."""
    text = value if isinstance(value, str) else ""
    return text[:LONGEST_ID].encode("utf-8", "replace").decode().replace("\0", "?")


def kept_text(raw: object) -> str:
    """What was sent, as JSON text; what is nested too deeply to be written again is only named."""
    try:
        return json.dumps(raw)
    except RecursionError:
        return '"nested too deeply"'


def visible(db: Database, person: Person, wanted: Iterable[str] | None) -> list[str]:
    """The ids of the visits whose changes go to this person; `wanted` narrows them."""
    if wanted is None:
        return ids_of_person(db, person.id)
    ids = list(dict.fromkeys(wanted))
    if may(person, "visit.edit"):  # members and leaders: their own trips, as `sees_visit` says
        known = access_to(db, person.id, ids)
        return [id for id in ids if id in known and known[id].travels]
    found = ((id, visits.find(db, id)) for id in ids)
    return [id for id, visit in found if visit is not None and sees_visit(db, person, visit)]
