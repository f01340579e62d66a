from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from survey.cli import main
from survey.commands.desk import ROLES
from survey.database import opened
from survey.settings import Settings
from survey.store import people
from survey.store.people import Person
from tests.copy_world import by, photo, save_copy
from tests.field_world import plan_visit

ROOT = Path(__file__).parents[1]

SMALL = """
| survey |
| | type | name | label::Tiếng Việt (vi) | label::English (en) | relevant | weight | constraint |
| | begin_group | A | Phần A | Part A | | | |
| | select_one yn | power | Có điện? | Power? | | 2 | |
| | integer | pcs | Số máy | Computers | ${power} = 'yes' | | . >= 0 |
| | end_group | | | | | | |
| choices |
| | list_name | name | label::Tiếng Việt (vi) | label::English (en) | score |
| | yn | yes | Có | Yes | 1 |
| | yn | no | Không | No | 0 |
| sections |
| | name | weight |
| | A | 100 |
| settings |
| | form_id | version | form_title::Tiếng Việt (vi) | form_title::English (en) | default_language |
| | small | 1 | Phiếu nhỏ | Small form | Tiếng Việt (vi) |
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.md"
    path.write_text(SMALL, encoding="utf-8")
    return path


def run(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=text)


def evaluated(form: Path, **question: object) -> dict:
    result = run("evaluate", form, "--answers", "-", text=json.dumps(question))
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_check_summarises_a_checklist(small):
    result = run("checklist", "check", small)
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "Phiếu nhỏ: small 1")


def test_check_names_sheet_and_row_of_an_error(small):
    small.write_text(SMALL.replace("${power} =", "${pover} ="), encoding="utf-8")
    result = run("checklist", "check", small)
    assert result.exit_code == 1
    assert result.stderr.startswith("survey:4 relevant")


def test_evaluate_prints_questions_assessment_and_recommendations(small):
    result = evaluated(small, answers={"power": "yes", "/A/pcs": 3}, today="2026-08-19")
    question = result["questions"]["/A/pcs"]
    assert (question["relevant"], question["value"], question["valid"]) == (True, 3, True)
    assert (result["assessment"]["total"], result["assessment"]["completeness"]) == (100.0, 1.0)
    assert result["recommendations"] == []


def test_evaluate_gives_the_result_and_type_of_an_expression(small):
    result = evaluated(small, answers={"power": "yes", "pcs": 3}, expr="${pcs} * 2")
    assert (result["result"], result["type"]) == (6, "number")


@pytest.mark.parametrize("expr", [None, "${pcs} div 0", "${pcs}", "concat(uuid(4), digest(${power}, 'MD5'))"])
def test_evaluate_runs_either_engine(small, expr):
    request = {"answers": {"power": "yes", "pcs": 3}, "today": "2026-08-19", "unit": None, "expr": expr}
    results = [
        run("evaluate", small, "--engine", engine, "--answers", "-", text=json.dumps(request)).stdout
        for engine in ("python", "js")
    ]
    assert json.loads(results[0]) == json.loads(results[1])


def test_evaluate_refuses_unknown_names_and_broken_json(small):
    unknown = run("evaluate", small, "--answers", "-", text='{"answers": {"pover": "yes"}}')
    broken = run("evaluate", small, "--answers", "-", text='{"answers": {"pcs": NaN}}')
    assert (unknown.exit_code, "pover" in unknown.stderr, "power" in unknown.stderr) == (1, True, True)
    assert (broken.exit_code, broken.stderr.strip()) == (1, "NaN is not a JSON value.")


def test_publish_list_and_export_go_round(small, tmp_path):
    data, workbook = tmp_path / "data", tmp_path / "small.xlsx"
    assert run("checklist", "publish", small, "--data", data).stdout == "small 1\n"
    assert run("checklist", "publish", small, "--data", data).stdout == "small 1\n"
    assert run("checklist", "list", "--data", data).stdout.startswith("small\t1\tPhiếu nhỏ\t")
    assert run("checklist", "export", "small", "--out", workbook, "--data", data).exit_code == 0
    assert run("checklist", "check", workbook).stdout == run("checklist", "check", small).stdout


def test_publish_refuses_other_content_under_a_published_version(small, tmp_path):
    data = tmp_path / "data"
    run("checklist", "publish", small, "--data", data)
    small.write_text(SMALL.replace("Số máy", "Số máy tính"), encoding="utf-8")
    result = run("checklist", "publish", small, "--data", data)
    assert (result.exit_code, "small" in result.stderr) == (1, True)


def test_compile_writes_a_module_without_eval(small, tmp_path):
    out = tmp_path / "small.js"
    assert run("checklist", "compile", small, "--out", out).exit_code == 0
    module = out.read_text("utf-8")
    assert ("export function evaluate" in module or "evaluate" in module, "eval(" in module) == (True, False)


def test_account_and_visit_are_added(small, tmp_path):
    data = tmp_path / "data"
    run("checklist", "publish", small, "--data", data)
    added = run(
        "account", "add", "lan", "--name", "Lan", "--role", "leader", "--password", "a-long-one-1", "--data", data
    )
    visit = run("visit", "add", "--unit", "15271", "--checklist", "small", "--for", "lan", "--data", data)
    assert (added.stdout, visit.exit_code, len(visit.stdout.strip())) == ("lan\n", 0, 36)


def test_visit_add_names_what_is_unknown(small, tmp_path):
    data = tmp_path / "data"
    run("checklist", "publish", small, "--data", data)
    result = run("visit", "add", "--unit", "15271", "--checklist", "small", "--for", "nobody", "--data", data)
    assert (result.exit_code, "nobody" in result.stderr) == (1, True)


@pytest.fixture
def visited(tmp_path: Path) -> tuple[Path, Person]:
    """A data folder with Lan's visit v1, as `tests.field_world` plans it."""
    data = tmp_path / "data"
    with opened(data) as db:
        cast = {
            login: people.add(db, login, login.title(), role, "")
            for login, role in (("lan", "member"), ("minh", "leader"), ("quan", "admin"))
        }
        plan_visit(db, cast)
    return data, cast["lan"]


