"""The documents of the story's visits, made in a process that has already made one; and what making them takes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image
from pypdf import PdfReader

from bench.figures import Figure, from_runs, timed
from bench.server import visit_of
from reports.facts import Photo, ReportFacts
from reports.minutes import minutes
from reports.minutes_facts import Minutes
from reports.report import visit_report
from survey.database import opened
from survey.documents.minutes_record import record_of
from survey.documents.report_facts import collect_facts
from survey.map.drawn_map import geometry_for_locator
from survey.settings import Settings
from survey.store import visits

UNITS = {"commune": "15271", "department": "38.SO", "centre": "38.TT"}
PAGES = 15
PHOTOS = 6
PIXELS = (1600, 1200)  # of a photo as the tablet sends it
RUNS = 5

PEAK = """
import resource, sys
from pathlib import Path
from bench.report import material
from reports.report import visit_report
found = material(Path(sys.argv[1]), "15271")
visit_report(found.with_photos(), "vi", found.country)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


class Material(NamedTuple):
    """What the documents of one visit are made of."""

    facts: ReportFacts
    record: Minutes
    country: Any

    def with_photos(self) -> ReportFacts:
        """The facts with six photos, each full of detail, in place of the drawings of the demo."""
        places = [photo.question for photo in self.facts.photos] or ["/H/H08"]
        photos = [
            Photo(question=places[n % len(places)], sha256=f"{n:064d}", media_type="image/jpeg", data=picture(n))
            for n in range(PHOTOS)
        ]
        return self.facts.model_copy(update={"photos": photos})


def measure(data: Path) -> list[Figure]:
    """Milliseconds and size of each document, what fifteen pages take, and the most memory of the process."""
    figures = []
    for name, unit in UNITS.items():
        found = material(data, unit)
        facts = found.with_photos() if name == "commune" else found.facts
        figures += of_pages(f"Report of the {name}", lambda f=facts, c=found.country: visit_report(f, "vi", c))  # type: ignore[misc]
    found = material(data, UNITS["commune"])
    figures.append(of_document("Minutes of the commune", lambda: minutes(found.facts, found.record), 1000))
    return [*figures, Figure("Most memory of a process that makes a report", peak_mb(data), "MB", 350)]


def of_pages(name: str, make: Callable[[], bytes]) -> list[Figure]:
    """Time and size of a report, and the time for fifteen of its pages."""
    pdf = make()
    pages = len(PdfReader(BytesIO(pdf)).pages)
    spans = timed(make, RUNS)
    each = [span * PAGES / pages for span in spans]
    return [
        from_runs(f"{name}: {pages} pages", spans, "ms"),
        from_runs(f"  of these, {PAGES} pages", each, "ms", 1200),
        Figure("  size of its file", len(pdf) / 1e6, "MB", 1.5),
    ]


def of_document(name: str, make: Callable[[], bytes], aim: float) -> Figure:
    pages = len(PdfReader(BytesIO(make())).pages)
    return from_runs(f"{name}: {pages} pages", timed(make, RUNS), "ms", aim)


def material(data: Path, unit: str) -> Material:
    """The submitted visit of a unit in the demo. LookupError when there is none."""
    with opened(data) as db:
        visit = visits.find(db, visit_of(data, "submitted", unit=unit))
        if visit is None:
            raise LookupError(unit)
        facts = collect_facts(db, visit, data)
        country = geometry_for_locator(db, Settings(data=data))
        return Material(facts, record_of(db, visit, facts, data, "vi"), country)


def picture(number: int) -> bytes:
    """A photo that compresses as badly as one of an office does: shapes, shades and grain."""
    grain = Image.effect_noise(PIXELS, 18).convert("RGB")
    shades = Image.linear_gradient("L").resize(PIXELS).convert("RGB").rotate(60 * number)
    out = BytesIO()
    Image.blend(shades, grain, 0.35).save(out, "JPEG", quality=80)
    return out.getvalue()


def peak_mb(data: Path) -> float:
    """Resident memory at its highest of a fresh process that makes the report with its photos once."""
    said = subprocess.run([sys.executable, "-c", PEAK, str(data)], check=True, capture_output=True, text=True).stdout
    return int(said.split()[-1]) / 1024
