"""Reads the parameters of a range: start, end and step, as other tools understand them."""

from __future__ import annotations

import math
from collections.abc import Mapping

from forms.xlsform.cells import parse_number

Slider = tuple[float, float, float]

usual = {"start": "1", "end": "10", "step": "1"}
"""What counts where a parameter is not given."""

most_steps = 10_000


def read_slider(given: Mapping[str, str]) -> Slider | tuple[str, str]:
    """Start, end and step, the smaller end first; else what is wrong, in Vietnamese and English."""
    numbers = [parse_number(given.get(name, text)) for name, text in usual.items()]
    start, end, step = (math.nan if number is None else number for number in numbers)
    if math.isnan(start + end + step):
        return "start, end, step phải là số", "start, end and step must be numbers"
    low, high, step = min(start, end), max(start, end), abs(step)
    if low == high:
        return "start bằng end", "start and end are the same"
    if step == 0 or step > high - low:
        return "step phải lớn hơn 0 và không quá khoảng cách", "step must be above 0 and no longer than the range"
    if (high - low) / step > most_steps:
        return f"quá {most_steps} nấc", f"more than {most_steps} steps"
    return low, high, step
