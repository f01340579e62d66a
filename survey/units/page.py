"""What the page of a unit says beside its list of visits: its results as a chart, and the units before and after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from markupsafe import Markup

from forms.units import Unit
from survey.database import Database
from survey.language import format_date, format_number
from survey.language import gettext as _
from survey.naming import unit_title
from survey.store import unit_history, units
from survey.store.unit_history import Kin
from survey.units.chart import Point, result_chart, sign
from survey.units.results import Result


@dataclass(frozen=True)
class Drawn:
    """The results of a unit over its visits as a picture, with the marks in it and what is to be said beside it."""

    chart: Markup
    marks: list[tuple[Markup, str]]
    notes: list[str]


def mark_words() -> dict[str, str]:
    return {
        "own": _("buổi làm việc của đơn vị này"),
        "same": _("khi đơn vị mang mã cũ"),
        "other": _("của đơn vị trước khi sáp nhập, chia tách"),
    }


def drawn_results(results: list[Result]) -> Drawn | None:
    """The chart of two results or more; None with fewer, as the list says it all then."""
    if len(results) < 2:
        return None
    points = [_point(result, first=place == 0, results=results) for place, result in enumerate(results)]
    told = "; ".join(f"{point.day_text}: {point.value}" for point in points)
    drawing = result_chart(points, _("Tổng điểm qua các buổi làm việc"), told)
    found = dict.fromkeys(point.mark for point in points)
    words = mark_words()
    marks = [(Markup(sign(mark)), words[mark]) for mark in found] if len(found) > 1 else []  # noqa: S704 - our own
    return Drawn(Markup(drawing), marks, list(_notes(results)))  # noqa: S704 - our own drawing


def _point(result: Result, *, first: bool, results: list[Result]) -> Point:
    visit = result.visit
    low, high = visit.lower or 0.0, visit.upper if visit.upper is not None else 100.0
    value = f"{format_number(low, 0)}–{format_number(high, 0)}"
    if visit.total is not None:
        low = high = visit.total
        value = format_number(visit.total)
    several_forms = any(one.version_changes for one in results)
    return Point(
        day=date.fromisoformat(visit.planned_on), low=low, high=high, value=value,
        day_text=format_date(visit.planned_on), joined=result.continues,
        mark="own" if visit.own else "same" if visit.counts else "other",
        form=_form(result) if result.version_changes or (first and several_forms) else "",
    )  # fmt: skip


def _form(result: Result) -> str:
    short = f" ({_('rút gọn')})" if result.visit.scope == "core" else ""
    return _("phiếu bản {version}", version=result.visit.checklist_version) + short


def _notes(results: list[Result]) -> Iterator[str]:
    """Whether the results can be compared, said before anybody reads a rise or a fall into them."""
    breaks = [one for one in results[1:] if not one.continues]
    if not breaks:
        yield _("Các buổi dùng cùng cách tính điểm nên so sánh được.")
    else:
        yield _("Chỉ so sánh được những điểm nối bằng một đường.")
    if any(one.version_changes and one.continues for one in results):
        yield _("Phiếu có bản mới nhưng cách tính điểm không đổi.")
    if any(one.version_changes and not one.continues for one in results):
        yield _("Phiếu đổi câu chấm điểm hoặc trọng số, nên điểm trước và sau không so sánh được.")
    if any(not one.visit.counts for one in results):
        yield _("Điểm của đơn vị trước khi sáp nhập, chia tách không phải là điểm của đơn vị này.")
    if any(one.visit.total is None for one in results):
        yield _("Khoảng có hai đầu: chưa đủ câu trả lời, điểm nằm trong khoảng đó.")


def side_words() -> dict[str, str]:
    """Who commits itself, where nobody else is named."""
    return {
        "delegation": _("Đoàn công tác"),
        "unit": _("Đơn vị"),
        "department": _("Sở Khoa học và Công nghệ"),
        "other": _("Bên khác"),
    }


class Relative(NamedTuple):
    """A unit before or after this one: since which day, which share passed on, and whether it is the same unit."""

    code: str
    title: str
    since: str
    share: float
    counts: bool


class History(NamedTuple):
    """Whom a unit follows, and who follows it."""

    before: list[Relative]
    after: list[Relative]


def relatives_of(db: Database, unit: Unit, day: date) -> History:
    """The units before and after a unit; itself stands before it where it was merged or split under its own code."""
    start = next((stretch.start for stretch in unit_history.line_of(db, unit.code, day)[:1]), "")
    before = unit_history.origins_of(db, unit.code, start) if start else []
    after = unit_history.successors_of(db, unit.code)
    return History(
        [_relative(db, one, -1) for one in before],
        [_relative(db, one, 0) for one in after],
    )


def _relative(db: Database, one: Kin, days: int) -> Relative:
    """With its name as it was on the day of the change, or on the day before."""
    found = units.find_unit(db, one.code, date.fromisoformat(one.since) + timedelta(days))
    return Relative(one.code, unit_title(found) if found else one.code, one.since, one.share, one.counts)
