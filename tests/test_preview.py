"""The preview of a checklist: the page of a visit with nothing behind it that could keep an answer."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient

from survey.checklists.preview import script_text
from survey.database import Database
from survey.store import checklists
from survey.store.people import Person
from tests.attached_world import CHECKLIST as WITH_FILES
from tests.attached_world import attached_files
from tests.field_world import CHECKLIST, plan_visit
from tests.publishing_world import FAULTY, NEXT, draft_of, publish, upload


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: dict[str, Person]) -> None:
    plan_visit(db, cast)


def opened(client: FlaskClient, address: str) -> str:
    return client.get(address, follow_redirects=True).get_data(as_text=True)


def test_the_script_holds_nothing_that_writes_answers_down():
    assert [
        word
        for word in ("indexedDB", "/api/sync", "serviceWorker.register(page", "localStorage")
        if word in script_text()
    ] == ["serviceWorker.register(page"]


def test_a_draft_is_shown_as_a_tablet_shows_it_and_says_that_it_is_a_preview(quan: FlaskClient):
    page = opened(quan, f"/publishing/preview/draft/{draft_of(upload(quan, NEXT))}")
    assert "Đây là bản xem thử" in page and 'data-place="/A/A02"' in page and "Kiến nghị sẽ đưa ra" in page
    data = json.loads(re.search(r'id="page-data">(.*?)</script>', page)[1])
    assert data["preview"]["facts"]["id"] == "preview" and "pack" not in data["urls"]


def test_its_module_is_that_of_the_draft(quan: FlaskClient):
    page = opened(quan, f"/publishing/preview/draft/{draft_of(upload(quan, NEXT.replace('Tuổi', 'Tuổi đời')))}")
    script = re.search(r'src="(/publishing/preview/[^"]+/script.js)"', page)[1]
    module = re.search(r'from "([^"]+)"', quan.get(script).get_data(as_text=True))[1]
    assert "Tuổi đời" in quan.get(module).get_data(as_text=True)


def test_a_published_version_is_shown_in_its_languages_and_scopes(quan: FlaskClient, db: Database):
    key = checklists.find_latest(db, "thu").sha256
    assert "Data systems" in opened(quan, f"/publishing/preview/{key}/en/full/B")
    short = opened(quan, f"/publishing/preview/{key}/vi/core/B")
    assert 'data-place="/B/B01"' in short and 'data-place="/B/B05"' not in short
    assert [
        quan.get(f"/publishing/preview/{key}/{rest}").status_code for rest in ("fr/full/B", "vi/half/B", "vi/full/Z")
    ] == [404] * 3


def test_a_faulty_draft_has_no_preview(quan: FlaskClient):
    assert quan.get(f"/publishing/preview/draft/{draft_of(upload(quan, FAULTY))}").status_code == 409


def test_nobody_else_looks_at_it(quan: FlaskClient, minh: FlaskClient, db: Database):
    key = checklists.find_latest(db, "thu").sha256
    draft = draft_of(upload(quan, CHECKLIST))
    addresses = (
        f"/publishing/preview/draft/{draft}",
        f"/publishing/preview/{key}/vi/full/A",
        f"/publishing/preview/{key}/x/module.js",
    )
    assert [minh.get(address).status_code for address in addresses] == [403, 403, 403]


def pictures(client: FlaskClient, address: str) -> list[int]:
    """What becomes of the pictures of a page."""
    return [client.get(found).status_code for found in re.findall(r'<img src="([^"]+)"', opened(client, address))]


def test_pictures_are_shown_of_every_draft_and_on_tablets_alike(quan: FlaskClient, minh: FlaskClient):
    files = {name.replace(".", "_"): content for name, content in attached_files().items()}
    first, again = (draft_of(upload(quan, WITH_FILES, "truong.md", **files)) for _ in range(2))
    shown = [pictures(quan, f"/publishing/preview/draft/{first}")]
    quan.post(f"/publishing/drafts/{first}/discard")
    shown += [pictures(quan, f"/publishing/preview/draft/{again}")]
    publish(quan, again)
    shown += [pictures(quan, "/publishing/preview/version/truong/1"), pictures(minh, "/field/vi/fill/truong/1/full/A")]
    assert shown == [[200]] * 4


@pytest.mark.parametrize(
    ("source", "hidden"), [(NEXT, False), ("| survey |\n| | type | name | label |\n| | text | a | Tên |\n", True)]
)
def test_what_scores_nothing_shows_no_score(quan: FlaskClient, source: str, hidden: bool):
    page = opened(quan, f"/publishing/preview/draft/{draft_of(upload(quan, source))}")
    [panel] = re.findall(r'<details class="live"[^>]*>', page)
    assert panel.endswith(" hidden>") is hidden
