"""Lists of units for the tests: a header and lines as a CSV file, and a workbook with the same."""

from __future__ import annotations

import io
from datetime import date

from openpyxl import Workbook

from forms.units import Unit
from survey.units.changes import Period

HEADER = "code,name,kind,province_code,province_name,latitude,longitude,area_km2,valid_from,valid_to,predecessors"
APRIL = """
06978,Ba Chẽ,xa,22,Quảng Ninh,21.2528,107.252,332.68,2026-04-30,,06970
25270,Lộc Ninh,phuong,75,Đồng Nai,,,,2026-04-30,,
26425,Xuân Lộc,phuong,75,Đồng Nai,,,,30/04/2026,,
"""
"""Three of the changes of 30 April 2026: a new code, and two communes that became wards."""


def listed(lines: str) -> bytes:
    return f"{HEADER}\n{lines.strip()}\n".encode()


def workbook(*rows: tuple[object, ...]) -> bytes:
    """A workbook of one sheet; a text that begins with "=" becomes a formula."""
    book = Workbook()
    for row in (HEADER.split(","), *rows):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def unit(code: str, first: str = "2025-07-01", last: str | None = None, **facts: object) -> Unit:
    """A commune of Thanh Hóa."""
    known = {"kind": "xa", "name": f"Xã số {code}", "province_code": "38", "province_name": "Thanh Hóa"}
    place = {"latitude": 20.0, "longitude": 105.8, "area_km2": 10.0}
    days = {"valid_from": date.fromisoformat(first), "valid_to": date.fromisoformat(last) if last else None}
    return Unit.model_validate(known | place | days | {"code": code} | facts)


def known(*units: Unit) -> list[Period]:
    return [Period(one) for one in units]
