"""The visits of an export read one by one: what was answered, as far as the copy may show it, and what it came to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property, partial
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict
from pydantic_core import from_json

from forms.answers import UnknownNameError, Value, WrongValueError, check_facet, check_value
from forms.checklist import Checklist
from forms.engine import Engine
from forms.evaluation import view_questions
from forms.log import Change, answers_from
from forms.logic.state import Scope as VisitScope
from forms.logic.state import State
from forms.minutes import answers_of_checklist
from forms.units import KIND_NAMES, Unit, UnitKind
from reports.answers.cells import Cell, View
from reports.answers.columns import worded
from reports.answers.rows import Record
from reports.answers.scores import summed
from reports.answers.words import VALUES
from survey.answers.copy import Strike, VersionCopy, copy_of_version, static
from survey.assess import unit_facts
from survey.database import Database
from survey.naming import english_title
from survey.recorded import recorded_answers
from survey.store import checklists, exported_visits, trips, units
from survey.store.exported_visits import Read, Scope
from survey.store.visits import Visit

NOTES = ("reason", "evidence", "note")
Form = Literal["csv", "xlsx", "geojson", "json"]


class Wanted(BaseModel):
    """What is exported, in which form. `words`: labels in `language` in place of the stored names.

    `internal`: with what is confidential and personal. `choices`: a column for each choice of questions with several
    answers. `place` names the question whose answer is the point of a visit in GeoJSON, "" the point of its unit.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    scope: Scope
    form: Form = "csv"
    words: bool = False
    language: str = "vi"
    internal: bool = False
    scores: bool = False
    notes: bool = False
    choices: bool = False
    history: bool = False
    place: str = ""

    @property
    def worded_in(self) -> str | None:
        """The language of the values; None as they are stored."""
        return self.language if self.words else None


class Reader:
    """Reads the visits of an export, some at a time, and keeps what many of them share."""

    def __init__(self, db: Database, wanted: Wanted) -> None:
        self.db, self.wanted = db, wanted
        self._unit_names: dict[tuple[str, str], str] = {}
        self._members: dict[str, list[str]] = {}
        self._copies: dict[str, VersionCopy] = {}

    @cached_property
    def versions(self) -> list[Checklist]:
        """The versions whose questions become columns, the newest first: those chosen, else those that visits have."""
        scope = self.wanted.scope
        chosen = set(scope.versions) or exported_visits.versions_used(self.db, scope)
        known = [one.version for one in checklists.list_versions(self.db) if one.id == scope.checklist]
        kept = [version for version in known if version in chosen] or known[:1]
        return [checklists.definition_of(self.db, scope.checklist, version) for version in kept]

    def copy_of(self, version: str) -> VersionCopy:
        """What may be shown of a version."""
        if version not in self._copies:
            checklist, internal = self.wanted.scope.checklist, self.wanted.internal
            self._copies[version] = copy_of_version(self.db, checklist, version, internal=internal)
        return self._copies[version]

    def visits(self, *, with_log: bool = False) -> Iterator[ExportedVisit]:
        """The visits in the order of days; with their logs where something of these is needed, or always."""
        for ids in exported_visits.ids(self.db, self.wanted.scope):
            found = exported_visits.read(self.db, ids)
            needing = [one.visit.id for one in found if with_log or self._needs_log(one)]
            logs = exported_visits.logs(self.db, needing)
            yield from (ExportedVisit(self, one, logs.get(one.visit.id, [])) for one in found)

    def _needs_log(self, read: Read) -> bool:
        copy = self.copy_of(read.visit.checklist_version)
        return self.wanted.notes or read.result is None or copy.needs_answers

    def unit_name(self, visit: Visit, code: str) -> str:
        """The name of a unit on the day of a visit; a code that nobody knows stays one."""
        if code == visit.unit_code:
            return visit.unit_title_in(self.wanted.language)
        key = code, visit.planned_on
        if key not in self._unit_names:
            unit = units.find_unit(self.db, code, date.fromisoformat(visit.planned_on))
            self._unit_names[key] = titled(unit, visit.planned_on, self.wanted.language) if unit else code
        return self._unit_names[key]

    def members_of(self, visit: Visit) -> list[str]:
        """The names of the delegation, which its decision names in public."""
        if visit.trip_id not in self._members:
            self._members[visit.trip_id] = [one.name for one in trips.members(self.db, visit.trip_id)]
        return [*self._members[visit.trip_id], visit.leader_name]


