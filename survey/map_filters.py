"""What the map is asked to show, read from the address; the whole state of the map stands there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from reports.coverage import Scale
from survey.language import format_date
from survey.language import gettext as _
from survey.problems import Problem

EVER = (date(2000, 1, 1), date(2999, 12, 31))
LAYER = re.compile(r"level|total|[A-Z][A-Za-z0-9_]{0,30}")
QUARTERS = {1: "I", 2: "II", 3: "III", 4: "IV"}


@dataclass(frozen=True)
class MapFilters:
    """`layer` is "level", "total" or a section; `start` and `end` are inclusive days, EVER for all."""

    province: str = ""
    start: date = EVER[0]
    end: date = EVER[1]
    layer: str = "level"
    bars: bool = False
    table: bool = False

    @property
    def scale(self) -> Scale:
        return "lv" if self.layer == "level" else "sc"

    @property
    def period(self) -> str:
        """The value of the choice of periods: "" or "2025-07-01_2025-09-30"."""
        return "" if (self.start, self.end) == EVER else f"{self.start}_{self.end}"

    def query(self, **changes: str) -> dict[str, str]:
        """The filters as the query of an address, without what is the default."""
        found = {
            "province": self.province,
            "from": self.start.isoformat() if self.start != EVER[0] else "",
            "to": self.end.isoformat() if self.end != EVER[1] else "",
            "layer": self.layer if self.layer != "level" else "",
            "bars": "1" if self.bars else "",
            "view": "table" if self.table else "",
        }
        return {name: value for name, value in (found | changes).items() if value}


def read_filters(asked: Mapping[str, str]) -> MapFilters:
    """The filters of an address; Problem bad_request for what is no date, no province code or no layer.

    A period comes as `from` and `to`, or as one value of the choice of periods.
    """
    first, _line, last = asked.get("period", "").partition("_")
    layer, province = asked.get("layer") or "level", asked.get("province", "")
    if not LAYER.fullmatch(layer) or not re.fullmatch(r"(\d{2})?", province):
        raise Problem("bad_request")
    return MapFilters(
        province=province,
        start=_day(asked.get("from") or first) or EVER[0],
        end=_day(asked.get("to") or last) or EVER[1],
        layer=layer,
        bars=asked.get("bars") == "1",
        table=asked.get("view") == "table",
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Problem("bad_request") from error


def list_periods(first: str | None, today: date, chosen: MapFilters) -> list[tuple[str, str]]:
    """Value and wording of the periods to choose from: all, years and quarters since the first assessed visit.

    A period of the address that is none of them is added, so that the choice always shows what the map shows.
    """
    periods = [("", _("Tất cả các kỳ"))]
    since = date.fromisoformat(first) if first else today
    for year in range(today.year, since.year - 1, -1):
        periods.append((f"{year}-01-01_{year}-12-31", _("Năm {year}", year=year)))
        for quarter in range(4, 0, -1):
            start, end = quarter_days(year, quarter)
            if start <= today and end >= since:
                name = _("Quý {quarter}/{year}", quarter=QUARTERS[quarter], year=year)
                periods.append((f"{start}_{end}", name))
    if chosen.period not in dict(periods):
        periods.append((chosen.period, span(chosen)))
    return periods


def quarter_days(year: int, quarter: int) -> tuple[date, date]:
    """First and last day of a quarter."""
    following = date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return date(year, quarter * 3 - 2, 1), following - timedelta(days=1)


def span(filters: MapFilters) -> str:
    """A period in words when it is no year or quarter."""
    start = format_date(filters.start) if filters.start != EVER[0] else "…"
    end = format_date(filters.end) if filters.end != EVER[1] else "…"
    return f"{start} – {end}"
