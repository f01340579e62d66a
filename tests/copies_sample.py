"""A visit in which everything that may not leave the full copy is marked, for the tests of its copies."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Any

import pikepdf
from PIL import Image
from pypdf import PdfReader

from forms.checklist import Checklist, Rule
from reports.facts import Evaluation, Photo, ReportFacts
from tests import report_sample
from tests.report_sample import ASSESSMENT, RECOMMENDATION, both, node, scored

MARK = re.compile(r"KÍN-\d\d")

OPEN_PHOTO, HIDDEN_PHOTO = "a" * 64, "b" * 64

MORE = {
    "A": [node("text", "/A/A05_phone", "Điện thoại", personal=True), node("signature", "/A/A06", "Chữ ký")],
    "B": [
        scored("/B/B09", "KÍN-01 điều kiện?", gate=2 / 3, confidential=True),
        node("text", "/B/B11", "Vì sao có máy riêng", relevant="${B03} != ''"),
        node("image", "/B/B12", "Ảnh quầy"),
        node("integer", "/B/B13", "Chấm theo câu kín", score="if(${B03} != '', 1, 0)"),
        node("select_one", "/B/B14", "Chọn theo câu kín", choices="levels", choice_filter="${B03} != ''"),
    ],
    "I": [
        node("text", "/I/I01", "Khó khăn khác"),
        node("repeat", "/I/I02", "Theo câu kín", repeat_count="string-length(${B03})", children=[node("text", "/I/I02/I02_a", "Dòng")]),
        node("repeat", "/I/I04", "KÍN-03 bảng", confidential=True, children=[node("text", "/I/I04/I04_a", "KÍN-04 cột")]),
    ],
}  # fmt: skip

DOSSIERS = node("group", "/F", "Hồ sơ", children=[
    node("integer", "/F/F01", "Tiếp nhận"),
    node("calculate", "/F/F02", "Tính từ câu kín", calculation="concat('KÍN-02', ${B03})"),
    node("calculate", "/F/F03", "Tính từ tên", calculation="concat('KÍN-31', ${A05_name})"),
])  # fmt: skip

HIDDEN_GROUP = node("group", "/K", "KÍN-05 phần", confidential=True, children=[
    node("text", "/K/K01", "KÍN-06 câu hỏi"), node("image", "/K/K02", "KÍN-07 ảnh"),
])  # fmt: skip

ANSWERS: dict[str, Any] = {
    "/A/A05_name": "KÍN-08",
    "/A/A05_name#note": "KÍN-09",
    "/A/A05_phone": "KÍN-10",
    "/A/A06": "KÍN-11",
    "/B/B03": "KÍN-12",
    "/B/B03#note": "KÍN-13",
    "/B/B03#reason": "KÍN-14",
    "/B/B03#evidence": "photo",
    "/B/B09": "0",
    "/B/B09#note": "KÍN-15",
    "/B/B09#evidence": "statement",
    "/B/B11": "KÍN-16",
    "/B/B12": [OPEN_PHOTO],
    "/B/B13": 1,
    "/B/B13#note": "KÍN-28",
    "/B/B14": "2",
    "/B/B14#note": "KÍN-29",
    "/I/I02[1]/I02_a": "KÍN-30",
    f"/B/B12#caption.{OPEN_PHOTO}": "Quầy số 1",
    "/F/F01": 12,
    "/I/I01": "Đồng chí Trần Thị B (0912 345 678) chưa có tài khoản.",
    "/I/I04[x]/I04_a": "KÍN-17",
    "/J/J02[k]/J02_officer": "Trần Thị B",
    "/J/J02[k]/J02_officer#note": "KÍN-18",
    "/J/J02[m]/J02_officer": "0912 345 678",
    "/J/J02[m]/J04": "2",
    "/J/J02[m]/J05": "2",
    "/K/K01": "KÍN-19",
    "/K/K01#reason": "KÍN-20",
    "/K/K02": [HIDDEN_PHOTO],
    f"/K/K02#caption.{HIDDEN_PHOTO}": "KÍN-21",
    "/X/X01": "KÍN-22",
}

NAMES = ("Trần Thị B", "0912 345 678")
"""What was answered to personal questions and stands in an open answer too."""


def recommended(number: int, code: str, question: str, **more: Any) -> dict[str, Any]:
    """A recommendation of which every text is marked."""
    marked = both(f"KÍN-{number}")
    texts = {"text": marked, "responsible": marked, "cooperating": marked, "product": marked}
    return RECOMMENDATION | texts | {"code": code, "findings": [{"question": question}]} | more


RULES = [
    Rule(code="B02", questions=["B02"], when="${B03} != ''", text=both("Vì câu kín")),
    Rule(code="J05", questions=["J05"], when="${J05} < 3", text=both("Kèm cặp ${J02_officer}")),
    Rule(code="I01", questions=["I01"], when="true()", text=both("Theo ${B03}")),
]

RECOMMENDATIONS = [
    RECOMMENDATION,
    recommended(23, "B09", "/B/B09", confidential=True),
    recommended(24, "K01", "/K/K01"),
    recommended(25, "B02", "/B/B02"),
    recommended(26, "J05", "/J/J02[k]/J05"),
    recommended(27, "I01", "/I/I01"),
]


def checklist() -> Checklist:
    plain = report_sample.CHECKLIST
    nodes = [part.model_copy(update={"children": [*part.children, *MORE.get(part.name, [])]}) for part in plain.nodes]
    return plain.model_copy(update={"nodes": [*nodes, DOSSIERS, HIDDEN_GROUP], "rules": RULES})


def photo(question: str, sha256: str, shade: int) -> Photo:
    out = io.BytesIO()
    Image.new("L", (40, 30), shade).save(out, "PNG")
    return Photo(question=question, sha256=sha256, media_type="image/png", data=out.getvalue())


def marked_facts(**more: Any) -> ReportFacts:
    """The visit; of its three failed or unknown items one is hidden, so its scores are others without that."""
    assessment = ASSESSMENT | {
        "gates_failed": ["B01", "B09"],
        "total": 44.444,
        "items": ASSESSMENT["items"] | {"/B/B09": 0.0},
        "missing": ["/K/K01"],
        "flagged": ["/B/B09"],
    }
    evaluation = Evaluation.model_validate({
        "assessment": assessment,
        "recommendations": RECOMMENDATIONS,
        "questions": {"/F/F02": {"value": "KÍN-02"}, "/F/F03": {"value": "KÍN-31"}},
    })  # fmt: skip
    plain = report_sample.facts(answers=ANSWERS, photos=[photo("/B/B12", OPEN_PHOTO, 90), photo("/K/K02", HIDDEN_PHOTO, 160)], **more)  # fmt: skip
    return plain.model_copy(update={"checklist": checklist(), "evaluation": evaluation})


@lru_cache(maxsize=16)
def told(file: bytes) -> str:
    """Everything that somebody could find in a PDF, Word or Excel file: text, metadata, alternatives, attachments."""
    return "\n".join(said_by_pdf(file) if file.startswith(b"%PDF") else said_by_archive(file))


def said_by_pdf(file: bytes) -> Iterator[str]:
    for page in PdfReader(io.BytesIO(file)).pages:
        yield page.extract_text()
    with pikepdf.open(io.BytesIO(file)) as pdf:
        for found in pdf.objects:
            yield from said_by_object(found)


def said_by_object(found: Any) -> Iterator[str]:
    """Every text in an object of a PDF, in the words of its stream too."""
    if isinstance(found, pikepdf.String):
        yield str(found)
    elif isinstance(found, pikepdf.Array):
        for entry in found:
            if not (isinstance(entry, pikepdf.Object) and entry.is_indirect):
                yield from said_by_object(entry)
    elif isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        for _, entry in found.items():
            if not (isinstance(entry, pikepdf.Object) and entry.is_indirect):
                yield from said_by_object(entry)
        if (isinstance(found, pikepdf.Stream) and "/Filter" not in found) or found.get("/Filter") == "/FlateDecode":
            yield found.read_bytes().decode("utf-8", "replace") if isinstance(found, pikepdf.Stream) else ""


def said_by_archive(file: bytes) -> Iterator[str]:
    """Every part as it is, and its text without the tags that part its words."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        for name in archive.namelist():
            part = archive.read(name).decode("utf-8", "replace")
            yield from (name, unescape(part), unescape(re.sub("<[^>]*>", "", part)))
