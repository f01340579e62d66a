"""The visit report as a Word file, for whoever must edit it: the same page as the PDF, so the same text."""

from __future__ import annotations

from reports.archive import Data
from reports.copies import copy_of
from reports.facts import Copy, ReportFacts
from reports.items import Sheet
from reports.locator import Geometry
from reports.report import foot, page, page_styles
from reports.visit_data import visit_data
from reports.word.document import word_document
from reports.word.pages import Margins
from reports.wording import Wording


def visit_report_docx(
    facts: ReportFacts,
    language: str = "vi",
    country: Geometry | None = None,
    copy: Copy = "internal",
    numbers_allowed: bool = False,
) -> bytes:
    """A copy of the report on a visit as a .docx file, in "vi" or "en"; arguments as those of `visit_report`.

    The same facts give the same bytes.
    """
    sheet = Sheet(copy_of(facts, copy, numbers_allowed), Wording(language))
    data = visit_data(sheet)
    return word_document(page(sheet, country, data), page_styles(), data.made_on, margins(sheet, data))


def margins(sheet: Sheet, data: Data) -> Margins:
    """What the margins of the PDF say too."""
    facts, say = sheet.facts, sheet.wording.plain
    return Margins(
        foot=tuple(foot(sheet, data)),
        mark=say("mark.fictitious") if facts.fictitious else "",
        watermark="" if facts.visit.submitted else say("mark.draft"),
    )
