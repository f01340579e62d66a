"""Everything that can go wrong for a person: one exception, one catalogue with wording and HTTP status, one answer."""

from __future__ import annotations

import errno
import logging
import secrets
import sqlite3
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from forms.faults import Told
from survey.language import gettext
from survey.language import mark as _

logger = logging.getLogger("survey")


class Problem(Told):
    """Something a person must be told: a code of the catalogue and the details its wording needs."""

    def __init__(self, code: str, /, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    @property
    def status(self) -> int:
        return CATALOGUE[self.code].status

    @property
    def message(self) -> str:
        return gettext(CATALOGUE[self.code].message, **self.details)

    def say(self, language: str = "vi") -> str:
        """The wording in the language of the request or the command."""
        return self.message

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True)
class Kind:
    status: int
    message: str


CATALOGUE: dict[str, Kind] = {
    "not_found": Kind(404, _("Không tìm thấy trang này. Kiểm tra lại địa chỉ hoặc về trang Hôm nay.")),
    "visit_not_found": Kind(404, _("Không tìm thấy buổi làm việc này.")),
    "trip_not_found": Kind(404, _("Không tìm thấy chuyến công tác này.")),
    "unit_not_found": Kind(404, _("Không tìm thấy đơn vị có mã {code}.")),
    "checklist_not_found": Kind(404, _("Không tìm thấy phiếu {id} bản {version}.")),
    "attachment_not_found": Kind(404, _("Không tìm thấy tệp này.")),
    "not_signed_in": Kind(401, _("Phiên làm việc đã hết. Đăng nhập lại để tiếp tục.")),
    "not_allowed": Kind(403, _("Tài khoản này không có quyền làm việc đó.")),
    "not_the_leader": Kind(403, _("Chỉ trưởng đoàn của chuyến công tác làm được việc này.")),
    "cross_site": Kind(403, _("Yêu cầu đến từ trang khác nên không được nhận. Mở lại trang rồi thử lần nữa.")),
    "wrong_password": Kind(403, _("Tên đăng nhập hoặc mật khẩu chưa đúng.")),
    "too_many_attempts": Kind(429, _("Sai mật khẩu nhiều lần. Thử lại sau {minutes} phút.")),
    "bad_request": Kind(400, _("Dữ liệu gửi lên không đọc được. Mở lại trang rồi thử lần nữa.")),
    "bad_form": Kind(422, _("Có ô chưa đúng. Xem các ô được đánh dấu; những gì đã nhập vẫn được giữ.")),
    "other_person": Kind(409, _("Người khác đã đăng nhập trên máy này. Đăng nhập lại bằng tài khoản của mình để gửi.")),
    "too_large": Kind(413, _("Nội dung gửi lên quá lớn.")),
    "wrong_method": Kind(405, _("Địa chỉ này không nhận cách gửi đó.")),
    "person_not_found": Kind(404, _("Không có tài khoản {login}.")),
    "data_folder_in_use": Kind(409, _("Thư mục {folder} đã có dữ liệu. Chọn một thư mục trống.")),
    "login_taken": Kind(409, _("Tên đăng nhập {login} đã có người dùng.")),
    "visit_exists": Kind(409, _("Đơn vị này đã có trong chuyến công tác.")),
    "unit_not_fitting": Kind(422, _("Phiếu này không dùng cho loại đơn vị đã chọn.")),
    "date_outside_trip": Kind(422, _("Ngày làm việc nằm ngoài thời gian của chuyến công tác.")),
    "visit_submitted": Kind(409, _("Buổi làm việc đã nộp nên không sửa được. Trưởng đoàn có thể mở lại.")),
    "visit_not_submitted": Kind(409, _("Buổi làm việc chưa nộp.")),
    "visit_has_answers": Kind(409, _("Buổi làm việc đã có câu trả lời nên không bỏ khỏi chuyến được.")),
    "conflicts_open": Kind(409, _("Còn {count} câu có hai câu trả lời khác nhau. Chọn một câu ở mỗi nơi rồi nộp.")),
    "reason_missing": Kind(422, _("Còn {count} câu chưa trả lời. Ghi lý do nộp khi chưa đủ.")),
    "reopen_reason_missing": Kind(422, _("Ghi lý do mở lại buổi làm việc.")),
    "version_differs": Kind(
        409,
        _("Phiếu {id} bản {version} đã công bố với nội dung khác. Đổi version ở trang settings rồi công bố lại."),
    ),
    "checklist_faulty": Kind(422, _("Phiếu chưa công bố được:\n{faults}")),
    "workbook_missing": Kind(422, _("Chưa chọn tệp. Chọn hoặc thả tệp phiếu .xlsx, .xls, .csv hoặc .md.")),
    "workbook_too_large": Kind(
        413, _("Các tệp lớn hơn {limit} MB nên không nhận. Bỏ hình ảnh, trang tính không dùng rồi thử lại.")
    ),
    "workbook_twice": Kind(422, _("Có nhiều tệp phiếu: {names}. Mỗi lần tải lên một phiếu, kèm các tệp của phiếu đó.")),
    "visit_signed": Kind(409, _("Biên bản của buổi làm việc đã có chữ ký nên giữ bản phiếu đã ký.")),
    "draft_gone": Kind(404, _("Bản nháp này không còn: đã công bố, đã bỏ hoặc quá hạn giữ. Tải tệp lên lại.")),
    "draft_changed": Kind(409, _("Bản nháp vừa được thay bằng tệp khác. Xem lại rồi công bố.")),
    "draft_faulty": Kind(409, _("Phiếu còn lỗi nên chưa xem thử được. Sửa các lỗi đã nêu rồi tải lên lại.")),
    "nothing_to_preview": Kind(409, _("Phiếu không có câu hỏi nào để xem thử.")),
    "version_superseded": Kind(
        409, _("Bản {version} không còn mới nhất, nay là bản {latest}. Mở lại trang rồi chuyển.")
    ),
    "version_published": Kind(409, _("Người khác vừa công bố {id} bản {version} với đúng nội dung này.")),
    "data_folder_unwritable": Kind(500, _("Không ghi được vào thư mục dữ liệu {folder}: {reason}")),
    "database_damaged": Kind(
        500,
        _("Tệp dữ liệu {file} bị hỏng hoặc ghi dở ({reason}). Đổi tên tệp để giữ lại, rồi khôi phục bản sao lưu."),
    ),
    "database_newer": Kind(500, _("Tệp dữ liệu {file} do phiên bản mới hơn tạo ra. Hãy cập nhật Sát Cánh.")),
    "attachment_bad": Kind(
        422,
        _(
            "Không nhận loại tệp này, hoặc tệp bị hỏng. Nhận ảnh PNG, JPEG, WebP; ghi âm OGG, WebM, M4A, MP3, WAV;"
            " tệp PDF, DOCX, XLSX, ODT, ODS và văn bản thuần."
        ),
    ),
    "piece_out_of_place": Kind(409, _("Phần gửi lên không nối tiếp {received} byte đã nhận. Gửi tiếp từ đó.")),
    "attachment_hash": Kind(422, _("Tệp nhận được khác với mã băm đã báo. Gửi lại tệp.")),
    "copy_missing": Kind(422, _("Chưa chọn tệp. Chọn tệp satcanh-….zip đã lưu từ máy tính bảng.")),
    "copy_too_large": Kind(413, _("Tệp lớn hơn {limit} MB nên không nhận. Nhờ quản trị nhập tệp ngay trên máy chủ.")),
    "copy_unreadable": Kind(
        422, _("Không mở được tệp này: không phải bản sao, hoặc chép chưa xong. Chép lại tệp từ máy tính bảng.")
    ),
    "copy_foreign_part": Kind(
        422, _("Bản sao có phần lạ: {part}. Chỉ nhận nguyên tệp do máy tính bảng lưu; chép lại tệp rồi thử lần nữa.")
    ),
    "copy_part_missing": Kind(422, _("Bản sao thiếu phần {part}. Lưu lại một tệp mới từ máy tính bảng.")),
    "copy_part_damaged": Kind(
        422, _("Phần {part} của bản sao bị hỏng nên chưa nhận gì. Chép lại, hoặc lưu lại từ máy tính bảng.")
    ),
    "copy_newer": Kind(
        422, _("Bản sao theo mẫu {version}, mới hơn máy chủ này. Giữ tệp lại, cập nhật Sát Cánh rồi thử lần nữa.")
    ),
    "boundaries_missing": Kind(422, _("Chưa chọn tệp. Chọn tệp ranh giới GeoJSON hoặc TopoJSON.")),
    "boundaries_too_large": Kind(413, _("Tệp lớn hơn {limit} MB nên không nhận. Xuất lại tệp với ít điểm hơn.")),
    "boundaries_too_many": Kind(
        422, _("Tệp có hơn {limit} điểm nên không nhận. Đơn giản hóa đường ranh giới rồi xuất lại.")
    ),
    "boundaries_unreadable": Kind(
        422,
        _(
            "Không đọc được tệp này: không phải GeoJSON (FeatureCollection) hoặc TopoJSON, hoặc tệp chép chưa xong."
            " Tệp nén phải được giải nén trước."
        ),
    ),
    "boundaries_code_missing": Kind(
        422, _("Đối tượng thứ {number} không có mã đơn vị. Ghi mã vào thuộc tính code rồi xuất lại.")
    ),
    "boundaries_twice": Kind(
        422, _("Mã đơn vị có nhiều lần trong tệp: {codes}. Gộp các phần của một đơn vị thành một MultiPolygon.")
    ),
    "boundaries_not_polygon": Kind(422, _("{place}: không phải Polygon hoặc MultiPolygon. Sửa rồi xuất lại.")),
    "boundaries_empty": Kind(422, _("{place}: vùng rỗng, không có diện tích. Sửa rồi xuất lại.")),
    "boundaries_ring_open": Kind(422, _("{place}: đường ranh giới không khép kín. Sửa rồi xuất lại.")),
    "boundaries_outside": Kind(
        422,
        _(
            "{place}: có tọa độ nằm ngoài Việt Nam (kể cả Hoàng Sa, Trường Sa)."
            " Dùng kinh độ, vĩ độ WGS 84 tính bằng độ, kinh độ trước."
        ),
    ),
    "boundaries_no_unit": Kind(
        422, _("Không mã nào trong tệp có trong danh mục đơn vị: {codes}. Kiểm tra thuộc tính code.")
    ),
    "boundaries_not_in_use": Kind(409, _("Bản đồ đang dùng sơ đồ, không có ranh giới nào để bỏ.")),
    "document_not_found": Kind(404, _("Không có tài liệu nào với mã này. Kiểm tra lại mã in trên tài liệu.")),
    "too_many_codes": Kind(429, _("Nhập sai mã nhiều lần. Thử lại sau {minutes} phút.")),
    "document_timed_out": Kind(503, _("Lập tài liệu quá lâu nên đã dừng. Thử lại; nếu vẫn vậy, báo quản trị.")),
    "document_killed": Kind(503, _("Máy chủ đã dừng việc lập tài liệu, có thể vì thiếu bộ nhớ. Thử lại sau ít phút.")),
    "document_too_large": Kind(503, _("Tài liệu cần nhiều bộ nhớ hơn mức cho phép nên không lập được. Báo quản trị.")),
    "document_crashed": Kind(503, _("Việc lập tài liệu bị lỗi và đã dừng (mã {status}). Thử lại hoặc báo quản trị.")),
    "document_interrupted": Kind(503, _("Việc lập tài liệu bị ngắt nhiều lần. Thử lại hoặc báo quản trị.")),
    "document_changed": Kind(409, _("Dữ liệu đã đổi trong lúc lập tài liệu. Lập lại từ trang buổi làm việc.")),
    "bad_number": Kind(422, _("Nhập số từ 1 đến {largest} và ngày ban hành.")),
    "number_taken": Kind(409, _("Số {number} đã dùng trong năm {year} theo quyết định này. Chọn số khác.")),
    "units_missing": Kind(422, _("Chưa chọn tệp. Chọn tệp danh mục đơn vị CSV hoặc XLSX.")),
    "units_too_large": Kind(413, _("Tệp lớn hơn {limit} MB nên không nhận. Danh mục đơn vị chỉ cần chưa đến 1 MB.")),
    "units_not_text": Kind(
        422, _("Không đọc được tệp này. Lưu lại thành XLSX, hoặc CSV mã UTF-8 phân cách bằng dấu phẩy.")
    ),
    "units_unreadable": Kind(422, _("Không đọc được tệp này.\n{faults}")),
    "units_columns": Kind(422, _("Dòng tiêu đề chưa đúng. Thiếu cột: {missing}. Cột không rõ hoặc lặp: {unknown}.")),
    "units_empty": Kind(422, _("Tệp không có đơn vị nào.")),
    "units_too_many": Kind(422, _("Tệp có hơn {limit} dòng nên không nhận.")),
    "units_faulty": Kind(422, _("Chưa áp dụng: còn dòng có lỗi ({lines}). Sửa tệp rồi nhập lại.")),
    "units_changed_meanwhile": Kind(
        409, _("Danh mục đã đổi sau khi xem thử nên chưa áp dụng. Xem lại kết quả mới rồi áp dụng.")
    ),
    "units_list_gone": Kind(409, _("Tệp đã xem thử không còn trên máy chủ. Chọn lại tệp.")),
    "unit_not_valid": Kind(422, _("Đơn vị mã {code} không có hiệu lực ngày {day}. Chọn đơn vị kế tiếp: {successors}.")),
    "unknown_area": Kind(404, _("Không có tỉnh, thành phố nào có mã {code}.")),
    "bad_period": Kind(422, _("Kỳ báo cáo chưa đúng. Chọn ngày đầu và ngày cuối, ngày đầu không sau ngày cuối.")),
    "period_before_units": Kind(422, _("Chưa có danh mục đơn vị cho ngày {day}. Chọn kỳ kết thúc muộn hơn.")),
    "visits_mixed": Kind(
        409, _("Chuyến công tác có cả buổi làm việc thật và minh họa nên không lập báo cáo chung được.")
    ),
    "signing_not_configured": Kind(422, _("Chưa cấu hình chứng thư số: đặt {setting} là tệp PKCS#12 (.p12, .pfx).")),
    "signing_file_missing": Kind(500, _("Không đọc được tệp {file}: {reason}")),
    "signing_key_unreadable": Kind(
        500, _("Không mở được chứng thư {file}: tệp không phải PKCS#12 (.p12, .pfx), hoặc sai mật khẩu.")
    ),
    "signing_key_missing": Kind(500, _("Tệp {file} không có chứng thư kèm khóa bí mật.")),
    "signing_key_kind": Kind(500, _("Khóa trong {file} không phải RSA hoặc EC nên không ký được.")),
    "signing_key_weak": Kind(500, _("Khóa trong {file} chỉ dài {bits} bit; cần ít nhất {least}.")),
    "signing_key_usage": Kind(500, _("Chứng thư của {name} không dùng để ký số.")),
    "signing_key_expired": Kind(500, _("Chứng thư của {name} đã hết hạn ngày {day}. Gia hạn rồi ký lại.")),
    "signing_key_early": Kind(500, _("Chứng thư của {name} chỉ có hiệu lực từ ngày {day}.")),
    "signing_picture": Kind(500, _("Không đọc được ảnh {file}, hoặc ảnh trống. Dùng tệp PNG.")),
    "signing_seal_size": Kind(500, _("SATCANH_AGENCY_SEAL_MM là {size}: con dấu rộng từ {least} đến {most} mm.")),
    "signing_stamp_address": Kind(
        500, _("SATCANH_TIMESTAMP_ADDRESS là {address}: địa chỉ phải bắt đầu bằng https:// hoặc http://.")
    ),
    "signing_stamp_failed": Kind(
        503, _("Dịch vụ cấp dấu thời gian {address} không trả lời nên chưa ký. Thử lại sau ít phút.")
    ),
    "signing_not_pdf": Kind(422, _("Tệp này không phải PDF, bị hỏng hoặc có mật khẩu.")),
    "signing_awaits_paper": Kind(
        409,
        _(
            "Tệp này là bản chờ ký: trên đó còn ghi chờ ký số hoặc ký giấy. Lập và ký cùng lúc bằng lệnh"
            " satcanh sign --visit."
        ),
    ),
    "signing_no_place": Kind(422, _("Tệp này không có chỗ ký {place}. Các chỗ ký: {places}.")),
    "signing_done": Kind(409, _("Chỗ ký {place} đã có chữ ký này rồi.")),
    "signing_locked": Kind(409, _("Một chữ ký trong tệp này không cho ký thêm.")),
    "signing_changed": Kind(409, _("Tệp này đã bị thay đổi sau khi ký nên không ký thêm được.")),
    "signing_elsewhere": Kind(409, _("Tài liệu này đang được lập ở nơi khác. Thử lại sau ít phút.")),
    "signing_nobody": Kind(
        409, _("Biên bản chưa có chữ ký của hai bên nên chưa đóng dấu số được. Hai bên ký trên máy, hoặc ký số trước.")
    ),
    "signing_not_final": Kind(409, _("Buổi làm việc chưa nộp nên chưa ký số báo cáo được.")),
    "signing_authorities": Kind(500, _("Không đọc được chứng thư tin cậy trong tệp {file}: cần tệp PEM.")),
    "answers_no_checklist": Kind(404, _("Không có phiếu nào mang mã {id}.")),
    "answers_too_wide": Kind(
        422, _("Bảng có {columns} cột, Excel chỉ nhận {limit}. Chọn CSV, hoặc bỏ bớt ghi chú và cột lựa chọn.")
    ),
    "answers_no_place": Kind(422, _("Phiếu không có câu hỏi vị trí {name} ngoài các phần lặp.")),
    "answers_no_room": Kind(
        507,
        _("Máy chủ không đủ chỗ trên đĩa để lập tệp Excel này. Chọn CSV hoặc JSON, hoặc chọn ít buổi làm việc hơn."),
    ),
    "answers_busy": Kind(503, _("Máy chủ đang lập các tệp câu trả lời khác. Thử lại sau ít phút.")),
    "report_unavailable": Kind(503, _("Chưa lập được báo cáo trên máy chủ này: {reason}")),
    "disk_full": Kind(
        507, _("Máy chủ hết chỗ trên đĩa nên lần này chưa lưu được. Những gì đã lưu vẫn còn. Báo quản trị rồi thử lại.")
    ),
    "server_busy": Kind(503, _("Máy chủ đang bận nên lần này chưa lưu được. Thử lại sau ít phút.")),
    "unexpected": Kind(500, _("Có lỗi ngoài dự kiến. Dữ liệu đã lưu vẫn còn. Báo mã {reference} cho bộ phận hỗ trợ.")),
}
"""Codes are never reused; the HTTP status of an answer is derived from here only."""

