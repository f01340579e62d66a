"""What the page shows beside a question: guidance, pictures, sound; and what nobody changes stands there fixed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.checklists.attached import media_address
from survey.database import Database
from survey.store import checklists
from tests.file_samples import picture, wav

FORM = """
| survey |
| | type | name | label | guidance_hint | media::image | media::big-image | media::audio | read_only | appearance |
| | select_one part | part | Bộ phận nào hỏng? | Xem <hình> trước. | small.png | big.png | say.wav | | |
| | select_one part | fixed | Đã định | | | | | yes | |
| | note | told | Nghe kỹ | | | | say.wav | | |
| | text | gone | Không có hình | | | | | | |
| choices |
| | list_name | name | label | media::image | media::audio |
| | part | belt | Dây đai | small.png | |
| | part | pump | Bơm | | say.wav |
| settings |
| | form_id | version | form_title |
| | shown | 1 | Hình |
"""


@pytest.fixture
def page(lan: FlaskClient, db: Database, app: Flask) -> str:
    files = {"small.png": picture(), "big.png": picture(size=(80, 40)), "say.wav": wav()}
    folder: Path = app.config["SETTINGS"].data
    checklists.publish(db, FORM.encode(), "shown.md", by=None, files=files, folder=folder)
    return lan.get("/field/vi/fill/shown/1/full/0").get_data(as_text=True)


def test_pictures_and_sound_stand_beside_their_question(page: str, db: Database, app: Flask, lan: FlaskClient):
    with app.test_request_context():
        checklist = checklists.definition_of(db, "shown", "1")
        small, big, sound = (media_address(checklist, name) for name in ("small.png", "big.png", "say.wav"))
    question = page.partition('id="part"')[2].partition("</section>")[0]
    assert re.findall(r'(?:src|href)="(/checklists[^"]+)"', question) == [big, small, sound, small, sound]
    assert lan.get(small).mimetype == "image/png"
    assert f'class="choice-picture" src="{small}" alt=""' in question


def test_guidance_is_folded_and_escaped(page: str):
    folded = re.search(r'<details class="how"><summary>.*?</summary>(.*?)</details>', page, re.DOTALL)
    assert folded and folded[1] == '<p class="sub" data-text="guidance_hint">Xem &lt;hình&gt; trước.</p>'


def test_what_is_read_only_takes_nothing(page: str):
    fixed = page.partition('id="fixed"')[2].partition("</section>")[0]
    assert '<fieldset class="fixed" disabled>' in fixed
    assert '<fieldset class="fixed" disabled>' not in page.partition('id="part"')[2].partition("</section>")[0]


def test_only_a_page_with_looks_takes_their_style(page: str, lan: FlaskClient, db: Database):
    plain = "| survey |\n| | type | name | label |\n| | text | a | A |\n| settings |\n| | form_id | version |\n| | p | 1 |\n"
    checklists.publish(db, plain.encode(), "p.md", by=None)
    other = lan.get("/field/vi/fill/p/1/full/0").get_data(as_text=True)
    assert ["-looks.css" in html for html in (page, other)] == [True, False]
