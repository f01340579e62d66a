"""From a score on the page of a unit down to its answer: each step for those who may, as a page and as a fragment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from flask.testing import FlaskClient

from forms.answers import Value
from forms.log import Change
from survey.assess import submit_visit
from survey.database import Database
from survey.store import attachments, changes, unit_visits, visits
from survey.store.attachments import Attachment
from survey.store.map import Scope, latest_values
from survey.store.people import Person
from survey.units.intake import apply_list
from tests import visit_world
from tests.field_world import DAY, make_id
from tests.unit_list_world import listed
from tests.visit_world import answer, plan

Cast = dict[str, Person]
B02, SECRET = (
    "| B02 | Danh sách cập nhật | Updated list | 1 | | | |",
    "| B02 | Danh sách cập nhật | Updated list | 1 | yes | | yes |",
)
PHOTO = "| | image | B01_anh | Ảnh tài khoản | Photo | | | | |"
SHA256 = "a" * 64
STEPS = ("", "?visit=v1", "?visit=v1&section=B", "?visit=v1&section=B&item=/B/B01")


@pytest.fixture(autouse=True)
def _submitted(db: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lan answered three questions in Hà Trung, of which one that counts is confidential, and Minh submitted."""
    checklist = visit_world.CHECKLIST.replace(B02, f"{SECRET}\n{PHOTO}")
    monkeypatch.setattr(visit_world, "CHECKLIST", checklist)
    plan(db, cast, "15271", "14797")
    answer(db, cast, **{"B01": "1", "B02": "0", "B01#note": "Hỏi bà Hoa", "B01#evidence": "document"})
    write(db, cast, "/B/B01", "2", replaces=[make_id(101)])
    write(db, cast, "/B/B01_anh", [SHA256])
    picture = {"sha256": SHA256, "visit_id": "v1", "media_type": "image/png", "size": 100, "name": "anh.png"}
    attachments.add_attachment(db, Attachment(**picture, author_id=cast["lan"].id, received_at=f"{DAY}T02:30:00.000Z"))
    submit(db, cast, "v1")


def write(db: Database, cast: Cast, question: str, value: Value, replaces: Sequence[str] = ()) -> None:
    at = f"{DAY}T02:30:00.000Z"
    change = Change(
        id=make_id(900 + visits.last_change(db, "v1")), visit="v1", question=question, value=value,
        replaces=list(replaces), at=at, device_at=at, device="tablet-1", author=cast["lan"].id,
    )  # fmt: skip
    changes.append_change(db, change, at)


def submit(db: Database, cast: Cast, visit_id: str) -> None:
    visit = visits.find(db, visit_id)
    assert visit
    submit_visit(db, visit, "Thử", by=cast["minh"].id)


def holds(client: FlaskClient, path: str, *words: str) -> list[bool]:
    page = client.get(path).text
    return [word in page for word in words]


def test_each_number_opens_what_it_comes_from(huong: FlaskClient):
    found = ["điểm theo mục", "điểm từng câu", "Ai ghi, lúc nào, trên máy nào"]
    assert [holds(huong, f"/units/15271{step}", *found) for step in STEPS] == [
        [False, False, False], [True, False, False], [True, True, False], [True, True, True],
    ]  # fmt: skip


def test_an_answer_says_who_when_on_which_tablet_and_what_was_there_before(minh: FlaskClient):
    page = f"/units/15271{STEPS[3]}"
    assert holds(minh, page, "Gần đủ", "Một phần", "Có văn bản", "Hỏi bà Hoa") == [True] * 4
    assert holds(minh, page, "Trần Thị Lan · 19/08/2025 09:30 · máy et-1", "đang tính", "đã thay") == [True] * 3


@pytest.mark.parametrize("step", STEPS[1:])
def test_the_fragment_is_what_the_page_holds(huong: FlaskClient, step: str):
    page, fragment = huong.get(f"/units/15271{step}").text, huong.get(f"/units/15271/scores{step}").text
    assert ("<html" in fragment, fragment.strip() in page) == (False, True)


def test_a_province_reads_its_shared_copy(thao: FlaskClient):
    assert holds(thao, "/units/15271?visit=v1&section=B", "Tài khoản", "Danh sách cập nhật") == [True, False]
    page = f"/units/15271{STEPS[3]}"
    assert holds(thao, page, "Gần đủ", "Trần Thị Lan", "tablet", "máy et-1") == [True, False, False, False]
    assert thao.get("/units/15271?visit=v1&section=B&item=/B/B02").status_code == 404


def test_which_confidential_gate_failed_is_told_to_those_who_may_read_it(
    huong: FlaskClient, thao: FlaskClient, stranger: FlaskClient
):
    told = [holds(client, "/units/15271", "B02")[0] for client in (huong, thao, stranger)]
    assert told == [True, False, False]


@pytest.mark.parametrize("login", ["stranger", "quan"])
def test_others_learn_nothing_below_the_result(sign_in, login: str):
    client = sign_in(login)
    assert holds(client, "/units/15271", "?visit=", "QĐ 2083/QĐ-BKHCN") == [False, True]
    assert [client.get(f"/units/15271{kind}{STEPS[3]}").status_code for kind in ("", "/scores")] == [404, 404]


