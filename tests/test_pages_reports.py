import io
import re

import pytest
from pypdf import PdfReader

from reports import pdf, report
from survey.office_files import office_type
from survey.report_facts import local_day
from survey.report_files import FORMS, form_of
from tests.field_world import plan_visit

REPORT = "/visits/v1/report.pdf"


@pytest.fixture
def visit(db, cast):
    plan_visit(db, cast)


def test_report_comes_as_pdf_in_the_language_asked_for(visit, minh):
    answers = [minh.get(REPORT, query_string={"lang": language}) for language in ("vi", "en")]
    assert [
        (a.status_code, a.mimetype, a.headers["Content-Disposition"], a.headers["Cache-Control"]) for a in answers
    ] == [
        (200, "application/pdf", 'inline; filename="bao-cao-15271-ha-trung-2025-08-19.pdf"', "private, no-store"),
        (200, "application/pdf", 'inline; filename="report-15271-ha-trung-2025-08-19.pdf"', "private, no-store"),
    ]
    assert [PdfReader(io.BytesIO(a.data)).metadata.title for a in answers] == [
        "Báo cáo kết quả khảo sát: Xã Hà Trung, ngày 19 tháng 8 năm 2025",
        "Visit report: Hà Trung Commune, 19 August 2025",
    ]


OFFICE = "application/vnd.openxmlformats-officedocument."


@pytest.mark.parametrize(
    ("address", "media_type", "name"),
    [
        ("docx", OFFICE + "wordprocessingml.document", "bao-cao-15271-ha-trung-2025-08-19.docx"),
        ("docx?lang=en", OFFICE + "wordprocessingml.document", "report-15271-ha-trung-2025-08-19.docx"),
        ("xlsx", OFFICE + "spreadsheetml.sheet", "bao-cao-15271-ha-trung-2025-08-19.xlsx"),
        ("xlsx?lang=en", OFFICE + "spreadsheetml.sheet", "report-15271-ha-trung-2025-08-19.xlsx"),
    ],
)
def test_report_comes_as_file_to_work_on(visit, minh, address, media_type, name):
    answer = minh.get(f"/visits/v1/report.{address}")
    assert (answer.status_code, answer.mimetype, office_type(answer.data), answer.headers["Content-Disposition"]) == (
        200, media_type, media_type, f'attachment; filename="{name}"',
    )  # fmt: skip
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_report_is_given_out_in_no_other_form(visit, minh):
    assert minh.get("/visits/v1/report.doc").status_code == 404


def test_visit_page_offers_the_report_in_every_form(visit, minh):
    page = minh.get("/visits/v1").get_data(as_text=True)
    assert re.findall(r'href="/visits/v1/(report\.[^"]*)"', page) == [
        "report.pdf?lang=vi", "report.pdf?lang=en", "report.docx", "report.xlsx",
    ]  # fmt: skip


def test_report_of_a_draft_says_that_nothing_can_be_concluded(visit, lan):
    pages = PdfReader(io.BytesIO(lan.get(REPORT).data)).pages
    text = "".join(page.extract_text() for page in pages)
    assert [words in text for words in ("DỰ THẢO", "Chưa đủ dữ liệu để kết luận.", "Sẵn sàng")] == [True, True, False]


@pytest.mark.parametrize("form", FORMS)
def test_internal_copy_is_refused_to_the_province_and_hidden_from_strangers(visit, thao, stranger, form):
    address = f"/visits/v1/report.{form}"
    assert [person.get(address).status_code for person in (thao, stranger)] == [403, 404]


def test_report_of_an_unknown_unit_is_a_clear_problem(visit, db, minh):
    db.execute("update visit set unit_code = '99999' where id = 'v1'")
    answer = minh.get(REPORT)
    assert (answer.status_code, "Không tìm thấy đơn vị có mã 99999." in answer.get_data(as_text=True)) == (404, True)


def test_a_server_without_pango_says_what_to_install(visit, minh, monkeypatch):
    def missing(*_):
        raise pdf.PrintingUnavailableError

    monkeypatch.setattr(report, "visit_report", missing)
    answer = minh.get(REPORT)
    assert (answer.status_code, "libpango-1.0-0" in answer.get_data(as_text=True)) == (503, True)


@pytest.mark.parametrize(
    ("moment", "day"), [("2025-08-19T16:59:59Z", "2025-08-19"), ("2025-08-19T17:00:00Z", "2025-08-20")]
)
def test_day_of_a_report_is_the_day_in_vietnam(moment, day):
    assert local_day(moment).isoformat() == day


def test_ending_of_a_file_name_says_which_form_is_wanted():
    assert [form_of(name) for name in ("a.pdf", "b.DOCX", "c.d.xlsx")] == ["pdf", "docx", "xlsx"]
    with pytest.raises(ValueError, match=r"a\.odt: a report ends in \.pdf, \.docx, \.xlsx"):
        form_of("a.odt")
