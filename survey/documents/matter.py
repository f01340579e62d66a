"""A document before it is made: what it is made of and how, whatever its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from survey.database import Database
from survey.settings import Settings
from survey.store.documents import Copy, Form, Wanted
from survey.store.people import Person


class Stamp(NamedTuple):
    """What is printed in a document to find it again, and whom to tell how far (percent) its making is."""

    code: str
    address: str
    tell: Callable[[int], None] = lambda percent: None


@dataclass(frozen=True)
class Matter:
    """What one document is made of, read from the database when it is asked for and once more when it is made.

    `values` is all that decides what it looks like, as JSON: the same values give the same document. `unit` is whom
    it is about, by language; `dated` the day it bears, None = the day on which it is asked for; `name` the name of
    its file without ending. `draw` gives its bytes.
    """

    values: dict[str, Any]
    unit: dict[str, str]
    dated: date | None
    name: str
    draw: Callable[[Stamp], bytes]
    number: str = ""
    fictitious: bool = False


@dataclass(frozen=True)
class Making:
    """One kind: in which forms and copies there is one, who may have it (else a Problem), and what it is made of."""

    ensure_may: Callable[[Database, Person, Wanted], None]
    gather: Callable[[Database, Wanted, Settings], Matter]
    forms: tuple[Form, ...] = ("pdf",)
    copies: tuple[Copy, ...] = ("internal",)