def test_sync_import_prints_what_was_new_and_known(visited, tmp_path):
    data, lan = visited
    path = save_copy(tmp_path, lan, by(lan, 1, "/B/B01", "3"), photos=[photo()])
    first, again = (
        run("sync", "import", path, "--data", data),
        run("--lang", "en", "sync", "import", path, "--data", data),
    )
    assert (first.exit_code, first.stderr, first.stdout.splitlines()) == (
        0, "",
        ["Xã Hà Trung (15271) 2025-08-19", "Câu trả lời: 1 mới, 0 đã có, 0 không nhận", "Tệp: 1 mới, 0 đã có, 0 không nhận"],
    )  # fmt: skip
    assert (again.exit_code, again.stdout.splitlines()[1:]) == (
        0, ["Answers: 0 new, 1 known, 0 refused", "Files: 0 new, 1 known, 0 refused"]
    )  # fmt: skip


def test_sync_import_names_what_was_refused_and_fails(visited, tmp_path):
    data, lan = visited
    path = save_copy(tmp_path, lan, by(lan, 1, "/B/B01", "3"), by(lan, 2, "/B/B05", "many"), b"torn")
    result = run("sync", "import", path, "--data", data)
    assert (result.exit_code, result.stdout.splitlines()[1], result.stderr.splitlines()) == (
        1,
        "Câu trả lời: 1 mới, 0 đã có, 2 không nhận",
        [
            "changes.jsonl:2 /B/B05 Giá trị không đúng kiểu của câu hỏi.",
            "changes.jsonl:3 Không đọc được câu trả lời này.",
        ],
    )


def test_sync_import_says_why_a_file_is_no_copy(visited, tmp_path):
    data, lan = visited
    torn = save_copy(tmp_path, lan)
    torn.write_bytes(torn.read_bytes()[:100])
    missing = run("--lang", "en", "sync", "import", tmp_path / "none.zip", "--data", data)
    result = run("--lang", "en", "sync", "import", torn, "--data", data)
    assert (missing.exit_code, missing.stderr.startswith("No such file")) == (1, True)
    assert (result.exit_code, result.stdout, result.stderr.startswith("This file cannot be opened")) == (1, "", True)


@pytest.mark.parametrize(("name", "start"), [("a.pdf", b"%PDF-"), ("b.docx", b"PK"), ("c.XLSX", b"PK")])
def test_report_is_written_in_the_form_that_its_name_asks_for(visited, tmp_path, name, start):
    out = tmp_path / name
    answer = run("report", "v1", "--out", out, "--data", visited[0])
    assert (answer.exit_code, answer.stdout, out.read_bytes()[: len(start)]) == (0, f"{out}\n", start)


def test_report_comes_from_the_register_in_the_copy_asked_for(visited, tmp_path):
    asked = [("a.xlsx", "--copy", "province"), ("b.xlsx",), ("c.xlsx", "--copy", "province")]
    for name, *options in asked:
        run("report", "v1", "--out", tmp_path / name, "--data", visited[0], *options)
    first, other, again = ((tmp_path / name).read_bytes() for name, *_ in asked)
    assert (first == again, first == other) == (True, False)


def test_report_says_which_forms_there_are(visited, tmp_path):
    answer = run("report", "v1", "--out", tmp_path / "a.odt", "--data", visited[0])
    assert (answer.exit_code, answer.stderr, (tmp_path / "a.odt").exists()) == (
        1, "a.odt: a report ends in .pdf, .docx, .xlsx\n", False
    )  # fmt: skip


def test_every_command_stands_in_the_readme():
    from docs.__main__ import commands

    readme = (ROOT / "README.md").read_text("utf-8")
    names = [name for name, command, _ in commands(main, "satcanh") if not hasattr(command, "commands")]
    assert [name for name in names if name not in readme] == []


def test_every_setting_and_role_stands_in_the_readme():
    readme = (ROOT / "README.md").read_text("utf-8")
    names = [f"`SATCANH_{setting.name.upper()}`" for setting in fields(Settings)]
    assert [word for word in (*names, *ROLES) if word not in readme] == []


def test_command_page_is_the_commands_own_help():
    from docs.__main__ import TARGET, render

    assert TARGET.read_text("utf-8") == render()
