"""Keys that the settings name: looked at when the product starts, used when a final document is given out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reports.minutes import minutes
from survey.app import create_app
from survey.documents.signatories import checked, digital_places, ensure_keys_work, sealed_by_agency
from survey.problems import Problem
from survey.settings import Settings
from tests.minutes_sample import record
from tests.report_sample import facts
from tests.signing_world import configured, stamping_server

PAGE = b"%PDF-1.7 of something else"


@pytest.fixture
def signing(settings: Settings, tmp_path: Path) -> Settings:
    return replace(settings, **configured(tmp_path))


def test_keys_that_work_let_the_product_start(signing: Settings):
    ensure_keys_work(signing)
    assert create_app(signing).config["SETTINGS"] == signing


def test_without_a_certificate_nothing_is_looked_at_and_documents_stay_as_they_are(settings: Settings):
    ensure_keys_work(settings)
    assert (digital_places(settings, False), sealed_by_agency(PAGE, settings)) == (None, PAGE)


@pytest.fixture(scope="module")
def final() -> bytes:
    """Minutes that are ready for the seal."""
    return minutes(facts(), record(digital=()))


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "password": ({"agency_password": "sai"}, "signing_key_unreadable"),
    "no file": ({"person_certificate": "/không/có.p12"}, "signing_file_missing"),
    "no such picture": ({"agency_seal": "/không/có.png"}, "signing_file_missing"),
    "seal too wide": ({"agency_seal_mm": 60}, "signing_seal_size"),
    "password alone": ({"agency_certificate": ""}, "signing_not_configured"),
    "address": ({"timestamp_address": "ftp://tsa.example"}, "signing_stamp_address"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_stops_the_product_at_its_start(signing: Settings, case: str):
    change, code = WRONG[case]
    with pytest.raises(Problem) as problem:
        create_app(replace(signing, **change))
    assert problem.value.code == code


def test_file_that_is_no_picture_stops_it_too(signing: Settings, tmp_path: Path):
    (tmp_path / "seal.png").write_bytes(b"GIF89a")
    with pytest.raises(Problem, match=r"Không đọc được ảnh .*seal\.png"):
        ensure_keys_work(signing)


def test_expired_certificate_is_named_with_its_day(signing: Settings, monkeypatch: pytest.MonkeyPatch):
    late = datetime(2040, 1, 1, tzinfo=UTC)
    monkeypatch.setattr("survey.documents.signatories.moment", lambda: late)
    with pytest.raises(Problem, match="Chứng thư của Bộ Khoa học và Công nghệ đã hết hạn ngày"):
        ensure_keys_work(replace(signing, person_certificate="", person_password="", person_signature=""))


def test_final_document_is_sealed_with_the_time_of_the_place(signing: Settings, final: bytes):
    sealed = sealed_by_agency(final, signing)
    [one] = checked(sealed, signing)
    assert (one.field, one.name, one.is_good, one.moment and one.moment.utcoffset()) == (
        "sign-delegation-agency", "Bộ Khoa học và Công nghệ", True, timedelta(hours=7)
    )  # fmt: skip


def test_illustrative_data_are_not_drawn_for_a_seal(signing: Settings):
    assert [digital_places(signing, fictitious) for fictitious in (False, True)] == [(), None]


def test_draft_and_file_without_a_place_are_given_out_unsigned(signing: Settings):
    draft = minutes(facts(), record())
    assert sealed_by_agency(draft, signing) == draft
    assert sealed_by_agency(b"PK\x03\x04", signing) == b"PK\x03\x04"


def test_time_stamp_authority_is_asked_when_there_is_one(signing: Settings, final: bytes):
    said = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=3)
    with stamping_server(said) as address:
        sealed = sealed_by_agency(final, replace(signing, timestamp_address=address))
    [one] = checked(sealed, signing)
    assert (one.moment, one.stamped, one.is_good) == (said, True, True)


def test_time_stamp_authority_that_does_not_answer_leaves_the_document_unsigned(signing: Settings, final: bytes):
    nobody = replace(signing, timestamp_address="http://127.0.0.1:9/")
    with pytest.raises(Problem) as problem:
        sealed_by_agency(final, nobody)
    assert (problem.value.code, problem.value.details) == ("signing_stamp_failed", {"address": "http://127.0.0.1:9/"})


def test_trusted_certificates_must_be_readable(signing: Settings, tmp_path: Path, final: bytes):
    (tmp_path / "roots.pem").write_bytes(b"-----BEGIN CERTIFICATE-----\nx")
    with pytest.raises(Problem, match="Không đọc được chứng thư tin cậy"):
        checked(final, signing)
