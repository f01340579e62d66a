"""The wording of faults about how a checklist is shown; see `fault_texts`."""

from __future__ import annotations

SHOWING_TEXTS: dict[str, tuple[str, str]] = {
    "column_without_effect": (
        "Cột này ghi thuộc tính kỹ thuật cho công cụ khác, ở đây không có tác dụng.",
        "This column writes a technical attribute for other tools; it has no effect here.",
    ),
    "appearance_without_effect": (
        "Cách hiển thị “{name}” không có tác dụng với loại “{type}”. Câu hỏi được hiển thị như bình thường.",
        "The appearance “{name}” has no effect on the type “{type}”. The question is shown as usual.",
    ),
    "appearance_external": (
        "Không hỗ trợ mở ứng dụng khác (“{text}”). Hãy bỏ cách hiển thị này và hỏi trực tiếp.",
        "Opening another program (“{text}”) is not supported. Remove this appearance and ask the question itself.",
    ),
    "styling_left_out": (
        "Cột này có chữ được trang trí (**đậm**, <span>, …). Ở đây chữ được hiển thị trơn, không có dấu trang trí.",
        "This column has styled words (**bold**, <span>, …). They are shown plain, without the signs for it.",
    ),
    "style_not_used": (
        "Kiểu trình bày “{name}” không có tác dụng. Dùng được: pages, theme-grid.",
        "The style “{name}” has no effect. pages and theme-grid have.",
    ),
    "trigger_invalid": (
        "Cột trigger ghi “{text}”. Hãy ghi tên câu hỏi dạng ${{ten}}, nhiều câu cách nhau bằng dấu phẩy.",
        "The column trigger says “{text}”. Write the question as ${{name}}, several with commas between.",
    ),
    "choice_quotes_choice": (
        "Lựa chọn này chèn câu trả lời của “{name}”, mà các lựa chọn của câu ấy lại chèn câu khác. Hãy viết trực tiếp.",
        "This choice quotes the answer to “{name}”, whose choices quote others in turn. Write the words themselves.",
    ),
    "trigger_not_answered": (
        "“{name}” là dòng {type}, không có ai trả lời nên không kích hoạt được gì. Hãy nêu một câu hỏi.",
        "“{name}” is a {type} that nobody answers, so it triggers nothing. Name a question.",
    ),
}  # fmt: skip
