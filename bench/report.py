"""The visit reports of the story, rendered in a process that has already rendered one."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from bench.figures import Figure, from_runs, timed
from bench.server import visit_of
from reports.report import visit_report
from survey.database import opened
from survey.drawn_map import geometry_for_locator
from survey.report_facts import collect_facts
from survey.settings import Settings
from survey.store import visits

UNITS = {"commune": "15271", "department": "38.SO", "centre": "38.TT"}
PAGES = 15


def measure(data: Path) -> list[Figure]:
    """Milliseconds of each report, and what fifteen of its pages take."""
    figures = []
    for name, unit in UNITS.items():
        with opened(data) as db:
            visit = visits.find(db, visit_of(data, "submitted", unit=unit))
            if visit is None:
                raise LookupError(unit)
            facts = collect_facts(db, visit, data)
            country = geometry_for_locator(db, Settings(data=data))
        pdf = visit_report(facts, "vi", country)
        pages = len(PdfReader(BytesIO(pdf)).pages)
        spans = timed(lambda facts=facts, country=country: visit_report(facts, "vi", country), 5)  # type: ignore[misc]
        figures.append(from_runs(f"Report of the {name}: {pages} pages, {len(pdf) // 1000} kB", spans, "ms"))
        each = [span * PAGES / pages for span in spans]
        figures.append(from_runs(f"  of these, {PAGES} pages", each, "ms", 1500))
    return figures
