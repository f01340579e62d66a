"""The answers of a visit to its checklist, with those that its log gives itself: beginning, end, author, tablet."""

from __future__ import annotations

from collections.abc import Iterable

from forms.answers import Value
from forms.checklist import Checklist
from forms.log import Change
from forms.minutes import answers_of_checklist, is_of_minutes
from forms.recorded import recorded_in
from survey.database import Database
from survey.store import changes


def answers_with_recorded(db: Database, visit_id: str, checklist: Checklist) -> dict[str, Value]:
    """The current answers by path; the whole log is read only for a checklist that asks it something."""
    answers = answers_of_checklist(changes.answers_of(db, visit_id))
    log = changes.changes_of(db, visit_id) if checklist.recorded else []
    return answers | recorded_answers(db, checklist, log)


def recorded_answers(db: Database, checklist: Checklist, log: Iterable[Change]) -> dict[str, Value]:
    """What the log of a visit answers itself, by path."""
    places = checklist.recorded
    own = [change for change in log if places and not is_of_minutes(change.question)]
    return recorded_in(places, own, changes.author_names(db, (change.author for change in own))) if own else {}
