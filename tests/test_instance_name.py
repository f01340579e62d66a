"""What its answers call a visit stands on its page, for those who may read all answers."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from forms.log import Change
from survey.assess import assess_visit
from survey.database import Database
from survey.store import changes, visits
from survey.store.people import Person
from tests.answers_world import ANSWERS, CHECKLIST, HA_TRUNG, HAC_THANH, plan, tables, taken_out, visit
from tests.field_world import plan_visit, sent

FORM = (Path(__file__).parent / "forms_of_the_field" / "appearances.md").read_text("utf-8")


def test_the_page_of_a_visit_says_what_its_answers_call_it(lan: FlaskClient, db: Database, cast: dict[str, Person]):
    plan_visit(db, cast, FORM)
    for number, (question, value) in enumerate({"/A/who": "<b>Lan</b>", "/A/few": "a"}.items(), start=1):
        change = Change(**sent(number, question, value), author=cast["lan"].id)
        changes.append_change(db, change, change.at)
    assert _called(lan) == "&lt;b&gt;Lan&lt;/b&gt; · a"
    found = visits.find(db, "v1")
    assert found and assess_visit(db, found)["instance_name"] == "<b>Lan</b> · a"


def test_without_the_setting_there_is_no_name(lan: FlaskClient, db: Database, cast: dict[str, Person]):
    plan_visit(db, cast)
    found = visits.find(db, "v1")
    assert found and "instance_name" not in assess_visit(db, found)
    assert "visit__name" not in lan.get("/visits/v1").get_data(as_text=True)


def _called(client: FlaskClient) -> str:
    page = client.get("/visits/v1").get_data(as_text=True)
    return page.partition('<p class="visit__name">')[2].partition("</p>")[0]


def test_the_internal_copy_of_answers_has_the_name_as_a_column(db: Database, cast: dict[str, Person], tmp_path: Path):
    setting = (
        "| form_id | version | form_title | instance_name |\n| | thu | 1 | Phiếu thử | concat(${who}, ' ', ${pc}) |"
    )
    source = CHECKLIST.replace("| form_id | version | form_title |\n| | thu | 1 | Phiếu thử |", setting)
    plan(db, cast, source)
    visit(db, cast, "v1", HA_TRUNG, ANSWERS)
    visit(db, cast, "v2", HAC_THANH, {"/A/A04": "yes", "/B/pc": 3}, draft=True)
    internal = tables(taken_out(db, tmp_path, form="csv", internal=True))["visits.csv"]
    assert [row["instance_name"] for row in internal] == ["Lê Văn Tám 5", " 3"]
    assert "instance_name" not in tables(taken_out(db, tmp_path, form="csv"))["visits.csv"][0]
