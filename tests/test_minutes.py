import io
import re
from datetime import datetime
from xml.etree import ElementTree

import pytest
from PIL import Image
from pypdf import PdfReader

from reports.facts import Evaluation
from reports.ink import BLUE, inked
from reports.minutes import minutes, minutes_html, page_margins
from reports.minutes_facts import Attendee, Commitment, Minutes
from reports.minutes_word import minutes_docx
from reports.naming import untitled
from reports.open_copy import open_copy
from reports.pdf import printable
from reports.wording import FILES, HERE, LANGUAGES, Wording, all_words
from tests.minutes_sample import ATTENDANCE, SECRET, SIGNATURES, drawing, owed, record, secret_facts, signature
from tests.report_sample import ASSESSMENT, RECOMMENDATION, facts, node
from tests.test_report import headings, words
from tests.test_word_document import texts_of_word


def pages_of(language: str = "vi", visit=None, **more) -> list[str]:
    """The text of each page of the minutes of the sample, or of other facts."""
    content = minutes(visit or facts(), record(**more), language)
    return [re.sub(r"\s+", " ", page.extract_text()).strip() for page in PdfReader(io.BytesIO(content)).pages]


def text_of(language: str = "vi", visit=None, **more) -> str:
    return words(minutes_html(visit or facts(), record(**more), language))


def test_minutes_have_the_six_parts_and_no_dissent_of_their_own():
    assert headings(minutes_html(facts(), record())) == [
        "I. KẾT QUẢ KHẢO SÁT",
        "II. NỘI DUNG ĐÃ HƯỚNG DẪN TRỰC TIẾP",
        "III. KHÓ KHĂN, KIẾN NGHỊ CỦA ĐỊA PHƯƠNG",
        "IV. Ý KIẾN CỦA ĐOÀN CÔNG TÁC",
        "V. CAM KẾT VÀ THỜI HẠN CỦA HAI BÊN",
        "VI. HỒ SƠ, ẢNH KÈM THEO",
    ]


def test_dissent_is_verbatim_and_stands_right_before_the_end():
    said = "F07: “Số liệu chưa cập nhật.”\n\nĐề nghị kiểm tra lại."
    html = minutes_html(facts(), record(dissent=said))
    assert headings(html)[-1] == "Ý KIẾN KHÁC"
    assert "F07: “Số liệu chưa cập nhật.” Đề nghị kiểm tra lại. Biên bản kết thúc vào" in words(html)


def test_head_follows_the_layout_of_minutes():
    assert text_of().startswith(
        " Biên bản làm việc: Xã Hà Trung, ngày 19 tháng 8 năm 2025 BỘ KHOA HỌC VÀ CÔNG NGHỆ ĐOÀN CÔNG TÁC"
        " THEO QĐ SỐ 2083/QĐ-BKHCN Số: 05/BB-ĐCT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        " Độc lập - Tự do - Hạnh phúc BIÊN BẢN LÀM VIỆC Về việc khảo sát, đánh giá năng lực thực hiện nhiệm vụ được"
        " phân cấp, phân quyền, phân định thẩm quyền lĩnh vực khoa học và công nghệ tại UBND xã Hà Trung,"
        " tỉnh Thanh Hóa Căn cứ Quyết định số 2083/QĐ-BKHCN"
    )


def test_bases_are_decision_decrees_and_plan():
    found = re.findall(r"<li>(Căn cứ .*?)</li>", minutes_html(facts(), record()))
    assert [(basis[:40], basis[-1]) for basis in found] == [
        ("Căn cứ Quyết định số 2083/QĐ-BKHCN ngày ", ";"),
        ("Căn cứ Nghị định số 132/2025/NĐ-CP ngày ", ";"),
        ("Căn cứ Nghị định số 133/2025/NĐ-CP ngày ", ";"),
        ("Căn cứ Kế hoạch số 04/KH-ĐCT ngày 11 thá", "."),
    ]


