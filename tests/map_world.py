"""Assessed visits for tests of the map: rows of the projection with nothing behind them but what a test names."""

from __future__ import annotations

import json
from array import array
from typing import Any

from flask.testing import FlaskClient

from survey.database import Database

HA_TRUNG, HAC_THANH, PHU_QUOC = "15271", "14797", "31078"

ASSESSMENT = {
    "checklist_id": "commune", "checklist_version": "1", "formula_version": "1", "computed_at": "", "total": 60.0,
    "rank": 2, "completeness": 1.0, "confidence": 0.8, "lower": 0.0, "upper": 100.0, "fictitious": 0, "result": "{}",
}  # fmt: skip
FACT = {"gates_failed": 0, "gates_failed_shared": 0, "dossiers_per_officer_day": None, "power_return": None}


def geometry_of(client: FlaskClient) -> dict[str, Any]:
    """What the page of the map gets to draw the units from."""
    return unpacked(client.get("/map/geometry.bin", headers={"Accept-Encoding": ""}).data)


def unpacked(file: bytes) -> dict[str, Any]:
    """The head of a file of `reports.map.packed`, with its columns as lists in place of their lengths."""
    (size,) = array("i", file[:4])
    head, at = json.loads(file[4 : 4 + size]), 4 + size
    for name, length in head["columns"].items():
        head["columns"][name] = array("i", file[at : at + 4 * length]).tolist()
        at += 4 * length
    return head | {"points": array("H", file[at:]).tolist()}


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


def see_units(db: Database) -> Database:
    """Hà Trung seen twice and better, Hạc Thành and Phú Quốc once; in 2026 Hà Trung and Hạc Thành."""
    add_visit(db, "v1", HA_TRUNG, "2025-08-19", rank=2, total=54.9, dossiers_per_officer_day=3.0, power_return=0)
    add_visit(db, "v2", HA_TRUNG, "2026-03-02", rank=3, total=66.9, dossiers_per_officer_day=8.0, power_return=2)
    add_visit(db, "v3", HAC_THANH, "2026-03-03", rank=1, total=40.0, dossiers_per_officer_day=2.0, gates_failed=4)
    add_visit(db, "v4", PHU_QUOC, "2025-08-21", province="91", rank=4, total=88.0, fictitious=1)
    for visit, group, number in (("v2", 1, 1), ("v2", 2, 0), ("v3", 1, 0), ("v3", 2, 2)):
        insert(db, "visit_difficulty", visit_id=visit, grp=group, number=number)
    add_commitment(db, "v2", "C01", due="2026-04-01")
    return db
