"""Files attached to a checklist: read with it, checked for what they are, kept by their hash, and given out again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from flask import url_for

from forms.checklist import Checklist, Text
from forms.faults import Fault
from forms.xlsform.attached_tables import is_table
from forms.xlsform.diagnosis import Diagnosis
from forms.xlsform.reader import read_checklist
from survey.files.file_kinds import LARGEST_FILE, MIB, purify
from survey.problems import Problem
from survey.store import attachments
from survey.store.checklist_files import ChecklistFile

LARGEST_TOGETHER = 100 * MIB
TABLE_TYPES = {".csv": "text/csv", ".geojson": "application/geo+json", ".xml": "application/xml"}
MP4 = re.compile(rb"hdlr.{8}vide", re.DOTALL)
WEBM_PICTURES = (b"V_VP8", b"V_VP9", b"V_AV1")


def read_with_files(source: bytes, name: str, files: Mapping[str, bytes]) -> tuple[Checklist, list[Fault]]:
    """A checklist with the files attached to it, by name, and warnings; ChecklistError with every fault found."""
    checklist, warnings = read_checklist(source, name, files=files)
    diagnosis = Diagnosis()
    together = sum(len(files[used]) for used in checklist.files if used in files)
    if together > LARGEST_TOGETHER:
        diagnosis.refuse("files_too_large", size=together // MIB, most=LARGEST_TOGETHER // MIB)
    for used in checklist.files:
        if media_type_of(used, files[used]) is None:
            diagnosis.refuse("media_unusable", used)
    diagnosis.raise_errors()
    return checklist, warnings


def media_type_of(name: str, content: bytes) -> str | None:
    """What a file is: a table by the ending of its name, all else by its content; None for what is not taken."""
    if is_table(name):
        return TABLE_TYPES[Path(name).suffix.lower()]
    if len(content) > LARGEST_FILE:
        return None
    if is_video(content):
        return "video/webm" if content.startswith(b"\x1a\x45\xdf\xa3") else "video/mp4"
    try:
        found = purify(content)[1]
    except Problem:
        return None
    return found if found.startswith(("image/", "audio/")) else None


def is_video(content: bytes) -> bool:
    """Whether the container names moving pictures among its tracks."""
    if content.startswith(b"\x1a\x45\xdf\xa3"):
        return any(codec in content[: 64 * 1024] for codec in WEBM_PICTURES)
    return content[4:8] == b"ftyp" and MP4.search(content) is not None


def keep_files(folder: Path, checklist: Checklist, files: Mapping[str, bytes]) -> list[ChecklistFile]:
    """Write the files that the checklist uses, each under its hash, and tell what is to be noted of them."""
    kept = []
    for name, sha256 in checklist.files.items():
        content = files[name]
        if not attachments.place_of(folder, sha256).exists():
            attachments.keep_file(folder, sha256, content)
        kept.append(
            ChecklistFile(name=name, sha256=sha256, media_type=media_type_of(name, content) or "", size=len(content))
        )
    return kept


def file_bytes(folder: Path, file: ChecklistFile) -> bytes:
    """The file as it was attached."""
    return attachments.place_of(folder, file.sha256).read_bytes()


def media_address(checklist: Checklist, name: str) -> str:
    """Where a tablet finds an attached picture, sound or video; "" for a file that is not attached."""
    sha256 = checklist.files.get(name)
    named: dict[str, Any] = {"checklist_id": checklist.id, "version": checklist.version, "sha256": sha256}
    return url_for("checklists.show_file", **named) if sha256 else ""


def media_names(checklist: Checklist) -> Iterator[str]:
    """The names of the pictures, sounds and videos that questions and choices show, each once."""
    shown: list[dict[str, Text]] = [node.media for node in checklist.walk()]
    shown += [choice.media for choices in checklist.choices.values() for choice in choices]
    names = (name for media in shown for words in media.values() for name in words.values())
    return iter(dict.fromkeys(name for name in names if name in checklist.files))
