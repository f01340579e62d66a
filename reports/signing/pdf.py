"""Signs a laid out document (PAdES): the key, the moment and the pictures come in, the signed bytes go out.

What was there stays there: a signature is an incremental update. The same arguments give the same bytes with an RSA
key; an EC signature holds a random number, and a time stamp comes from outside.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.stamp.noop import NoOpStampStyle

from reports.signing.apart import apart
from reports.signing.fields import add_field, fields_of, is_signed
from reports.signing.keys import Key
from reports.signing.looks import Look, draw
from reports.signing.places import (
    AWAITING,
    Place,
    agency_box,
    annex_box,
    destinations,
    field_name,
    person_box,
    places_of,
)

ANNEX_FIELD = "sign-annex"

UNREADABLE = (
    PdfReadError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    zlib.error,
)
"""What the library raises for files that are not what they say."""


class SigningRefusedError(ValueError):
    """A document that cannot be signed as asked; `code` says why and stands in the survey's catalogue."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code, self.details = code, details


def sign(pdf: bytes, key: Key, look: Look, moment: datetime, stamper: Any = None) -> bytes:
    """The document with one more signature, PAdES-B-B, or B-T with a time stamp when there is a `stamper` of pyHanko.

    `moment` has a time zone. KeyRefusedError when the certificate is not valid then; SigningRefusedError when the file
    is no PDF, says of itself that it awaits a signature on paper, lacks the place, bears that signature already, or
    has a signature that forbids any other.
    """
    key.check(moment)
    with readable():
        writer = opened(pdf, moment)
        name = prepared(writer, look)
    draw(writer, fields_of(writer)[name].get_object(), look, moment)
    about = PdfSignatureMetadata(
        field_name=name, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, name=key.name
    )
    signer = MomentSigner(about, key.signer, timestamper=stamper, stamp_style=NoOpStampStyle())
    signer.moment = moment
    try:
        return bytes(apart(lambda: signer.sign_pdf(writer, existing_fields_only=True)).getbuffer())
    except SigningError as error:
        raise SigningRefusedError("signing_locked") from error


@contextmanager
def readable() -> Iterator[None]:
    """SigningRefusedError in place of whatever the library raises for a file that is no PDF, torn or forged."""
    try:
        yield
    except SigningRefusedError:
        raise
    except UNREADABLE as error:
        raise SigningRefusedError("signing_not_pdf") from error


class MomentSigner(PdfSigner):
    """Signs at a given moment; the library would look at the clock."""

    moment: datetime

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.moment
        return session


class SteadyWriter(IncrementalPdfFileWriter):
    """Adds to a document what is asked and nothing of its own: its metadata stay those that were laid out.

    The library would name itself and the time in them, and number the new version by chance.
    """

    def _update_meta(self) -> None:
        return


def opened(pdf: bytes, moment: datetime) -> Any:
    """A writer that goes on from the document."""
    writer = SteadyWriter(BytesIO(pdf))
    if writer.prev.encrypted:
        raise SigningRefusedError("signing_not_pdf")
    if AWAITING in destinations(writer):
        raise SigningRefusedError("signing_awaits_paper")
    version = hashlib.sha256(pdf + moment.isoformat().encode()).digest()[:16]
    writer._document_id[1] = generic.ByteStringObject(version)
    return writer


def prepared(writer: Any, look: Look) -> str:
    """The name of the field for a signature, made with all the others when the document has none yet."""
    places = places_of(writer)
    known = fields_of(writer)
    told = not any(map(is_signed, known.values()))
    if look.kind == "annex":
        name = ANNEX_FIELD
        if name not in known:
            page = writer.find_page_for_modification(0)[0].get_object()
            add_field(writer, name, 0, annex_box(page), "Chữ ký số", told=told)
    else:
        name = field_name(look.place, look.kind)
        if look.place not in {place.name for place in places}:
            listed = ", ".join(place.name for place in places)
            raise SigningRefusedError("signing_no_place", place=look.place, places=listed or "–")
        if name not in known:
            add_places(writer, places, told=told)
    if is_signed(fields_of(writer)[name]):
        raise SigningRefusedError("signing_done", place=look.place)
    return name


def add_places(writer: Any, places: list[Place], *, told: bool) -> None:
    """The fields of all places: those of persons first, so that a seal lies over the signature."""
    for place in places:
        add_field(
            writer, field_name(place.name, "person"), place.page, person_box(place), "Chữ ký số cá nhân", told=told
        )
    for place in places:
        add_field(
            writer, field_name(place.name, "agency"), place.page, agency_box(place), "Chữ ký số cơ quan", told=told
        )
