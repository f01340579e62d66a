import io
import zipfile
from typing import Any
from xml.etree import ElementTree

import pytest
import segno
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from reports.minutes import minutes_html, page_margins
from reports.minutes_word import margins, minutes_docx
from reports.pdf import printable
from reports.word.styles import LOOKS
from reports.wording import Wording
from tests.minutes_sample import SECRET, SIGNATURES, owed, record, secret_facts, signature
from tests.report_sample import facts
from tests.test_word_document import NOTE, texts_of_page, texts_of_word

HOSTILE = {"opinion": NOTE.replace("\x00", ""), "dissent": "</td><script>", "plan": "<b>&amp;"}
DEPARTMENT = [*SIGNATURES, signature("department", "Phạm Ngọc Anh", position="Chuyên viên")]

CASES: dict[str, Any] = {
    "signed": {},
    "empty": {"attendance": (), "commitments": (), "signatures": (), "code": "", "address": "", "number": None},
    "draft": {"signatures": SIGNATURES[:1]},
    "three sides": {"signatures": DEPARTMENT, "dissent": "Không đồng ý."},
    "hostile": HOSTILE,
    "many": {"commitments": [owed(number) for number in range(40)]},
}


def row_by_row(html: str) -> str:
    """The page with its signatures in the order of the rows of a table."""
    page = ElementTree.fromstring(printable(html))
    for block in page.iter("div"):
        if block.get("class") == "signers":
            block[:] = [child for row in range(3) for child in list(block)[row::3]]
    return ElementTree.tostring(page, "unicode").replace("<br />", "<br/>")


@pytest.mark.parametrize(("case", "language"), [("signed", "en"), *((case, "vi") for case in CASES)])
def test_word_file_says_what_the_pdf_says_paragraph_by_paragraph(case, language):
    shown = record(**CASES[case])
    page = row_by_row(minutes_html(facts(), shown, language))
    assert texts_of_word(minutes_docx(facts(), shown, language)) == texts_of_page(page)


@pytest.fixture(scope="module")
def word() -> Any:
    return Document(io.BytesIO(minutes_docx(facts(fictitious=True), record())))


def styles_of(cell: Any) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in cell.paragraphs]


def test_head_stands_in_two_columns_without_lines(word):
    head = word.tables[0]
    assert [[text for _, text in styles_of(cell)] for cell in head.rows[0].cells] == [
        ["BỘ KHOA HỌC VÀ CÔNG NGHỆ", "ĐOÀN CÔNG TÁC\nTHEO QĐ SỐ 2083/QĐ-BKHCN", "", "Số: 05/BB-ĐCT"],
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
    ]
    assert (head._tbl.tblPr.find(qn("w:tblStyle")), head._tbl.tblPr.find(qn("w:tblBorders"))) == (None, None)


def test_signatures_stand_in_three_rows_side_by_side_and_stay_on_the_page(word):
    signers = word.tables[-2]
    assert [[styles_of(cell)[-1] for cell in row.cells] for row in signers.rows] == [
        [("Signatory", "PHÓ CHỦ TỊCH UBND XÃ"), ("Signatory", "TRƯỞNG ĐOÀN CÔNG TÁC")],
        [("Drawn State", "Bản ký trên thiết bị, chờ ký số/ký giấy\n11 giờ 42 phút, ngày 19/08/2025")] * 2,
        [("Signatory", "Lê Thị Hòa"), ("Signatory", "Nguyễn Minh Tâm")],
    ]
    assert {len(p.xpath("w:pPr/w:keepNext")) for p in signers._tbl.iter(qn("w:p"))} == {1}


def test_places_of_those_who_have_not_signed_leave_room():
    blank = Document(io.BytesIO(minutes_docx(facts(), record(signatures=()))))
    rows = [[styles_of(cell) for cell in row.cells] for row in blank.tables[-2].rows]
    assert rows[1] == [[("Signature Room", "")]] * 2
    assert LOOKS["Signature Room"].before == 88


def test_pictures_are_the_signatures_and_the_code(word):
    described = [found.get("descr") for found in word.element.body.iter(qn("wp:docPr"))]
    assert described == [
        "Chữ ký của Lê Thị Hòa trên thiết bị", "Chữ ký của Nguyễn Minh Tâm trên thiết bị",
        "Mã QR dẫn đến https://satcanh.example/kiem-tra/BB-7K2M-9QXA", "Chữ ký của Trần Thu Hà trên thiết bị",
    ]  # fmt: skip
    assert [round(shape.width.mm) for shape in word.inline_shapes] == [50, 50, 22, 50]


def test_code_in_word_has_the_modules_of_the_address(word):
    shape = word.inline_shapes[2]._inline.graphic.graphicData.pic.blipFill.blip.embed
    image = Image.open(io.BytesIO(word.part.related_parts[shape].blob))
    wanted = segno.make("https://satcanh.example/kiem-tra/BB-7K2M-9QXA", error="m", micro=False).matrix
    side = image.width // len(wanted)
    drawn = [[image.getpixel((x * side + side // 2, y * side + side // 2)) < 128 for x in range(len(wanted))]
             for y in range(len(wanted))]  # fmt: skip
    assert drawn == [[bool(module) for module in row] for row in wanted]


@pytest.mark.parametrize(("language", "instruction"), [("vi", ' NUMPAGES \\# "00" '), ("en", " NUMPAGES ")])
def test_word_counts_the_pages_itself(language, instruction):
    body = Document(io.BytesIO(minutes_docx(facts(), record(), language))).element.body
    [field] = body.iter(qn("w:fldSimple"))
    assert (field.get(qn("w:instr")), field.get(qn("w:dirty"))) == (instruction, "true")
    assert "".join(field.getparent().itertext()).startswith(("Biên bản kết thúc vào", "The session ended"))


@pytest.mark.parametrize(
    "changes", [{}, {"signatures": SIGNATURES[:1]}, {"signatures": SIGNATURES[:1], "on_paper": True}]
)
def test_margins_say_what_those_of_the_pdf_say(changes):
    shown, wording = record(**changes), Wording("vi")
    said, rules = margins(facts(fictitious=True), shown, wording), page_margins(facts(fictitious=True), shown, wording)
    assert [line in rules for line in (*said.foot, said.mark)] == [True] * (len(said.foot) + 1)
    assert (bool(said.watermark), len(said.foot)) == (("background-image" in rules), 2 if said.watermark else 1)


def test_nothing_confidential_is_in_the_file():
    packed = zipfile.ZipFile(io.BytesIO(minutes_docx(secret_facts(), record())))
    assert [name for name in packed.namelist() if SECRET.encode() in packed.read(name)] == []


def test_same_record_gives_the_same_bytes():
    assert minutes_docx(facts(), record()) == minutes_docx(facts(), record())
