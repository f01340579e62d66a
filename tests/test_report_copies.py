import io
import json
from itertools import product

import pikepdf
import pytest

from reports.copies import copy_of, striking
from reports.facts import Copy
from reports.locator import Geometry
from reports.report import report_html
from reports.restricted import restricted_in
from survey.documents.report_files import COPIES, FORMS, report_file
from tests.copies_sample import HIDDEN_PHOTO, MARK, NAMES, checklist, marked_facts, told
from tests.report_sample import facts
from tests.test_drawings import TINY
from tests.test_report import words

OPEN: tuple[Copy, ...] = ("province", "commune")


@pytest.fixture(scope="module")
def files() -> dict[tuple[str, str], bytes]:
    """Every form of every copy of the marked visit."""
    shown, country = marked_facts(), Geometry(TINY)
    return {(form, copy): report_file(form, shown, "vi", country, copy) for form, copy in product(FORMS, COPIES)}


def data_of(pdf: bytes) -> dict:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return json.loads(opened.attachments["data.json"].get_file().read_bytes())


def test_full_copy_says_everything_that_is_marked(files):
    marks = [set(MARK.findall(told(files[form, "internal"]))) for form in FORMS]
    assert marks[0] == {f"KÍN-{number:02}" for number in range(1, 32)}
    assert [len(found) for found in marks] == [31, 26, 20]


@pytest.mark.parametrize("copy", OPEN)
@pytest.mark.parametrize("form", FORMS)
def test_nothing_that_is_marked_reaches_another_copy(files, form, copy):
    said = told(files[form, copy])
    assert MARK.findall(said) == []
    assert [name for name in (*NAMES, HIDDEN_PHOTO, "KÍN") if name in said] == []


def test_data_of_another_copy_answer_only_questions_that_it_shows(files):
    kept = {copy: data_of(files["pdf", copy])["answers"] for copy in COPIES}
    assert kept["province"] == kept["commune"]
    assert sorted(path for path in kept["province"] if "#" not in path) == [
        "/A/A04", "/A/A05_position", "/B/B01", "/B/B02", "/B/B12", "/F/F01", "/I/I01", "/I/I06[a]/I06_problem",
    ]  # fmt: skip
    changed = {path: value for path, value in kept["province"].items() if value != kept["internal"][path]}
    assert changed == {"/I/I01": "Đồng chí […] ([…]) chưa có tài khoản."}


def test_each_copy_says_in_its_head_which_it_is():
    shown = [words(report_html(facts(), copy=copy)) for copy in COPIES]
    heads = ["LƯU HÀNH NỘI BỘ", "BẢN GỬI TỈNH", "BẢN GỬI ĐƠN VỊ"]
    assert [[head in text for head in heads] for text in shown] == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]


def test_only_the_full_copy_bears_the_fingerprint_of_its_data(files):
    said = {key: told(file) for key, file in files.items() if key[0] != "xlsx"}
    assert {key for key, text in said.items() if "SHA-256" in text} == {("pdf", "internal"), ("docx", "internal")}
    assert all("Phiếu tiny bản 1.2 · công thức 1" in text for text in said.values())


def test_scores_for_the_province_rest_on_what_it_sees():
    assessment = copy_of(marked_facts(), "province").evaluation.assessment
    assert (assessment.total, assessment.gates_failed, assessment.flagged, assessment.missing) == (
        pytest.approx(200 / 3), ["B01"], [], [],
    )  # fmt: skip
    assert "(66,7/100 điểm). Chưa đạt 01/01" in words(report_html(marked_facts(), copy="province"))
    assert "(44,4/100 điểm)" in words(report_html(marked_facts()))


def test_scores_of_a_checklist_without_hidden_items_stay_as_they_were_submitted():
    kept = copy_of(facts(), "province").evaluation.assessment
    assert kept == facts().evaluation.assessment


@pytest.mark.parametrize(("allowed", "seen"), [(False, False), (True, True)])
def test_unit_sees_scores_and_level_only_where_the_ministry_allows_it(allowed, seen):
    text = words(report_html(facts(), copy="commune", numbers_allowed=allowed))
    numbers = ["66,7", "33,3", "/100", "× 1", "Cần hỗ trợ có thời hạn", "Độ tin cậy", "(mức 3)", "(dưới mức 2)"]
    assert [number for number in numbers if number in text] == (numbers if seen else [])
    assert "B01 (Tài khoản riêng)" in text


def test_what_was_found_is_told_to_the_unit_in_words():
    text = words(report_html(marked_facts(), copy="commune"))
    assert (
        "Đã khảo sát 02/02 nội dung: 01 nội dung đáp ứng đầy đủ, 00 nội dung cần hoàn thiện, 01 nội dung còn hạn chế"
        " (B01). Điều kiện bắt buộc: B01 chưa đạt. a) Nội dung đáp ứng đầy đủ: Đồng bộ trạng thái hồ sơ (B02)."
        " b) Nội dung còn hạn chế: Tài khoản riêng: Một phần (B01)."
    ) in text
    assert "1. Ưu điểm 01 nội dung đáp ứng đầy đủ. 2. Tồn tại, hạn chế Điều kiện bắt buộc B01 chưa đạt" in text


def test_data_for_the_unit_hold_no_score(files):
    assert data_of(files["pdf", "commune"])["assessment"] == {
        "gates_failed": ["B01"], "gates_open": [], "gates_met": [], "missing": [], "flagged": [],
    }  # fmt: skip


def test_names_and_numbers_are_struck_wherever_they_stand_and_nothing_else():
    strike = striking(["Lê Thị Hòa", "0912 345 678", "An", "Sở KH&CN", "Cục Viễn thông"])
    said = "LÊ THỊ HÒA và Lê Thị Hòan, An toàn, Sở KH&CN, Cục Viễn thông, 0912 345 678."
    assert strike(said) == "[…] và Lê Thị Hòan, An toàn, Sở KH&CN, Cục Viễn thông, […]."


def test_members_of_the_delegation_stay_named():
    coached = facts(answers={"/J/J02[k]/J02_officer": "Lê Quang Vinh", "/B/B02#note": "Lê Quang Vinh đã hướng dẫn"})
    text = words(report_html(coached, copy="commune"))
    assert ("Lê Quang Vinh đã hướng dẫn" in text, "Lê Thị Hòa" in text, "Phó Chủ tịch UBND xã" in text) == (1, 0, 1)


def test_officials_coached_are_counted_but_not_listed():
    text = words(report_html(facts(), copy="commune"))
    assert "Đã hướng dẫn 01 lượt công chức" in text
    assert "DANH SÁCH CÔNG CHỨC" not in text


def test_what_follows_from_a_confidential_question_is_confidential():
    hidden = restricted_in(checklist())
    assert sorted(path for path in hidden.paths if path.startswith(("/B", "/F", "/I"))) == [
        "/B/B03", "/B/B09", "/B/B11", "/B/B13", "/B/B14", "/F/F02", "/F/F03", "/I/I02", "/I/I02/I02_a", "/I/I04",
        "/I/I04/I04_a",
    ]  # fmt: skip
    assert sorted(hidden.rules) == [0, 1, 2]


def test_a_copy_is_never_made_of_another_copy():
    with pytest.raises(ValueError, match="a copy for commune"):
        copy_of(copy_of(facts(), "commune"), "internal")
