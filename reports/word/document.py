"""Well-formed HTML of our documents to a Word file: what the PDF says, in real styles, to be edited.

The same page that WeasyPrint lays out is walked here, so that no text can stand in one of the two files alone.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import zip_longest
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from PIL import Image

from reports.column_widths import column_widths
from reports.office_file import settled
from reports.pdf import printable
from reports.raster import RowName, png_of_svg
from reports.word.pages import LONG, Layout, Margins, prepare_margins, section
from reports.word.parts import CELL_EDGE, PAGES, Marks, cell_of, made, page_count, pieces, row_of, run, shell, span
from reports.word.styles import prepare_styles

STYLES = {
    "h1": "Heading 1",
    "h2": "Heading 2",
    "h3": "Heading 3",
    "unit h3": "Unit Heading",
    "first h3": "Heading 3",
    "p": "Body Text",
    "p.lead": "Lead In",
    "p.small": "Small Text",
    "p.dear": "Addressee",
    "p.rule": "Title Rule",
    "li": "List",
    "dashes li": "List Bullet",
    "caption": "Caption",
    "figcaption": "Figure Caption",
    "photos figcaption": "Photo Caption",
    "head p": "Letterhead",
    "head p.strong": "Letterhead Body",
    "head p.motto": "Letterhead Motto",
    "head p.number": "Letterhead Number",
    "head p.place": "Letterhead Place",
    "head p.circulation": "Letterhead Mark",
    "head p.rule": "Letterhead Rule",
    "to p": "Recipients Heading",
    "to li": "Recipients",
    "signer p": "Signatory",
    "signer p.state": "Signature State",
    "signing p": "Signatory",
    "signers p": "Signatory",
    "drawn p": "Drawn Signature",
    "drawn p.state": "Drawn State",
    "trace img": "Code Picture",
    "trace p": "Code Text",
    "annex-head h2": "Annex Heading",
    "annex-head p": "Annex Note",
    "td": "Table Text",
    "th": "Table Text",
    "td.c": "Table Centre",
    "td.n": "Table Figure",
    "thead th": "Table Heading",
    "group th": "Table Group",
    "sum th": "Table Sum",
    "sum td": "Table Sum",
    "sum td.n": "Table Sum Figure",
}
"""Which style an element gets, by tag and class, and by the class of what is around it."""

BESIDE = {"head": (42, 58), "sign": (45, 55)}
"""Classes whose two children stand beside one another, with their shares of the width in per cent."""

COLUMNS = {"signers": 3}
"""Classes whose children fill two columns, each with so many rows."""

ACROSS = {"wide", "annex-scores"}
"""Classes of the parts that need the long side of the sheet."""

OUTERMOST = ((), ("main",))
"""What is around the parts that may begin a new section."""

TOGETHER = {"end", "sign"}
"""Classes of what is never parted by the end of a page."""

PICTURES = {"photos": (76.0, 56.0), "drawn": (50.0, 20.0), "trace": (22.0, 22.0)}
"""Millimetres that a picture takes at most, by the class of what is around it; photos stand two by two."""


@dataclass(frozen=True)
class Around:
    """What is around an element: classes from the outside in, whether it stays together, millimetres it has."""

    classes: tuple[str, ...] = ()
    stays: bool = False
    room: float = Layout().room

    def inside(self, element: Element, room: float | None = None) -> Around:
        names = (*self.classes, element.tag, *classes_of(element))
        stays = self.stays or bool(TOGETHER & set(names))
        return Around(names, stays, self.room if room is None else room)


def word_document(html: str, styles: str, day: date, margins: Margins = Margins()) -> bytes:  # noqa: B008 - frozen
    """A Word file of well-formed HTML; title, language and author come from its head, widths from its style sheet.

    `day` is when it says it was made: the same page gives the same bytes.
    Raises xml.etree.ElementTree.ParseError for a tag left open.
    """
    page = ElementTree.fromstring(printable(html))  # noqa: S314 - our own text, all escaped
    language = page.get("lang", "vi")
    document = Document()
    describe(document, page, language)
    prepare_styles(document, language)
    walk = Walk(document, styles, language, prepare_margins(document, margins))
    body = page.find("body")
    assert body is not None
    walk.blocks(body, document.element.body, Around())
    walk.finish()
    out = BytesIO()
    document.save(out)
    return settled(out.getvalue(), day)


def describe(document: Any, page: Element, language: str) -> None:
    about = document.core_properties
    about.title = page.findtext("head/title", "")
    metas = {meta.get("name"): meta.get("content", "") for meta in page.iterfind("head/meta")}
    about.author = about.last_modified_by = metas.get("author", "")
    about.keywords = metas.get("keywords", "")[:255]
    about.comments = ""
    about.language = {"vi": "vi-VN", "en": "en-GB"}[language]
    about.revision = 1


class Walk:
    """One walk through a page; `place` is always the element of Word that the next block goes into."""

    def __init__(self, document: Any, styles: str, language: str, references: list[Any]) -> None:
        self.document, self.styles, self.language, self.references = document, styles, language, references
        self.body = document.element.body
        self.end = self.body[-1]
        self.layout = Layout(afresh=True)

    def blocks(self, parent: Element, place: Any, around: Around) -> None:
        """The blocks inside an element, one after the other; ValueError for text that stands in none of them."""
        if any((text or "").strip() for text in (parent.text, *(child.tail for child in parent))):
            raise ValueError(f"text outside a paragraph in <{parent.tag}>")
        for child in parent:
            self.block(child, place, around)

    def block(self, element: Element, place: Any, around: Around) -> None:
        names = classes_of(element)
        here = around.inside(element)
        if place is self.body and around.classes in OUTERMOST and element.tag != "main":
            self.turn(names)
            here = Around(here.classes, here.stays, self.layout.room)
        if beside := next((BESIDE[name] for name in names if name in BESIDE), None):
            self.beside(list(element), beside, place, here)
        elif "photos" in names:
            for start in range(0, len(element), 2):
                self.beside(list(element)[start : start + 2], (50, 50), place, here)
        elif rows := next((COLUMNS[name] for name in names if name in COLUMNS), 0):
            self.columns(list(element), rows, place, here)
        elif "drawn" in names and not len(element):
            self.put(place, made("Signature Room", here.stays))
        elif element.tag == "table":
            self.table(element, place, here)
        elif element.tag == "figure":
            self.figure(element, place, here)
        elif element.tag in ("p", "h1", "h2", "h3", "li", "img"):
            self.put(place, self.paragraph(element, around))
        else:
            self.blocks(element, place, here)

    def turn(self, names: list[str]) -> None:
        """Begin a new section where the sheet turns or an annex begins."""
        wanted = Layout(across=bool(ACROSS & set(names)), afresh="annex" in names)
        if wanted.afresh or wanted.across != self.layout.across:
            self.close_section()
            self.layout = wanted

    def close_section(self) -> None:
        """Its properties go into its last paragraph; after a table that is one of its own, as small as can be."""
        if self.end.getprevious() is not None:
            self.settle_end().get_or_add_pPr().append(section(self.layout, self.references))

    def settle_end(self) -> Any:
        """The last paragraph; Word wants one after a table."""
        if self.end.getprevious().tag != qn("w:p"):
            self.put(self.body, made("Between"))
        return self.end.getprevious()

    def finish(self) -> None:
        self.settle_end()
        self.body.replace(self.end, section(self.layout, self.references))

    def put(self, place: Any, block: Any) -> None:
        """Add a block; Word joins tables that touch, so something small goes between."""
        last = self.end.getprevious() if place is self.body else (place[-1] if len(place) else None)
        if block.tag == qn("w:tbl") and last is not None and last.tag == qn("w:tbl"):
            self.put(place, made("Between"))
        if place is self.body:
            self.end.addprevious(block)
        else:
            place.append(block)

    def paragraph(self, element: Element, around: Around, marks: Marks = frozenset()) -> Any:
        """A paragraph with its runs, in the style for where it stands."""
        block = made(style_of(element, around), around.stays)
        for image in element.iter("img"):
            block.append(self.picture(image, [], around))
        for text, own in pieces(element):
            block.append(page_count(self.language == "vi") if text == PAGES else run(text, own | marks))
        return block

    def beside(self, children: list[Element], shares: tuple[int, int], place: Any, around: Around) -> None:
        """A table without lines, one row, each child in a cell."""
        widths = [around.room * share / 100 for share in shares]
        table = shell(widths, lined=False)
        line = row_of(table)
        for child, width in zip_longest(children, widths):
            cell = cell_of(line, width)
            if child is None:
                cell.append(made("Between"))
            else:
                self.block(child, cell, Around(around.classes, around.stays, width))
        self.put(place, table)

    def columns(self, children: list[Element], rows: int, place: Any, around: Around) -> None:
        """A table without lines, two columns wide, filled from above to below and from left to right."""
        table = shell([around.room / 2] * 2, lined=False)
        inside = Around(around.classes, around.stays, around.room / 2)
        for number in range(rows):
            line = row_of(table)
            for child in (children[number : number + 1], children[number + rows : number + rows + 1]):
                cell = cell_of(line, around.room / 2)
                for block in child:
                    self.block(block, cell, inside)
                if not child:
                    cell.append(made("Between"))
        self.put(place, table)

    def table(self, element: Element, place: Any, around: Around) -> None:
        """A table with lines: header rows repeat, rows stay whole."""
        for caption in element.findall("caption"):
            self.put(place, self.paragraph(caption, around))
        rows = [(part.tag, line) for part in element if part.tag in ("thead", "tbody") for line in part]
        count = max(sum(span(cell) for cell in line) for _, line in rows)
        widths = column_widths(self.styles, self.language, classes_of(element), count, around.room)
        table = shell(widths, lined=True)
        for part, line in rows:
            self.row(row_of(table, is_head=part == "thead"), part, line, widths, around)
        self.put(place, table)

    def row(self, made_row: Any, part: str, line: Element, widths: list[float], around: Around) -> None:
        start = 0
        here = Around((*around.classes, part, *classes_of(line)), around.stays)
        for cell in line:
            end = start + span(cell)
            box = cell_of(made_row, sum(widths[start:end]), end - start, shaded="group" in here.classes)
            if (image := cell.find("img")) is not None:
                box.append(made(style_of(cell, here)))
                box[-1].append(self.picture(image, [], Around(room=sum(widths[start:end]) - 2 * CELL_EDGE)))
            elif cell.find("p") is None:
                box.append(self.paragraph(cell, here))
            else:
                self.blocks(cell, box, here)
            start = end

    def figure(self, element: Element, place: Any, around: Around) -> None:
        """The picture with its words for those who do not see it, then its caption."""
        names = [row_name(line) for line in element.iterfind("div/p")]
        style = "Photo" if "photos" in around.classes else "Figure"
        for image in element.findall("img"):
            block = made(style, True)
            block.append(self.picture(image, names, around))
            self.put(place, block)
        for caption in element.findall("figcaption"):
            self.put(place, self.paragraph(caption, around))

    def picture(self, image: Element, names: list[RowName], around: Around) -> Any:
        kind, _, content = image.get("src", "").partition(",")
        data = base64.b64decode(content)
        most = next((PICTURES[name] for name in around.classes if name in PICTURES), (around.room, LONG))
        if "svg" in kind:
            data, width = png_of_svg(data.decode(), names)
            width = most[0] if "trace" in around.classes else width
        else:
            with Image.open(BytesIO(data)) as opened:
                width = min(most[0], most[1] * opened.width / opened.height)
        inline = self.document.part.new_pic_inline(BytesIO(data), width=Mm(min(width, around.room)))
        inline.docPr.set("descr", image.get("alt", ""))
        holder = OxmlElement("w:r")
        holder.add_drawing(inline)
        return holder


def classes_of(element: Element) -> list[str]:
    return element.get("class", "").split()


def row_name(line: Element) -> RowName:
    return RowName(tuple(text.strip() for text in line.itertext()), "strong" in classes_of(line))


def style_of(element: Element, around: Around) -> str:
    """The style for an element: the nearest class around it decides before the tag alone."""
    tags = [f"{element.tag}.{name}" for name in classes_of(element)] + [element.tag]
    places = [f"{outer} " for outer in reversed(around.classes)]
    keys = [f"{place}{tag}" for place in places for tag in tags] + tags
    return next(STYLES[key] for key in keys if key in STYLES)
