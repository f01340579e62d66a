"""The words of an export of answers: what its columns are called and mean, beside the questions themselves."""

from __future__ import annotations

from typing import Final

from forms.checklist import Text
from reports.answers.columns import Column, worded

VISIT: Final[dict[str, Text]] = {
    "visit_id": {"vi": "Mã buổi làm việc", "en": "Visit"},
    "unit_code": {"vi": "Mã đơn vị", "en": "Unit code"},
    "unit_name": {"vi": "Đơn vị", "en": "Unit"},
    "unit_kind": {"vi": "Loại đơn vị", "en": "Kind of unit"},
    "province_code": {"vi": "Mã tỉnh", "en": "Province code"},
    "province_name": {"vi": "Tỉnh, thành phố", "en": "Province"},
    "trip": {"vi": "Quyết định thành lập đoàn", "en": "Decision of the trip"},
    "visited_on": {"vi": "Ngày làm việc", "en": "Day"},
    "scope": {"vi": "Phạm vi", "en": "Scope"},
    "checklist_version": {"vi": "Bản phiếu", "en": "Checklist version"},
    "state": {"vi": "Trạng thái", "en": "State"},
    "submitted_at": {"vi": "Nộp lúc (UTC)", "en": "Submitted at (UTC)"},
    "leader": {"vi": "Trưởng đoàn", "en": "Leader"},
    "fictitious": {"vi": "Dữ liệu minh họa", "en": "Fictitious"},
    "total": {"vi": "Tổng điểm (0–100)", "en": "Total (0–100)"},
    "level": {"vi": "Kết luận", "en": "Level"},
    "completeness": {"vi": "Mức đầy đủ (0–1)", "en": "Completeness (0–1)"},
}
"""What is known of every visit; these columns come first."""

CALLED: Final[dict[str, Text]] = {"instance_name": {"vi": "Tên gọi theo câu trả lời", "en": "Name by its answers"}}
"""One more for a checklist that says what its answers call a visit."""

INSTANCE: Final[dict[str, Text]] = {
    "key": {"vi": "Khóa của dòng", "en": "Key of the row"},
    "parent_key": {"vi": "Khóa của dòng cha", "en": "Key of the row around it"},
    "position": {"vi": "Thứ tự", "en": "Position"},
    **{name: VISIT[name] for name in ("visit_id", "unit_code", "unit_name", "province_name", "visited_on")},
    "fictitious": VISIT["fictitious"],
}
"""What stands before the answers of an instance of a repeat."""

HISTORY: Final[dict[str, Text]] = {
    **{name: VISIT[name] for name in ("visit_id", "unit_code", "unit_name", "visited_on", "fictitious")},
    "question": {"vi": "Câu hỏi", "en": "Question"},
    "path": {"vi": "Vị trí trong phiếu", "en": "Place in the form"},
    "value": {"vi": "Câu trả lời", "en": "Answer"},
    "at": {"vi": "Lúc (UTC)", "en": "At (UTC)"},
    "author": {"vi": "Người ghi", "en": "Written by"},
    "device": {"vi": "Máy", "en": "Tablet"},
    "current": {"vi": "Còn hiệu lực", "en": "Current"},
    "change_id": {"vi": "Mã thay đổi", "en": "Change"},
    "replaces": {"vi": "Thay cho", "en": "Replaces"},
}
"""One row of this table is one change of an answer."""

COLUMNS: Final[dict[str, Text]] = {
    "table": {"vi": "Bảng", "en": "Table"},
    "column": {"vi": "Cột", "en": "Column"},
    "meaning": {"vi": "Nội dung", "en": "Meaning"},
    "part": {"vi": "Phần", "en": "Part"},
    "type": {"vi": "Kiểu", "en": "Type"},
    "versions": {"vi": "Có trong các bản", "en": "In versions"},
}
"""One row of this table explains one column of the others."""

ABOUT: Final[dict[str, Text]] = {
    "item": {"vi": "Mục", "en": "Item"},
    "content": {"vi": "Nội dung", "en": "Content"},
}
"""One row of this table says one thing about the whole file."""

PARTS: Final[dict[str, Text]] = {
    "latitude": {"vi": "vĩ độ", "en": "latitude"},
    "longitude": {"vi": "kinh độ", "en": "longitude"},
    "altitude": {"vi": "độ cao (m)", "en": "altitude (m)"},
    "accuracy": {"vi": "sai số (m)", "en": "accuracy (m)"},
    "choice": {"vi": "1 là có chọn", "en": "1 is chosen"},
    "state": {"vi": "không áp dụng hoặc không biết", "en": "not applicable or not known"},
    "reason": {"vi": "lý do không áp dụng", "en": "why not applicable"},
    "evidence": {"vi": "minh chứng", "en": "evidence"},
    "note": {"vi": "ghi chú", "en": "note"},
    "score": {"vi": "điểm (0–1)", "en": "score (0–1)"},
    "item": {"vi": "điểm trung bình (0–1)", "en": "mean score (0–1)"},
    "section": {"vi": "điểm của phần (0–100)", "en": "score of the section (0–100)"},
}

VALUES: Final[dict[str, Text]] = {
    "draft": {"vi": "Nháp", "en": "Draft"},
    "submitted": {"vi": "Đã nộp", "en": "Submitted"},
    "full": {"vi": "Đầy đủ", "en": "Full"},
    "core": {"vi": "Rút gọn", "en": "Core"},
    "true": {"vi": "có", "en": "yes"},
    "false": {"vi": "không", "en": "no"},
}

TABLES: Final[dict[str, Text]] = {
    "visits": {"vi": "Buổi làm việc", "en": "Visits"},
    "history": {"vi": "Lịch sử", "en": "History"},
    "columns": {"vi": "Các cột", "en": "Columns"},
    "about": {"vi": "Thông tin", "en": "About"},
}
"""The tables that every export may have; all others are repeats of the checklist."""

TAKEN: Final = frozenset({*VISIT, *CALLED, *INSTANCE, *TABLES})
"""Names that a question does not get: it is called by its path then."""


def heads(names: dict[str, Text], language: str | None) -> list[str]:
    """The heads of these columns: their names, or in the words of a language."""
    return [name if language is None else worded(text, language) for name, text in names.items()]


def head_of(column: Column, language: str | None) -> str:
    """The head of a column of a question: its name alone, or with the question."""
    if language is None:
        return column.name
    meaning = meaning_of(column, language)
    return f"{column.name} {meaning}" if meaning else column.name


def meaning_of(column: Column, language: str) -> str:
    """The question, and what of it stands there when it is not the answer."""
    part = worded(PARTS[column.part], language) if column.part in PARTS else ""
    return f"{column.label} ({part})".strip() if part else column.label
