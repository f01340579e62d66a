"""Attached files as tables of text: rows under named columns, found by the text of a column through an index."""

from __future__ import annotations

from functools import cached_property

from pydantic import BaseModel, ConfigDict


class Table(BaseModel):
    """What an attached file holds. Every cell is text, "" where there is none; each row is as long as `columns`.

    `path` is how expressions reach a row from the instance: "root/item", in an XML file the names of its elements.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str
    columns: list[str]
    rows: list[list[str]]
    path: str = "root/item"

    def place(self, column: str) -> int:
        """Where a column stands, counted from 0; KeyError when there is none."""
        return self._places[column]

    def records(self) -> list[dict[str, str]]:
        """The rows as dictionaries by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def rows_with(self, column: str, text: str) -> list[int]:
        """The numbers (from 0) of the rows with this text in a column, in the order of the file."""
        if column not in self._indexes:
            self._indexes[column] = self._index(column)
        return self._indexes[column].get(text, [])

    def find(self, column: str, key_column: str, key: str) -> str:
        """The text of a column in the first row with this key, "" when there is none."""
        found = self.rows_with(key_column, key)
        return self.rows[found[0]][self._places[column]] if found else ""

    @cached_property
    def _places(self) -> dict[str, int]:
        return {column: place for place, column in enumerate(self.columns)}

    @cached_property
    def _indexes(self) -> dict[str, dict[str, list[int]]]:
        return {}

    def _index(self, column: str) -> dict[str, list[int]]:
        place, index = self._places[column], dict[str, list[int]]()
        for number, row in enumerate(self.rows):
            index.setdefault(row[place], []).append(number)
        return index
