"""Where a command finds a checklist: a file, or one of the library."""

from __future__ import annotations

from pathlib import Path

from forms.checklist import Checklist
from forms.faults import Fault
from forms.library import library_names, library_source
from forms.xlsform.reader import read_checklist


def read_source(name: str) -> tuple[bytes, str]:
    """The bytes of a file or of a library checklist, with the file name that tells its format."""
    path = Path(name)
    if not path.exists() and name in library_names():
        return library_source(name), f"{name}.md"
    return path.read_bytes(), path.name


def read(name: str) -> tuple[Checklist, list[Fault]]:
    """The checklist and its warnings; ChecklistError with every fault."""
    return read_checklist(*read_source(name))
