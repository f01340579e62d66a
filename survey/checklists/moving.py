"""Moves visits to another version of their checklist, and lets late answers to the old one find their place."""

from __future__ import annotations

from dataclasses import dataclass

from forms.checklist import unquoted
from forms.engine import Engine
from forms.log import Change, current_changes
from forms.minutes import entries_of, is_of_minutes
from forms.moving import Move, copies_for, counts, not_counting, place_in, plan_move
from survey.clock import utc_text
from survey.database import Database, transaction
from survey.language import say
from survey.problems import Problem
from survey.store import audit, changes, checklists, moves, visits
from survey.store.checklists import Version
from survey.store.visits import Visit


@dataclass(frozen=True)
class Prospect:
    """A visit that could move: to which version, what would become of its answers, or the Problem in its way."""

    visit: Visit
    version: Version
    move: Move
    hindrance: Problem | None


def newer_version(db: Database, visit: Visit) -> Version | None:
    """The version published last, when the visit is on another one."""
    latest = checklists.find_latest(db, visit.checklist_id)
    return latest if latest and latest.version != visit.checklist_version else None


def prospect_of(db: Database, visit: Visit) -> Prospect | None:
    """What moving a visit to the version published last would do; None when it is on that version."""
    latest = newer_version(db, visit)
    if latest is None:
        return None
    log = changes.changes_of(db, visit.id)
    old = checklists.engine_of(db, visit.checklist_id, visit.checklist_version)
    new = checklists.engine_of(db, latest.id, latest.version)
    counted = [change for change in log if change.id not in moves.aside_of(db, visit.id)]
    return Prospect(visit, latest, plan_move(old, new, counted), hindrance_of(visit, log))


def hindrance_of(visit: Visit, log: list[Change]) -> Problem | None:
    """Why a visit must stay on its version: it is submitted, or somebody has signed its minutes."""
    if visit.state != "draft":
        return Problem("visit_submitted")
    return Problem("visit_signed") if entries_of(log, "signature") else None


def move_visit(db: Database, visit_id: str, version: str, *, by: str) -> bool:
    """Move a visit, in one transaction with its audit row; False when it is there already.

    Its answers are copied to where the new version asks for them, and those that have no place there are kept without
    counting. Problem visit_not_found, visit_submitted, visit_signed, checklist_not_found.
    """
    with transaction(db):
        visit = visits.find(db, visit_id)
        if visit is None:
            raise Problem("visit_not_found")
        if visit.checklist_version == version:
            return False
        log = changes.changes_of(db, visit_id)
        if hindrance := hindrance_of(visit, log):
            raise hindrance
        copied, aside = bring_over(db, visit, version, log)
        moves.record(db, visit_id, visit.checklist_id, visit.checklist_version, version, by)
        facts = {"before": visit.checklist_version, "after": version, "copied": copied, "aside": aside}
        audit.record(db, "visit_moved", by=by, visit_id=visit_id, trip_id=visit.trip_id, **facts)
    return True


def bring_over(db: Database, visit: Visit, version: str, log: list[Change]) -> tuple[int, int]:
    """Copy and set aside what the new version calls for, and pin the visit to it; how many of each."""
    old = checklists.engine_of(db, visit.checklist_id, visit.checklist_version)
    new = checklists.engine_of(db, visit.checklist_id, version)
    known = {change.id for change in log}
    copies = [copy for copy in copies_for(old, new, log) if copy.id not in known]
    changes.append_changes(db, copies, utc_text())
    aside = not_counting(new, [*log, *copies])
    moves.forget_aside(db, visit.id)
    moves.put_aside(db, visit.id, [change.id for change in aside])
    if not moves.change_version(db, visit.id, visit.checklist_version, version):
        raise Problem("visit_submitted")
    return len(copies), len(aside)


@dataclass(frozen=True)
class Late:
    """What a change for an earlier version of a visit's checklist brings: itself with its copies; some do not count."""

    copies: list[Change]
    aside: list[str]


def late_for(db: Database, change: Change) -> Late | None:
    """What becomes of a change that the visit's version does not know but an earlier one did; None when none did.

    It goes through every move since, as if it had been there.
    """
    past = [] if is_of_minutes(change.question) else moves.moves_of(db, change.visit)
    versions = [past[0].from_version, *(move.to_version for move in past)] if past else []
    engines = [checklists.engine_of(db, past[0].checklist_id, version) for version in versions]
    first = next((n for n, engine in enumerate(engines) if counts(engine, change)), None)
    if first is None:
        return None
    brought, beside = [change], of_same_question(db, change, engines, engines[first]) if len(past) > 1 else []
    for old, new in zip(engines[first:], engines[first + 1 :], strict=False):
        known = {one.id for one in (*beside, *brought)}
        brought += [copy for copy in copies_for(old, new, brought, beside) if copy.id not in known]
    return Late(brought[1:], [one.id for one in not_counting(engines[-1], brought)])


def of_same_question(db: Database, change: Change, engines: list[Engine], own: Engine) -> list[Change]:
    """The changes of the question, wherever these versions asked it; `own` is one that a change was written for."""
    places = {place_in(own, engine, change.question) for engine in engines}
    return [
        one for place in sorted(filter(None, places)) for one in changes.changes_of_question(db, change.visit, place)
    ]


@dataclass(frozen=True)
class LeftAnswer:
    """An answer of an earlier version that does not count now."""

    change: Change
    label: dict[str, str]
    value: str


def left_behind(db: Database, visit: Visit) -> list[LeftAnswer]:
    """The answers of a visit that its version has no place for, the latest first; what counts as a copy is left out."""
    aside = moves.aside_of(db, visit.id)
    if not aside:
        return []
    past = moves.moves_of(db, visit.id)
    earlier = [checklists.engine_of(db, move.checklist_id, move.from_version) for move in reversed(past)]
    new = checklists.engine_of(db, visit.checklist_id, visit.checklist_version)
    found = []
    for change in current_changes(changes.changes_of(db, visit.id)):
        old = next((engine for engine in earlier if counts(engine, change)), None)
        if change.id in aside and change.value is not None and old and not is_copied(old, new, change):
            node = old.items[old.locate(change.question).path].node
            words = {choice.name: unquoted(choice.label) for choice in old.checklist.choices_of(node.choices)}
            found.append(LeftAnswer(change, unquoted(node.label), worded(change.value, words)))
    return found


def is_copied(old: Engine, new: Engine, change: Change) -> bool:
    """Whether the answer counts under another place."""
    return any(counts(new, copy) for copy in copies_for(old, new, [change]))


def worded(value: object, words: dict[str, dict[str, str]]) -> str:
    """A value for people: the words of its choices, everything else as it is."""
    parts = value if isinstance(value, list) else [value]
    return ", ".join(say(words.get(str(part), {})) or str(part) for part in parts)
