"""How long bad and large workbooks occupy a reader: a bomb, 20,000 rows, and the commune checklist itself."""

from __future__ import annotations

import zipfile
from io import BytesIO

from openpyxl import Workbook

from bench.figures import Figure, from_runs, timed
from forms.faults import ChecklistError
from forms.library import library_source
from forms.xlsform.reader import read_checklist

ROWS = 20_000
BOMB_BYTES = 300_000_000


def measure() -> list[Figure]:
    """Milliseconds until the fault is told, or the checklist is there."""
    bad = {f"{BOMB_BYTES // 1_000_000} MB named xlsx": bomb(), f"{ROWS:,} rows": long_sheet()}
    figures = [
        from_runs(f"Refusing a workbook: {name}", timed(lambda s=s: refused(s), 3), "ms") for name, s in bad.items()
    ]
    source = library_source("commune")
    return [
        *figures,
        from_runs("Reading the commune checklist", timed(lambda: read_checklist(source, "commune.md"), 3), "ms"),
    ]


def refused(source: bytes) -> str:
    """The code of the first fault."""
    try:
        read_checklist(source, "bad.xlsx")
    except ChecklistError as error:
        return error.faults[0].code
    raise AssertionError("a bad workbook was accepted")


def bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(BOMB_BYTES))
    return out.getvalue()


def long_sheet() -> bytes:
    book, out = Workbook(write_only=True), BytesIO()
    sheet = book.create_sheet("survey")
    sheet.append(["type", "name"])
    for number in range(ROWS):
        sheet.append(["text", f"q{number}"])
    book.save(out)
    return out.getvalue()