def test_participants_stand_by_side_with_who_chairs_and_who_writes():
    assert (
        "Thời gian bắt đầu: 08 giờ 05 phút, ngày 19 tháng 8 năm 2025. Địa điểm: trụ sở Ủy ban nhân dân (UBND) xã"
        " Hà Trung, tỉnh Thanh Hóa. Thành phần: a) Đoàn công tác (03 người): Nguyễn Minh Tâm, Trưởng đoàn;"
        " Lê Quang Vinh, Chuyên viên Vụ Pháp chế, thành viên; Trần Thu Hà, thư ký. b) UBND xã Hà Trung (02 người):"
        " Lê Thị Hòa, Phó Chủ tịch UBND xã; Công chức Văn hóa - Xã hội."
        " c) Sở Khoa học và Công nghệ tỉnh Thanh Hóa (01 người): Phạm Ngọc Anh, Chuyên viên."
        " d) Đơn vị khác: không có đại diện. Chủ trì: Nguyễn Minh Tâm, Trưởng đoàn."
        " Thư ký (người ghi biên bản): Trần Thu Hà, thư ký. Nội dung làm việc:"
    ) in text_of()


def test_whoever_is_in_the_chair_is_named_after_the_head_of_the_delegation():
    host = Attendee(side="unit", name="Lê Thị Hòa", role="chair")
    assert "Chủ trì: Nguyễn Minh Tâm, Trưởng đoàn; Lê Thị Hòa." in text_of(attendance=[host, *ATTENDANCE])


def test_results_name_failed_gates_and_show_no_score():
    text = text_of()
    assert (
        "1. Hệ thống dữ liệu Đã khảo sát 02/02 nội dung: 01 nội dung đáp ứng đầy đủ, 00 nội dung cần hoàn thiện,"
        " 01 nội dung còn hạn chế (B01). Điều kiện bắt buộc B01 chưa đạt: Tài khoản riêng – Một phần."
    ) in text
    assert [part for part in ("66,7", "/100", "Cần hỗ trợ có thời hạn") if part in text] == []


@pytest.mark.parametrize(
    ("language", "some", "none"),
    [
        ("vi", "Đã trả lời 07/09 câu hỏi theo Phiếu khảo sát thử bản 1.2.", "Chưa khảo sát nội dung nào."),
        ("en", "7 of 9 questions answered under Test checklist, version 1.2.", "Nothing has been surveyed yet."),
    ],
)
def test_minutes_without_scores_say_how_many_questions_were_answered(language, some, none):
    unanswered = ("/A/A05_name", "/J/J02[k]/J05")
    scoreless = facts(without=unanswered).model_copy(update={"evaluation": Evaluation()})
    scoreless = scoreless.model_copy(update={"checklist": scoreless.checklist.model_copy(update={"sections": []})})
    assert some in text_of(language, scoreless)
    assert some in words(" ".join(texts_of_word(minutes_docx(scoreless, record(), language))))
    assert none in text_of(language, scoreless.model_copy(update={"answers": {}}))


def test_commitments_show_decision_own_words_owner_due_day_and_side():
    assert (
        "Hai bên đã trao đổi 01 kiến nghị: 00 đồng ý, 01 đồng ý có sửa đổi, 00 không đồng ý. TT Nội dung kiến nghị"
        " Ý kiến của đơn vị Cơ quan chủ trì Thời hạn Bên thực hiện 1 Cấp tài khoản riêng (B01) Đồng ý có sửa đổi"
        " “Xin lùi đến hết tháng 9.” Sở KH&amp;CN 30/09/2025 Đơn vị 2. Cam kết khác của hai bên TT Nội dung cam kết"
        " Cơ quan chủ trì Thời hạn Bên thực hiện 1 Gửi tài liệu hướng dẫn Vụ Pháp chế 05/09/2025 Đoàn công tác"
    ) in text_of()


@pytest.mark.parametrize(
    ("decision", "row"),
    [
        ("agreed", "Đồng ý Sở KH&amp;CN 03/09/2025"),
        ("objected", "Không đồng ý – –"),
        (None, "Chưa thống nhất Sở KH&amp;CN 03/09/2025"),
    ],
)
def test_what_a_commitment_leaves_open_is_that_of_the_recommendation(decision, row):
    entry = Commitment(side="unit", recommendation="B01", decision=decision)
    assert f"Cấp tài khoản riêng (B01) {row} Đơn vị" in text_of(commitments=[entry])


