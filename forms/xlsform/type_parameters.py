"""What the column `parameters` says to a question of its type; a parameter that the type does not have is refused."""

from __future__ import annotations

import re
from typing import Any

from forms.xlsform.columns import Line
from forms.xlsform.diagnosis import Diagnosis
from forms.xlsform.parameters import read_parameters
from forms.xlsform.question_types import QuestionType
from forms.xlsform.sliders import read_slider

mixing = ("randomize", "seed")
meant: dict[str, tuple[str, ...]] = {
    "image": ("max-pixels",), "range": ("start", "end", "step"), "select_one": mixing, "select_multiple": mixing,
    "rank": mixing, "text": ("rows",),
}  # fmt: skip
from_file = ("value", "label")
"""Which columns of an attached file hold the choices; read with the file."""

idle: dict[str, tuple[str, ...]] = {
    "range": ("tick_interval", "placeholder", "tick_labelset"),
    "image": ("app",),
    "audio": ("quality",),
    "geopoint": ("capture-accuracy", "warning-accuracy", "allow-mock-accuracy"),
    "start-geopoint": ("capture-accuracy", "warning-accuracy", "allow-mock-accuracy"),
    "hidden": ("location-priority", "location-min-interval", "location-max-age", "track-changes",
               "track-changes-reasons", "identify-user"),
}  # fmt: skip
"""Parameters that are good XLSForm and change nothing here; those of `hidden` belong to `audit`."""


def read_type_parameters(kind: QuestionType, line: Line, diagnosis: Diagnosis) -> dict[str, Any]:
    """The fields of a node that its parameters fill."""
    place = ("survey", line.number, line.header("parameters"))
    text = line.text("parameters")
    given = read_parameters(text)
    known = meant.get(kind.name, ()) + (from_file if kind.file else ())
    idling = idle.get(kind.name, ())
    if given is None or not set(given) <= {*known, *idling} or not (fits_pixels(given) and fits_mixing(given)):
        diagnosis.refuse("parameters_unsupported", *place, text=text)
        return {}
    for name in sorted(set(given) & set(idling)):
        diagnosis.warn("parameter_idle", *place, text=name)
    if given.get("randomize", "").lower() == "true":
        return {"randomize": True, "seed": given.get("seed")}
    if kind.name == "text" and given.get("rows", "1") != "1":
        return {"appearance": f"{line.looks} multiline".strip()}
    if kind.name != "range":
        return {"max_pixels": int(given["max-pixels"])} if "max-pixels" in given else {}
    slider = read_slider(given)
    if len(slider) == 2:
        diagnosis.refuse("range_invalid", *place, text=text, why=slider[0], why_en=slider[1])
        return {}
    return {"slider": slider}


def fits_mixing(given: dict[str, str]) -> bool:
    """Whether the order of choices is mixed or not, with a seed that is a number or a question."""
    seed = given.get("seed", "0")
    mixed = given.get("randomize", "true" if "seed" not in given else "").lower()
    return mixed in ("true", "false") and re.fullmatch(r"-?\d+(\.\d+)?|\$\{[^{}]+\}", seed) is not None


def fits_pixels(given: dict[str, str]) -> bool:
    """Whether the longer side of a picture is a count of 10 to 99,999 pixels, or not given."""
    return re.fullmatch(r"\d{2,5}", given.get("max-pixels", "1600")) is not None
