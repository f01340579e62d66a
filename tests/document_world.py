"""Documents that are made quickly of whatever a test says, in place of the report of a visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from survey.database import Database
from survey.documents import making
from survey.documents.matter import Matter, Stamp
from survey.documents.rendering import ask_for
from survey.documents.report_files import COPIES
from survey.settings import Settings
from survey.store.documents import FORMS, Document, Wanted

PAGE = "https://sc.example/d/"
UNIT = {"vi": "Xã Hà Trung, tỉnh Thanh Hóa", "en": "Hà Trung Commune, Thanh Hóa Province"}


def plainly(stamp: Stamp) -> bytes:
    return f"%PDF of {stamp.code} at {stamp.address}".encode()


class Pretended:
    """What reports are made of in this test: `values` and `draw` can be changed on the way."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {"answer": 1}
        self.draw: Callable[[Stamp], bytes] = plainly

    def gather(self, db: Database, wanted: Wanted, settings: Settings) -> Matter:
        values = {**self.values, "visit": wanted.visit_id}
        return Matter(values, UNIT, date(2025, 8, 19), "bao-cao-15271-ha-trung-2025-08-19", lambda s: self.draw(s))


def pretend(monkeypatch: pytest.MonkeyPatch) -> Pretended:
    """Reports in every form and copy are made of what the answer says."""
    pretended = Pretended()
    entry = replace(making.MAKINGS["report"], gather=pretended.gather, forms=FORMS, copies=COPIES)
    monkeypatch.setitem(making.MAKINGS, "report", entry)
    return pretended


def ask(db: Database, settings: Settings, **wanted: Any) -> Document:
    """The report of visit v1 asked for by nobody in particular."""
    return ask_for(db, Wanted("report", **({"visit_id": "v1"} | wanted)), settings, page=PAGE, by=None)
