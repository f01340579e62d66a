"""A visit on screen: conclusion with its conditions, recommendations, submitting with completeness or a reason, reopening."""

from __future__ import annotations

import html
import re

from flask.testing import FlaskClient

from survey.assess import assess_visit, rebuild_assessments
from survey.database import Database
from survey.store import assessments, audit, visits
from survey.store.people import Person
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


def test_results_can_be_rebuilt(minh: FlaskClient, db: Database, cast: dict[str, Person]):
    plan(db, cast)
    answer(db, cast, **COMPLETE)
    minh.post("/visits/v1/submit")
    before = assessments.result_of(db, "v1")
    db.execute("delete from assessment")
    assert rebuild_assessments(db) == 1
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
