"""Responsible bodies under the many ways in which checklists write them: one body, one name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from forms.units import fold

BRACKETS = re.compile(r"\([^()]*\)")
OF_THE_MINISTRY = re.compile(r"\s*[-–,]\s*(?:Bộ KH&CN|Bộ Khoa học và Công nghệ)\s*$")
INSIDE_THE_MINISTRY = re.compile(r"^(?:Bộ KH&CN|Bộ Khoa học và Công nghệ)\s*\(([^()]+)\).*$")

LONG_FORMS = (
    ("ubnd", "uy ban nhan dan"),
    ("kh cn", "khoa hoc va cong nghe"),
    ("khcn", "khoa hoc va cong nghe"),
    ("tcdlcl", "tieu chuan do luong chat luong"),
    ("pvhcc", "phuc vu hanh chinh cong"),
    ("cds", "chuyen doi so"),
    ("tt tt", "thong tin va truyen thong"),
)
"""Abbreviations of official names with what they stand for, folded."""


def plain_body(written: str) -> str:
    """A body without what a checklist adds to its name: its ministry, and in brackets its part in the matter.

    "Vụ Pháp chế (đầu mối)" and "Vụ Pháp chế - Bộ KH&CN" are "Vụ Pháp chế"; a part of the ministry named in brackets
    is that part: "Bộ KH&CN (Cục Chuyển đổi số quốc gia) tổng hợp".
    """
    inside = INSIDE_THE_MINISTRY.match(written.strip())
    bare = inside[1] if inside else BRACKETS.sub(" ", written)
    return " ".join(OF_THE_MINISTRY.sub("", bare).split()).strip(" .;,")


def body_key(written: str) -> str:
    """The same for every spelling of a body: folded, abbreviations written out."""
    words = f" {' '.join(re.sub(r'[^0-9a-z]+', ' ', fold(plain_body(written))).split())} "
    for short, long in LONG_FORMS:
        words = words.replace(f" {short} ", f" {long} ")
    return words.strip()


def body_names(written: Iterable[str]) -> dict[str, str]:
    """The name to print for each key: the plain one that is written most often, the shorter of equals."""
    names: dict[str, Counter[str]] = {}
    for one in written:
        names.setdefault(body_key(one), Counter())[plain_body(one)] += 1
    return {key: min(found, key=lambda name: (-found[name], len(name), name)) for key, found in names.items()}
