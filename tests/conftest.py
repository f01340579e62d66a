"""The fixed cast and its world: one person for each role, one trip with two visits in Thanh Hóa, and a stranger."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from survey.accounts import hash_password
from survey.app import create_app
from survey.database import Database, opened, prepare_data_folder
from survey.language import speak
from survey.settings import Settings
from survey.store import people
from survey.store.people import Person

PASSWORD = "mat-khau-thu"
CAST = {
    "lan": ("Trần Thị Lan", "member", None),
    "minh": ("Nguyễn Văn Minh", "leader", None),
    "huong": ("Vũ Thu Hương", "reviewer", None),
    "thao": ("Lê Phương Thảo", "province", "38"),
    "quan": ("Đỗ Anh Quân", "admin", None),
    "stranger": ("Phạm Người Lạ", "leader", None),
}


@pytest.fixture(scope="session")
def prepared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with tables and units, made once: every test starts from a copy."""
    folder = tmp_path_factory.mktemp("prepared") / "data"
    prepare_data_folder(folder)
    return folder


@pytest.fixture(autouse=True)
def _vietnamese() -> None:
    """A command that was run in English must not leave its language to the next test."""
    speak("vi")


@pytest.fixture
def settings(tmp_path: Path, prepared_folder: Path) -> Settings:
    shutil.copytree(prepared_folder, tmp_path / "data")
    return Settings(data=tmp_path / "data", password_rounds=1, password_memory_kib=64)


@pytest.fixture
def app(settings: Settings, prepared_folder: Path) -> Flask:
    made = create_app(settings)
    made.jinja_env.bytecode_cache = FileSystemBytecodeCache(
        str(prepared_folder.parent)
    )  # compile each template once a run
    made.testing = False  # what a person sees when something breaks is part of what is tested
    return made


@pytest.fixture
def db(app: Flask, settings: Settings) -> Iterator[Database]:
    with opened(settings.data) as database:
        yield database


@pytest.fixture
def cast(db: Database, settings: Settings) -> dict[str, Person]:
    """Lan (member), Minh (leader), Hương (reviewer), Thảo (province Thanh Hóa), Quân (admin) and a stranger."""
    stored = hash_password(PASSWORD, settings)
    return {
        login: people.add(db, login, name, role, stored, province_code=province)
        for login, (name, role, province) in CAST.items()
    }


@pytest.fixture
def sign_in(app: Flask, cast: dict[str, Person]) -> Callable[[str], FlaskClient]:
    """A client in whose session the person is signed in."""

    def signed_in(login: str) -> FlaskClient:
        client = app.test_client()
        with client.session_transaction() as session:
            session["person"] = cast[login].id
        return client

    return signed_in


@pytest.fixture
def lan(sign_in: Callable[[str], FlaskClient]) -> FlaskClient:
    return sign_in("lan")


@pytest.fixture
def minh(sign_in: Callable[[str], FlaskClient]) -> FlaskClient:
    return sign_in("minh")


@pytest.fixture
def huong(sign_in: Callable[[str], FlaskClient]) -> FlaskClient:
    return sign_in("huong")


@pytest.fixture
def thao(sign_in: Callable[[str], FlaskClient]) -> FlaskClient:
    return sign_in("thao")


@pytest.fixture
def quan(sign_in: Callable[[str], FlaskClient]) -> FlaskClient:
    return sign_in("quan")


@pytest.fixture
def stranger(sign_in: Callable[[str], FlaskClient]) -> FlaskClient:
    return sign_in("stranger")
