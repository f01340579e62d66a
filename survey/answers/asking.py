"""What somebody asks for of an export, narrowed to what that person may have, and what a file says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from forms.units import Unit
from survey.answers.export import Export
from survey.answers.reading import Form, Wanted
from survey.language import format_date
from survey.language import gettext as _
from survey.permissions import may
from survey.problems import Problem
from survey.store.exported_visits import Scope
from survey.store.people import Person

NAMES: dict[Form, str] = {"csv": "zip", "xlsx": "xlsx", "geojson": "geojson", "json": "json"}
"""The ending of the file in each form."""

MEDIA_TYPES: dict[Form, str] = {
    "csv": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "json": "application/json",
}

OptionalDay = Annotated[date | None, BeforeValidator(lambda text: text or None)]


class Asked(BaseModel):
    """The fields of the page, by the names they have in its address."""

    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True)

    form: Form = "csv"
    version: tuple[str, ...] = ()
    province: str = Field(default="", pattern=r"^([0-9]{2})?$")
    start: OptionalDay = Field(default=None, alias="from")
    end: OptionalDay = Field(default=None, alias="to")
    state: Literal["", "draft", "submitted"] = ""
    fictitious: Literal["all", "real", "fictitious"] = "all"
    values: Literal["codes", "labels"] = "codes"
    language: str = Field(default="vi", pattern=r"^[A-Za-z-]{2,20}$")
    copy_for: Literal["shared", "internal"] = Field(default="shared", alias="copy")
    more: tuple[Literal["scores", "notes", "choices", "history"], ...] = ()
    place: str = Field(default="", max_length=300)


def read_asked(fields: Mapping[str, object]) -> Asked:
    """What the fields say; Problem bad_period for days the wrong way round, bad_request for anything unreadable."""
    try:
        asked = Asked.model_validate({name: value for name, value in fields.items() if value != [""]})
    except ValidationError as error:
        days = any(fault["loc"] and fault["loc"][0] in ("from", "to") for fault in error.errors())
        raise Problem("bad_period" if days else "bad_request") from error
    if asked.start and asked.end and asked.end < asked.start:
        raise Problem("bad_period")
    return asked


def wanted_by(person: Person, checklist: str, asked: Asked) -> Wanted:
    """What is exported for a person: a province has what was submitted about its own units, in the shared copy.

    Problem not_allowed for the full copy without the right to what is confidential.
    """
    internal = asked.copy_for == "internal"
    if internal and not may(person, "confidential.read"):
        raise Problem("not_allowed")
    wanted = wanted_of(checklist, asked)
    if person.role != "province":
        return wanted
    own = wanted.scope.model_copy(update={"province": person.province_code or "-", "state": "submitted"})
    return wanted.model_copy(update={"scope": own})


def wanted_of(checklist: str, asked: Asked) -> Wanted:
    """What is exported for who may have everything."""
    return Wanted(
        scope=Scope(
            checklist=checklist,
            versions=asked.version,
            province=asked.province,
            start=asked.start.isoformat() if asked.start else "",
            end=asked.end.isoformat() if asked.end else "",
            state=asked.state,
            fictitious=asked.fictitious,
        ),
        form=asked.form,
        words=asked.values == "labels",
        language=asked.language,
        internal=asked.copy_for == "internal",
        place=asked.place,
        **dict.fromkeys(asked.more, True),
    )


def file_name(wanted: Wanted, day: date) -> str:
    """A name that tells files of several checklists, copies and days apart."""
    scope = wanted.scope
    copy = "day-du" if wanted.internal else "dung-chung"
    parts = ["tra-loi", scope.checklist, scope.province, copy, day.isoformat()]
    return f"{'-'.join(part for part in parts if part)}.{NAMES[wanted.form]}"


def about(export: Export, provinces: Iterable[Unit], made_at: str) -> list[tuple[str, str]]:
    """What the file says of itself, in the language of the request."""
    wanted, scope = export.wanted, export.wanted.scope
    province = next((one.province_name for one in provinces if one.code == scope.province), scope.province)
    states = {"": _("Tất cả"), "draft": _("Nháp"), "submitted": _("Đã nộp")}
    copies = {True: _("Bản đầy đủ, lưu hành nội bộ"), False: _("Bản dùng chung, không có nội dung hạn chế")}
    found = [
        (_("Phiếu"), f"{export.title} ({scope.checklist})"),
        (_("Bản"), ", ".join(one.version for one in export.reader.versions)),
        (_("Bản sao"), copies[wanted.internal]),
        (_("Tỉnh, thành phố"), province or _("Cả nước")),
        (_("Ngày làm việc"), f"{format_date(scope.start) or '…'} – {format_date(scope.end) or '…'}"),
        (_("Trạng thái"), states[scope.state]),
        (_("Số buổi làm việc"), str(export.visits)),
        (_("Lấy lúc (UTC)"), made_at),
    ]
    if export.counts["fictitious"]:
        made_up = _("Có {n} buổi làm việc minh họa, không phải số liệu thật.", n=export.counts["fictitious"])
        found.append((_("Lưu ý"), made_up))
    return found
