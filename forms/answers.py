"""Answers as they come from outside: where they belong (paths with repeat keys and facets) and what they may be.

A reference is a bare question name or a path: `C01`, `/C/C01`, `/J/J02[k]/name`, `/B/B01#evidence`. A caption belongs
to one file of a question: `/A/A05#caption.<sha256>`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from forms.checklist import COMPUTED, Node
from forms.faults import Told

Keys = tuple[str, ...]
Value = bool | int | float | str | list[str] | None

FACETS: Final = ("state", "reason", "evidence", "note")
STATES: Final = ("na", "unknown")
EVIDENCE: Final = ("seen", "photo", "document", "statement", "none")
ATTACHED: Final = ("image", "audio", "file", "video")
"""Types whose value is a list of files, by their hash; each file may have a caption."""

ACKNOWLEDGED: Final = "OK"
"""The one answer to a question that is only acknowledged."""

MAX_TEXT: Final = 20_000
MAX_ITEMS: Final = 1_000
MAX_INTEGER: Final = 2**53 - 1
"""Both twins count exactly up to here."""

REFERENCE = re.compile(r"(?P<path>[^#]*)(?:#(?P<facet>[a-z]+|caption\.[0-9a-f]{64}))?")
CAPTION: Final = "caption."
SPACE: Final = re.compile("[ \t\r\n]+")
"""White space as XML has it; what else counts as space differs between Python and JavaScript."""

STEP = re.compile(r"(?P<name>[^\[\]/# \t\r\n]+)(?:\[(?P<key>[0-9A-Za-z_-]{1,64})\])?")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)?", re.ASCII)
SHA256 = re.compile(r"[0-9a-f]{64}")
NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,20})?", re.ASCII)
SPELLED_NUMBER = re.compile(r"[ \t\r\n]*-?(\d+(\.\d*)?|\.\d+)[ \t\r\n]*", re.ASCII)


@dataclass(frozen=True)
class Place:
    """Where an answer belongs: static path, repeat keys from outermost to innermost, facet ("" = the answer itself).

    The facet of a caption is "caption." and the hash of its file.
    """

    path: str
    keys: Keys = ()
    facet: str = ""


@dataclass
class WrongValueError(Told):
    """JSON that cannot be an answer to this question.

    `code` is stable: type, text, number, date, time, place, hash, facet. `question` is the reference under which the
    value came, "" when nobody asked by name; of several wrong values the first is the error, the others are its `more`.
    """

    code: str
    text: dict[str, str]
    question: str = ""
    more: list[WrongValueError] = field(default_factory=list)

    def say(self, language: str = "vi") -> str:
        """One line for each wrong value: "C01: Cần một số."."""
        return "\n".join(one._say(language) for one in (self, *self.more))

    def _say(self, language: str) -> str:
        # Inside a repeat only the whole path tells which instance is meant.
        question = self.question if "[" in self.question else self.question.rpartition("/")[2]
        words = self.text.get(language) or self.text["vi"]
        return f"{question}: {words}" if question else words

    def __str__(self) -> str:
        return self.say("en")


@dataclass
class UnknownNameError(Told):
    """Answers that belong to no question of this checklist; `names` with, for each, the closest known names."""

    names: dict[str, list[str]]

    def say(self, language: str = "vi") -> str:
        """One sentence for each name, in "vi" or "en"."""
        unknown, instead = {
            "vi": ("Phiếu không có câu hỏi “{}”", "; có phải là {}?"),
            "en": ("The checklist has no question “{}”", "; did you mean {}?"),
        }[language]
        return "\n".join(
            unknown.format(name) + (instead.format(", ".join(close)) if close else ".")
            for name, close in self.names.items()
        )

    def __str__(self) -> str:
        return self.say("en")


def parse_place(reference: str) -> Place | None:
    """The place a reference names, or None when it cannot be read; a bare name keeps its name as path."""
    match = REFERENCE.fullmatch(reference)
    if not match or not _is_facet(match["facet"] or FACETS[0]):
        return None
    rooted = match["path"].startswith("/")
    steps = [STEP.fullmatch(step) for step in match["path"].removeprefix("/").split("/")]
    if not all(steps) or (not rooted and len(steps) > 1):
        return None
    found = [step for step in steps if step]
    path = "/".join(step["name"] for step in found)
    keys = tuple(step["key"] for step in found if step["key"] is not None)
    return Place("/" + path if rooted else path, keys, match["facet"] or "")


def _is_facet(text: str) -> bool:
    return text in FACETS or text.startswith(CAPTION)


def takes_facet(node: Node, facet: str) -> bool:
    """Whether something of this kind can be noted about a question: captions only where files are."""
    return not facet.startswith(CAPTION) or node.type in ATTACHED


def key_order(key: str) -> tuple[int, int, str]:
    """Sorts the instances of a repeat the same on every machine: numbers by size, then other keys as text."""
    return (0, int(key), key) if key.isdigit() and len(key) < 16 else (1, 0, key)


def parents_first(keys: Iterable[Keys]) -> list[Keys]:
    """Instances in the order of their repeats."""
    return sorted(keys, key=lambda many: [key_order(key) for key in many])


def read_number(text: str) -> float:
    """The number a text spells, the XPath way; NaN for anything else."""
    return float(text) if SPELLED_NUMBER.fullmatch(text) else math.nan


def check_value(node: Node, value: object) -> Value:
    """The value as it is kept: empty text and empty lists are None, whole numbers are int.

    Raises WrongValueError when the JSON cannot be an answer to this question. A choice that is not on the list and a
    broken constraint are not wrong in this sense: they are kept and shown as invalid.
    """
    if value is None or value == "" or value == []:
        return None
    check = CHECKS.get(node.type)
    if node.type in COMPUTED and (node.trigger or node.keeps_answer):
        check = check_computed
    if check is None:
        raise WrongValueError("type", NOT_ANSWERED)
    return check(value)


def check_facet(facet: str, value: object) -> Value:
    """The value of a facet as it is kept; raises WrongValueError when it cannot be one."""
    if value is None or value == "":
        return None
    text = check_text(value)
    allowed = {"state": STATES, "evidence": EVIDENCE}.get(facet)
    if allowed and text not in allowed:
        options = ", ".join(allowed)
        raise WrongValueError("facet", {"vi": f"Chỉ nhận {options}.", "en": f"Must be one of {options}."})
    return text


def check_text(value: object) -> str:
    if not isinstance(value, str):
        raise WrongValueError("type", {"vi": "Cần một đoạn chữ.", "en": "Must be text."})
    if len(value) > MAX_TEXT:
        raise WrongValueError("text", {"vi": f"Dài quá {MAX_TEXT} ký tự.", "en": f"Longer than {MAX_TEXT} characters."})
    if not is_text(value):
        raise WrongValueError("text", {"vi": "Có ký tự không hợp lệ.", "en": "Holds characters that are not text."})
    return value


def is_text(value: str) -> bool:
    """Whether it holds neither NUL nor halves of characters; encoding finds them fifty times as fast as a pattern."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in value


