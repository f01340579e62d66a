"""The wording of faults of scores, settings and the sheets `sections`, `levels` and `recommendations`."""

from __future__ import annotations

RULE_TEXTS: dict[str, tuple[str, str]] = {
    "settings_missing": (
        "Thiếu trang tính “settings”: phiếu lấy tên tệp “{id}”, phiên bản 1. Hãy ghi form_id và version.",
        "Without the sheet “settings” the form is called “{id}” after its file, version 1. Write form_id and version.",
    ),
    "settings_row_not_read": (
        "Trang settings chỉ có một dòng dưới tiêu đề; dòng này không được đọc.",
        "The sheet settings has one row below its header; this row is not read.",
    ),
    "version_missing": (
        "Thiếu phiên bản nên phiếu mang bản 1. Hãy ghi ở cột version, ví dụ 2025.1.",
        "Without a version the form is version 1. Write it in the column version, for instance 2025.1.",
    ),
    "version_invalid": (
        "Phiên bản “{text}” chỉ được có chữ không dấu, số và . _ - (tối đa 40 ký tự).",
        "The version “{text}” may have only letters, digits and . _ - (at most 40).",
    ),
    "version_respelled": (
        "Phiên bản “{text}” có ký tự không dùng được, nên được ghi là “{better}”.",
        "The version “{text}” has signs that cannot be used, so it is called “{better}”.",
    ),
    "title_missing": (
        "Phiếu chưa có tên. Hãy ghi ở cột form_title.",
        "The checklist has no title. Write it in the column form_title.",
    ),
    "title_for_this_tool_only": (
        "Công cụ khác không đọc được form_title có ngôn ngữ. Hãy dùng form_title cho ngôn ngữ chính và "
        "translated_title::English (en) cho bản dịch.",
        "Other tools cannot read a form_title with a language. Use form_title for the main language and "
        "translated_title::English (en) for the translation.",
    ),
    "unit_kind_unknown": (
        "Không có loại đơn vị “{name}”.{did_you_mean_vi} Các loại: {known}.",
        "There is no kind of unit “{name}”.{did_you_mean_en} The kinds are {known}.",
    ),
    "section_twice": (
        "Phần “{name}” có hai dòng. Hãy xóa một dòng.",
        "The section “{name}” has two rows. Delete one.",
    ),
    "weight_missing": (
        "Phần “{name}” chưa có trọng số. Hãy ghi một số ở cột weight.",
        "The section “{name}” has no weight. Write a number in the column weight.",
    ),
    "weights_not_100": (
        "Tổng trọng số các phần là {total}, không phải 100. Điểm vẫn được quy về thang 100.",
        "The weights of the sections add up to {total}, not 100. Scores are scaled to 100 all the same.",
    ),
    "section_without_group": (
        "Không có nhóm cấp một tên “{name}” trong trang survey.{did_you_mean_vi} Hãy sửa tên.",
        "The sheet survey has no top-level group “{name}”.{did_you_mean_en} Correct the name.",
    ),
    "section_without_items": (
        "Phần “{name}” có trọng số nhưng không có câu hỏi nào có điểm, nên không bao giờ được tính.",
        "The section “{name}” has a weight but no scored question, so it never counts.",
    ),
    "section_unknown": (
        "Không có phần có trọng số tên “{name}”.{did_you_mean_vi} Hãy sửa tên hoặc thêm vào trang sections.",
        "There is no weighted section “{name}”.{did_you_mean_en} Correct the name or add it to the sheet sections.",
    ),
    "weight_without_section": (
        "“{name}” có trọng số nhưng nhóm cấp một “{group}” không có trọng số trong trang sections. "
        "Hãy thêm phần đó, hoặc ghi tên phần ở cột section.",
        "“{name}” has a weight but its top-level group “{group}” has none in the sheet sections. "
        "Add that section, or name one in the column section.",
    ),
    "score_missing": (
        "“{name}” có trọng số nhưng không có cách tính điểm. Hãy ghi cột score, hoặc ghi điểm cho từng lựa chọn.",
        "“{name}” has a weight but nothing gives its score. Fill in the column score, or score its choices.",
    ),
    "choice_without_score": (
        "Lựa chọn “{name}” của danh sách “{list}” thiếu điểm, trong khi “{question}” tính điểm theo danh sách này.",
        "The choice “{name}” of the list “{list}” has no score, though “{question}” is scored by this list.",
    ),
    "choice_score_unused": (
        "Danh sách “{list}” có điểm nhưng không câu hỏi nào có trọng số dùng đến.",
        "The list “{list}” has scores, but no question with a weight uses it.",
    ),
    "gate_without_score": (
        "“{name}” là điều kiện bắt buộc (gate) nhưng không có trọng số. Hãy ghi cột weight hoặc bỏ gate.",
        "“{name}” is a required condition (gate) but has no weight. Fill in the column weight or remove the gate.",
    ),
    "gate_invalid": (
        "Gate “{text}” phải là yes hoặc số lớn hơn 0, không quá 1 (ví dụ 2/3).",
        "The gate “{text}” must be yes or a number above 0 up to 1 (such as 2/3).",
    ),
    "rubric_incomplete": (
        "Cần đủ bốn mức rubric_0 đến rubric_3, hoặc không có mức nào. Hãy điền các mức còn thiếu.",
        "All four levels rubric_0 to rubric_3 are needed, or none. Fill in those that are missing.",
    ),
    "levels_missing": (
        "Phiếu có câu hỏi tính điểm nhưng không có trang levels nên sẽ không có kết luận.",
        "The checklist has scored questions but no sheet levels, so there will be no conclusion.",
    ),
    "level_twice": (
        "Kết luận “{name}” có hai dòng. Hãy đặt tên khác.",
        "The level “{name}” has two rows. Choose another name.",
    ),
    "rank_invalid": (
        "Bậc “{text}” phải là số nguyên từ 1 đến {most}. Hãy sửa cột rank.",
        "The rank “{text}” must be a whole number from 1 to {most}. Correct the column rank.",
    ),
    "rank_not_descending": (
        "Các kết luận phải xếp từ tốt nhất xuống, bậc giảm dần; bậc {text} không nhỏ hơn bậc trước.",
        "Levels go from the best down with falling ranks; rank {text} is not below the one before.",
    ),
    "last_level_may_fail": (
        "Điều kiện của kết luận cuối “{name}” không phải true() nên có thể không có kết luận nào.",
        "The condition of the last level “{name}” is not true(), so there may be no conclusion at all.",
    ),
    "when_missing": (
        "“{name}” thiếu điều kiện. Hãy ghi biểu thức ở cột when; luôn đúng là true().",
        "“{name}” has no condition. Write an expression in the column when; true() means always.",
    ),
    "rule_code_invalid": (
        "Mã kiến nghị “{code}” trống hoặc có ký tự không dùng được. Hãy ghi mã không dấu, ví dụ B01.",
        "The recommendation's code “{code}” is empty or has signs that cannot be used. Write one such as B01.",
    ),
    "rule_twice": (
        "Mã kiến nghị “{code}” đã có ở dòng {other}. Hãy đặt mã khác.",
        "The code “{code}” is already used in row {other}. Choose another.",
    ),
    "rule_text_missing": (
        "Kiến nghị “{code}” chưa có nội dung. Hãy ghi ở cột text.",
        "The recommendation “{code}” has no text. Write it in the column text.",
    ),
    "rule_without_question": (
        "Kiến nghị này không nêu câu hỏi nào. Hãy ghi tên câu hỏi ở cột questions.",
        "This recommendation names no question. Write the question's name in the column questions.",
    ),
    "rule_question_unknown": (
        "Không có câu hỏi “{name}”.{did_you_mean_vi} Hãy sửa tên ở cột questions.",
        "There is no question “{name}”.{did_you_mean_en} Correct the name in the column questions.",
    ),
    "rule_question_ambiguous": (
        "Có nhiều câu hỏi tên “{name}”. Hãy đổi tên để kiến nghị chỉ đúng một câu.",
        "Several questions are named “{name}”. Rename them so that the rule points at one.",
    ),
    "due_invalid": (
        "Thời hạn “{text}” phải có dạng T+15 (ngày), T+3w (ngày làm việc), T+0 hoặc để trống.",
        "The due “{text}” must read T+15 (days), T+3w (working days), T+0 or be empty.",
    ),
    "priority_unknown": (
        "Ưu tiên “{text}” phải là high, normal hoặc low.",
        "The priority “{text}” must be high, normal or low.",
    ),
}  # fmt: skip