def test_recommendations_of_one_code_are_told_apart_by_their_words():
    other = RECOMMENDATION | {"text": {"vi": "Khóa tài khoản cũ"}, "due": {"text": {"vi": "Ngay"}}}
    evaluation = {"assessment": ASSESSMENT, "recommendations": [RECOMMENDATION, other]}
    visit = facts().model_copy(update={"evaluation": Evaluation.model_validate(evaluation)})
    entries = [
        Commitment(side="unit", recommendation="B01", text=said, decision="agreed")
        for said in ("Khóa tài khoản cũ", "Cả hai")
    ]
    text = text_of(visit=visit, commitments=entries)
    assert "Khóa tài khoản cũ (B01) Đồng ý Sở KH&amp;CN Ngay Đơn vị 2 Cả hai (B01) Đồng ý – – Đơn vị" in text


def test_files_are_counted_by_kind_and_listed_with_their_questions():
    group = facts().checklist.nodes[1]
    asked = [
        node("image", "/B/B05", "Ảnh quầy"),
        node("audio", "/B/B06", "Lời kể"),
        node("image", "/B/B07", "Ảnh kín", confidential=True),
    ]
    nodes = [group.model_copy(update={"children": [*group.children, *asked]})]
    visit = facts(answers={"/B/B05": ["a" * 64, "b" * 64], "/B/B06": ["c" * 64], "/B/B07": ["d" * 64]})
    visit = visit.model_copy(update={"checklist": visit.checklist.model_copy(update={"nodes": nodes})})
    assert (
        "Kèm theo biên bản: 02 ảnh, 01 bản ghi âm, 01 tài liệu. B05. Ảnh quầy: 02 ảnh; B06. Lời kể: 01 bản ghi âm;"
        " Danh sách hồ sơ mẫu. Biên bản kết thúc"
    ) in text_of(visit=visit, attached=["Danh sách hồ sơ mẫu."])
    assert "Không có hồ sơ, ảnh kèm theo. Biên bản kết thúc" in text_of()


@pytest.mark.parametrize(
    ("language", "ended", "sentence"),
    [
        ("vi", datetime(2026, 1, 5, 9, 4), "Biên bản kết thúc vào 09 giờ 04 phút, ngày 05 tháng 01 năm 2026, gồm {:02} trang, lập thành 03 bản có giá trị như nhau, đã đọc lại cho các bên cùng nghe, thống nhất và ký tên./."),
        ("vi", datetime(2026, 12, 15, 17, 30), "Biên bản kết thúc vào 17 giờ 30 phút, ngày 15 tháng 12 năm 2026, gồm {:02} trang, lập thành 03 bản có giá trị như nhau, đã đọc lại cho các bên cùng nghe, thống nhất và ký tên./."),
        ("en", datetime(2026, 1, 5, 9, 4), "The session ended at 9:04 on 5 January 2026. These minutes of {} pages are made in 3 copies of equal validity; they were read to the parties, who agreed and signed."),
    ],
)  # fmt: skip
def test_closing_sentence_holds_time_day_pages_and_copies(language, ended, sentence):
    pages = pages_of(language, ended_at=ended)
    assert sentence.format(len(pages)) in pages[-1]


def test_what_is_not_known_yet_leaves_room_to_write():
    text = words(minutes_html(facts(), Minutes()))
    assert [part in text for part in ("Số: /BB-ĐCT", "bắt đầu: … giờ … phút, ngày 19 tháng 8", "Chủ trì: … ")] == [True] * 3  # fmt: skip
    assert "a) Đoàn công tác: chưa ghi nhận." in text


def test_signatures_stand_over_names_without_academic_titles():
    last = pages_of()[-1]
    drawn = "Bản ký trên thiết bị, chờ ký số/ký giấy 11 giờ 42 phút, ngày 19/08/2025"
    assert f"ĐẠI DIỆN UBND XÃ HÀ TRUNG PHÓ CHỦ TỊCH UBND XÃ {drawn} Lê Thị Hòa" in last
    assert f"TRƯỞNG ĐOÀN CÔNG TÁC {drawn} Nguyễn Minh Tâm" in last
    assert f"THƯ KÝ {drawn} Trần Thu Hà" in last