def check_number(value: object) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WrongValueError("type", {"vi": "Cần một số.", "en": "Must be a number."})
    if isinstance(value, float) and not math.isfinite(value):
        raise WrongValueError("number", {"vi": "Số không hợp lệ.", "en": "Not a finite number."})
    if abs(value) > MAX_INTEGER:
        raise WrongValueError("number", {"vi": "Số quá lớn.", "en": "The number is too large."})
    return int(value) if value == int(value) else value


def check_computed(value: object) -> Value:
    """What a calculation may give: a text or a number."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return check_number(value) if is_number else check_text(value)


def check_integer(value: object) -> int:
    number = check_number(value)
    if not isinstance(number, int):
        raise WrongValueError("number", {"vi": "Cần một số nguyên.", "en": "Must be a whole number."})
    return number


def check_date(value: object) -> str:
    text = check_text(value)
    try:
        if DATE.fullmatch(text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise WrongValueError("date", {"vi": "Cần ngày có thật, dạng 2025-08-19.", "en": "Must be a day as 2025-08-19."})


def check_time(value: object) -> str:
    """A time of day, with seconds and offset if need be: "10:30:00"."""
    text = check_text(value)
    if not TIME.fullmatch(text):
        raise WrongValueError("time", {"vi": "Cần giờ có thật, dạng 10:30.", "en": "Must be a time as 10:30."})
    return text


def check_moment(value: object) -> str:
    """A day and a time of day: "2025-08-19T10:30:00.000+07:00"."""
    text = check_text(value)
    day, _, time = text.partition("T")
    check_date(day)
    check_time(time)
    return text


def check_acknowledged(value: object) -> str:
    if value != ACKNOWLEDGED:
        raise WrongValueError("text", {"vi": f"Chỉ nhận {ACKNOWLEDGED}.", "en": f"Must be {ACKNOWLEDGED}."})
    return ACKNOWLEDGED


def check_list(value: object) -> list[str]:
    if not isinstance(value, list) or len(value) > MAX_ITEMS:
        raise WrongValueError("type", {"vi": "Cần một danh sách lựa chọn.", "en": "Must be a list of choices."})
    items = [check_text(item) for item in value]
    if any(not item or SPACE.search(item) for item in items) or len(set(items)) < len(items):
        wording = {"vi": "Mỗi lựa chọn một lần, không có dấu cách.", "en": "Each choice once, without spaces."}
        raise WrongValueError("text", wording)
    return items


def check_place(value: object) -> str:
    text = check_text(value)
    parts = text.split(" ")
    if 2 <= len(parts) <= 4 and all(NUMBER.fullmatch(part) for part in parts):
        latitude, longitude = float(parts[0]), float(parts[1])
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return text
    raise WrongValueError(
        "place", {"vi": "Cần vĩ độ và kinh độ.", "en": "Must be “latitude longitude altitude accuracy”."}
    )


def check_hash(value: object) -> str:
    text = check_text(value)
    if not SHA256.fullmatch(text):
        raise WrongValueError(
            "hash", {"vi": "Tệp đính kèm không hợp lệ.", "en": "Must be the SHA-256 of an attachment."}
        )
    return text


def check_hashes(value: object) -> list[str]:
    return [check_hash(item) for item in check_list(value)]


def check_presence(value: object) -> bool:
    if not isinstance(value, bool):
        raise WrongValueError("type", {"vi": "Cần true hoặc false.", "en": "Must be true or false."})
    return value


NOT_ANSWERED: Final = {"vi": "Mục này không nhận câu trả lời.", "en": "This item takes no answer."}

CHECKS: Final[dict[str, Callable[[object], Value]]] = {
    "text": check_text,
    "integer": check_integer,
    "decimal": check_number,
    "date": check_date,
    "select_one": check_text,
    "select_one_from_file": check_text,
    "select_multiple": check_list,
    "geopoint": check_place,
    "barcode": check_text,
    "image": check_hashes,
    "audio": check_hashes,
    "file": check_hashes,
    "signature": check_hash,
    "repeat": check_presence,
    "time": check_time,
    "dateTime": check_moment,
    "range": check_number,
    "rank": check_list,
    "acknowledge": check_acknowledged,
    "video": check_hashes,
    "start-geopoint": check_place,
    "start": check_moment,
    "end": check_moment,
    "username": check_text,
    "deviceid": check_text,
}
