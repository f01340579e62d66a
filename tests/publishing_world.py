"""A small checklist in two versions and with faults, and how an administrator uploads it."""

from __future__ import annotations

import re
from io import BytesIO

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.field_world import CHECKLIST

NEXT = CHECKLIST.replace("| thu | 1 |", "| thu | 2 |")
FAULTY = CHECKLIST.replace("${B02} = 'no'", "${B20} = 'no'").replace("| date | A03 |", "| dat | A03 |")


def upload(
    client: FlaskClient, source: str | bytes, name: str = "thu.md", onto: str = "", **files: bytes
) -> TestResponse:
    """Send a checklist, with further files by name (`_` for `.`)."""
    content = source.encode() if isinstance(source, str) else source
    sent = [(BytesIO(content), name)] if content else []
    sent += [(BytesIO(more), file.replace("_", ".")) for file, more in files.items()]
    address = f"/publishing/drafts?draft={onto}" if onto else "/publishing/drafts"
    return client.post(address, data={"workbook": sent}, content_type="multipart/form-data")


def draft_of(response: TestResponse) -> str:
    """The id of the draft that an upload led to."""
    assert response.status_code == 303
    return response.location.rpartition("/")[2]


def shown(client: FlaskClient, address: str) -> str:
    """The words of a page, one blank between them."""
    return words_of(client.get(address))


def words_of(response: TestResponse) -> str:
    main = re.search(r"<main.*</main>", response.get_data(as_text=True), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", main[0] if main else "").split())


def publish(client: FlaskClient, draft_id: str) -> TestResponse:
    """Press the button of the draft's page."""
    page = client.get(f"/publishing/drafts/{draft_id}").get_data(as_text=True)
    digest = re.search(r'name="digest" value="(\w+)"', page)
    return client.post(f"/publishing/drafts/{draft_id}/publish", data={"digest": digest[1] if digest else ""})
