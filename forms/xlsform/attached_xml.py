"""Rows of an XML instance: `<root><item><name>…</name></item></root>`, two levels deep and without declarations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

from forms.xlsform.diagnosis import Diagnosis
from forms.xlsform.workbook import StopReadingError, most_rows_elsewhere

column_level = 3


class XmlRows:
    """Collects the rows of one file; what does not have the form of a table is refused with the number of its row.

    Document types are refused before parsing: they are where entities, and so expansion bombs, are declared.
    """

    def __init__(self, name: str, diagnosis: Diagnosis) -> None:
        self.name = name
        self.diagnosis = diagnosis
        self.path = "root/item"
        self._open: list[str] = []
        self._records: list[dict[str, list[str]]] = []
        self._column = ""

    def read(self, text: str) -> None:
        """Parse the text; StopReadingError when it is no XML or has not the form of a table."""
        if re.search(r"<!\s*(?:DOCTYPE|ENTITY)", text, re.IGNORECASE):
            self._refuse("xml_declares", 0)
        parser = expat.ParserCreate("utf-8")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(text.encode(), True)
        except expat.ExpatError:
            self._refuse("xml_broken", parser.ErrorLineNumber)

    def rows(self) -> Iterator[dict[str, str]]:
        """The rows as records."""
        for record in self._records:
            yield {column: "".join(parts) for column, parts in record.items()}

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        self._open.append(element)
        row = len(self._records) + 1
        if len(self._open) > column_level or any(not key.startswith("xmlns") for key in attributes):
            self._refuse("xml_not_table", row, element)
        if len(self._open) == column_level - 1:
            self._begin_row(row + 1)
        elif len(self._open) == column_level:
            if element in self._records[-1]:
                self._refuse("xml_column_twice", row, element)
            self._column = element
            self._records[-1][element] = []

    def _begin_row(self, row: int) -> None:
        path = "/".join(self._open)
        if self._records and path != self.path:
            self._refuse("xml_not_table", row, self._open[-1])
        if len(self._records) > most_rows_elsewhere:
            self.diagnosis.refuse("too_many_rows", self.name, row, most=most_rows_elsewhere)
            raise StopReadingError
        self.path = path
        self._records.append({})

    def _end(self, element: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        if len(self._open) == column_level:
            self._records[-1][self._column].append(text)
        elif text.strip():
            self._refuse("xml_not_table", len(self._records) + 1)

    def _refuse(self, code: str, row: int, column: str = "") -> None:
        self.diagnosis.refuse(code, self.name, row, column)
        raise StopReadingError
