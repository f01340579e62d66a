"""The differences between two versions of a checklist in the words of the pages."""

from __future__ import annotations

from survey.language import gettext as _


def part_words() -> dict[str, str]:
    """What the parts of a question are called."""
    return {
        "label": _("Câu hỏi"),
        "hint": _("Gợi ý"),
        "evidence": _("Cách kiểm tra"),
        "type": _("Loại câu hỏi"),
        "choices": _("Lựa chọn"),
        "rubric": _("Thang mức"),
        "relevant": _("Khi nào hỏi"),
        "required": _("Bắt buộc trả lời"),
        "required_message": _("Lời nhắc khi bỏ trống"),
        "constraint": _("Ràng buộc"),
        "constraint_message": _("Lời nhắc khi sai"),
        "calculation": _("Cách tính"),
        "default": _("Giá trị ban đầu"),
        "choice_filter": _("Lọc lựa chọn"),
        "weight": _("Trọng số"),
        "gate": _("Điều kiện bắt buộc"),
        "score": _("Cách chấm"),
        "section": _("Phần tính điểm"),
        "core": _("Có trong bản rút gọn"),
        "confidential": _("Bảo mật"),
        "personal": _("Dữ liệu cá nhân"),
        "read_only": _("Chỉ đọc"),
        "appearance": _("Cách hiển thị"),
        "legal_basis": _("Căn cứ"),
        "place": _("Vị trí trong phiếu"),
    }
