"""The publishing pages: who may, what an upload says, what is published, and what two people at once come to."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from forms.xlsform.diagnosis import Diagnosis
from forms.xlsform.workbook import read_workbook
from survey.checklists import drafts
from survey.database import Database
from survey.pages import publishing
from survey.settings import Settings
from survey.store import checklists
from survey.store.people import Person
from tests.field_world import CHECKLIST, plan_visit
from tests.publishing_world import FAULTY, NEXT, draft_of, publish, shown, upload, words_of

Cast = dict[str, Person]


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: Cast) -> None:
    plan_visit(db, cast)


def actions(db: Database) -> list[str]:
    rows = db.execute("select action, details from audit where action = 'checklist_published' order by seq").fetchall()
    return [details for _, details in rows]


@pytest.mark.parametrize("login", ["lan", "minh", "huong", "thao", "stranger"])
def test_only_administrators_publish(sign_in, login: str):
    client = sign_in(login)
    addresses = ("/publishing/", "/publishing/drafts/" + "0" * 32, "/publishing/versions/thu/1/source")
    codes = {client.get(address).status_code for address in addresses}
    assert codes | {upload(client, NEXT).status_code} == {403}


def test_the_list_tells_who_published_a_version_and_how_many_visits_use_it(quan: FlaskClient):
    found = shown(quan, "/publishing/")
    assert "thu" in found and "1 đang dùng" in found and "Đỗ Anh Quân" in found and "1 0 Tệp gốc" in found


def test_a_version_comes_back_as_it_was_published_and_as_a_workbook(quan: FlaskClient):
    assert quan.get("/publishing/versions/thu/1/source").data == CHECKLIST.encode()
    book = read_workbook(quan.get("/publishing/versions/thu/1/xlsx").data, "thu.xlsx", Diagnosis())
    assert book["settings"].rows[0].cells["form_id"] == "thu"
    assert quan.get("/publishing/versions/thu/9/source").status_code == 404


def test_a_fault_stands_beside_its_row_with_the_cell_marked(quan: FlaskClient):
    page = quan.get(f"/publishing/drafts/{draft_of(upload(quan, FAULTY))}").get_data(as_text=True)
    assert "survey · dòng 5" in page and '<td class="is-faulty is-at">dat<span' in page
    assert publish_refused(quan, FAULTY) == 422


def publish_refused(client: FlaskClient, source: str) -> int:
    draft = drafts.find_draft(settings_of(client).data, draft_of(upload(client, source)))
    return client.post(f"/publishing/drafts/{draft.id}/publish", data={"digest": draft.digest}).status_code


def settings_of(client: FlaskClient) -> Settings:
    found: Settings = client.application.config["SETTINGS"]
    return found


def test_a_new_version_is_published_once_with_its_audit_row(quan: FlaskClient, db: Database, cast: Cast):
    draft = draft_of(upload(quan, NEXT))
    assert publish(quan, draft).status_code == 303
    assert [(one.version, one.published_by) for one in checklists.list_versions(db)] == [
        ("2", cast["quan"].id), ("1", cast["quan"].id),
    ]  # fmt: skip
    assert actions(db)[-1] == '{"checklist": "thu", "version": "2"}'
    assert quan.get(f"/publishing/drafts/{draft}").status_code == 404


def test_what_was_shown_is_published_without_reading_it_again(quan: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    draft = draft_of(upload(quan, NEXT))
    shown(quan, f"/publishing/drafts/{draft}")
    monkeypatch.delattr(checklists, "read_with_files")
    assert publish(quan, draft).status_code == 303


def test_a_version_with_other_content_is_refused_with_the_repair(quan: FlaskClient, db: Database):
    draft = draft_of(upload(quan, CHECKLIST.replace("Phiếu thử", "Phiếu khác")))
    assert "Đổi version ở trang settings" in shown(quan, f"/publishing/drafts/{draft}")
    found = drafts.find_draft(settings_of(quan).data, draft)
    refused = quan.post(f"/publishing/drafts/{draft}/publish", data={"digest": found.digest})
    assert (refused.status_code, len(checklists.list_versions(db))) == (409, 1)


def test_of_two_who_publish_at_once_one_wins_and_the_other_is_told(quan: FlaskClient, db: Database, cast: Cast):
    draft = drafts.find_draft(settings_of(quan).data, draft_of(upload(quan, NEXT)))
    checklists.publish(db, NEXT.encode(), "thu.md", by=cast["huong"].id)
    late = quan.post(f"/publishing/drafts/{draft.id}/publish", data=form_of(draft))
    assert (late.status_code, "Người khác vừa công bố thu bản 2" in words_of(late)) == (409, True)
    assert len(actions(db)) == 2


def test_pressing_twice_publishes_once_and_says_so(quan: FlaskClient, db: Database):
    draft = drafts.find_draft(settings_of(quan).data, draft_of(upload(quan, NEXT)))
    pressed = [quan.post(f"/publishing/drafts/{draft.id}/publish", data=form_of(draft)) for _ in range(2)]
    assert [one.location for one in pressed] == ["/publishing/#c-thu"] * 2
    assert len(checklists.list_versions(db)) == len(actions(db)) == 2
    forged = quan.post(f"/publishing/drafts/{draft.id}/publish", data=form_of(draft) | {"version": "9"})
    assert forged.status_code == 404


def form_of(draft: drafts.Draft) -> dict[str, str]:
    """What the button sends with the draft's page."""
    return {"digest": draft.digest, "checklist": "thu", "version": "2"}


