"""Reads the `type` cell of the survey sheet: which question it is, its choice list, or why it cannot be used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from forms.checklist import type_names
from forms.xlsform.diagnosis import Diagnosis, suggestion

units_files = ("units.csv", "dvhc.csv")
"""The names under which authors ask for the built-in list of administrative units."""

same_as: dict[str, type_names] = {
    "string": "text", "int": "integer", "gps": "geopoint", "location": "geopoint", "photo": "image",
    "picture": "image", "datetime": "dateTime", "date time": "dateTime", "trigger": "acknowledge",
    "start time": "start", "end time": "end", "device id": "deviceid", "imei": "deviceid", "today": "hidden",
    "audit": "hidden", "percentage": "integer", "phone number": "text",
}  # fmt: skip
implied: dict[str, dict[str, str]] = {
    "today": {"calculation": "today()"},
    "percentage": {"constraint": ". >= 0 and . <= 100"},
    "phone number": {"constraint": "regex(., '^[0-9]*$')"},
}
"""What some names of a type say besides; a cell of their row comes before it."""

select_one = ("select_one", "select one", "select1", "select one from", "add select one prompt using")
select_multiple = ("select_multiple", "select multiple", "select all that apply", "select all that apply from",
                   "add select multiple prompt using")  # fmt: skip

rank = ("rank",)

unknowable = {
    "phonenumber": "phone", "uri:phonenumber": "phone", "simserial": "phone", "subscriberid": "phone",
    "sim id": "phone", "subscriber id": "phone", "email": "phone", "background-audio": "unasked",
    "background-geopoint": "unasked",
}  # fmt: skip
"""What other tools take from the telephone without asking, and why it cannot be had here."""

plain_types = [name for name in get_args(type_names) if name not in ("group", "repeat", "signature", "rank")]
"""Types that are written as they are called, without a list."""

later = {
    "geotrace": "geopoint", "geoshape": "geopoint", "osm": "geopoint", "select_one_external": "select_one",
    "loop": "repeat",
}  # fmt: skip
"""Types of XLSForm that are not supported, with the one to use instead."""


@dataclass(frozen=True)
class QuestionType:
    """What a type cell asks for. `part` is "begin" or "end" of a group or repeat, "question" otherwise.

    `implied` are expressions that the type stands for, by column; `or_other` asks for a choice "other" and its text.
    """

    name: type_names
    part: Literal["question", "begin", "end"] = "question"
    choices: str | None = None
    file: str | None = None
    or_other: bool = False
    implied: Mapping[str, str] = field(default_factory=dict)


def read_type(written: str, row: int, column: str, diagnosis: Diagnosis) -> QuestionType | None:
    """The question type of a cell; None, with the reason in `diagnosis`, when it cannot be used."""
    words = written.replace("_", " ").split()
    first = " ".join(words).lower()
    border = re.fullmatch(r"(begin|end) (lgroup|looped group|group|repeat)", first)
    if border:
        part: Literal["begin", "end"] = "begin" if border[1] == "begin" else "end"
        return QuestionType("group" if border[2] == "group" else "repeat", part)
    prompted = re.fullmatch(r"(?:q|get) (.+)|add (.+) prompt", first)
    name = next(filter(None, prompted.groups())) if prompted else first
    found = same_as.get(name) or next((known for known in plain_types if known == name), None)
    if found:
        return QuestionType(found, implied=implied.get(name, {}))
    return read_select(written, row, column, diagnosis)


def read_select(written: str, row: int, column: str, diagnosis: Diagnosis) -> QuestionType | None:
    """A select with its list: the longest command that starts the cell decides, the next word names the list."""
    found = re.fullmatch(r"select[ _](one|multiple)[ _]from[ _]file\s+(\S.*)", written, re.IGNORECASE)
    if found and found[1].lower() == "one" and found[2].lower() in units_files:
        return QuestionType("select_one_from_file", file=units_files[0])
    if found:
        return QuestionType("select_one" if found[1].lower() == "one" else "select_multiple", file=found[2])
    for name, commands in (("select_multiple", select_multiple), ("select_one", select_one), ("rank", rank)):
        pattern = "|".join(re.escape(command) for command in sorted(commands, key=len, reverse=True))
        found = re.fullmatch(rf"(?:{pattern})(?:\s+(.*))?", written, re.IGNORECASE)
        if found and not (found[1] or "").lower().startswith("external"):
            return select_with_list(name, (found[1] or "").split(), row, column, diagnosis)
    refuse_type(written, row, column, diagnosis)
    return None


def select_with_list(name: str, words: list[str], row: int, column: str, diagnosis: Diagnosis) -> QuestionType | None:
    """The select or rank of a list; a missing list and lists made of answers are refused."""
    other = " ".join(words[1:]).replace("_", " ").lower() in ("or other", "or specify other") and name != "rank"
    if not words:
        diagnosis.refuse("list_missing", "survey", row, column, type=name)
    elif words[0].startswith("${"):
        diagnosis.refuse("list_of_answers", "survey", row, column)
    elif len(words) > 1 and not other:
        diagnosis.refuse("type_unknown", "survey", row, column, type=" ".join([name, *words]),
                         did_you_mean_vi="", did_you_mean_en="")  # fmt: skip
    else:
        known = next(one for one in get_args(type_names) if one == name)
        return QuestionType(known, choices=words[0], or_other=other)
    return None


def refuse_type(written: str, row: int, column: str, diagnosis: Diagnosis) -> None:
    """Say why a type is not usable: not to be had, not supported, or unknown."""
    words = written.lower().split()
    name = " ".join(words)
    first = next((key for key in (name, words[0], name.replace(" ", "_")) if key in later), None)
    if name == "signature":
        diagnosis.refuse("type_signature", "survey", row, column)
    elif name.removeprefix("get ") in unknowable:
        diagnosis.refuse(f"type_{unknowable[name.removeprefix('get ')]}", "survey", row, column, type=name)
    elif first:
        diagnosis.refuse("type_later", "survey", row, column, type=first, instead=later[first])
    elif re.match(r"(begin|end)[ _](score|rank|kobomatrix|matrix)\b|(score|rank)__", name):
        diagnosis.refuse("type_of_kobo", "survey", row, column, type=name)
    elif re.match(r"(begin|end)[ _]", name):
        diagnosis.refuse("type_later", "survey", row, column, type=name, instead="begin_repeat")
    else:
        known = [*get_args(type_names)[2:], "begin_group", "end_group", "begin_repeat", "end_repeat"]
        diagnosis.refuse("type_unknown", "survey", row, column, type=written, **suggestion(written, known))
