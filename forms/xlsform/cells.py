"""Reads single cells that must be a number, a fraction, yes or no, or a name, and says what is wrong with them."""

from __future__ import annotations

import math
import re
import unicodedata
from fractions import Fraction

from forms.xlsform.columns import Line
from forms.xlsform.diagnosis import Diagnosis

yes_words = {"yes", "true", "true()", "1", "x", "có"}
no_words = {"", "no", "false", "false()", "0", "không"}

name_pattern = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def read_number(line: Line, name: str, diagnosis: Diagnosis, least: float = 0, most: float = math.inf) -> float | None:
    """A number between the bounds from a column, None when the cell is empty or wrong. "2,5" counts as 2.5."""
    text = line.text(name)
    if not text:
        return None
    number = parse_number(text)
    if number is None or not least <= number <= most:
        bounds = f"≥ {least:g}" if most == math.inf else f"{least:g}–{most:g}"
        diagnosis.refuse("not_a_number", line.sheet, line.number, line.header(name), text=text, bounds=bounds)
        return None
    return number


def parse_number(text: str) -> float | None:
    """A decimal number or a fraction such as 1/3, None when the text is neither."""
    text = text.strip()
    if re.fullmatch(r"\d{1,9}\s*/\s*\d{1,9}", text):
        over, under = (int(part) for part in text.split("/"))
        return float(Fraction(over, under)) if under else None
    if re.fullmatch(r"-?(\d{1,15}([.,]\d{1,20})?|[.,]\d{1,20})(e-?\d{1,2})?", text, re.IGNORECASE):
        return float(text.replace(",", "."))
    return None


def read_flag(line: Line, name: str, diagnosis: Diagnosis) -> bool:
    """Yes or no from a column; anything else is refused."""
    text = line.text(name).lower()
    if text not in yes_words | no_words:
        diagnosis.refuse("not_yes_or_no", line.sheet, line.number, line.header(name), text=line.text(name))
    return text in yes_words


def read_name(line: Line, name: str, diagnosis: Diagnosis) -> str:
    """A name usable in expressions and in other tools; "" when it is missing or has other signs in it."""
    text = line.text(name)
    if not text:
        diagnosis.refuse("name_missing", line.sheet, line.number, line.header(name))
    elif not name_pattern.fullmatch(text):
        diagnosis.refuse("name_invalid", line.sheet, line.number, line.header(name), name=text, better=plain_name(text))
    else:
        return text
    return ""


def plain_name(text: str) -> str:
    """The nearest usable name: without accents, "_" for other signs."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    name = re.sub(r"[^A-Za-z0-9_.-]+", "_", "".join(sign for sign in letters if not unicodedata.combining(sign)))
    return name if name_pattern.match(name) else f"_{name}"