@pytest.mark.parametrize(
    "asked",
    ["?visit=v2", "?visit=no", "?visit=v1&section=Z", "?visit=v1&section=B&item=/B/Z", "?visit=v1&section=B&item=../B",
     "?visit=v1&section=I", "?visit=%00"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(huong: FlaskClient, asked: str):
    assert huong.get(f"/units/15271{asked}").status_code == 404


def test_a_unit_without_visits_says_so(huong: FlaskClient):
    assert holds(huong, "/units/14812", "Chưa có buổi làm việc nào đã nộp.", '<svg class="unitc"') == [True, False]


def test_a_visit_of_another_unit_is_not_opened_here(huong: FlaskClient):
    assert huong.get("/units/14812?visit=v1").status_code == 404


def test_evidence_opens_for_those_who_may_read_it(minh: FlaskClient, thao: FlaskClient):
    picture = f'<img src="/api/attachments/{SHA256}?visit=v1" alt="Ảnh 1" loading="lazy">'
    assert [holds(client, f"/units/15271{STEPS[3]}", picture)[0] for client in (minh, thao)] == [True, False]


def test_visits_under_a_former_code_go_on(db: Database, huong: FlaskClient):
    apply_list(db, listed("15279,Hà Trung,xa,38,,,,,2026-01-01,,15271"), "ma-moi.csv", by=None)
    page = huong.get("/units/15279").text
    assert [words in page for words in ("dưới mã cũ 15271", "Vẫn là một đơn vị", "?visit=v1")] == [True] * 3
    assert holds(huong, "/units/15271", "Đơn vị kế tiếp", "/units/15279", "?visit=v1") == [True] * 3


def test_visits_of_merged_units_are_shown_as_theirs(db: Database, huong: FlaskClient):
    apply_list(db, listed("15271,Hà Trung,xa,38,,,,,2026-01-01,,15271; 14797"), "sap-nhap.csv", by=None)
    page = huong.get("/units/15271").text
    assert [words in page for words in ("của đơn vị trước: Hà Trung (15271)", "không tính là đã khảo sát")] == [
        True
    ] * 2


def test_a_visit_under_a_code_that_had_ended_unknown_to_anybody_is_not_lost(db: Database, huong: FlaskClient):
    apply_list(db, listed("15279,Hà Trung,xa,38,,,,,2025-08-01,,15271"), "ma-moi.csv", by=None)
    assert holds(huong, "/units/15279", "dưới mã cũ 15271", "?visit=v1") == [True, True]


EVER = Scope(date(2026, 11, 1), date(2000, 1, 1), date(2099, 1, 1))


def test_the_map_counts_the_same_unit_under_a_new_code(db: Database):
    assert [one.code for one in latest_values(db, EVER, "total")] == ["15271"]
    apply_list(db, listed("15279,Hà Trung,xa,38,,,,,2026-01-01,,15271"), "ma-moi.csv", by=None)
    apply_list(db, listed("15280,Hà Trung,xa,38,,,,,2026-02-01,,15279"), "lan-nua.csv", by=None)
    assert [one.code for one in latest_values(db, EVER, "total")] == ["15280"]
    before = EVER._replace(day=date(2025, 12, 31))
    assert [one.code for one in latest_values(db, before, "total")] == ["15271"]


@pytest.mark.parametrize(
    "lines",
    ["15271,Hà Trung,xa,38,,,,,2026-01-01,,15271; 14797", "15279,Hà Trung,xa,38,,,,,2026-01-01,,15271; 14797",
     "15279,Mới,xa,38,,,,,2026-01-01,,15271:0.4\n15271,Hà Trung,xa,38,,,,,2026-01-01,,15271:0.6",
     "15271,Hà Trung,xa,38,,,,,2026-01-01,,15271; 14797\n15279,Hà Trung,xa,38,,,,,2026-02-01,,15271"],
)  # fmt: skip
def test_the_map_does_not_count_a_unit_that_was_merged_or_split(db: Database, lines: str):
    apply_list(db, listed(lines), "moi.csv", by=None)
    assert latest_values(db, EVER, "total") == []


def owe(db: Database, key: str, due: str | None, *, owner: str = "", text: str = "", confidential: int = 0) -> None:
    db.execute(
        """insert into commitment (visit_id, key, side, recommendation, decision, due, text, owner, confidential)
           values ('v1', :key, 'unit', '', '', :due, :text, :owner, :confidential)""",
        {"key": key, "due": due, "text": text, "owner": owner, "confidential": confidential},
    )


def test_commitments_stand_with_those_overdue_first(db: Database, minh: FlaskClient, stranger: FlaskClient):
    owe(db, "a", None, text="Cử người học")
    owe(db, "b", "2099-01-01", text="Mua máy")
    owe(db, "c", "2025-09-01", text="Lập danh sách", owner="bà Hoa")
    owed = unit_visits.owed_by(db, ["v1"], with_confidential=True)
    assert [(one.text, one.is_overdue(date(2026, 11, 1))) for one in owed] == [
        ("Lập danh sách", True), ("Mua máy", False), ("Cử người học", False)]  # fmt: skip
    assert holds(minh, "/units/15271", "1 cam kết quá hạn", "bà Hoa") == [True, True]
    assert holds(stranger, "/units/15271", "Cam kết còn hiệu lực", "bà Hoa") == [False, False]


def test_a_province_reads_commitments_without_names_and_secrets(db: Database, thao: FlaskClient):
    owe(db, "a", "2025-09-01", text="Bà Hoa lập danh sách", owner="bà Hoa")
    owe(db, "b", "2025-09-01", text="Mua két sắt", confidential=1)
    assert holds(thao, "/units/15271", "Cam kết ghi trong biên bản.", "Hoa", "két sắt") == [True, False, False]
