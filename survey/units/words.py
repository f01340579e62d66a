"""The words for what becomes of units: categories of changes, a change in a line, predecessors and successors."""

from __future__ import annotations

from forms.units import Unit
from survey.language import format_date, format_number
from survey.language import gettext as _
from survey.naming import unit_title
from survey.units.changes import Change
from survey.units.rows import Origin


def category_words() -> dict[str, str]:
    """The categories of a plan in the order in which they are told."""
    return {
        "new": _("Mới"),
        "renamed": _("Đổi tên, loại hoặc tỉnh"),
        "recoded": _("Đổi mã"),
        "merged": _("Sáp nhập"),
        "split": _("Chia tách"),
        "ended": _("Hết hiệu lực"),
        "corrected": _("Sửa số liệu"),
        "unchanged": _("Không đổi"),
        "faults": _("Lỗi"),
    }


def change_words(change: Change) -> str:
    """A change in a line: who, from what, from which day."""
    unit, before = change.unit, change.before
    name = f"{unit.code} {unit_title(unit)}, {unit.province_name}"
    if change.origins:
        return _("{origins} → {name}, từ {day}", origins=origin_words(change.origins), name=name, day=_day(unit))
    if change.category == "ended":
        return _("{name}, từ {day}", name=name, day=format_date(unit.valid_to))
    if change.category == "renamed" and before is not None:
        was = unit_title(before)
        if before.province_name != unit.province_name:
            was += f", {before.province_name}"
        return _("{name}, trước là {was}, từ {day}", name=name, was=was, day=_day(unit))
    if change.category == "corrected" and before is not None:
        return _("{name}: {differences}", name=name, differences=difference_words(before, unit))
    return _("{name}, từ {day}", name=name, day=_day(unit))


def origin_words(origins: tuple[Origin, ...]) -> str:
    """Codes with the share that was taken over, where it is not the whole: "06970 (40 %), 06973"."""
    return ", ".join(
        origin.code if origin.share == 1 else f"{origin.code} ({format_number(100 * origin.share, 0)} %)"
        for origin in origins
    )


def difference_words(before: Unit, unit: Unit) -> str:
    """What a correction changes."""
    names = {
        "name": _("tên"), "kind": _("loại"), "province_code": _("tỉnh"), "latitude": _("vĩ độ"),
        "longitude": _("kinh độ"), "area_km2": _("diện tích"), "valid_to": _("ngày hết hiệu lực"),
    }  # fmt: skip
    pairs = ((words, getattr(before, field), getattr(unit, field)) for field, words in names.items())
    return "; ".join(f"{words} {_plain(old)} → {_plain(new)}" for words, old, new in pairs if old != new)


def _plain(value: object) -> str:
    return "–" if value is None else str(value)


def _day(unit: Unit) -> str:
    return format_date(unit.valid_from)
