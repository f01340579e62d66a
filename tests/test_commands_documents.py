import pytest
from click.testing import CliRunner

from survey.assess import submit_visit
from survey.cli import main
from survey.files.office_files import office_type
from survey.store import visits
from tests.visit_world import answer, plan

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def run(db, cast, settings):
    """The command on a world with one submitted visit: its exit code and what it says."""
    plan(db, cast, "15271")
    answer(db, cast, "v1", B01="1", B02="3")
    submit_visit(db, visits.find(db, "v1"), "", by=cast["minh"].id)

    def ran(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, [*words, "--data", str(settings.data)])
        return done.exit_code, done.output.strip()

    return ran


def test_synthesis_is_written_in_the_form_of_the_file_name(run, tmp_path):
    out = tmp_path / "s.xlsx"
    days = ("--from", "2025-01-01", "--to", "2025-12-31")
    assert run("synthesis", "--area", "38", *days, "--out", str(out), "--copy", "province") == (0, str(out))
    assert office_type(out.read_bytes()) == SHEET


def test_trip_report_is_written_and_registered(run, tmp_path, db):
    out = tmp_path / "t.xlsx"
    assert run("trip-report", "t1", "--out", str(out), "--lang", "en") == (0, str(out))
    row = next(db.query("select kind, trip_id, state from document"))
    assert (office_type(out.read_bytes()), row) == (SHEET, {"kind": "trip_report", "trip_id": "t1", "state": "ready"})


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("synthesis", "--area", "99"), "Không có tỉnh, thành phố nào có mã 99."),
        (("synthesis", "--area", "nation", "--copy", "province"), "Không có tỉnh, thành phố nào có mã nation."),
        (("synthesis", "--area", "38", "--to", "2024-01-01"), "Kỳ báo cáo chưa đúng."),
        (("trip-report", "none"), "Không tìm thấy chuyến công tác này."),
    ],
)
def test_what_cannot_be_written_is_told_and_nothing_is_left(run, tmp_path, words, told):
    out = tmp_path / "x.pdf"
    days = ("--from", "2025-01-01", "--to", "2025-12-31") if words[0] == "synthesis" else ()
    code, said = run(words[0], *days, *words[1:], "--out", str(out))
    assert (code, told in said, out.exists()) == (1, True, False)
