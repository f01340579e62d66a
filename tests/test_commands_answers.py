"""The command that takes answers out: to a file that is there when it is complete, and not before."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from survey.answers.export import Export
from survey.cli import main
from tests.answers_world import ANSWERS, HA_TRUNG, plan, tables, visit


@pytest.fixture
def run(db, cast, settings, tmp_path):
    """Runs `satcanh answers export thu` to a file; gives the outcome and the file."""
    plan(db, cast)
    visit(db, cast, "v1", HA_TRUNG, ANSWERS)

    def running(*arguments):
        out = tmp_path / "out"
        words = ["answers", "export", "thu", "--out", str(out), "--data", str(settings.data), *arguments]
        return CliRunner().invoke(main, words), out

    return running


def test_export_writes_the_shared_copy_unless_told_otherwise(run):
    outcome, out = run()
    assert (outcome.exit_code, outcome.output) == (0, f"{out}: 1 buổi làm việc\n")
    assert ("who" in tables(out.read_bytes())["visits.csv"][0], outcome.exit_code) == (False, 0)


def test_every_option_reaches_the_file(run):
    outcome, out = run(
        "--format", "json", "--copy", "internal", "--labels", "--language", "en", "--scores", "--notes", "--history",
        "--from", "2025-08-01", "--to", "2025-08-31", "--state", "submitted", "--province", "38", "--fictitious", "real",
        "--version", "1",
    )  # fmt: skip
    assert outcome.exit_code == 0, outcome.output
    [one] = json.loads(out.read_text())
    assert (one["answers"]["who"], one["answers"]["A04"], one["level"]) == ("Lê Văn Tám", "Yes", "Ready")
    assert (len(one["history"]), one["scores"]["items"], list(one["notes"])) == (len(ANSWERS), {"pc": 1.0}, ["pc"])


def test_a_file_that_failed_leaves_the_older_one_as_it_was(run, monkeypatch):
    _, out = run()
    before = out.read_bytes()

    def failing(self, folder):
        yield b"half"
        raise OSError("disk")

    monkeypatch.setattr(Export, "pieces", failing)
    outcome, _ = run()
    assert (outcome.exit_code, out.read_bytes() == before, list(out.parent.glob("*.part"))) == (1, True, [])


def test_what_cannot_be_exported_is_said(run):
    asked = {
        "Kỳ báo cáo chưa đúng": ("--from", "2025-09-02", "--to", "2025-09-01"),
        "Phiếu không có câu hỏi vị trí who": ("--format", "geojson", "--place", "who"),
    }
    for said, arguments in asked.items():
        outcome, out = run(*arguments)
        assert (outcome.exit_code, said in outcome.output, out.exists()) == (1, True, False)
