"""A small checklist with one question of each kind, a trip of Minh with Lan, and one visit to fill."""

from __future__ import annotations

from typing import Any

from survey.database import Database
from survey.store import checklists, trips, visits
from survey.store.people import Person
from survey.store.trips import Trip

DAY = "2025-08-19"

CHECKLIST = """
| survey | | | | | | | | | | | |
| | type | name | label::Tiếng Việt (vi) | label::English (en) | relevant | constraint | constraint_message::Tiếng Việt (vi) | weight | gate | core | appearance |
| | begin_group | A | Thông tin chung | General | | | | | | | |
| | select_one_from_file units.csv | A01 | Đơn vị | Unit | | | | | | yes | |
| | text | A02 | Người cung cấp thông tin | Respondent | | | | | | yes | |
| | date | A03 | Ngày | Day | | | | | | | |
| | geopoint | A04 | Vị trí | Place | | | | | | | |
| | image | A05 | Ảnh trụ sở | Photo of the office | | | | | | | |
| | image | A06 | Chữ ký | Signature | | | | | | | signature |
| | begin_repeat | A07 | Cán bộ | Officers | | | | | | | |
| | text | A07_name | Họ tên | Name | | | | | | | |
| | integer | A07_age | Tuổi | Age | | . < 100 | Nhập tuổi dưới 100. | | | | |
| | end_repeat | | | | | | | | | | |
| | end_group | | | | | | | | | | |
| | begin_group | B | Hệ thống dữ liệu | Data systems | | | | | | | |
| | select_one B01 | B01 | Tài khoản | Accounts | | | | 3 | yes | yes | |
| | select_one yn4 | B02 | Có danh sách cập nhật | Has an updated list | | | | 1 | | yes | |
| | text | B03 | Vì sao không có danh sách? | Why is there no list? | ${B02} = 'no' | | | | | yes | |
| | select_multiple errors | B04 | Hệ thống nào bị lỗi? | Which systems failed? | | | | | | | |
| | integer | B05 | Tỷ lệ, % | Share, % | | . >= 0 and . <= 100 | Nhập số từ 0 đến 100. | | | | |
| | decimal | B06 | Tốc độ | Speed | | | | | | | |
| | end_group | | | | | | | | | | |
| choices | | | | | |
| | list_name | name | label::Tiếng Việt (vi) | label::English (en) | score |
| | B01 | 0 | Chưa có tài khoản | No account | 0 |
| | B01 | 1 | Một phần công chức có tài khoản | Some officers have one | 1/3 |
| | B01 | 2 | Thiếu người xử lý hoặc người ký | Processors or signers missing | 2/3 |
| | B01 | 3 | Đủ, đăng nhập thành công tại chỗ | All, signed in on the spot | 1 |
| | yn4 | yes | Có | Yes | 1 |
| | yn4 | partly | Một phần | Partly | 2/3 |
| | yn4 | no | Không | No | 0 |
| | yn4 | na | Không áp dụng | Not applicable | na |
| | errors | dvc | Cổng Dịch vụ công | Public service portal | |
| | errors | vneid | VNeID | VNeID | |
| | errors | khong | Không có | None | |
| settings | | | | |
| | form_id | version | form_title::Tiếng Việt (vi) | default_language |
| | thu | 1 | Phiếu thử | Tiếng Việt (vi) |
| sections | | |
| | name | weight |
| | B | 100 |
| levels | | | | | |
| | name | rank | label::Tiếng Việt (vi) | label::English (en) | when |
| | ready | 4 | Sẵn sàng | Ready | total() >= 80 and gates-failed() = 0 |
| | intensive | 1 | Cần hỗ trợ tập trung | Needs intensive support | true() |
"""


def make_id(number: int) -> str:
    return f"01987654-3210-7000-8000-{number:012x}"


def sent(
    number: int, question: str, value: Any, replaces: tuple[int, ...] = (), visit: str = "v1", **more: Any
) -> dict[str, Any]:
    """A change as a device sends it."""
    at = f"2025-08-19T02:00:{number % 60:02d}.000Z"
    old = [make_id(n) for n in replaces]
    change = {"id": make_id(number), "visit": visit, "question": question, "value": value, "replaces": old}
    return change | {"at": at, "device_at": at, "device": "tablet-1"} | more


def plan_visit(db: Database, cast: dict[str, Person], source: str = CHECKLIST) -> None:
    """Visit v1 of xã Hà Trung (no units are loaded: the code stands for the name) on Minh's trip with Lan."""
    version = checklists.publish(db, source.encode(), "thu.md", by=cast["quan"].id)
    minh = cast["minh"].id
    trip = Trip(
        id="t1",
        decision_number="1/QĐ",
        decision_date=DAY,
        title="Thanh Hóa",
        starts_on=DAY,
        ends_on=DAY,
        leader_id=minh,
    )
    trips.add(db, trip, created_by=minh)
    trips.set_member(db, "t1", cast["lan"].id, "")
    visits.add(db, "v1", "t1", "15271", (version.id, version.version), DAY, minh)
