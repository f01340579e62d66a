"""Taking in a copy that a tablet saved as a file: by the rules of the exchange, and as often as one likes."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import islice
from pathlib import Path

from forms.log import Change, Key
from survey.clock import utc_text
from survey.database import Database, transaction
from survey.files.evidence import find_file, take_file
from survey.language import gettext
from survey.language import mark as _
from survey.permissions import leads, may, sees_visit
from survey.problems import Problem
from survey.store import audit, changes, people, visits
from survey.store.changes import Refusal
from survey.store.people import Person
from survey.store.visits import Visit
from survey.sync import exchange
from survey.sync.copy_file import ATTACHMENTS, CONTENTS, LOG, CopyFile, DamagedError, Line
from survey.sync.exchange import kept_text, printable, read_change
from survey.sync.messages import MOST_CHANGES

REASONS = {
    "other_visit": _("Câu trả lời này thuộc buổi làm việc khác với bản sao."),
    "author_unknown": _("Người ghi không có tài khoản đang dùng hoặc không thuộc đoàn công tác này."),
    "author_other": _("Người khác ghi. Người đó hoặc trưởng đoàn nạp bản sao này thì sẽ được nhận."),
    "part_missing": _("Bản sao không có tệp này."),
    "part_damaged": _("Tệp này trong bản sao bị hỏng."),
    "part_too_large": _("Tệp này quá lớn."),
    "part_unlisted": _("Tệp này không có trong danh mục của bản sao nên không nhận."),
    "count_differs": _("Danh mục ghi {said} câu trả lời, trong bản sao có {held}."),
}
"""Why something is refused here, beside the reasons of the exchange: stable codes and their wording."""

LONGEST_NAME = 200


@dataclass(frozen=True)
class Refused:
    """Something of the copy that was not taken in: where it stands ("changes.jsonl:17"), why, and what it answers."""

    place: str
    code: str
    message: str
    question: str = ""


@dataclass
class Summary:
    """What became of the copy of a visit; `known` was on the server already."""

    visit: Visit
    new: int = 0
    known: int = 0
    refused: list[Refused] = field(default_factory=list)
    attachments_new: int = 0
    attachments_known: int = 0
    attachments_refused: list[Refused] = field(default_factory=list)

    @property
    def took_something(self) -> bool:
        return bool(self.new or self.attachments_new)

    @property
    def all_refused(self) -> list[Refused]:
        return self.refused + self.attachments_refused

    def by_reason(self) -> dict[str, list[Refused]]:
        """What was refused, under the message that says why."""
        found: dict[str, list[Refused]] = {}
        for one in self.all_refused:
            found.setdefault(one.message, []).append(one)
        return found

    def counts(self) -> dict[str, int]:
        """The numbers alone, for the audit trail."""
        own = {name: getattr(self, name) for name in ("new", "known", "attachments_new", "attachments_known")}
        return own | {"refused": len(self.refused), "attachments_refused": len(self.attachments_refused)}


def take_in_copy(db: Database, folder: Path, copy: CopyFile, name: str, by: Person | None) -> Summary:
    """Take in what may be taken in; Problem visit_not_found when there is no such visit for this person.

    `by` brings in own changes and, as leader of the trip, those of its members; None is the operator of the server,
    who brings in everybody's. `name` is the file's, for the audit trail. Each batch is a transaction of its own: what
    is in stays in when something fails later, and the same copy can simply be taken in again.
    """
    visit = visits.find(db, copy.contents.visit.id)
    if visit is None or not (by is None or sees_visit(db, by, visit)):
        raise Problem("visit_not_found")
    intake = _Intake(db, folder, copy, visit, by)
    try:
        intake.take_changes()
        intake.take_attachments()
    finally:
        if intake.summary.took_something:
            audit.record(
                db, "copy_taken_in", by=by.id if by else None, visit_id=visit.id, trip_id=visit.trip_id,
                file=name[:LONGEST_NAME], device=copy.contents.device, **intake.summary.counts(),
            )  # fmt: skip
    return intake.summary


class _Intake:
    """One copy on its way into the database."""

    def __init__(self, db: Database, folder: Path, copy: CopyFile, visit: Visit, by: Person | None) -> None:
        self.db, self.folder, self.copy, self.visit, self.by = db, folder, copy, visit, by
        self.summary = Summary(visit)
        self._senders: dict[str, Person | str] = {}

    def take_changes(self) -> None:
        lines, held = self.copy.lines(), 0
        while batch := list(islice(lines, MOST_CHANGES)):
            held += len(batch)
            self._take_batch(batch)
        said = self.copy.contents.changes
        if held != said:
            self.summary.refused.append(_refused(CONTENTS, "count_differs", said=said, held=held))

    def _take_batch(self, lines: list[Line]) -> None:
        """Sort out what is known and what may not be brought in; the rest goes in, author by author."""
        read = [read_change(line.raw) for line in lines]
        keys = [change.key for change in read if isinstance(change, Change) and change.visit == self.visit.id]
        known = changes.find_changes(self.db, keys)
        by_sender: dict[Person, list[Line]] = defaultdict(list)
        turned_away: list[tuple[Line, str]] = []
        for line, change in zip(lines, read, strict=True):
            verdict = self._verdict(line, change, known)
            if isinstance(verdict, Person):
                by_sender[verdict].append(line)
            elif verdict == "known":
                self.summary.known += 1
            else:
                turned_away.append((line, verdict))
        if turned_away:
            self._keep_aside(turned_away)
        for sender, own in by_sender.items():
            self._exchange(sender, own)

    def _verdict(self, line: Line, change: Change | str, known: dict[Key, Change]) -> Person | str:
        """In whose name a line goes in; or "known", or the code why it may not."""
        if isinstance(change, Change):
            if change.visit != self.visit.id:
                return "other_visit"
            found = known.get(change.key)
            if found and found.says_the_same_as(change):
                return "known"
        return self._sender(printable(_part(line.raw, "author")) or self.copy.contents.person.id)

    def _exchange(self, sender: Person, lines: list[Line]) -> None:
        """Let one author's changes go the way that a tablet's go."""
        receipt = exchange.take_in(self.db, sender, [line.raw for line in lines])
        new = len(set(receipt.accepted))
        self.summary.new += new
        self.summary.known += len(receipt.accepted) - new  # the same line twice
        by_id: dict[str, deque[Line]] = defaultdict(deque)
        for line in lines:
            by_id[printable(_part(line.raw, "id"))].append(line)
        for refusal in receipt.refused:
            line = by_id[refusal["id"]].popleft()
            self.summary.refused.append(_refused_line(line, refusal["code"], refusal["message"]))

    def _sender(self, author: str) -> Person | str:
        """The author, or the code why nothing may be taken in under that name."""
        if author not in self._senders:
            self._senders[author] = self._find_sender(author)
        return self._senders[author]

    def _find_sender(self, author: str) -> Person | str:
        if self.by and author != self.by.id and not leads(self.by, self.visit.leader_id):
            return "author_other"
        person = people.find(self.db, author)
        if person is None or not may(person, "visit.edit") or not sees_visit(self.db, person, self.visit):
            return "author_unknown"
        return person

    def _keep_aside(self, turned_away: list[tuple[Line, str]]) -> None:
        """Keep what may not be taken in for whoever brought it, or for the leader when that was the operator."""
        kept_for = self.by.id if self.by else self.visit.leader_id
        found = [(line, _refused_line(line, code, gettext(REASONS[code]))) for line, code in turned_away]
        with transaction(self.db):
            changes.keep_refusals(self.db, (_kept(line.raw, refused, kept_for) for line, refused in found))
        self.summary.refused += [refused for _line, refused in found]

    def take_attachments(self) -> None:
        """Take in the files one at a time; one that cannot be taken in is named, the others go on."""
        author = self._keeper()
        for listed in self.copy.contents.attachments:
            place = ATTACHMENTS + listed.sha256
            try:
                is_new = self._take_attachment(listed.sha256, author)
            except DamagedError as error:
                self.summary.attachments_refused.append(_refused(place, error.code))
            except Problem as problem:
                if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:  # a full disk is no fault of this file
                    raise
                self.summary.attachments_refused.append(Refused(place, problem.code, problem.message))
            else:
                self.summary.attachments_new += is_new
                self.summary.attachments_known += not is_new
        self.summary.attachments_refused += [_refused(name, "part_unlisted") for name in self.copy.unlisted()]

    def _keeper(self) -> Person | None:
        """In whose name files go in: whoever brings them, else the tablet's holder, else one of the authors."""
        if self.by:
            return self.by
        found = [self._sender(self.copy.contents.person.id), *self._senders.values()]
        return next((sender for sender in found if isinstance(sender, Person)), None)

    def _take_attachment(self, sha256: str, author: Person | None) -> bool:
        """Whether the file was new; DamagedError or Problem when it cannot be kept."""
        if find_file(self.db, self.folder, self.visit.id, sha256):
            return False
        if author is None:
            raise DamagedError("author_unknown")
        visit = visits.find(self.db, self.visit.id) or self.visit  # somebody may have submitted it meanwhile
        take_file(self.db, self.folder, visit, author.id, sha256, self.copy.read_attachment(sha256))
        return True


def _refused(place: str, code: str, **details: object) -> Refused:
    return Refused(place, code, gettext(REASONS[code], **details))


def _refused_line(line: Line, code: str, message: str) -> Refused:
    return Refused(f"{LOG}:{line.number}", code, message, printable(_part(line.raw, "question")))


def _kept(raw: object, refused: Refused, author: str) -> Refusal:
    return Refusal(
        id=printable(_part(raw, "id")), device=printable(_part(raw, "device")), visit_id=printable(_part(raw, "visit")),
        author_id=author, code=refused.code, message=refused.message, body=kept_text(raw), received_at=utc_text(),
    )  # fmt: skip


def _part(raw: object, name: str) -> object:
    return raw.get(name) if isinstance(raw, dict) else None
