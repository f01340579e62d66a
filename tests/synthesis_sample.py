"""A small synthesis for the tests of documents: Thanh Hóa with three communes, two of them visited, and its department."""

from __future__ import annotations

from datetime import date
from typing import Any

from forms.checklist import Choice, Rule
from forms.units import Unit
from reports.synthesis.facts import ItemMean, Period, Proposal, SectionMean, SynthesisFacts, UnitResult
from tests.report_sample import CHECKLIST, both, node

SINCE = date(2025, 7, 1)
QUARTER = Period(start=date(2026, 7, 1), end=date(2026, 9, 30))
EARLIER = Period(start=date(2026, 4, 1), end=date(2026, 6, 30))
RULES = [
    Rule(code="B01", questions=["B01"], when="true()", text=both("Cấp tài khoản cho {don_vi} <&>", "Accounts for {don_vi}"),
         responsible=both("Vụ Pháp chế (đầu mối)", "Legal Department"), legal_basis="NĐ 118", product=both("Tài khoản")),
    Rule(code="B03", questions=["B03"], when="true()", text=both("Dừng ngay MẬT-LỆNH", "Stop SECRET-RULE"),
         responsible=both("Vụ Pháp chế", "Legal Department"), confidential=True),
]  # fmt: skip
FORM = CHECKLIST.model_copy(
    update={
        "nodes": [*CHECKLIST.nodes, node("select_multiple", "/E14", "Nhu cầu", choices="fields")],
        "choices": CHECKLIST.choices | {"fields": [Choice(name="shtt", label=both("Sở hữu trí tuệ", "Intellectual property"))]},
        "rules": RULES,
    }
)  # fmt: skip


def unit(code: str, kind: Any, name: str, province: str = "38", province_name: str = "Thanh Hóa") -> Unit:
    return Unit(
        code=code, kind=kind, name=name, province_code=province, province_name=province_name, latitude=None,
        longitude=None, area_km2=None, valid_from=SINCE, valid_to=None,
    )  # fmt: skip


THANH_HOA = unit("38", "province", "Tỉnh Thanh Hóa")
HUE = unit("46", "province", "Thành phố Huế", "46", "Huế")
UNITS = [unit("15271", "xa", "Hà Trung"), unit("14797", "phuong", "Hạc Thành"), unit("16000", "xa", "Bỉm Sơn"),
         unit("38.SO", "so", "Sở Khoa học và Công nghệ tỉnh Thanh Hóa")]  # fmt: skip


def result(code: str, total: float | None, rank: int | None, **more: Any) -> UnitResult:
    kind, name = next((one.kind, one.name) for one in UNITS if one.code == code)
    return UnitResult(
        visit=f"v{code}", unit=code, name=name, kind=kind, province="38", visited_on=date(2026, 8, 19), checklist="tiny",
        version="1.2", total=total, rank=rank, **more,
    )  # fmt: skip


RESULTS = [
    result("15271", 66.0, 2, gates_failed=("B01",), difficulties={1: 2, 2: 0, 3: 1, 4: 0}, training={"shtt": 5}),
    result("14797", None, None, completeness=0.5, difficulties={1: 1, 2: 0, 3: 0, 4: 0}),
]
ITEMS = [
    ItemMean(checklist="tiny", item="B01", mean=1 / 3, units=2, low=2, failed=1),
    ItemMean(checklist="tiny", item="B02", mean=1.0, units=1, low=0),
]
PROPOSALS = [
    Proposal(checklist="tiny", code="B01", responsible="Vụ Pháp chế (đầu mối)", units=2, first_due=date(2026, 9, 3)),
    Proposal(checklist="tiny", code="B03", responsible="Vụ Pháp chế - Bộ KH&CN", units=1, confidential=True),
]


def facts(**changes: Any) -> SynthesisFacts:
    """The province's synthesis, with other results or another area."""
    known: dict[str, Any] = {
        "area": THANH_HOA, "period": QUARTER, "earlier": EARLIER, "visits": 3, "provinces": [THANH_HOA], "units": UNITS,
        "stock": {"38": {"xa": 2, "phuong": 1, "so": 1}}, "results": RESULTS,
        "before": [result("15271", 60.0, 1)], "sections": [SectionMean(checklist="tiny", section="B", mean=66.0, units=1)],
        "items": ITEMS, "proposals": PROPOSALS, "decisions": ["2083/QĐ-BKHCN"], "checklists": [FORM], "formulas": ["1"],
    }  # fmt: skip
    return SynthesisFacts(**known | changes)


def nation(**changes: Any) -> SynthesisFacts:
    """The nation of two provinces, one of which nobody has visited."""
    stock = {"38": {"xa": 2, "phuong": 1, "so": 1}, "46": {"phuong": 4}}
    return facts(area=None, provinces=[THANH_HOA, HUE], units=[], stock=stock, **changes)


EMPTY: dict[str, Any] = {
    "visits": 0, "results": [], "before": [], "sections": [], "items": [], "proposals": [], "decisions": [],
    "checklists": [], "formulas": [],
}  # fmt: skip
"""What a period without any visit comes to."""
