import io
import zipfile
from datetime import datetime
from typing import Any

from openpyxl import load_workbook

from reports.minutes_facts import Commitment
from reports.minutes_workbook import minutes_xlsx
from tests.minutes_sample import SECRET, record, secret_facts
from tests.report_sample import facts


def rows(language: str = "vi", **more: Any) -> list[list[Any]]:
    book = load_workbook(io.BytesIO(minutes_xlsx(facts(), record(**more), language)))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def test_commitments_are_rows_with_days_as_days():
    assert rows() == [
        ["Mã nội dung", "Nội dung cam kết", "Ý kiến của đơn vị", "Nguyên văn ý kiến", "Cơ quan chủ trì", "Thời hạn",
         "Thời hạn bằng lời", "Bên thực hiện"],
        ["B01", "Cấp tài khoản riêng", "Đồng ý có sửa đổi", "Xin lùi đến hết tháng 9.", "Sở KH&CN",
         datetime(2025, 9, 30), None, "Đơn vị"],
        [None, "Gửi tài liệu hướng dẫn", None, None, "Vụ Pháp chế", datetime(2025, 9, 5), None, "Đoàn công tác"],
    ]  # fmt: skip


def test_day_in_words_and_what_nobody_said_are_kept_apart():
    open_one = Commitment(side="unit", text="=1+1", due_text="trước kỳ họp")
    assert rows(commitments=(open_one,))[1] == [
        None, "=1+1", None, None, None, None, "trước kỳ họp", "Đơn vị",
    ]  # fmt: skip


def test_file_is_about_the_minutes_and_bears_their_code():
    about = load_workbook(io.BytesIO(minutes_xlsx(facts(), record(), "en"))).properties
    assert (about.title, about.keywords, about.created) == (
        "Minutes: Hà Trung Commune, 19 August 2025",
        "BB-7K2M-9QXA",
        datetime(2025, 8, 19),
    )


def test_nothing_confidential_is_in_the_file():
    hidden = Commitment(side="unit", recommendation="X1", decision="agreed")
    packed = zipfile.ZipFile(io.BytesIO(minutes_xlsx(secret_facts(), record(commitments=(hidden,)))))
    assert [name for name in packed.namelist() if SECRET.encode() in packed.read(name)] == []


def test_same_record_gives_the_same_bytes():
    assert minutes_xlsx(facts(), record()) == minutes_xlsx(facts(), record())
