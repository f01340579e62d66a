"""Answers to be taken out: a checklist with a bit of everything, and visits of Minh's trip that were answered."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

from forms.log import Change
from survey import assess
from survey.answers.export import Export
from survey.answers.reading import Wanted
from survey.database import Database, one_moment
from survey.store import changes, checklists, trips, visits
from survey.store.exported_visits import Scope
from survey.store.people import Person
from survey.store.trips import Trip

DAY = "2025-08-19"
HA_TRUNG, HAC_THANH = "15271", "14758"

CHECKLIST = """
| survey | | | | | | | | | | |
| | type | name | label::Tiếng Việt (vi) | label::English (en) | relevant | calculation | weight | score | confidential | personal |
| | begin_group | A | Thông tin chung | General | | | | | | |
| | text | A02 | Ý kiến | Opinion | | | | | | |
| | text | who | Họ tên | Name | | | | | | yes |
| | select_one yn | A04 | Đồng ý ghi tên? | May names be recorded? | | | | | | |
| | date | A05 | Ngày lập | Made on | | | | | | |
| | geopoint | A06 | Vị trí | Place | | | | | | |
| | select_multiple sys | A07 | Hệ thống | Systems | | | | | | |
| | text | secret | Nội dung mật | A secret | | | | | yes | |
| | end_group | | | | | | | | | |
| | begin_group | B | Máy móc | Machines | | | | | | |
| | integer | pc | Số máy | Computers | | | 1 | if(. >= 4, 1, 0.5) | | |
| | calculate | double | | | | ${pc} * 2 | | | | |
| | text | why | Vì sao ít? | Why so few? | ${pc} < 4 | | | | | |
| | begin_repeat | room | Phòng | Rooms | | | | | | |
| | text | title | Tên phòng | Name of the room | | | | | | |
| | begin_repeat | desk | Bàn | Desks | | | | | | |
| | integer | seats | Số chỗ | Seats | | | | | | |
| | end_repeat | | | | | | | | | |
| | end_repeat | | | | | | | | | |
| | end_group | | | | | | | | | |
| choices | | | | |
| | list_name | name | label::Tiếng Việt (vi) | label::English (en) |
| | yn | yes | Có | Yes |
| | yn | no | Không | No |
| | sys | dvc | Cổng dịch vụ công | Portal |
| | sys | vneid | VNeID | VNeID |
| settings | | | |
| | form_id | version | form_title |
| | thu | 1 | Phiếu thử |
| sections | | |
| | name | weight |
| | B | 100 |
| levels | | | | | |
| | name | rank | label::Tiếng Việt (vi) | label::English (en) | when |
| | ready | 4 | Sẵn sàng | Ready | total() >= 80 |
| | not | 1 | Cần hỗ trợ | Needs support | true() |
"""

SECOND = (
    CHECKLIST.replace("| thu | 1 |", "| thu | 2 |")
    .replace("| text | A02 | Ý kiến | Opinion |", "| text | A03 | Đề nghị | Proposal |")
    .replace("Tên phòng", "Tên của phòng")
)

ANSWERS: dict[str, Any] = {
    "/A/A02": "=1+1", "/A/who": "Lê Văn Tám", "/A/A04": "yes", "/A/A05": "2025-08-01",
    "/A/A06": "20.05 105.85 12 4.5", "/A/A07": ["dvc", "vneid"], "/A/secret": "kín", "/B/pc": 5,
    "/B/room[a]/title": "Một cửa, gặp Lê Văn Tám", "/B/room[a]/desk[x]/seats": 2, "/B/room[a]/desk[y]/seats": 3,
    "/B/room[b]/title": "Văn phòng", "/B/room[b]/desk[x]/seats": 1, "/B/pc#note": "Đếm tại chỗ",
}  # fmt: skip


def plan(db: Database, cast: dict[str, Person], *sources: str) -> None:
    """The versions published in this order, and Minh's trip."""
    for source in sources or (CHECKLIST,):
        checklists.publish(db, source.encode(), "thu.md", by=None)
    minh = cast["minh"].id
    trip = Trip(
        id="t1", decision_number="1/QĐ", decision_date=DAY, title="Thanh Hóa", starts_on=DAY, ends_on=DAY, leader_id=minh
    )  # fmt: skip
    trips.add(db, trip, created_by=minh)


def visit(
    db: Database, cast: dict[str, Person], visit_id: str, unit: str, answers: dict[str, Any], **more: Any
) -> None:
    """A visit with these answers written by Lan; submitted unless `draft`, of version 1 unless it says which."""
    minh = cast["minh"].id
    version, draft = more.pop("version", "1"), more.pop("draft", False)
    visits.add(db, visit_id, "t1", unit, ("thu", version), more.pop("day", DAY), minh, **more)
    log = [change(number, visit_id, question, value) for number, (question, value) in enumerate(answers.items(), 1)]
    changes.append_changes(db, log, f"{DAY}T03:00:00Z", author=cast["lan"].id)
    if not draft:
        found = visits.find(db, visit_id)
        assert found
        assess.submit_visit(db, found, "Thử", by=minh, at=f"{DAY}T10:00:00Z")


def change(number: int, visit_id: str, question: str, value: Any, replaces: tuple[int, ...] = ()) -> Change:
    at = f"{DAY}T02:00:{number:02d}.000Z"
    old = [change_id(n) for n in replaces]
    return Change(
        id=change_id(number), visit=visit_id, question=question, value=value, replaces=old, at=at, device_at=at,
        device="tablet-1", author="",
    )  # fmt: skip


def change_id(number: int) -> str:
    return f"01987654-3210-7000-8000-{number:012x}"


def taken_out(db: Database, folder: Path, **wanted: Any) -> bytes:
    """The bytes of an export of the checklist "thu"; `scope` narrows it."""
    scope = Scope(checklist="thu", **wanted.pop("scope", {}))
    with one_moment(db):
        return b"".join(Export(db, Wanted(scope=scope, **wanted)).pieces(folder))


def tables(archive: bytes) -> dict[str, list[dict[str, str]]]:
    """The rows of each CSV file of an archive by its name."""
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        texts = {name: found.read(name).decode("utf-8-sig") for name in found.namelist()}
    return {name: list(csv.DictReader(io.StringIO(text))) for name, text in texts.items()}
