"""Attachments: which visit has which file, and the files themselves in the data folder, named by their SHA-256."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import BaseModel
from sqlite_utils import Database


class Attachment(BaseModel):
    """A file of a visit; `size` is in bytes as it is kept."""

    sha256: str
    visit_id: str
    media_type: str
    size: int
    name: str = ""
    author_id: str
    received_at: str


def place_of(folder: Path, sha256: str) -> Path:
    """Where the file lies: a folder for each of the 256 beginnings, so that none gets too full."""
    return folder / "attachments" / sha256[:2] / sha256


def keep_file(folder: Path, sha256: str, content: bytes) -> None:
    """Write the file whole or not at all: under another name first, renamed once it is on the disk."""
    write_whole(place_of(folder, sha256), content)


def write_whole(place: Path, content: bytes) -> None:
    """Write a file whole or not at all, its folder too when there is none."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f"{place.name}.{os.getpid()}.{os.urandom(4).hex()}.part")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place)
        for folder_of_name in (place.parent, place.parent.parent):  # else a power cut may forget the new name
            _write_out(folder_of_name)
    finally:
        draft.unlink(missing_ok=True)


def _write_out(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def add_attachment(db: Database, attachment: Attachment) -> None:
    """Note that a visit has this file; a second time changes nothing."""
    db.execute(
        "insert into attachment (sha256, visit_id, media_type, size, name, author_id, received_at)"
        " values (:sha256, :visit_id, :media_type, :size, :name, :author_id, :received_at)"
        " on conflict (sha256, visit_id) do nothing",
        attachment.model_dump(),
    )


def find_attachment(db: Database, visit_id: str, sha256: str) -> Attachment | None:
    """The file of this visit with this hash."""
    rows = db.query(
        "select sha256, visit_id, media_type, size, name, author_id, received_at from attachment"
        " where sha256 = :sha256 and visit_id = :visit",
        {"sha256": sha256, "visit": visit_id},
    )
    return next((Attachment.model_validate(row) for row in rows), None)


def is_named(db: Database, visit_id: str, sha256: str) -> bool:
    """Whether an accepted change of this visit names the file, be it replaced meanwhile or not."""
    rows = db.query(
        "select 1 as named from change where visit_id = :visit and value like :named limit 1",
        {"visit": visit_id, "named": f'%"{sha256}"%'},
    )
    return next(iter(rows), None) is not None


def attachments_of(db: Database, visit_id: str) -> list[Attachment]:
    """All files of a visit in the order of arrival."""
    rows = db.query(
        "select sha256, visit_id, media_type, size, name, author_id, received_at from attachment"
        " where visit_id = :visit order by received_at, sha256",
        {"visit": visit_id},
    )
    return [Attachment.model_validate(row) for row in rows]
