"""What its answers call a visit stands on its page, for those who may read all answers."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from forms.log import Change
from survey.assess import assess_visit
from survey.database import Database
from survey.store import changes, visits
from survey.store.people import Person
from tests.field_world import plan_visit, sent

FORM = (Path(__file__).parent / "forms_of_the_field" / "appearances.md").read_text("utf-8")


def test_the_page_of_a_visit_says_what_its_answers_call_it(lan: FlaskClient, db: Database, cast: dict[str, Person]):
    plan_visit(db, cast, FORM)
    for number, (question, value) in enumerate({"/A/who": "<b>Lan</b>", "/A/few": "a"}.items(), start=1):
        change = Change(**sent(number, question, value), author=cast["lan"].id)
        changes.append_change(db, change, change.at)
    assert _called(lan) == "&lt;b&gt;Lan&lt;/b&gt; · a"
    visit = visits.find(db, "v1")
    assert visit and assess_visit(db, visit)["instance_name"] == "<b>Lan</b> · a"


def test_without_the_setting_there_is_no_name(lan: FlaskClient, db: Database, cast: dict[str, Person]):
    plan_visit(db, cast)
    visit = visits.find(db, "v1")
    assert visit and "instance_name" not in assess_visit(db, visit)
    assert "visit__name" not in lan.get("/visits/v1").get_data(as_text=True)


def _called(client: FlaskClient) -> str:
    page = client.get("/visits/v1").get_data(as_text=True)
    return page.partition('<p class="visit__name">')[2].partition("</p>")[0]
