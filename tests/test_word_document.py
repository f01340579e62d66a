import io
import re
import zipfile
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from reports.column_widths import column_widths
from reports.facts import Earlier, Photo
from reports.items import Sheet
from reports.pdf import printable
from reports.raster import RowName, png_of_svg
from reports.report import page_margins, page_styles, report_html
from reports.visit_data import visit_data
from reports.word.document import word_document
from reports.word.pages import Margins
from reports.word.report import margins, visit_report_docx
from reports.word.styles import LOOKS
from reports.wording import LANGUAGES, Wording
from tests.report_sample import RECOMMENDATION, UNDECIDED, facts

BLOCKS = {"h1", "h2", "h3", "p", "li", "caption", "th", "td", "figcaption"}
NOTE = "]]> <script>&nbsp; \x00\x0b \ufffe \U0001f600 \u202e = 'a' \u00a0 b"


def joined(parts: list[str]) -> str:
    return re.sub("[ \n]+", " ", "".join(parts)).strip(" ")


def texts_of_page(html: str) -> list[str]:
    """Every paragraph of the page that is printed, without what is drawn."""
    page = ElementTree.fromstring(printable(html).replace("<br/>", " "))
    drawn = {id(line) for figure in page.iter("figure") for line in figure.iter("p")}
    blocks = (block for block in page.find("body").iter() if block.tag in BLOCKS and id(block) not in drawn)
    return [text for block in blocks if (text := joined(list(block.itertext())))]


def texts_of_word(file: bytes) -> list[str]:
    body = Document(io.BytesIO(file)).element.body
    paragraphs = (joined([piece.text if piece.tag == qn("w:t") else " " for piece in p.xpath("w:r/w:t | w:r/w:br")])
                  for p in body.iter(qn("w:p")))  # fmt: skip
    return [text for text in paragraphs if text]


def picture(width: int = 40, height: int = 30) -> Photo:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#0A6").save(out, "JPEG")
    return Photo(question="/B/B02", sha256="0" * 64, media_type="image/jpeg", data=out.getvalue())


def huge() -> Any:
    many = [RECOMMENDATION | {"code": f"R{n}", "legal_basis": "NĐ 118 " * 20} for n in range(150)]
    full = facts(answers={"/B/B02#note": "Ghi chú dài. " * 500}, photos=[picture(), picture(30, 60), picture()])
    return full.model_copy(update={"evaluation": full.evaluation.model_validate(
        full.evaluation.model_dump(by_alias=True) | {"recommendations": many})})  # fmt: skip


CASES = {
    "normal": facts,
    "empty": lambda: facts({}, without=tuple(facts().answers)),
    "undecided draft": lambda: facts(UNDECIDED, without=("/B/B01",), submitted=False, fictitious=True),
    "hostile": lambda: facts(answers={"/B/B02#note": NOTE, "/B/B03": "</td><script>"}),
    "huge": huge,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_word_file_says_what_the_pdf_says_paragraph_by_paragraph(case, language):
    shown = CASES[case]()
    assert texts_of_word(visit_report_docx(shown, language)) == texts_of_page(report_html(shown, language))


@pytest.mark.parametrize("copy", ["internal", "province", "commune"])
def test_word_file_of_each_copy_says_what_its_pdf_says(copy):
    last = Earlier(
        visited_on=date(2025, 3, 4), checklist_version="1", formula_version="1", total=50, sections={"B": 50}
    )
    shown = facts(earlier=last, submitted=False, without=("/A/A04",))
    assert texts_of_word(visit_report_docx(shown, "vi", None, copy)) == texts_of_page(
        report_html(shown, "vi", None, copy)
    )


@pytest.fixture(scope="module")
def word() -> Any:
    return Document(io.BytesIO(visit_report_docx(facts(fictitious=True, photos=[picture()]), "vi")))


def test_headings_are_headings_of_word(word):
    found = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith(("Heading", "Annex Heading"))]
    assert found[:3] == [
        ("Heading 1", "BÁO CÁO\nKết quả khảo sát, đánh giá năng lực thực hiện nhiệm vụ được phân cấp, phân quyền, phân "
         "định thẩm quyền lĩnh vực khoa học và công nghệ tại Ủy ban nhân dân xã Hà Trung, tỉnh Thanh Hóa"),
        ("Heading 2", "I. THÔNG TIN CHUNG"),
        ("Heading 3", "1. Căn cứ"),
    ]  # fmt: skip
    assert found[-1] == ("Annex Heading", "Phụ lục IV\nGÓP Ý SỬA ĐỔI, BỔ SUNG VĂN BẢN")
    assert word.styles["Annex Heading"].base_style.name == "Heading 2"


