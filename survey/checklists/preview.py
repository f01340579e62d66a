"""A checklist as a tablet would show it, for its author: compiled but neither published nor attached to any visit."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from forms.checklist import Checklist
from forms.module import compile_module
from forms.units import Unit
from forms.xlsform.attached_files import composed
from survey.checklists.attached import media_type_of
from survey.checklists.drafts import ID, files_of, find_draft
from survey.checklists.reading import read_draft
from survey.database import Database
from survey.field.joined_script import joined
from survey.field.pack import SCRIPTS
from survey.language import gettext as _
from survey.naming import unit_with_province
from survey.problems import Problem
from survey.store import attachments, checklists, units

STAND_INS = {"opening": "preview_opening", "pen": "preview_pen", "files": "preview_files"}
"""What keeps the answers of a visit, and what takes its place: a preview holds no line of the former."""

PROVINCE = "38"


@dataclass(frozen=True)
class Subject:
    """What is looked at: a draft by its id, or a published version by the hash of its source.

    `digest` changes with the content; `draft_id` is empty for a published version.
    """

    key: str
    digest: str
    checklist: Checklist
    draft_id: str = ""


def find_subject(db: Database, folder: Path, key: str) -> Subject:
    """The subject of an address; Problem draft_gone, draft_faulty, not_found."""
    if ID.fullmatch(key):
        draft = find_draft(folder, key)
        checklist = read_draft(folder, draft).checklist
        if checklist is None:
            raise Problem("draft_faulty")
        return Subject(key, draft.digest, checklist, draft.id)
    version = next((one for one in checklists.list_versions(db) if one.sha256 == key), None)
    if version is None:
        raise Problem("not_found")
    return Subject(key, version.sha256, checklists.definition_of(db, version.id, version.version))


def file_of(folder: Path, subject: Subject, sha256: str) -> tuple[bytes, str]:
    """The bytes and the kind of a file that goes with the checklist; Problem not_found."""
    name = next((name for name, known in subject.checklist.files.items() if known == sha256), None)
    if name is None:
        raise Problem("not_found")
    if subject.draft_id:
        content = composed(files_of(folder, find_draft(folder, subject.draft_id))).get(name, b"")
    else:
        content = attachments.place_of(folder, sha256).read_bytes()
    return content, media_type_of(name, content) or "application/octet-stream"


def module_of(subject: Subject) -> bytes:
    """The whole ES module of a subject as gzip; compiled once for the same content."""
    kept = _kept_module(subject.digest)
    if not kept:
        kept.append(gzip.compress(compile_module(subject.checklist).encode(), 6, mtime=0))
    return kept[0]


@lru_cache(maxsize=8)
def _kept_module(digest: str) -> list[bytes]:
    return []


def script_text() -> str:
    """The page's script without all that writes answers down."""
    changed = tuple(path.stat().st_mtime_ns for path in sorted(SCRIPTS.glob("*.js")))
    return _kept_script(changed)


@lru_cache(maxsize=2)
def _kept_script(changed_ns: tuple[int, ...]) -> str:
    return joined(SCRIPTS, "preview", STAND_INS)


def invented_visit(db: Database, checklist: Checklist, today: date) -> dict[str, Any]:
    """The facts of a visit that was never planned, to a unit of a kind that the checklist is for."""
    unit = _some_unit(db, checklist, today)
    facts = {"code": unit.code, "name": unit.name, "kind": unit.kind} if unit else {"code": "", "name": "", "kind": ""}
    title = unit_with_province(unit, today) if unit else _("Đơn vị bất kỳ")
    return {
        "id": "preview", "unit": facts, "unit_code": facts["code"], "unit_title": title,
        "province_name": "", "planned_on": today.isoformat(), "state": "draft", "fictitious": False,
        "leader": "", "members": {}, "read_only": "", "unit_names": {facts["code"]: title},
    }  # fmt: skip


def _some_unit(db: Database, checklist: Checklist, today: date) -> Unit | None:
    """A unit of a kind that the checklist names; a commune when it names none."""
    kinds = checklist.unit_kinds
    of_province = [*units.list_communes(db, PROVINCE, today), *units.provincial_bodies(db, PROVINCE, today)]
    fitting = (unit for unit in of_province if not kinds or unit.kind in kinds)
    return next(fitting, None)
