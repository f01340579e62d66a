"""What people type into forms: read into models, with the wording of what is wrong beside each field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from survey.language import gettext as _

E = TypeVar("E", bound=BaseModel)

TYPED_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def _typed_date(value: object) -> object:
    """A browser without a date field sends what was typed: 24/11/2026."""
    found = TYPED_DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else value


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Day = Annotated[date, BeforeValidator(_typed_date)]


class Entry(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


class TripEntry(Entry):
    decision_number: Line
    decision_date: Day
    title: Line
    starts_on: Day
    ends_on: Day

    @model_validator(mode="after")
    def ends_after_it_starts(self) -> TripEntry:
        if self.ends_on < self.starts_on:
            raise PydanticCustomError("ends_before_start", "ends_on")
        return self


class MemberEntry(Entry):
    person: Line
    duty: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""


class VisitEntry(Entry):
    unit: Line
    checklist: Line
    planned_on: Day
    scope: Literal["full", "core"] = "full"


def read_entry(model: type[E], typed: Mapping[str, str]) -> tuple[E | None, dict[str, str]]:
    """The entry, or what is wrong with it by field name."""
    try:
        return model.model_validate(dict(typed)), {}
    except ValidationError as error:
        return None, {_field(fault["loc"], fault["type"]): _wording(fault["type"]) for fault in error.errors()}


def _field(place: tuple[int | str, ...], kind: str) -> str:
    return "ends_on" if kind == "ends_before_start" else str(place[0])


def _wording(kind: str) -> str:
    if kind == "ends_before_start":
        return _("Ngày kết thúc phải từ ngày bắt đầu trở đi.")
    if kind.startswith("date"):
        return _("Nhập ngày, ví dụ 24/11/2026.")
    if kind == "string_too_long":
        return _("Rút ngắn nội dung này.")
    if kind in ("missing", "string_too_short"):
        return _("Nhập nội dung cho ô này.")
    return _("Chọn một mục trong danh sách.")
