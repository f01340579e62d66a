"""Keeps archives from unpacking to more than memory should hold, whatever they say about themselves."""

from __future__ import annotations

import zipfile
from io import BytesIO

from forms.xlsform.diagnosis import Diagnosis
from forms.xlsform.workbook import StopReadingError

most_unpacked = 60_000_000
most_in_part = 25_000_000
"""No sheet or table of texts within the limits of rows, columns and cells needs more XML than this."""
most_entries = 2_000
most_ratio = 200
least_suspicious = 1_000_000
"""An entry below this size may be packed as tightly as it likes."""


def refuse_bomb(source: bytes, diagnosis: Diagnosis) -> None:
    """Refuse an archive that would unpack to more than memory should hold, by what it declares and what it does.

    The declared sizes come first; then everything is unpacked once in pieces without keeping it, since a declared
    size may lie.
    """
    try:
        with zipfile.ZipFile(BytesIO(source)) as archive:
            refuse_declared_bomb(archive.infolist(), diagnosis)
            unpacked = 0
            for entry in archive.infolist():
                with archive.open(entry) as stream:
                    while piece := stream.read(1 << 18):
                        unpacked += len(piece)
                        refuse_unpacked(unpacked, diagnosis)
    except StopReadingError:
        raise
    except Exception:  # zipfile raises BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error…
        diagnosis.refuse("workbook_broken")
        raise StopReadingError from None


def refuse_declared_bomb(entries: list[zipfile.ZipInfo], diagnosis: Diagnosis) -> None:
    """Refuse by the archive's own table of contents."""
    declared = sum(entry.file_size for entry in entries)
    tight = any(
        entry.file_size > least_suspicious and entry.file_size > most_ratio * max(entry.compress_size, 1)
        for entry in entries
    )
    long = any(entry.file_size > most_in_part for entry in entries if entry.filename.endswith(".xml"))
    if declared > most_unpacked or len(entries) > most_entries or tight or long:
        refuse_unpacked(most_unpacked + 1, diagnosis)
    if any(entry.flag_bits & 1 for entry in entries):
        diagnosis.refuse("workbook_locked")
        raise StopReadingError


def refuse_unpacked(size: int, diagnosis: Diagnosis) -> None:
    if size > most_unpacked:
        diagnosis.refuse("workbook_bomb", most=most_unpacked // 1_000_000)
        raise StopReadingError
