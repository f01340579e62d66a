"""A checklist with attached files: provinces, ten thousand schools in a cascade, service points on a map, a picture."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from survey.database import Database
from survey.store import checklists, trips, visits
from survey.store.people import Person
from survey.store.trips import Trip

SCHOOLS = 10_000
DAY = "2025-08-19"
CHECKLIST = """
| survey |
| | type | name | label::Tiếng Việt (vi) | label::English (en) | choice_filter | parameters | calculation | media::image |
| | begin_group | A | Trường học | Schools | | | | |
| | select_one_from_file tinh.csv | A01 | Tỉnh | Province | | | | anh.png |
| | select_one_from_file truong.csv | A02 | Trường | School | tinh = ${A01} | value=ma label=ten | | |
| | select_multiple_from_file truong.csv | A03 | Các trường khác | Other schools | | value=ma label=ten | | |
| | select_one_from_file diem.geojson | A04 | Điểm giao dịch | Service point | | | | |
| | calculate | may | Số máy tính đã khai | Computers | | | pulldata('truong', 'so_may', 'ma', ${A02}) | |
| | calculate | dem | Số trường của tỉnh | Count | | | count(instance('truong')/root/item[tinh = ${A01}]) | |
| | calculate | noi | Vị trí | Place | | | instance('diem')/root/item[id = ${A04}]/geometry | |
| | end_group | | | | | | | |
| settings |
| | form_id | version | form_title | translated_title::English (en) |
| | truong | 1 | Phiếu trường học | Schools |
"""


def attached_files(schools: int = 60) -> dict[str, bytes]:
    """The files of the checklist with so many schools: every third one lies in Thanh Hóa (38)."""
    provinces = ["38", "01", "40"]
    rows = [f"T{n:05d},Trường Đồng {n},School {n},{provinces[n % 3]},{n % 50}" for n in range(schools)]
    points = ['{"type":"Feature","id":"d1","properties":{"title":"Bưu cục"},"geometry":'
              '{"type":"Point","coordinates":[105.8,19.8]}}']  # fmt: skip
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(picture, "PNG")
    return {
        "tinh.csv": "\ufeffname;label\n38;Thanh Hóa\n01;Hà Nội\n40;Nghệ An\n".encode(),
        "truong.csv": "\n".join(["ma,ten,ten::English (en),tinh,so_may", *rows]).encode(),
        "diem.geojson": ('{"type":"FeatureCollection","features":[' + ",".join(points) + "]}").encode(),
        "anh.png": picture.getvalue(),
    }


def plan_visit(db: Database, cast: dict[str, Person], folder: Path, schools: int = SCHOOLS) -> None:
    """Visit v1 on Minh's trip with Lan, with this checklist."""
    files = attached_files(schools)
    checklists.publish(db, CHECKLIST.encode(), "truong.md", by=cast["quan"].id, files=files, folder=folder)
    minh = cast["minh"].id
    trip = Trip(
        id="t1", decision_number="1/QĐ", decision_date=DAY, title="Thanh Hóa", starts_on=DAY, ends_on=DAY,
        leader_id=minh,
    )  # fmt: skip
    trips.add(db, trip, created_by=minh)
    trips.set_member(db, "t1", cast["lan"].id, "")
    visits.add(db, "v1", "t1", "15271", ("truong", "1"), DAY, minh)
