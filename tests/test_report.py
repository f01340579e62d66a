import io
import re
from xml.etree import ElementTree

import pytest
from PIL import Image
from pypdf import PdfReader

from reports.facts import Photo
from reports.items import Sheet
from reports.pdf import closed_fetcher, printable
from reports.photos import printed
from reports.report import page_margins, report_html, visit_report
from reports.visit_data import visit_data
from reports.wording import LANGUAGES, Wording, all_words
from tests.report_sample import UNDECIDED, facts, node


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"</?[bi]>", "", html)))


def headings(html: str) -> list[str]:
    return [words(found).strip() for found in re.findall(r"<h2>(.*?)</h2>", html, re.DOTALL)]


@pytest.fixture(scope="module")
def pdf() -> PdfReader:
    return PdfReader(io.BytesIO(visit_report(facts(fictitious=True), "vi")))


def test_report_has_the_parts_and_annexes_of_its_outline():
    assert headings(report_html(facts())) == [
        "I. THÔNG TIN CHUNG",
        "II. KẾT QUẢ KHẢO SÁT, ĐÁNH GIÁ",
        "III. KẾT QUẢ HƯỚNG DẪN TRỰC TIẾP",
        "IV. ĐÁNH GIÁ CHUNG",
        "V. KHÓ KHĂN, KIẾN NGHỊ CỦA ĐỊA PHƯƠNG",
        "VI. KIẾN NGHỊ, ĐỀ XUẤT",
        "VII. TỔ CHỨC THỰC HIỆN, THEO DÕI",
        "Phụ lục I BẢNG ĐIỂM VÀ KẾT QUẢ GHI NHẬN",
        "Phụ lục II DANH SÁCH CÔNG CHỨC ĐƯỢC HƯỚNG DẪN",
        "Phụ lục III GÓP Ý SỬA ĐỔI, BỔ SUNG VĂN BẢN",
    ]


def test_head_follows_the_layout_of_administrative_documents():
    text = words(report_html(facts()))
    assert text.startswith(
        " Báo cáo kết quả khảo sát: Xã Hà Trung, ngày 19 tháng 8 năm 2025 BỘ KHOA HỌC VÀ CÔNG NGHỆ ĐOÀN CÔNG TÁC"
        " THEO QĐ SỐ 2083/QĐ-BKHCN Số: 05/BC-ĐCT LƯU HÀNH NỘI BỘ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        " Độc lập - Tự do - Hạnh phúc Hà Nội, ngày 05 tháng 01 năm 2026 BÁO CÁO"
    )


def test_conclusion_never_stands_without_its_failed_gates():
    text = words(report_html(facts()))
    assert (
        "UBND xã Hà Trung: Cần hỗ trợ có thời hạn (66,7/100 điểm). Chưa đạt 01/01 điều kiện bắt buộc: B01"
        " (Tài khoản riêng). Đây là kết luận nội bộ của Đoàn công tác, không phải xếp hạng."
    ) in text


def test_incomplete_visit_gets_an_interval_and_no_level():
    text = words(report_html(facts(UNDECIDED, without=("/B/B01",))))
    assert (
        "Chưa đủ dữ liệu để kết luận. Đã đánh giá 50,0% khối lượng nội dung; tổng điểm nằm trong khoảng 50,0–100,0."
        " Còn thiếu 01 nội dung: B01. Lý do: mất điện."
    ) in text
    assert "Cần hỗ trợ có thời hạn" not in text


def test_lift_says_what_to_do_and_what_comes_of_it():
    text = words(report_html(facts()))
    assert "B01 (Tài khoản riêng): từ mức 1 lên mức 3, thêm 33,3 điểm." in text
    assert "Khi đó tổng điểm là 100,0 và không còn điều kiện bắt buộc chưa đạt." in text


@pytest.mark.parametrize(("consent", "shown"), [("yes", True), ("no", False)])
def test_names_are_printed_only_with_consent(consent, shown):
    html = report_html(facts(answers={"/A/A04": consent}))
    assert [name in html for name in ("Lê Thị Hòa", "Trần Thị B", "Phó Chủ tịch UBND xã")] == [shown, shown, True]


def test_coaching_counts_who_rose():
    assert (
        "Đã hướng dẫn 01 lượt công chức theo lĩnh vực; 01 lượt tăng mức thành thạo, 01 lượt đạt mức 3"
        in report_html(facts())
    )


def test_parts_without_facts_say_so():
    empty = facts(without=("/I/I06[a]/I06_problem", "/J/J02[k]/J02_officer", "/J/J02[k]/J04", "/J/J02[k]/J05"))
    assert words(report_html(empty)).count("Chưa ghi nhận.") == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_of_answers_are_escaped(language):
    html = report_html(facts(answers={"/B/B03": "<script>alert(1)</script>"}), language)
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_english_report_has_no_vietnamese_wording_of_its_own():
    text = words(report_html(facts(), "en"))
    assert "Needs support with a deadline (66.7 of 100)." in text
    assert not [entry["vi"] for table in all_words().values() for entry in table.values()
                if len(entry["vi"]) > 12 and "{" not in entry["vi"] and entry["vi"] != entry["en"] and entry["vi"] in text]  # fmt: skip


def test_wording_has_both_languages_with_the_same_placeholders():
    entries = [entry for table in all_words().values() for entry in table.values()]
    gaps = [{language: set(re.findall(r"{(\w+)}", entry[language])) for language in LANGUAGES} for entry in entries]
    assert [gap for gap in gaps if gap["vi"] != gap["en"]] == []


