"""The minutes of the small visit, with marked confidential questions beside its open ones, for tests of documents."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

from PIL import Image, ImageDraw

from forms.checklist import Checklist
from reports.facts import Evaluation, Photo, ReportFacts
from reports.minutes_facts import Attendee, Commitment, Minutes, Signature
from tests import report_sample
from tests.report_sample import both, node, scored

SECRET = "KÍN-"
"""What every confidential text of the sample begins with."""


def drawing(width: int = 400, height: int = 160) -> bytes:
    """A signature as a tablet draws it: dark strokes on nothing."""
    image = Image.new("RGBA", (width, height))
    pen = ImageDraw.Draw(image)
    points = [(40, 120), (80, 30), (100, 90), (150, 40), (190, 110), (250, 60), (360, 80)]
    pen.line(points, fill=(10, 20, 90, 255), width=6, joint="curve")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def signature(side: Any, name: str, **more: Any) -> Signature:
    return Signature(side=side, name=name, image=drawing(), signed_at=datetime(2025, 8, 19, 11, 42), **more)


ATTENDANCE = [
    Attendee(side="delegation", name="Nguyễn Minh Tâm", position="Trưởng đoàn", role="leader"),
    Attendee(side="delegation", name="Lê Quang Vinh", position="Chuyên viên Vụ Pháp chế"),
    Attendee(side="delegation", name="Trần Thu Hà", role="secretary"),
    Attendee(side="unit", name="Lê Thị Hòa", position="Phó Chủ tịch UBND xã", role="leader"),
    Attendee(side="unit", position="Công chức Văn hóa - Xã hội"),
    Attendee(side="department", name="Phạm Ngọc Anh", position="Chuyên viên"),
]  # fmt: skip

SIGNATURES = [
    signature("unit", "ThS. Lê Thị Hòa", position="Phó Chủ tịch UBND xã"),
    signature("delegation", "PGS.TS. Nguyễn Minh Tâm", position="Trưởng đoàn"),
    signature("delegation", "Trần Thu Hà", role="secretary"),
]

COMMITMENTS = [
    Commitment(side="unit", recommendation="B01", decision="changed", own_words="Xin lùi đến hết tháng 9.", due=date(2025, 9, 30)),
    Commitment(side="delegation", text="Gửi tài liệu hướng dẫn", owner="Vụ Pháp chế", due=date(2025, 9, 5)),
]  # fmt: skip


def record(**more: Any) -> Minutes:
    """The whole record, signed by all; `more` replaces parts of it."""
    whole: dict[str, Any] = {
        "attendance": ATTENDANCE,
        "commitments": COMMITMENTS,
        "signatures": SIGNATURES,
        "started_at": datetime(2025, 8, 19, 8, 5),
        "ended_at": datetime(2025, 8, 19, 11, 40),
        "plan": "Kế hoạch số 04/KH-ĐCT ngày 11 tháng 8 năm 2025 của Đoàn công tác",
        "number": "5",
        "opinion": "Đề nghị xã sớm cấp tài khoản.",
        "code": "BB-7K2M-9QXA",
        "address": "https://satcanh.example/kiem-tra/BB-7K2M-9QXA",
    }
    return Minutes(**(whole | more))


def owed(number: int) -> Commitment:
    """The commitment of that number, of the length that people write."""
    text = f"Cam kết {number}: bố trí máy quét và đường truyền riêng cho quầy tiếp nhận hồ sơ khoa học và công nghệ"
    return Commitment(side="unit", text=text, owner="UBND xã", due=date(2025, 9, 30))


def secret_checklist() -> Checklist:
    """The small checklist with a confidential gate, a confidential group and questions that refer to them."""
    gate = scored("/B/B09", f"{SECRET}điều kiện", gate=2 / 3, confidential=True)
    inside = [node("text", "/K/K01", f"{SECRET}câu hỏi"), node("image", "/K/K02", f"{SECRET}ảnh")]
    group = node("group", "/K", f"{SECRET}phần", confidential=True, children=inside)
    repeat = node(
        "repeat", "/I/I04", f"{SECRET}bảng", confidential=True, children=[node("text", "/I/I04/I04_a", f"{SECRET}cột")]
    )
    refers = node("text", "/I/I03", "Liên quan đến ${K01}")
    nodes = []
    for part in report_sample.CHECKLIST.nodes:
        more = {"B": [gate], "I": [repeat, refers]}.get(part.name, [])
        nodes.append(part.model_copy(update={"children": [*part.children, *more]}))
    return report_sample.CHECKLIST.model_copy(update={"nodes": [*nodes, group]})


SECRET_ANSWERS = {
    "/B/B03": f"{SECRET}máy",
    "/B/B03#note": f"{SECRET}ghi chú",
    "/B/B09": "0",
    "/B/B09#note": f"{SECRET}lý do",
    "/K/K01": f"{SECRET}lời đáp",
    "/K/K02": ["a" * 64],
    f"/K/K02#caption.{'a' * 64}": f"{SECRET}chú thích",
    "/I/I03": "Có",
    "/I/I04[x]/I04_a": f"{SECRET}dòng",
}


def secret_facts() -> ReportFacts:
    """The visit with everything confidential answered, found, recommended and photographed."""
    plain = report_sample.facts(answers=SECRET_ANSWERS)
    assessment = report_sample.ASSESSMENT | {
        "gates_failed": ["B01", "B09"],
        "items": report_sample.ASSESSMENT["items"] | {"/B/B09": 0.0},
        "missing": ["/K/K01"],
        "flagged": ["/B/B09"],
    }
    marked = both(f"{SECRET}kiến nghị")
    made = [
        report_sample.RECOMMENDATION,
        report_sample.RECOMMENDATION | {"code": "B09", "text": marked, "confidential": True, "findings": [{"question": "/B/B09"}]},
        report_sample.RECOMMENDATION | {"code": "X1", "text": marked, "findings": [{"question": "/K/K01"}]},
    ]  # fmt: skip
    photo = Photo(question="/K/K02", sha256="a" * 64, media_type="image/png", data=drawing())
    evaluation = Evaluation.model_validate({"assessment": assessment, "recommendations": made})
    return plain.model_copy(
        update={"checklist": secret_checklist(), "evaluation": evaluation, "photos": [photo]}
    )  # fmt: skip
