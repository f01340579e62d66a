"""A visit on screen: conclusion with its conditions, recommendations, submitting with completeness or a reason, reopening."""

from __future__ import annotations

import html
import re

import pytest
from flask.testing import FlaskClient

from forms.log import Change
from survey.assess import assess_visit, open_conflicts
from survey.database import Database
from survey.store import assessments, audit, changes, visits
from survey.store.people import Person
from tests.field_world import DAY, plan_visit, sent
from tests.visit_world import answer, plan

COMPLETE = {"B01": "3", "B02": "2", "I04": "không"}


def text(client: FlaskClient, path: str = "/visits/v1") -> str:
    """The words of a page, without tags."""
    page = client.get(path).get_data(as_text=True)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def rows(db: Database, table: str) -> list[dict[str, object]]:
    return list(db.query(f"select * from {table}"))


def test_an_unfinished_visit_shows_an_interval_and_what_is_missing(
    lan: FlaskClient, db: Database, cast: dict[str, Person]
):
    plan(db, cast)
    answer(db, cast, B02="3")
    page = text(lan)
    assert "Chưa đủ dữ liệu để kết luận" in page
    assert "25–100 điểm" in page
    assert 'href="/visits/v1/fill/B#B01"' in lan.get("/visits/v1").get_data(as_text=True)


def test_a_finished_visit_shows_the_number_with_its_conditions(lan: FlaskClient, db: Database, cast: dict[str, Person]):
    plan(db, cast)
    answer(db, cast, **COMPLETE | {"B01": "1"})
    page = text(lan)
    assert "Cần hỗ trợ tập trung" in page
    assert "41,7 điểm · chưa đạt 1 điều kiện bắt buộc: B01" in page
    assert "Cấp đủ tài khoản cho xã Hà Trung" in page
    assert "03/09/2025" in page


def test_what_lifts_the_unit_is_told_with_the_wording_of_the_rubric(
    lan: FlaskClient, db: Database, cast: dict[str, Person]
):
    plan(db, cast)
    answer(db, cast, **COMPLETE | {"B01": "1"})
    page = text(lan)
    assert "B01 · mức 1 → mức 3 · Sở KH&CN · trước 03/09/2025 Đủ +50,0" in page
    assert "Khi đó Sẵn sàng 91,7 điểm" in page


def test_confidential_recommendations_stay_with_the_delegation(
    lan: FlaskClient, minh: FlaskClient, thao: FlaskClient, db: Database, cast: dict[str, Person]
):
    plan(db, cast)
    answer(db, cast, **COMPLETE)
    minh.post("/visits/v1/submit")
    assert ("Báo cáo Vụ Pháp chế" in text(lan), "Báo cáo Vụ Pháp chế" in text(thao)) == (True, False)
    assert "Sẵn sàng" in text(thao)


def test_submit_freezes_the_result_with_its_audit_row(minh: FlaskClient, db: Database, cast: dict[str, Person]):
    (visit,) = plan(db, cast)
    answer(db, cast, **COMPLETE)
    expected = assess_visit(db, visit)
    assert minh.post("/visits/v1/submit").location == "/visits/v1"
    (kept,) = rows(db, "assessment")
    assert (kept["level"], kept["rank"], kept["province_code"], kept["visited_on"]) == ("ready", 4, "38", "2025-08-19")
    assert [(row["section"], round(row["score"], 2)) for row in rows(db, "section_score")] == [("B", 91.67)]
    assert assessments.result_of(db, "v1") == expected
    assert [(entry.action, entry.person) for entry in audit.of_visit(db, "v1")] == [
        ("visit_submitted", "Nguyễn Văn Minh")
    ]


def test_submit_with_missing_answers_needs_a_reason(minh: FlaskClient, db: Database, cast: dict[str, Person]):
    plan(db, cast)
    answer(db, cast, B01="3")
    refused = minh.post("/visits/v1/submit", data={"reason": "  "})
    assert (refused.status_code, visits.find(db, "v1").state) == (422, "draft")
    assert "Còn 1 câu chưa trả lời. Ghi lý do nộp khi chưa đủ." in refused.get_data(as_text=True)
    minh.post("/visits/v1/submit", data={"reason": "Mất điện"})
    visit = visits.find(db, "v1")
    assert (visit.state, visit.incomplete_reason) == ("submitted", "Mất điện")
    assert "Lý do: Mất điện" in text(minh)


def disagree(db: Database, cast: dict[str, Person], question: str, *values: object) -> None:
    """Several tablets answer a question without knowing of each other."""
    taken = [Change.model_validate(sent(500 + number, question, value)) for number, value in enumerate(values)]
    changes.append_changes(db, taken, f"{DAY}T02:00:01.000Z", author=cast["lan"].id)