def test_places_to_sign_name_who_is_expected():
    last = pages_of(signatures=[])[-1]
    assert "TRƯỞNG ĐOÀN CÔNG TÁC Nguyễn Minh Tâm" in last
    assert "Bản ký trên thiết bị" not in last


@pytest.mark.parametrize(
    ("written", "name"),
    [("PGS.TS. Lê Văn An", "Lê Văn An"), ("ThS Ông Thị Tý", "Ông Thị Tý"), ("Tiến sĩ Bạch Mai", "Bạch Mai"), ("Tsao Ly", "Tsao Ly")],
)  # fmt: skip
def test_academic_titles_are_left_out(written, name):
    assert untitled(written) == name


def test_only_unsigned_minutes_are_marked_as_a_draft():
    unsigned = record(signatures=[*SIGNATURES[:2], SIGNATURES[2].model_copy(update={"signed_at": None})])
    records = [record(), unsigned, record(signatures=SIGNATURES[:2]), record(signatures=[], on_paper=True)]
    marks = [page_margins(facts(), entry, Wording("vi")) for entry in records]
    assert ["background-image" in css for css in marks] == [False, True, True, False]
    assert ["Dự thảo, chưa ký" in css for css in marks] == [False, True, True, False]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_confidential_is_printed(language):
    secret = secret_facts()
    commitments = [Commitment(side="unit", recommendation=code, text=f"{SECRET}{code}") for code in ("B03", "B09", "K01", "X1", "B01")]  # fmt: skip
    shown = record(commitments=commitments[:4])
    html = minutes_html(secret, shown, language)
    assert (SECRET in html, "B09" in html, "B03" in html, "…" in html) == (False, False, False, True)
    content = minutes(secret, shown, language)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    assert SECRET not in text
    assert SECRET.encode() not in content
    assert f"{SECRET}B01" in minutes_html(secret, record(commitments=commitments), language)


def test_open_copy_is_that_of_a_checklist_without_the_confidential():
    shown, plain = open_copy(secret_facts()), open_copy(facts(answers={"/I/I03": "Có"}))
    assert (shown.answers, shown.evaluation, shown.photos) == (plain.answers, plain.evaluation, [])
    assert not any(node.confidential for node in shown.checklist.walk())
    assert (shown.evaluation.assessment.total, shown.evaluation.assessment.sections) == (None, {})


@pytest.mark.parametrize("number", range(14))
def test_signatures_stay_together_and_are_never_alone_on_a_page(number):
    pages = pages_of(commitments=[owed(n) for n in range(number)], signatures=[])
    block = ("Biên bản kết thúc", "ĐẠI DIỆN UBND", "TRƯỞNG ĐOÀN CÔNG TÁC", "THƯ KÝ", "Nơi nhận:")
    assert [part in pages[-1] for part in block] == [True] * 5
    assert "Không có hồ sơ, ảnh kèm theo." in pages[-1]
    assert f"gồm {len(pages):02} trang" in pages[-1]


def test_pages_are_numbered_from_the_second_and_rows_keep_their_header():
    content = minutes(facts(), record(commitments=[owed(n) for n in range(40)], code=""))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    numbers = [[line for line in page.splitlines() if line.strip().isdigit()][-1:] for page in pages]
    assert numbers[0] == []
    assert [str(place) in page.splitlines() for place, page in enumerate(pages, 1)] == [False] + [True] * (
        len(pages) - 1
    )
    with_rows = [page for page in pages if "Cam kết " in page]
    assert len(with_rows) > 2
    assert ["Nội dung cam kết" in page for page in with_rows] == [True] * len(with_rows)


