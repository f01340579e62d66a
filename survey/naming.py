"""The names of units in the language of the request: "Xã Hà Trung", "Hà Trung Commune"."""

from __future__ import annotations

from datetime import date
from typing import Literal

from flask import Flask, current_app

from forms.units import (
    CITY_SINCE,
    COMMUNE_KINDS,
    KIND_NAMES,
    PROVINCE_KINDS,
    Unit,
    UnitKind,
    english_name,
    name_in_sentence,
    province_title,
)
from survey.clock import local_date
from survey.language import language


def unit_title(unit: Unit) -> str:
    """The unit at the start of a line."""
    if language() == "vi":
        return unit.title
    return english_title(unit.kind, unit.name, unit.province_code, unit.province_name, _today())


def unit_in_sentence(unit: Unit) -> str:
    """The unit inside a sentence: "xã Hà Trung"."""
    return name_in_sentence(unit) if language() == "vi" else unit_title(unit)


def unit_with_province(unit: Unit, day: date) -> str:
    """A name that tells units of one name apart: "Xã Hà Trung, tỉnh Thanh Hóa"."""
    if language() != "vi":
        return english_name(unit, day)
    name = name_in_sentence(unit, with_province_on=day)
    return name[:1].upper() + name[1:]


def province_named(code: str, name: str, day: date) -> str:
    """A province with its kind on that day: "Tỉnh Thanh Hóa", "Thanh Hóa Province"."""
    if language() == "vi":
        return province_title(code, name, day)
    return english_title("province", name, code, name, day)


def english_title(kind: UnitKind | Literal[""], name: str, province_code: str, province_name: str, day: date) -> str:
    """Communes keep their name; bodies of a province are named after what they are."""
    if kind == "":
        return name
    if kind in COMMUNE_KINDS:
        return f"{name} {KIND_NAMES[kind]['en']}"
    is_city = province_code in CITY_SINCE and CITY_SINCE[province_code] <= day
    province = f"{province_name} {PROVINCE_KINDS['thanh_pho' if is_city else 'tinh']['en']}"
    return province if kind == "province" else f"{KIND_NAMES[kind]['en']} of {province}"


def _today() -> date:
    return local_date(current_app.config["SETTINGS"].utc_offset_hours)


def register_naming(app: Flask) -> None:
    app.jinja_env.filters["unit_title"] = unit_title
