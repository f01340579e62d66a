"""Uploaded checklists that are not published yet: kept on the server so that no reload loses them; few, not long."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import time
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from survey.clock import utc_text
from survey.files.evidence import telling_what_is_lacking
from survey.problems import Problem
from survey.store.attachments import write_whole

WAITS = 14 * 24 * 3600
"""Seconds for which a draft that nobody comes back for stays."""

MOST = 30
"""Drafts kept at the same time; the one that was not touched for longest makes room."""

LARGEST_CHECKLIST = 110
"""MB of a workbook and the files that go with it."""

LONGEST_NAME = 100
ID = re.compile(r"[0-9a-f]{32}")


class Draft(BaseModel):
    """An uploaded checklist: its workbook, and the files attached to it by name, each by the SHA-256 of its bytes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: str
    sha256: str
    files: dict[str, str] = {}
    by: str
    at: str

    @property
    def digest(self) -> str:
        """The same for the same workbook under the same name with the same files."""
        told = [self.name, self.sha256, *(part for item in sorted(self.files.items()) for part in item)]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


def keep_draft(
    folder: Path, name: str, source: bytes, files: Mapping[str, bytes], *, by: str, onto: Draft | None = None
) -> Draft:
    """Put an upload aside, as a new draft or onto one that is there, whose other files stay.

    Problem disk_full; then the draft stays what it was, because its description is written last.
    """
    known = onto.files if onto else {}
    described = {file: hashlib.sha256(content).hexdigest() for file, content in files.items()}
    draft = Draft(
        id=onto.id if onto else os.urandom(16).hex(), name=name[-LONGEST_NAME:], by=by, at=utc_text(),
        sha256=hashlib.sha256(source).hexdigest(), files=known | described,
    )  # fmt: skip
    place = _place(folder, draft.id)
    with telling_what_is_lacking():
        for content in (source, *files.values()):
            write_whole(place / hashlib.sha256(content).hexdigest(), content)
        write_whole(place / "draft.json", draft.model_dump_json().encode())
    _make_room(folder, draft.id)
    return draft


def find_draft(folder: Path, draft_id: str) -> Draft:
    """The draft with this id; Problem draft_gone, for ids that never were one too."""
    draft = _read(_place(folder, draft_id)) if ID.fullmatch(draft_id) else None
    if draft is None:
        raise Problem("draft_gone")
    return draft


def list_drafts(folder: Path) -> list[Draft]:
    """The drafts that wait, the one touched last first."""
    found = (_read(place) for place in _places(folder))
    return sorted((draft for draft in found if draft), key=lambda draft: (draft.at, draft.id), reverse=True)


def source_of(folder: Path, draft: Draft) -> bytes:
    """The workbook as it came; Problem draft_gone when it was discarded meanwhile."""
    return _bytes(folder, draft, draft.sha256)


def files_of(folder: Path, draft: Draft) -> dict[str, bytes]:
    """The attached files by name; Problem draft_gone."""
    return {name: _bytes(folder, draft, sha256) for name, sha256 in draft.files.items()}


def discard_draft(folder: Path, draft_id: str) -> None:
    """Forget a draft; one that is gone already is no fault."""
    if ID.fullmatch(draft_id):
        shutil.rmtree(_place(folder, draft_id), ignore_errors=True)


def _bytes(folder: Path, draft: Draft, sha256: str) -> bytes:
    try:
        return (_place(folder, draft.id) / sha256).read_bytes()
    except OSError as error:
        raise Problem("draft_gone") from error


def _place(folder: Path, draft_id: str) -> Path:
    return folder / "checklist-drafts" / draft_id


def _places(folder: Path) -> list[Path]:
    home = folder / "checklist-drafts"
    return [place for place in home.iterdir() if ID.fullmatch(place.name)] if home.is_dir() else []


def _read(place: Path) -> Draft | None:
    try:
        return Draft.model_validate_json((place / "draft.json").read_bytes())
    except (OSError, ValidationError):
        return None


def _make_room(folder: Path, newest: str) -> None:
    """What is too old or one too many goes, unfinished uploads too."""
    aged = sorted((_age(place), place) for place in _places(folder) if place.name != newest)
    for number, (age, place) in enumerate(aged, start=1):
        if age > WAITS or number >= MOST:
            shutil.rmtree(place, ignore_errors=True)


def _age(place: Path) -> float:
    try:
        return time.time() - place.stat().st_mtime
    except OSError:  # somebody else discarded it in between
        return 0.0
