"""A checklist of three questions, Minh's trip to Thanh Hóa with Lan, and visits to answer, submit and reopen."""

from __future__ import annotations

from forms.log import Change
from survey.database import Database
from survey.store import changes, checklists, trips, visits
from survey.store.people import Person
from survey.store.trips import Trip
from survey.store.visits import Visit
from tests.field_world import DAY, make_id

CHECKLIST = """
| survey | | | | | | | | |
| | type | name | label::Tiếng Việt (vi) | label::English (en) | weight | gate | core | confidential |
| | begin_group | B | Hệ thống dữ liệu | Data systems | | | | |
| | select_one muc | B01 | Tài khoản | Accounts | 3 | yes | yes | |
| | select_one muc | B02 | Danh sách cập nhật | Updated list | 1 | | | |
| | text | I04 | Tín hiệu trả lại quyền | Signs of giving powers back | | | | yes |
| | end_group | | | | | | | |
| choices | | | | | |
| | list_name | name | label::Tiếng Việt (vi) | label::English (en) | score |
| | muc | 0 | Chưa có | None | 0 |
| | muc | 1 | Một phần | Some | 1/3 |
| | muc | 2 | Gần đủ | Nearly all | 2/3 |
| | muc | 3 | Đủ | All | 1 |
| settings | | | | |
| | form_id | version | form_title::Tiếng Việt (vi) | default_language | unit_kinds |
| | nho | 1 | Phiếu nhỏ | Tiếng Việt (vi) | xa phuong |
| sections | | |
| | name | weight |
| | B | 100 |
| levels | | | | | |
| | name | rank | label::Tiếng Việt (vi) | label::English (en) | when |
| | ready | 4 | Sẵn sàng | Ready | total() >= 80 and gates-failed() = 0 |
| | intensive | 1 | Cần hỗ trợ tập trung | Needs intensive support | true() |
| recommendations | | | | | | | | |
| | code | questions | when | text::Tiếng Việt (vi) | text::English (en) | responsible::Tiếng Việt (vi) | responsible::English (en) | due | confidential |
| | R01 | B01 | item-level(${B01}) <= 1 | Cấp đủ tài khoản cho {don_vi} | Give accounts to {don_vi} | Sở KH&CN | Department | T+15 | |
| | R02 | I04 | ${I04} != '' | Báo cáo Vụ Pháp chế | Report to the legal department | Đoàn công tác | Delegation | T+0 | yes |
"""


def plan(db: Database, cast: dict[str, Person], *unit_codes: str) -> list[Visit]:
    """Minh's trip t1 with Lan and one visit (v1, v2 …) for each unit; without codes only xã Hà Trung."""
    version = checklists.publish(db, CHECKLIST.encode(), "nho.md", by=cast["quan"].id)
    minh = cast["minh"].id
    trip = Trip(
        id="t1", decision_number="2083/QĐ-BKHCN", decision_date="2025-08-12", title="Làm việc tại Thanh Hóa",
        starts_on=DAY, ends_on="2025-08-21", leader_id=minh,
    )  # fmt: skip
    trips.add(db, trip, minh)
    trips.set_member(db, "t1", minh, "Trưởng đoàn")
    trips.set_member(db, "t1", cast["lan"].id, "Thư ký")
    codes = unit_codes or ("15271",)
    for number, code in enumerate(codes, 1):
        visits.add(db, f"v{number}", "t1", code, (version.id, version.version), DAY, minh)
    return visits.of_trip(db, "t1")


def answer(db: Database, cast: dict[str, Person], visit_id: str = "v1", **answers: str) -> None:
    """Lan answers questions of section B by name."""
    for name, value in answers.items():
        change = Change(
            id=make_id(visits.last_change(db, visit_id) + 100 * int(visit_id[1:]) + 1), visit=visit_id,
            question=f"/B/{name}", value=value, at=f"{DAY}T02:00:00.000Z", device_at=f"{DAY}T02:00:00.000Z",
            device="tablet-1", author=cast["lan"].id,
        )  # fmt: skip
        changes.append_change(db, change, f"{DAY}T02:00:01.000Z")
