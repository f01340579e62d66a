"""The visits that make up the history of a unit, with their results, and what both sides agreed on and still owe."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import BaseModel, TypeAdapter

from forms.minutes import commitment_key
from survey.database import Database
from survey.store.changes import places
from survey.store.unit_history import Stretch
from survey.store.visits import UNIT


class LineVisit(BaseModel):
    """A visit in the history of a unit, with its frozen result once it has been submitted (`assessed`).

    The unit's facts are those of that time; `travels`: the person is of its trip. `own` is False for a visit of a
    predecessor; `counts` says whether that was the same unit. `gates_hidden`: a failed gate was left out, as it is
    confidential.
    """

    id: str
    trip_id: str
    planned_on: str
    state: str
    fictitious: bool
    decision_number: str
    decision_date: str
    assessed: bool
    total: float | None
    lower: float | None
    upper: float | None
    level: str | None
    rank: int | None
    confidence: float | None
    gates_failed: list[str]
    checklist_id: str
    checklist_version: str
    unit_code: str
    unit_kind: str
    unit_name: str
    province_code: str
    scope: str
    formula_version: str | None
    travels: bool
    own: bool
    counts: bool
    gates_hidden: bool = False

    def may_be_opened(self, role: str, province: str | None) -> bool:
        """The rule of `permissions.sees_visit` for many visits at once."""
        if role == "reviewer":
            return True
        if role == "province":
            return self.state == "submitted" and self.province_code == province
        return role in ("member", "leader") and self.travels

    def without(self, confidential: frozenset[str]) -> LineVisit:
        """For those who may not read confidential answers: not even which of them failed a gate."""
        shown = [code for code in self.gates_failed if code not in confidential]
        return self.model_copy(update={"gates_failed": shown, "gates_hidden": len(shown) < len(self.gates_failed)})

    @property
    def has_score(self) -> bool:
        return self.total is not None or self.lower is not None


class Owed(BaseModel):
    """A commitment of a submitted visit that stands, as its minutes have it; `due` is ISO, None without a day.

    `recommended` and `responsible` are those of the recommendation that it answers, by language; `text` and `owner` are
    what was written down instead, "" where that stands as it is.
    """

    visit_id: str
    visited_on: str
    key: str
    side: str
    text: str
    owner: str
    due: str | None
    confidential: bool
    recommended: dict[str, str] = {}
    responsible: dict[str, str] = {}

    def is_overdue(self, day: date) -> bool:
        return self.due is not None and self.due < day.isoformat()


gates_adapter = TypeAdapter(list[str])

TRAVELLED = """(trip.leader_id = ? or exists (
                 select 1 from trip_member where trip_member.trip_id = trip.id and trip_member.person_id = ?))"""


def visits_of_line(db: Database, line: Sequence[Stretch], person_id: str) -> list[LineVisit]:
    """Every visit of a unit and of those that it follows, the latest first, each with its frozen result."""
    codes = sorted({stretch.code for stretch in line})
    rows = db.execute(
        f"""select visit.id, visit.trip_id, visit.planned_on, visit.state, visit.fictitious, visit.checklist_id,
                   visit.checklist_version, visit.scope, visit.unit_code, trip.decision_number, trip.decision_date,
                   assessment.visit_id is not null, assessment.total, assessment.lower, assessment.upper,
                   assessment.level, assessment.rank, assessment.confidence, assessment.gates_failed,
                   assessment.formula_version, coalesce(unit.kind, ''), coalesce(unit.name, visit.unit_code),
                   coalesce(unit.province_code, ''), {TRAVELLED}
            from visit join trip on trip.id = visit.trip_id {UNIT}
            left join assessment on assessment.visit_id = visit.id and visit.state = 'submitted'
            where visit.unit_code in ({places(codes)})
            order by visit.planned_on desc, visit.id desc""",  # noqa: S608 - made up here
        [person_id, person_id, *codes],
    )
    return [visit for row in rows for visit in _of_line(row, line)]


NAMES = (
    "id", "trip_id", "planned_on", "state", "fictitious", "checklist_id", "checklist_version", "scope", "unit_code",
    "decision_number", "decision_date", "assessed", "total", "lower", "upper", "level", "rank", "confidence",
    "gates_failed", "formula_version", "unit_kind", "unit_name", "province_code", "travels",
)  # fmt: skip


def _of_line(row: tuple[Any, ...], line: Sequence[Stretch]) -> Iterator[LineVisit]:
    """The visit when its day lies in a stretch of its unit: a code may have belonged to others before and after."""
    facts = dict(zip(NAMES, row, strict=True))
    day = facts["planned_on"]
    found = (s for s in line if s.code == facts["unit_code"] and s.start <= day and (not s.end or day < s.end))
    stretch = next(found, None)
    if stretch is not None:
        facts["gates_failed"] = gates_adapter.validate_json(facts["gates_failed"] or "[]")
        yield LineVisit(**facts, own=stretch.own, counts=stretch.counts)


def owed_by(db: Database, visit_ids: Sequence[str], *, with_confidential: bool) -> list[Owed]:
    """What stands of the commitments of these visits, the soonest due first and those without a day last."""
    rows = db.execute(
        f"""select commitment.visit_id, assessment.visited_on, commitment.key, commitment.side, commitment.text,
                   commitment.owner, commitment.due, commitment.confidential
            from commitment join assessment on assessment.visit_id = commitment.visit_id
            where commitment.visit_id in ({places(visit_ids)}) and commitment.decision <> 'objected'
              and (commitment.confidential = 0 or ?)
            order by commitment.due is null, commitment.due, assessment.visited_on, commitment.key""",  # noqa: S608 - made up here
        [*visit_ids, int(with_confidential)],
    )
    names = ("visit_id", "visited_on", "key", "side", "text", "owner", "due", "confidential")
    found = [Owed(**dict(zip(names, row, strict=True))) for row in rows]
    made = _recommendations(db, sorted({one.visit_id for one in found}))
    return [_worded(one, made[one.visit_id]) for one in found]


def _worded(owed: Owed, made: dict[str, dict[str, Any]]) -> Owed:
    answered = made.get(owed.key)
    if answered is None:
        return owed
    return owed.model_copy(update={"recommended": answered["text"], "responsible": answered["responsible"]})


def _recommendations(db: Database, visit_ids: Sequence[str]) -> dict[str, dict[str, dict[str, Any]]]:
    """What was recommended in visits, under the keys by which their minutes name it."""
    rows = db.execute(
        f"""select visit_id, json_extract(result, '$.recommendations') from assessment
            where visit_id in ({places(visit_ids)})""",  # noqa: S608 - made up here
        list(visit_ids),
    )
    return {visit: {commitment_key(one): one for one in json.loads(made or "[]")} for visit, made in rows}


class Form(NamedTuple):
    """What the page of a unit needs of a checklist version: a hash of how it scores, and its confidential questions.

    The hash is equal where the same answers come to the same figures: items with their weights, gates, choice scores
    and expressions, and the weights of sections; no wording.
    """

    scoring: str
    confidential: frozenset[str]


def form_of(db: Database, checklist_id: str, version: str) -> Form:
    """A published checklist version; read once in a process, as it never changes."""
    named = {"id": checklist_id, "version": version}
    where = "from checklist_version where id = :id and version = :version"
    kept = _kept_form(db.execute(f"select sha256 {where}", named).fetchone()[0])
    if not kept:
        definition = json.loads(db.execute(f"select definition {where}", named).fetchone()[0])
        hidden = frozenset(node["name"] for node in _nodes(definition.get("nodes", [])) if node.get("confidential"))
        kept.append(Form(_scoring(definition), hidden))
    return kept[0]


@lru_cache(maxsize=32)
def _kept_form(sha256: str) -> list[Form]:
    """One list for each published source, filled once."""
    return []


def _scoring(definition: dict[str, Any]) -> str:
    lists = {
        name: [[choice["name"], choice.get("score")] for choice in choices]
        for name, choices in definition.get("choices", {}).items()
    }
    items = [
        [node.get(part) for part in ("name", "section", "weight", "gate", "score", "relevant", "calculation", "type")]
        + [lists.get(node.get("choices") or "")]
        for node in _nodes(definition.get("nodes", []))
        if node.get("weight") and node.get("section")
    ]
    sections = [[section["name"], section.get("weight")] for section in definition.get("sections", [])]
    return hashlib.sha256(json.dumps([items, sections]).encode()).hexdigest()


def _nodes(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in nodes:
        yield node
        yield from _nodes(node.get("children", []))
