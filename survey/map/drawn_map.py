"""What the map and its drawings show now: imported boundaries or the schematic, each read once in a process.

The row that names the drawing is asked for every time, so that all processes change over together; what was made from
the file is kept under its path, which holds its hash.
"""

from __future__ import annotations

import gzip
import json
import logging
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from reports.locator import Geometry, Source
from reports.map import packed, page_geometry
from survey.clock import local_date, local_date_of
from survey.database import Database
from survey.map.boundaries import SCHEMATIC
from survey.settings import Settings
from survey.store import boundaries
from survey.store.boundaries import BoundarySet
from survey.units.shapes import Reshaped, reshape, reshaped_on
from survey.web.app_assets import fingerprint

logger = logging.getLogger("survey")


class PageGeometry(NamedTuple):
    """What a page draws the units from, compressed, and a fingerprint of it."""

    packed: bytes
    version: str


def boundaries_shown(db: Database, folder: Path) -> BoundarySet | None:
    """The boundaries that the map draws; None = the schematic, also when the file of the drawing is gone."""
    used = boundaries.find_in_use(db)
    if used and not boundaries.place_of(folder, used.sha256).exists():
        logger.error("the boundaries %s are not in %s: the map shows the schematic", used.sha256, folder)
        return None
    return used


def geometry_for_page(used: BoundarySet | None, folder: Path, changes: tuple[Reshaped, ...]) -> PageGeometry:
    """The geometry of all units as the page reads it; `changes` are those of units since they were drawn."""
    place = boundaries.place_of(folder, used.sha256) if used else SCHEMATIC
    return _page_geometry(place, place.stat().st_mtime_ns, changes)


@lru_cache(maxsize=2)
def _page_geometry(place: Path, changed_ns: int, changes: tuple[Reshaped, ...]) -> PageGeometry:
    topology = reshape(json.loads(place.read_text(encoding="utf-8")), changes)
    body = packed(page_geometry(topology))
    return PageGeometry(gzip.compress(body, 9, mtime=0), fingerprint(body))


def geometry_for_locator(db: Database, settings: Settings) -> Geometry:
    """The geometry of all units for the locator map of reports and of the field."""
    used = boundaries_shown(db, settings.data)
    changes = reshaped_on(db, local_date(settings.utc_offset_hours))
    if used is None:
        return _locator_geometry(SCHEMATIC, None, changes)
    source = Source(used.file_name, local_date_of(used.imported_at, settings.utc_offset_hours), frozenset(used.missing))
    return _locator_geometry(boundaries.place_of(settings.data, used.sha256), source, changes)


def schematic_geometry() -> Geometry:
    """The schematic for the locator map, whatever is in use."""
    return _locator_geometry(SCHEMATIC, None, ())


@lru_cache(maxsize=2)
def _locator_geometry(place: Path, source: Source | None, changes: tuple[Reshaped, ...]) -> Geometry:
    return Geometry(reshape(json.loads(place.read_text(encoding="utf-8")), changes), source)
