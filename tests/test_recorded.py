"""What the log itself says about a visit: the same on server and tablet, and nobody may say otherwise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from forms.engine import compile_checklist
from forms.log import Change
from forms.recorded import recorded_in
from forms.xlsform.reader import read_checklist
from survey.assess import open_conflicts
from survey.database import Database
from survey.field.joined_script import joined
from survey.store import changes, visits
from survey.store.people import Person
from survey.sync.answer_checks import AnswerChecks
from tests.field_world import plan_visit, sent
from tests.javascript import run_module
from tests.kinds_world import KINDS

FIELD = Path(__file__).parents[1] / "static" / "field"
PLACES = {"/began": "start", "/ended": "end", "/who": "username", "/tablet": "deviceid", "/where": "start-geopoint"}
PEOPLE = {"p1": "Trần Thị Lan"}
LOG = [
    sent(4, "/N/N01", 7, at="2025-08-19T02:00:04.000Z", author="p1", device="tablet-1"),
    sent(3, "/T/T01", "07:30:00", at="2025-08-19T17:30:03.250Z", author="p2", device="tablet-2"),
    sent(2, "/where", "19.98 105.8", at="2025-08-19T01:00:00.000Z", author="p2", device="tablet-2"),
    sent(1, "/N/N01", 6, at="2025-08-19T02:00:04.000Z", author="p1", device="tablet-3"),
]
TOLD = {
    "/began": "2025-08-19T09:00:04.000+07:00",
    "/ended": "2025-08-20T00:30:03.250+07:00",
    "/who": "Trần Thị Lan",
    "/tablet": "tablet-3",
}
PAGE = (
    'globalThis.document = {querySelector: () => ({textContent: JSON.stringify({language: "vi", recorded: PLACES})})};'
)


def on_tablet(log: list[dict[str, Any]]) -> Any:
    """What the tablet's script makes of these changes."""
    script = joined(FIELD, "recorded").replace("window.addEventListener", "(() => {})")
    page = PAGE.replace("PLACES", json.dumps(PLACES))
    return run_module(
        f"{page}\n{script}", f"$recorded.recordedIn({{changes: () => {json.dumps(log)}}}, {json.dumps(PEOPLE)})"
    )


@pytest.mark.parametrize(("log", "told"), [(LOG, TOLD), (LOG[::-1], TOLD), ([LOG[2]], {}), ([], {})])
def test_server_and_tablet_read_the_same_in_the_log(log: list[dict[str, Any]], told: dict[str, str]):
    known = [Change.model_validate(change) for change in log]
    assert (recorded_in(PLACES, known, PEOPLE), on_tablet(log)) == (told, told)


def test_who_is_not_known_by_name_goes_by_the_id():
    assert recorded_in({"/who": "username"}, [Change.model_validate(LOG[1])], PEOPLE) == {"/who": "p2"}


def test_no_tablet_answers_for_the_log():
    engine = compile_checklist(read_checklist(KINDS.encode(), "kinds.md")[0])
    checks = AnswerChecks(engine)
    assert engine.checklist.recorded == PLACES
    assert {path: checks.fault(path, "2025-08-19T02:00:00.000Z") for path in (*PLACES, "/on", "/T/T02")} == {
        **dict.fromkeys(("/began", "/ended", "/who", "/tablet"), "question_unknown"),
        "/where": "value_type", "/on": "value_type", "/T/T02": None,
    }  # fmt: skip


def test_two_places_of_the_beginning_keep_no_visit_open(db: Database, cast: dict[str, Person]):
    plan_visit(db, cast, KINDS)
    both = [
        sent(1, "/where", "19.98 105.8"),
        sent(2, "/where", "21.03 105.85"),
        sent(3, "/N/N01", 1),
        sent(4, "/N/N01", 2),
    ]
    changes.append_changes(
        db, [Change.model_validate(change) for change in both], "2025-08-19T03:00:00.000Z", cast["lan"].id
    )
    visit = visits.find(db, "v1")
    assert visit and open_conflicts(db, visit) == ["/N/N01"]
