"""What a line of a list of units says, checked by itself: the unit with its validity and the units it follows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from forms.units import COMMUNE_KINDS, KIND_NAMES, Unit, UnitKind, fold
from survey.language import gettext
from survey.language import mark as _
from survey.map.boundary_file import BOX
from survey.units.file import Line

LARGEST_AREA = 20_000.0
"""Square kilometres; the largest commune has a tenth of that, the largest province 24,000 and is not measured here."""

FIRST_DAY, LAST_DAY = date(1945, 9, 2), date(2100, 1, 1)
LONGEST_NAME = 100
MOST_PREDECESSORS = 30

CODES: dict[UnitKind, str] = {
    "xa": r"\d{5}", "phuong": r"\d{5}", "dac_khu": r"\d{5}", "so": r"\d{2}\.SO", "tinh": r"\d{2}\.TT",
    "province": r"\d{2}",
}  # fmt: skip
KINDS: dict[str, UnitKind] = {
    "xa": "xa", "phuong": "phuong", "dac khu": "dac_khu", "so": "so", "tinh": "tinh", "province": "province",
    "so khoa hoc va cong nghe": "so", "trung tam phuc vu hanh chinh cong": "tinh",
}  # fmt: skip
"""Kinds as a file may write them, folded; "tinh" is the centre of a province, as everywhere in this product."""

NAME = re.compile(r"[^\W_](?:[\w .,'’()\-]|[^\W_])*", re.UNICODE)
SHARE = re.compile(r"(?P<code>[0-9A-Z.]{2,8})(?::(?P<share>[01](?:[.,]\d{1,4})?))?", re.ASCII)
DAYS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})"),
)

WRONG = {
    "formula": _("ô {value} là công thức; dán giá trị thay công thức"),
    "missing": _("thiếu"),
    "kind": _("không rõ loại “{value}”; dùng xa, phuong, dac_khu, so, tinh hoặc province"),
    "code": _("mã “{value}” không đúng dạng của loại này"),
    "name": _("tên “{value}” có ký tự lạ hoặc quá dài"),
    "province": _("không có tỉnh, thành phố mã “{value}” vào ngày đó"),
    "province_differs": _("tên tỉnh “{value}” khác danh mục ({known})"),
    "number": _("“{value}” không phải số"),
    "place": _("tọa độ {value} nằm ngoài Việt Nam; vĩ độ và kinh độ WGS 84 tính bằng độ"),
    "half_place": _("có vĩ độ mà thiếu kinh độ, hoặc ngược lại"),
    "area": _("diện tích {value} km² không thể có"),
    "day": _("“{value}” không phải ngày; ghi 2026-04-30 hoặc 30/04/2026"),
    "days": _("ngày hết hiệu lực phải sau ngày bắt đầu"),
    "predecessor": _("không đọc được “{value}”; ghi mã cũ cách nhau bằng dấu chấm phẩy, tỷ lệ sau dấu hai chấm"),
    "twice": _("mã này với ngày này đã có ở dòng {value}"),
    "overlap": _("hiệu lực chồng lên thời kỳ bắt đầu {value}"),
    "predecessor_unknown": _("không có đơn vị {value} ngay trước ngày này"),
    "share": _("các phần của {value} cộng lại hơn 1"),
}  # fmt: skip


@dataclass(frozen=True)
class RowFault:
    """Something wrong with a line: its number, the column, a stable code, and what the wording needs."""

    line: int
    column: str
    code: str
    value: str = ""
    known: str = ""

    @property
    def message(self) -> str:
        return gettext(WRONG[self.code], value=self.value, known=self.known)


class WrongCellError(Exception):
    """A cell that cannot be what its column needs."""

    def __init__(self, column: str, code: str, value: str = "", known: str = "") -> None:
        super().__init__(code)
        self.column, self.code, self.value, self.known = column, code, _shown(value), known


class Origin(NamedTuple):
    """A unit that another one follows, and which share of it that one took over (1 = all of it)."""

    code: str
    share: float


class Entry(NamedTuple):
    """One line as a unit; what it leaves open is None. `origins` are the units that it follows."""

    line: int
    unit: Unit
    origins: tuple[Origin, ...]


Province = Callable[[str, date], Unit | None]


def read_entry(line: Line, province_of: Province) -> Entry | list[RowFault]:
    """The unit of a line, or everything that is wrong with its cells; `province_of(code, day)` knows the provinces."""
    faults: list[RowFault] = [RowFault(line.number, letter, "formula", letter) for letter in line.formulas]
    read: dict[str, object] = {}
    steps: tuple[Callable[[dict[str, str], dict[str, object], Province], None], ...] = (
        _read_kind, _read_name, _read_days, _read_province, _read_code, _read_place, _read_area, _read_origins,
    )  # fmt: skip
    for step in () if faults else steps:
        try:
            step(line.cells, read, province_of)
        except WrongCellError as wrong:
            faults.append(RowFault(line.number, wrong.column, wrong.code, wrong.value, wrong.known))
    if faults:
        return faults
    origins = read.pop("origins")
    return Entry(line.number, Unit.model_validate(read), origins)  # type: ignore[arg-type]


def _needed(cells: dict[str, str], column: str) -> str:
    text = cells.get(column, "")
    if not text:
        raise WrongCellError(column, "missing")
    return text


def _read_kind(cells: dict[str, str], read: dict[str, object], province_of: Province) -> None:
    text = _needed(cells, "kind")
    kind = KINDS.get(fold(text.replace("_", " ")))
    if kind is None:
        raise WrongCellError("kind", "kind", text)
    read["kind"] = kind


def _read_name(cells: dict[str, str], read: dict[str, object], province_of: Province) -> None:
    """The bare name: the word of the kind before it is taken off, as lists write both "Hà Trung" and "Xã Hà Trung"."""
    name = " ".join(_needed(cells, "name").split())
    kind = read.get("kind")
    for known in COMMUNE_KINDS if kind in COMMUNE_KINDS else ():
        word = f"{KIND_NAMES[known]['vi']} "
        if known == kind and name.lower().startswith(word.lower()):
            name = name[len(word) :]
    if len(name) > LONGEST_NAME or not NAME.fullmatch(name):
        raise WrongCellError("name", "name", name)
    read["name"] = name


def _read_code(cells: dict[str, str], read: dict[str, object], province_of: Province) -> None:
    """The official code; a table program may have taken it for a number and lost the zeros in front."""
    text, kind = _needed(cells, "code").upper(), read.get("kind")
    if kind is None:
        return
    code = text.zfill(5 if kind in COMMUNE_KINDS else 2) if text.isdigit() else text
    fits = re.fullmatch(CODES[kind], code, re.ASCII)  # type: ignore[index]
    own = read.get("province_code")
    if not fits or (kind not in COMMUNE_KINDS and own is not None and code[:2] != own):
        raise WrongCellError("code", "code", text)
    read["code"] = code


def _read_days(cells: dict[str, str], read: dict[str, object], province_of: Province) -> None:
    first = _day("valid_from", _needed(cells, "valid_from"))
    last = _day("valid_to", cells["valid_to"]) if cells.get("valid_to") else None
    if last is not None and last <= first:
        raise WrongCellError("valid_to", "days")
    read |= {"valid_from": first, "valid_to": last}


def _day(column: str, text: str) -> date:
    found = next((match for pattern in DAYS if (match := pattern.fullmatch(text))), None)
    try:
        day = date(int(found["y"]), int(found["m"]), int(found["d"])) if found else None
    except ValueError:
        day = None
    if day is None or not FIRST_DAY <= day < LAST_DAY:
        raise WrongCellError(column, "day", text)
    return day


def _read_province(cells: dict[str, str], read: dict[str, object], province_of: Province) -> None:
    code = _needed(cells, "province_code").zfill(2)
    day, said = read.get("valid_from"), cells.get("province_name", "")
    if not isinstance(day, date):
        return
    known = province_of(code, day)
    if known is None:
        raise WrongCellError("province_code", "province", code)
    bare = re.sub(r"^(tinh|thanh pho|tp) ", "", fold(said))
    if said and bare != fold(known.province_name):
        raise WrongCellError("province_name", "province_differs", said, known.province_name)
    read |= {"province_code": code, "province_name": known.province_name}


def _read_place(cells: dict[str, str], read: dict[str, object], province_of: Province) -> None:
    latitude, longitude = _number("latitude", cells), _number("longitude", cells)
    west, south, east, north = BOX
    if (latitude is None) != (longitude is None):
        raise WrongCellError("latitude", "half_place")
    if (
        latitude is not None
        and longitude is not None
        and not (west <= longitude <= east and south <= latitude <= north)
    ):
        raise WrongCellError("latitude", "place", f"{latitude:g} {longitude:g}")
    read |= {"latitude": latitude, "longitude": longitude}


def _read_area(cells: dict[str, str], read: dict[str, object], province_of: Province) -> None:
    area = _number("area_km2", cells)
    if area is not None and not 0 < area <= LARGEST_AREA:
        raise WrongCellError("area_km2", "area", f"{area:g}")
    read["area_km2"] = area


def _number(column: str, cells: dict[str, str]) -> float | None:
    text = cells.get(column, "").replace(",", ".")
    if not text:
        return None
    if not re.fullmatch(r"-?\d{1,7}(\.\d{1,12})?", text, re.ASCII):
        raise WrongCellError(column, "number", text)
    return float(text)


def _read_origins(cells: dict[str, str], read: dict[str, object], province_of: Province) -> None:
    text = cells.get("predecessors", "")
    pieces = [piece.strip() for piece in re.split(r"[;\s]+", text) if piece.strip()]
    found: dict[str, Origin] = {}
    for piece in pieces:
        match = SHARE.fullmatch(piece.upper())
        share = float(match["share"].replace(",", ".")) if match and match["share"] else 1.0
        if not match or not 0 < share <= 1 or len(found) >= MOST_PREDECESSORS:
            raise WrongCellError("predecessors", "predecessor", piece)
        code = match["code"].zfill(5) if match["code"].isdigit() and len(match["code"]) > 2 else match["code"]
        if code in found:
            raise WrongCellError("predecessors", "predecessor", text)
        found[code] = Origin(code, share)
    read["origins"] = tuple(found.values())


def _shown(text: str) -> str:
    """A cell in a message, not more of it than one can read."""
    return "".join(letter if letter.isprintable() else "?" for letter in text[:40])
