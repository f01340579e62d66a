"""How a document calls the unit: in full at first, with the usual abbreviation afterwards."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from forms.units import COMMUNE_KINDS, Unit, begin_small, body_name, english_name, name_in_sentence, province_title

ACADEMIC_TITLES = re.compile(
    r"^(?:(?:GS|PGS|TSKH|TS|ThS|Th\.S|KS|BS|CN|CKI|CKII|Prof|Dr|MSc|PhD)(?:\.\s*|\s+)"
    r"|(?:Phó )?Giáo sư,?\s+|Tiến sĩ\s+|Thạc sĩ\s+|Kỹ sư\s+|Bác sĩ\s+|Cử nhân\s+)+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Names:
    """The names of one unit in one language.

    `title` begins a line ("Xã Hà Trung"), `inside` stands in a sentence ("xã Hà Trung"), `full` is the body with its
    province, `first` the first mention that introduces the abbreviation, `short` every later one ("UBND xã Hà Trung"),
    `province` the province in a sentence.
    """

    title: str
    inside: str
    full: str
    first: str
    short: str
    province: str

    @property
    def placed(self) -> str:
        """The short name with its province: "UBND xã Hà Trung, tỉnh Thanh Hóa"."""
        return self.short if self.short == self.full else f"{self.short}, {self.province}"


def names_of(unit: Unit, day: date, language: str) -> Names:
    """The names of a unit as they were on that day (a province may have become a city since)."""
    return english_names(unit, day) if language == "en" else vietnamese_names(unit, day)


def vietnamese_names(unit: Unit, day: date) -> Names:
    province = begin_small(province_title(unit.province_code, unit.province_name, day))
    body = body_name(unit)
    if unit.kind not in COMMUNE_KINDS:
        return Names(unit.title, unit.title, body, body, body, province)
    inside = name_in_sentence(unit)
    first = f"Ủy ban nhân dân (UBND) {inside}, {province}"
    return Names(unit.title, inside, f"{body}, {province}", first, f"UBND {inside}", province)


def english_names(unit: Unit, day: date) -> Names:
    name = english_name(unit, day)
    if unit.kind not in COMMUNE_KINDS:
        province = name.rpartition(" of ")[2]
        return Names(name, f"the {name}", f"the {name}", f"the {name}", f"the {name}", province)
    local, _, province = name.rpartition(", ")
    full = f"the People's Committee of {name}"
    return Names(local, local, full, full, f"the People's Committee of {local}", province)


def untitled(name: str) -> str:
    """A person's name as it stands under a signature, without academic titles (NĐ 30/2020/NĐ-CP, Annex I)."""
    return ACADEMIC_TITLES.sub("", name.strip())
