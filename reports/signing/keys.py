"""The key and the certificate that a document is signed with: taken from PKCS#12, fit to sign, valid at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.sign.signers import SimpleSigner

RSA_BITS, EC_BITS = 2048, 256
"""The shortest keys that are taken (NIST SP 800-57 part 1, 112 and 128 bits of security)."""


class KeyRefusedError(ValueError):
    """A key or certificate that cannot sign; `code` says why and stands in the survey's catalogue."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code, self.details = code, details


@dataclass(frozen=True)
class Key:
    """A private key with its certificate: `signer` is pyHanko's; `name` whom the certificate names."""

    signer: Any
    name: str
    valid_from: datetime
    valid_to: datetime

    def check(self, moment: datetime) -> None:
        """KeyRefusedError when the certificate is not valid at a moment."""
        if moment > self.valid_to:
            raise KeyRefusedError("signing_key_expired", name=self.name, day=f"{self.valid_to:%d/%m/%Y}")
        if moment < self.valid_from:
            raise KeyRefusedError("signing_key_early", name=self.name, day=f"{self.valid_from:%d/%m/%Y}")


def key_of(content: bytes, password: str, moment: datetime) -> Key:
    """The key in a PKCS#12 file, if it can sign at a moment; KeyRefusedError when it cannot.

    Any error in reading is one of the file or the password: the format cannot tell them apart.
    """
    try:
        private, certificate, _ = pkcs12.load_key_and_certificates(content, password.encode() or None)
    except ValueError as error:
        raise KeyRefusedError("signing_key_unreadable") from error
    if private is None or certificate is None:
        raise KeyRefusedError("signing_key_missing")
    check_strength(private)
    check_usage(certificate)
    signer = SimpleSigner.load_pkcs12_data(content, (), password.encode() or None)
    key = Key(signer, name_of(certificate), certificate.not_valid_before_utc, certificate.not_valid_after_utc)
    key.check(moment)
    return key


def check_strength(private: Any) -> None:
    is_rsa = isinstance(private, RSAPrivateKey)
    if not is_rsa and not isinstance(private, EllipticCurvePrivateKey):
        raise KeyRefusedError("signing_key_kind")
    least = RSA_BITS if is_rsa else EC_BITS
    if private.key_size < least:
        raise KeyRefusedError("signing_key_weak", bits=private.key_size, least=least)


def check_usage(certificate: x509.Certificate) -> None:
    """A certificate that says what it is for must say that it is for signing (RFC 5280, 4.2.1.3)."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise KeyRefusedError("signing_key_usage", name=name_of(certificate))


def name_of(certificate: x509.Certificate) -> str:
    """Whom a certificate names: the common name, else the whole subject."""
    found = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else certificate.subject.rfc4514_string()
