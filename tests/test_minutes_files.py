"""The minutes of a visit as the file that somebody asks for."""

from __future__ import annotations

import io

import pytest
from docx import Document
from flask.testing import FlaskClient
from openpyxl import load_workbook

from survey.database import Database
from survey.documents.report_files import MEDIA_TYPES
from survey.store.people import Person
from tests.visit_world import plan


@pytest.fixture(autouse=True)
def _visit(db: Database, cast: dict[str, Person]) -> None:
    plan(db, cast)


def test_minutes_come_as_word_file_with_their_code(lan: FlaskClient):
    answer = lan.get("/visits/v1/minutes.docx", follow_redirects=True)
    told = Document(io.BytesIO(answer.data)).core_properties
    assert (answer.mimetype, told.title) == (
        MEDIA_TYPES["docx"], "Biên bản làm việc: Xã Hà Trung, ngày 19 tháng 8 năm 2025"
    )  # fmt: skip
    assert len(told.keywords) == len("7KQ2-M9XA-3HTD")


def test_commitments_come_as_excel_file(lan: FlaskClient):
    answer = lan.get("/visits/v1/minutes.xlsx", follow_redirects=True)
    assert (answer.mimetype, load_workbook(io.BytesIO(answer.data)).sheetnames) == (MEDIA_TYPES["xlsx"], ["Cam kết"])


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_strangers_and_the_province_get_no_minutes(stranger: FlaskClient, thao: FlaskClient, form: str):
    answers = [client.get(f"/visits/v1/minutes.{form}").status_code for client in (stranger, thao)]
    assert answers == [404, 403]
