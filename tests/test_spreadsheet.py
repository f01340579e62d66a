"""A checklist written as Markdown and its Excel export are the same checklist, for us and for other tools."""

import io

import pytest
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from forms.faults import ChecklistError
from forms.library import library_names, library_source
from forms.xlsform.reader import read_checklist
from forms.xlsform.spreadsheet import export_xlsx

FORM = b"""
| survey |
| | type          | name | label::vi | weight | score            |
| | begin_group   | B    | B         |        |                  |
| | select_one yn | a    | A         | 2.5    |                  |
| | integer       | b    | =B        | 1      | min(. div 10, 1) |
| | end_group     |      |           |        |                  |
| choices |
| | list_name | name | label::vi | score |
| | yn        | 1    | C         | 1/3   |
| settings |
| | form_id | version | form_title | form_title::en | default_language |
| | f       | 1       | P          | List           | vi               |
| sections |
| | name | weight |
| | B    | 100    |
"""


def test_export_keeps_every_cell_and_calculates_nothing():
    book = load_workbook(io.BytesIO(export_xlsx(FORM, "f.md")))
    assert {page.title: list(page.iter_rows(values_only=True)) for page in book.worksheets} == {
        "survey": [
            ("type", "name", "label::vi", "weight", "score"),
            ("begin_group", "B", "B", None, None),
            ("select_one yn", "a", "A", 2.5, None),
            ("integer", "b", "=B", 1, "min(. div 10, 1)"),
            ("end_group", None, None, None, None),
        ],
        "choices": [("list_name", "name", "label::vi", "score"), ("yn", "1", "C", "1/3")],
        "settings": [
            ("form_id", "version", "form_title", "translated_title::en", "default_language"),
            ("f", "1", "P", "List", "vi"),
        ],
        "sections": [("name", "weight"), ("B", 100)],
    }


def test_exported_checklist_reads_back_the_same():
    assert read_checklist(export_xlsx(FORM, "f.md"), "f.xlsx")[0] == read_checklist(FORM, "f.md")[0]


@pytest.mark.parametrize("name", library_names())
def test_library_exports_are_accepted_by_pyxform_without_a_word(name):
    warnings = []
    convert(export_xlsx(library_source(name), f"{name}.md"), warnings=warnings)
    assert warnings == []


@pytest.mark.parametrize("name", library_names())
def test_library_reads_without_a_warning_and_survives_export(name):
    checklist, warnings = read_checklist(library_source(name), f"{name}.md")
    exported, _ = read_checklist(export_xlsx(library_source(name), f"{name}.md"), f"{name}.xlsx")
    assert (checklist.id, warnings, exported == checklist) == (name, [], True)


def test_what_cannot_be_read_is_not_exported():
    with pytest.raises(ChecklistError):
        export_xlsx(b"", "f.md")


def test_a_checklist_that_does_not_come_with_the_product_is_a_key_error():
    with pytest.raises(KeyError):
        library_source("nothing")
