"""Units of the country: communes, wards, special zones, provincial departments and centres, keyed by official code.

The facts stand in `data/units.csv` and `data/provinces.csv`; `data/README.md` names their sources. Validity is
half open: a unit is valid on a day when `valid_from <= day < valid_to`, and without end when `valid_to` is None.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict

UnitKind = Literal["xa", "phuong", "dac_khu", "so", "tinh", "province"]

COMMUNE_KINDS: tuple[UnitKind, ...] = ("xa", "phuong", "dac_khu")

KIND_NAMES: dict[UnitKind, dict[str, str]] = {
    "xa": {"vi": "Xã", "en": "Commune"},
    "phuong": {"vi": "Phường", "en": "Ward"},
    "dac_khu": {"vi": "Đặc khu", "en": "Special Zone"},
    "so": {"vi": "Sở Khoa học và Công nghệ", "en": "Department of Science and Technology"},
    "tinh": {"vi": "Trung tâm Phục vụ hành chính công", "en": "Public Administration Service Centre"},
    "province": {"vi": "Tỉnh, thành phố", "en": "Province or city"},
}

PROVINCE_KINDS: dict[str, dict[str, str]] = {
    "tinh": {"vi": "Tỉnh", "en": "Province"},
    "thanh_pho": {"vi": "Thành phố", "en": "City"},
}

CITY_SINCE = {code: date(2025, 7, 1) for code in ("01", "31", "46", "48", "79", "92")} | {"75": date(2026, 4, 30)}
"""Provinces that are cities, with the first day; Đồng Nai by Resolution 30/2026/QH16."""

OTHER_NAMES = {"79": "tp hcm tphcm hcm", "46": "thua thien hue"}
"""What people type instead of the name of a province."""


class Unit(BaseModel):
    """One unit during one period of validity.

    `name` is bare for communes, wards and special zones ("Hà Trung"), complete for the other kinds; `province_name`
    is always bare ("Thanh Hóa"). A department has the code "38.SO", a provincial centre "38.TT", a province "38".
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    kind: UnitKind
    name: str
    province_code: str
    province_name: str
    latitude: float | None
    longitude: float | None
    area_km2: float | None
    valid_from: date
    valid_to: date | None

    @property
    def title(self) -> str:
        """The name at the start of a line: "Xã Hà Trung"."""
        return f"{KIND_NAMES[self.kind]['vi']} {self.name}" if self.kind in COMMUNE_KINDS else self.name

    @property
    def folded(self) -> str:
        """What a search looks through: kind, name, province and code, folded."""
        kinds = "thành phố tp" if self.province_code in CITY_SINCE else "tỉnh"
        other = OTHER_NAMES.get(self.province_code, "")
        return fold(f"{self.title} {kinds} {self.province_name} {self.code} {other}")

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def load() -> tuple[Unit, ...]:
    """Every unit of every period, read from the data files; the caller keeps the result."""
    provinces = list(read_csv("provinces.csv"))
    names = {row["code"]: row["name"] for row in provinces}
    communes = [Unit(**facts(row), province_name=names[row["province_code"]]) for row in read_csv("units.csv")]
    return (*communes, *(unit for row in provinces for unit in provincial_units(row)))


