"""A small visit for the tests of documents: one scored section with a gate, officials coached, a comment, one photo."""

from __future__ import annotations

from datetime import date
from typing import Any

from forms.checklist import Checklist, Choice, Level, Node, Section
from forms.units import Unit
from reports.facts import Evaluation, Member, ReportFacts, Visit

LEVELS = [
    ("0", "Chưa có", "None"),
    ("1", "Một phần", "Part"),
    ("2", "Đủ khi có hỗ trợ", "With help"),
    ("3", "Đủ", "All"),
]


def both(vietnamese: str, english: str = "") -> dict[str, str]:
    return {"vi": vietnamese, "en": english or vietnamese}


def node(kind: Any, path: str, label: str, english: str = "", **more: Any) -> Node:
    return Node(type=kind, name=path.rpartition("/")[2], path=path, row=2, label=both(label, english), **more)


def scored(path: str, label: str, **more: Any) -> Node:
    return node("select_one", path, label, choices="levels", weight=1.0, section="B", **more)


CHECKLIST = Checklist(
    id="tiny",
    version="1.2",
    title=both("Phiếu khảo sát thử", "Test checklist"),
    languages=["vi", "en"],
    nodes=[
        node("group", "/A", "Thông tin chung", children=[
            node("select_one", "/A/A04", "Đồng ý ghi thông tin cá nhân?", choices="consent"),
            node("text", "/A/A05_name", "Họ và tên", personal=True),
            node("text", "/A/A05_position", "Chức vụ"),
        ]),
        node("group", "/B", "Hệ thống dữ liệu", "Data systems", children=[
            scored("/B/B01", "Tài khoản riêng (đúng vai trò)", gate=2 / 3, core=True),
            scored("/B/B02", "Đồng bộ trạng thái hồ sơ"),
            node("text", "/B/B03", "Máy lưu bí mật nhà nước", confidential=True),
        ]),
        node("group", "/I", "Khó khăn, kiến nghị", children=[
            node("repeat", "/I/I06", "Góp ý văn bản", children=[node("text", "/I/I06/I06_problem", "Vướng mắc")]),
        ]),
        node("group", "/J", "Hướng dẫn", children=[
            node("repeat", "/J/J02", "Công chức được hướng dẫn", children=[
                node("text", "/J/J02/J02_officer", "Họ tên công chức", personal=True),
                node("select_one", "/J/J02/J04", "Mức trước", choices="levels"),
                node("select_one", "/J/J02/J05", "Mức sau", choices="levels"),
            ]),
        ]),
    ],
    choices={
        "levels": [Choice(name=n, label=both(v, e), score=int(n) / 3) for n, v, e in LEVELS],
        "consent": [Choice(name="yes", label=both("Đồng ý", "Yes")), Choice(name="no", label=both("Không đồng ý", "No"))],
    },
    sections=[Section(name="B", label=both("Hệ thống dữ liệu", "Data systems"), weight=100.0)],
    levels=[
        Level(name="ready", label=both("Sẵn sàng", "Ready"), rank=4, when="total() >= 80"),
        Level(name="support", label=both("Cần hỗ trợ có thời hạn", "Needs support with a deadline"), rank=2, when="true()"),
    ],
)  # fmt: skip

UNIT = Unit(
    code="15271", kind="xa", name="Hà Trung", province_code="38", province_name="Thanh Hóa", latitude=20.0,
    longitude=105.85, area_km2=None, valid_from=date(2025, 7, 1), valid_to=None,
)  # fmt: skip

ANSWERS: dict[str, Any] = {
    "/A/A04": "yes",
    "/A/A05_name": "Lê Thị Hòa",
    "/A/A05_position": "Phó Chủ tịch UBND xã",
    "/B/B01": "1",
    "/B/B01#evidence": "seen",
    "/B/B01#note": "Còn dùng chung 02 tài khoản.",
    "/B/B02": "3",
    "/B/B03": "Có máy riêng",
    "/I/I06[a]/I06_problem": "Chưa rõ kinh phí thử nghiệm mẫu",
    "/J/J02[k]/J02_officer": "Trần Thị B",
    "/J/J02[k]/J04": "1",
    "/J/J02[k]/J05": "3",
}

ASSESSMENT: dict[str, Any] = {
    "total": 66.666, "level": "support", "gates_failed": ["B01"], "completeness": 1.0, "bounds": [66.666, 66.666],
    "sections": {"B": {"score": 66.666, "weight": 100, "completeness": 1, "bounds": [66.666, 66.666], "answered": 2,
                       "applicable": 2}},
    "items": {"/B/B01": 1 / 3, "/B/B02": 1.0}, "confidence": 0.5, "lift_to": "ready",
    "lift": [{"question": "/B/B01", "code": "B01", "from": 1 / 3, "to": 1.0, "gain": 33.334}],
}  # fmt: skip

UNDECIDED: dict[str, Any] = {
    "total": None, "level": None, "gates_open": ["B01"], "completeness": 0.5, "bounds": [50, 100], "missing": ["/B/B01"],
    "sections": {"B": {"score": 100, "weight": 100, "completeness": 0.5, "bounds": [50, 100], "answered": 1,
                       "applicable": 2}},
    "items": {"/B/B01": None, "/B/B02": 1.0},
}  # fmt: skip

RECOMMENDATION: dict[str, Any] = {
    "code": "B01", "text": both("Cấp tài khoản riêng", "Create own accounts"), "responsible": both("Sở KH&CN", "The DST"),
    "cooperating": both("UBND xã"), "due": {"date": "2025-09-03", "text": both("T+15 ngày")}, "legal_basis": "NĐ 118",
    "product": both("Tài khoản"), "priority": "high", "confidential": False, "findings": [{"question": "/B/B01"}],
}  # fmt: skip


def facts(
    assessment: dict[str, Any] = ASSESSMENT, *, without: tuple[str, ...] = (), answers: dict[str, Any] | None = None,
    submitted: bool = True, **more: Any,
) -> ReportFacts:  # fmt: skip
    """The visit, with another assessment, fewer or other answers, or as a draft."""
    kept = {path: value for path, value in (ANSWERS | (answers or {})).items() if path not in without}
    visit = Visit(
        id="v1", decision_number="2083/QĐ-BKHCN", decision_date=date(2025, 8, 8), visited_on=date(2025, 8, 19),
        submitted=submitted, number="05" if submitted else None, issued_on=date(2026, 1, 5) if submitted else None,
        incomplete_reason="mất điện" if assessment is UNDECIDED else None,
    )  # fmt: skip
    members = [Member(name="Nguyễn Minh Tâm", duty="Trưởng đoàn", is_leader=True), Member(name="Lê Quang Vinh")]
    evaluation = Evaluation.model_validate({"assessment": assessment, "recommendations": [RECOMMENDATION]})
    return ReportFacts(
        visit=visit, unit=UNIT, members=members, checklist=CHECKLIST, answers=kept, evaluation=evaluation, **more
    )  # fmt: skip
