"""The commands `sign` and `verify`, as a clerk types them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reports.minutes import minutes
from survey.cli import main
from tests.minutes_sample import record
from tests.report_sample import facts
from tests.signing_world import configured


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in configured(tmp_path).items():
        monkeypatch.setenv(f"SATCANH_{name.upper()}", value)
    return tmp_path


@pytest.fixture(scope="module")
def plain() -> bytes:
    return minutes(facts(), record(digital=("delegation",)))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def signed(folder: Path, plain: bytes, *options: str) -> tuple[Result, Path]:
    (folder / "plain.pdf").write_bytes(plain)
    out = folder / "signed.pdf"
    return run("sign", folder / "plain.pdf", "--out", out, *options), out


def test_person_and_agency_sign_and_both_are_told(folder: Path, plain: bytes):
    answer, out = signed(folder, plain, "--as", "person", "--as", "agency", "--verify")
    lines = answer.stdout.splitlines()
    assert (answer.exit_code, lines[0], lines[1], lines[3:6], lines[7:]) == (
        0, str(out), "1. Nguyễn Minh Tâm",
        ["   Sau đó chỉ có thêm chữ ký khác, nội dung không thay đổi.", "   Nơi cấp nằm trong danh sách tin cậy.",
         "2. Bộ Khoa học và Công nghệ"],
        ["   Tệp không thay đổi từ khi ký.", "   Nơi cấp nằm trong danh sách tin cậy."],
    )  # fmt: skip
    assert lines[6].endswith("+07:00 (theo đồng hồ của người ký); chứng thư do Chứng thực thử cấp.")


def test_verify_fails_for_a_file_that_was_changed(folder: Path, plain: bytes):
    _, out = signed(folder, plain)
    assert run("verify", out).exit_code == 0
    out.write_bytes(out.read_bytes().replace(b"%PDF-1.7", b"%PDF-1.6", 1))
    answer = run("--lang", "en", "verify", out)
    assert (answer.exit_code, answer.stdout.splitlines()[2]) == (
        1, "   BROKEN SIGNATURE: what was signed is no longer what it was."
    )  # fmt: skip
    assert run("sign", out, "--out", folder / "more.pdf", "--as", "person").exit_code == 1


def test_verify_fails_for_a_file_without_signatures(folder: Path, plain: bytes):
    (folder / "plain.pdf").write_bytes(plain)
    answer = run("verify", folder / "plain.pdf")
    assert (answer.exit_code, answer.stdout) == (1, "Tệp này không có chữ ký số nào.\n")


def test_draft_is_not_signed_and_nothing_is_written(folder: Path):
    answer, out = signed(folder, minutes(facts(), record()))
    assert (answer.exit_code, answer.stderr[:26], out.exists()) == (1, "Tệp này là bản chờ ký: trê", False)


def test_annex_is_signed_with_its_number(folder: Path, plain: bytes):
    answer, out = signed(folder, plain, "--annex", "05/BB-ĐCT")
    assert (answer.exit_code, run("verify", out).stdout.splitlines()[0]) == (0, "1. Bộ Khoa học và Công nghệ")


@pytest.mark.parametrize(
    "options",
    [("--visit", "v1"), ("--annex", "1", "--as", "person"), ("--as", "ministry"), ("--annex", "1", "--visit", "v")],
)
def test_options_that_contradict_one_another_are_refused(folder: Path, plain: bytes, options: tuple[str, ...]):
    answer, out = signed(folder, plain, *options)
    assert (answer.exit_code, out.exists()) == (2, False)


def test_signing_without_a_certificate_says_which_setting_it_needs(tmp_path: Path, plain: bytes):
    answer, _ = signed(tmp_path, plain)
    assert (answer.exit_code, "SATCANH_AGENCY_CERTIFICATE" in answer.stderr) == (1, True)
