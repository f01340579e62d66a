"""Whether a value can be an answer to a question: the rule of each place of a checklist, found once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

from forms.answers import UnknownNameError, Value, WrongValueError, check_facet, check_value
from forms.checklist import RECORDED
from forms.engine import Engine
from forms.minutes import is_of_minutes, minutes_engine
from survey.database import Database
from survey.store import checklists
from survey.store.visit_access import VisitAccess

Check = Callable[[object], Value]

MOST_REMEMBERED = 5_000  # places of a version: devices make up the keys of repeats, so that their number has no end


class AnswerChecks:
    """The rules of one checklist version and of the minutes; those of the places asked about last are remembered."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._rule = lru_cache(maxsize=MOST_REMEMBERED)(self._find)

    def fault(self, question: str, value: object) -> str | None:
        """Why this cannot be an answer there: "question_unknown", "value_type", or None when it can."""
        try:
            self._rule(question)(value)
        except UnknownNameError:
            return "question_unknown"
        except WrongValueError:
            return "value_type"
        return None

    def _find(self, question: str) -> Check:
        engine = minutes_engine() if is_of_minutes(question) else self._engine
        place = engine.locate(question)
        item = engine.items[place.path]
        if item.node.type in RECORDED:
            raise UnknownNameError({question: []})  # the log itself answers: nobody may say otherwise
        if question != item.instance_path(place.keys) + (f"#{place.facet}" if place.facet else ""):
            raise UnknownNameError({question: []})  # a second spelling would be a second answer to the same question
        return partial(check_facet, place.facet) if place.facet else partial(check_value, item.node)


def checks_of(db: Database, visit: VisitAccess) -> AnswerChecks:
    """The rules of the checklist version that a visit is pinned to."""
    kept = _kept_checks(visit.sha256)
    if not kept:
        kept.append(AnswerChecks(checklists.engine_of(db, visit.checklist_id, visit.checklist_version)))
    return kept[0]


@lru_cache(maxsize=32)
def _kept_checks(sha256: str) -> list[AnswerChecks]:
    return []
