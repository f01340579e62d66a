"""The register of documents given out, the queue in which they are made, and their files, named by their SHA-256."""

# ruff: noqa: S608 - the parts of the statements are constants of this module

from __future__ import annotations

import hashlib
import re
import secrets
import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from survey.clock import new_id, utc_text
from survey.database import Database
from survey.store.attachments import write_whole

Kind = Literal["minutes", "report", "trip_report", "synthesis"]
Copy = Literal["internal", "province", "commune", "paper"]
"""Whom a document is for; "paper" are minutes that are printed and signed by hand."""
Form = Literal["pdf", "docx", "xlsx"]
State = Literal["waiting", "rendering", "ready", "failed"]

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and letters that nobody takes for one another on paper: no 0 and O, no 1, I and L, no U beside V."""

GROUPS, GROUP = 3, 4
CODE = re.compile(rf"[{ALPHABET}]{{{GROUPS * GROUP}}}")


@dataclass(frozen=True)
class Wanted:
    """Which document somebody wants: its kind, copy, form and language, and what it is about.

    `visit_id` for minutes and report, `trip_id` for a trip report; `area` is a province code, empty for the nation,
    and `starts_on`, `ends_on` the days (ISO) of the period of a synthesis.
    """

    kind: Kind
    copy: Copy = "internal"
    form: Form = "pdf"
    language: Literal["vi", "en"] = "vi"
    visit_id: str | None = None
    trip_id: str | None = None
    area: str = ""
    starts_on: str = ""
    ends_on: str = ""


@dataclass(frozen=True)
class Label:
    """What the register says of a document that has been asked for.

    `data_sha256` is the hash of all it is made of, `address` the page that confirms it, "" when none is known yet by
    which others reach this server; `name` is the name of its file without ending, `dated` the day (ISO) it bears.
    """

    data_sha256: str
    name: str
    unit_vi: str
    unit_en: str
    dated: str
    number: str = ""
    fictitious: bool = False


class Failure(BaseModel):
    """Why a document could not be made: a code of the catalogue of problems and what its wording needs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    details: dict[str, str | int] = {}


@dataclass(frozen=True)
class Document:
    """One row of the register; `progress` in percent, `size` in bytes, moments as UTC texts."""

    id: str
    code: str
    wanted: Wanted
    label: Label
    address: str
    state: State
    progress: int
    tries: int
    problem: str
    sha256: str | None
    size: int | None
    asked_at: str
    asked_by: str | None
    taken_at: str | None
    ready_at: str | None

    @property
    def file_name(self) -> str:
        """What a browser saves it as; letters, digits and hyphens only."""
        return f"{self.label.name}.{self.wanted.form}"

    @property
    def failure(self) -> Failure | None:
        """Why it could not be made, when it could not."""
        return Failure.model_validate_json(self.problem) if self.problem else None


WANTED = tuple(Wanted.__dataclass_fields__)
LABEL = tuple(Label.__dataclass_fields__)
OWN = tuple(name for name in Document.__dataclass_fields__ if name not in ("wanted", "label"))
COLUMNS = ", ".join((*WANTED, *LABEL, *OWN))


