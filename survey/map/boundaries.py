"""Official boundaries in place of the schematic: taken in from a file, drawn small enough for a tablet, and removed."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

from forms.units import Unit, name_in_sentence
from reports.boundaries import FINE, Place, draw_boundaries
from reports.locator import Geometry, ring_numbers
from reports.map import packed, page_geometry
from reports.topology import Polygon
from survey.database import Database, transaction
from survey.files.evidence import telling_what_is_lacking
from survey.map.boundary_file import LARGEST_FILE, BoundaryFile, read_boundaries, some
from survey.problems import Problem
from survey.store import audit, units
from survey.store import boundaries as store
from survey.store.attachments import write_whole
from survey.store.boundaries import BoundarySet
from survey.units.shapes import reshaped_on
from survey.web.app_assets import STATIC

SCHEMATIC = STATIC / "map" / "schematic.topojson"
LONGEST_NAME = 80


@dataclass(frozen=True)
class Summary:
    """What became of a file: units with a boundary, those without, codes that were other ones before or are unknown.

    `page_size` and `packed_size` are the bytes of what a page reads, as it is and on its way.
    """

    drawn: int
    missing: list[Unit]
    recoded: dict[str, str]
    unknown: list[str]
    page_size: int
    packed_size: int

    def counts(self) -> dict[str, int]:
        lists = {"missing": self.missing, "recoded": self.recoded, "unknown": self.unknown}
        return {"drawn": self.drawn} | {name: len(found) for name, found in lists.items()}


def import_boundaries(db: Database, folder: Path, file: IO[bytes], name: str, *, day: date, by: str | None) -> Summary:
    """Check a file, draw it and let the map use it; a Problem leaves everything as it was.

    `day` says which units there are. Units that the file lacks keep their shape of the schematic, marked as such. The
    drawing is on the disk before the row names it, so that whoever reads the row finds the file.
    """
    communes = units.list_all_communes(db, day)
    found = read_boundaries(file, [unit.code for unit in communes])
    file.seek(0)
    source = hashlib.sha256(file.read(LARGEST_FILE)).hexdigest()
    merged = {code: change.code for change in reshaped_on(db, day) for code in change.takes}
    recoded, unknown = _fit_codes(found, {unit.code for unit in communes}, units.recoded_units(db, day), merged)
    if not found.polygons:
        raise Problem("boundaries_no_unit", codes=some(unknown))
    missing = [unit for unit in communes if unit.code not in found.polygons]
    topology = _draw(found, communes, {unit.code for unit in missing})
    drawing = json.dumps(topology, ensure_ascii=False, separators=(",", ":")).encode()
    sha256 = hashlib.sha256(drawing).hexdigest()
    with telling_what_is_lacking():
        write_whole(store.place_of(folder, sha256), drawing)
    summary = _summary(topology, len(communes) - len(missing), missing, recoded, unknown)
    kept = BoundarySet(
        sha256=sha256, file_name=_printable(name), file_sha256=source, units=summary.drawn,
        missing=[unit.code for unit in missing],
    )  # fmt: skip
    with transaction(db):
        store.use(db, kept, by)
        audit.record(db, "boundaries_imported", by=by, file=kept.file_name, sha256=sha256, units=summary.counts())
    return summary


def remove_boundaries(db: Database, by: str | None) -> BoundarySet:
    """Go back to the schematic and say what was in use; Problem boundaries_not_in_use."""
    with transaction(db):
        used = store.find_in_use(db)
        if used is None:
            raise Problem("boundaries_not_in_use")
        store.use_none(db)
        audit.record(db, "boundaries_removed", by=by, file=used.file_name, sha256=used.sha256)
    return used


def _fit_codes(
    found: BoundaryFile, known: set[str], successors: dict[str, str], merged: dict[str, str]
) -> tuple[dict[str, str], list[str]]:
    """Give polygons under a former code today's, and drop those of unknown codes; both are told.

    `successors` are the same units under another code, `merged` units that were taken over by others.
    """
    recoded, unknown = {}, []
    for code in sorted(found.polygons.keys() - known):
        polygons, new = found.polygons.pop(code), successors.get(code) or merged.get(code)
        if new and (new not in found.polygons or code not in successors):
            found.polygons[new] = [*found.polygons.get(new, []), *polygons]
            recoded[code] = new
        else:
            unknown.append(code)
    return recoded, sorted([*unknown, *(code for code in found.without if code not in known)])


def _draw(found: BoundaryFile, communes: list[Unit], missing: set[str]) -> dict[str, Any]:
    places = {u.code: Place(name_in_sentence(u), u.province_code, u.code in missing) for u in communes}
    polygons = found.polygons | (_schematic_polygons(missing) if missing else {})
    provinces = {unit.province_code: unit.province_name for unit in communes}
    return draw_boundaries(polygons, places, provinces)


def _schematic_polygons(codes: set[str]) -> dict[str, list[Polygon]]:
    """The shapes of some units in the schematic on the grid of the boundaries; a unit it lacks stays without."""
    country = Geometry(json.loads(SCHEMATIC.read_text(encoding="utf-8")))

    def placed(numbers: list[int]) -> list[tuple[int, int]]:
        return [(round(x * FINE), round(y * FINE)) for x, y in country.ring(numbers)]

    def polygons(shape: dict[str, Any]) -> list[Polygon]:
        parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        return [[placed(ring) for ring in part] for part in parts]

    return {code: polygons(shape) for code, shape in country.units.items() if code in codes and ring_numbers(shape)}


def _summary(
    topology: dict[str, Any], drawn: int, missing: list[Unit], recoded: dict[str, str], unknown: list[str]
) -> Summary:
    page = packed(page_geometry(topology))
    return Summary(drawn, missing, recoded, unknown, len(page), len(gzip.compress(page, 9)))


def _printable(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name[:LONGEST_NAME])
