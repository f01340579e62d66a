"""Files that arrive in pieces, kept beside the attachments until they are whole: a place for each sender."""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

DAYS_KEPT = 7
"""A file of which nothing more came for so long is given up; the tablet then starts it anew."""


@dataclass(frozen=True)
class Unfinished:
    """The beginning of a file as one person sends it for one visit."""

    folder: Path
    sha256: str
    visit_id: str
    person_id: str

    @property
    def place(self) -> Path:
        """Named by the file and its sender, so that two people never write into one file."""
        sender = hashlib.sha256(f"{self.visit_id}\n{self.person_id}".encode()).hexdigest()[:32]
        return unfinished_folder(self.folder) / f"{self.sha256}.{sender}"

    def received(self) -> int:
        """How many bytes are here."""
        try:
            return self.place.stat().st_size
        except FileNotFoundError:
            return 0

    def add(self, start: int, piece: bytes) -> None:
        """Write a piece where it belongs and on the disk; OSError, and nothing of it is kept, when that fails.

        It is written at its offset and not at the end: the same piece coming twice at once writes the same bytes.
        """
        self.place.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.place, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _write_at(descriptor, start, piece)
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, start)
            raise
        finally:
            os.close(descriptor)

    def content(self) -> bytes:
        """The bytes that are here; none when another request has just taken the file in."""
        try:
            return self.place.read_bytes()
        except FileNotFoundError:
            return b""

    def drop(self) -> None:
        """Forget what is here."""
        self.place.unlink(missing_ok=True)


def _write_at(descriptor: int, start: int, piece: bytes) -> None:
    rest = memoryview(piece)
    while rest:
        written = os.pwrite(descriptor, rest, start + len(piece) - len(rest))
        rest = rest[written:]


def unfinished_folder(folder: Path) -> Path:
    return folder / "attachments" / "unfinished"


def drop_forgotten(folder: Path) -> None:
    """Remove the beginnings that were given up."""
    limit = time.time() - DAYS_KEPT * 24 * 3600
    for place in unfinished_folder(folder).glob("*"):
        try:
            if place.stat().st_mtime < limit:
                place.unlink()
        except FileNotFoundError:
            continue  # another process was faster
