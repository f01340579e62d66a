"""Taking in what a device sends: every change is checked alone, refused ones are kept, the rest goes into the log."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from pydantic import ValidationError

from forms.answers import Place, UnknownNameError, WrongValueError, check_facet, check_value
from forms.checklist import Node
from forms.engine import Engine
from forms.log import Change, answers_from, closes_a_circle, current_changes
from forms.logic.state import Scope, State
from forms.logic.validity import view_question
from survey.assess import unit_facts
from survey.clock import utc_text
from survey.database import Database, transaction
from survey.language import gettext
from survey.language import mark as _
from survey.permissions import may, sees_visit
from survey.store import changes, checklists, visits
from survey.store.changes import Refusal
from survey.store.people import Person
from survey.store.visits import Visit

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


class RefusedError(Exception):
    """A change that is not taken in; `code` is one of REASONS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Receipt:
    """What became of each change that was sent, by id; `refused` holds id, code and message."""

    accepted: list[str] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)


@dataclass
class OpenVisit:
    """A visit that changes may be added to, with its log so far by question."""

    visit: Visit
    engine: Engine
    log: dict[str, list[Change]]
    added: list[Change] = field(default_factory=list)

    def add(self, change: Change) -> None:
        self.log.setdefault(change.question, []).append(change)
        self.added.append(change)


@dataclass
class Intake:
    """One batch of one person, inside one transaction."""

    db: Database
    person: Person
    received_at: str
    known: dict[str, Change]
    visits: dict[str, OpenVisit | str] = field(default_factory=dict)
    receipt: Receipt = field(default_factory=Receipt)

    def take(self, raw: object) -> None:
        """Add one change to the log, or refuse it and keep it aside."""
        try:
            change = read_change(raw, self.person.id)
            self._accept(change, self._open_visit(change.visit))
        except RefusedError as refused:
            self._refuse(raw, refused.code)
        else:
            self.receipt.accepted.append(change.id)

    def _open_visit(self, visit_id: str) -> OpenVisit:
        if visit_id not in self.visits:
            self.visits[visit_id] = open_visit(self.db, visit_id, self.person)
        found = self.visits[visit_id]
        if isinstance(found, str):
            raise RefusedError(found)
        return found

    def _accept(self, change: Change, opened: OpenVisit) -> None:
        known = self.known.get(change.id)
        if known:
            if not known.says_the_same_as(change):
                raise RefusedError("id_taken")
            return
        if opened.visit.state != "draft":
            raise RefusedError("visit_submitted")
        check_answer(opened.engine, change)
        if change.replaces and closes_a_circle(change, opened.log.get(change.question, [])):
            raise RefusedError("circle")
        changes.append_change(self.db, change, self.received_at)
        self.known[change.id] = change
        opened.add(change)

    def _refuse(self, raw: object, code: str) -> None:
        message = gettext(REASONS[code])
        sent = raw if isinstance(raw, dict) else {}
        named = {name: printable(sent.get(name)) for name in ("id", "device", "visit")}
        self.receipt.refused.append({"id": named["id"], "code": code, "message": message})
        refusal = Refusal(
            id=named["id"], device=named["device"], visit_id=named["visit"], author_id=self.person.id, code=code,
            message=message, body=json.dumps(raw), received_at=self.received_at,
        )  # fmt: skip
        changes.keep_refusal(self.db, refusal)

    def flag_broken_rules(self) -> None:
        """Mark the new answers that break a rule of the checklist; work in the field is never lost to validation."""
        for opened in self.visits.values():
            if isinstance(opened, OpenVisit) and opened.added:
                changes.flag_changes(self.db, broken_rules(self.db, opened))


def take_in(db: Database, person: Person, sent: list[object]) -> Receipt:
    """Write what can be accepted, once, in one transaction; the author is always the signed-in person."""
    if not sent:
        return Receipt()
    ids = {raw["id"] for raw in sent if isinstance(raw, dict) and isinstance(raw.get("id"), str)}
    with transaction(db):
        known = changes.find_changes(db, [id for id in ids if printable(id) == id])
        intake = Intake(db, person, utc_text(), known)
        for raw in sent:
            intake.take(raw)
        intake.flag_broken_rules()
    return intake.receipt


def read_change(raw: object, author: str) -> Change:
    """The change as its author sent it; whom it names as author is not believed."""
    try:
        return Change.model_validate(raw).model_copy(update={"author": author})
    except ValidationError as error:
        about_value = any(problem["loc"][:1] == ("value",) for problem in error.errors(include_url=False))
        raise RefusedError("value_type" if about_value else "unreadable") from error


def open_visit(db: Database, visit_id: str, person: Person) -> OpenVisit | str:
    """The visit with its log, or the code why this person cannot add to it."""
    visit = visits.find(db, visit_id)
    if visit is None or not sees_visit(db, person, visit):
        return "visit_not_found"
    if not may(person, "visit.edit"):
        return "not_allowed"
    opened = OpenVisit(visit, checklists.engine_of(db, visit.checklist_id, visit.checklist_version), {})
    for change in changes.changes_of(db, visit.id):
        opened.log.setdefault(change.question, []).append(change)
    return opened


def check_answer(engine: Engine, change: Change) -> None:
    """Refuse a place that the checklist does not have and a value that cannot be an answer there."""
    try:
        place = engine.locate(change.question)
        node: Node = engine.items[place.path].node
        if place.facet:
            check_facet(place.facet, change.value)
        else:
            check_value(node, change.value)
    except UnknownNameError as error:
        raise RefusedError("question_unknown") from error
    except WrongValueError as error:
        raise RefusedError("value_type") from error


def broken_rules(db: Database, opened: OpenVisit) -> list[str]:
    """The ids of the added changes whose value shows and is not valid by the rules of the checklist."""
    visit, engine = opened.visit, opened.engine
    log = [change for found in opened.log.values() for change in found]
    state = engine.open(answers_from(log), visit.planned_on, scope_of(visit), unit_facts(db, visit))
    shown = {change.question: change.id for change in reversed(current_changes(log))}
    showing = [change for change in opened.added if shown[change.question] == change.id and change.value is not None]
    return [change.id for change in showing if not is_valid(state, engine.locate(change.question))]


def is_valid(state: State, place: Place) -> bool:
    """Whether an answer keeps the rules; facets and instances of repeats have none of their own."""
    item = state.engine.items[place.path]
    if place.facet or not item.is_question or place.keys not in state.keys_of(item.repeats):
        return True
    return bool(view_question(state, place.path, place.keys)["valid"])


def scope_of(visit: Visit) -> Scope:
    return "core" if visit.scope == "core" else "full"


def printable(value: object) -> str:
    """What a device called something, short and fit for the database whatever it was."""
    text = value if isinstance(value, str) else ""
    return text[:LONGEST_ID].encode("utf-8", "replace").decode().replace("\0", "?")


def visible(db: Database, person: Person, wanted: Iterable[str] | None) -> list[str]:
    """The ids of the visits whose changes go to this person; `wanted` narrows them."""
    if wanted is None:
        return [visit.id for visit in visits.of_person(db, person.id)]
    found = ((id, visits.find(db, id)) for id in dict.fromkeys(wanted))
    return [id for id, visit in found if visit is not None and sees_visit(db, person, visit)]