FOR_PROGRAMS = ("received",)
"""Details that a program goes on with; they stand in the JSON beside the message."""

BY_STATUS = {404: "not_found", 405: "wrong_method", 413: "too_large", 401: "not_signed_in", 403: "not_allowed"}


def answer_problem(problem: Problem) -> ResponseReturnValue:
    """JSON for a program, a page for a person; both with the status of the catalogue."""
    if request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json":
        told = {name: problem.details[name] for name in FOR_PROGRAMS if name in problem.details}
        return jsonify({"code": problem.code, "message": problem.message, **told}), problem.status
    phrase = HTTPStatus(problem.status).phrase
    page = "problem.html" if "person" in g else "problem_plain.html"
    return render_template(page, problem=problem, phrase=phrase), problem.status


def answer_http_exception(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error  # a redirect is an exception in werkzeug
    return answer_problem(Problem(BY_STATUS.get(status, "bad_request" if status < 500 else "not_found")))


def answer_unexpected(error: Exception) -> ResponseReturnValue:
    """Log the traceback under a reference number and show only the number, or what the machine lacks."""
    reference = secrets.token_hex(4)
    logger.error("unexpected error %s at %s %s", reference, request.method, request.path, exc_info=error)
    lack = what_is_lacking(error)
    return answer_problem(Problem(lack) if lack else Problem("unexpected", reference=reference))


def what_is_lacking(error: Exception) -> str | None:
    """The code for a machine without room on its disk or without a turn at writing; None for other errors."""
    if isinstance(error, sqlite3.OperationalError):
        codes = {sqlite3.SQLITE_FULL: "disk_full", sqlite3.SQLITE_BUSY: "server_busy"}
        return codes.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)  # the lowest byte is the primary code
    return "disk_full" if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT) else None


def register_problems(app: Flask) -> None:
    app.register_error_handler(Problem, answer_problem)
    app.register_error_handler(HTTPException, answer_http_exception)
    app.register_error_handler(Exception, answer_unexpected)
