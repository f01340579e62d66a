"""The pages of our Word documents: sections upright or across, page numbers at the top, lines in the margins."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from reports.word.parts import add, twips

SHORT, LONG = 210, 297
TOP, RIGHT, BOTTOM, LEFT = 20, 20, 20, 30
"""A4 and its margins in millimetres (NĐ 30/2020/NĐ-CP, Annex I), the same as in the PDF."""


@dataclass(frozen=True)
class Margins:
    """What stands in the margins of every page: lines at the foot, a mark at the top, a word across the page."""

    foot: tuple[str, ...] = ()
    mark: str = ""
    watermark: str = ""


@dataclass(frozen=True)
class Layout:
    """The pages of one section: `across` = the long side of the sheet below; `afresh` = numbers begin at 1 again.

    A section that begins afresh shows no number on its first page.
    """

    across: bool = False
    afresh: bool = False

    @property
    def room(self) -> float:
        """Millimetres between the left and the right margin."""
        return (LONG if self.across else SHORT) - LEFT - RIGHT


def prepare_margins(document: Document, margins: Margins) -> list[Any]:
    """Write header and footer once; the references to them that every section needs."""
    first = document.sections[0]
    first.different_first_page_header_footer = True
    for head, foot, is_first in (
        (first.header, first.footer, False),
        (first.first_page_header, first.first_page_footer, True),
    ):
        head.is_linked_to_previous = foot.is_linked_to_previous = False
        fill_header(head, margins, is_first)
        fill_footer(foot, margins)
    tags = (qn("w:headerReference"), qn("w:footerReference"))
    return [deepcopy(node) for node in first._sectPr if node.tag in tags]


def fill_header(head: Any, margins: Margins, is_first: bool) -> None:
    line = head.paragraphs[0]
    if not is_first:
        write_page_number(line)
    if margins.watermark:
        line._p.append(across_the_page(margins.watermark, "first" if is_first else "other"))
    if margins.mark:
        mark = head.add_paragraph(style="Header")
        run = mark.add_run(margins.mark)
        run.italic, run.font.size = True, 9 * 12700
        mark.alignment = 2


def write_page_number(line: Any) -> None:
    """The field that Word fills with the number of the page."""
    for kind in ("begin", "instrText", "separate", "end"):
        piece = add(line._p, "r")
        if kind == "instrText":
            add(piece, kind).text = "PAGE"
        else:
            add(piece, "fldChar", fldCharType=kind)
        if kind == "separate":
            add(add(line._p, "r"), "t").text = "2"


def fill_footer(foot: Any, margins: Margins) -> None:
    for place, words in enumerate(margins.foot):
        line = foot.paragraphs[0] if place == 0 else foot.add_paragraph(style="Footer")
        line.add_run(words)


def across_the_page(words: str, name: str) -> Any:
    """A light word from corner to corner behind the text, as Word itself writes a watermark."""
    namespaces = (
        f'{nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    )
    middle = "".join(
        f"mso-position-{way}:center;mso-position-{way}-relative:margin;" for way in ("horizontal", "vertical")
    )
    return parse_xml(
        f"<w:r {namespaces}><w:rPr><w:noProof/></w:rPr><w:pict>"
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="watermark-{name}" o:spid="_x0000_s{2049 if name == "first" else 2050}" type="#_x0000_t136" '
        f'alt="" style="position:absolute;width:400pt;height:100pt;rotation:315;z-index:-251658752;{middle}" '
        'o:allowincell="f" fillcolor="#e6e6e6" stroked="f">'
        f'<v:textpath style="font-family:&quot;Times New Roman&quot;;font-size:1pt" string={quoteattr(words)}/>'
        "</v:shape></w:pict></w:r>"
    )


def section(layout: Layout, references: list[Any]) -> Any:
    """The properties of a section, for its last paragraph or the end of the body."""
    properties = OxmlElement("w:sectPr")
    for reference in references:
        properties.append(deepcopy(reference))
    wide, high = (LONG, SHORT) if layout.across else (SHORT, LONG)
    add(properties, "type", val="nextPage")
    turned = {"orient": "landscape"} if layout.across else {}
    add(properties, "pgSz", w=twips(wide), h=twips(high), **turned)
    sides = {"top": TOP, "right": RIGHT, "bottom": BOTTOM, "left": LEFT, "header": 8, "footer": 8, "gutter": 0}
    add(properties, "pgMar", **{side: twips(width) for side, width in sides.items()})
    if layout.afresh:
        add(properties, "pgNumType", start="1")
        add(properties, "titlePg")
    return properties
