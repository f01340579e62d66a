"""The page about the exchange of answers: prose, and the shapes and codes as the program itself has them."""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import models_json_schema

from forms.answers import MAX_ITEMS, MAX_TEXT
from forms.log import Change
from survey.files.file_kinds import EXTENSIONS, LARGEST_FILE, LARGEST_PICTURE
from survey.language import catalogue
from survey.pages.sync import LARGEST_BODY, PAGE, PAGE_SIZE
from survey.store.pieces import DAYS_KEPT
from survey.sync.exchange import CLOCK_SLACK, REASONS
from survey.sync.messages import MOST_CHANGES, Answer, RefusedChange, Request

KINDS_TAKEN = ", ".join(EXTENSIONS.values())

PROSE = f"""
# The exchange of answers

Written by `make docs`. Tablets, a field hub and the ministry's server exchange answers with one call, which may be
repeated at any time and in any order.

## The call

`POST /api/sync`, JSON in UTF-8, with the session cookie of a member or leader. `Content-Encoding: gzip` and
`Accept-Encoding: gzip` both ways; the limits count what is unpacked: {LARGEST_BODY >> 20} MB and
{MOST_CHANGES:,} changes a call. A text holds at most {MAX_TEXT:,} characters, a list
{MAX_ITEMS:,} items. A body that is too large gets 413, one that is no JSON or no request 400, a
session that has ended 401, an account that fills no visits 403, a full disk 507, a server without a free moment 503:
then nothing of it was written, and the same call is made again later.

1. **Send** what waits, `cursor` as last received (0 at first). `visits: null` means all visits of the person's trips;
   a list narrows what comes back, and each such set has a cursor of its own.
2. **Forget** a change from the outbox only when its id is in `accepted`; sent again it is accepted again and nothing
   happens. One in `refused` is kept with its reason for the person to see; the server keeps it too. The others of the
   same call are not affected.
3. **Take in** `changes`: put each under its visit and id, also over one that is there already, because the server may
   have corrected `at`. Then keep `cursor`, in the same transaction.
4. While `more` is true, call again. A page ends after {PAGE:,} changes or {PAGE_SIZE:,} characters of values.

What a call itself brought does not come back with its answer, unless the server corrected its `at`; the cursor moves
past it all the same. When that answer is lost, the repeated call brings it with the others; that does no harm.

## What decides

- A change is new, known, or refused. It is known by its visit and its id; *known* also means the same content, that is
  everything but `at` and `author`.
- The current changes of a question are those that no other change of that question replaces: one is the answer,
  several are a conflict, of which the one with the greatest (`at`, `id`) shows. The order of arrival never counts.
- `author` is the signed-in person, whatever was sent.
- `device_at` is the device's clock and stays as it was sent. `at` is that time corrected by the offset to
  `server_time` last seen. An `at` more than {CLOCK_SLACK.seconds // 60} minutes ahead of the server becomes
  the server's own time, so that a wrong clock cannot make an answer unbeatable; every device then
  takes the server's `at`.
- A value that cannot be an answer to the question is refused. One that breaks a rule of the checklist is accepted: work
  in the field is never lost to validation.
- A visit stays on the version of the checklist it was planned with until somebody moves it to a newer one. A change
  for a version that the visit was on before is accepted: it counts where the newer version asks the question of that
  name, and comes back as a change of that place; without such a place it is kept in the log and does not count.
- `question` is written exactly one way: the path with the keys of repeats, `/J/J02[k1]/J04`, and `#state`, `#reason`,
  `#evidence`, `#note` or `#caption.` and the hash of a file behind it.

## Files

Photos, signatures, recordings and files follow the answers that name them, by the SHA-256 of their bytes as the device
has them: `PUT /api/attachments/SHA256?visit=ID`. It may be repeated at any time; a file that is there already gets 200
at once.

- Whole, in one request: 200 with `sha256`, `media_type` and `size`; the last two are those of the file as it is kept.
- In pieces, each with `Content-Range: bytes FIRST-LAST/TOTAL`: 202 with `received`, how many bytes are there, and for
  the last piece 200 as above. An empty body with `Content-Range: bytes */TOTAL` asks how much is there. A piece that
  does not begin where the last one ended gets 409 `piece_out_of_place` with `received`: go on from there.
- Pieces belong to one person and one visit, are on the disk when they are answered for, and are given up after
  {DAYS_KEPT} days without another. When all of them come to another hash (422 `attachment_hash`) they are
  dropped; begin anew.
- Pictures hold at most {LARGEST_PICTURE >> 20} MB and are written anew without the camera's data; sound and documents
  hold at most {LARGEST_FILE >> 20} MB and are kept byte for byte. What is announced as larger gets 413 before a byte of
  it is read.
- What a file is, its bytes say: {KINDS_TAKEN}.
  Anything else gets 422 `attachment_bad`.
- A submitted visit takes a file only when an accepted change of that visit names it; otherwise 409 `visit_submitted`.

`GET` at the same address gives the file, also in ranges: pictures and sound to be shown in a page, everything else to
be saved.

## Why a change is refused
""".strip()


def render() -> str:
    """The whole page."""
    wording = catalogue("en")
    rows = [f"| `{code}` | {wording.get(text).string} |" for code, text in REASONS.items()]
    codes = "\n".join(["| code | meaning |", "|---|---|", *rows])
    return f"{PROSE}\n\n{codes}\n\n## Shapes (JSON Schema)\n\n" + "\n\n".join(shapes()) + "\n"


def shapes() -> list[str]:
    """Each message and its parts as JSON Schema, under headings of their own."""
    both = models_json_schema(
        [(Change, "validation"), (Request, "validation"), (Answer, "serialization"), (RefusedChange, "serialization")]
    )[1]["$defs"]
    return [f"### {name}\n\n```json\n{_text(_readable(schema))}\n```" for name, schema in sorted(both.items())]


def _readable(schema: Any) -> Any:
    """Without the titles that only repeat the names, and with links that lead to the headings."""
    if isinstance(schema, list):
        return [_readable(part) for part in schema]
    if not isinstance(schema, dict):
        return schema.replace("#/$defs/", "#/") if isinstance(schema, str) else schema
    return {name: _readable(part) for name, part in schema.items() if not (name == "title" and isinstance(part, str))}


def _text(schema: Any) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1)
