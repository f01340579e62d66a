"""Signatures of the minutes: what each vouches for, and whether that is still what the log of the visit says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from forms.log import Change, conflicts_of, current_changes
from forms.minutes import ROOT, Entry, entries_of

SIGNATURES = f"{ROOT}signature["
REOPENED = f"{ROOT}reopened"


@dataclass(frozen=True)
class Signed:
    """A signature drawn on a tablet.

    `key` names the place that it fills ("unit", "delegation", "secretary" ...), `image` is the SHA-256 of the drawing,
    `at` the moment in UTC with milliseconds, `author` the person whose tablet it was. `stands` while the content of the
    visit is what was signed.
    """

    key: str
    side: str
    role: str
    name: str
    position: str
    image: str
    at: str
    author: str
    stands: bool


def is_of_signatures(question: str) -> bool:
    """Whether a question of the log is part of a signature and not of what is signed."""
    return question.startswith(SIGNATURES)


def content_digest(visit: str, log: Iterable[Change]) -> str:
    """SHA-256 over the visit and the ids of all its changes that count, signatures left aside; `signing.js` agrees.

    An id stands for one value of one question for ever, and any further change, also one that comes late from another
    tablet, gives another digest: what was signed can be told from the log alone.
    """
    counting = current_changes(change for change in log if not is_of_signatures(change.question))
    return sha256("\n".join([visit, *sorted(change.id for change in counting)]).encode()).hexdigest()


def signatures_of(visit: str, log: Iterable[Change]) -> list[Signed]:
    """The complete signatures of a visit in the order in which they were begun; those that were withdrawn left out.

    Two people who signed in the same place at the same time have to do so again: neither signature is complete.
    """
    known = list(log)
    digest = content_digest(visit, known)
    own = [change for change in known if is_of_signatures(change.question)]
    differing = {question.partition("]")[0] for question in conflicts_of(own)}
    vouched = {change.question: change for change in current_changes(own)}
    found = []
    for key, entry in entries_of(own, "signature").items():
        change = vouched.get(f"{SIGNATURES}{key}]/signature_content")
        if change and entry.get("image") and f"{SIGNATURES}{key}" not in differing:
            found.append(signed(key, entry, change, stands=change.value == digest))
    return found


def signed(key: str, entry: Entry, change: Change, *, stands: bool) -> Signed:
    said = {name: str(entry.get(name) or "") for name in ("side", "role", "name", "position", "image")}
    return Signed(key=key, at=change.at, author=change.author, stands=stands, **said)
