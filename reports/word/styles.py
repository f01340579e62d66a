"""The styles of our Word documents: Times New Roman and the sizes and spacings of Annex I of NĐ 30/2020/NĐ-CP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

FONT = "Times New Roman"
FIRST_LINE = 1.27
"""Indent of the first line of a paragraph in centimetres."""

ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


@dataclass(frozen=True)
class Look:
    """How a style looks: `size`, `before`, `after` in points, `indent` of the first line in centimetres.

    `edge` is a line below the paragraph, or a box around it; `dash` makes it an item of a list.
    """

    size: float
    align: Literal["left", "center", "right", "justify"] = "left"
    bold: bool = False
    italic: bool = False
    indent: float = 0
    before: float = 0
    after: float = 0
    line: float = 1.0
    stays: bool = False
    """Whether it stays on one page with the next paragraph."""
    edge: Literal["", "below", "box"] = ""
    dash: bool = False
    fresh: bool = False
    """Whether it begins a page."""
    narrow: float = 0
    """Centimetres left free on both sides."""
    based_on: str = "Normal"


LOOKS = {
    "Normal": Look(14),
    "Body Text": Look(14, "justify", indent=FIRST_LINE, before=3, after=3, line=1.15),
    "Heading 1": Look(14, "center", bold=True, before=16, stays=True, narrow=0.8),
    "Heading 2": Look(14, bold=True, indent=FIRST_LINE, before=10, after=6, stays=True),
    "Heading 3": Look(14, bold=True, indent=FIRST_LINE, before=8, after=6, stays=True),
    "Unit Heading": Look(
        14, bold=True, indent=FIRST_LINE, before=8, after=6, stays=True, fresh=True, based_on="Heading 3"
    ),
    "List": Look(14, "justify", italic=True, indent=FIRST_LINE, before=3, after=3, line=1.15),
    "List Bullet": Look(14, "justify", indent=FIRST_LINE, before=3, after=3, line=1.15, dash=True),
    "Caption": Look(12, "center", bold=True, before=6, after=4, stays=True),
    "Header": Look(13, "center"),
    "Footer": Look(7.5, "center"),
    "Lead In": Look(14, "justify", indent=FIRST_LINE, before=3, after=3, line=1.15, stays=True, based_on="Body Text"),
    "Small Text": Look(11.5, "justify", before=3, after=3),
    "Figure": Look(14, "center", before=6, stays=True),
    "Figure Caption": Look(12, "center", bold=True, before=3, after=6),
    "Photo": Look(11, "center", stays=True),
    "Photo Caption": Look(11, "center", before=3, after=8),
    "Table Text": Look(11, before=2, after=2),
    "Table Centre": Look(11, "center", before=2, after=2, based_on="Table Text"),
    "Table Figure": Look(11, "right", before=2, after=2, based_on="Table Text"),
    "Table Heading": Look(11, "center", bold=True, before=2, after=2, stays=True, based_on="Table Text"),
    "Table Group": Look(11, bold=True, before=2, after=2, stays=True, based_on="Table Text"),
    "Table Sum": Look(11, bold=True, before=2, after=2, based_on="Table Text"),
    "Table Sum Figure": Look(11, "right", bold=True, before=2, after=2, based_on="Table Text"),
    "Letterhead": Look(12, "center"),
    "Letterhead Body": Look(12, "center", bold=True, based_on="Letterhead"),
    "Letterhead Motto": Look(13, "center", bold=True, based_on="Letterhead"),
    "Letterhead Number": Look(13, "center", before=6, based_on="Letterhead"),
    "Letterhead Place": Look(13, "center", italic=True, before=15, based_on="Letterhead"),
    "Letterhead Mark": Look(11, "center", bold=True, before=8, edge="box", narrow=1.4, based_on="Letterhead"),
    "Letterhead Rule": Look(3, "center", edge="below", narrow=2),
    "Title Rule": Look(3, "center", edge="below", after=12, narrow=5.6),
    "Addressee": Look(14, "center", before=6, after=10),
    "Annex Heading": Look(14, "center", bold=True, after=4, stays=True, based_on="Heading 2"),
    "Annex Note": Look(13, "center", italic=True, after=10, stays=True),
    "Recipients": Look(11, dash=True),
    "Recipients Heading": Look(12, bold=True, italic=True, before=6),
    "Signatory": Look(14, "center", bold=True, before=6),
    "Signature State": Look(12, "center", italic=True, after=62),
    "Signature Room": Look(1, before=88),
    "Drawn Signature": Look(14, "center", before=4, stays=True),
    "Drawn State": Look(10, "center", italic=True, after=10),
    "Code Picture": Look(11, before=8, stays=True),
    "Code Text": Look(8.5),
    "Between": Look(1),
}
"""Styles by name; those that Word does not bring are added."""


DASHED = [name for name, look in LOOKS.items() if look.dash]


def style_id(name: str) -> str:
    return name.replace(" ", "")


def prepare_styles(document: Document, language: str) -> None:
    """Every style of `LOOKS` in a new document, and the language ("vi", "en") of its proofing."""
    number_dashes(document)
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for node in defaults.findall(qn("w:lang")):
        defaults.remove(node)
    tag = {"vi": "vi-VN", "en": "en-GB"}[language]
    defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{tag}" w:eastAsia="{tag}"/>'))
    for name, look in LOOKS.items():
        known = name in document.styles
        style: Any = document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if not known:
            style.base_style = document.styles[look.based_on]
            style.quick_style = True
        unlink(document, style)
        dress(style, look)
        if look.dash:
            hang_dash(style)


def unlink(document: Document, style: Any) -> None:
    """Part a style from its twin for single letters, which has a look of its own."""
    for link in style.element.findall(qn("w:link")):
        style.element.remove(link)
        for twin in document.styles.element.xpath(f'w:style[@w:styleId="{link.get(qn("w:val"))}"]'):
            twin.getparent().remove(twin)


def dress(style: Any, look: Look) -> None:
    """Give one style its look."""
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, look.italic
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    shape = style.paragraph_format
    shape.alignment, shape.first_line_indent = ALIGN[look.align], Cm(look.indent)
    shape.left_indent = shape.right_indent = Cm(look.narrow)
    shape.space_before, shape.space_after, shape.line_spacing = Pt(look.before), Pt(look.after), look.line
    shape.keep_with_next, shape.widow_control, shape.page_break_before = look.stays, True, look.fresh
    properties = style.element.get_or_add_pPr()
    for old in properties.xpath("w:numPr | w:contextualSpacing | w:tabs"):
        properties.remove(old)
    if look.edge:
        properties.insert_element_before(edge(look.edge), "w:shd", "w:tabs", "w:spacing")


def edge(kind: str) -> Any:
    """A thin line below a paragraph or on all its sides."""
    border = OxmlElement("w:pBdr")
    for side in ("bottom",) if kind == "below" else ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            line.set(qn(f"w:{key}"), value)
        border.append(line)
    return border


def hang_dash(style: Any) -> None:
    """Begin the paragraphs of a style with the dash of its list."""
    numbered = style.element.get_or_add_pPr().get_or_add_numPr()
    numbered.get_or_add_ilvl().val = 0
    numbered.get_or_add_numId().val = DASHED.index(style.name) + 1


def number_dashes(document: Document) -> None:
    """For each style that begins with a dash a list of its own, in place of the lists that the library brings."""
    numbering: Any = document.part.numbering_part.element
    for old in list(numbering):
        numbering.remove(old)
    lists, numbers = [], []
    for number, name in enumerate(DASHED, 1):
        level = f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="{style_id(name)}"/>'
        lists.append(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>{level}'
            '<w:suff w:val="space"/><w:lvlText w:val="-"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
        )
        numbers.append(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
    for entry in lists + numbers:
        numbering.append(parse_xml(entry))
