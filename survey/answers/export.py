"""An export of answers put together: tables or objects of the visits that are wanted, as pieces of a file."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any

from reports.answers.columns import VISITS, Column, Layout, Parts, layouts_of, worded
from reports.answers.objects import feature_collection, feature_of, json_array, object_of, point_of
from reports.answers.rows import Row, Rows
from reports.answers.tables import PORTION, Table, Tail, csv_archive
from reports.answers.words import (
    ABOUT,
    CALLED,
    COLUMNS,
    HISTORY,
    INSTANCE,
    TABLES,
    TAKEN,
    VISIT,
    head_of,
    heads,
    meaning_of,
)
from reports.answers.workbook import MOST_COLUMNS, write_workbook
from survey.answers.history import History
from survey.answers.reading import ExportedVisit, Reader, Wanted
from survey.database import Database
from survey.problems import Problem
from survey.store import exported_visits

SCRATCH = "export-"  # how folders begin in which a workbook is made
LARGE = 20_000  # visits from which a part of the file may come to more than 2 GB


class Export:
    """One export, read from a database that stands still meanwhile: the caller holds `one_moment`."""

    def __init__(self, db: Database, wanted: Wanted) -> None:
        """Problem answers_no_checklist, answers_too_wide for a workbook, answers_no_place for an unknown geopoint."""
        self.wanted = wanted
        self.about: list[tuple[str, str]] = []
        """What the file says of itself, in lines of name and words."""
        self.reader = Reader(db, wanted)
        if not self.reader.versions:
            raise Problem("answers_no_checklist", id=wanted.scope.checklist)
        self.counts = exported_visits.count(db, wanted.scope)
        self.layouts = self._layouts()
        # The name may hold what is confidential: it stands in the internal copy only.
        is_called = wanted.internal and any(one.instance_name for one in self.reader.versions)
        self.known = VISIT | CALLED if is_called else VISIT
        self.rows = Rows(self.layouts, self.reader.versions, list(self.known), list(INSTANCE), wanted.worded_in)
        self._ensure_it_fits()

    @property
    def visits(self) -> int:
        return self.counts["draft"] + self.counts["submitted"]

    def pieces(self, folder: Path) -> Generator[bytes, None, None]:
        """The bytes of the file, piece by piece; empty pieces while a workbook is made. What waits lies in `folder`."""
        if self.wanted.form == "csv":
            yield from self._as_csv(folder)
        elif self.wanted.form == "xlsx":
            yield from self._as_xlsx(folder)
        elif self.wanted.form == "json":
            yield from json_array(self._objects())
        else:
            yield from feature_collection(dict(self.about), self._features())

    def _layouts(self) -> list[Layout]:
        wanted, versions = self.wanted, self.reader.versions
        tables = wanted.form != "json"
        parts = Parts(wanted.notes, wanted.scores, choices=wanted.choices and tables, places=tables)
        hidden = {one.version: self.reader.copy_of(one.version).hidden for one in versions}
        return layouts_of(versions, hidden, TAKEN, wanted.language, parts)

    def _ensure_it_fits(self) -> None:
        wanted = self.wanted
        widest = max(len(layout.columns) for layout in self.layouts) + len(self.known)
        if wanted.form == "xlsx" and widest > MOST_COLUMNS:
            raise Problem("answers_too_wide", columns=widest, limit=MOST_COLUMNS)
        if wanted.form == "geojson" and wanted.place and wanted.place not in self.places():
            raise Problem("answers_no_place", name=wanted.place)

    def places(self) -> dict[str, Column]:
        """The questions for a place that is asked once, by name."""
        found = (column for column in self.layouts[0].columns if column.part == "latitude")
        return {column.name.rpartition("#")[0]: column for column in found}

    def _as_csv(self, folder: Path) -> Iterator[bytes]:
        def spool() -> IO[bytes]:
            return TemporaryFile(dir=folder)

        rows = (row for one in self.reader.visits() for row in self.rows.of(one.record))
        yield from csv_archive(self._tables(), rows, self._tails(), spool, large=self.visits > LARGE)

    def _as_xlsx(self, folder: Path) -> Iterator[bytes]:
        rows = (row for one in self.reader.visits() for row in self.rows.of(one.record))
        about = {"title": self.title, "created": datetime(1980, 1, 1)}
        with TemporaryDirectory(prefix=SCRATCH, dir=folder) as scratch, TemporaryFile(dir=scratch) as out:
            large = self.visits > LARGE
            for _ in write_workbook(out, Path(scratch), self._tables(), rows, self._tails(), about=about, large=large):
                yield b""
            out.seek(0)
            while piece := out.read(PORTION):
                yield piece

    def _tables(self) -> list[Table]:
        spoken = self.wanted.worded_in
        found = []
        for layout in self.layouts:
            about = self.known if layout.name == VISITS else INSTANCE
            questions = [head_of(column, spoken) for column in layout.columns]
            found.append(Table(self._named(layout.name, layout.label), heads(about, spoken) + questions))
        return found

    def _tails(self) -> Iterator[Tail]:
        spoken = self.wanted.worded_in
        if self.wanted.history:
            history = History(self.reader, self.layouts)
            yield Table(self._named("history"), heads(HISTORY, spoken)), history.rows()
        yield Table(self._named("columns"), heads(COLUMNS, spoken)), self._explained()
        yield Table(self._named("about"), heads(ABOUT, spoken)), (list(line) for line in self.about)

    def _named(self, name: str, label: str = "") -> str:
        """A table as a file is called, or in words as a sheet is."""
        if self.wanted.form != "xlsx" or not self.wanted.words:
            return name
        return worded(TABLES[name], self.wanted.language) if name in TABLES else f"{name} {label}".strip()

    def _explained(self) -> Iterator[Row]:
        """What each column means, for whoever reads the names alone."""
        language = self.wanted.language
        for layout in self.layouts:
            about = self.known if layout.name == VISITS else INSTANCE
            table = self._named(layout.name, layout.label)
            for name, text in about.items():
                yield [table, name, worded(text, language), None, None, None]
            for one in layout.columns:
                node = next(iter(one.nodes.values()), None)
                versions = " ".join(sorted({*one.nodes, *one.sections}))
                kind = node.type if node else None
                yield [table, one.name, meaning_of(one, language), one.part or None, kind, versions]

    @property
    def title(self) -> str:
        return worded(self.reader.versions[0].title, self.wanted.language)

    def _objects(self) -> Iterator[dict[str, Any]]:
        history = History(self.reader, self.layouts) if self.wanted.history else None
        for one in self.reader.visits(with_log=self.wanted.history):
            changes = [_without_visit(entry) for entry in history.of(one)] if history else None
            yield object_of(self.rows, one.record, self.known, changes)

    def _features(self) -> Iterator[dict[str, Any]]:
        names = [*self.known, *(column.name for column in self.layouts[0].columns)]
        for one in self.reader.visits():
            _, row = next(self.rows.of(one.record))
            yield feature_of(dict(zip(names, row, strict=True)), self._point(one))

    def _point(self, one: ExportedVisit) -> tuple[float, ...] | None:
        if not self.wanted.place:
            return one.point
        node = self.places()[self.wanted.place].nodes.get(one.visit.checklist_version)
        view = one.record.questions.get(node.path) if node else None
        return point_of(view.get("value")) if view and view.get("relevant") else None


def _without_visit(entry: dict[str, Any]) -> dict[str, Any]:
    """A change without what the object of its visit says already."""
    return {name: value for name, value in entry.items() if name not in VISIT}
