"""A form without groups, sections, levels and settings goes the whole way from the page to the report."""

from __future__ import annotations

import io
import re

from flask.testing import FlaskClient
from pypdf import PdfReader

from survey.database import Database
from survey.store.people import Person
from tests.field_world import plan_visit, sent

FORM = """
| survey |
| | type            | name | label | weight |
| | select_one rate | pc   | PCs   | 2      |
| | select_one rate | lan  | LAN   | 1      |
| choices |
| | list_name | name | label | score |
| | rate | 0  | None | 0  |
| | rate | 3  | Full | 1  |
| | rate | na | N/A  | na |
"""


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_form_without_groups_is_filled_reviewed_and_reported(
    minh: FlaskClient, db: Database, cast: dict[str, Person]
):
    plan_visit(db, cast, FORM)
    html = minh.get("/visits/v1/fill", follow_redirects=True).get_data(as_text=True)
    assert re.findall(r'<section class="q\b[^"]*" id="(\w+)"', html) == ["pc", "lan"]
    minh.post("/api/sync", json={"device": "t", "changes": [sent(1, "/pc", "3"), sent(2, "/lan", "0")]})
    pages = {address: minh.get(address) for address in ("/visits/v1", "/visits/v1/report.pdf")}
    assert {address: page.status_code for address, page in pages.items()} == dict.fromkeys(pages, 200)
    assert "Đạt 66,7/100" in text_of(pages["/visits/v1/report.pdf"].data)
