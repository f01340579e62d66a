"""Whether a value can be an answer to a question: the rule of each place of a checklist, found once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

from forms.answers import CAPTION, UnknownNameError, Value, WrongValueError, check_facet, check_value
from forms.engine import Engine
from survey.database import Database
from survey.store import checklists
from survey.store.visit_access import VisitAccess

Check = Callable[[object], Value]


class AnswerChecks:
    """The rules of one checklist version; those of places outside repeats are remembered."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._kept: dict[str, Check] = {}

    def fault(self, question: str, value: object) -> str | None:
        """Why this cannot be an answer there: "question_unknown", "value_type", or None when it can."""
        try:
            (self._kept.get(question) or self._find(question))(value)
        except UnknownNameError:
            return "question_unknown"
        except WrongValueError:
            return "value_type"
        return None

    def _find(self, question: str) -> Check:
        place = self.engine.locate(question)
        item = self.engine.items[place.path]
        if question != item.instance_path(place.keys) + (f"#{place.facet}" if place.facet else ""):
            raise UnknownNameError({question: []})  # a second spelling would be a second answer to the same question
        node = item.node
        check: Check = partial(check_facet, place.facet) if place.facet else partial(check_value, node)
        if not place.keys and not place.facet.startswith(CAPTION):  # devices make up keys and hashes: without end
            self._kept[question] = check
        return check


def checks_of(db: Database, visit: VisitAccess) -> AnswerChecks:
    """The rules of the checklist version that a visit is pinned to."""
    kept = _kept_checks(visit.sha256)
    if not kept:
        kept.append(AnswerChecks(checklists.engine_of(db, visit.checklist_id, visit.checklist_version)))
    return kept[0]


@lru_cache(maxsize=32)
def _kept_checks(sha256: str) -> list[AnswerChecks]:
    return []
