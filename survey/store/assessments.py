"""Results of submitted visits: a projection of the log that can always be rebuilt, read by lists, map and report."""

from __future__ import annotations

import json
from typing import Any

from pydantic_core import to_json

from survey.clock import utc_text
from survey.database import Database
from survey.store.visits import Visit

FORMULA_VERSION = "1"
"""Changes when the same answers would give another assessment."""


def write(db: Database, visit: Visit, result: dict[str, Any]) -> None:
    """Keep what `evaluate` said about a visit, over an earlier result; call it inside the submitting transaction."""
    assessment = result["assessment"]
    delete(db, visit.id)
    db.execute(
        """insert into assessment (visit_id, unit_code, province_code, checklist_id, checklist_version, formula_version,
                                   visited_on, computed_at, total, level, rank, completeness, confidence, lower, upper,
                                   gates_failed, fictitious, result)
           values (:visit_id, :unit_code, :province_code, :checklist_id, :checklist_version, :formula_version,
                   :visited_on, :computed_at, :total, :level, :rank, :completeness, :confidence, :lower, :upper,
                   :gates_failed, :fictitious, :result)""",
        {
            "visit_id": visit.id,
            "unit_code": visit.unit_code,
            "province_code": visit.province_code,
            "checklist_id": visit.checklist_id,
            "checklist_version": visit.checklist_version,
            "formula_version": FORMULA_VERSION,
            "visited_on": visit.planned_on,
            "computed_at": utc_text(),
            "total": assessment["total"],
            "level": assessment["level"],
            "rank": assessment["rank"],
            "completeness": assessment["completeness"],
            "confidence": assessment["confidence"],
            "lower": assessment["bounds"][0],
            "upper": assessment["bounds"][1],
            "gates_failed": json.dumps(assessment["gates_failed"]),
            "fictitious": visit.fictitious,
            "result": to_json(result).decode(),
        },
    )
    db.conn.executemany(
        "insert into section_score (visit_id, section, score, lower, upper, completeness) values (?, ?, ?, ?, ?, ?)",
        [
            (visit.id, section, score["score"], *score["bounds"], score["completeness"])
            for section, score in assessment["sections"].items()
        ],
    )


def delete(db: Database, visit_id: str) -> None:
    """Forget the result of a visit that is open again; its section scores go with it."""
    db.execute("delete from assessment where visit_id = :id", {"id": visit_id})


def result_of(db: Database, visit_id: str) -> dict[str, Any] | None:
    """The frozen `evaluate` JSON of a submitted visit; None when there is none."""
    row = db.execute("select result from assessment where visit_id = :id", {"id": visit_id}).fetchone()
    return json.loads(row[0]) if row else None
