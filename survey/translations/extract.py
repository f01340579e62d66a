"""Collect the texts of the interface from templates and modules: `python -m survey.translations.extract`.

Brings every catalogue up to date: new texts come in empty, texts that nobody shows any more go out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

SOURCES = Path(__file__).parent.parent
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext.babel_extract")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}

Text = str | tuple[str, str]


def extracted() -> Iterator[tuple[str, Text]]:
    """Every text with the file that shows it; a pair (one, many) where a number decides."""
    for file, _line, text, _comments, _context in extract_from_dir(SOURCES, METHODS, keywords=KEYWORDS):
        yield file, (text[0], text[1]) if isinstance(text, tuple) else text


def renewed(old: Catalog) -> Catalog:
    """The catalogue with exactly the texts of today; translations are kept, none is guessed."""
    new = Catalog(locale=old.locale, header_comment="# Interface texts.", project="satcanh", version="1", fuzzy=False)
    new.creation_date = old.creation_date
    new.revision_date = old.revision_date  # a revision is a translator's work, not the machine's
    new.msgid_bugs_address = new.last_translator = new.language_team = ""
    for file, text in extracted():
        known = old.get(text)
        is_same = known is not None and known.pluralizable == isinstance(text, tuple)
        new.add(text, known.string if known and is_same else None, locations=[(file, 0)])
    return new


def renew(path: Path) -> None:
    """Rewrite one catalogue file, sorted, so that a difference shows only what changed."""
    with path.open("rb") as file:
        catalog = renewed(read_po(file, locale=path.parent.parent.name))
    with path.open("wb") as file:
        write_po(file, catalog, sort_output=True, width=120, include_lineno=False)


if __name__ == "__main__":
    for catalogue in sorted(Path(__file__).parent.glob("*/LC_MESSAGES/messages.po")):
        renew(catalogue)
