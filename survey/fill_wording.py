"""The words that the checklist page's scripts show, in the language of the request."""

from __future__ import annotations

from survey.language import gettext
from survey.language import mark as _

TEXTS = {
    "decimal_sign": _(","),
    "whole_number": _("Nhập số nguyên. Những gì đã gõ vẫn được giữ."),
    "a_number": _("Nhập một số. Những gì đã gõ vẫn được giữ."),
    "a_date": _("Nhập ngày có thật."),
    "a_place": _("Nhập vĩ độ và kinh độ, ví dụ 19,98 105,80."),
    "accuracy": _("Sai số khoảng {n} m."),
    "locating": _("Đang lấy vị trí…"),
    "not_located": _("Chưa lấy được vị trí. Ra chỗ thoáng rồi thử lại, hoặc nhập vĩ độ, kinh độ."),
    "sending_file": _("Đang gửi tệp…"),
    "file_not_sent": _("Tệp chưa gửi được, hãy thử lại. {why}"),
    "no_network": _("Không có mạng."),
    "no_picture": _("Không đọc được ảnh này."),
    "photo": _("Ảnh {n}"),
    "nothing_signed": _("Ô ký còn trống. Ký rồi lưu."),
    "no_unit": _("Không tìm thấy đơn vị nào. Thử gõ mã đơn vị."),
    "removed": _("Đã bỏ một mục."),
    "undo": _("Hoàn tác"),
    "empty": _("Xóa câu trả lời"),
    "no_answer": _("Để trống"),
    "provisional": _("Điểm tạm tính"),
    "computed": _("Điểm"),
    "why_interval": _("Khoảng điểm tạm tính: nếu các câu còn lại đều mức 0, hoặc đều mức 3."),
    "why_figure": _("Mọi câu tính điểm đã có câu trả lời."),
    "not_enough": _("Chưa đủ dữ liệu để kết luận."),
    "still_missing": _("Còn {n} câu"),
    "still_differing": _("{n} câu đang khác nhau"),
    "gates": _("{n} điều kiện bắt buộc"),
    "gates_met": _("{n} đạt"),
    "gates_failed": _("{n} chưa đạt"),
    "gates_two": _("{n} khác nhau"),
    "gates_open": _("{n} chưa có"),
    "gate_met": _("đạt"),
    "gate_failed": _("chưa đạt"),
    "gate_two": _("hai câu trả lời khác nhau"),
    "gate_open": _("chưa trả lời"),
    "gate_tag_met": _("Điều kiện bắt buộc · đạt"),
    "gate_tag_failed": _("Điều kiện bắt buộc · chưa đạt"),
    "gate_tag_open": _("Điều kiện bắt buộc"),
    "has_conflict": _("có câu trả lời khác nhau"),
    "has_failed_gate": _("có điều kiện bắt buộc chưa đạt"),
    "progress": _("{answered} trong {asked} câu"),
    "mark_two": _("Hai câu trả lời khác nhau"),
    "mark_err": _("Cần sửa"),
    "mark_gate": _("Đã trả lời, điều kiện bắt buộc chưa đạt"),
    "mark_ok": _("Đã trả lời"),
    "mark_none": _("Chưa trả lời"),
    "lift_more": _("Thêm {n} là đạt mức {level}"),
    "lift_less": _("Bớt {n} là đạt mức {level}"),
    "to_fix": _("{n} cần sửa"),
    "differing": _("{n} khác nhau"),
    "saves_itself": _("Câu trả lời được lưu ngay khi nhập"),
    "saved": _("Đã lưu {time} trên máy"),
    "sent": _("đã gửi"),
    "waiting": _("chờ gửi {n}"),
    "storage_full": _("Bộ nhớ máy đầy: chưa lưu được trên máy, giữ trang mở cho đến khi gửi xong"),
    "trouble_offline": _("không có mạng"),
    "trouble_server": _("máy chủ chưa nhận, sẽ gửi lại"),
    "trouble_signed_out": _("phiên làm việc đã hết: đăng nhập lại để gửi"),
    "refused": _("{question} không được nhận."),
    "seen": _("Đã rõ"),
}
"""By the name that the scripts use; `{n}` and the like are filled in on the page."""


def texts_of_page() -> dict[str, str]:
    """Every text of the page's scripts in the language of the request."""
    return {name: gettext(text) for name, text in TEXTS.items()}
