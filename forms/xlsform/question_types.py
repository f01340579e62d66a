"""Reads the `type` cell of the survey sheet: which question it is, its choice list, or why it cannot be used."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from forms.checklist import type_names
from forms.xlsform.diagnosis import Diagnosis, suggestion

units_files = ("units.csv", "dvhc.csv")
"""The names under which authors ask for the built-in list of administrative units."""

same_as: dict[str, type_names] = {
    "string": "text", "add text prompt": "text", "int": "integer", "add integer prompt": "integer",
    "add decimal prompt": "decimal", "add date prompt": "date", "gps": "geopoint", "location": "geopoint",
    "add location prompt": "geopoint", "photo": "image", "add image prompt": "image", "add photo prompt": "image",
    "add audio prompt": "audio", "add file prompt": "file", "add barcode prompt": "barcode",
    "add note prompt": "note", "add calculate prompt": "calculate",
}  # fmt: skip

select_one = ("select_one", "select one", "select1", "select one from", "add select one prompt using")
select_multiple = ("select_multiple", "select multiple", "select all that apply", "select all that apply from",
                   "add select multiple prompt using")  # fmt: skip

recorded_anyway = ("start", "end", "today", "deviceid", "username", "email", "phonenumber", "subscriberid", "simserial",
                   "audit", "imei")  # fmt: skip
"""Metadata that the product's answer log records with every change, so that a row for it is not needed."""

later = {
    "time": "text", "datetime": "text", "date time": "text", "geotrace": "geopoint", "geoshape": "geopoint",
    "video": "image", "background-audio": "audio", "acknowledge": "select_one", "trigger": "select_one",
    "range": "integer", "rank": "select_multiple",
    "hidden": "calculate", "percentage": "integer", "osm": "geopoint", "start-geopoint": "geopoint",
    "background-geopoint": "geopoint", "select_one_external": "select_one", "loop": "repeat",
}  # fmt: skip
"""Types of XLSForm that are not supported yet, with the one to use instead."""


@dataclass(frozen=True)
class QuestionType:
    """What a type cell asks for. `part` is "begin" or "end" of a group or repeat, "question" otherwise."""

    name: type_names
    part: Literal["question", "begin", "end"] = "question"
    choices: str | None = None
    file: str | None = None


def read_type(written: str, row: int, column: str, diagnosis: Diagnosis) -> QuestionType | None:
    """The question type of a cell; None, with the reason in `diagnosis`, when it cannot be used."""
    words = written.replace("_", " ").split()
    first = " ".join(words).lower()
    border = re.fullmatch(r"(begin|end) (lgroup|looped group|group|repeat)", first)
    if border:
        part: Literal["begin", "end"] = "begin" if border[1] == "begin" else "end"
        return QuestionType("group" if border[2] == "group" else "repeat", part)
    if first in same_as:
        return QuestionType(same_as[first])
    if first in get_args(type_names) and first not in ("group", "repeat", "signature"):
        return QuestionType(next(name for name in get_args(type_names) if name == first))
    return read_select(written, row, column, diagnosis)


def read_select(written: str, row: int, column: str, diagnosis: Diagnosis) -> QuestionType | None:
    """A select with its list: the longest command that starts the cell decides, the next word names the list."""
    found = re.fullmatch(r"select[ _](one|multiple)[ _]from[ _]file\s+(\S.*)", written, re.IGNORECASE)
    if found and found[1].lower() == "one" and found[2].lower() in units_files:
        return QuestionType("select_one_from_file", file=units_files[0])
    if found:
        return QuestionType("select_one" if found[1].lower() == "one" else "select_multiple", file=found[2])
    for name, commands in (("select_multiple", select_multiple), ("select_one", select_one)):
        pattern = "|".join(re.escape(command) for command in sorted(commands, key=len, reverse=True))
        found = re.fullmatch(rf"(?:{pattern})(?:\s+(.*))?", written, re.IGNORECASE)
        if found and not (found[1] or "").lower().startswith("external"):
            return select_with_list(name, (found[1] or "").split(), row, column, diagnosis)
    refuse_type(written, row, column, diagnosis)
    return None


def select_with_list(name: str, words: list[str], row: int, column: str, diagnosis: Diagnosis) -> QuestionType | None:
    """The select of a list; a missing list, `or_other` and lists made of answers are refused."""
    if not words:
        diagnosis.refuse("list_missing", "survey", row, column, type=name)
    elif words[0].startswith("${"):
        diagnosis.refuse("list_of_answers", "survey", row, column)
    elif len(words) > 1 and " ".join(words[1:]).replace("_", " ") in ("or other", "or specify other"):
        diagnosis.refuse("or_other", "survey", row, column, list=words[0])
    elif len(words) > 1:
        diagnosis.refuse("type_unknown", "survey", row, column, type=" ".join([name, *words]),
                         did_you_mean_vi="", did_you_mean_en="")  # fmt: skip
    else:
        return QuestionType("select_multiple" if name == "select_multiple" else "select_one", choices=words[0])
    return None


def refuse_type(written: str, row: int, column: str, diagnosis: Diagnosis) -> None:
    """Say why a type is not usable: recorded anyway, not supported yet, or unknown."""
    words = written.lower().split()
    name = " ".join(words)
    first = next((key for key in (name, words[0], name.replace(" ", "_")) if key in later), None)
    if name == "signature":
        diagnosis.refuse("type_signature", "survey", row, column)
    elif name in recorded_anyway:
        diagnosis.refuse("type_recorded_anyway", "survey", row, column, type=name)
    elif first:
        diagnosis.refuse("type_later", "survey", row, column, type=first, instead=later[first])
    elif re.match(r"(begin|end)[ _]", name):
        diagnosis.refuse("type_later", "survey", row, column, type=name, instead="begin_repeat")
    else:
        known = [*get_args(type_names)[2:], "begin_group", "end_group", "begin_repeat", "end_repeat"]
        diagnosis.refuse("type_unknown", "survey", row, column, type=written, **suggestion(written, known))
