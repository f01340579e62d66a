"""The visit report: one PDF of the story's commune, in a process that has already rendered one."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from bench.figures import Figure, from_runs, timed
from bench.server import visit_of
from reports.report import visit_report
from survey.database import opened
from survey.report_facts import collect_facts
from survey.store import visits


def measure(data: Path) -> list[Figure]:
    """Milliseconds, pages and size of the report."""
    with opened(data) as db:
        visit = visits.find(db, visit_of(data, "submitted", unit="15271"))
        if visit is None:
            raise LookupError("the story's visit")
        facts = collect_facts(db, visit, data, "vi")
    pdf = visit_report(facts, "vi")
    pages = len(PdfReader(BytesIO(pdf)).pages)
    return [
        from_runs(f"Visit report, {pages} pages", timed(lambda: visit_report(facts, "vi"), 5), "ms", 1500),
        Figure("Visit report, size", len(pdf) / 1000, "kB"),
    ]