@pytest.mark.parametrize("question", ["/B/B01", "/B/B01#note"])
def test_nothing_is_submitted_while_people_disagree(
    minh: FlaskClient, db: Database, cast: dict[str, Person], question: str
):
    (visit,) = plan(db, cast)
    answer(db, cast, B02="3", I04="không")
    disagree(db, cast, question, "1", "3")
    refused = minh.post("/visits/v1/submit", data={"reason": "Mất điện"})
    page = refused.get_data(as_text=True)
    assert (refused.status_code, visits.find(db, "v1").state, rows(db, "assessment")) == (409, "draft", [])
    assert "Còn 1 câu có hai câu trả lời khác nhau. Chọn một câu ở mỗi nơi rồi nộp." in page
    assert '<a class="code num" href="/visits/v1/fill/B#B01">B01</a>' in page
    chosen = sent(600, question, "3", replaces=(500, 501))
    assert minh.post("/api/sync", json={"device": "t", "changes": [chosen]}).get_json()["refused"] == []
    assert open_conflicts(db, visit) == []
    assert minh.post("/visits/v1/submit", data={"reason": "Mất điện"}).status_code == 303


def test_the_reason_is_kept_when_submitting_is_refused(minh: FlaskClient, db: Database, cast: dict[str, Person]):
    plan(db, cast)
    disagree(db, cast, "/B/B01", "1", "3")
    page = minh.post("/visits/v1/submit", data={"reason": "Mất <điện>"}).get_data(as_text=True)
    assert re.findall(r"<textarea[^>]*>(.*?)</textarea>", page) == ["Mất &lt;điện&gt;"]


def test_a_disagreement_that_nobody_can_see_does_not_hold_up(db: Database, cast: dict[str, Person]):
    plan_visit(db, cast)
    disagree(db, cast, "/B/B03", "Chưa lập", "Không rõ")
    visit = visits.find(db, "v1")
    assert visit
    assert open_conflicts(db, visit) == []
    changes.append_change(db, Change.model_validate(sent(1, "/B/B02", "no") | {"author": cast["lan"].id}), DAY)
    assert open_conflicts(db, visit) == ["/B/B03"]


def test_a_disagreement_in_a_repeat_counts_while_its_instance_is_there(db: Database, cast: dict[str, Person]):
    plan_visit(db, cast)
    disagree(db, cast, "/A/A07[k1]/A07_name", "Lê An", "Lê Anh")
    visit = visits.find(db, "v1")
    assert visit
    assert open_conflicts(db, visit) == ["/A/A07[k1]/A07_name"]
    removed = Change.model_validate(sent(1, "/A/A07[k1]", False) | {"author": cast["lan"].id})
    changes.append_change(db, removed, DAY)
    assert open_conflicts(db, visit) == []


def test_submitting_twice_is_refused(minh: FlaskClient, db: Database, cast: dict[str, Person]):
    plan(db, cast)
    answer(db, cast, **COMPLETE)
    minh.post("/visits/v1/submit")
    assert minh.post("/visits/v1/submit").status_code == 409
    assert len(rows(db, "assessment")) == 1


def test_reopen_needs_a_reason_and_takes_the_result_back(minh: FlaskClient, db: Database, cast: dict[str, Person]):
    plan(db, cast)
    answer(db, cast, **COMPLETE)
    minh.post("/visits/v1/submit")
    assert minh.post("/visits/v1/reopen", data={"reason": ""}).status_code == 422
    assert minh.post("/visits/v1/reopen", data={"reason": "Thiếu ảnh"}).location == "/visits/v1"
    assert (visits.find(db, "v1").state, rows(db, "assessment"), rows(db, "section_score")) == ("draft", [], [])
    assert audit.of_visit(db, "v1")[-1].details == {"reason": "Thiếu ảnh"}


def test_a_frozen_result_does_not_follow_later_answers(minh: FlaskClient, db: Database, cast: dict[str, Person]):
    plan(db, cast)
    answer(db, cast, **COMPLETE)
    minh.post("/visits/v1/submit")
    before = assessments.result_of(db, "v1")
    answer(db, cast, B02="0")
    assert assessments.result_of(db, "v1") == before


def test_fictitious_visits_say_so(lan: FlaskClient, db: Database, cast: dict[str, Person]):
    plan(db, cast)
    db.execute("update visit set fictitious = 1")
    assert "Dữ liệu minh họa" in text(lan)


def test_today_lists_own_visits_with_the_next_question(
    lan: FlaskClient, stranger: FlaskClient, db: Database, cast: dict[str, Person]
):
    plan(db, cast)
    answer(db, cast, B01="3")
    assert "Xã Hà Trung" in text(lan, "/")
    assert "1 / 3 câu" in text(lan, "/")
    assert "Xã Hà Trung" not in text(stranger, "/")


def test_a_visit_whose_checklist_scores_nothing_shows_no_conclusion(
    minh: FlaskClient, db: Database, cast: dict[str, Person]
):
    plan_visit(
        db,
        cast,
        "| survey |\n| | type | name | label |\n| | text | a | Tên |\n| settings |\n| | form_id | version |\n| | thu | 1 |\n",
    )
    page = text(minh)
    assert "Phiếu này không chấm điểm" in page
    assert [words for words in ("Kết luận", "Điểm theo mục", "0–100") if words in page] == []
