"""A checklist with a question of every type that few checklists have, for tests of the page and of documents."""

from __future__ import annotations

KINDS = """
| survey | | | | | | | | |
| | type | name | label::Tiếng Việt (vi) | label::English (en) | appearance | parameters | hint::Tiếng Việt (vi) | relevant |
| | start | began | | | | | | |
| | end | ended | | | | | | |
| | today | on | | | | | | |
| | username | who | | | | | | |
| | deviceid | tablet | | | | | | |
| | start-geopoint | where | | | | | | |
| | audit | audit | | | | | | |
| | begin_group | T | Ngày giờ | Dates and times | | | | |
| | time | T01 | Bộ phận Một cửa mở lúc mấy giờ? | When does the counter open? | | | Theo bảng niêm yết | |
| | dateTime | T02 | Lần kiểm tra đường truyền gần nhất | Last check of the line | | | | |
| | date | T03 | Trụ sở xây năm nào? | When was the office built? | year | | | |
| | date | T04 | Máy chủ mua tháng nào? | When was the server bought? | month-year | | | |
| | note | T05 | Người ghi: ${who}, bắt đầu ${began}. | By ${who}, begun ${began}. | | | | |
| | end_group | | | | | | | |
| | begin_group | N | Thang đo và thứ tự | Scales and orders | | | | |
| | range | N01 | Người dân hài lòng đến mức nào? | How satisfied are people? | | start=0 end=10 step=1 | 0 là hoàn toàn không hài lòng | |
| | range | N02 | Tốc độ mạng đo được | Measured speed | | start=0 end=2.5 step=0.5 | | |
| | rank needs | N03 | Xếp các nhu cầu theo mức cần thiết | Rank what is needed | | | | |
| | integer | N04 | Dân số | Population | thousands-sep | | | |
| | decimal | N05 | Kinh phí, triệu đồng | Budget | thousands-sep | | | |
| | percentage | N06 | Tỷ lệ hồ sơ đúng hạn | Share on time | | | | |
| | select_one wants or_other | N07 | Cần nhất điều gì? | Most needed? | | | | |
| | select_multiple kinds or_other | N08 | Còn dùng gì? | What else? | | | | |
| | end_group | | | | | | | |
| | begin_group | M | Phim, hình vẽ, mã | Films, drawings, codes | | | | |
| | video | M01 | Quay phim quầy tiếp nhận | Film the counter | | | | |
| | image | M02 | Vẽ sơ đồ phòng | Draw the room | draw | | | |
| | image | M03 | Chụp và khoanh chỗ hỏng | Mark what is broken | annotate | | | |
| | barcode | M04 | Mã tài sản | Asset code | | | | |
| | acknowledge | M05 | Đơn vị đã đọc hướng dẫn bảo vệ dữ liệu cá nhân. | The unit has read the guidance. | | | | |
| | audio | M06 | Ghi âm trả lời | Record the answer | | | | |
| | file | M07 | Quyết định phân công | The decision | | | | |
| | end_group | | | | | | | |
| choices | | | |
| | list_name | name | label::Tiếng Việt (vi) | label::English (en) |
| | needs | people | Thêm người | More people |
| | needs | money | Thêm kinh phí | More money |
| | needs | network | Mạng ổn định ở thôn, bản | A stable network |
| | needs | training | Tập huấn | Training |
| | wants | time | Thêm thời gian | More time |
| | kinds | paper | Sổ giấy | Paper |
| | kinds | sheet | Bảng tính | Spreadsheet |
| settings | | | | |
| | form_id | version | form_title | default_language |
| | thu | 1 | Phiếu đủ loại | Tiếng Việt (vi) |
"""
