"""Reads an XLSForm into a `Checklist`, or says everything that is wrong with it, by sheet and row."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePath

from forms.checklist import Checklist, Section
from forms.faults import Fault
from forms.xlsform.attached_files import Files, WantedFiles, composed, external_lines, with_files
from forms.xlsform.choice_rows import read_choices
from forms.xlsform.columns import Column, Columns, Line, read_lines
from forms.xlsform.content_checks import check_content
from forms.xlsform.diagnosis import Diagnosis, in_order
from forms.xlsform.expression_checks import check_expressions
from forms.xlsform.extras import Settings, make_sections, read_levels, read_rules, read_section_weights, read_settings
from forms.xlsform.other_tools import check_with_pyxform
from forms.xlsform.survey_rows import SurveyReader
from forms.xlsform.workbook import Row, Sheet, read_workbook

columns_needed = {
    "survey": ("type", "name"),
    "choices": ("list_name", "name"),
    "sections": ("name", "weight"),
    "levels": ("name", "rank", "when"),
    "recommendations": ("code", "questions", "when", "text"),
}


RESERVED = ("minutes",)
"""Names of top-level groups that are kept for what a visit holds besides its checklist."""


def read_checklist(
    source: bytes, filename: str, reserved: Collection[str] = RESERVED, files: Files | None = None
) -> tuple[Checklist, list[Fault]]:
    """The checklist in a .xlsx, .xls, .csv or .md file, with warnings; raises ChecklistError with every error found.

    `files` are those attached to it, by name.

    What the sheets, columns and values mean is told in the documentation of checklists; the survey, choices and
    settings sheets are those of xlsform.org. Nothing that is not supported is passed over.
    """
    diagnosis = Diagnosis()
    book = read_workbook(source, filename, diagnosis)
    settings = read_settings(book.get("settings"), book.get("survey"), PurePath(filename).stem, diagnosis)
    lines = {
        name: read_lines(sheet, settings.default_language, diagnosis)
        for name, sheet in book.items()
        if name != "settings"
    }
    check_columns(book, lines, diagnosis)
    diagnosis.raise_errors()
    wanted = WantedFiles(composed({} if files is None else files), diagnosis)
    checklist = with_files(build(settings, lines, wanted), wanted)
    if wanted.is_incomplete:  # expressions that name a missing file are not faulty as well
        diagnosis.raise_errors()
    check_content(checklist, reserved, diagnosis)
    diagnosis.errors += check_expressions(checklist)
    diagnosis.raise_errors()
    check_with_pyxform(lines | settings_lines(book), diagnosis)
    diagnosis.raise_errors()
    return checklist, in_order(diagnosis.warnings)


def check_columns(book: dict[str, Sheet], lines: dict[str, list[Line]], diagnosis: Diagnosis) -> None:
    """The sheets and columns without which nothing else can be said."""
    if not lines.get("survey"):
        diagnosis.refuse("survey_missing", "survey")
    for sheet, needed in columns_needed.items():
        if lines.get(sheet):
            for name in needed:
                if name not in lines[sheet][0].columns.by_name:
                    diagnosis.refuse("column_missing", sheet, 1, name=name)


def build(settings: Settings, lines: dict[str, list[Line]], wanted: WantedFiles) -> Checklist:
    """The checklist of the sheets; parts that could not be read are left out and stand in the diagnosis."""
    diagnosis = wanted.diagnosis
    external, rows = external_lines(lines["survey"])
    for line in external:
        wanted.take_external(line)
    choices = read_choices(lines.get("choices", []), diagnosis)
    section_lines = lines.get("sections", [])
    weights = read_section_weights(section_lines, diagnosis) if section_lines else None
    loose = Section(name=free_name(settings.id, lines["survey"]), label=settings.title)
    nodes = SurveyReader(choices, weights, loose.name, diagnosis, wanted).read(rows)
    return Checklist(
        id=settings.id,
        version=settings.version,
        title=settings.title,
        languages=languages(settings, lines),
        unit_kinds=settings.unit_kinds,
        instance_name=settings.instance_name,
        style=settings.style,
        nodes=nodes,
        choices=choices,
        sections=make_sections(nodes, weights, loose, section_lines, diagnosis),
        levels=read_levels(lines.get("levels", []), diagnosis),
        rules=read_rules(lines.get("recommendations", []), nodes, diagnosis),
    )


def free_name(name: str, lines: list[Line]) -> str:
    """The name, with "_" behind it as long as a row of the survey has the same."""
    taken = {line.text("name") for line in lines}
    while name in taken:
        name += "_"
    return name


def languages(settings: Settings, lines: dict[str, list[Line]]) -> list[str]:
    """The languages of the form, the default one first, the others in the order of the columns."""
    found = [settings.default_language, *settings.title]
    for sheet in lines.values():
        found += sheet[0].columns.languages if sheet else []
    return list(dict.fromkeys(found))


def settings_lines(book: dict[str, Sheet]) -> dict[str, list[Line]]:
    """The settings for pyxform: with the title in one language, the only way it knows."""
    sheet = book.get("settings")
    if sheet is None or not sheet.rows:
        return {}
    row = sheet.rows[0]
    cells = {header: text for header, text in row.cells.items() if "::" not in header}
    return {"settings": [Line("settings", Row(2, cells), Columns({h: Column(h) for h in cells}, ""))]}