def read_csv(name: str) -> Iterator[dict[str, str]]:
    text = (files("forms") / "data" / name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def facts(row: dict[str, str]) -> dict[str, str | None]:
    return {key: value or None for key, value in row.items()}


def provincial_units(row: dict[str, str]) -> Iterator[Unit]:
    """The province itself, its department and its centre, from one line of provinces.csv."""
    kind = PROVINCE_KINDS[row["kind"]]["vi"]
    full = f"{kind} {row['name']}"
    inside = f"{kind.lower()} {row['name']}"
    kinds: tuple[tuple[str, UnitKind, str], ...] = (
        ("", "province", full),
        (".SO", "so", f"{KIND_NAMES['so']['vi']} {inside}"),
        (".TT", "tinh", f"{KIND_NAMES['tinh']['vi']} {inside}"),
    )
    shared = facts(row) | {"area_km2": None, "province_code": row["code"], "province_name": row["name"]}
    for suffix, unit_kind, name in kinds:
        yield Unit.model_validate(shared | {"code": row["code"] + suffix, "kind": unit_kind, "name": name})


def valid_on(units: Iterable[Unit], day: date) -> list[Unit]:
    """The units that exist on that day."""
    return [unit for unit in units if unit.is_valid_on(day)]


def fold(text: str) -> str:
    """Text as people type it in a hurry: no tone marks, đ as d, lower case, words divided by one space."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"[\u0300-\u036f]", "", plain)))


def sort_key(name: str) -> tuple[str, str]:
    """Order of names in a list: by letters without marks first, then as written."""
    return fold(name), name


def rank(unit: Unit, query: str) -> int | None:
    """How well a unit fits a folded query, 0 best, None not at all.

    The code and the whole name come first, then the beginning of the name, of a word in it, any place in it, and
    last the words of the query anywhere in kind, name and province ("xa ha trung thanh hoa").
    """
    name = fold(unit.name)
    fits = (
        query in (name, fold(unit.code)),
        name.startswith(query),
        f" {query}" in name,
        query in name,
        all(f" {word}" in f" {unit.folded}" for word in query.split()),
    )
    return next((place for place, fit in enumerate(fits) if fit), None) if query else None


def search(units: Iterable[Unit], text: str, limit: int = 20) -> list[Unit]:
    """The units that fit what was typed, best first and communes before provincial bodies; at most `limit`."""
    query = fold(text)
    found = [(place, unit) for unit in units if (place := rank(unit, query)) is not None]
    found.sort(key=lambda pair: (pair[0], pair[1].kind not in COMMUNE_KINDS, *sort_key(pair[1].name), pair[1].folded))
    return [unit for _, unit in found[:limit]]


def province_title(code: str, name: str, day: date) -> str:
    """A province with its kind on that day: "Tỉnh Thanh Hóa", "Thành phố Huế"."""
    kind = "thanh_pho" if code in CITY_SINCE and CITY_SINCE[code] <= day else "tinh"
    return f"{PROVINCE_KINDS[kind]['vi']} {name}"


def name_in_sentence(unit: Unit, *, with_province_on: date | None = None) -> str:
    """The name inside a sentence: "xã Hà Trung"; with a day also the province: "xã Hà Trung, tỉnh Thanh Hóa".

    Kinds of communes and provinces are written small inside a sentence, names of bodies keep their capital.
    """
    if unit.kind not in COMMUNE_KINDS:
        return begin_small(unit.name) if unit.kind == "province" else unit.name
    name = begin_small(unit.title)
    if with_province_on is None:
        return name
    return f"{name}, {begin_small(province_title(unit.province_code, unit.province_name, with_province_on))}"


def begin_small(text: str) -> str:
    return text[:1].lower() + text[1:]


def body_name(unit: Unit) -> str:
    """The body that a delegation meets: "Ủy ban nhân dân xã Hà Trung"; departments and centres are bodies already."""
    return unit.name if unit.kind in ("so", "tinh") else f"Ủy ban nhân dân {name_in_sentence(unit)}"


def english_name(unit: Unit, day: date) -> str:
    """The name in English texts: "Hà Trung Commune, Thanh Hóa Province"."""
    city = unit.province_code in CITY_SINCE and CITY_SINCE[unit.province_code] <= day
    province = f"{unit.province_name} {PROVINCE_KINDS['thanh_pho' if city else 'tinh']['en']}"
    if unit.kind == "province":
        return province
    kind = KIND_NAMES[unit.kind]["en"]
    return f"{unit.name} {kind}, {province}" if unit.kind in COMMUNE_KINDS else f"{kind} of {province}"