def new_code() -> str:
    """A code that nobody guesses (30 to the power of 12), in groups as people read it: "7KQ2-M9XA-3HTD"."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP))
    return in_groups(signs)


def in_groups(signs: str) -> str:
    return "-".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))


def read_code(text: str) -> str | None:
    """A code as somebody typed it, in capitals and groups; None for what can be none."""
    signs = re.sub(r"[\s-]", "", text).upper()
    return in_groups(signs) if CODE.fullmatch(signs) else None


def register(db: Database, wanted: Wanted, label: Label, *, page: str, by: str | None, given_up: str = "") -> Document:
    """The document of this data in this copy, form and language: the one there is already, or a new one that waits.

    `page` is the address of the page that confirms a document, without its code; "" leaves the address out. A
    document that failed waits anew, and so does one that somebody began to make before the moment `given_up`.
    """
    code = new_code()
    values = asdict(wanted) | asdict(label) | {"id": new_id(), "code": code, "asked_at": utc_text(), "asked_by": by}
    values |= {"address": f"{page}{code}" if page else ""}
    names = ", ".join(values)
    db.execute(
        f"""insert into document ({names}) values ({", ".join(f":{name}" for name in values)})
            on conflict (kind, copy, form, language, data_sha256) do nothing""",
        values,
    )
    db.execute(
        f"""update document set state = 'waiting', problem = '', tries = 0, progress = 0, asked_at = :asked_at
            where {SAME} and (state = 'failed' or (state = 'rendering' and taken_at < :given_up))""",
        values | {"given_up": given_up},
    )
    return _all(db, SAME, values)[0]


IN_QUEUE = "state in ('waiting', 'rendering')"
"""The condition of the index of the queue: a statement without it would look through the whole register."""

SAME = """kind = :kind and copy = :copy and form = :form and language = :language and data_sha256 = :data_sha256"""


def find(db: Database, document_id: str) -> Document | None:
    """The document with this id."""
    return next(iter(_all(db, "id = :id", {"id": document_id})), None)


def find_given_out(db: Database, code: str) -> Document | None:
    """The finished document with this code, written as `read_code` gives it."""
    return next(iter(_all(db, "code = :code and state = 'ready'", {"code": code})), None)


def of_visit(db: Database, visit_id: str, limit: int) -> list[Document]:
    """The finished documents about a visit, the latest first."""
    return _all(
        db,
        "visit_id = :visit and state = 'ready' order by ready_at desc, id limit :limit",
        {"visit": visit_id, "limit": limit},
    )


def count_before(db: Database, document: Document) -> int:
    """How many documents are made before this one."""
    row = db.execute(
        f"""select count(*) from document where {IN_QUEUE}
           and (asked_at < :at or (asked_at = :at and id < :id))""",
        {"at": document.asked_at, "id": document.id},
    ).fetchone()
    return int(row[0])


def somebody_waits(db: Database) -> bool:
    """Whether a document waits to be made."""
    row = db.execute(f"select 1 from document where {IN_QUEUE} and state = 'waiting' limit 1").fetchone()
    return row is not None


def take_next(db: Database) -> Document | None:
    """The document that has waited longest, taken from the queue; None when there is none."""
    longest = f"select id from document where {IN_QUEUE} and state = 'waiting' order by asked_at, id limit 1"
    return _take(db, f"id = ({longest})", {})


def take(db: Database, document_id: str) -> Document | None:
    """This document taken from the queue; None when it does not wait in it."""
    return _take(db, "id = :id", {"id": document_id})


def _take(db: Database, condition: str, values: dict[str, str]) -> Document | None:
    rows = db.query(
        f"""update document set state = 'rendering', taken_at = :now, progress = 0, tries = tries + 1
            where {condition} and state = 'waiting' returning id""",
        values | {"now": utc_text()},
    )
    taken = next(iter(list(rows)), None)
    return find(db, taken["id"]) if taken else None


def in_hand(db: Database) -> list[Document]:
    """What is being made, or was when its maker died."""
    return _all(db, f"{IN_QUEUE} and state = 'rendering' order by asked_at, id", {})


def put_back(db: Database, document_id: str) -> None:
    """Let a document wait once more that nobody makes any longer."""
    db.execute(
        "update document set state = 'waiting', progress = 0 where id = :id and state = 'rendering'",
        {"id": document_id},
    )


def ask_anew(db: Database, document_id: str) -> None:
    """Let a finished document wait once more whose file is gone; its hash stays, the new file must have it too."""
    db.execute(
        """update document set state = 'waiting', progress = 0, tries = 0, asked_at = :now
           where id = :id and state = 'ready'""",
        {"id": document_id, "now": utc_text()},
    )


def note_progress(db: Database, document_id: str, percent: int) -> None:
    """How far the making of a document is."""
    db.execute(
        "update document set progress = :percent where id = :id and state = 'rendering'",
        {"id": document_id, "percent": percent},
    )


def note_data(db: Database, document_id: str, label: Label) -> bool:
    """The data changed while the document waited: it is about these now.

    False when there is a document of these data already, or when this one has been given out with its own.
    """
    columns = ", ".join(f"{name} = :{name}" for name in LABEL)
    values = asdict(label) | {"id": document_id}
    try:
        done = db.execute(f"update document set {columns} where id = :id and sha256 is null", values)
    except sqlite3.IntegrityError:
        return False
    return bool(done.rowcount)


def note_ready(db: Database, document_id: str, sha256: str, size: int) -> bool:
    """The file of a document is kept; False when that document was not being made, or must have another hash."""
    done = db.execute(
        """update document set state = 'ready', progress = 100, problem = '', sha256 = :sha256, size = :size,
                  ready_at = coalesce(ready_at, :now)
           where id = :id and state = 'rendering' and (sha256 is null or sha256 = :sha256)""",
        {"id": document_id, "sha256": sha256, "size": size, "now": utc_text()},
    )
    return bool(done.rowcount)


def note_failure(db: Database, document_id: str, failure: Failure) -> None:
    """The document could not be made."""
    db.execute(
        "update document set state = 'failed', problem = :problem where id = :id and state = 'rendering'",
        {"id": document_id, "problem": failure.model_dump_json()},
    )


def note_wrong_code(db: Database, address: str, since: str) -> None:
    """Somebody at this network address asked for a code that no document has; what is older is forgotten."""
    db.execute("delete from code_attempt where at < :since", {"since": since})
    db.execute("insert into code_attempt (address, at) values (:address, :at)", {"address": address, "at": utc_text()})


def wrong_codes(db: Database, address: str, since: str) -> int:
    """How many such codes since a moment."""
    row = db.execute(
        "select count(*) from code_attempt where address = :address and at >= :since",
        {"address": address, "since": since},
    ).fetchone()
    return int(row[0])


def place_of(folder: Path, sha256: str) -> Path:
    """Where the file lies: a folder for each of the 256 beginnings, so that none gets too full."""
    return folder / "documents" / sha256[:2] / sha256


def keep_file(folder: Path, sha256: str, content: bytes) -> None:
    """Write the file whole or not at all."""
    write_whole(place_of(folder, sha256), content)


def read_file(folder: Path, sha256: str) -> bytes | None:
    """The bytes with this hash; None when the file is gone or is no longer what was given out."""
    try:
        content = place_of(folder, sha256).read_bytes()
    except FileNotFoundError:
        return None
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def _all(db: Database, condition: str, values: dict[str, object]) -> list[Document]:
    return [_document(row) for row in db.query(f"select {COLUMNS} from document where {condition}", values)]


def _document(row: dict[str, object]) -> Document:
    wanted = Wanted(**{name: row[name] for name in WANTED})  # type: ignore[arg-type]
    label = Label(**{name: row[name] for name in LABEL} | {"fictitious": bool(row["fictitious"])})  # type: ignore[arg-type]
    own = {name: row[name] for name in OWN}
    return Document(wanted=wanted, label=label, **own)  # type: ignore[arg-type]


COPIES: tuple[Copy, ...] = get_args(Copy)
FORMS: tuple[Form, ...] = get_args(Form)
KINDS: tuple[Kind, ...] = get_args(Kind)
