"""The keys that this installation signs with: read from the files that the settings name, or a clear reason why not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from survey.clock import moment
from survey.problems import Problem
from survey.settings import Settings

if TYPE_CHECKING:
    from reports.signing.check import Checked
    from reports.signing.keys import Key
    from reports.signing.looks import Look

Signatory = Literal["person", "agency"]
SIGNATORIES: tuple[Signatory, ...] = ("person", "agency")

SEAL_MM = (10, 50)
"""Millimetres of the smallest and the widest seal that are taken."""


@dataclass(frozen=True)
class Hand:
    """A key with what its signature looks like."""

    key: Key
    picture: bytes | None
    seal_mm: int


@dataclass(frozen=True)
class Named:
    """What the settings say about one signatory: file, password, picture."""

    certificate: str
    password: str
    picture: str


def named(settings: Settings, who: Signatory) -> Named:
    if who == "person":
        return Named(settings.person_certificate, settings.person_password, settings.person_signature)
    return Named(settings.agency_certificate, settings.agency_password, settings.agency_seal)


def ensure_keys_work(settings: Settings) -> None:
    """Look at everything that was configured before it is needed; Problem naming the file and what is wrong with it."""
    for who in SIGNATORIES:
        if named(settings, who).certificate:
            hand_of(settings, who)
        elif any((named(settings, who).password, named(settings, who).picture)):
            raise Problem("signing_not_configured", setting=f"SATCANH_{who.upper()}_CERTIFICATE")
    address = settings.timestamp_address
    if address and not address.startswith(("https://", "http://")):
        raise Problem("signing_stamp_address", address=address)


def hand_of(settings: Settings, who: Signatory) -> Hand:
    """The key and picture of a signatory; Problem when it is not configured or cannot sign now."""
    from reports.signing.keys import KeyRefusedError, key_of  # late: pyHanko takes a second to import

    found = named(settings, who)
    if not found.certificate:
        raise Problem("signing_not_configured", setting=f"SATCANH_{who.upper()}_CERTIFICATE")
    if not SEAL_MM[0] <= settings.agency_seal_mm <= SEAL_MM[1]:
        raise Problem("signing_seal_size", size=settings.agency_seal_mm, least=SEAL_MM[0], most=SEAL_MM[1])
    try:
        key = key_of(content_of(found.certificate), found.password, moment())
    except KeyRefusedError as error:
        raise Problem(error.code, file=found.certificate, **error.details) from error
    return Hand(key, picture_of(found.picture, who), settings.agency_seal_mm)


def content_of(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise Problem("signing_file_missing", file=file, reason=error.strerror or str(error)) from error


def picture_of(file: str, who: Signatory) -> bytes | None:
    """The picture as it was given, when there is something on it."""
    from reports.ink import inked, sealed

    if not file:
        return None
    content = content_of(file)
    if not (inked if who == "person" else sealed)(content):
        raise Problem("signing_picture", file=file)
    return content


def sign(content: bytes, hand: Hand, look: Look, settings: Settings) -> bytes:
    """The document signed now, the time given in the zone of the settings; Problem when it cannot be."""
    from pyhanko.sign.timestamps.common_utils import TimestampRequestError

    from reports.signing.keys import KeyRefusedError
    from reports.signing.pdf import SigningRefusedError
    from reports.signing.pdf import sign as signed

    now = moment().replace(microsecond=0).astimezone(timezone(timedelta(hours=settings.utc_offset_hours)))
    try:
        return signed(content, hand.key, look, now, stamper_of(settings.timestamp_address))
    except (KeyRefusedError, SigningRefusedError) as error:
        raise Problem(error.code, **error.details) from error
    except TimestampRequestError as error:
        raise Problem("signing_stamp_failed", address=settings.timestamp_address) from error


def stamper_of(address: str) -> object | None:
    """Who is asked for time stamps; without an address nobody is."""
    if not address:
        return None
    from pyhanko.sign.timestamps import HTTPTimeStamper

    return HTTPTimeStamper(address, timeout=10)


def look_of(hand: Hand, who: Signatory, place: str, annex: str | None = None) -> Look:
    """How a hand signs at a place; `annex` is number and symbol of an annex in a file of its own."""
    from reports.signing.looks import Look

    return Look("annex", number=annex) if annex else Look(who, place, hand.picture, hand.seal_mm)


def checked(content: bytes, settings: Settings) -> list[Checked]:
    """The signatures of a PDF, its times in the zone of the settings. Problem for what is no PDF."""
    from reports.signing.check import check
    from reports.signing.pdf import SigningRefusedError

    authorities = content_of(settings.signature_authorities) if settings.signature_authorities else b""
    zone = timezone(timedelta(hours=settings.utc_offset_hours))
    try:
        found = check(content, authorities)
    except SigningRefusedError as error:
        raise Problem(error.code) from error
    except ValueError as error:
        raise Problem("signing_authorities", file=settings.signature_authorities) from error
    return [replace(one, moment=one.moment.astimezone(zone) if one.moment else None) for one in found]


def digital_places(settings: Settings, fictitious: bool) -> tuple[str, ...] | None:
    """How a final document is drawn here: for the seal of the agency alone, or, without a certificate, for paper.

    No agency seals illustrative data by itself.
    """
    return () if settings.agency_certificate and not fictitious else None


@lru_cache(maxsize=1)
def agency_hand(settings: Settings, _day: str) -> Hand:
    """The agency's hand, read once a day in a process: its certificate may be renewed."""
    return hand_of(settings, "agency")


def sealed_by_agency(content: bytes, settings: Settings) -> bytes:
    """A PDF as it is given out: a final one signed by the agency when its certificate is configured.

    Others stay as they are. Problem when the certificate has expired or the time-stamp authority does not answer.
    """
    if not settings.agency_certificate or not content.startswith(b"%PDF-"):
        return content
    hand = agency_hand(settings, moment().date().isoformat())
    try:
        return sign(content, hand, look_of(hand, "agency", "delegation"), settings)
    except Problem as problem:
        if problem.code in ("signing_awaits_paper", "signing_no_place"):
            return content
        raise
