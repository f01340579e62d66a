"""Reads the workbooks of Excel 97–2003 (.xls) row by row as texts."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any

from forms.xlsform.diagnosis import Diagnosis
from forms.xlsform.excel_values import value_text
from forms.xlsform.workbook import NumberedRow, RawSheet, StopReadingError, column_letter, is_read


def xls_sheets(source: bytes, diagnosis: Diagnosis) -> Iterator[RawSheet]:
    """The sheets of an Excel 97–2003 workbook that belong to a checklist."""
    # Late: few authors still have such files.
    import xlrd  # type: ignore[import-untyped]

    # Excel 2007 and later wrap a workbook with a password into the same container as the old format.
    if "EncryptedPackage".encode("utf-16-le") in source:
        diagnosis.refuse("workbook_locked")
        raise StopReadingError
    try:
        book = xlrd.open_workbook(file_contents=source, on_demand=True, formatting_info=True, logfile=StringIO())
    except Exception as error:  # xlrd raises its own error, AssertionError, struct.error… for broken files
        diagnosis.refuse("workbook_locked" if "encrypted" in str(error).lower() else "workbook_broken")
        raise StopReadingError from None
    for title in book.sheet_names():
        if is_read(title.strip().lower(), title, diagnosis):
            yield RawSheet(title, xls_rows(title, book, diagnosis))
        book.unload_sheet(title)


def xls_rows(title: str, book: Any, diagnosis: Diagnosis) -> Iterator[NumberedRow]:
    """The rows of an old sheet as texts."""
    import xlrd

    name = title.lower()
    try:
        sheet = book.sheet_by_name(title)
        for first_row, _, first_column, _ in sheet.merged_cells[:20]:
            diagnosis.refuse("cells_merged", name, first_row + 1, column_letter(first_column))
        for index in range(sheet.nrows):
            cells = sheet.row(index)
            for position, cell in enumerate(cells):
                if cell.ctype == xlrd.XL_CELL_ERROR:
                    text = xlrd.error_text_from_code.get(cell.value, "#?")
                    diagnosis.refuse("cell_error", name, index + 1, column_letter(position), text=text)
            yield index + 1, tuple(value_text(xls_value(cell, book)) for cell in cells)
    except StopReadingError:
        raise
    except Exception:  # a damaged record inside the sheet
        diagnosis.refuse("workbook_broken")
        raise StopReadingError from None


def xls_value(cell: Any, book: Any) -> object:
    """The Python value of an old cell; None when it is empty or an error."""
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
        return None
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate.xldate_as_datetime(cell.value, book.datemode)
    return cell.value
