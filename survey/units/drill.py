"""What a result comes from: the sections of a visit, the items of a section, an answer with evidence and log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from forms.checklist import Node, Text
from forms.log import Change, current_changes
from reports.copies import copy_of
from reports.facts import Evaluation, ReportFacts, SectionResult
from reports.items import COUNTED, INSTANCE_KEY, Item, Sheet, code_of
from reports.wording import Wording
from survey.assess import result_of_visit
from survey.database import Database
from survey.documents.report_facts import members_of, visit_facts
from survey.language import gettext, language
from survey.language import mark as _
from survey.problems import Problem
from survey.recorded import answers_with_recorded
from survey.store import assessments, attachments, changes, checklists, units
from survey.store.attachments import Attachment
from survey.store.visits import Visit

EVIDENCE_WORDS = {
    "seen": _("Thấy tại chỗ"), "photo": _("Có ảnh"), "document": _("Có văn bản"),
    "statement": _("Chỉ nghe trình bày"), "none": _("Không có"),
}  # fmt: skip


@dataclass(frozen=True)
class SectionLine:
    name: str
    label: Text
    figures: SectionResult
    failed: list[str]


@dataclass(frozen=True)
class ItemLine:
    """A scored item; `place` is its path, by which it is asked for."""

    place: str
    item: Item

    @property
    def level(self) -> int | None:
        """The level of the rubric, 0 to 3, where the score is one."""
        level = self.item.level
        return round(level) if level is not None and abs(level - round(level)) < 1e-6 else None


@dataclass(frozen=True)
class File:
    """A file that belongs to an answer, by its hash; `caption` may be empty."""

    sha256: str
    media_type: str
    caption: str

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


@dataclass(frozen=True)
class Written:
    """One change of the log: what was written, by whom, when, on which tablet; `counts`: it still stands."""

    what: str
    words: str
    author: str
    at: str
    device_at: str
    device: str
    counts: bool


@dataclass(frozen=True)
class Answered:
    """An item with its answers (one for each instance), evidence, files and, for those who may know, the log."""

    line: ItemLine
    answers: list[str]
    evidence: list[str]
    notes: list[str]
    files: list[File]
    log: list[Written] | None


class Drill:
    """A visit opened for somebody: in full, or as the copy that is shared with a province."""

    def __init__(self, db: Database, visit: Visit, *, in_full: bool) -> None:
        self.db, self.visit, self.in_full = db, visit, in_full
        facts = _facts(db, visit)
        self.sheet = Sheet(facts if in_full else copy_of(facts, "province"), Wording(language()))
        self.facts = self.sheet.facts

    def sections(self) -> list[SectionLine]:
        """The scored sections in which something applies."""
        labels = {section.name: section.label for section in self.facts.checklist.sections}
        assessment = self.facts.evaluation.assessment
        gates = [self.sheet.nodes[code] for code in assessment.gates_failed if code in self.sheet.nodes]
        return [
            SectionLine(name, labels.get(name, {"vi": name}), figures, [n.name for n in gates if n.section == name])
            for name, figures in assessment.sections.items()
            if figures.applicable
        ]

    def items(self, section: str) -> list[ItemLine]:
        """The scored items of a section that were asked; Problem not_found for a section that has none."""
        found = [ItemLine(node.path, self.sheet.item(node)) for node in self._scored(section)]
        if not found:
            raise Problem("not_found")
        return found

    def answer(self, section: str, place: str) -> Answered:
        """Where the score of an item comes from; Problem not_found."""
        node = next((node for node in self._scored(section) if node.path == place), None)
        if node is None:
            raise Problem("not_found")
        instances = list(self._instances(node))
        return Answered(
            line=ItemLine(node.path, self.sheet.item(node)),
            answers=[self._stated(node, path) for path in instances],
            evidence=self._evidence(instances),
            notes=[note for path in instances if (note := self.sheet.facet(path, "note"))],
            files=list(self._files(node)) if self.in_full else [],
            log=self._log(node) if self.in_full else None,
        )

    def _scored(self, section: str) -> list[Node]:
        known = self.facts.evaluation.assessment.items
        nodes = (node for node in self.facts.checklist.walk() if node.is_scored and node.section == section)
        return [node for node in nodes if node.path in known]

    def _instances(self, node: Node) -> Iterator[str]:
        """The instance paths of a question, more than one inside a repeat."""
        asked = self.facts.evaluation.questions
        return (path for path, one in asked.items() if INSTANCE_KEY.sub("", path) == node.path and one.relevant)

    def _stated(self, node: Node, path: str) -> str:
        state = self.sheet.question(path).state
        if state == "na":
            reason = self.sheet.facet(path, "reason")
            return self.sheet.wording.plain("answer.na_because" if reason else "answer.na", reason=reason)
        if state == "unknown":
            return self.sheet.wording.plain("answer.unknown")
        return self.sheet.answer(node, path) or gettext("Chưa trả lời")

    def _evidence(self, instances: list[str]) -> list[str]:
        kinds = [self.sheet.facet(path, "evidence") for path in instances]
        return [gettext(EVIDENCE_WORDS[kind]) for kind in dict.fromkeys(kinds) if kind in EVIDENCE_WORDS]

    def _files(self, item: Node) -> Iterator[File]:
        """The files of the questions under the code of an item: "B09_photo" belongs to B09."""
        known = {one.sha256: one for one in attachments.attachments_of(self.db, self.visit.id)}
        for node in self.facts.checklist.walk():
            if node.type in COUNTED and code_of(node.path) == code_of(item.path):
                for path in self._instances(node):
                    yield from self._files_at(path, known)

    def _files_at(self, path: str, known: dict[str, Attachment]) -> Iterator[File]:
        value = self.sheet.value(path)
        for name in value if isinstance(value, list) else []:
            if name in known:
                yield File(name, known[name].media_type, self.sheet.facet(path, f"caption.{name}"))

    def _log(self, node: Node) -> list[Written]:
        """Everything that was ever written to a question and beside it, the latest first."""
        own = [
            one
            for one in changes.changes_of(self.db, self.visit.id)
            if INSTANCE_KEY.sub("", one.question.partition("#")[0]) == node.path
        ]
        standing = {change.id for change in current_changes(own)}
        names = changes.author_names(self.db, {change.author for change in own})
        return [
            Written(
                what=_facet_words(change.question), words=self._words(node, change),
                author=names.get(change.author, "–"), at=change.at, device_at=change.device_at,
                device=change.device[-4:], counts=change.id in standing,
            )
            for change in sorted(own, key=Change.recency, reverse=True)
        ]  # fmt: skip

    def _words(self, node: Node, change: Change) -> str:
        facet = change.question.partition("#")[2]
        if change.value in (None, "", []):
            return gettext("Để trống")
        if facet == "evidence":
            return gettext(EVIDENCE_WORDS.get(str(change.value), str(change.value)))
        if facet == "state":
            return self.sheet.wording.plain("answer.na" if change.value == "na" else "answer.unknown")
        return str(change.value) if facet else self.sheet.in_words(node, _plain(node, change.value), change.question)


def _plain(node: Node, value: Any) -> Any:
    """The value as the question takes it: what was accepted long ago may be of another form."""
    if node.type in COUNTED:
        return value if isinstance(value, list) else [value]
    return value


def _facet_words(question: str) -> str:
    """What was written: "" for the answer itself."""
    facet = question.partition("#")[2].partition(".")[0]
    words = {
        "state": gettext("Cách trả lời"),
        "reason": gettext("Lý do"),
        "evidence": gettext("Chứng cứ"),
        "note": gettext("Ghi chú"),
        "caption": gettext("Chú thích"),
    }
    return words.get(facet, "")


def _facts(db: Database, visit: Visit) -> ReportFacts:
    """What the report of the visit is made of, without its photos."""
    unit = units.find_unit(db, visit.unit_code, date.fromisoformat(visit.planned_on))
    if unit is None:
        raise Problem("unit_not_found", code=visit.unit_code)
    checklist = checklists.definition_of(db, visit.checklist_id, visit.checklist_version)
    return ReportFacts(
        visit=visit_facts(visit),
        unit=unit,
        members=members_of(db, visit),
        checklist=checklist,
        answers=answers_with_recorded(db, visit.id, checklist),
        evaluation=Evaluation.model_validate(result_of_visit(db, visit)),
        formula_version=assessments.FORMULA_VERSION,
        fictitious=visit.fictitious,
    )
