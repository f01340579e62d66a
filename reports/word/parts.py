"""The small parts of a Word document: paragraphs, runs of text, tables and their cells, as its XML has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from reports.word.styles import style_id

TWIPS = 56.6929
"""Twentieths of a point in a millimetre."""

CELL_EDGE = 80 / TWIPS
"""Millimetres between a line of a table and the words beside it, as in the style sheet of the PDF: 4 points."""

MARKS = {"b": "b", "strong": "b", "i": "i", "em": "i", "span": "u"}
"""What tags inside a text do to it; a span is underlined."""

SPACES = re.compile("[ \t\r\n\f]+")

PAGES = "\f"
"""Stands for the number of pages, which only the program that lays the document out knows."""

Marks = frozenset[str]


def add(parent: Any, name: str, **values: str) -> Any:
    """A child element of the namespace of Word with its values."""
    child = OxmlElement(f"w:{name}")
    for key, value in values.items():
        child.set(qn(f"w:{key}"), value)
    parent.append(child)
    return child


def twips(millimetres: float) -> str:
    return str(round(millimetres * TWIPS))


def pieces(element: Element) -> Iterator[tuple[str, Marks]]:
    """The text of an element in runs, its spaces as a browser shows them; "\\n" alone is a new line.

    `PAGES` alone stands where the number of pages belongs. Pictures are left out.
    """
    found: list[tuple[str, Marks]] = []
    for text, marks in flat(element, frozenset()):
        is_start = not found or found[-1][0].endswith((" ", "\n"))
        if words := text.lstrip(" ") if is_start else text:
            found.append((words, marks))
    while found and not found[-1][0].strip(" "):
        found.pop()
    for place, (text, marks) in enumerate(found):
        is_last = place + 1 == len(found) or found[place + 1][0] == "\n"
        yield (text.rstrip(" ") if is_last else text), marks


def flat(element: Element, marks: Marks) -> Iterator[tuple[str, Marks]]:
    yield SPACES.sub(" ", element.text or ""), marks
    for child in element:
        if child.tag == "br":
            yield "\n", marks
        elif child.get("class") == "pages":
            yield PAGES, marks
        elif child.tag != "img":
            yield from flat(child, marks | {MARKS[child.tag]})
        yield SPACES.sub(" ", child.tail or ""), marks


def made(style: str, stays: bool = False) -> Any:
    """An empty paragraph; `stays` keeps it on one page with the next."""
    block: Any = OxmlElement("w:p")
    properties = add(block, "pPr")
    add(properties, "pStyle", val=style_id(style))
    if stays:
        add(properties, "keepNext")
    return block


def run(text: str, marks: Marks) -> Any:
    """A stretch of text in one look."""
    piece = OxmlElement("w:r")
    if marks:
        properties = add(piece, "rPr")
        for mark in sorted(marks):
            add(properties, mark, **({"val": "single"} if mark == "u" else {}))
    if text == "\n":
        add(piece, "br")
    else:
        words = add(piece, "t")
        words.text = text
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return piece


def page_count(leading_zero: bool) -> Any:
    """The number of pages as a field, which Word works out when it opens the file."""
    field: Any = OxmlElement("w:fldSimple")
    picture = ' \\# "00"' if leading_zero else ""
    field.set(qn("w:instr"), f" NUMPAGES{picture} ")
    field.set(qn("w:dirty"), "true")
    field.append(run("…", frozenset()))
    return field


def shell(widths: list[float], lined: bool) -> Any:
    """A table without rows; `widths` of its columns in millimetres.

    Words keep as far from the lines as in the PDF, and need no distance where there are none: Word's own would break a
    date, or the name of the country, over two lines.
    """
    table = OxmlElement("w:tbl")
    properties = add(table, "tblPr")
    if lined:
        add(properties, "tblStyle", val="TableGrid")
    add(properties, "tblW", w=twips(sum(widths)), type="dxa")
    add(properties, "tblLayout", type="fixed")
    edges = add(properties, "tblCellMar")
    for side in ("left", "right"):
        add(edges, side, w=twips(CELL_EDGE if lined else 0), type="dxa")
    if lined:
        add(properties, "tblLook", val="0020", firstRow="1", noHBand="1", noVBand="1")
    grid = add(table, "tblGrid")
    for width in widths:
        add(grid, "gridCol", w=twips(width))
    return table


def row_of(table: Any, is_head: bool = False) -> Any:
    line = add(table, "tr")
    properties = add(line, "trPr")
    add(properties, "cantSplit")
    if is_head:
        add(properties, "tblHeader")
    return line


def cell_of(line: Any, width: float, columns: int = 1, shaded: bool = False) -> Any:
    cell = add(line, "tc")
    properties = add(cell, "tcPr")
    add(properties, "tcW", w=twips(width), type="dxa")
    if columns > 1:
        add(properties, "gridSpan", val=str(columns))
    if shaded:
        add(properties, "shd", val="clear", color="auto", fill="EEEEEE")
    return cell


def span(cell: Element) -> int:
    return int(cell.get("colspan", "1"))
