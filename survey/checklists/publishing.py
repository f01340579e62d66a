"""An uploaded checklist before it is published: what it holds, what stands in its way, and publishing it once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from forms.checklist import Checklist
from survey.checklists.drafts import Draft, discard_draft, files_of, source_of
from survey.checklists.reading import Reading, read_draft
from survey.database import Database
from survey.language import language
from survey.problems import Problem
from survey.store import checklists
from survey.store.checklists import Version


@dataclass(frozen=True)
class Figures:
    """What a checklist holds, for a first look."""

    sections: int
    questions: int
    core: int
    scored: int
    gates: int
    levels: int
    recommendations: int


@dataclass(frozen=True)
class Look:
    """A draft as its page shows it.

    `latest` is the version published last under the same id, `before` its checklist; `taken` is the version that has
    the number of the draft already: nothing is left to publish when it `is_same`.
    """

    reading: Reading
    figures: Figures | None
    latest: Version | None
    before: Checklist | None
    taken: Version | None
    is_same: bool

    @property
    def checklist(self) -> Checklist | None:
        return self.reading.checklist

    @property
    def may_publish(self) -> bool:
        return self.checklist is not None and self.taken is None


def look_at_draft(db: Database, folder: Path, draft: Draft) -> Look:
    """What the page of a draft says; Problem draft_gone."""
    reading = read_draft(folder, draft)
    found = reading.checklist
    if found is None:
        return Look(reading, None, None, None, None, is_same=False)
    latest = checklists.find_latest(db, found.id)
    before = checklists.definition_of(db, latest.id, latest.version) if latest else None
    taken = checklists.find(db, found.id, found.version)
    is_same = taken is not None and taken.sha256 == checklists.digest_of(source_of(folder, draft), found.files)
    return Look(reading, figures_of(found), latest, before, taken, is_same)


def figures_of(checklist: Checklist) -> Figures:
    nodes = list(checklist.walk())
    questions = [node for node in nodes if node.type not in ("group", "repeat", "note", "calculate")]
    return Figures(
        sections=len(checklist.sections),
        questions=len(questions),
        core=sum(node.core for node in questions),
        scored=sum(node.is_scored for node in nodes),
        gates=sum(node.gate is not None for node in nodes),
        levels=len(checklist.levels),
        recommendations=len(checklist.rules),
    )


def publish_draft(db: Database, folder: Path, draft: Draft, digest: str, *, by: str) -> Version:
    """Publish a draft as it was shown, and forget it.

    Problem draft_changed when `digest` is not that of the draft, version_published when somebody else was faster with
    the same content, version_differs with other content, checklist_faulty with the faults.
    """
    if digest != draft.digest:
        raise Problem("draft_changed")
    reading = read_draft(folder, draft)
    if reading.checklist is None:
        raise Problem("checklist_faulty", faults="\n".join(fault.say(language()) for fault in reading.errors))
    source, files = source_of(folder, draft), files_of(folder, draft)
    known = checklists.find(db, reading.checklist.id, reading.checklist.version)
    if known and known.sha256 == checklists.digest_of(source, reading.checklist.files):
        raise Problem("version_published", id=known.id, version=known.version)
    version = checklists.publish(db, source, draft.name, by=by, files=files, folder=folder, read=reading.checklist)
    discard_draft(folder, draft.id)
    return version