def test_every_style_is_times_new_roman_in_black_and_body_text_has_14_points(word):
    paragraphs = (*word.paragraphs, *(p for table in word.tables for cell in table._cells for p in cell.paragraphs))
    used = [word.styles[name] for name in sorted({p.style.name for p in paragraphs})]
    assert {style.name for style in used} <= set(LOOKS)
    assert [style.name for style in word.styles if style.name.endswith(" Char") and style.name[:-5] in LOOKS] == []
    assert {(style.font.name, str(style.font.color.rgb)) for style in used} == {("Times New Roman", "000000")}
    assert "themeColor" not in word.styles["Heading 1"].element.xml
    text = word.styles["Body Text"]
    assert (text.font.size.pt, text.paragraph_format.first_line_indent.cm) == (14, pytest.approx(1.27, abs=0.01))


def test_lists_begin_with_a_dash_of_word(word):
    numbering = word.part.numbering_part.element
    shown = {
        number.get(qn("w:numId")): number.find(qn("w:abstractNumId")).get(qn("w:val")) for number in numbering.num_lst
    }
    texts = {
        a.get(qn("w:abstractNumId")): [text.get(qn("w:val")) for text in a.iter(qn("w:lvlText"))]
        for a in numbering.xpath("w:abstractNum")
    }
    used = [str(word.styles[name].element.pPr.numPr.numId.val) for name in ("List Bullet", "Recipients")]
    assert [texts[shown[number]] for number in used] == [["-"], ["-"]]


def test_sheets_turn_and_annexes_are_numbered_afresh(word):
    def told(section: Any) -> tuple[int, int, bool, str | None]:
        numbers = section._sectPr.find(qn("w:pgNumType"))
        start = None if numbers is None else numbers.get(qn("w:start"))
        return (round(section.page_width.mm), round(section.page_height.mm),
                section.different_first_page_header_footer, start)  # fmt: skip

    assert [told(section) for section in word.sections] == [
        (210, 297, True, "1"),
        (297, 210, False, None),
        (210, 297, False, None),
        (297, 210, True, "1"),
        (210, 297, True, "1"),
        (210, 297, True, "1"),
        (210, 297, True, "1"),
    ]
    assert {tuple(round(side.mm) for side in (s.top_margin, s.right_margin, s.bottom_margin, s.left_margin))
            for s in word.sections} == {(20, 20, 20, 30)}  # fmt: skip


def test_number_stands_at_the_top_of_every_page_but_the_first(word):
    assert [[field.text for field in head._element.iter(qn("w:instrText"))] for section in word.sections
            for head in (section.first_page_header, section.header)] == [[], ["PAGE"]] * 7  # fmt: skip
    assert word.styles["Header"].paragraph_format.alignment == 1


@pytest.mark.parametrize("submitted", [True, False])
def test_margins_say_what_those_of_the_pdf_say(submitted):
    sheet = Sheet(facts(submitted=submitted, fictitious=True), Wording("vi"))
    said, rules = margins(sheet, visit_data(sheet)), page_margins(sheet, visit_data(sheet))
    assert [line in rules for line in (*said.foot, said.mark)] == [True, True, True]
    assert (bool(said.watermark), "background-image" in rules) == (not submitted, not submitted)


def test_marks_stand_on_first_and_other_pages():
    made = Document(io.BytesIO(word_document(
        '<html lang="vi"><body><p>Chữ</p></body></html>', "", date(2026, 1, 5), Margins(("a", "b"), "mẫu", "DỰ THẢO")
    )))  # fmt: skip
    first = made.sections[0]
    for head, foot in ((first.header, first.footer), (first.first_page_header, first.first_page_footer)):
        assert [p.text for p in foot.paragraphs] == ["a", "b"]
        assert head.paragraphs[-1].text == "mẫu"
        assert re.findall('string="(.*?)"', head._element.xml) == ["DỰ THẢO"]


