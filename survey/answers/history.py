"""The history of an export of answers: every change of an answer, with who wrote it, when, where, and over what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from forms.checklist import Node
from forms.log import Change, current_changes
from forms.minutes import is_of_minutes
from reports.answers.cells import Cell, Writing, flat
from reports.answers.columns import Layout
from reports.answers.rows import Row
from reports.answers.words import HISTORY
from survey.answers.copy import static
from survey.answers.reading import ExportedVisit, Reader, yes_or_no
from survey.store.changes import author_names

ABOUT_VISIT = ("visit_id", "unit_code", "unit_name", "visited_on", "fictitious")


class History:
    """Makes the rows of changes, those of questions that no version has included, those of the minutes not."""

    def __init__(self, reader: Reader, layouts: Iterable[Layout]) -> None:
        self._reader = reader
        self._spoken = reader.wanted.worded_in
        self._writings = {one.version: Writing(one, self._spoken) for one in reader.versions}
        self._nodes = {(one.version, node.path): node for one in reader.versions for node in one.walk()}
        self._names = {
            (version, node.path): column.name.partition("#")[0]
            for layout in layouts
            for column in layout.columns
            if column.part != "choice"
            for version, node in column.nodes.items()
        }
        self._authors: dict[str, str] = {}

    def rows(self) -> Iterator[Row]:
        """The changes of all visits, visit by visit in the order of arrival."""
        for one in self._reader.visits(with_log=True):
            yield from ([entry[name] for name in HISTORY] for entry in self.of(one))

    def of(self, one: ExportedVisit) -> list[dict[str, Cell]]:
        """The changes of a visit that may be shown, by the names of their columns."""
        self._know_authors(one.log)
        facts = {name: one.facts_of_visit[name] for name in ABOUT_VISIT}
        current = {change.id for change in current_changes(one.log)}
        shown = (change for change in one.log if not is_of_minutes(change.question) and self._is_shown(one, change))
        return [{**facts, **self._entry(one, change, is_current=change.id in current)} for change in shown]

    def _is_shown(self, one: ExportedVisit, change: Change) -> bool:
        """What belongs to no question of a version could be anything: the shared copy does not have it."""
        path = static(change.question)
        known = (one.visit.checklist_version, path) in self._nodes
        return path not in one.hidden and (known or one.copy.internal)

    def _entry(self, one: ExportedVisit, change: Change, *, is_current: bool) -> dict[str, Cell]:
        path, version = static(change.question), one.visit.checklist_version
        return {
            "question": self._names.get((version, path), path.rpartition("/")[2]),
            "path": change.question,
            "value": self._value(one, change, self._nodes.get((version, path))),
            "at": change.at,
            "author": self._authors.get(change.author, change.author),
            "device": change.device,
            "current": yes_or_no(is_current, self._spoken),
            "change_id": change.id,
            "replaces": " ".join(change.replaces) or None,
        }

    def _value(self, one: ExportedVisit, change: Change, node: Node | None) -> Cell:
        value, facet = change.value, change.question.partition("#")[2]
        if isinstance(value, str) and one.strike is not None:
            value = one.strike(value)
        writing = self._writings.get(one.visit.checklist_version)
        if node is None or writing is None:
            return " ".join(value) if isinstance(value, list) else value
        if facet:
            return writing.noted(facet, value) if isinstance(value, str) else None
        spoken = writing.answer(node, value, lambda code: self._reader.unit_name(one.visit, code))
        return flat(node, spoken, self._spoken)

    def _know_authors(self, log: Iterable[Change]) -> None:
        unknown = {change.author for change in log} - self._authors.keys()
        if unknown:
            self._authors |= author_names(self._reader.db, unknown)
