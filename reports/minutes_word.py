"""The minutes as a Word file, for whoever must edit them: the same page as the PDF, so the same text."""

from __future__ import annotations

from reports.facts import ReportFacts
from reports.minutes import foot_lines, is_draft, minutes_html, minutes_styles
from reports.minutes_facts import Minutes
from reports.word.document import word_document
from reports.word.pages import Margins
from reports.wording import Wording


def minutes_docx(facts: ReportFacts, record: Minutes, language: str = "vi") -> bytes:
    """The minutes of a visit as a .docx file in "vi" or "en", without anything confidential and without scores.

    The number of pages is a field that Word works out. The same facts and record give the same bytes.
    """
    page = minutes_html(facts, record, language)
    return word_document(page, minutes_styles(), facts.visit.visited_on, margins(facts, record, Wording(language)))


def margins(facts: ReportFacts, record: Minutes, wording: Wording) -> Margins:
    """What the margins of the PDF say too."""
    return Margins(
        foot=tuple(foot_lines(record, wording)),
        mark=wording.plain("mark.fictitious") if facts.fictitious else "",
        watermark=wording.plain("mark.draft") if is_draft(record) else "",
    )
