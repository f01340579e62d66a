"""The report of a visit in each form in which it is given out: to print, to edit, to reckon with."""

from __future__ import annotations

from typing import Literal, get_args

from reports.facts import Copy, ReportFacts
from reports.locator import Geometry
from survey.problems import Problem
from survey.store.documents import Wanted

Form = Literal["pdf", "docx", "xlsx"]
FORMS: tuple[Form, ...] = get_args(Form)

COPIES: tuple[Copy, ...] = get_args(Copy)

OPEN_XML = "application/vnd.openxmlformats-officedocument."
MEDIA_TYPES: dict[Form, str] = {
    "pdf": "application/pdf",
    "docx": OPEN_XML + "wordprocessingml.document",
    "xlsx": OPEN_XML + "spreadsheetml.sheet",
}


def form_of(name: str) -> Form:
    """The form that the ending of a file name asks for; ValueError for any other ending."""
    for form in FORMS:
        if name.lower().endswith(f".{form}"):
            return form
    raise ValueError(f"{name}: a report ends in {', '.join(f'.{form}' for form in FORMS)}")


def copy_of_report(wanted: Wanted) -> Copy:
    """Whom a report is for; Problem not_found for a copy that reports do not have."""
    if wanted.copy == "paper":
        raise Problem("not_found")
    return wanted.copy


def report_file(
    form: Form,
    facts: ReportFacts,
    language: str,
    country: Geometry,
    copy: Copy = "internal",
    numbers_allowed: bool = False,
) -> bytes:
    """A copy of the report in "vi" or "en"; the form is the ending of its file name.

    `numbers_allowed` is the setting `commune_sees_numbers`. PrintingUnavailableError for a PDF when pango is missing.
    """
    # Late: each library takes up to half a second to import, and one report needs one of them.
    if form == "docx":
        from reports.word.report import visit_report_docx

        return visit_report_docx(facts, language, country, copy, numbers_allowed)
    if form == "xlsx":
        from reports.report_workbook import visit_report_xlsx

        return visit_report_xlsx(facts, language, copy, numbers_allowed)
    from reports.report import visit_report

    return visit_report(facts, language, country, copy, numbers_allowed)