def test_word_finds_a_paragraph_wherever_it_wants_one():
    body = Document(io.BytesIO(visit_report_docx(huge(), "vi"))).element.body
    assert {cell[-1].tag for cell in body.iter(qn("w:tc"))} == {qn("w:p")}
    assert [block.tag for block in body[-2:]] == [qn("w:p"), qn("w:sectPr")]
    tables = [block for block in body if block.tag == qn("w:tbl")]
    assert [table.getnext().tag for table in tables] == [qn("w:p")] * len(tables)
    grids = [(len(t.find(qn("w:tblGrid"))), {sum(int(c.get(qn("w:val"))) - 1 for c in row.iter(qn("w:gridSpan")))
              + len(row.findall(qn("w:tc"))) for row in t.iter(qn("w:tr"))}) for t in tables]  # fmt: skip
    assert [wide for columns, wide in grids] == [{columns} for columns, _ in grids]


def test_header_rows_repeat_and_rows_do_not_split(word):
    lined = [table for table in word.tables if table.style.name == "Table Grid"]
    heads = [[bool(row._tr.xpath("w:trPr/w:tblHeader")) for row in table.rows] for table in lined]
    assert heads == [[True] + [False] * (len(table.rows) - 1) for table in lined]
    rows = [row for table in word.tables for row in table.rows]
    assert {len(row._tr.xpath("w:trPr/w:cantSplit")) for row in rows} == {1}


def test_signatures_stay_with_the_closing_sentence(word):
    table = next(table for table in word.tables if "Nơi nhận:" in table.cell(0, 0).text)
    closing = table._tbl.getprevious()
    assert "".join(closing.itertext()).endswith("xem xét, chỉ đạo./.")
    blocks = [closing, *table._tbl.iter(qn("w:p"))]
    assert {len(block.xpath("w:pPr/w:keepNext")) for block in blocks} == {1}
    assert [p.text for p in table.cell(0, 1).paragraphs] == [
        "TRƯỞNG ĐOÀN", "(Chờ ký số hoặc ký giấy)", "Nguyễn Minh Tâm",
    ]  # fmt: skip


def test_words_are_as_near_to_the_edge_of_a_cell_as_in_the_pdf(word):
    """Word's own distance breaks the name of the country over two lines."""
    head, lined = (next(table._tbl for table in word.tables if has in table.cell(0, 0).text) for has in ("BỘ ", "TT"))
    margins = [[one.get(qn("w:w")) for one in table.xpath("w:tblPr/w:tblCellMar/*")] for table in (head, lined)]
    assert margins == [["0", "0"], ["80", "80"]]  # 4 points beside a line


def test_columns_have_the_widths_of_the_pdf():
    widths = column_widths(page_styles(), "vi", ["proposals"], 7, 247)
    assert widths == [9, 85, 44, 30, 25, 22, 32]
    assert column_widths(page_styles(), "en", ["proposals"], 7, 247) == [9, 72, 38, 38, 38, 22, 30]
    assert column_widths(page_styles(), "vi", ["rows"], 3, 160) == [10, 75, 75]


def test_pictures_have_words_for_those_who_do_not_see_them(word):
    described = [found.get("descr") for found in word.element.body.iter(qn("wp:docPr"))]
    assert described == [
        "trước 00, sau 00", "trước 01, sau 00", "trước 00, sau 00", "trước 00, sau 01", "66,7", "66,7",
        "Ảnh 01. B02: Đồng bộ trạng thái hồ sơ",
    ]  # fmt: skip
    assert [round(shape.width.mm) for shape in word.inline_shapes] == [34, 34, 34, 34, 34, 34, 75]


def test_file_names_its_language_its_title_and_no_person(word):
    about = word.core_properties
    assert (about.title, about.author, about.last_modified_by, about.language) == (
        "Báo cáo kết quả khảo sát: Xã Hà Trung, ngày 19 tháng 8 năm 2025",
        "ĐOÀN CÔNG TÁC THEO QĐ SỐ 2083/QĐ-BKHCN", "ĐOÀN CÔNG TÁC THEO QĐ SỐ 2083/QĐ-BKHCN", "vi-VN",
    )  # fmt: skip
    english = Document(io.BytesIO(visit_report_docx(facts(), "en")))
    proofing = english.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang/@w:val")
    assert (english.core_properties.language, proofing) == ("en-GB", ["en-GB"])


