"""Reads the column `parameters`: pairs such as `max-pixels=1600` with spaces, commas or semicolons between."""

from __future__ import annotations

import re

pair = re.compile(r"([A-Za-z_-]+)=([^\s,;]+)")


def read_parameters(text: str) -> dict[str, str] | None:
    """The parameters by their name in lower case; None when the text is something else or names one twice."""
    parts = [part for part in re.split(r"[\s,;]+", re.sub(r"\s*=\s*", "=", text)) if part]
    found = [pair.fullmatch(part) for part in parts]
    given = {match[1].lower(): match[2] for match in found if match}
    return given if len(given) == len(parts) else None
