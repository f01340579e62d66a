"""Builds units.csv and provinces.csv from the PyPI package vietnamadminunits 1.0.4; run by hand, see README.md.

python -m venv /tmp/units && /tmp/units/bin/pip install vietnamadminunits==1.0.4
/tmp/units/bin/python forms/data/build_units.py
"""

from __future__ import annotations

import csv
import importlib
from collections import Counter
from pathlib import Path
from typing import Any

Row = dict[str, Any]

HERE = Path(__file__).parent
START = "2025-07-01"  # the two-tier system: Resolution 202/2025/QH15 and 34 resolutions of the Standing Committee
CHANGED = "2026-04-30"  # Resolutions 30/2026/QH16 and 237/NQ-UBTVQH16
KINDS = {"Xã": "xa", "Phường": "phuong", "Đặc khu": "dac_khu"}
NEW_WARDS = {  # communes of Đồng Nai that became wards on 30 April 2026
    "25270", "25357", "25363", "26116", "26170", "26248", "26326", "26368", "26425", "26485",
}  # fmt: skip
NEW_CODES = {"06970": "06978"}  # Ba Chẽ
NEW_CITIES = {"75"}  # Đồng Nai
EXCHANGED = {"04924": "08296", "08296": "04924", "28615": "30130", "30130": "28615"}  # points of the other unit
MOVED = {  # points of a place of like name, or in the water far from the unit; latitude, longitude
    "04714": (21.78, 104.95), "06172": (21.97, 106.65), "06757": (21.37, 107.92), "06967": (21.32, 107.75),
    "28439": (10.38, 106.12), "29983": (10.80, 105.31), "30781": (10.31, 104.33), "30811": (10.15, 104.53),
}  # fmt: skip


def read_package() -> list[Row]:
    """The 3,321 units of 1 July 2025 as the package has them.

    The package is not a dependency, so it is imported by name.
    """
    database = importlib.import_module("vietnamadminunits.database")
    rows: list[Row] = database.query("select * from admin_units order by wardCode")
    return rows


def doubtful_areas(rows: list[Row]) -> set[tuple[str, float]]:
    """Name and area pairs that several units share: the package joined areas by name, so most of them are wrong."""
    seen = Counter((row["wardShort"], row["wardAreaKm2"]) for row in rows)
    return {pair for pair, count in seen.items() if count > 1}


def points(rows: list[Row]) -> dict[str, tuple[float, float]]:
    """Latitude and longitude by code, with the misplaced ones put right."""
    found = {row["wardCode"]: (row["wardLat"], row["wardLon"]) for row in rows}
    return found | {code: found[other] for code, other in EXCHANGED.items()} | MOVED


def unit_rows(rows: list[Row]) -> list[Row]:
    """One row per unit and period of validity; a unit that changed kind or code has two."""
    doubtful, places = doubtful_areas(rows), points(rows)
    result = []
    for row in rows:
        # The full name is right where the kind column is not (10543, 11848, 31213, 31299).
        kind = next(code for word, code in KINDS.items() if row["ward"].startswith(word + " "))
        area = row["wardAreaKm2"]
        unit = {
            "code": row["wardCode"], "kind": kind, "name": row["wardShort"], "province_code": row["provinceCode"],
            "latitude": places[row["wardCode"]][0], "longitude": places[row["wardCode"]][1],
            "area_km2": "" if area is None or (row["wardShort"], area) in doubtful else area,
            "valid_from": START, "valid_to": "",
        }  # fmt: skip
        after = unit | {
            "code": NEW_CODES.get(unit["code"], unit["code"]),
            "kind": "phuong" if unit["code"] in NEW_WARDS else kind,
        }
        result += split_when_changed(unit, after)
    return sorted(result, key=lambda unit: (unit["code"], unit["valid_from"]))


def province_rows(rows: list[Row]) -> list[Row]:
    """One row per province and period of validity."""
    result = []
    for code, full in sorted({(row["provinceCode"], row["province"]) for row in rows}):
        kind, name = ("thanh_pho", full[10:]) if full.startswith("Thành phố ") else ("tinh", full[5:])
        inside = [row for row in rows if row["provinceCode"] == code]
        province = {
            "code": code, "kind": kind, "name": name,
            "latitude": inside[0]["provinceLat"], "longitude": inside[0]["provinceLon"],
            "valid_from": START, "valid_to": "",
        }  # fmt: skip
        result += split_when_changed(province, province | {"kind": "thanh_pho" if code in NEW_CITIES else kind})
    return result


def split_when_changed(before: Row, after: Row) -> list[Row]:
    if before == after:
        return [before]
    return [before | {"valid_to": CHANGED}, after | {"valid_from": CHANGED}]


def write(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    package_rows = read_package()
    write(HERE / "units.csv", unit_rows(package_rows))
    write(HERE / "provinces.csv", province_rows(package_rows))
