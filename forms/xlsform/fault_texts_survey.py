"""The wording of faults of the sheets `survey` and `choices`."""

from __future__ import annotations

SURVEY_TEXTS: dict[str, tuple[str, str]] = {
    "row_without_type": (
        "Dòng này không có loại câu hỏi (cột type). Hãy ghi loại, ví dụ text, hoặc xóa dòng.",
        "This row has no question type (column type). Write one, such as text, or delete the row.",
    ),
    "type_unknown": (
        "Không có loại câu hỏi “{type}”.{did_you_mean_vi} Hãy xem danh sách loại câu hỏi trong tài liệu.",
        "There is no question type “{type}”.{did_you_mean_en} See the list of question types in the documentation.",
    ),
    "type_later": (
        "Chưa hỗ trợ loại câu hỏi “{type}”. Hiện nay hãy dùng “{instead}”.",
        "The question type “{type}” is not supported yet. Use “{instead}” for now.",
    ),
    "type_of_kobo": (
        "“{type}” chỉ KoboToolbox hiểu. Hãy viết lại: bảng và thang điểm là một nhóm (begin_group) có cột appearance "
        "“table-list” gồm các câu select_one, xếp hạng là “rank DANH_SÁCH”.",
        "Only KoboToolbox knows “{type}”. Write it anew: a matrix or rating as a group (begin_group) with the "
        "appearance “table-list” and select_one questions in it, a ranking as “rank LIST”.",
    ),
    "type_signature": (
        "Chữ ký được ghi là loại “image” với cột appearance là “signature”. Hãy sửa như vậy.",
        "A signature is written as type “image” with the appearance “signature”. Write it so.",
    ),
    "type_phone": (
        "Trình duyệt trên máy không cho biết “{type}”. Hãy xóa dòng này, hoặc hỏi bằng một câu text.",
        "The browser of a tablet does not tell “{type}”. Delete the row, or ask with a text question.",
    ),
    "type_unasked": (
        "“{type}” ghi mà người được ghi không hay biết; ở đây không làm thế. Hãy dùng “audio” hoặc “geopoint”.",
        "“{type}” records without anybody seeing it, which is not done here. Use “audio” or “geopoint”.",
    ),
    "recorded_in_repeat": (
        "“{type}” nói về cả buổi nên không đặt trong repeat được. Hãy chuyển dòng ra ngoài.",
        "“{type}” is about the whole visit and cannot stand in a repeat. Move the row out of it.",
    ),
    "range_invalid": (
        "Thang đo “{text}” không dùng được: {why}. Ví dụ đúng: start=0 end=10 step=1.",
        "The range “{text}” cannot be used: {why_en}. A good one: start=0 end=10 step=1.",
    ),
    "or_other_filtered": (
        "“or_other” không dùng cùng choice_filter được. Hãy thêm lựa chọn “other” và một câu text có cột relevant.",
        "“or_other” cannot go with a choice_filter. Add a choice “other” and a text question with a relevant.",
    ),
    "parameter_idle": (
        "Tham số “{text}” không có tác dụng ở đây.",
        "The parameter “{text}” has no effect here.",
    ),
    "list_missing": (
        "Thiếu tên danh sách lựa chọn sau “{type}”. Hãy ghi, ví dụ, “{type} co_khong”.",
        "The name of the choice list after “{type}” is missing. Write, for instance, “{type} yes_no”.",
    ),
    "list_unknown": (
        "Không có danh sách “{list}” trong trang choices.{did_you_mean_vi} Hãy sửa tên hoặc thêm danh sách.",
        "There is no list “{list}” in the sheet choices.{did_you_mean_en} Correct the name or add the list.",
    ),
    "list_unused": (
        "Danh sách “{list}” không được câu hỏi nào dùng.",
        "The list “{list}” is used by no question.",
    ),
    "list_of_answers": (
        "Chưa hỗ trợ lựa chọn lấy từ câu trả lời trước. Hãy dùng danh sách trong trang choices.",
        "Choices taken from earlier answers are not supported yet. Use a list of the sheet choices.",
    ),
    "search_unsupported": (
        "Không dùng search() trong cột appearance. Hãy ghi loại là “select_one_from_file TỆP.csv”, cột parameters là "
        "“value=… label=…”, và điều kiện vào cột choice_filter, ví dụ “tinh = ${{A01}}”.",
        "search() in the appearance is not supported. Write the type “select_one_from_file FILE.csv”, in the column "
        "parameters “value=… label=…”, and the condition in choice_filter, such as “province = ${{A01}}”.",
    ),
    "name_twice": (
        "Tên “{name}” đã có ở dòng {other} trong cùng nhóm. Hãy đặt tên khác.",
        "The name “{name}” is already used in row {other} of the same group. Choose another.",
    ),
    "name_reserved": (
        "Tên “{name}” dành riêng cho hệ thống. Hãy đặt tên khác.",
        "The name “{name}” is reserved. Choose another.",
    ),
    "label_missing": (
        "“{name}” chưa có lời để hiện trên máy (cột label). Hãy ghi câu hỏi hoặc tên lựa chọn.",
        "“{name}” has no wording to be shown (column label). Write the question or the name of the choice.",
    ),
    "label_from_hint": (
        "“{name}” không có cột label: phần gợi ý (hint) được dùng làm câu hỏi.",
        "“{name}” has no label: its hint stands as the question.",
    ),
    "label_from_name": (
        "“{name}” không có cột label: tên được hiển thị thay.",
        "“{name}” has no label: its name is shown instead.",
    ),
    "translation_missing": (
        "“{name}” chưa có lời bằng ngôn ngữ “{language}”. Hãy dịch và ghi vào cột {target}.",
        "“{name}” lacks its wording in “{language}”. Translate it, in the column {target}.",
    ),
    "begin_without_end": (
        "{type} “{name}” mở ở dòng này không được đóng. Hãy thêm dòng end_{type}.",
        "The {type} “{name}” opened in this row is never closed. Add a row end_{type}.",
    ),
    "end_without_begin": (
        "end_{type} không khớp với dòng mở nào.{open_vi} Hãy sửa hoặc xóa dòng này.",
        "This end_{type} closes nothing.{open_en} Correct or delete the row.",
    ),
    "group_empty": (
        "Nhóm “{name}” không có câu hỏi nào.",
        "The group “{name}” holds no question.",
    ),
    "too_deep": (
        "Các nhóm lồng nhau quá {most} cấp. Hãy bớt một cấp.",
        "Groups are nested more than {most} deep. Remove a level.",
    ),
    "column_not_for_type": (
        "Cột này không có nghĩa đối với loại “{type}”. Hãy xóa nội dung ô.",
        "This column means nothing for the type “{type}”. Clear the cell.",
    ),
    "calculation_missing": (
        "Dòng calculate cần công thức ở cột calculation. Hãy ghi công thức.",
        "A calculate row needs an expression in the column calculation. Write one.",
    ),
    "parameters_unsupported": (
        "Loại câu hỏi này không nhận tham số “{text}”. Hãy sửa hoặc xóa nội dung ô.",
        "This type of question takes no parameters “{text}”. Correct or clear the cell.",
    ),
    "default_invalid": (
        "Giá trị mặc định “{text}” không hợp với loại “{type}”. Hãy sửa hoặc xóa.",
        "The default “{text}” does not fit the type “{type}”. Correct or delete it.",
    ),
    "list_name_missing": (
        "Lựa chọn này thiếu tên danh sách (cột list_name). Hãy ghi tên danh sách.",
        "This choice has no list (column list_name). Write the list's name.",
    ),
    "choice_twice": (
        "Lựa chọn “{name}” đã có ở dòng {other} của danh sách “{list}”. Hãy đặt tên khác; với choice_filter thì ghép "
        "tên của cấp trên vào, ví dụ hue_{name}.",
        "The choice “{name}” already stands in row {other} of the list “{list}”. Choose another name; with a "
        "choice_filter put what it belongs to in front, such as hue_{name}.",
    ),
    "choice_name_spaced": (
        "Tên lựa chọn “{name}” có dấu cách. Hãy đổi thành “{better}”.",
        "The choice name “{name}” contains a space. Change it to “{better}”.",
    ),
    "choice_score_invalid": (
        "Điểm “{text}” của lựa chọn phải là số từ 0 đến 1 (ví dụ 1/3), “na” hoặc “unknown”.",
        "The choice's score “{text}” must be a number from 0 to 1 (such as 1/3), “na” or “unknown”.",
    ),
    "field_name_invalid": (
        "Tên cột của trang choices không được có dấu cách hay dấu. Hãy đổi thành, ví dụ, “{better}”.",
        "A column of the sheet choices must not have spaces or accents. Change it, for instance to “{better}”.",
    ),
    "reference_unknown": (
        "Không có câu hỏi “{name}”.{did_you_mean_vi} Hãy sửa tên trong ngoặc nhọn.",
        "There is no question “{name}”.{did_you_mean_en} Correct the name in the braces.",
    ),
    "reference_not_filled": (
        "Chưa hỗ trợ chèn câu trả lời “${{{name}}}” vào cột này. Hãy viết nội dung không có chỗ chèn.",
        "Filling the answer “${{{name}}}” into this column is not supported yet. Write the text without it.",
    ),
    "section_without_label": (
        "Phần “{name}” chưa có tên hiển thị (cột label).",
        "The section “{name}” has no title (column label).",
    ),
    "name_differs_in_capitals": (
        "Tên “{name}” chỉ khác chữ hoa, chữ thường với tên ở dòng {other}. Nên đặt tên khác hẳn.",
        "The name “{name}” differs from the one in row {other} in capitals only. Better choose another.",
    ),
    "reference_ambiguous": (
        "Có nhiều câu hỏi tên “{name}”. Hãy đổi tên để chỉ còn một.",
        "Several questions are named “{name}”. Rename them so that one remains.",
    ),
    "placeholder_unknown": (
        "Không có chỗ điền “{{{name}}}”. Chỉ dùng {{don_vi}} hoặc ${{tên câu hỏi}}.",
        "There is no placeholder “{{{name}}}”. Use {{don_vi}} or ${{question name}}.",
    ),
    "logic_circular": (
        "Các công thức phụ thuộc vòng tròn: {way}. Hãy bỏ một phụ thuộc.",
        "The logic goes in a circle: {way}. Remove one of the dependencies.",
    ),
}  # fmt: skip
