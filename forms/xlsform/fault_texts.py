"""The wording of every fault of a checklist source, by code: Vietnamese, then English, each with the repair.

Codes never change their meaning; `{…}` are filled with the details of the case.
"""

from __future__ import annotations

from forms.xlsform.fault_texts_files import ATTACHED_TEXTS
from forms.xlsform.fault_texts_rules import RULE_TEXTS
from forms.xlsform.fault_texts_showing import SHOWING_TEXTS
from forms.xlsform.fault_texts_survey import SURVEY_TEXTS

FILE_TEXTS: dict[str, tuple[str, str]] = {
    "file_empty": (
        "Tệp “{filename}” không có nội dung. Hãy lưu lại phiếu rồi chọn lại tệp.",
        "The file “{filename}” is empty. Save the checklist again, then choose the file again.",
    ),
    "file_too_large": (
        "Tệp có dung lượng {size} MB, lớn hơn mức cho phép {most} MB. Hãy bỏ hình ảnh và trang tính không dùng.",
        "The file has {size} MB, more than the {most} MB allowed. Remove pictures and sheets that are not needed.",
    ),
    "not_a_workbook": (
        "Tệp “{filename}” không phải là bảng tính. Hãy dùng tệp .xlsx, .xls, .csv hoặc .md theo mẫu XLSForm.",
        "The file “{filename}” is not a workbook. Use an .xlsx, .xls, .csv or .md file written as an XLSForm.",
    ),
    "workbook_broken": (
        "Không đọc được bảng tính vì tệp bị hỏng. Hãy mở tệp bằng Excel hoặc LibreOffice và lưu lại dưới dạng .xlsx.",
        "The workbook is damaged and cannot be read. Open it in Excel or LibreOffice and save it again as .xlsx.",
    ),
    "workbook_locked": (
        "Bảng tính có mật khẩu. Hãy bỏ mật khẩu rồi lưu lại.",
        "The workbook is protected by a password. Remove the password and save it again.",
    ),
    "workbook_bomb": (
        "Tệp khi giải nén vượt quá {most} MB hoặc được nén chặt bất thường nên bị từ chối. "
        "Hãy chép các trang của phiếu sang một bảng tính mới.",
        "The file would unpack to more than {most} MB or is packed unusually tightly, so it is refused. "
        "Copy the checklist's sheets into a new workbook.",
    ),
    "not_utf8": (
        "Tệp văn bản không dùng mã UTF-8. Hãy lưu lại dưới dạng “CSV UTF-8”.",
        "The text file is not in UTF-8. Save it again as “CSV UTF-8”.",
    ),
    "csv_broken": (
        "Tệp CSV bị lỗi dấu ngoặc kép hoặc có ô quá dài. Hãy lưu lại từ bảng tính.",
        "The CSV file has broken quotation marks or a cell that is too long. Save it again from the spreadsheet.",
    ),
    "markdown_row_open": (
        "Dòng {line} của tệp bắt đầu bằng “|” nhưng không kết thúc bằng “|”. Hãy thêm “|” ở cuối dòng.",
        "Line {line} of the file begins with “|” but does not end with one. Add “|” at its end.",
    ),
    "row_outside_sheet": (
        "Có dòng “{text}” đứng trước tên trang tính. Hãy ghi tên trang (ví dụ survey) ở cột đầu tiên.",
        "The row “{text}” comes before any sheet name. Write the sheet's name (such as survey) in the first column.",
    ),
    "sheet_twice": (
        "Có hai trang tính cùng tên này. Hãy gộp hoặc đổi tên một trang.",
        "Two sheets have this name. Merge them or rename one.",
    ),
    "sheet_mistyped": (
        "Tên trang tính này có lẽ viết nhầm “{likely}”. Hãy sửa tên, hoặc đặt một tên khác hẳn nếu đây là ghi chú.",
        "This sheet name looks like a slip for “{likely}”. Correct it, or choose a very different name for notes.",
    ),
    "sheet_unsupported": (
        "Chưa hỗ trợ trang tính này. Hãy đưa danh mục vào trang choices rồi xóa trang này.",
        "This sheet is not supported yet. Put lists into the sheet choices and delete this sheet.",
    ),
    "sheet_not_read": (
        "Trang tính này không thuộc phiếu nên không được đọc.",
        "This sheet does not belong to the checklist and is not read.",
    ),
    "survey_missing": (
        "Thiếu trang tính “survey” có câu hỏi. Hãy thêm trang này với các cột type, name, label.",
        "The sheet “survey” with questions is missing. Add it with the columns type, name and label.",
    ),
    "too_many_rows": (
        "Trang tính có nội dung sau dòng {most}, là giới hạn. Hãy bớt dòng hoặc chia thành nhiều phiếu.",
        "The sheet has content beyond {most} rows, the limit. Remove rows or divide the checklist.",
    ),
    "too_many_columns": (
        "Trang tính có nội dung ngoài {most} cột, là giới hạn. Hãy xóa các cột không dùng.",
        "The sheet has content beyond {most} columns, the limit. Delete columns that are not needed.",
    ),
    "too_many_cells": (
        "Trang tính có hơn {most} ô (kể cả ô trống có định dạng). Hãy xóa các dòng, cột trống ở cuối trang.",
        "The sheet has more than {most} cells (empty formatted ones included). Delete the empty rows and columns "
        "at its end.",
    ),
    "cell_too_long": (
        "Có ô dài hơn {most} ký tự. Hãy rút ngắn nội dung.",
        "A cell is longer than {most} characters. Shorten it.",
    ),
    "cell_unreadable": (
        "Ô “{text}” có ký tự điều khiển không đọc được (hiện là ?). Hãy gõ lại ô này.",
        "The cell “{text}” holds unreadable control characters (shown as ?). Type it again.",
    ),
    "cell_without_header": (
        "Nội dung “{text}” nằm ở cột không có tiêu đề nên không được đọc. Hãy đặt tiêu đề, hoặc xem lại dấu phân cách.",
        "The text “{text}” stands in a column without header and is not read. Give it a header, or check the "
        "separators of the row.",
    ),
    "cell_error": (
        "Công thức trong ô cho kết quả lỗi {text}. Hãy sửa công thức hoặc gõ giá trị.",
        "The formula in the cell gives the error {text}. Repair it or type the value.",
    ),
    "cells_merged": (
        "Các ô bị gộp: chỉ ô đầu tiên có giá trị. Hãy bỏ gộp ô và điền từng ô.",
        "Cells are merged: only the first one has a value. Unmerge them and fill in each cell.",
    ),
    "formula_without_value": (
        "Công thức trong ô chưa có kết quả được lưu. Hãy mở tệp bằng Excel, lưu lại, hoặc dán dưới dạng giá trị.",
        "The formula in this cell was saved without its result. Open and save the file in Excel, or paste values.",
    ),
    "header_missing": (
        "Dòng 1 của trang tính phải là tiêu đề các cột, không được để trống. Hãy chuyển tiêu đề lên dòng 1.",
        "Row 1 of the sheet must hold the column headers and is empty. Move the headers to row 1.",
    ),
    "header_twice": (
        "Tiêu đề cột này có hai lần. Hãy đổi tên hoặc xóa một cột.",
        "This column header appears twice. Rename or delete one of the columns.",
    ),
    "header_twice_meant": (
        "Cột này và cột “{other}” là một. Hãy giữ lại một cột.",
        "This column and the column “{other}” mean the same. Keep one of them.",
    ),
    "column_missing": (
        "Trang tính thiếu cột “{name}”. Hãy thêm cột này.",
        "The sheet lacks the column “{name}”. Add it.",
    ),
    "column_mistyped": (
        "Tên cột này có lẽ viết nhầm “{likely}”. Hãy sửa tên cột.",
        "This column's name looks like a slip for “{likely}”. Correct it.",
    ),
    "column_unsupported": (
        "Chưa hỗ trợ cột này (nội dung “{text}”). Hãy xóa nội dung của cột.",
        "This column is not supported yet (it says “{text}”). Clear the column.",
    ),
    "column_not_read": (
        "Cột này không thuộc phiếu nên không được đọc.",
        "This column does not belong to the checklist and is not read.",
    ),
    "setting_not_used": (
        "Thiết lập này chỉ dành cho công cụ khác nên không được dùng.",
        "This setting concerns other tools only and is not used.",
    ),
    "language_without_code": (
        "Ngôn ngữ “{name}” thiếu mã nên không ai được hiển thị riêng bằng ngôn ngữ này. "
        "Hãy ghi mã trong ngoặc, ví dụ “label::Tiếng Việt (vi)”.",
        "The language “{name}” has no code, so nobody is shown it by choice. Write the code in brackets, as in "
        "“label::English (en)”.",
    ),
    "not_a_number": (
        "“{text}” không phải là số trong khoảng {bounds}. Hãy ghi một số, ví dụ 2 hoặc 2.5.",
        "“{text}” is not a number {bounds}. Write a number such as 2 or 2.5.",
    ),
    "not_yes_or_no": (
        "“{text}” không phải yes hoặc no. Hãy ghi yes, no hoặc để trống.",
        "“{text}” is neither yes nor no. Write yes, no or nothing.",
    ),
    "name_missing": (
        "Dòng này thiếu tên. Hãy ghi tên ngắn không dấu, ví dụ B01.",
        "This row has no name. Write a short name, such as B01.",
    ),
    "name_invalid": (
        "Tên “{name}” có dấu, dấu cách hoặc ký tự không dùng được. Hãy đổi thành, ví dụ, “{better}”.",
        "The name “{name}” has accents, spaces or signs that cannot be used. Change it, for instance to “{better}”.",
    ),
    "pyxform": (
        "Công cụ đọc XLSForm (pyxform) báo: {message}",
        "The XLSForm reader (pyxform) says: {message}",
    ),
}  # fmt: skip

TEXTS: dict[str, tuple[str, str]] = {**FILE_TEXTS, **ATTACHED_TEXTS, **SURVEY_TEXTS, **SHOWING_TEXTS, **RULE_TEXTS}
