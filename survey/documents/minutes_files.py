"""The minutes of a visit in each form in which they are given out: to sign, to edit, to follow up."""

from __future__ import annotations

from reports.facts import ReportFacts
from reports.minutes_facts import Minutes
from survey.documents.report_files import Form


def minutes_file(form: Form, facts: ReportFacts, record: Minutes, language: str) -> bytes:
    """The minutes in "vi" or "en", as Excel file only their commitments; the form is the ending of its file name.

    PrintingUnavailableError for a PDF when pango is missing.
    """
    # Late: each library takes up to half a second to import, and one file needs one of them.
    if form == "docx":
        from reports.minutes_word import minutes_docx

        return minutes_docx(facts, record, language)
    if form == "xlsx":
        from reports.minutes_workbook import minutes_xlsx

        return minutes_xlsx(facts, record, language)
    from reports.minutes import minutes

    return minutes(facts, record, language)
