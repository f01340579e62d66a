import io
from dataclasses import replace
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from reports import pdf, report
from survey.assess import submit_visit
from survey.documents.report_facts import local_day
from survey.documents.report_files import FORMS, form_of
from survey.files.office_files import office_type
from survey.store import visits
from tests.field_world import plan_visit, sent

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


def test_report_of_a_draft_says_that_nothing_can_be_concluded(visit, lan):
    pages = PdfReader(io.BytesIO(lan.get(REPORT).data)).pages
    text = "".join(page.extract_text() for page in pages)
    assert [words in text for words in ("DỰ THẢO", "Chưa đủ dữ liệu để kết luận.", "Sẵn sàng")] == [True, True, False]


@pytest.mark.parametrize("form", FORMS)
def test_internal_copy_is_refused_to_the_province_and_hidden_from_strangers(visit, thao, stranger, form):
    address = f"/visits/v1/report.{form}"
    assert [person.get(address).status_code for person in (thao, stranger)] == [403, 404]


def test_province_has_its_own_copy_of_what_was_submitted(visit, db, cast, thao):
    assert thao.get(f"{REPORT}?copy=province").status_code == 404
    submit_visit(db, visits.find(db, "v1"), "Chưa đủ", by=cast["minh"].id)
    assert [thao.get(f"{REPORT}?copy={copy}").status_code for copy in ("province", "commune", "internal")] == [
        200, 403, 403,
    ]  # fmt: skip


def test_a_copy_that_there_is_not_is_not_found(visit, minh):
    assert minh.get(f"{REPORT}?copy=public").status_code == 404


def test_unchanged_data_give_the_same_bytes_and_changed_data_others(visit, minh):
    first, again = minh.get(REPORT).data, minh.get(REPORT).data
    minh.post("/api/sync", json={"device": "t", "changes": [sent(1, "/B/B01", "3")]})
    assert (again == first, minh.get(REPORT).data == first) == (True, False)


def code_of(db):
    return db.execute("select code from document").fetchone()[0]


def test_report_bears_its_code_and_the_address_that_confirms_it(visit, db, minh):
    pages = PdfReader(io.BytesIO(minh.get(REPORT).data)).pages
    text = "".join("".join(page.extract_text().split()) for page in pages)
    printed = [f"Mãvănbản:{code_of(db)}" in text, f"http://localhost/d/{code_of(db)}" in text]
    assert (printed, minh.get(f"/d/{code_of(db)}").status_code) == ([True, True], 200)


def test_files_to_work_on_bear_their_code(visit, db, minh):
    tables = load_workbook(io.BytesIO(minh.get("/visits/v1/report.xlsx").data))
    assert tables.properties.keywords == code_of(db)
    db.execute("delete from document")
    with ZipFile(io.BytesIO(minh.get("/visits/v1/report.docx").data)) as parts:
        feet = [parts.read(name).decode() for name in parts.namelist() if "footer" in name]
    assert feet and any(code_of(db) in foot for foot in feet)


def test_the_address_in_a_document_is_the_one_that_is_set(visit, db, app, minh):
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], public_address="https://satcanh.example.vn/")
    minh.get("/visits/v1/report.xlsx")
    found = db.execute("select address from document").fetchone()[0]
    assert found == f"https://satcanh.example.vn/d/{code_of(db)}"


def test_number_and_day_of_issue_are_printed(visit, minh):
    minh.post("/visits/v1/numbers/report", data={"number-report": "7", "issued_on-report": "2025-08-25"})
    page = PdfReader(io.BytesIO(minh.get(REPORT).data)).pages[0].extract_text()
    assert ("Số: 07/BC-ĐCT" in page, "ngày 25 tháng 8 năm 2025" in page) == (True, True)


def test_report_of_an_unknown_unit_is_a_clear_problem(visit, db, minh):
    db.execute("update visit set unit_code = '99999' where id = 'v1'")
    answer = minh.get(REPORT)
    assert (answer.status_code, "Không tìm thấy đơn vị có mã 99999." in answer.get_data(as_text=True)) == (404, True)


def test_a_server_without_pango_says_what_to_install(visit, minh, monkeypatch):
    def missing(*_):
        raise pdf.PrintingUnavailableError

    monkeypatch.setattr(report, "visit_report", missing)
    answer = minh.get(REPORT, follow_redirects=True)
    assert ("libpango-1.0-0" in answer.get_data(as_text=True), "Lập lại" in answer.get_data(as_text=True)) == (
        True,
        True,
    )


@pytest.mark.parametrize(
    ("moment", "day"), [("2025-08-19T16:59:59Z", "2025-08-19"), ("2025-08-19T17:00:00Z", "2025-08-20")]
)
def test_day_of_a_report_is_the_day_in_vietnam(moment, day):
    assert local_day(moment).isoformat() == day


def test_ending_of_a_file_name_says_which_form_is_wanted():
    assert [form_of(name) for name in ("a.pdf", "b.DOCX", "c.d.xlsx")] == ["pdf", "docx", "xlsx"]
    with pytest.raises(ValueError, match=r"a\.odt: a report ends in \.pdf, \.docx, \.xlsx"):
        form_of("a.odt")
