"""The view of the map as files: a table as CSV or Excel workbook, shapes with their values as GeoJSON.

Each holds what the map draws: the units of its place, or the provinces where they are shaded. Numbers are written for
machines, never as a language writes them.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO
from typing import Any

from reports.answers.tables import FORMULA_STARTS
from reports.coverage import Cell
from reports.geojson import feature
from reports.locator import Geometry
from reports.office_file import settled
from survey.language import gettext as _
from survey.map.rows import ProvinceRow, UnitRow
from survey.map.view import MapView
from survey.naming import unit_title

Value = str | int | float | bool | None
Record = dict[str, Value]


@dataclass(frozen=True)
class Export:
    """The view with its rows; `about` says in lines of name and words what it is."""

    view: MapView
    rows: list[UnitRow] | list[ProvinceRow]
    about: list[tuple[str, str]]

    def records(self) -> list[Record]:
        """One record a row, by names that stay the same in every language."""
        of = {UnitRow: _of_unit, ProvinceRow: _of_province}
        return [of[type(row)](self.view, row) for row in self.rows]  # type: ignore[operator]


def as_csv(export: Export) -> bytes:
    """UTF-8 with a mark for Excel, CRLF; a text never becomes a formula."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    names = headings(export.view)
    writer.writerow(names.values())
    for record in export.records():
        writer.writerow([cell_of_csv(record.get(name)) for name in names])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(export: Export, day: date) -> bytes:
    """The same table in a workbook, with a second sheet that says what it shows."""
    from openpyxl import Workbook  # late: it takes a tenth of a second to import

    names = headings(export.view)
    rows = ([_yes_or_no(record.get(name)) for name in names] for record in export.records())
    widths = [28 if name in ("name", "province", "result") else 14 for name in names]
    book: Any = Workbook(write_only=True)  # cells are written as they come: ten times as fast for the whole country
    _fill(book.create_sheet(_("Bản đồ")), names.values(), widths, rows)
    _fill(book.create_sheet(_("Thông tin")), (_("Mục"), _("Nội dung")), (28, 80), export.about)
    out = BytesIO()
    book.save(out)
    return settled(out.getvalue(), day)


def _fill(page: Any, heads: Iterable[str], widths: Iterable[int], rows: Iterable[Iterable[Value]]) -> None:
    """One sheet whose first row stays in view; a text stays a text."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.freeze_panes = "A2"
    bold = Font(bold=True)
    for number, row in enumerate((heads, *rows)):
        cells = [WriteOnlyCell(page, value) for value in row]
        for cell in cells:
            if isinstance(cell.value, str):
                cell.data_type = "s"
            if number == 0:
                cell.font = bold
        page.append(cells)


def as_geojson(export: Export, drawn: Geometry) -> bytes:
    """A FeatureCollection (RFC 7946); units that were not visited are in it without a value."""
    shapes = drawn.provinces if export.view.filters.shaded else drawn.units
    features = [feature(drawn, shapes.get(str(record["code"])), record) for record in export.records()]
    found = {"type": "FeatureCollection", "about": dict(export.about), "features": features}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def headings(view: MapView) -> dict[str, str]:
    """The columns of a table by their names in records, with their words."""
    found = {"code": _("Mã"), "name": _("Tên")}
    if view.filters.shaded:
        found |= {"units": _("Số đơn vị"), "visited": _("Đã khảo sát")}
    else:
        found |= {"province_code": _("Mã tỉnh"), "province": _("Tỉnh, thành phố"), "visited_on": _("Ngày làm việc")}
    found |= {"result": view.layer.name, "value": _("Giá trị"), "low_confidence": _("Độ tin cậy thấp")}
    if view.others is not None:
        found |= {"earlier_result": _("Kỳ so sánh"), "earlier_value": _("Giá trị kỳ so sánh")}
    return found | {"fictitious": _("Dữ liệu minh họa")}


def _of_unit(view: MapView, row: UnitRow) -> Record:
    record: Record = {
        "code": row.unit.code,
        "name": unit_title(row.unit),
        "province_code": row.unit.province_code,
        "province": row.unit.province_name,
        "visited_on": row.cell.visited_on if row.cell else None,
        "result": _words(view, row.cell),
        "value": _rounded(row.cell.score) if row.cell else None,
        "low_confidence": row.cell.low if row.cell else None,
        "fictitious": row.cell.fictitious if row.cell else None,
    }
    if view.others is not None:
        earlier = {"earlier_result": _words(view, row.other), "earlier_value": None}
        record |= earlier | ({"earlier_value": _rounded(row.other.score)} if row.other else {})
    return record


def _of_province(view: MapView, row: ProvinceRow) -> Record:
    steps, summary, other = view.steps, row.summary, row.other
    record: Record = {
        "code": row.province.code,
        "name": unit_title(row.province),
        "units": summary.units,
        "visited": summary.visited,
        "result": view.words[steps.step_of(summary.mean)] if summary.visited else _("Chưa khảo sát"),
        "value": _rounded(summary.mean),
        "low_confidence": summary.low,
        "fictitious": any(cell.fictitious for cell in view.cells if cell.province == row.province.code),
    }
    if other is not None:
        words = view.words[steps.step_of(other.mean)] if other.visited else _("Chưa khảo sát")
        record |= {"earlier_result": words, "earlier_value": _rounded(other.mean)}
    return record


def _words(view: MapView, cell: Cell | None) -> str:
    return view.words[cell.step] if cell else _("Chưa khảo sát")


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def cell_of_csv(value: Value) -> Value:
    """A cell of a CSV file: yes and no in words, and no text that a spreadsheet would take for a formula."""
    found = _yes_or_no(value)
    return f"'{found}" if isinstance(found, str) and found.startswith(FORMULA_STARTS) else found


def _yes_or_no(value: Value) -> str | int | float | None:
    if isinstance(value, bool):
        return _("có") if value else _("không")
    return value
