import io
import re
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook
from PIL import Image

from reports.annexes import annexes, expiring
from reports.facts import Photo, ReportFacts
from reports.items import Sheet
from reports.locator import Geometry
from reports.photos import PRINTED, printed
from reports.report import report_html
from reports.wording import Wording
from survey.documents.report_files import report_file
from tests.report_sample import CHECKLIST, UNDECIDED, facts, node
from tests.test_drawings import TINY
from tests.test_report import headings, words

COMMENTS = ("document", "article", "problem", "proposal")


def with_comments(*rows: tuple[str, str, str, str], **more: Any) -> ReportFacts:
    """The visit with comments on legal texts: number, article, problem, proposal."""
    labels = ("Số hiệu văn bản", "Điều, khoản", "Vướng mắc", "Phương án đề xuất")
    asked = [node("text", f"/I/I06/I06_{name}", label) for name, label in zip(COMMENTS, labels, strict=True)]
    part = node("group", "/I", "Khó khăn", children=[node("repeat", "/I/I06", "Góp ý văn bản", children=asked)])
    nodes = [part if known.name == "I" else known for known in CHECKLIST.nodes]
    answers = {
        f"/I/I06[{place}]/I06_{name}": said
        for place, row in enumerate(rows)
        for name, said in zip(COMMENTS, row, strict=True)
    }
    shown = facts(answers=answers, without=("/I/I06[a]/I06_problem",), **more)
    return shown.model_copy(update={"checklist": CHECKLIST.model_copy(update={"nodes": nodes})})


def test_comments_on_texts_stand_by_text_and_article():
    shown = with_comments(
        ("NĐ 133/2025/NĐ-CP", "khoản 1 Điều 32", "a", "b"),
        ("NĐ 132/2025/NĐ-CP", "khoản 4 Điều 12", "c", "d"),
        ("nđ 132/2025/NĐ-CP", "Điều 5", "e", "f"),
        ("NĐ 133/2025/NĐ-CP", "29", "g", "h"),
        ("NĐ 132/2025/NĐ-CP", "", "i", "k"),
    )
    table = annexes(Sheet(shown, Wording("vi")), None)[-1].table
    assert table is not None
    assert (table.columns, ["".join(row[2:]) for row in table.rows]) == (
        ["Số hiệu văn bản", "Điều, khoản", "Vướng mắc", "Phương án đề xuất"], ["ik", "ef", "cd", "gh", "ab"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("vi", ("Nghị định số 132/2025/NĐ-CP; Nghị định số 133/2025/NĐ-CP", "ngày 01 tháng 3 năm 2027")),
        ("en", ("Decree No. 132/2025/NĐ-CP; Decree No. 133/2025/NĐ-CP", "1 March 2027")),
    ],
)
def test_comments_say_until_when_they_are_collected(language, told):
    assert expiring(Sheet(facts(), Wording(language))) == told
    later = facts().visit.model_copy(update={"visited_on": date(2027, 3, 1)})
    assert expiring(Sheet(facts().model_copy(update={"visit": later}), Wording(language))) is None


def test_annexes_without_scores_are_named_and_explained_without_them():
    html = report_html(facts(), copy="commune")
    assert headings(html)[7:] == ["Phụ lục I KẾT QUẢ GHI NHẬN", "Phụ lục II GÓP Ý SỬA ĐỔI, BỔ SUNG VĂN BẢN"]
    heads = re.findall(r"<table class=\"items\">.*?</thead>", html, re.DOTALL)
    assert [words(head).strip() for head in heads] == ["Mã Nội dung khảo sát Kết quả ghi nhận Minh chứng"]
    assert "Mức 0 đến 3" not in html


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "Chưa hỏi ý kiến người cung cấp thông tin về việc ghi thông tin cá nhân; báo cáo chỉ ghi chức vụ."),
        ({"/A/A04": "no"}, "Người cung cấp thông tin chưa đồng ý ghi thông tin cá nhân; báo cáo chỉ ghi chức vụ."),
        ({"/A/A04": "yes"}, ""),
    ],
)
def test_a_question_that_was_not_asked_is_no_refusal(answers, said):
    text = words(report_html(facts(answers=answers, without=() if answers else ("/A/A04",))))
    found = re.findall(r"(?:Chưa hỏi ý kiến|Người cung cấp thông tin chưa)[^.]*\.", text)
    assert found == ([said] if said else [])


def test_part_without_recommendations_needs_no_wide_page():
    empty = facts(UNDECIDED, without=("/B/B01",)).model_copy(update={"evaluation": facts().evaluation.model_copy(update={"recommendations": []})})  # fmt: skip
    assert ['<section class="wide">' in report_html(shown) for shown in (facts(), empty)] == [True, False]


def test_tables_and_figures_are_numbered_in_their_order():
    captions = re.findall(r"<(?:fig)?caption>((?:Bảng|Hình) \d+)\.", report_html(facts(), "vi", Geometry(TINY)))
    assert captions == ["Hình 1", "Bảng 1", "Bảng 2", "Bảng 3", "Bảng 4"]


def test_photos_of_a_camera_become_small_enough_to_send():
    noise = Image.effect_noise((1600, 1200), 120).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=92)
    made = printed(Photo(question="/B/B02", sha256="0" * 64, media_type="image/jpeg", data=out.getvalue()))
    assert made is not None
    assert (len(out.getvalue()) > 1_000_000, len(made) < 100_000) == (True, True)
    assert max(Image.open(io.BytesIO(made)).size) <= max(PRINTED)


@pytest.mark.parametrize(("form", "copy"), [("pdf", "commune"), ("docx", "province"), ("xlsx", "commune")])
def test_each_copy_is_the_same_file_whenever_it_is_made(form, copy):
    first, again = (report_file(form, facts(), "vi", Geometry(TINY), copy) for _ in range(2))
    assert first == again


def test_tables_for_the_unit_have_no_column_of_scores():
    book = load_workbook(io.BytesIO(report_file("xlsx", facts(), "vi", Geometry(TINY), "commune")))
    assert book.sheetnames[:3] == ["Thông tin", "Kết quả ghi nhận", "Số liệu hồ sơ"]
    columns = [cell.value for cell in book["Kết quả ghi nhận"][1]]
    assert columns == [
        "Mục", "Mã", "Nội dung khảo sát", "Kết quả ghi nhận", "Điều kiện bắt buộc", "Minh chứng", "Ghi chú",
    ]  # fmt: skip
    about = [row[0].value for row in book["Thông tin"].iter_rows()]
    assert [name for name in ("Tổng điểm (%)", "SHA-256 của dữ liệu") if name in about] == []
