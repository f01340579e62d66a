import pytest

from tests.test_map import assessed  # noqa: F401 - the same assessed visit of Hà Trung


def test_unit_page_names_the_unit_and_its_provincial_bodies(huong):
    page = huong.get("/units/15271").text
    assert [words in page for words in ("Xã Hà Trung", "Tỉnh Thanh Hóa", "15271", "/units/38.SO", "/units/38.TT")] == [
        True
    ] * 5


def test_unit_page_shows_the_result_with_its_failed_conditions(assessed, huong):  # noqa: F811
    page = huong.get("/units/15271").text
    assert [words in page for words in ("54,9", "C01, E04", "Cần hỗ trợ có thời hạn", "độ tin cậy thấp")] == [True] * 4


def test_visit_is_linked_for_those_who_may_open_it_only(assessed, minh, stranger):  # noqa: F811
    assert ["/visits/v" in client.get("/units/15271").text for client in (minh, stranger)] == [True, False]


def test_drafts_are_hidden_from_those_who_may_not_open_them(assessed, minh, stranger):  # noqa: F811
    assessed.execute("delete from assessment")
    assessed.execute("update visit set state = 'draft', submitted_at = null, submitted_by = null")
    assert ["2083/QĐ-BKHCN" in client.get("/units/15271").text for client in (minh, stranger)] == [True, False]


def test_unit_that_has_ended_says_so(huong):
    assert "Có hiệu lực từ 01/07/2025 đến trước 30/04/2026." in huong.get("/units/06970").text


def test_unknown_unit_is_not_found(huong):
    answer = huong.get("/units/99999")
    assert (answer.status_code, "99999" in answer.text) == (404, True)


def test_search_is_a_page_a_fragment_and_json(huong):
    page, fragment = huong.get("/units/search?q=ha+trung").text, huong.get("/units/search/results?q=ha+trung").text
    assert ("<html" in page, "<html" in fragment, fragment.strip() in page) == (True, False, True)
    first = huong.get("/units/search.json?q=ha+trung&province=38").get_json()["units"][0]
    assert first == {"code": "15271", "kind": "xa", "name": "Xã Hà Trung, tỉnh Thanh Hóa", "province": "38"}


def test_search_without_a_match_says_what_to_try(huong):
    assert "Không thấy đơn vị nào khớp với “khong co”." in huong.get("/units/search?q=khong+co").text


@pytest.mark.parametrize("typed", ["%22", "%25", "%3Cscript%3E", "x" * 1000])
def test_odd_words_do_no_harm(huong, typed):
    answer = huong.get(f"/units/search?q={typed}")
    assert (answer.status_code, "<script>" in answer.text.split("<main")[1]) == (200, False)
