"""Assessed visits for tests of the map: rows of the projection with nothing behind them but what a test names."""

from __future__ import annotations

from typing import Any

from survey.database import Database

ASSESSMENT = {
    "checklist_id": "commune", "checklist_version": "1", "formula_version": "1", "computed_at": "", "total": 60.0,
    "rank": 2, "completeness": 1.0, "confidence": 0.8, "lower": 0.0, "upper": 100.0, "fictitious": 0, "result": "{}",
}  # fmt: skip
FACT = {"gates_failed": 0, "gates_failed_shared": 0, "dossiers_per_officer_day": None, "power_return": None}


def add_visit(db: Database, visit: str, unit: str, day: str, province: str = "38", **facts: Any) -> None:
    """One assessed visit; facts that an assessment lacks are figures of the visit. Keys are not enforced."""
    db.conn.execute("pragma foreign_keys = off")
    about = {"visit_id": visit, "unit_code": unit, "province_code": province, "visited_on": day}
    of_assessment = {name: value for name, value in facts.items() if name in ASSESSMENT}
    insert(db, "assessment", **about, **ASSESSMENT | of_assessment)
    insert(db, "visit_fact", visit_id=visit, **FACT | {n: v for n, v in facts.items() if n not in ASSESSMENT})


def add_item(
    db: Database, visit: str, item: str, score: float, gate_failed: int | None = None, secret: int = 0
) -> None:
    insert(db, "item_score", visit_id=visit, item=item, score=score, gate_failed=gate_failed, confidential=secret)


def add_commitment(
    db: Database, visit: str, key: str, decision: str = "agreed", due: str | None = None, secret: int = 0
):
    said = {"side": "unit", "recommendation": key, "decision": decision, "due": due, "text": "", "owner": ""}
    insert(db, "commitment", visit_id=visit, key=key, confidential=secret, **said)


def insert(db: Database, table: str, **row: Any) -> None:
    names = ", ".join(row)
    places = ", ".join(f":{name}" for name in row)
    db.execute(f"insert into {table} ({names}) values ({places})", row)
