"""Reads Excel workbooks (.xlsx) row by row as texts, without trusting what the file says about its size.

Own code because the library for it needs several times longer, drops formulas whose value was not saved, and hides
which cells are merged. The format is that of ECMA-376, part 1, chapter 18.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO
from xml.etree.ElementTree import Element, iterparse

from forms.xlsform.archive import refuse_bomb
from forms.xlsform.diagnosis import Diagnosis
from forms.xlsform.excel_values import date_text, error_values, number_text, shows_date
from forms.xlsform.workbook import NumberedRow, RawSheet, StopReadingError, column_letter, is_read, most_columns

escaped = re.compile(r"_x([0-9A-Fa-f]{4})_")
cell_place = re.compile(r"([A-Z]{1,3})(\d{1,8})")


def xlsx_sheets(source: bytes, diagnosis: Diagnosis) -> Iterator[RawSheet]:
    """The sheets of an Office Open XML workbook that belong to a checklist."""
    refuse_bomb(source, diagnosis)
    with zipfile.ZipFile(BytesIO(source)) as archive:
        try:
            book = open_book(archive)
        except Exception:  # a missing part, broken XML, a number that is none
            diagnosis.refuse("workbook_broken")
            raise StopReadingError from None
        for title, part in book.sheets:
            name = title.strip().lower()
            if is_read(name, title, diagnosis):
                yield RawSheet(title, SheetReader(book, name, diagnosis).rows(archive, part))


@dataclass
class Book:
    """What all sheets share: their parts by title, the table of texts, and which styles show dates."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    date_styles: set[int] = field(default_factory=set)
    since_1904: bool = False


def open_book(archive: zipfile.ZipFile) -> Book:
    """The book's table of contents; raises KeyError, ParseError or ValueError when it is broken."""
    main = next(target for kind, target in related(archive, "").values() if kind == "officeDocument")
    parts = related(archive, main)
    book = Book()
    for element in elements(archive.open(main), "sheet", "workbookPr"):
        if local(element) == "workbookPr":
            book.since_1904 = element.get("date1904") in ("1", "true")
        else:
            identity = next(value for key, value in element.items() if key.endswith("}id"))
            kind, part = parts[identity]
            if kind == "worksheet":
                book.sheets.append((element.get("name", ""), part))
    for kind, part in parts.values():
        if kind == "sharedStrings":
            book.texts = [rich_text(element) for element in elements(archive.open(part), "si")]
        elif kind == "styles":
            book.date_styles = date_styles(archive.open(part))
    return book


def related(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The parts that a part refers to: by identifier, the kind and the path."""
    folder, name = posixpath.split(part)
    found = {}
    for element in elements(archive.open(posixpath.join(folder, "_rels", f"{name}.rels")), "Relationship"):
        kind, target = element.get("Type", "").rpartition("/")[2], element.get("Target", "")
        found[element.get("Id", "")] = (kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
    return found


def date_styles(stream: IO[bytes]) -> set[int]:
    """The positions of the cell styles that show dates."""
    codes: dict[int, str] = {}
    styles: set[int] = set()
    for element in elements(stream, "numFmt", "cellXfs"):
        if local(element) == "numFmt":
            codes[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
        else:
            formats = [int(style.get("numFmtId", "0")) for style in element]
            styles = {place for place, number in enumerate(formats) if shows_date(number, codes.get(number, ""))}
    return styles


@dataclass
class SheetReader:
    """Reads one sheet; faults of its cells go into the diagnosis."""

    book: Book
    name: str
    diagnosis: Diagnosis

    def rows(self, archive: zipfile.ZipFile, part: str) -> Iterator[NumberedRow]:
        """The rows that have cells, with the numbers that the sheet gives them."""
        number = 0
        try:
            for element in elements(archive.open(part), "row", "mergeCell"):
                if local(element) == "mergeCell":
                    self.refuse_merged(element.get("ref", ""))
                else:
                    number = max(int(element.get("r", "0")), number + 1)
                    yield number, self.cells(element, number)
        except StopReadingError:
            raise
        except Exception:  # broken XML or numbers inside the sheet
            self.diagnosis.refuse("workbook_broken")
            raise StopReadingError from None

    def cells(self, row: Element, number: int) -> tuple[str, ...]:
        """The texts of a row, from column A to the last one with content."""
        texts: list[str] = []
        position = -1
        for cell in row:
            place = cell_place.fullmatch(cell.get("r", ""))
            position = column_number(place[1]) if place else position + 1
            text = self.text(cell, number, position)
            if text:
                if position >= most_columns:
                    self.diagnosis.refuse("too_many_columns", self.name, number, most=most_columns)
                    raise StopReadingError
                texts += [""] * (position - len(texts))
                texts.append(text)
        return tuple(texts)

    def text(self, cell: Element, row: int, position: int) -> str:
        """The text of one cell, by the type that it declares."""
        kind = cell.get("t", "n")
        value = has_formula = None
        for child in cell:
            tag = local(child)
            if tag == "is":
                return rich_text(child)
            value = child.text if tag == "v" else value
            has_formula = has_formula or tag == "f"
        if value is None:
            if has_formula and kind != "str":
                self.diagnosis.refuse("formula_without_value", self.name, row, column_letter(position))
            return ""
        if kind == "e" or value in error_values:
            self.diagnosis.refuse("cell_error", self.name, row, column_letter(position), text=value)
            return ""
        return self.value_text(kind, value, int(cell.get("s", "0")))

    def value_text(self, kind: str, value: str, style: int) -> str:
        if kind == "s":
            return self.book.texts[int(value)]
        if kind == "b":
            return "TRUE" if value.strip() == "1" else "FALSE"
        if kind != "n":
            return unescaped(value)
        return date_text(value, self.book.since_1904) if style in self.book.date_styles else number_text(value)

    def refuse_merged(self, area: str) -> None:
        """Merged cells: only their first cell has a value, so the others would silently be empty."""
        place = cell_place.match(area)
        if place:
            self.diagnosis.refuse("cells_merged", self.name, int(place[2]), place[1])


def elements(stream: IO[bytes], *names: str) -> Iterator[Element]:
    """The elements with one of these names, each complete, emptied when the next one is asked for.

    The parser loads nothing from outside and stops entities that multiply, and the size of the part is limited.
    """
    with stream:
        for _, element in iterparse(stream):  # noqa: S314
            if local(element) in names:
                yield element
                element.clear()


def local(element: Element) -> str:
    """The name of an element without its namespace, of which the format has a strict and a loose one."""
    return element.tag.rpartition("}")[2]


def rich_text(element: Element) -> str:
    """The text of a string with or without formatted runs; phonetic hints are left out."""
    parts = []
    for child in element:
        if local(child) == "t":
            parts.append(child.text or "")
        elif local(child) == "r":
            parts += [text.text or "" for text in child if local(text) == "t"]
    return unescaped("".join(parts))


def unescaped(text: str) -> str:
    """The text with the signs that XML cannot hold, which Excel writes as _x000D_."""
    return escaped.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def column_number(letters: str) -> int:
    """The position of a column counted from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
