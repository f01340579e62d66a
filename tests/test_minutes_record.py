"""The record of the minutes as the log has it, and the document made from it."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from forms.log import Change
from forms.signatures import content_digest
from reports.minutes_facts import Attendee, Commitment, Minutes, Signature
from survey.database import Database
from survey.documents.making import minutes_of_visit
from survey.documents.minutes_record import record_of
from survey.documents.report_facts import collect_facts
from survey.settings import Settings
from survey.store import visits
from survey.store.attachments import Attachment, add_attachment, keep_file
from survey.store.documents import Wanted
from survey.store.people import Person
from survey.sync.exchange import take_in
from tests.field_world import CHECKLIST, plan_visit, sent
from tests.minutes_sample import drawing

RULES = """
| recommendations | | | | | | | | |
| | code | questions | when | text::Tiếng Việt (vi) | text::English (en) | responsible::Tiếng Việt (vi) | due | priority |
| | R01 | B01 | item-level(${B01}) <= 1 | Cấp đủ tài khoản. | Give out accounts. | UBND cấp tỉnh | T+15 | high |
| | R02 | B02 | ${B02} = 'no' | Lập danh sách cập nhật. | Keep a list. | UBND cấp xã | T+30 | normal |
"""
CONSENT = CHECKLIST.replace("geopoint | A04 | Vị trí | Place", "select_one yn4 | A04 | Đồng ý? | Agreed? ")
DRAWN = "d" * 64
ANSWERS: list[tuple[str, Any]] = [("/A/A04", "yes"), ("/B/B01", "1"), ("/B/B02", "no")]


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: dict[str, Person]) -> None:
    plan_visit(db, cast, CONSENT + RULES)


def record(
    db: Database, settings: Settings, cast: dict[str, Person], *said: tuple[str, Any], lang: str = "vi"
) -> Minutes:
    """The record after this was written, in this order."""
    written = [sent(n, question, value) for n, (question, value) in enumerate([*ANSWERS, *said], 1)]
    assert take_in(db, cast["lan"], written).refused == []
    visit = visits.find(db, "v1")
    assert visit
    return record_of(db, visit, collect_facts(db, visit, settings.data), settings.data, lang)


def test_a_visit_without_minutes_has_an_empty_record(db: Database, settings: Settings, cast: dict[str, Person]):
    assert record(db, settings, cast) == Minutes()


def test_times_place_copies_and_opinions(db: Database, settings: Settings, cast: dict[str, Person]):
    said = [("started_at", "08:05"), ("ended_at", "11:30"), ("place", " Hội trường xã "), ("copies", 5),
            ("opinion", "Đủ điều kiện."), ("dissent", "Xã đề nghị lùi.")]  # fmt: skip
    assert record(db, settings, cast, *((f"/minutes/{name}", value) for name, value in said)) == Minutes(
        started_at=datetime(2025, 8, 19, 8, 5), ended_at=datetime(2025, 8, 19, 11, 30), place="Hội trường xã", copies=5,
        opinion="Đủ điều kiện.", dissent="Xã đề nghị lùi.",
    )  # fmt: skip


def test_who_was_there_in_the_order_of_writing_without_the_removed(
    db: Database, settings: Settings, cast: dict[str, Person]
):
    said = [("z", True), ("z]/present_name", "Lê Thị Hòa"), ("z]/present_side", "unit"), ("b", True),
            ("b]/present_name", "Nguyễn Văn Minh"), ("b]/present_side", "delegation"), ("b]/present_role", "leader"),
            ("c", True), ("c]/present_name", "Nhầm"), ("c", False), ("d", True), ("d]/present_side", "somewhere")]  # fmt: skip
    written = [(f"/minutes/present[{place}{']' if '/' not in place else ''}", value) for place, value in said]
    assert record(db, settings, cast, *written).attendance == (
        Attendee(side="unit", name="Lê Thị Hòa"),
        Attendee(side="delegation", name="Nguyễn Văn Minh", role="leader"),
        Attendee(side="other"),
    )


@pytest.mark.parametrize(("consent", "name"), [("yes", "Lê Thị Hòa"), ("no", ""), (None, "")])
def test_people_of_the_unit_are_named_with_their_consent(
    db: Database, settings: Settings, cast: dict[str, Person], consent: str | None, name: str
):
    people = [("/minutes/present[a]/present_side", "unit"), ("/minutes/present[a]/present_name", "Lê Thị Hòa"),
              ("/minutes/present[b]/present_side", "delegation"), ("/minutes/present[b]/present_name", "Trần Thị Lan")]  # fmt: skip
    found = record(db, settings, cast, ("/A/A04", consent), *people)
    assert [one.name for one in found.attendance] == [name, "Trần Thị Lan"]


def test_the_units_word_on_each_recommendation_then_what_was_added(
    db: Database, settings: Settings, cast: dict[str, Person]
):
    said = [("k1]", True), ("k1]/commitment_text", "Công khai danh mục."), ("k1]/commitment_side", "delegation"),
            ("R02]/commitment_decision", "objected"), ("R02]/commitment_text", "Do tỉnh lập."),
            ("R01]/commitment_decision", "changed"), ("R01]/commitment_owner", "Sở KH&CN"),
            ("R01]/commitment_due", "2025-12-31")]  # fmt: skip
    found = record(db, settings, cast, *((f"/minutes/commitment[{place}", value) for place, value in said), lang="en")
    assert found.commitments == (
        Commitment(side="unit", recommendation="R01", text="Give out accounts.", decision="changed", owner="Sở KH&CN",
                   due=date(2025, 12, 31)),
        Commitment(side="unit", recommendation="R02", text="Keep a list.", decision="objected",
                   own_words="Do tỉnh lập."),
        Commitment(side="delegation", text="Công khai danh mục."),
    )  # fmt: skip


def test_what_breaks_a_rule_of_the_form_is_left_out(db: Database, settings: Settings, cast: dict[str, Person]):
    said = [("started_at", "8 giờ"), ("copies", 900), ("commitment[R01]/commitment_decision", "maybe")]
    assert record(db, settings, cast, *((f"/minutes/{name}", value) for name, value in said)) == Minutes()


def test_plan_and_papers_that_go_with_it(db: Database, settings: Settings, cast: dict[str, Person]):
    said = [("/minutes/plan", " Kế hoạch số 12 "), ("/minutes/attached", "Danh mục\n\n Quy trình ")]
    found = record(db, settings, cast, *said)
    assert (found.plan, found.attached) == ("Kế hoạch số 12", ("Danh mục", "Quy trình"))


def signing(digest: str) -> list[tuple[str, Any]]:
    said = {"side": "unit", "role": "leader", "name": "Lê Thị Hòa", "position": "Chủ tịch", "image": DRAWN}
    return [
        (f"/minutes/signature[unit]/signature_{field}", value) for field, value in (said | {"content": digest}).items()
    ]


def digest_of(*said: tuple[str, Any]) -> str:
    written = [sent(n, question, value) for n, (question, value) in enumerate([*ANSWERS, *said], 1)]
    return content_digest("v1", [Change.model_validate(change) for change in written])


def test_a_signature_that_stands_is_in_the_record(db: Database, settings: Settings, cast: dict[str, Person]):
    picture = drawing()
    keep_file(settings.data, DRAWN, picture)
    add_attachment(db, Attachment(sha256=DRAWN, visit_id="v1", media_type="image/png", size=len(picture),
                                  author_id=cast["lan"].id, received_at="2025-08-19T02:00:00Z"))  # fmt: skip
    assert record(db, settings, cast, *signing(digest_of())).signatures == (
        Signature(side="unit", role="leader", name="Lê Thị Hòa", position="Chủ tịch", image=picture,
                  signed_at=datetime(2025, 8, 19, 9, 0, 9)),
    )  # fmt: skip


def test_a_copy_to_sign_by_hand_is_no_draft_and_leaves_the_places_empty(
    db: Database, settings: Settings, cast: dict[str, Person]
):
    record(db, settings, cast, *signing(digest_of()))
    shown = minutes_of_visit(db, Wanted("minutes", "paper", visit_id="v1"), settings)
    place = {"side": "unit", "role": "leader", "name": "Lê Thị Hòa", "position": "Chủ tịch", "signed_at": None}
    assert (shown.values["record"]["on_paper"], shown.values["record"]["signatures"]) == (True, [place])
    assert shown.name == "bien-ban-15271-ha-trung-2025-08-19-ky-tay"


def test_a_signature_waits_for_its_drawing(db: Database, settings: Settings, cast: dict[str, Person]):
    found = record(db, settings, cast, *signing(digest_of()))
    assert found.signatures == (Signature(side="unit", name="Lê Thị Hòa", position="Chủ tịch"),)
    assert not found.is_signed


def test_a_signature_over_something_else_is_not_in_the_record(
    db: Database, settings: Settings, cast: dict[str, Person]
):
    assert record(db, settings, cast, ("/minutes/place", "Đình làng"), *signing(digest_of())).signatures == ()


def test_the_minutes_come_as_pdf_to_those_who_may_read_the_visit(
    db: Database,
    settings: Settings,
    cast: dict[str, Person],
    minh: FlaskClient,
    thao: FlaskClient,
    stranger: FlaskClient,
):
    record(db, settings, cast, ("/minutes/commitment[R02]/commitment_decision", "objected"),
           ("/minutes/commitment[R02]/commitment_text", "Danh sách do tỉnh lập."))  # fmt: skip
    answer = minh.get("/visits/v1/minutes.pdf?lang=vi")
    assert (answer.status_code, answer.mimetype, answer.headers["Content-Disposition"]) == (
        200, "application/pdf", 'inline; filename="bien-ban-15271-ha-trung-2025-08-19.pdf"',
    )  # fmt: skip
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages).split())
    assert "BIÊN BẢN LÀM VIỆC" in words
    assert "Danh sách do tỉnh lập." in words
    others = [(minh, "v9"), (thao, "v1"), (stranger, "v1")]
    assert [one.get(f"/visits/{visit}/minutes.pdf").status_code for one, visit in others] == [404, 403, 404]