def test_nothing_is_published_that_was_not_shown(quan: FlaskClient, db: Database):
    draft = draft_of(upload(quan, NEXT))
    before = drafts.find_draft(settings_of(quan).data, draft).digest
    upload(quan, NEXT.replace("| thu | 2 |", "| thu | 3 |"), onto=draft)
    late = quan.post(f"/publishing/drafts/{draft}/publish", data={"digest": before})
    assert (late.status_code, len(checklists.list_versions(db))) == (409, 1)


def test_files_join_the_draft_that_lacks_them(quan: FlaskClient, db: Database):
    source = NEXT.replace("select_one_from_file units.csv", "select_one_from_file places.csv")
    draft = draft_of(upload(quan, source))
    assert "places.csv" in shown(quan, f"/publishing/drafts/{draft}")
    upload(quan, "", onto=draft, places_csv=b"name,label\na,A\nb,B\n")
    assert publish(quan, draft).status_code == 303
    assert checklists.definition_of(db, "thu", "2").tables["places"].rows == [["a", "A"], ["b", "B"]]


def bomb() -> bytes:
    body = BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)
    return body.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"\x00\x01garbage", "a.xlsx", "không phải là bảng tính"),
        (b"PK\x03\x04garbage", "a.xlsx", "tệp bị hỏng"),
        (bomb(), "a.xlsx", "giải nén"),
        (b"<script>alert(1)</script>", "<script>.exe", "không phải là bảng tính"),
    ],
)
def test_a_file_that_is_none_is_told_and_harms_nothing(quan: FlaskClient, content: bytes, name: str, words: str):
    page = quan.get(upload(quan, content, name).location).get_data(as_text=True)
    assert words in page and "<script>.exe" not in page


def test_no_file_and_too_much_of_one_are_refused(quan: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    assert (empty := upload(quan, "")).status_code == 422 and "Chưa chọn tệp" in words_of(empty)
    monkeypatch.setattr(publishing, "LARGEST_CHECKLIST", 0)
    assert (large := upload(quan, NEXT)).status_code == 413 and "lớn hơn 0 MB" in words_of(large)


def test_two_checklists_at_once_are_refused(quan: FlaskClient):
    assert "thu.md, other.xlsx" in words_of(upload(quan, NEXT, other_xlsx=b"PK"))
