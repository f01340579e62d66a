"""Forms written as Markdown in tests: the sheets that most of them share, and what the reader says about them."""

from __future__ import annotations

from textwrap import dedent

from forms.faults import ChecklistError
from forms.xlsform.reader import read_checklist

SETTINGS = """
    | settings |
    | | form_id | version | form_title |
    | | f       | 1       | Phiếu      |
"""

CHOICES = """
    | choices |
    | | list_name | name | label | score   |
    | | yn        | yes  | Có    | 1       |
    | | yn        | no   | Không | 0       |
    | | yn        | na   | Không áp dụng | na |
"""

SCORED = (
    CHOICES
    + """
    | sections |
    | | name | weight |
    | | B    | 100    |
    | levels |
    | | name | rank | label | when   |
    | | ok   | 1    | Đạt   | true() |
"""
)


def read(form):
    return read_checklist(dedent(form).encode(), "phieu.md")


def faults(form):
    """(code, sheet, row) of the errors, or of the warnings when there is no error."""
    try:
        found = read(form)[1]
    except ChecklistError as error:
        found = error.faults
    return [(fault.code, fault.sheet, fault.row) for fault in found]


def survey_faults(survey, more=SETTINGS):
    return [(code, row) for code, sheet, row in faults(dedent(survey) + dedent(more)) if sheet == "survey"]