def test_pdf_text_comes_back_with_all_diacritics(pdf):
    text = re.sub(r"\s+", " ", pdf.pages[0].extract_text())
    assert "Kết quả khảo sát, đánh giá năng lực thực hiện nhiệm vụ được phân cấp, phân quyền" in text


def test_pdf_is_tagged_titled_and_in_its_language(pdf):
    root = pdf.trailer["/Root"]
    assert [root["/MarkInfo"]["/Marked"], root["/Lang"], pdf.metadata.title] == [
        True, "vi", "Báo cáo kết quả khảo sát: Xã Hà Trung, ngày 19 tháng 8 năm 2025",
    ]  # fmt: skip


def test_pages_are_numbered_from_the_second_and_annexes_afresh():
    long = facts(answers={"/B/B02#note": "Ghi chú dài. " * 400}, fictitious=True)
    pages = PdfReader(io.BytesIO(visit_report(long))).pages
    lines = [page.extract_text().splitlines() for page in pages]
    starts = [place for place, page in enumerate(lines) if place == 0 or page[0].startswith("Phụ lục")]
    since = [place - max(start for start in starts if start <= place) for place in range(len(pages))]
    assert len(starts) == 4 < len(pages) - 5
    assert [page[-4] if page[-4].isdigit() else "" for page in lines] == [str(n + 1) if n else "" for n in since]


def test_fictitious_data_are_marked_on_every_page(pdf):
    mark = "Dữ liệu minh họa, không phải số liệu thật"
    assert [mark in page.extract_text() for page in pdf.pages] == [True] * len(pdf.pages)


def test_every_page_carries_version_and_fingerprint(pdf):
    data = visit_data(Sheet(facts(fictitious=True), Wording("vi")))
    foot = f"Phiếu tiny bản 1.2 · công thức 1 · SHA-256 {data.fingerprint}"
    assert [foot in page.extract_text() for page in pdf.pages] == [True] * len(pdf.pages)


def test_only_drafts_carry_the_watermark():
    sheets = [Sheet(facts(submitted=done), Wording("vi")) for done in (True, False)]
    styles = [page_margins(sheet, visit_data(sheet)) for sheet in sheets]
    assert ["background-image" in css for css in styles] == [False, True]


@pytest.mark.parametrize("language", LANGUAGES)
def test_report_is_well_formed_whatever_people_write(language):
    note = "]]> <script>&nbsp;&#0; \x00\x0b\x1f \ufffe \uffff \U0001f600 \u202e"
    page = ElementTree.fromstring(printable(report_html(facts(answers={"/B/B02#note": note}), language)))
    assert "]]> <script>&nbsp;&#0;  \ufffd \ufffd \ufffd " in "".join(page.itertext())


def test_same_facts_give_the_same_bytes():
    assert visit_report(facts()) == visit_report(facts())


@pytest.mark.parametrize("address", ["https://example.org/a.png", "file:///etc/passwd", "font:../secret.ttf"])
def test_documents_load_nothing_from_outside(address):
    with pytest.raises(ValueError, match="disallowed"):
        closed_fetcher().fetch(address)


def photo(data: bytes) -> Photo:
    return Photo(question="/B/B02", sha256="0" * 64, media_type="image/jpeg", data=data)


def picture_file(kind: str, width: int, height: int, colour: str = "#0A6") -> bytes:
    out = io.BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", (width, height), colour).save(out, kind)
    return out.getvalue()


def test_photos_are_an_annex_with_captions():
    photos = [photo(picture_file("JPEG", 40, 30))]
    assert "<figcaption>Ảnh 01. B02: Đồng bộ trạng thái hồ sơ</figcaption>" in report_html(facts(photos=photos))
    said = facts(photos=photos, answers={f"/B/B02#caption.{photos[0].sha256}": "Cổng <tỉnh>, 9 giờ"})
    assert "B02: Đồng bộ trạng thái hồ sơ. Cổng &lt;tỉnh&gt;, 9 giờ</figcaption>" in report_html(said)


def test_recordings_and_files_are_counted_and_their_hashes_not_printed():
    sheet = Sheet(facts(), Wording("vi"))
    kinds = [("image", "photos"), ("audio", "sound"), ("file", "papers")]
    said = [sheet.in_words(node(kind, f"/B/{name}", "Tệp"), ["a" * 64, "b" * 64]) for kind, name in kinds]
    assert said == ["02 ảnh", "02 bản ghi âm", "02 tệp"]


def test_photos_are_printed_no_larger_than_their_place_and_on_white():
    large, clear = (
        Image.open(io.BytesIO(printed(photo(data)) or b""))
        for data in (picture_file("JPEG", 4000, 3000), picture_file("PNG", 30, 20, "#0000"))
    )
    assert (large.size, clear.size, clear.getpixel((9, 9))) == ((443, 332), (30, 20), (255, 255, 255))


@pytest.mark.parametrize("data", [b"", b"\x89PNG", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_photos_that_cannot_be_read_are_left_out(data):
    assert "annex-photos" not in report_html(facts(photos=[photo(data)]))


def test_hostile_answers_stay_text_and_inside_the_page():
    word, mixed = "W" * 300, "</td><script>alert(1)</script> שלום \u202e 👩‍🌾"
    hostile = facts(answers={"/B/B02#note": word, "/B/B03": mixed, "/I/I06[a]/I06_problem": word})
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(visit_report(hostile))).pages)
    runs = re.findall("W+", text)
    assert (sum(map(len, runs)), max(map(len, runs)) < 60) == (300 * report_html(hostile).count(word), True)
    assert ["<script>alert(1)</script>" in text, "\u202e" in text, "\ufffd" in text] == [True, False, True]
