"""What the map is asked to show, read from the address; the whole state of the map stands there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from survey.language import format_date
from survey.language import gettext as _
from survey.problems import Problem

EVER = (date(2000, 1, 1), date(2999, 12, 31))
LAYER = re.compile(r"[a-z]+(-[A-Za-z0-9_]{1,40})?|[A-Z][A-Za-z0-9_]{0,30}")
SORT = re.compile(r"-?[a-z]{1,12}")
QUARTERS = {1: "I", 2: "II", 3: "III", 4: "IV"}

Days = tuple[date, date]


@dataclass(frozen=True)
class MapFilters:
    """`layer` is the key of one (survey.map.layers); `start` and `end` are inclusive days, EVER for all.

    `earlier` is a second period: its values are taken from those of the first, or shown beside them when `beside`.
    `shaded` paints provinces with their means, `heat` shows where weakness concentrates, `sort` orders the table.
    """

    province: str = ""
    start: date = EVER[0]
    end: date = EVER[1]
    layer: str = "level"
    bars: bool = False
    table: bool = False
    earlier: Days | None = None
    beside: bool = False
    shaded: bool = False
    heat: bool = False
    sort: str = ""

    @property
    def period(self) -> str:
        """The value of the choice of periods: "" or "2025-07-01_2025-09-30"."""
        return "" if (self.start, self.end) == EVER else f"{self.start}_{self.end}"

    @property
    def earlier_period(self) -> str:
        return f"{self.earlier[0]}_{self.earlier[1]}" if self.earlier else ""

    @property
    def is_change(self) -> bool:
        return self.earlier is not None and not self.beside

    def query(self, **changes: str) -> dict[str, str]:
        """The filters as the query of an address, without what is the default."""
        start, end = self.earlier or ("", "")
        found = {
            "province": self.province,
            "from": self.start.isoformat() if self.start != EVER[0] else "",
            "to": self.end.isoformat() if self.end != EVER[1] else "",
            "from2": str(start),
            "to2": str(end),
            "compare": "side" if self.earlier and self.beside else "",
            "layer": self.layer if self.layer != "level" else "",
            "shade": "province" if self.shaded else "",
            "heat": "1" if self.heat else "",
            "bars": "1" if self.bars else "",
            "view": "table" if self.table else "",
            "sort": self.sort,
        }
        return {name: value for name, value in (found | changes).items() if value}


def read_filters(asked: Mapping[str, str]) -> MapFilters:
    """The filters of an address; Problem bad_request for what is no date, no province code or no layer.

    A period comes as `from` and `to`, or as one value of the choice of periods; a question chosen beside the layers as
    `item`, whose code stands before the first space.
    """
    first, _line, last = asked.get("period", "").partition("_")
    layer, province, sort = _layer(asked), asked.get("province", ""), asked.get("sort", "")
    if not LAYER.fullmatch(layer) or not re.fullmatch(r"(\d{2})?", province) or (sort and not SORT.fullmatch(sort)):
        raise Problem("bad_request")
    return MapFilters(
        province=province,
        start=_day(asked.get("from") or first) or EVER[0],
        end=_day(asked.get("to") or last) or EVER[1],
        layer=layer,
        bars=asked.get("bars") == "1",
        table=asked.get("view") == "table",
        earlier=_earlier(asked),
        beside=asked.get("compare") == "side",
        shaded=asked.get("shade") == "province" and not province,
        heat=asked.get("heat") == "1",
        sort=sort,
    )


def _layer(asked: Mapping[str, str]) -> str:
    item = asked.get("item", "").strip().partition(" ")[0]
    return f"item-{item}" if item else asked.get("layer") or "level"


def _earlier(asked: Mapping[str, str]) -> Days | None:
    """The second period, open at an end that is not named; None when neither is."""
    first, _line, last = asked.get("period2", "").partition("_")
    start, end = _day(asked.get("from2") or first), _day(asked.get("to2") or last)
    return (start or EVER[0], end or EVER[1]) if start or end else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Problem("bad_request") from error


def list_periods(first: str | None, today: date, *chosen: Days) -> list[tuple[str, str]]:
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
    for start, end in chosen:
        value = f"{start}_{end}"
        if (start, end) != EVER and value not in dict(periods):
            periods.append((value, span(start, end)))
    return periods


def quarter_days(year: int, quarter: int) -> tuple[date, date]:
    """First and last day of a quarter."""
    following = date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return date(year, quarter * 3 - 2, 1), following - timedelta(days=1)


def span(start: date, end: date) -> str:
    """A period in words when it is no year or quarter."""
    first = format_date(start) if start != EVER[0] else "…"
    last = format_date(end) if end != EVER[1] else "…"
    return f"{first} – {last}"
