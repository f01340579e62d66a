"""The checklists that come with the product, as Markdown XLSForms beside this module."""

from __future__ import annotations

from pathlib import Path

folder = Path(__file__).parent


def library_names() -> list[str]:
    """The identifiers of the built-in checklists, in alphabetical order."""
    return sorted(path.stem for path in folder.glob("*.md"))


def library_source(name: str) -> bytes:
    """The Markdown source of a built-in checklist; KeyError when there is none of this name."""
    if name not in library_names():
        raise KeyError(name)
    return (folder / f"{name}.md").read_bytes()