def test_code_stands_on_every_page_and_the_address_as_a_qr_code_on_the_last():
    pages = pages_of(commitments=[owed(n) for n in range(20)])
    assert ["Mã văn bản: BB-7K2M-9QXA" in page for page in pages] == [True] * len(pages)
    assert ["satcanh.example" in page for page in pages] == [False] * (len(pages) - 1) + [True]
    assert 'alt="Mã QR dẫn đến https://satcanh.example/kiem-tra/BB-7K2M-9QXA"' in minutes_html(facts(), record())
    assert 'class="trace"' not in minutes_html(facts(), record(code="", address=""))


def test_minutes_are_a_tagged_document_whose_words_come_back():
    pdf = PdfReader(io.BytesIO(minutes(facts(), record())))
    assert [pdf.trailer["/Root"]["/MarkInfo"]["/Marked"], pdf.trailer["/Root"]["/Lang"], pdf.metadata.title] == [
        True, "vi", "Biên bản làm việc: Xã Hà Trung, ngày 19 tháng 8 năm 2025",
    ]  # fmt: skip
    text = re.sub(r"\s+", " ", "".join(page.extract_text() for page in pdf.pages))
    assert (
        "Về việc khảo sát, đánh giá năng lực thực hiện nhiệm vụ được phân cấp, phân quyền, phân định thẩm quyền" in text
    )


def test_same_record_gives_the_same_bytes():
    assert minutes(facts(), record()) == minutes(facts(), record())


def test_english_minutes_have_no_vietnamese_wording_of_their_own():
    text = text_of("en", plan="")
    assert "Started: 8:05, 19 August 2025. Place: the office of the People&#39;s Committee of Hà Trung Commune" in text
    assert "Agreed with changes" in text
    assert [entry["vi"] for table in all_words().values() for entry in table.values()
            if len(entry["vi"]) > 12 and "{" not in entry["vi"] and entry["vi"] != entry["en"] and entry["vi"] in text] == []  # fmt: skip


def test_no_table_of_words_stands_in_two_files():
    tables = [
        name for file in FILES for name in re.findall(r"^\[(\w+)\]", (HERE / file).read_text("utf-8"), re.MULTILINE)
    ]
    assert sorted(all_words()) == sorted(tables)


@pytest.mark.parametrize("language", LANGUAGES)
def test_minutes_are_well_formed_whatever_people_write(language):
    wild = "]]> <script>&nbsp;&#0; \x00\x0b\x1f \U0001f600 \u202e"
    everywhere = record(
        attendance=[Attendee(side="unit", name=wild, position=wild)], place=wild, plan=wild, number=wild, opinion=wild,
        dissent=wild, attached=[wild], signatures=[signature("unit", wild, position=wild)], address=wild, code=wild,
        commitments=[Commitment(side="unit", text=wild, own_words=wild, owner=wild, due_text=wild)],
    )  # fmt: skip
    page = ElementTree.fromstring(printable(minutes_html(facts(), everywhere, language)))
    assert "]]> <script>&nbsp;&#0;" in "".join(page.itertext())
    assert len(PdfReader(io.BytesIO(minutes(facts(), everywhere, language))).pages) >= 2


def test_signatures_are_printed_in_blue_cut_to_what_is_drawn():
    ink = Image.open(io.BytesIO(inked(drawing(4000, 1600)) or b""))
    white = Image.new("RGB", (300, 200), "white")
    white.paste("black", (100, 50, 140, 60))
    paper = io.BytesIO()
    white.save(paper, "PNG")
    cut = Image.open(io.BytesIO(inked(paper.getvalue()) or b""))
    assert (ink.mode, ink.getpixel((0, 0))[:3], ink.width < 340, cut.size, cut.getpixel((9, 5))) == (
        "RGBA", BLUE, True, (40, 10), (*BLUE, 255),
    )  # fmt: skip


@pytest.mark.parametrize("data", [b"", b"\x89PNG", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_signatures_that_cannot_be_read_leave_their_place_empty(data):
    entry = signature("unit", "Lê Thị Hòa").model_copy(update={"image": data})
    assert "<img" not in minutes_html(facts(), record(signatures=[entry], address=""))


def test_an_empty_drawing_is_no_signature():
    out = io.BytesIO()
    Image.new("RGBA", (300, 100)).save(out, "PNG")
    assert inked(out.getvalue()) is None
