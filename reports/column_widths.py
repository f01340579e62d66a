"""The widths of the columns of tables, read from the style sheet of the PDF so that Word's tables have the same."""

from __future__ import annotations

import re
from functools import lru_cache

RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
WIDTH = re.compile(r"\bwidth: *([\d.]+)mm")
COLUMN = re.compile(r"(?:html:lang\((\w+)\) +)?\.(\w+) +(?:thead +)?th:(?:nth-child\((\d+)\)|first-child)$")


@lru_cache(maxsize=8)
def declared_widths(styles: str, language: str) -> dict[tuple[str, int], float]:
    """Class of a table and place of a column (from 1) → its width in millimetres; later rules win."""
    found = {}
    for selectors, body in RULE.findall(re.sub(r"/\*.*?\*/", "", styles, flags=re.DOTALL)):
        width = WIDTH.search(body)
        for selector in selectors.split(",") if width else ():
            column = COLUMN.match(selector.strip())
            if width and column and column[1] in (None, language):
                found[column[2], int(column[3] or 1)] = float(width[1])
    return found


def column_widths(styles: str, language: str, classes: list[str], count: int, room: float) -> list[float]:
    """The widths of `count` columns in millimetres; those without a width of their own share what is left of `room`."""
    declared = declared_widths(styles, language)
    own = [next((declared[key] for name in classes if (key := (name, place)) in declared), 0.0)
           for place in range(1, count + 1)]  # fmt: skip
    open_columns = own.count(0.0)
    share = max((room - sum(own)) / open_columns, 5.0) if open_columns else 0.0
    return [width or share for width in own]