def test_same_facts_give_the_same_bytes_and_no_time_of_writing():
    first, again = (visit_report_docx(facts(), "vi") for _ in range(2))
    archive = zipfile.ZipFile(io.BytesIO(first))
    assert first == again
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert re.findall(r">(\d{4}-[^<]*)<", archive.read("docProps/core.xml").decode()) == ["2026-01-05T00:00:00Z"] * 2


def test_spaces_bold_and_breaks_come_as_a_browser_shows_them():
    html = "<html><body><p> Một\n <b>hai </b> ba<br/> bốn\u00a0năm </p><table><tbody><tr><td><p>a</p><p>b</p></td></tr></tbody></table></body></html>"
    made = Document(io.BytesIO(word_document(html, "", date(2026, 1, 5))))
    assert [(run.text, bool(run.bold)) for run in made.paragraphs[0].runs] == [
        ("Một ", False), ("hai ", True), ("ba", False), ("\n", False), ("bốn\u00a0năm", False),
    ]  # fmt: skip
    assert [p.text for p in made.tables[0].cell(0, 0).paragraphs] == ["a", "b"]


@pytest.mark.parametrize("body", ["<div>lost</div>", "<div><p>a</p>lost</div>"])
def test_no_text_is_lost_silently(body):
    with pytest.raises(ValueError, match="text outside a paragraph in <div>"):
        word_document(f"<html><body>{body}</body></html>", "", date(2026, 1, 5))


def signs(svg: str) -> list[str]:
    """A picture with a sign for each point."""
    image = Image.open(io.BytesIO(png_of_svg(svg, [])[0]))
    grey = {0: "#", 0x55: "+", 255: "."}
    return ["".join(grey[image.getpixel((x, y))] for x in range(2, image.width, 4)) for y in range(2, image.height, 4)]


def test_drawings_become_pictures_of_four_pixels_to_a_point():
    assert signs(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 18 10"><rect x="0" y="0" width="3" height="2" fill="#555"/>'
        '<path d="M5 8v-3h4l0 3zM12 0H15V3L12 3Z"/><path d="M0 8h4" stroke="#000" stroke-width="2" stroke-dasharray="1 2"/>'
        '<circle cx="14" cy="6" r="2" stroke="none" fill="#000"/></svg>'
    ) == [
        "..................",
        ".+++.........###..",
        ".+++.........###..",
        ".............###..",
        "..................",
        ".............###..",
        "......####...####.",
        "......####...####.",
        ".#..#.####....##..",
        ".#..#.............",
    ]  # fmt: skip


def test_doorways_of_a_chart_are_round_above():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 7"><path d="M1 7v-2a5 5 0 0 1 10 0v2z"/></svg>'
    image = Image.open(io.BytesIO(png_of_svg(svg, [])[0]))
    assert [image.getpixel(place) for place in ((24, 2), (6, 2), (42, 2), (6, 24), (42, 24))] == [0, 255, 255, 0, 0]


def test_names_of_a_chart_stand_to_the_left_of_their_rows():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 294 70"/>'
    plain, named = (Image.open(io.BytesIO(png_of_svg(svg, names)[0])) for names in ([], [RowName(("Mục", "dài"))]))
    assert (plain.size, named.size) == ((1176, 280), (1816, 280))
    dark = named.point(lambda grey: 255 - grey).getbbox()
    assert dark is not None
    assert (dark[0] < 10, dark[2] < 160 * 4, dark[1] > 8 * 4, dark[3] < 39 * 4) == (True, True, True, True)


@pytest.mark.parametrize(
    "shape", ['<ellipse cx="1"/>', '<path d="M0 0a5 5 0 0 1 3 0"/>', '<path d="M0 0C1 1 2 2 3 3"/>']
)
def test_drawings_that_are_not_ours_are_refused(shape):
    with pytest.raises((KeyError, ValueError)):
        png_of_svg(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{shape}</svg>', [])
