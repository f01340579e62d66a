"""Trip reports and syntheses in each form in which they are given out: to print, to edit, to reckon with."""

from __future__ import annotations

from reports.locator import Geometry
from reports.synthesis.facts import SynthesisFacts
from reports.trip_report.facts import TripFacts
from survey.documents.report_files import Form


def synthesis_file(form: Form, facts: SynthesisFacts, language: str, country: Geometry) -> bytes:
    """A synthesis in "vi" or "en"; PrintingUnavailableError for a PDF when pango is missing."""
    # Late, here and below: each library takes up to half a second to import, and one document needs one of them.
    if form == "xlsx":
        from reports.synthesis.workbook import synthesis_xlsx

        return synthesis_xlsx(facts, language)
    from reports.synthesis.document import synthesis, synthesis_docx

    return (synthesis_docx if form == "docx" else synthesis)(facts, language, country)


def trip_report_file(form: Form, facts: TripFacts, language: str) -> bytes:
    """A trip report in "vi" or "en"; PrintingUnavailableError for a PDF when pango is missing."""
    if form == "xlsx":
        from reports.trip_report.workbook import trip_report_xlsx

        return trip_report_xlsx(facts, language)
    from reports.trip_report.document import trip_report, trip_report_docx

    return (trip_report_docx if form == "docx" else trip_report)(facts, language)