class ExportedVisit:
    """One visit of an export; each part is made when it is asked for."""

    def __init__(self, reader: Reader, read: Read, log: list[Change]) -> None:
        self._reader, self._read, self.log = reader, read, log
        self.visit, self.point = read.visit, read.point
        self.copy = reader.copy_of(read.visit.checklist_version)

    @cached_property
    def record(self) -> Record:
        """What of it goes into the tables."""
        assessment = self._assessment
        return Record(
            facts=self.facts_of_visit | self._facts_of_assessment(assessment),
            version=self.visit.checklist_version,
            questions=self.questions,
            # Not a function of this object: it would stay in memory until garbage is looked for.
            unit_name=partial(self._reader.unit_name, self.visit),
            sections=assessment["sections"],
            items=assessment["items"],
        )

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The paths of the questions that are left out."""
        return self.copy.hidden_in(self._evaluated[0])

    @cached_property
    def strike(self) -> Strike | None:
        """Takes names out of texts; None where they may stay."""
        return self.copy.striking(self._evaluated[0], self.log, self._reader.members_of(self.visit))

    @cached_property
    def questions(self) -> Mapping[str, View]:
        """The questions that may be shown, with what was noted about them when that is wanted."""
        questions: Mapping[str, View] = self._evaluated[0]
        if self._reader.wanted.notes:
            questions = with_notes(questions, self._answers)
        if self.hidden:
            questions = {path: view for path, view in questions.items() if static(path) not in self.hidden}
        strike = self.strike
        return questions if strike is None else {path: struck(view, strike) for path, view in questions.items()}

    @cached_property
    def _answers(self) -> dict[str, Value]:
        recorded = recorded_answers(self._reader.db, self.copy.checklist, self.log)
        return answers_of_checklist(answers_from(self.log)) | recorded

    @cached_property
    def _evaluated(self) -> tuple[dict[str, View], dict[str, Any]]:
        """The questions and the assessment: frozen of a submitted visit, else what its answers come to now."""
        if self._read.result is not None:
            found = from_json(self._read.result)
            return found["questions"], found["assessment"] | {"instance_name": found.get("instance_name")}
        visit = self.visit
        engine = checklists.engine_of(self._reader.db, visit.checklist_id, visit.checklist_version)
        state = self._opened(engine, self._answers)
        return view_questions(state), state.assessment().to_json() | {"instance_name": state.instance_name()}

    @cached_property
    def _assessment(self) -> dict[str, Any]:
        """The assessment of what the copy shows; its items are those that are shown."""
        found, copy = self._evaluated[1], self.copy
        items = {path: score for path, score in found["items"].items() if path not in self.hidden}
        if copy.scoring is None:
            return {**found, "items": items}
        if copy.are_summed:
            return summed(copy.scoring, items)
        answers = {path: value for path, value in self._answers.items() if static(path) not in self.hidden}
        return {**self._opened(copy.scoring, answers).assessment().to_json(), "items": items}

    def _opened(self, engine: Engine, answers: Mapping[str, Value]) -> State:
        """The state of answers; those that the version has no question for stay in the history alone."""
        visit = self.visit
        scope: VisitScope = "core" if visit.scope == "core" else "full"
        unit = unit_facts(self._reader.db, visit)
        try:
            return engine.open(answers, visit.planned_on, scope, unit, seed=visit.id)
        except (UnknownNameError, WrongValueError):
            fitting = {path: value for path, value in answers.items() if fits(engine, path, value)}
            return engine.open(fitting, visit.planned_on, scope, unit, seed=visit.id)

    @property
    def facts_of_visit(self) -> dict[str, Cell]:
        """The cells of the columns about the visit, without what its answers came to."""
        visit, spoken = self.visit, self._reader.wanted.worded_in
        return {
            "visit_id": visit.id,
            "unit_code": visit.unit_code,
            "unit_name": visit.unit_title_in(self._reader.wanted.language),
            "unit_kind": kind_in_words(visit.unit_kind, spoken),
            "province_code": visit.province_code,
            "province_name": visit.province_name,
            "trip": visit.decision_number,
            "visited_on": date.fromisoformat(visit.planned_on),
            "scope": in_words(visit.scope, spoken),
            "checklist_version": visit.checklist_version,
            "state": in_words(visit.state, spoken),
            "submitted_at": visit.submitted_at,
            "leader": visit.leader_name,
            "fictitious": yes_or_no(visit.fictitious, spoken),
        }

    def _facts_of_assessment(self, assessment: Mapping[str, Any]) -> dict[str, Cell]:
        level, spoken = assessment["level"], self._reader.wanted.worded_in
        return {
            "total": assessment["total"],
            "level": level if spoken is None else worded(assessment["level_label"] or {}, spoken) or level,
            "completeness": assessment["completeness"],
            # Without consent to names nobody knows whether there is one in it.
            "instance_name": None if self.hidden else assessment.get("instance_name") or None,
        }


def titled(unit: Unit, day: str, spoken: str) -> str:
    """A unit at the start of a line, as it is called on that day."""
    if spoken == "vi":
        return unit.title
    return english_title(unit.kind, unit.name, unit.province_code, unit.province_name, date.fromisoformat(day))


def fits(engine: Engine, reference: str, value: Value) -> bool:
    """Whether a version takes such an answer there."""
    try:
        place = engine.locate(reference)
        node = engine.items[place.path].node
        check_facet(place.facet, value) if place.facet else check_value(node, value)
    except (UnknownNameError, WrongValueError):
        return False
    return True


def with_notes(questions: Mapping[str, View], answers: Mapping[str, Value]) -> dict[str, View]:
    """The questions, each with the reason, the evidence and the note that was written to it."""
    found = dict(questions)
    for reference, value in answers.items():
        path, _, facet = reference.partition("#")
        if facet in NOTES and path in found:
            found[path] = {**found[path], facet: value}
    return found


def struck(view: View, strike: Strike) -> View:
    """A question without names in its texts."""
    texts = {name: view[name] for name in ("value", *NOTES) if isinstance(view.get(name), str)}
    return {**view, **{name: strike(text) for name, text in texts.items()}} if texts else view


def kind_in_words(kind: UnitKind | Literal[""], spoken: str | None) -> str:
    """The kind of a unit as stored, or in the words of a language; "" of an unknown unit."""
    return worded(KIND_NAMES[kind], spoken) if spoken and kind else kind


def in_words(value: str, spoken: str | None) -> str:
    """A state or scope as stored, or in the words of a language."""
    return value if spoken is None else worded(VALUES[value], spoken)


def yes_or_no(value: bool, spoken: str | None) -> Cell:
    """Truth, or the word for it."""
    return value if spoken is None else worded(VALUES["true" if value else "false"], spoken)
