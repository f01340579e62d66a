"""What the map shows for its filters: the value of every visited unit, compared or not, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from reports.coverage import Cell, Summary, by_province, is_low, summarize
from reports.neighbours import Neighbours, load_beside_neighbours
from reports.scales import SCALES, Steps
from survey.database import Database
from survey.language import format_number
from survey.map.filters import MapFilters
from survey.map.layers import Layer
from survey.map.words import change_words, step_words, value_pattern
from survey.store import map as store
from survey.store.map import Scope, UnitResult

Value = tuple[float | None, float | None]  # what decides the step, and the number that is shown

FindNeighbours = Callable[[], Neighbours]


@dataclass(frozen=True)
class MapView:
    """The cells of the visited units; `others` those of the earlier period when both are shown beside each other.

    `steps` and `words` are those of the layer, or of its change; `counts` are the communes of each province.
    """

    filters: MapFilters
    layer: Layer
    steps: Steps
    words: dict[int, str]
    cells: list[Cell]
    others: list[Cell] | None
    counts: dict[str, int]

    @cached_property
    def whole(self) -> Summary:
        return summarize(self.cells, sum(self.counts.values()))

    @cached_property
    def summaries(self) -> dict[str, Summary]:
        return by_province(self.cells, self.counts)

    @cached_property
    def other_whole(self) -> Summary | None:
        return None if self.others is None else summarize(self.others, sum(self.counts.values()))

    @cached_property
    def other_summaries(self) -> dict[str, Summary]:
        return {} if self.others is None else by_province(self.others, self.counts)

    @cached_property
    def provinces(self) -> list[Cell]:
        """The provinces as cells, each with the mean of its visited units; those without a visit are left out."""
        return self._means(self.summaries)

    @cached_property
    def other_provinces(self) -> list[Cell]:
        return self._means(self.other_summaries)

    def _means(self, summaries: dict[str, Summary]) -> list[Cell]:
        return [
            Cell(code, code, self.steps.step_of(one.mean), one.mean, low=False, fictitious=False)
            for code, one in summaries.items()
            if one.visited
        ]

    @property
    def drawn(self) -> Summary:
        """The summary that the legend counts: of provinces where they are shaded, else of units."""
        return summarize(self.provinces, len(self.counts)) if self.filters.shaded else self.whole

    @property
    def other_drawn(self) -> Summary | None:
        """The same of the earlier period beside it."""
        if self.others is None or not self.filters.shaded:
            return self.other_whole
        return summarize(self.other_provinces, len(self.counts))

    def written(self, value: float | None) -> str:
        """A value in the language of the request, with the sign of a difference; a dash for what is not known."""
        if value is None:
            return "–"
        number = format_number(value, max(self.steps.digits, 1 if self.layer.scale == "level" else 0))
        sign = "+" if self.filters.is_change and value > 0 else ""
        return value_pattern(self.layer.scale).replace("{n}", f"{sign}{number}")

    def written_mean(self, summary: Summary) -> str:
        """The mean of visited units, to a tenth at least."""
        if summary.mean is None:
            return "–"
        sign = "+" if self.filters.is_change and summary.mean > 0 else ""
        return sign + format_number(summary.mean, max(1, self.steps.digits))


def read_map(
    db: Database,
    filters: MapFilters,
    layer: Layer,
    day: date,
    neighbours: FindNeighbours,
    *,
    with_confidential: bool,
) -> MapView:
    """Everything that the filters ask for; a second period is left out where the layer compares none."""
    if layer.changes is None:
        filters = replace(filters, earlier=None)
    # The mean of levels means nothing: provinces are shaded by the mean of the totals.
    scale = "score" if filters.shaded and layer.scale == "level" else layer.scale
    shown = replace(layer, scale=scale)
    scope = Scope(day, filters.start, filters.end, filters.province or None)
    now = _read(db, shown, scope, neighbours, with_confidential=with_confidential)
    then = None
    if filters.earlier:
        before = scope._replace(start=filters.earlier[0], end=filters.earlier[1])
        then = _read(db, shown, before, neighbours, with_confidential=with_confidential)
    changes = shown.changes if filters.is_change else None
    steps = changes or SCALES[scale]
    return MapView(
        filters=filters,
        layer=shown,
        steps=steps,
        words=change_words() if changes else step_words(scale),
        cells=_changed(steps, now, then or {}) if changes else _cells(steps, now),
        others=None if then is None or changes else _cells(steps, then),
        counts=store.count_communes(db, scope),
    )


Found = dict[str, tuple[UnitResult, Value]]


def _read(db: Database, layer: Layer, scope: Scope, neighbours: FindNeighbours, *, with_confidential: bool) -> Found:
    """The latest result of every visited unit by code, with its value on the layer."""
    results = store.latest_values(db, scope, layer.measure, layer.of, with_confidential=with_confidential)
    ratios: dict[str, float] = {}
    if layer.scale == "neighbours":
        loads = {one.code: one.value for one in results if one.value is not None}
        ratios = load_beside_neighbours(loads, neighbours())
    return {one.code: (one, _value(layer, one, scope.day, ratios)) for one in results}


def _value(layer: Layer, one: UnitResult, day: date, ratios: dict[str, float]) -> Value:
    if layer.scale == "level":
        return one.rank, one.score
    if layer.scale == "days":
        value: float | None = (day - date.fromisoformat(one.visited_on)).days
    else:
        value = ratios.get(one.code) if layer.scale == "neighbours" else one.value
    return value, value


def _cells(steps: Steps, found: Found) -> list[Cell]:
    return [_cell(one, steps.step_of(value), shown) for one, (value, shown) in found.values()]


def _changed(steps: Steps, now: Found, then: Found) -> list[Cell]:
    """The difference of every unit that was visited in either period; it is known where both values are."""
    cells = []
    for code in {**now, **then}:
        one, value = now.get(code) or then[code]
        before = then[code][1] if code in then and code in now else (None, None)
        difference = _minus(value[0], before[0])
        cells.append(_cell(one, steps.step_of(difference), None if difference is None else _minus(value[1], before[1])))
    return cells


def _minus(now: float | None, then: float | None) -> float | None:
    return None if now is None or then is None else now - then


def _cell(one: UnitResult, step: int, shown: float | None) -> Cell:
    return Cell(
        code=one.code,
        province=one.province_code,
        step=step,
        score=shown,
        low=is_low(one.confidence),
        fictitious=bool(one.fictitious),
        visited_on=one.visited_on,
    )


def values_of(view: MapView) -> dict[str, Any]:
    """What the page draws: columns of units, half the size of a list of objects, and how to speak of them."""
    values: dict[str, Any] = {
        "ramp": view.steps.ramp,
        "words": view.words,
        "digits": view.steps.digits,
        "pattern": value_pattern(view.layer.scale),
        "signed": view.filters.is_change,
        **_columns(view, view.cells),
    }
    if view.filters.heat and not view.filters.earlier:
        weigh = view.steps.weakness
        is_level = view.layer.scale == "level"
        values["weight"] = [round(weigh((cell.step or None) if is_level else cell.score), 2) for cell in view.cells]
    if view.filters.shaded:
        values["provinces"] = _shares(view, view.provinces, view.summaries)
    if view.others is not None:
        values["other"] = _columns(view, view.others)
        if view.filters.shaded:
            values["other"]["provinces"] = _shares(view, view.other_provinces, view.other_summaries)
    return values


def _shares(view: MapView, cells: list[Cell], summaries: dict[str, Summary]) -> dict[str, list[Any]]:
    """The columns of provinces, with how many of their units were visited."""
    found = [summaries[cell.code] for cell in cells]
    return _columns(view, cells) | {"visited": [one.visited for one in found], "all": [one.units for one in found]}


def _columns(view: MapView, cells: list[Cell]) -> dict[str, list[Any]]:
    digits = max(1, view.steps.digits)
    return {
        "units": [cell.code for cell in cells],
        "step": [cell.step for cell in cells],
        "score": [None if cell.score is None else round(cell.score, digits) for cell in cells],
        "low": [int(cell.low) for cell in cells],
        "fictitious": [int(cell.fictitious) for cell in cells],
    }
