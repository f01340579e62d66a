"""A copy of one visit that a tablet saved as a ZIP file: opened, checked as a whole, then read piece by piece.

Nothing is ever unpacked under a name of the file, and nothing is read further than its limit.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from forms.log import Instant, Name
from survey.files.file_kinds import LARGEST_FILE
from survey.problems import Problem

FORMAT, VERSION = "satcanh-copy", 1
CONTENTS, LOG, ATTACHMENTS = "copy.json", "changes.jsonl", "attachments/"
MIB = 1024 * 1024
LARGEST_COPY = 2 * 1024 * MIB  # bytes, packed and unpacked
LARGEST_LIST = MIB  # the ZIP's own list of its parts: enough for thousands, too little for a bomb
LARGEST_LOG = 64 * MIB
LONGEST_LINE = 512 * 1024  # a text of 20,000 letters, each written as \ud83d\ude00, is half of it
MOST_ATTACHMENTS = 5_000
CHUNK = 64 * 1024
PART = re.compile(r"copy\.json|changes\.jsonl|attachments/(?:[0-9a-f]{64})?")
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError)
"""What Python raises for a ZIP file that is torn, damaged or forged."""

Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Words = Annotated[str, Field(max_length=400)]


class OwnShape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Holder(OwnShape):
    """Whose tablet saved the copy."""

    id: Words
    name: Words


class CopiedVisit(OwnShape):
    """Which visit the copy holds, in the words of the tablet."""

    id: Name
    unit_code: Words
    unit_title: Words
    checklist_id: Words
    checklist_version: Words
    planned_on: Words


class ListedAttachment(OwnShape):
    """A file that the copy says it holds; `size` in bytes."""

    sha256: Hash
    media_type: Words
    size: int = Field(ge=0)


class Contents(OwnShape):
    """copy.json: whose copy of which visit, and how much it holds."""

    format: Words
    version: StrictInt
    made_at: Instant
    device: Name
    person: Holder
    visit: CopiedVisit
    changes: int = Field(ge=0)
    attachments: list[ListedAttachment] = Field(max_length=MOST_ATTACHMENTS)


class Line(NamedTuple):
    """One line of the log: its number from 1 and its JSON value, or its text when it is no JSON."""

    number: int
    raw: object


class DamagedError(Exception):
    """A part that is not as it was saved; `code` says how: part_missing, part_too_large or part_damaged."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _Reader(io.BufferedReader):
    """Reads no piece larger than the list of parts may be: a forged list would fill the memory before any check."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > LARGEST_LIST:
            raise zipfile.BadZipFile("the list of parts is too long")
        return super().read(size)


@dataclass(frozen=True)
class CopyFile:
    """An opened copy whose list of parts, contents and log are whole; its attachments are checked one by one."""

    archive: zipfile.ZipFile
    contents: Contents

    def lines(self) -> Iterator[Line]:
        """The lines of the log that hold something, one at a time."""
        with self.archive.open(LOG) as log:
            number = 0
            while text := log.readline(LONGEST_LINE):
                number += 1
                beginning = text
                while not text.endswith(b"\n") and (rest := log.readline(LONGEST_LINE)):
                    text = rest
                if beginning.strip():
                    yield Line(number, _value_of(beginning) if text is beginning else _text_of(beginning))

    def read_attachment(self, sha256: str) -> bytes:
        """The bytes behind a hash; DamagedError when they are not there, too many, or others."""
        try:
            part = self.archive.getinfo(ATTACHMENTS + sha256)
        except KeyError as error:
            raise DamagedError("part_missing") from error
        content = b"".join(_read(self.archive, part, LARGEST_FILE))
        if hashlib.sha256(content).hexdigest() != sha256:
            raise DamagedError("part_damaged")
        return content

    def unlisted(self) -> list[str]:
        """The attachments that lie in the file and are not in its contents."""
        listed = {ATTACHMENTS + attachment.sha256 for attachment in self.contents.attachments}
        return [name for name in self.archive.namelist() if name not in listed | {CONTENTS, LOG, ATTACHMENTS}]


@contextmanager
def opened_copy(file: IO[bytes]) -> Iterator[CopyFile]:
    """Open a copy and check it as a whole.

    Problem copy_too_large, copy_unreadable (no ZIP file, or a torn one), copy_foreign_part, copy_part_missing,
    copy_part_damaged or copy_newer. The log is read through once, so that no line of a damaged one is believed.
    """
    if os.fstat(file.fileno()).st_size > LARGEST_COPY:
        raise Problem("copy_too_large", limit=LARGEST_COPY // MIB)
    try:
        archive = zipfile.ZipFile(_Reader(io.FileIO(file.fileno(), closefd=False)))
    except BROKEN as error:
        raise Problem("copy_unreadable") from error
    with archive:
        _check_parts(archive)
        contents = _read_contents(archive)
        _check_log(archive)
        yield CopyFile(archive, contents)


def _check_parts(archive: zipfile.ZipFile) -> None:
    seen: set[str] = set()
    for part in archive.infolist():
        if not PART.fullmatch(part.filename) or part.filename in seen:
            raise Problem("copy_foreign_part", part=_printable(part.filename))
        if part.flag_bits & 1 or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Problem("copy_part_damaged", part=part.filename)
        seen.add(part.filename)
    if sum(part.file_size for part in archive.infolist()) > LARGEST_COPY:
        raise Problem("copy_too_large", limit=LARGEST_COPY // MIB)
    for name in (CONTENTS, LOG):
        if name not in seen:
            raise Problem("copy_part_missing", part=name)


def _read_contents(archive: zipfile.ZipFile) -> Contents:
    """The contents; the version is looked at first, as a later one may have other fields."""
    try:
        said = json.loads(b"".join(_read(archive, archive.getinfo(CONTENTS), LARGEST_LIST)))
        version = said.get("version") if isinstance(said, dict) and said.get("format") == FORMAT else None
        if isinstance(version, int) and version > VERSION:
            raise Problem("copy_newer", version=version)
        if version != VERSION:
            raise ValueError("not a copy of a visit")
        return Contents.model_validate(said)
    except (DamagedError, ValueError, RecursionError) as error:
        raise Problem("copy_part_damaged", part=CONTENTS) from error


def _check_log(archive: zipfile.ZipFile) -> None:
    try:
        for _chunk in _read(archive, archive.getinfo(LOG), LARGEST_LOG):
            pass
    except DamagedError as error:
        raise Problem("copy_part_damaged", part=LOG) from error


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo, limit: int) -> Iterator[bytes]:
    """The bytes of a part in chunks, its checksum compared at the end; DamagedError."""
    if part.file_size > limit:
        raise DamagedError("part_too_large")
    try:
        with archive.open(part) as opened:
            while chunk := opened.read(CHUNK):
                yield chunk
    except BROKEN as error:
        raise DamagedError("part_damaged") from error


def _value_of(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return _text_of(line)


def _text_of(line: bytes) -> str:
    return line.decode("utf-8", "replace").strip()


def _printable(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name[:80])
