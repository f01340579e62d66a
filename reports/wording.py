"""The words of the printed documents, kept by key in every language: `wording.toml`, and one file for the minutes."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

HERE = Path(__file__).parent
LANGUAGES = ("vi", "en")
FILES = ("wording.toml", "minutes.toml", "synthesis.toml", "trip_report.toml")


class Wording:
    """The words in one language. A key is "table.entry"; KeyError when the file lacks it."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"no documents in language {language!r}")
        self.language = language

    def say(self, key: str, **values: Any) -> Markup:
        """The wording as HTML, its placeholders filled with escaped values."""
        return Markup(self.raw(key)).format(**values)  # noqa: S704 - our own file; the values are escaped

    def plain(self, key: str, **values: Any) -> str:
        """The wording as plain text."""
        return self.raw(key).format(**values)

    def raw(self, key: str) -> str:
        table, _, entry = key.partition(".")
        return all_words()[table][entry][self.language]


@lru_cache(maxsize=1)
def all_words() -> dict[str, dict[str, dict[str, str]]]:
    """All files together: table → entry → language → text. No table stands in two files."""
    return {
        table: entries
        for file in FILES
        for table, entries in tomllib.loads((HERE / file).read_text(encoding="utf-8")).items()
    }
