"""Published checklist versions: written once, never changed, compiled once per process."""

# ruff: noqa: S608 - the parts of the statements are constants of this module

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from forms.checklist import Checklist, Text
from forms.engine import Engine, compile_checklist
from forms.module import module_of as module_text
from forms.xlsform.attached_files import composed
from survey.checklists.attached import keep_files, read_with_files
from survey.checklists.tables import tables_apart
from survey.clock import utc_text
from survey.database import Database, transaction
from survey.problems import Problem
from survey.store import audit
from survey.store.checklist_files import ChecklistFile, add_files

COLUMNS = "id, version, title, unit_kinds, source_name, sha256, published_at, published_by"


class Version(BaseModel):
    """What is known of a published version without opening it.

    `sha256` is that of its source, with attached files that of all their names and hashes together.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    version: str
    title: Text
    unit_kinds: list[str]
    source_name: str
    sha256: str
    published_at: str
    published_by: str | None

    def fits(self, unit_kind: str) -> bool:
        """Whether units of this kind are assessed with it; a checklist that names no kinds fits all."""
        return not self.unit_kinds or unit_kind in self.unit_kinds


def publish(
    db: Database,
    source: bytes,
    source_name: str,
    *,
    by: str | None,
    files: Mapping[str, bytes] | None = None,
    folder: Path | None = None,
    read: Checklist | None = None,
) -> Version:
    """Read, compile and keep a version with its attached files by name; the same bytes again change nothing.

    `read` is what source and files were read as already, if they were.
    The files that the checklist uses are written into the data folder `folder`, which files need. ChecklistError with
    every fault of source and files; Problem version_differs when the id and version are taken by other bytes.
    """
    attached = composed({} if files is None else files)
    checklist = read or read_with_files(source, source_name, attached)[0]
    digest = digest_of(source, checklist.files)
    existing = find(db, checklist.id, checklist.version)
    if existing is None:
        engine = compile_checklist(checklist)
        kept = keep_files(folder, checklist, attached) if folder else []
        if len(kept) < len(checklist.files):
            raise ValueError("a checklist with attached files needs a folder for them")
        _insert(db, engine, source, source_name, digest, by, kept)
        existing = require_version(db, checklist.id, checklist.version)
    if existing.sha256 != digest:
        raise Problem("version_differs", id=checklist.id, version=checklist.version)
    return existing


def digest_of(source: bytes, files: Mapping[str, str]) -> str:
    """The hash of a version: that of its source, or of the source and the names and hashes of what is attached."""
    digest = hashlib.sha256(source).hexdigest()
    if not files:
        return digest
    lines = [digest, *(f"{sha256} {name}" for name, sha256 in sorted(files.items()))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _insert(
    db: Database,
    engine: Engine,
    source: bytes,
    source_name: str,
    digest: str,
    by: str | None,
    files: list[ChecklistFile],
) -> None:
    checklist = engine.checklist
    values = {
        "id": checklist.id,
        "version": checklist.version,
        "title": json.dumps(checklist.title, ensure_ascii=False),
        "unit_kinds": " ".join(checklist.unit_kinds),
        "source": source,
        "source_name": source_name,
        "sha256": digest,
        "definition": checklist.model_dump_json(),
        "module": module_text(engine, tables_apart(checklist)),
        "published_at": utc_text(),
        "published_by": by,
    }
    with transaction(db):
        try:
            db.execute(
                """insert into checklist_version (id, version, title, unit_kinds, source, source_name, sha256,
                                                  definition, module, published_at, published_by)
                   values (:id, :version, :title, :unit_kinds, :source, :source_name, :sha256, :definition, :module,
                           :published_at, :published_by)""",
                values,
            )
        except sqlite3.IntegrityError:  # somebody published it in between; the caller compares the bytes
            return
        add_files(db, checklist.id, checklist.version, files)
        audit.record(db, "checklist_published", by=by, checklist=checklist.id, version=checklist.version)


def find(db: Database, checklist_id: str, version: str) -> Version | None:
    """The version with this id and number."""
    rows = db.query(
        f"select {COLUMNS} from checklist_version where id = :id and version = :version",
        {"id": checklist_id, "version": version},
    )
    return next((_version(row) for row in rows), None)


def require_version(db: Database, checklist_id: str, version: str) -> Version:
    """Like `find`; Problem checklist_not_found."""
    found = find(db, checklist_id, version)
    if found is None:
        raise Problem("checklist_not_found", id=checklist_id, version=version)
    return found


def find_latest(db: Database, checklist_id: str) -> Version | None:
    """The version of a checklist that was published last."""
    return next((version for version in list_latest(db) if version.id == checklist_id), None)


def list_versions(db: Database) -> list[Version]:
    """All versions by id, the one published last first."""
    rows = db.query(f"select {COLUMNS} from checklist_version order by id, published_at desc, version desc")
    return [_version(row) for row in rows]


def list_latest(db: Database) -> list[Version]:
    """The last published version of each checklist: what new visits use."""
    latest: dict[str, Version] = {}
    for version in list_versions(db):
        latest.setdefault(version.id, version)
    return list(latest.values())


def source_of(db: Database, checklist_id: str, version: str) -> bytes:
    """The file as it was published."""
    return bytes(_column(db, "source", checklist_id, version))  # type: ignore[call-overload,no-any-return]


def module_of(db: Database, checklist_id: str, version: str) -> str:
    """The ES module for the tablet."""
    return str(_column(db, "module", checklist_id, version))


def definition_of(db: Database, checklist_id: str, version: str) -> Checklist:
    """The checklist as it was read when it was published."""
    return engine_of(db, checklist_id, version).checklist


def engine_of(db: Database, checklist_id: str, version: str) -> Engine:
    """The compiled checklist, kept in memory under the hash of its source (a version never changes)."""
    found = require_version(db, checklist_id, version)
    kept = _kept_engine(found.sha256)
    if kept:
        return kept[0]
    definition = Checklist.model_validate_json(str(_column(db, "definition", checklist_id, version)))
    kept.append(compile_checklist(definition))
    return kept[0]


@lru_cache(maxsize=32)
def _kept_engine(sha256: str) -> list[Engine]:
    return []


def _column(db: Database, name: str, checklist_id: str, version: str) -> object:
    row = db.execute(
        f"select {name} from checklist_version where id = :id and version = :version",
        {"id": checklist_id, "version": version},
    ).fetchone()
    if row is None:
        raise Problem("checklist_not_found", id=checklist_id, version=version)
    return row[0]


def _version(row: dict[str, object]) -> Version:
    title, kinds = json.loads(str(row["title"])), str(row["unit_kinds"]).split()
    return Version.model_validate(row | {"title": title, "unit_kinds": kinds})
