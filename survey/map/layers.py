"""The layers of the map: what each is called, what it reads and how its values become colours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from forms.checklist import Section, unquoted
from forms.projection import GROUPS
from forms.units import COMMUNE_KINDS
from reports.scales import CHANGES, SCALES, Steps, change_steps
from survey.database import Database
from survey.language import gettext as _
from survey.language import say
from survey.problems import Problem
from survey.store import checklists
from survey.store.map import Definition, FormItem, definition_of

LONGEST_LABEL = 110


@dataclass(frozen=True)
class Layer:
    """One layer. `key` stands in the address; `measure` and `of` are what the store reads; `scale` names its steps."""

    key: str
    name: str
    group: str
    measure: str
    scale: str
    of: str = ""
    confidential: bool = False

    @property
    def steps(self) -> Steps:
        return SCALES[self.scale]

    @property
    def changes(self) -> Steps | None:
        """The steps of the difference between two periods; None where two periods are not compared."""
        return change_steps(self.scale) if self.scale in CHANGES else None


def list_layers(db: Database) -> list[Layer]:
    """All layers in the order of the choice, confidential ones too."""
    form = _form(db)
    return [
        *_results(form.scored_sections()),
        *_quality(),
        *_gates([item for item in form.scored_items() if item.gate is not None]),
        *_difficulties(),
        *_work(),
        *_items(form.scored_items()),
    ]


def find_layer(layers: list[Layer], key: str, *, with_confidential: bool) -> Layer:
    """The layer of an address; Problem bad_request when there is none, not_allowed when it is not for this person."""
    found = next((layer for layer in layers if layer.key == key), None)
    if found is None:
        raise Problem("bad_request")
    if found.confidential and not with_confidential:
        raise Problem("not_allowed")
    return found


def grouped(layers: list[Layer]) -> list[tuple[str, list[Layer]]]:
    """The layers of the choice by the heading they stand under, without the questions of the checklist."""
    return [(group, list(members)) for group, members in groupby(layers, attrgetter("group")) if group]


def _form(db: Database) -> Definition:
    """The checklist in use for communes; an empty one before there is any."""
    fitting = (one for one in checklists.list_latest(db) if any(one.fits(kind) for kind in COMMUNE_KINDS))
    version = next(fitting, None)
    return definition_of(db, version) if version else Definition(sections=[], nodes=[])


def _results(sections: list[Section]) -> Iterator[Layer]:
    group = _("Kết luận và điểm")
    yield Layer("level", _("Kết luận chung"), group, "total", "level")
    yield Layer("total", _("Tổng điểm"), group, "total", "score")
    for section in sections:
        name = f"{section.name} · {say(section.label)}"
        yield Layer(section.name, name, group, "section", "score", section.name)


def _quality() -> Iterator[Layer]:
    group = _("Chất lượng số liệu")
    yield Layer("completeness", _("Mức đầy đủ của phiếu"), group, "completeness", "share")
    yield Layer("confidence", _("Độ tin cậy của minh chứng"), group, "confidence", "share")
    yield Layer("days", _("Số ngày từ lần làm việc gần nhất"), group, "total", "days")


def _gates(items: list[FormItem]) -> Iterator[Layer]:
    group = _("Điều kiện bắt buộc")
    yield Layer("gates", _("Số điều kiện bắt buộc chưa đạt"), group, "gates", "count")
    for item in items:
        yield Layer(f"gate-{item.name}", _named(item), group, "gate", "gate", item.name, item.confidential)


def _difficulties() -> Iterator[Layer]:
    group = _("Khó khăn theo nhóm của CĐ 111/CĐ-TTg")
    for number, name in zip(GROUPS, difficulty_names(), strict=True):
        yield Layer(f"difficulty-{number}", f"({number}) {name}", group, "difficulty", "named", str(number))


def difficulty_names() -> tuple[str, ...]:
    """The four groups of problems of CĐ 111/CĐ-TTg, 17 July 2025, in their order (domain §1.5)."""
    return (
        _("Hạ tầng kỹ thuật, thiết bị"),
        _("Hệ thống thông tin, dữ liệu"),
        _("Thể chế, quy trình, nhân lực"),
        _("Hỗ trợ, hướng dẫn, tuyên truyền"),
    )


def _work() -> Iterator[Layer]:
    group = _("Cam kết, hồ sơ, tín hiệu")
    yield Layer("open", _("Cam kết đang thực hiện"), group, "open", "count")
    yield Layer("overdue", _("Cam kết quá hạn"), group, "overdue", "count")
    yield Layer("load", _("Hồ sơ mỗi công chức mỗi ngày"), group, "load", "load")
    yield Layer("overload", _("Quá tải cạnh đơn vị nhàn rỗi"), group, "load", "neighbours")
    yield Layer("return", _("Tín hiệu “trả lại quyền” (hạn chế)"), group, "return", "signal", confidential=True)


def _items(items: list[FormItem]) -> Iterator[Layer]:
    for item in items:
        yield Layer(f"item-{item.name}", _named(item), "", "item", "score", item.name, item.confidential)


def _named(item: FormItem) -> str:
    words = say(unquoted(item.label))
    short = words if len(words) <= LONGEST_LABEL else f"{words[:LONGEST_LABEL].rsplit(' ', 1)[0]} …"
    return f"{item.name} · {short}"
