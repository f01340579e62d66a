"""The visit's page tells who signed, whether that counts, and why the minutes were opened again."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from forms.log import Change
from forms.signatures import content_digest
from survey.database import Database
from survey.signed_minutes import Reopening, signatures_on
from survey.store.people import Person
from survey.sync.exchange import take_in
from tests.field_world import plan_visit, sent
from tests.test_signatures import signing

ANSWER = sent(1, "/B/B01", "3")
REOPENED = sent(30, "/minutes/reopened", "Sai <b>ngày</b>")


@pytest.fixture(autouse=True)
def _signed(db: Database, cast: dict[str, Person]) -> None:
    plan_visit(db, cast)
    digest = content_digest("v1", [Change.model_validate(ANSWER)])
    assert take_in(db, cast["lan"], [ANSWER, *signing(digest)]).refused == []


def test_a_signature_counts_until_something_is_changed(db: Database, cast: dict[str, Person]):
    assert [(one.name, one.stands) for one in signatures_on(db, "v1").made] == [("Lê Thị Hòa", True)]
    take_in(db, cast["lan"], [REOPENED])
    found = signatures_on(db, "v1")
    assert ([one.stands for one in found.made], found.standing) == ([False], False)
    assert found.reopenings == [Reopening("2025-08-19T02:00:30.000Z", "Trần Thị Lan", "Sai <b>ngày</b>")]


def test_a_visit_that_nobody_signed(db: Database):
    found = signatures_on(db, "v9")
    assert (found.made, found.reopenings, found.standing) == ([], [], False)


def test_the_page_of_the_visit_shows_it_to_the_delegation(db: Database, cast: dict[str, Person], minh: FlaskClient):
    assert "còn hiệu lực" in minh.get("/visits/v1").text
    take_in(db, cast["lan"], [REOPENED])
    page = minh.get("/visits/v1").text
    assert "hết hiệu lực: nội dung đã đổi sau khi ký" in page
    assert "“Sai &lt;b&gt;ngày&lt;/b&gt;”" in page
