"""Official boundaries that were imported: which are in use, when and by whom; their drawings lie in the data folder."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel, Field

from survey.clock import utc_text
from survey.database import Database


class BoundarySet(BaseModel):
    """One import: `sha256` of the drawing, name and hash of the file it was made from.

    `units` counts those with a true boundary; `missing` are the codes of those that keep the shape of the schematic.
    """

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    file_name: str
    file_sha256: str
    units: int
    missing: list[str]
    imported_at: str = ""
    imported_by: str | None = None


def place_of(folder: Path, sha256: str) -> Path:
    """Where a drawing lies in the data folder."""
    return folder / "boundaries" / f"{sha256}.topojson"


def find_in_use(db: Database) -> BoundarySet | None:
    """The import that the map draws, with the name of who made it; None = the schematic."""
    rows = db.query(
        """select boundary_set.sha256, boundary_set.file_name, boundary_set.file_sha256, boundary_set.units,
                  boundary_set.missing, boundary_set.imported_at, person.name as imported_by
           from boundary_set left join person on person.id = boundary_set.imported_by where boundary_set.in_use = 1"""
    )
    return next((BoundarySet.model_validate(row | {"missing": json.loads(row["missing"])}) for row in rows), None)


def use(db: Database, boundaries: BoundarySet, by: str | None) -> None:
    """Let the map draw these from now on; the caller holds the transaction."""
    use_none(db)
    db.execute(
        """insert into boundary_set (sha256, file_name, file_sha256, units, missing, imported_at, imported_by, in_use)
           values (:sha256, :file_name, :file_sha256, :units, :missing, :now, :by, 1)""",
        boundaries.model_dump() | {"missing": json.dumps(boundaries.missing), "now": utc_text(), "by": by},
    )


def use_none(db: Database) -> None:
    """Go back to the schematic; the caller holds the transaction."""
    db.execute("update boundary_set set in_use = 0 where in_use = 1")
