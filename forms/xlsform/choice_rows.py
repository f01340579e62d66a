"""Reads the choices sheet: lists of choices with their scores and the fields that choice filters compare."""

from __future__ import annotations

import re
from typing import Literal

from forms.checklist import Choice
from forms.xlsform.cells import parse_number
from forms.xlsform.column_names import media_kinds
from forms.xlsform.columns import Line, spelled
from forms.xlsform.diagnosis import Diagnosis

known = ("list_name", "name", "label", "score", *media_kinds)
field_pattern = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def read_choices(lines: list[Line], diagnosis: Diagnosis) -> dict[str, list[Choice]]:
    """The choice lists by name, in the order of the sheet."""
    lists: dict[str, list[Choice]] = {}
    rows: dict[tuple[str, str], int] = {}
    for line in lines:
        list_name = line.text("list_name")
        if not list_name:
            diagnosis.refuse("list_name_missing", "choices", line.number, line.header("list_name"))
            continue
        choice = read_choice(line, diagnosis)
        first = rows.setdefault((list_name, choice.name), choice.row)
        if choice.name and first != choice.row:
            diagnosis.refuse("choice_twice", "choices", line.number, line.header("name"),
                             name=choice.name, list=list_name, other=first)  # fmt: skip
        lists.setdefault(list_name, []).append(choice)
    if lines:
        check_field_names(lines[0], diagnosis)
    return lists


def read_choice(line: Line, diagnosis: Diagnosis) -> Choice:
    """One row of the choices sheet."""
    name, label = line.text("name"), line.words("label")
    if not name:
        diagnosis.refuse("name_missing", "choices", line.number, line.header("name"))
    elif re.search(r"\s", name):
        better = re.sub(r"\s+", "_", name)
        diagnosis.refuse("choice_name_spaced", "choices", line.number, line.header("name"), name=name, better=better)
    if not label and name:
        diagnosis.warn("label_from_name", "choices", line.number, line.header("label"), name=name)
        label = {line.columns.default_language: name}
    fields = {field: line.text(field) for field in line.columns.by_name if field not in known and line.text(field)}
    facts = {"fields": fields, "media": line.media(), "row": line.number}
    return Choice(name=name, label=label, score=read_score(line, diagnosis), **facts)


def read_score(line: Line, diagnosis: Diagnosis) -> float | Literal["na", "unknown"] | None:
    """A choice's score: a number or fraction from 0 to 1, "na" or "unknown", None when the cell is empty."""
    text = line.text("score").lower()
    if text == "na":
        return "na"
    if text == "unknown":
        return "unknown"
    number = parse_number(text)
    if text and (number is None or not 0 <= number <= 1):
        diagnosis.refuse("choice_score_invalid", "choices", line.number, line.header("score"), text=line.text("score"))
        return None
    return number


def check_field_names(line: Line, diagnosis: Diagnosis) -> None:
    """Refuse fields that no expression could name."""
    for header, column in line.columns.by_header.items():
        if column.name == header and not field_pattern.fullmatch(header) and spelled(header) != "list_name":
            diagnosis.refuse("field_name_invalid", "choices", 1, header, better=spelled(header))
