"""Where a command finds a checklist: a file, or one of the library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from unicodedata import normalize

from forms.checklist import Checklist
from forms.faults import Fault
from forms.library import library_names, library_source
from survey.checklists.attached import read_with_files


class FilesBeside(Mapping[str, bytes]):
    """The files that lie beside a checklist, found by name when it asks for them, and those that were named."""

    def __init__(self, folder: Path | None, named: Iterable[Path] = ()) -> None:
        self.folder = folder
        self.named = {normalize("NFC", path.name): path for path in named}

    def __getitem__(self, name: str) -> bytes:
        place = self.place(name)
        if place is None:
            raise KeyError(name)
        return place.read_bytes()

    def place(self, name: str) -> Path | None:
        """Where the file lies; None when there is none, and for what is no plain name."""
        beside = self.folder / name if self.folder and name == Path(name).name else None
        return self.named.get(name) or (beside if beside and beside.is_file() else None)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.place(name) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self.named)

    def __len__(self) -> int:
        return len(self.named)


def files_for(name: str, named: Iterable[Path] = ()) -> FilesBeside:
    """The files attached to a checklist in a file; a checklist of the library has none beside it."""
    path = Path(name)
    return FilesBeside(path.parent if path.exists() else None, named)


def read_source(name: str) -> tuple[bytes, str]:
    """The bytes of a file or of a library checklist, with the file name that tells its format."""
    path = Path(name)
    if not path.exists() and name in library_names():
        return library_source(name), f"{name}.md"
    return path.read_bytes(), path.name


def read(name: str, named: Iterable[Path] = ()) -> tuple[Checklist, list[Fault]]:
    """The checklist with its files and its warnings; ChecklistError with every fault."""
    return read_with_files(*read_source(name), files_for(name, named))
