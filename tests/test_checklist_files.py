"""Files attached to a checklist: kept with the version, given out by hash and type, listed for tablets, taken by commands."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.testing import FlaskClient

from forms.faults import ChecklistError
from survey.checklists.attached import media_address, media_type_of, read_with_files
from survey.cli import main
from survey.database import Database
from survey.field.joined_script import joined
from survey.problems import Problem
from survey.store import attachments, checklists
from survey.store.checklist_files import files_of
from survey.store.people import Person
from tests.attached_world import CHECKLIST, attached_files, plan_visit
from tests.javascript import run_module

SOURCE = CHECKLIST.encode()
PACK = "/field/vi/pack/truong/1/full.json"


@pytest.fixture
def folder(app: Flask) -> Path:
    found: Path = app.config["SETTINGS"].data
    return found


def publish(db: Database, folder: Path, files: dict[str, bytes]) -> checklists.Version:
    return checklists.publish(db, SOURCE, "truong.md", by=None, files=files, folder=folder)


def test_publish_keeps_the_bytes_of_each_file_under_its_hash(db: Database, folder: Path):
    files = attached_files() | {"khac.csv": b"a\n1\n"}
    publish(db, folder, files)
    kept = files_of(db, "truong", "1")
    assert [(file.name, file.media_type) for file in kept] == [
        ("anh.png", "image/png"),
        ("diem.geojson", "application/geo+json"),
        ("tinh.csv", "text/csv"),
        ("truong.csv", "text/csv"),
    ]
    assert all(attachments.place_of(folder, file.sha256).read_bytes() == files[file.name] for file in kept)


def test_the_same_files_again_are_the_same_version_and_others_are_refused(db: Database, folder: Path):
    first = publish(db, folder, attached_files())
    assert publish(db, folder, attached_files()) == first
    with pytest.raises(Problem) as caught:
        publish(db, folder, attached_files() | {"tinh.csv": b"name,label\n38,Khac\n"})
    assert caught.value.code == "version_differs"
    assert checklists.definition_of(db, "truong", "1").choices_of("tinh.csv")[0].label == {"vi": "Thanh Hóa"}


@pytest.mark.parametrize("content", [b"<svg onload='alert(1)'/>", b"\x89PNG\r\n\x1a\nbroken", b"%PDF-1.7 %%EOF", b"MZ"])
def test_what_is_no_picture_sound_or_video_is_refused_by_its_content(content: bytes):
    with pytest.raises(ChecklistError) as caught:
        read_with_files(SOURCE, "truong.md", attached_files() | {"anh.png": content})
    assert [(fault.code, fault.sheet) for fault in caught.value.faults] == [("media_unusable", "anh.png")]


def test_a_video_is_told_from_sound_by_its_tracks():
    video = b"\0\0\0\x18ftypmp42" + b"\0" * 12 + b"hdlr" + b"\0" * 8 + b"vide"
    assert (media_type_of("a.mp4", video), media_type_of("a.mp4", video.replace(b"vide", b"soun"))) == (
        "video/mp4",
        "audio/mp4",
    )


def test_a_file_is_given_out_as_what_it_is_and_nothing_in_it_can_run(
    db: Database, cast: dict[str, Person], folder: Path, lan: FlaskClient, app: Flask
):
    plan_visit(db, cast, folder, 60)
    with app.test_request_context():
        address = media_address(checklists.definition_of(db, "truong", "1"), "anh.png")
    response = lan.get(address)
    headers = {name: response.headers[name] for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")}
    assert response.data == attached_files()["anh.png"]
    assert headers == {
        "Content-Type": "image/png",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, max-age=31536000, immutable",
    }
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert lan.get(address[:-4] + "0000").status_code == 404
    assert app.test_client().get(address).status_code in (302, 303, 401)


def test_tablets_take_lists_and_pictures_with_the_checklist(
    db: Database, cast: dict[str, Person], folder: Path, lan: FlaskClient
):
    plan_visit(db, cast, folder, 2_000)
    files = [name for name in lan.get(PACK).json["files"] if name.startswith("/checklists/truong")]
    kinds = [re.sub(r"[0-9a-f]{16,64}", "#", name.removeprefix("/checklists/truong/1")) for name in files]
    assert kinds == ["/page-vi.js", ".js", "/tables/#/truong.json", "/files/#"]
    assert all(lan.get(name).status_code == 200 for name in files)


def test_a_large_list_stands_beside_the_module_which_fetches_it(
    db: Database, cast: dict[str, Person], folder: Path, lan: FlaskClient
):
    plan_visit(db, cast, folder, 2_000)
    module = lan.get("/checklists/truong/1/page-vi.js").text
    address = next(name for name in lan.get(PACK).json["files"] if "/tables/" in name)
    response = lan.get(address)
    table = json.loads(response.data)
    assert (response.mimetype, len(table["rows"]), len(gzip.compress(module.encode())) < 40_000) == (
        "application/json",
        2_000,
        True,
    )
    fetching = f"globalThis.fetch = async (address) => ({{json: async () => ({{{json.dumps(address)}: {json.dumps(table)}}})[address]}});\n"
    found: Any = run_module(
        fetching + module, 'open({answers: {A01: "38"}, today: "2025-08-19"}).choices("A02").length'
    )
    assert found == 667


def test_a_list_that_is_none_of_this_version_is_not_found(
    db: Database, cast: dict[str, Person], folder: Path, lan: FlaskClient
):
    plan_visit(db, cast, folder, 60)
    assert [lan.get(f"/checklists/truong/1/tables/{mark}/{name}.json").status_code for mark, name in
            (("0" * 16, "truong"), ("", "tinh"), ("0" * 16, "..%2ftinh"), ("0" * 16, "khac"))] == [404] * 4  # fmt: skip


def test_the_minutes_on_a_tablet_name_choices_that_the_plan_does_not_hold():
    source = joined(Path(__file__).parents[1] / "static" / "field", "minutes_sheet")
    node = {"type": "select_one", "name": "A02", "path": "/A/A02", "label": "Trường", "choices": "truong.csv ma ten"}
    plan = {"language": "vi", "nodes": [node], "choices": {}, "hidden": {"paths": [], "names": [], "codes": []},
            "consent": None, "rules": {"silent": [], "counted": {}, "not_in_words": []}}  # fmt: skip
    found = """{answers: {"/A/A02": "T1"}, questions: {}, recommendations: [], assessment:
      {items: {}, flagged: [], gates_met: [], gates_failed: [], gates_open: []},
      listed: (list, name) => `${name} of ${list}`}"""
    facts = {"minutes": {"names": {"vi": {}}}}
    sheet = f"new $minutes_sheet.Sheet({json.dumps(plan)}, {{}}, {json.dumps(facts)}, {found})"
    assert run_module(source, f"{sheet}.answer({json.dumps(node)})") == "T1 of truong.csv ma ten"


def run(*arguments: object, text: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=text)


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """The checklist in a folder of its own, its files beside it."""
    place = tmp_path / "phieu"
    place.mkdir()
    for name, content in attached_files(3).items():
        (place / name).write_bytes(content)
    (place / "truong.md").write_text(CHECKLIST, "utf-8")
    return place / "truong.md"


def test_commands_find_files_beside_the_checklist_and_take_others_by_name(form: Path, tmp_path: Path):
    assert run("checklist", "check", form).exit_code == 0
    (form.parent / "tinh.csv").rename(tmp_path / "tinh.csv")
    missing = run("--lang", "en", "checklist", "check", form)
    assert (missing.exit_code, missing.stderr) == (1, "survey:3 type: The file “tinh.csv” is missing. Attach it to the checklist.\n")  # fmt: skip
    assert run("checklist", "check", form, "--attach", tmp_path / "tinh.csv").exit_code == 0


def test_published_files_are_exported_as_they_came(form: Path, tmp_path: Path):
    data, archive = tmp_path / "data", tmp_path / "truong.zip"
    assert run("checklist", "publish", form, "--data", data).stdout == "truong 1\n"
    assert run("checklist", "export", "truong", "--out", archive, "--data", data).exit_code == 0
    with ZipFile(archive) as found:
        inside = {name: found.read(name) for name in found.namelist()}
    assert inside.pop("truong.xlsx").startswith(b"PK")
    assert inside == attached_files(3)


def test_evaluate_reads_the_files_beside_the_checklist(form: Path):
    asked = json.dumps({"answers": {"A01": "38", "A02": "T00000", "A04": "d1"}, "today": "2025-08-19"})
    questions = json.loads(run("evaluate", form, "--answers", "-", text=asked).stdout)["questions"]
    assert [questions[f"/A/{name}"]["value"] for name in ("may", "dem", "noi")] == ["0", 1, "19.8 105.8 0 0"]
