"""Who signed a document, when, and whether anything was changed since: what is in the file, asked of nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from typing import Any, Literal

from asn1crypto import pem
from asn1crypto import x509 as asn1
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from reports.signing.apart import apart
from reports.signing.changes import only_signatures_since
from reports.signing.pdf import UNREADABLE, readable

State = Literal["unchanged", "signed_further", "changed", "broken"]
"""What happened since: nothing; only further signatures; something else was added; what was signed is no longer so."""

USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)


@dataclass(frozen=True)
class Checked:
    """One signature: whom the certificate names, when (`stamped`: by a time stamp, else by the signer's own clock).

    `is_trusted` is whether one of the authorities that were given stands behind the certificate, None when none was.
    """

    field: str
    name: str
    issuer: str
    moment: datetime | None
    stamped: bool
    state: State
    is_trusted: bool | None

    @property
    def is_whole(self) -> bool:
        """Whether all that was signed is as it was, and nothing but signatures was added."""
        return self.state in ("unchanged", "signed_further")

    @property
    def is_good(self) -> bool:
        return self.is_whole and self.is_trusted is not False


def check(pdf: bytes, authorities: bytes = b"") -> list[Checked]:
    """The signatures of a document in their order; `authorities` are trusted certificates (PEM).

    A certificate is judged as of the moment of the signature, and what its authority revoked is not asked for.
    SigningRefusedError for what is no PDF; ValueError for authorities that cannot be read.
    """
    roots = list(certificates(authorities))
    with readable():
        signatures = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures
    found = [checked(signature, roots) for signature in signatures]
    if found and found[-1].state == "signed_further":  # nobody signed what was added after the last signature
        return [replace(one, state="changed") if one.state == "signed_further" else one for one in found]
    return found


def certificates(content: bytes) -> Iterable[asn1.Certificate]:
    if content:
        for kind, _, data in pem.unarmor(content, multiple=True):
            if kind == "CERTIFICATE":
                yield asn1.Certificate.load(data)


def checked(signature: Any, roots: list[asn1.Certificate]) -> Checked:
    """One signature; what cannot even be read is broken, by a nameless signer."""
    try:
        return judged(signature, roots)
    except (SignatureValidationError, *UNREADABLE):
        return Checked(signature.field_name, "?", "?", None, False, "broken", False if roots else None)


def judged(signature: Any, roots: list[asn1.Certificate]) -> Checked:
    moment = signature.self_reported_timestamp
    trust = ValidationContext(trust_roots=roots, allow_fetching=False, moment=moment)
    certificate = signature.signer_cert
    try:
        status = apart(
            lambda: validate_pdf_signature(signature, trust, trust, key_usage_settings=USAGE, skip_diff=True)
        )
    except (SignatureValidationError, SigningError, *UNREADABLE):
        status = None
    stamp = status.timestamp_validity if status else None
    is_stamped = bool(stamp and stamp.valid and stamp.intact and (stamp.trusted or not roots))
    return Checked(
        field=signature.field_name,
        name=named(certificate.subject),
        issuer=named(certificate.issuer),
        moment=stamp.timestamp if stamp and is_stamped else moment,
        stamped=is_stamped,
        state=state_of(signature, status),
        is_trusted=bool(status and status.trusted) if roots else None,
    )


def named(subject: Any) -> str:
    """The common name in a certificate, else all it says; without signs that could pretend to be a line of ours."""
    said = str(subject.native.get("common_name") or subject.human_friendly)
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in said)


def state_of(signature: Any, status: Any) -> State:
    if status is None or not (status.intact and status.valid):
        return "broken"
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return "unchanged"
    is_whole = status.coverage == SignatureCoverageLevel.ENTIRE_REVISION
    is_further = is_whole and only_signatures_since(signature.reader, signature.signed_revision)
    return "signed_further" if is_further else "changed"
