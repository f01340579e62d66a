import io
import re
from datetime import date

import pytest
from pypdf import PdfReader

from survey.assess import submit_visit
from survey.files.office_files import office_type
from survey.pages.synthesis import this_quarter
from survey.store import visits
from tests.visit_world import answer, plan

YEAR = "from=2025-01-01&to=2025-12-31"
ASKED = {"area": "38", "from": "2025-01-01", "to": "2025-12-31", "document": "internal.xlsx"}


@pytest.fixture
def world(db, cast):
    plan(db, cast, "15271", "14797")
    answer(db, cast, "v1", B01="1", B02="3", I04="Có")
    submit_visit(db, visits.find(db, "v1"), "", by=cast["minh"].id)


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))


def test_page_shows_coverage_weak_items_and_failed_conditions(world, huong):
    page = text(huong.get(f"/synthesis?area=38&{YEAR}"))
    assert "Tỉnh Thanh Hóa" in page and "1 /166 (0,6%)" in page
    assert "B01 Tài khoản 1,00" in page and "B01 Tài khoản 1/1" in page


def test_figures_are_a_fragment_with_the_address_of_their_page(world, huong):
    fragment = huong.get(f"/synthesis/figures?area=38&{YEAR}")
    assert "<html" not in fragment.get_data(as_text=True)
    assert fragment.headers["HX-Push-Url"] == "/synthesis?area=38&from=2025-01-01&to=2025-12-31"


def test_period_without_visits_says_what_to_do(world, huong):
    assert "Trong kỳ chưa có buổi làm việc nào đã nộp. Chọn kỳ khác." in text(
        huong.get("/synthesis?from=2025-07-01&to=2025-07-31")
    )


@pytest.mark.parametrize("query", ["from=2025-12-31&to=2025-01-01", "from=x&to=2025-01-01", "from=2025-01-01"])
def test_wrong_period_is_told_on_the_page(world, huong, query):
    answer = huong.get(f"/synthesis?area=38&{query}")
    assert (answer.status_code, "Kỳ báo cáo chưa đúng." in text(answer)) == (422, True)


def test_period_before_there_were_units_is_told_on_the_page(world, huong):
    answer = huong.get("/synthesis?from=2020-01-01&to=2020-12-31")
    assert (answer.status_code, "Chưa có danh mục đơn vị cho ngày 31/12/2020." in text(answer)) == (422, True)


@pytest.mark.parametrize("area", ["99", "<script>", "3"])
def test_unknown_area_is_not_found(world, huong, area):
    answer = huong.get("/synthesis", query_string={"area": area})
    assert (answer.status_code, "<script>" in answer.get_data(as_text=True).partition("<main")[2]) == (404, False)


def test_province_sees_its_own_area_and_its_own_copy_whatever_it_asks_for(world, thao):
    page = thao.get(f"/synthesis?area=01&{YEAR}").get_data(as_text=True)
    assert "Tỉnh Thanh Hóa" in page and "Hà Nội</option>" not in page
    assert re.findall(r'name="document" value="([^"]*)"', page) == ["province.pdf", "province.docx", "province.xlsx"]


def test_synthesis_is_given_out_from_the_register(world, huong):
    shown = huong.post("/synthesis/documents", data=ASKED, follow_redirects=False)
    file = huong.get(f"{shown.headers['Location']}/file")
    assert (shown.status_code, file.status_code, office_type(file.data) == file.mimetype) == (303, 200, True)
    assert file.headers["Content-Disposition"] == (
        'attachment; filename="bao-cao-tong-hop-38-thanh-hoa-2025-01-01-2025-12-31.xlsx"'
    )


def test_same_synthesis_is_the_same_document(world, huong):
    first, second = (huong.post("/synthesis/documents", data=ASKED).headers["Location"] for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"document": "internal.pdf"}, 403),
        ({"document": "commune.pdf"}, 400),
        ({"document": "province.odt"}, 400),
        ({"document": "province.xlsx", "language": "fr"}, 400),
        ({"document": "province.xlsx", "from": "x"}, 422),
    ],
)
def test_province_is_refused_what_is_not_for_it(world, thao, asked, status):
    assert thao.post("/synthesis/documents", data=ASKED | asked).status_code == status


def test_province_gets_its_copy_of_its_own_province(world, thao, db):
    shown = thao.post("/synthesis/documents", data=ASKED | {"area": "01", "document": "province.xlsx"})
    row = next(db.query("select area, copy from document"))
    assert (shown.status_code, row) == (303, {"area": "38", "copy": "province"})


def test_copy_for_a_province_of_the_nation_is_refused(world, huong):
    assert huong.post("/synthesis/documents", data=ASKED | {"area": "", "document": "province.pdf"}).status_code == 403


def test_trip_page_offers_its_report_in_every_form(world, minh):
    page = minh.get("/trips/t1").get_data(as_text=True)
    assert re.findall(r'name="document" value="([^"]*)"', page) == [
        f"{copy}.{form}" for copy in ("internal", "province") for form in ("pdf", "docx", "xlsx")
    ]


def test_trip_report_is_given_out_as_pdf(world, minh):
    shown = minh.post("/trips/t1/documents", data={"document": "internal.pdf"})
    file = minh.get(f"{shown.headers['Location']}/file")
    assert "TỪNG ĐƠN VỊ" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(file.data)).pages)


def test_trip_report_is_refused_to_the_province_and_hidden_from_strangers(world, thao, stranger, quan):
    asked = {"document": "internal.pdf"}
    answers = [person.post("/trips/t1/documents", data=asked).status_code for person in (thao, stranger, quan)]
    assert answers == [403, 404, 403]


def test_synthesis_is_for_those_who_may_read_it(world, quan, app):
    assert [quan.get("/synthesis").status_code, app.test_client().get("/synthesis").status_code] == [403, 303]


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [("2026-11-23", "2026-10-01", "2026-12-31"), ("2026-01-01", "2026-01-01", "2026-03-31")],
)
def test_period_to_begin_with_is_this_quarter(day, first, last):

    assert [one.isoformat() for one in this_quarter(date.fromisoformat(day))] == [first, last]


def test_wrong_period_is_told_in_place_of_figures_and_what_was_typed_stays(world, huong):
    query = "area=38&from=2025-12-31&to=2025-01-01"
    fragment, page = huong.get(f"/synthesis/figures?{query}"), huong.get(f"/synthesis?{query}").get_data(as_text=True)
    assert (fragment.status_code, "HX-Push-Url" in fragment.headers, "<dl" in text(fragment)) == (422, False, False)
    assert 'name="from" type="date" value="2025-12-31"' in page and 'name="document"' not in page
