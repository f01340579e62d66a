"""The people of the demo: fictitious names, one role each, with passwords made up anew for every data folder."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

from pydantic import BaseModel, ConfigDict

FILE_NAME = "demo-people.json"


class DemoPerson(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    login: str
    name: str
    role: str
    duty: str
    province_code: str | None = None
    password: str = ""


CAST = [
    DemoPerson(login="lan", name="Nguyễn Ngọc Lan", role="member", duty="Chuyên viên, Cục Chuyển đổi số quốc gia"),
    DemoPerson(login="minh", name="Trần Quang Minh", role="leader", duty="Cục trưởng Cục Viễn thông, trưởng đoàn"),
    DemoPerson(login="huong", name="Vũ Thu Hương", role="reviewer", duty="Vụ Pháp chế"),
    DemoPerson(
        login="thao", name="Lê Phương Thảo", role="province", duty="Sở KH&CN tỉnh Thanh Hóa", province_code="38"
    ),
    DemoPerson(login="quan", name="Phạm Anh Quân", role="admin", duty="Quản trị hệ thống"),
]


def with_new_passwords() -> list[DemoPerson]:
    """The cast, each with a random password that a person can type on a tablet."""
    return [person.model_copy(update={"password": _password()}) for person in CAST]


def _password() -> str:
    return "-".join("".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(4)) for _ in range(3))


def write_passwords(folder: Path, people: list[DemoPerson]) -> None:
    """Keep the passwords beside the data, readable by the owner only, so that the next start can print them."""
    path = folder / FILE_NAME
    path.touch(mode=0o600)
    path.write_text(json.dumps([person.model_dump() for person in people], ensure_ascii=False, indent=1), "utf-8")


def read_passwords(folder: Path) -> list[DemoPerson]:
    """The people of a demo folder with their passwords; none for a folder that is no demo."""
    path = folder / FILE_NAME
    if not path.exists():
        return []
    return [DemoPerson.model_validate(person) for person in json.loads(path.read_text("utf-8"))]
