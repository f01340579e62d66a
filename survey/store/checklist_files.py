"""The files attached to published checklist versions; their bytes lie with the attachments of visits."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from survey.database import Database


class ChecklistFile(BaseModel):
    """A file of a version by the name its workbook uses; `size` is in bytes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    sha256: str
    media_type: str
    size: int


def add_files(db: Database, checklist_id: str, version: str, files: Iterable[ChecklistFile]) -> None:
    """Note the files of a version; they never change afterwards."""
    for file in files:
        db.execute(
            "insert into checklist_file (checklist_id, version, name, sha256, media_type, size)"
            " values (:checklist_id, :version, :name, :sha256, :media_type, :size)",
            file.model_dump() | {"checklist_id": checklist_id, "version": version},
        )


def files_of(db: Database, checklist_id: str, version: str) -> list[ChecklistFile]:
    """The files of a version by name."""
    rows = db.query(
        "select name, sha256, media_type, size from checklist_file"
        " where checklist_id = :id and version = :version order by name",
        {"id": checklist_id, "version": version},
    )
    return [ChecklistFile.model_validate(row) for row in rows]


def find_file(db: Database, checklist_id: str, version: str, sha256: str) -> ChecklistFile | None:
    """The file of a version with this hash; of several names for the same bytes the first."""
    rows = db.query(
        "select name, sha256, media_type, size from checklist_file"
        " where checklist_id = :id and version = :version and sha256 = :sha256 order by name limit 1",
        {"id": checklist_id, "version": version, "sha256": sha256},
    )
    return next((ChecklistFile.model_validate(row) for row in rows), None)
