"""Copies of a visit as a tablet saves them: whole ones, and ones with anything wrong that a test wants."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from survey.database import Database
from survey.problems import Problem
from survey.settings import Settings
from survey.store.people import Person
from survey.sync.copies import Summary, take_in_copy
from survey.sync.copy_file import opened_copy
from tests.field_world import DAY, sent

Bring = Callable[..., Summary]
NAME = "satcanh-15271-20250819-1042.zip"


def photo(colour: str = "red", size: tuple[int, int] = (40, 20)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def contents(holder: Person, held: int, photos: Iterable[bytes] = (), **other: Any) -> dict[str, Any]:
    """copy.json of visit v1 on the holder's tablet; `other` replaces or adds fields."""
    visit = {"id": "v1", "unit_code": "15271", "unit_title": "Xã Hà Trung"}
    return {
        "format": "satcanh-copy", "version": 1, "made_at": f"{DAY}T03:42:00.000Z", "device": "tablet-1",
        "person": {"id": holder.id, "name": holder.name},
        "visit": visit | {"checklist_id": "thu", "checklist_version": "1", "planned_on": DAY}, "changes": held,
        "attachments": [{"sha256": hash_of(p), "media_type": "image/png", "size": len(p)} for p in photos],
    } | other  # fmt: skip


def by(person: Person, number: int, question: str, value: Any, **more: Any) -> dict[str, Any]:
    """A change as it lies in a copy: with its author."""
    return sent(number, question, value, **more) | {"author": person.id}


def save_copy(
    folder: Path,
    holder: Person,
    *lines: Any,
    photos: Iterable[bytes] = (),
    parts: Mapping[str, bytes | None] | None = None,
    packed: bool = True,
    **other: Any,
) -> Path:
    """The file of a copy. `lines` are changes, or bytes as they stand; `parts` replace, add or take out (None)."""
    photos = list(photos)
    text = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    inside: dict[str, bytes | None] = {
        "copy.json": json.dumps(contents(holder, len(lines), photos, **other)).encode(),
        "changes.jsonl": b"".join(line + b"\n" for line in text),
    }
    inside |= {f"attachments/{hash_of(photo)}": photo for photo in photos} | dict(parts or {})
    path = folder / NAME
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, content in inside.items():
            if content is not None:
                archive.writestr(name, content)
    return path


def taking_in(db: Database, settings: Settings) -> Bring:
    """Takes a copy in: of a path as the operator of the server, of a path and a person as that person."""

    def brought(path: Path, person: Person | None = None) -> Summary:
        with path.open("rb") as file, opened_copy(file) as copy:
            return take_in_copy(db, settings.data, copy, path.name, person)

    return brought


def counts(summary: Summary) -> tuple[int, int, int, int, int, int]:
    """New, known and refused answers, then the same for attachments."""
    return (
        summary.new, summary.known, len(summary.refused),
        summary.attachments_new, summary.attachments_known, len(summary.attachments_refused),
    )  # fmt: skip


def refused(summary: Summary) -> list[tuple[str, str]]:
    return [(one.place, one.code) for one in summary.all_refused]


def problem_of(bring: Bring, path: Path) -> tuple[str, dict[str, object]]:
    with pytest.raises(Problem) as raised:
        bring(path)
    return raised.value.code, raised.value.details
